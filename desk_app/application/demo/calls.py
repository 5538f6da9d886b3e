"""The calls that visits made necessary: due by the practice's own rules, and mostly made by now."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from random import Random

from desk_app.application.demo.present import Present
from desk_app.application.demo.records import Records
from desk_app.domain import callbacks as due
from desk_app.domain.practice import Catalogue
from desk_app.domain.records import Appointment, Callback, Patient
from desk_app.domain.statuses import AppointmentStatus, CallbackKind, CallbackStatus, CancelReason

C = CallbackStatus
NEXT_DAY = 1
USUAL_FOLLOW_UPS = (14,)
"""Days after the visit at which a follow-up is booked, where the procedure has no rule of its own."""

CALLS_KEPT = timedelta(days=50)
"""Calls about visits that lie further back are not made up: nobody looks at them."""

FORGOTTEN = 0.01
"""Share of calls that were due lately and are late now; what is older has been dealt with."""

PACE = 0.95
"""Share of a day's calls that has been made when the day ends."""

LATELY = timedelta(days=5)
MADE_EARLY = 0.2
"""Share of calls that were made before their day."""


def phone_of(patient: Patient) -> str:
    return (patient.phones[0].e164 or patient.phones[0].raw) if patient.phones else ""


class Caller:
    """Decides which calls have been made by now, and keeps them all."""

    def __init__(self, present: Present, catalogue: Catalogue, records: Records) -> None:
        self.present, self.catalogue, self.records = present, catalogue, records

    def is_made(self, when: datetime, since: datetime, chance: Random) -> bool:
        """Whether a call due then has been made by now: in the course of its day, sometimes before, seldom late."""
        luck, now = chance.random(), self.present.now
        if when <= now:
            return when < now - LATELY or luck >= FORGOTTEN
        opening = self.present.calendar.opening(self.present.calendar.date_of(when))
        if now <= opening:
            return luck < MADE_EARLY and when - now < LATELY and since < now - timedelta(days=1)
        passed: float = (now - opening) / (when - opening)
        return luck < PACE * math.sqrt(passed)

    def about(self, visit: Appointment, patient: Patient, kind: CallbackKind, when: datetime, status: C) -> Callback:
        chance = self.present.chance(f"call/{visit.id}/{kind}")
        return self.records.add_callback(
            Callback(
                kind=kind,
                due=when,
                reason=visit.procedure,
                appointment_id=visit.id,
                patient_id=patient.id,
                phone=phone_of(patient),
                status=status,
                attempts=tries(status, when < self.present.now, chance),
            )
        )

    def before(self, visit: Appointment, patient: Patient, booked_at: datetime, confirmed: bool) -> bool:
        """The preparation and the confirmation call of a firm visit; answers whether the first has been made."""
        calendar = self.present.calendar
        chance = self.present.chance(f"before/{visit.id}")
        prepare = due.due_for_preparation(visit.start, booked_at, calendar)
        confirm = due.due_for_confirmation(visit.start, booked_at, calendar)
        over = visit.status not in (AppointmentStatus.BOOKED, AppointmentStatus.CONFIRMED)
        if visit.status is AppointmentStatus.CANCELLED:
            self.about(visit, patient, CallbackKind.PREPARATION, prepare, C.DROPPED)
            self.about(visit, patient, CallbackKind.CONFIRMATION, confirm, C.DROPPED)
            return False
        prepared = over or self.is_made(prepare, booked_at, chance)
        settled = C.DROPPED if over and chance.random() < 0.05 else C.DONE
        self.about(visit, patient, CallbackKind.PREPARATION, prepare, settled if prepared else C.DUE)
        told = over or confirmed
        self.about(visit, patient, CallbackKind.CONFIRMATION, confirm, settled if told else C.DUE)
        return prepared

    def after(self, visit: Appointment, patient: Patient, when: datetime) -> None:
        """What a visit leaves: how are you and the follow-up, the missed visit, or the offer of another date."""
        calendar, status = self.present.calendar, visit.status
        if status is AppointmentStatus.DISCHARGED:
            self._after(visit, patient, CallbackKind.HOW_ARE_YOU, due.due_how_are_you(when, calendar), when)
            for days in self._follow_ups(visit):
                follow = due.due_follow_up(when, days, calendar)
                self._after(visit, patient, CallbackKind.FOLLOW_UP, follow, when)
        elif status is AppointmentStatus.NO_SHOW:
            self._after(visit, patient, CallbackKind.NO_SHOW, due.due_no_show(when, calendar), when)
        elif status is AppointmentStatus.CANCELLED and self._asks_again(visit):
            self._after(visit, patient, CallbackKind.REBOOK, due.due_after_cancel(when, calendar), when)

    def _follow_ups(self, visit: Appointment) -> tuple[int, ...]:
        """The procedure's own days, but for the call of the next day, which everybody gets."""
        days = self.catalogue.procedure(visit.procedure).follow_up_days
        return tuple(day for day in days if day > NEXT_DAY) if days else USUAL_FOLLOW_UPS

    def _asks_again(self, visit: Appointment) -> bool:
        """As when a visit is cancelled: a hold, a closed case or a visit with a request has no such call."""
        closed = (CancelReason.DIED, CancelReason.MISTAKE, CancelReason.LAPSED)
        return visit.request_id is None and visit.cancel_reason not in closed

    def _after(self, visit: Appointment, patient: Patient, kind: CallbackKind, when: datetime, since: datetime) -> None:
        chance = self.present.chance(f"after/{visit.id}/{kind}")
        made = self.is_made(when, since, chance)
        settled = C.DROPPED if chance.random() < 0.05 else C.DONE
        self.about(visit, patient, kind, when, settled if made else C.DUE)


def tries(status: CallbackStatus, late: bool, chance: Random) -> int:
    """How often it was tried: a dropped call often, one that is not due yet hardly ever."""
    if status is C.DONE:
        return chance.choices((1, 2, 3), (70, 22, 8))[0]
    if status is C.DROPPED:
        return chance.choices((0, 3, 4), (45, 30, 25))[0]
    return chance.choices((1, 2, 3), (50, 35, 15))[0] if late else int(chance.random() < 0.15)
