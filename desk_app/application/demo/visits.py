"""From the diary's entries to visits: where each stands by the clock, its authorization, its request and its calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from desk_app.application import chain
from desk_app.application.demo.calls import CALLS_KEPT, Caller
from desk_app.application.demo.day_clock import COUNTED_MISSING, Course
from desk_app.application.demo.diary import Diary, Entry
from desk_app.application.demo.papers import Papers
from desk_app.application.demo.present import Present
from desk_app.application.demo.records import Records
from desk_app.application.demo.wishes import escort_of, needs_escort, note_of
from desk_app.application.holds import hold_until
from desk_app.domain import callbacks as due
from desk_app.domain.practice import Catalogue, PhaseKind
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus, CancelReason

A = AppointmentStatus
NEAR = timedelta(days=4)
LATE_FROM, LATE_TO = timedelta(minutes=4), timedelta(minutes=25)
REASONS = (
    (CancelReason.PATIENT, 34, "Will call when the grandchildren have left."),
    (CancelReason.ILL, 24, "Fever since Sunday."),
    (CancelReason.AUTHORIZATION, 12, "Denied; physician appeals."),
    (CancelReason.NOT_PREPARED, 10, "Took apixaban this morning."),
    (CancelReason.NO_ESCORT, 9, "Nobody could drive."),
    (CancelReason.WEATHER, 4, "Snow, roads closed."),
    (CancelReason.PRACTICE, 4, "C-arm in service."),
    (CancelReason.OTHER, 1, "Moved to Florida."),
    (CancelReason.MISTAKE, 1, "Entered on the wrong chart."),
    (CancelReason.DIED, 1, ""),
)
OVERRIDES = {
    "authorization": "Payer's portal is down; the medical director approved by phone, letter follows.",
    "reserved": "Fracture on chemotherapy, cannot wait; Dr. Algendy gives up part of the block.",
}


class Visits:
    """Makes the visits of one day after the other."""

    def __init__(self, present: Present, catalogue: Catalogue, diary: Diary, records: Records) -> None:
        self.present, self.catalogue, self.diary, self.records = present, catalogue, diary, records
        self.caller = Caller(present, catalogue, records)
        self.papers = Papers(present, catalogue, records)

    def make(self, entries: Sequence[Entry], courses: dict[int, Course]) -> None:
        late = self._late(entries)
        for entry in entries:
            chance = self.present.chance(f"visit/{entry.number}")
            status, since, confirmed = self._status(entry, courses.get(entry.number), late, chance)
            self._make(entry, status, since, confirmed, chance)

    def _late(self, entries: Sequence[Entry]) -> int | None:
        """The one patient who should have come a while ago and has not."""
        now = self.present.now
        due_now = [e for e in entries if e.fate == "come" and LATE_FROM <= now - e.slot.start <= LATE_TO]
        return max(due_now, key=lambda e: (e.slot.start, e.number)).number if due_now else None

    def _status(
        self, entry: Entry, course: Course | None, late: int | None, chance: Random
    ) -> tuple[AppointmentStatus, datetime, bool]:
        """Status, since when, and whether the visit was confirmed."""
        now, start = self.present.now, entry.slot.start
        confirm = due.due_for_confirmation(start, entry.booked_at, self.present.calendar)
        confirmed = self.caller.is_made(confirm, entry.booked_at, chance)
        since = min(max(confirm - timedelta(minutes=chance.randrange(20, 400)), entry.booked_at), now)
        expected = (A.CONFIRMED, since, True) if confirmed else (A.BOOKED, entry.booked_at, False)
        if entry.fate in ("cancelled", "lapsed"):
            return A.CANCELLED, self._given_up_at(entry, chance), False
        if entry.fate == "held":
            return A.HELD, entry.booked_at, False
        if entry.fate == "no_show":
            missed = start + COUNTED_MISSING
            return (A.NO_SHOW, missed, confirmed) if missed <= now else expected
        to_bed = any(phase.kind is PhaseKind.OVERNIGHT for phase in entry.slot.phases)
        reached = course.step(now, to_bed) if course is not None and entry.number != late else None
        return (*reached, confirmed) if reached else expected

    def _given_up_at(self, entry: Entry, chance: Random) -> datetime:
        """Some time between booking and the visit; never to come."""
        last = min(entry.slot.start, self.present.now)
        if entry.fate == "lapsed":
            return min(hold_until(self.catalogue, entry.booked_at, None, entry.slot.start), last)
        return entry.booked_at + (last - entry.booked_at) * chance.uniform(0.7, 0.98)

    def _make(
        self, entry: Entry, status: AppointmentStatus, since: datetime, confirmed: bool, chance: Random
    ) -> Appointment:
        procedure, wish, slot = entry.wish.procedure, entry.wish, entry.slot
        number = len(self.records.appointments) + 1
        request = self.papers.request_of(entry, status, chance)
        held = status is A.HELD or entry.fate == "lapsed"
        reason, note = self._cancelled(entry, chance) if status is A.CANCELLED else (None, "")
        visit = self.records.add_appointment(
            Appointment(
                patient_id=entry.patient.id,
                procedure=procedure.code,
                procedure_name=procedure.name,
                levels=wish.levels,
                status=status,
                stay=entry.stay,
                unplanned_stay=procedure.unplanned_stay,
                sedation=procedure.sedation,
                start=slot.start,
                end=slot.end,
                phases=chain.booked_phases(slot),
                allocations=chain.allocations(slot, self.catalogue),
                level_names=wish.level_names,
                side=wish.side,
                request_id=request.id if request else None,
                hold_until=hold_until(self.catalogue, entry.booked_at, request, slot.start) if held else None,
                cancel_reason=reason,
                cancel_note=note,
                override_codes=entry.passed,
                override_reason=OVERRIDES[entry.passed[0]] if entry.passed else "",
                escort=self._escort(entry, status, confirmed, chance),
                note=note_of(chance),
                status_since=since,
                id=number,
            )
        )
        self._papers_and_calls(entry, visit, request is not None, confirmed, chance)
        return visit

    def _papers_and_calls(self, entry: Entry, visit: Appointment, asked: bool, confirmed: bool, chance: Random) -> None:
        if entry.fate in ("held", "lapsed"):
            return
        self.papers.authorize(entry, visit, chance)
        if visit.start < self.present.now - CALLS_KEPT:
            return
        self.caller.before(visit, entry.patient, entry.booked_at, confirmed)
        if visit.status_since is not None:
            self.caller.after(visit, entry.patient, visit.status_since)

    def _cancelled(self, entry: Entry, chance: Random) -> tuple[CancelReason, str]:
        if entry.fate == "lapsed":
            return CancelReason.LAPSED, ""
        reason, _, note = chance.choices(REASONS, [share for _, share, _ in REASONS])[0]
        return reason, note if chance.random() < 0.6 else ""

    def _escort(self, entry: Entry, status: AppointmentStatus, confirmed: bool, chance: Random) -> str:
        """Named by the time the visit is confirmed, mostly; some are still missing in the next days."""
        if not needs_escort(entry.wish.procedure) or status is A.HELD:
            return ""
        name = escort_of(entry.patient, chance)
        far = entry.slot.start > self.present.now + NEAR
        if status in (A.BOOKED, A.CONFIRMED):
            return name if chance.random() < (0.25 if far else 0.85 if confirmed else 0.4) else ""
        return name
