"""From plan to day: what a visit takes of rooms, bays and beds as its patient really moves. Pure.

A visit's phases stay as they were booked, so that the plan is remembered; only who serves them follows what happened.
Its allocations follow the day: they end when a place is left and begin when one is taken, as far as nobody else is
booked there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from desk_app.domain.practice import Catalogue, PhaseKind, ResourceKind
from desk_app.domain.records import Allocation, Appointment
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.visit_parts import BookedPhase

IN_THE_ROOM = frozenset({PhaseKind.SETUP, PhaseKind.PROCEDURE})
PLACES = frozenset({ResourceKind.PROCEDURE_ROOM, ResourceKind.RECOVERY_BAY, ResourceKind.OVERNIGHT_BED})
"""Where a patient can lie."""

PHASE_OF: Mapping[AppointmentStatus, PhaseKind] = {
    AppointmentStatus.IN_PROCEDURE: PhaseKind.PROCEDURE,
    AppointmentStatus.IN_RECOVERY: PhaseKind.RECOVERY,
    AppointmentStatus.OVERNIGHT: PhaseKind.OVERNIGHT,
}
"""The phase a patient is in by status; in every other status they lie in no place of the practice."""


class Booked(NamedTuple):
    """What somebody else takes of a resource, ``[start, until)`` with the turnover."""

    resource: str
    lane: int
    start: datetime
    until: datetime


class Bookings:
    """What the other visits take on a day."""

    def __init__(self, rows: Iterable[Booked]) -> None:
        self._rows: dict[tuple[str, int], list[Booked]] = {}
        for row in sorted(rows, key=lambda row: row.start):
            self._rows.setdefault((row.resource, row.lane), []).append(row)

    def free_until(self, resource: str, since: datetime, lane: int = 0) -> datetime | None:
        """How long it is free from ``since`` on: ``since`` itself where it is not free, None where for good."""
        for row in self._rows.get((resource, lane), ()):
            if row.until > since and row.until > row.start:
                return max(row.start, since)
        return None

    def is_free(self, resource: str, start: datetime, end: datetime, lane: int = 0) -> bool:
        until = self.free_until(resource, start, lane)
        return until is None or until >= end


def place_of(catalogue: Catalogue, status: AppointmentStatus, phases: Iterable[BookedPhase]) -> str | None:
    """The room, bay or bed a patient of that status lies in, by the phases' own resources; None where in none."""
    kind = PHASE_OF.get(status)
    for phase in phases:
        if phase.kind is kind:
            for _, code in phase.resources:
                if catalogue.resource(code).kind in PLACES:
                    return code
    return None


def leave(
    visit: Appointment, kinds: Collection[PhaseKind], now: datetime, bookings: Bookings, catalogue: Catalogue
) -> Appointment:
    """The place of these phases is left: what was taken for them ends now, and a turnover of the room begins.

    What was in use longer than booked is taken up to now, as far as nobody else had it.
    """
    kept = [each for each in visit.allocations if each.kind not in kinds and each.kind is not PhaseKind.TURNOVER]
    ended = [
        cut
        for each in visit.allocations
        if each.kind in kinds
        for cut in _ended(each, now, bookings, catalogue, is_last=_is_last(each, visit, kinds))
    ]
    turnovers = [each for each in visit.allocations if each.kind is PhaseKind.TURNOVER]
    if PhaseKind.PROCEDURE in kinds:
        turnovers = [moved for each in turnovers for moved in _from(each, now, bookings)]
    return _settled(visit, [*ended, *turnovers, *kept])


def give_back(visit: Appointment, kinds: Collection[PhaseKind], now: datetime) -> Appointment:
    """What is taken of these phases from now on is free; what is over was taken for as long as it was."""
    rows = []
    for each in visit.allocations:
        if each.kind not in kinds or each.end <= now:
            rows.append(each)
        elif each.start < now:
            rows.append(replace(each, end=now, blocked_until=now))
    return _settled(visit, rows)


def take(
    visit: Appointment,
    kind: PhaseKind,
    code: str,
    end: datetime,
    now: datetime,
    bookings: Bookings,
    catalogue: Catalogue,
) -> Appointment:
    """The patient lies in that bay or bed from now on, until ``end`` or whoever is booked there next.

    It serves the phase instead of the one that was booked. A visit without such a phase (it was not to stay) gets one.
    """
    visit = _with_phase(visit, kind, end, catalogue.resource(code).kind)
    ordinal = next(number for number, phase in enumerate(visit.phases) if phase.kind is kind)
    label = _place_label(visit.phases[ordinal], catalogue)
    until = bookings.free_until(code, now)
    stop = end if until is None else min(end, until)
    turnover = timedelta(minutes=catalogue.resource(code).turnover_minutes)
    blocked = stop + turnover if until is None else min(stop + turnover, until)
    taken = Allocation(code, label, ordinal, kind, now, stop, max(stop, blocked))
    phases = tuple(
        _served(phase, label, code) if number == ordinal else phase for number, phase in enumerate(visit.phases)
    )
    others = [each for each in visit.allocations if not (each.kind is kind and each.label == label and each.end > now)]
    return _settled(replace(visit, phases=phases), [*others, taken])


def stay_elsewhere(visit: Appointment, end: datetime) -> Appointment:
    """The patient spends the night outside the practice's beds, until ``end``."""
    rest = without_night(visit)
    begin = max(phase.end for phase in rest.phases)
    night = BookedPhase(PhaseKind.OVERNIGHT, begin, max(begin, end), False, ())
    return replace(rest, phases=(*rest.phases, night), end=max(rest.end, end))


