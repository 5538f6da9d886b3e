"""What the audit trail would hold had the demo's past been lived at two desks: bookings, moves, steps and calls.

Only of the last weeks, as the tries at calls. What a visit was before is kept for every move and cancellation, and for
the steps of the last days: so far back a day is looked at as it stood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from desk_app.application.demo.present import Present
from desk_app.application.demo.records import Records
from desk_app.application.demo.tried import KEPT
from desk_app.application.outcome import Record
from desk_app.application.ports import Actor, PastEvent
from desk_app.application.use_cases.visit_changes import told
from desk_app.domain.records import Appointment, User
from desk_app.domain.statuses import PROGRAM_REASONS, AppointmentStatus
from desk_app.domain.zone import local_date

A = AppointmentStatus
CLERKS = (User("A. Reyes"), User("J. Moreau"))
MORE_AT_FIRST = 0.6
"""Of what is done the first of them does so much."""

MOVED, FAR = 0.05, timedelta(days=4)
"""So many visits were moved once, if they were booked long enough ahead."""

AS_IT_WAS = timedelta(days=5)
WHY = ("patient_asked", "patient_asked", "patient_asked", "physician", "room")
Step = tuple[AppointmentStatus, datetime]


class Past:
    """Collects the events of one visit after the other, then those of the calls."""

    def __init__(self, present: Present, records: Records, clerks: Sequence[int]) -> None:
        self._present, self._records = present, records
        self._chance = present.chance("past")
        numbers = clerks or (None,) * len(CLERKS)
        self._actors = tuple(
            Actor(number, user.name, f"front-desk-{place}")
            for place, (number, user) in enumerate(zip(numbers, CLERKS, strict=True), start=1)
        )

    def of_visit(self, visit: Appointment, booked_at: datetime, steps: Sequence[Step]) -> None:
        """In the order in which it happened; nothing of long ago, and nothing that is still to come."""
        first, now = self._present.now - KEPT, self._present.now
        if max(booked_at, visit.start) < first:
            return
        events = list(self._of_visit(visit, booked_at, steps))
        self._records.past += [event for event in events if first < event.at <= now]

    def of_calls(self) -> None:
        """Every try at a call that was noted."""
        calls = self._records.callbacks
        for attempt in self._records.attempts:
            if attempt.at < self._present.now - KEPT:
                continue
            call = calls[attempt.callback_id - 1]
            facts = {"callback": call.id, "kind": call.kind.value, "outcome": attempt.outcome.value}
            by = next((each for each in self._actors if each.user_id == attempt.user_id), self._actors[0])
            self._records.past.append(PastEvent(attempt.at, by, "call_recorded", facts, ((Record.CALLBACK, call.id),)))

    def _of_visit(self, visit: Appointment, booked_at: datetime, steps: Sequence[Step]) -> Iterator[PastEvent]:
        if visit.cancel_reason in PROGRAM_REASONS:
            return
        first = replace(
            visit, status=A.HELD if visit.status is A.HELD else A.BOOKED, cancel_reason=None, cancel_note=""
        )
        placed = self._elsewhere(first, booked_at)
        action = "appointment_held" if first.status is A.HELD else "appointment_booked"
        yield self._event(booked_at, action, placed, told(placed), (None,))
        if placed is not first:
            ended = visit.status_since if visit.status is A.CANCELLED and visit.status_since else first.start
            at = booked_at + (min(ended, first.start, placed.start) - booked_at) * self._chance.uniform(0.2, 0.7)
            facts = {**told(first), "from": placed.start.isoformat(), "reason": self._chance.choice(WHY)}
            yield self._event(at, "appointment_moved", first, facts, (placed,))
        yield from self._steps(first, [(status, max(at, booked_at)) for status, at in steps])
        if visit.status is A.CANCELLED and visit.status_since is not None:
            assert visit.cancel_reason is not None
            facts = {**told(visit), "reason": visit.cancel_reason.value}
            yield self._event(visit.status_since, "appointment_cancelled", visit, facts, (first,))

    def _steps(self, visit: Appointment, steps: Sequence[Step]) -> Iterator[PastEvent]:
        since, was = visit.status_since, visit.status
        for status, at in steps:
            is_late = at > self._present.now - AS_IT_WAS
            kept = (replace(visit, status=was, status_since=since),) if is_late else ()
            facts = {"appointment": visit.id, "patient": visit.patient_id, "status": status.value}
            yield self._event(at, "appointment_status", visit, facts, kept)
            since, was = at, status

    def _elsewhere(self, visit: Appointment, booked_at: datetime) -> Appointment:
        """Where it was booked at first: mostly where it is, else a week before or after, at the same hour."""
        if self._chance.random() > MOVED or visit.start - booked_at < FAR:
            return visit
        by = timedelta(days=self._chance.choice((-7, 7, 7)))
        return shifted(visit, by) if visit.start + by > booked_at + timedelta(days=1) else visit

    def _event(
        self,
        at: datetime,
        action: str,
        visit: Appointment,
        facts: Mapping[str, object],
        before: tuple[Appointment | None, ...],
    ) -> PastEvent:
        by = self._actors[0] if self._chance.random() < MORE_AT_FIRST else self._actors[1]
        starts = (visit.start, *(each.start for each in before if each is not None))
        days = tuple(sorted({local_date(start, self._present.zone) for start in starts}))
        images = tuple((visit.id, each) for each in before)
        return PastEvent(at, by, action, facts, ((Record.APPOINTMENT, visit.id),), days, images)


def shifted(visit: Appointment, by: timedelta) -> Appointment:
    """The same visit with all its times so much later."""
    return replace(
        visit,
        start=visit.start + by,
        end=visit.end + by,
        phases=tuple(replace(each, start=each.start + by, end=each.end + by) for each in visit.phases),
        allocations=tuple(
            replace(each, start=each.start + by, end=each.end + by, blocked_until=each.blocked_until + by)
            for each in visit.allocations
        ),
    )
