"""How far today's visits run behind their plan, and whom they push: expected times are drawn, planned ones remembered.

Known times are the visit's own status stamps; everything after follows the plan. A visit whose patient has not come
is only called late: it pushes nobody until somebody is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk_app.domain.practice import PhaseKind
from desk_app.domain.statuses import AppointmentStatus as Status
from desk_app.domain.visit_parts import BookedPhase
from desk_app.ui.screens.schedule.visit import Visit

WAITING = frozenset({Status.ARRIVED, Status.READY})
AHEAD = frozenset({Status.HELD, Status.BOOKED, Status.CONFIRMED}) | WAITING
AFTER_THE_ROOM = frozenset({Status.IN_RECOVERY})
NONE = timedelta()


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
        begin = self.before if phase.kind in (PhaseKind.SETUP, PhaseKind.PROCEDURE) else self.after
        end = self.before if phase.kind is PhaseKind.SETUP else self.after
        return phase.start + begin, phase.end + end


ON_TIME = Slip()


def expected_slips(visits: Iterable[Visit], now: datetime) -> Mapping[int, Slip]:
    """The slip of every visit that has one, by appointment, rooms followed in the order of the plan."""
    free_from: dict[str, datetime] = {}
    slips: dict[int, Slip] = {}
    for visit in sorted(visits, key=lambda visit: visit.line.start):
        if visit.is_gone or not visit.phases:
            continue
        slip = _pushed(visit, _own(visit, now), free_from)
        if slip != ON_TIME:
            slips[visit.id] = slip
        for room, end in visit.room_ends() if slip.after else ():
            free_from[room] = max(free_from.get(room, end), end + slip.after)
    return slips


def _own(visit: Visit, now: datetime) -> Slip:
    status, since = visit.status, visit.line.status_since
    start, end = visit.procedure_start, visit.procedure_end
    if status is Status.IN_PROCEDURE and since is not None:
        begun = max(NONE, _minutes(since - start))
        return Slip(begun, max(begun, _minutes(now - end)))
    if status in AFTER_THE_ROOM and since is not None:
        return Slip(NONE, max(NONE, _minutes(since - end)))
    if status in AHEAD and status is not Status.HELD and now > start:
        behind = _minutes(now - start)
        return Slip(behind, behind, behind) if status in WAITING else Slip(overdue=behind)
    return ON_TIME


def _pushed(visit: Visit, own: Slip, free_from: Mapping[str, datetime]) -> Slip:
    if visit.status not in AHEAD:
        return own
    earliest = max((free_from[room] for room in visit.rooms if room in free_from), default=None)
    push = _minutes(earliest - visit.line.start) if earliest is not None else NONE
    if push <= own.before:
        return own
    return Slip(push, push, own.overdue, pushed=True)


def _minutes(span: timedelta) -> timedelta:
    return timedelta(minutes=span.total_seconds() // 60)