def without_night(visit: Appointment) -> Appointment:
    """The visit goes home the same day after all."""
    phases = tuple(phase for phase in visit.phases if phase.kind is not PhaseKind.OVERNIGHT)
    allocations = tuple(each for each in visit.allocations if each.kind is not PhaseKind.OVERNIGHT)
    end = max(phase.end for phase in phases if not phase.beside)
    return replace(visit, phases=phases, allocations=allocations, end=end)


def begin_early(visit: Appointment, now: datetime, bookings: Bookings) -> Appointment:
    """A procedure that begins before its time takes its room and people from now on, as far as they are free."""
    first = min((each.start for each in visit.allocations if each.kind is PhaseKind.PROCEDURE), default=now)
    if first <= now:
        return visit
    changed = []
    for each in visit.allocations:
        if each.kind is PhaseKind.SETUP:
            changed += [replace(each, end=min(each.end, now), blocked_until=min(each.blocked_until, now))]
        elif each.kind is PhaseKind.PROCEDURE and bookings.is_free(each.resource, now, each.start, each.lane):
            changed.append(replace(each, start=now))
        else:
            changed.append(each)
    return _settled(visit, [each for each in changed if each.start < each.end])


def done_with(
    visit: Appointment, booked: str, code: str, now: datetime, bookings: Bookings, catalogue: Catalogue
) -> Appointment:
    """The procedure begins now with ``code`` instead of what was booked, for its minutes or until that is another's.

    What it has taken of the booked one up to now it has taken.
    """
    phases = tuple(
        replace(phase, resources=tuple((label, code if known == booked else known) for label, known in phase.resources))
        for phase in visit.phases
    )
    length = sum((each.end - each.start for each in visit.phases if each.kind is PhaseKind.PROCEDURE), timedelta())
    until = bookings.free_until(code, now)
    end = now + length if until is None else min(now + length, until)
    turnover = timedelta(minutes=catalogue.resource(code).turnover_minutes)
    blocked = end + turnover if until is None else min(end + turnover, until)
    changed = []
    for each in visit.allocations:
        if each.resource != booked:
            changed.append(each)
        elif each.kind is PhaseKind.PROCEDURE:
            changed.append(replace(each, resource=code, start=now, end=end, blocked_until=max(end, blocked)))
        elif each.kind is PhaseKind.TURNOVER:
            changed += [replace(moved, resource=code) for moved in _from(replace(each, resource=code), end, bookings)]
        elif each.start < now:
            changed.append(replace(each, end=min(each.end, now), blocked_until=min(each.blocked_until, now)))
    return _settled(replace(visit, phases=phases), changed)


def _is_last(each: Allocation, visit: Appointment, kinds: Collection[PhaseKind]) -> bool:
    """Whether that is the latest stretch of its resource among what is left."""
    return not any(
        other.start > each.start and other.kind in kinds and (other.resource, other.lane) == (each.resource, each.lane)
        for other in visit.allocations
    )


def _ended(
    each: Allocation, now: datetime, bookings: Bookings, catalogue: Catalogue, is_last: bool
) -> list[Allocation]:
    if each.start >= now:
        return []
    if each.end < now and not is_last:
        return [each]
    until = bookings.free_until(each.resource, each.end if each.end < now else now, each.lane)
    end = now if each.end >= now or until is None else max(each.end, min(now, until))
    turnover = timedelta(minutes=catalogue.resource(each.resource).turnover_minutes)
    blocked = end + turnover if until is None else min(end + turnover, until)
    return [replace(each, end=end, blocked_until=max(end, blocked))]


def _from(each: Allocation, now: datetime, bookings: Bookings) -> list[Allocation]:
    """The same length from now on, as far as nobody else is booked there."""
    until = bookings.free_until(each.resource, now, each.lane)
    end = now + (each.end - each.start)
    end = end if until is None else min(end, until)
    return [replace(each, start=now, end=end, blocked_until=end)] if end > now else []


def _with_phase(visit: Appointment, kind: PhaseKind, end: datetime, place: ResourceKind) -> Appointment:
    if any(phase.kind is kind for phase in visit.phases):
        return visit
    begin = max(phase.end for phase in visit.phases)
    label = "bed" if place is ResourceKind.OVERNIGHT_BED else "bay"
    added = BookedPhase(kind, begin, max(begin, end), False, ((label, ""),))
    return replace(visit, phases=(*visit.phases, added), end=max(visit.end, end))


def _place_label(phase: BookedPhase, catalogue: Catalogue) -> str:
    """Which of a phase's needs is the place: the only one that a new phase has."""
    named = (label for label, code in phase.resources if not code or catalogue.resource(code).kind in PLACES)
    return next(named)


def _served(phase: BookedPhase, label: str, code: str) -> BookedPhase:
    return replace(phase, resources=tuple((each, code if each == label else known) for each, known in phase.resources))


def _settled(visit: Appointment, allocations: Iterable[Allocation]) -> Appointment:
    """In order, and no turnover reaches into the visit's own next use of the same resource."""
    rows = sorted(allocations, key=lambda each: (each.start, each.phase, each.label))
    settled = []
    for number, each in enumerate(rows):
        again = [later.start for later in rows[number + 1 :] if later.resource == each.resource]
        blocked = min([each.blocked_until, *again])
        settled.append(replace(each, blocked_until=max(each.end, blocked)) if blocked != each.blocked_until else each)
    return replace(visit, allocations=tuple(settled))
