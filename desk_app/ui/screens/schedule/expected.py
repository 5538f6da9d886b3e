"""How far today's visits run behind their plan, and whom they push: expected times are drawn, planned ones remembered.

They are those of ``domain.forecast``, from the steps that a day's lines know: the one each visit took last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from desk_app.domain.dataclass import dataclass
from desk_app.domain.forecast import COME, Expected, Forecaster, VisitNow
from desk_app.domain.practice import PhaseKind, Resource
from desk_app.domain.statuses import AppointmentStatus as Status
from desk_app.domain.visit_parts import BookedPhase
from desk_app.ui.screens.schedule.visit import Visit

AHEAD = frozenset({Status.HELD, Status.BOOKED, Status.CONFIRMED, Status.ARRIVED, Status.READY})
TOLD = AHEAD | {Status.IN_PROCEDURE, Status.IN_RECOVERY}
"""Whose lateness is still of use to anybody."""

NONE, MINUTE = timedelta(), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Slip:
    """How much later than planned: until the procedure ends, and from then on. ``pushed``: another visit's doing.

    ``overdue`` is how long a patient who is still to start should have been in the procedure already.
    """

    before: timedelta = NONE
    after: timedelta = NONE
    overdue: timedelta = NONE
    pushed: bool = False

    def expected(self, phase: BookedPhase) -> tuple[datetime, datetime]:
        """When a phase is expected to begin and end."""
        if self is ON_TIME:
            return phase.start, phase.end
        begin = self.before if phase.kind in (PhaseKind.SETUP, PhaseKind.PROCEDURE) else self.after
        end = self.before if phase.kind is PhaseKind.SETUP else self.after
        return phase.start + begin, phase.end + end


ON_TIME = Slip()


def expected_slips(visits: Iterable[Visit], now: datetime, resources: Sequence[Resource]) -> Mapping[int, Slip]:
    """The slip of every visit that has one, by appointment."""
    there = {visit.id: visit for visit in visits if visit.status is not Status.DISCHARGED}
    kinds = {resource.code: resource.kind for resource in resources}
    turnovers = {resource.code: resource.turnover_minutes for resource in resources}
    told = Forecaster(now, kinds, turnovers).run(_now(visit) for visit in there.values())
    slips = {number: _slip(there[number], expected) for number, expected in told.visits.items()}
    return {number: slip for number, slip in slips.items() if slip != ON_TIME}


def _now(visit: Visit) -> VisitNow:
    since = visit.line.status_since
    return VisitNow(visit.id, visit.status, visit.phases, {visit.status: since} if since is not None else {})


def _slip(visit: Visit, expected: Expected) -> Slip:
    if visit.status not in TOLD:
        return ON_TIME
    pushed = expected.push is not None and expected.late > expected.overdue
    if expected.overdue and not pushed:
        return Slip(overdue=_minutes(expected.overdue))  # the plan stands until they come
    spans = zip(visit.phases, expected.spans, strict=True)
    left = next((end for phase, (_, end) in spans if phase.kind is PhaseKind.PROCEDURE), visit.procedure_end)
    after = max(NONE, _minutes(left - visit.procedure_end))
    before = NONE if visit.status is Status.IN_RECOVERY else max(NONE, _minutes(expected.late))
    overdue = before if visit.status in COME and not pushed else _minutes(expected.overdue)
    return Slip(before, after, overdue, pushed)


def _minutes(span: timedelta) -> timedelta:
    """Whole minutes of it."""
    return span - span % MINUTE if span else NONE
