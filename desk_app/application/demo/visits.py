"""From the diary's entries to visits, each with what stands behind it: request, authorization and calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random

from desk_app.application import chain
from desk_app.application.demo.calls import CALLS_KEPT, Caller
from desk_app.application.demo.day_clock import Course
from desk_app.application.demo.diary import Entry
from desk_app.application.demo.outcomes import Outcomes, Standing
from desk_app.application.demo.papers import Papers
from desk_app.application.demo.past import Past
from desk_app.application.demo.present import Present
from desk_app.application.demo.readied import readied
from desk_app.application.demo.records import Records
from desk_app.application.demo.wishes import escort_of, needs_escort, note_of
from desk_app.domain.day_moves import place_of
from desk_app.domain.day_records import VisitStep
from desk_app.domain.practice import Catalogue
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import FIRM_VISITS, AppointmentStatus, CancelReason

NEAR = timedelta(days=4)
STEPS_KEPT = timedelta(days=30)
"""Longer back nobody asks at which minute a step was taken."""

OVERRIDES = {
    "authorization": "Payer's portal is down; approved by phone, the letter follows.",
    "reserved": "Cannot wait; Dr. Algendy gives up this part of the block.",
}


class Visits:
    """Makes the visits of one day after the other."""

    def __init__(self, present: Present, catalogue: Catalogue, records: Records, past: Past) -> None:
        self._present, self._catalogue, self._records, self._past = present, catalogue, records, past
        self._caller = Caller(present, catalogue, records)
        self._outcomes = Outcomes(present, catalogue, self._caller)
        self.papers = Papers(present, catalogue, records)

    def make(self, entries: Sequence[Entry], courses: dict[int, Course]) -> None:
        late = self._outcomes.late(entries)
        for entry in entries:
            chance = self._present.chance(f"visit/{entry.number}")
            course = courses.get(entry.number) if entry.number != late else None
            self._make(entry, self._outcomes.standing(entry, course, chance), chance)

    def _make(self, entry: Entry, standing: Standing, chance: Random) -> None:
        request = self.papers.request_of(entry, standing, chance)
        visit = self._records.add_appointment(self._visit(entry, standing, request.id if request else None, chance))
        if visit.status is AppointmentStatus.HELD or visit.cancel_reason is CancelReason.LAPSED:
            self._past.of_visit(visit, entry.booked_at, ())
            return
        self.papers.authorize(entry, visit, request, chance)
        if visit.start >= self._present.now - CALLS_KEPT:
            called = self._caller.before(visit, entry.patient, entry.booked_at, standing.confirmed)
            self._records.readiness += readied(self._present, self._catalogue, visit, entry.patient, called)
            self._caller.after(visit, entry.patient, standing.since)
        steps = tuple(self._stamped(visit, standing)) if visit.start >= self._present.now - STEPS_KEPT else ()
        self._records.steps += steps
        self._past.of_visit(visit, entry.booked_at, [(step.status, step.at) for step in steps])

    def _stamped(self, visit: Appointment, standing: Standing) -> Iterator[VisitStep]:
        """The steps that were noted, with where the patient was from then on."""
        if standing.confirmed and standing.steps:
            yield VisitStep(visit.id, AppointmentStatus.CONFIRMED, min(standing.steps[0][1], visit.start - NEAR / 4))
        for status, at in standing.steps:
            yield VisitStep(visit.id, status, at, resource=place_of(self._catalogue, status, visit.phases))
        if visit.status is AppointmentStatus.NO_SHOW:
            yield VisitStep(visit.id, visit.status, standing.since)

    def _visit(self, entry: Entry, standing: Standing, request_id: int | None, chance: Random) -> Appointment:
        procedure, wish, slot = entry.wish.procedure, entry.wish, entry.slot
        return Appointment(
            patient_id=entry.patient.id,
            procedure=procedure.code,
            procedure_name=procedure.name,
            levels=wish.levels,
            status=standing.status,
            stay=entry.stay,
            unplanned_stay=procedure.unplanned_stay,
            sedation=procedure.sedation,
            start=slot.start,
            end=slot.end,
            phases=chain.booked_phases(slot),
            allocations=chain.allocations(slot, self._catalogue),
            level_names=wish.level_names,
            side=wish.side,
            request_id=request_id,
            hold_until=standing.until,
            cancel_reason=standing.reason,
            cancel_note=standing.note,
            override_codes=entry.passed,
            override_reason=OVERRIDES[entry.passed[0]] if entry.passed else "",
            escort=self._escort(entry, standing, chance),
            note=note_of(procedure, chance),
            status_since=standing.since,
        )

    def _escort(self, entry: Entry, standing: Standing, chance: Random) -> str:
        """Named by the time the visit is confirmed, mostly; some are still missing in the next days."""
        if not needs_escort(entry.wish.procedure) or standing.status is AppointmentStatus.HELD:
            return ""
        name = escort_of(entry.patient, chance)
        far = entry.slot.start > self._present.now + NEAR
        if standing.status in FIRM_VISITS:
            return name if chance.random() < (0.25 if far else 0.85 if standing.confirmed else 0.4) else ""
        return name
