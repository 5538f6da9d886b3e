"""Who is where in the house just now, and which bay or bed a patient can lie in next.

Who lies where follows from the visits' statuses; of a bay or bed itself it is only kept that it is being
cleaned or is closed. A place is free when nobody lies there, it is neither, and nobody is booked there now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from desk_app.application.desk import Desk
from desk_app.application.read_models import BookedUse, InHouse
from desk_app.domain.dataclass import dataclass
from desk_app.domain.day_moves import Booked, Bookings, place_of
from desk_app.domain.day_records import BedCondition, BedState
from desk_app.domain.practice import EVERY_RESOURCE, Catalogue, PhaseKind, Resource, ResourceKind
from desk_app.domain.records import Appointment
from desk_app.domain.slots import Obstacle, SlotIndex
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.visit_parts import BookedPhase
from desk_app.domain.zone import day_span, local_date

CLOSED = "closed"
A_WHILE = timedelta(minutes=15)
"""What is free for less is given only where there is no better."""

LOOK_AHEAD = timedelta(hours=36)
"""How far bookings are looked at: the longest night and what follows it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A bay or bed that a patient can have now: free ``until`` then, None for as long as anybody knows.

    ``booked``: it is the one the visit was booked with. ``staffed``: it is open by some session. ``cleaning``: nobody
    lies there, but it is not ready yet.
    """

    code: str
    until: datetime | None
    booked: bool
    staffed: bool
    cleaning: bool

    def lasts(self, needed: datetime) -> bool:
        return self.until is None or self.until >= needed


class HouseSource(Protocol):
    """Where it is read from: a unit of work, or the read side."""

    def in_house(self, today: date) -> tuple[InHouse, ...]: ...
    def uses_between(self, start: datetime, end: datetime) -> tuple[BookedUse, ...]: ...


class House:
    """The house as it is seen by one visit that is about to take a step."""

    def __init__(self, desk: Desk, source: HouseSource, states: Iterable[BedState], visit: Appointment) -> None:
        self._catalogue, self._now, self._today, self._visit = desk.catalogue(), desk.now(), desk.today(), visit
        self._zone, self._hours = desk.zone(), desk.slots.hours(desk.today())
        self._present = [each for each in source.in_house(self._today) if each.appointment_id != visit.id]
        self._states = {state.resource: state for state in states}
        begin = min([self._now, *(each.start for each in visit.allocations)])
        uses = source.uses_between(begin, self._now + LOOK_AHEAD)
        self.uses = tuple(use for use in uses if use.appointment_id != visit.id)
        taken = [Booked(use.resource, use.lane, use.start, use.blocked_until) for use in self.uses]
        self.bookings = Bookings([*taken, *_blocked(self._catalogue)])

    def occupant(self, code: str) -> InHouse | None:
        """Who lies there, whatever is booked."""
        return next((each for each in self._present if self._place_of(each) == code), None)

    def in_the_way(
        self, phases: Iterable[BookedPhase], without: Collection[str | None] = ()
    ) -> tuple[str, InHouse] | None:
        """Something the procedure needs that is in use still, by its code, and whose visit has it."""
        mine = [code for code in _serving(phases) if code not in without]
        for each in self._present:
            place = self._place_of(each)
            used = _serving(each.phases()) if each.status is AppointmentStatus.IN_PROCEDURE else {place}
            if shared := [code for code in mine if code in used and not self._beside(code)]:
                return shared[0], each
        return None

    def spares(self, kind: ResourceKind, capabilities: Iterable[str]) -> list[Place]:
        """What else of that kind can serve the procedure from now on, for a while at least, and is with nobody."""
        used = {
            code
            for each in self._present
            if each.status is AppointmentStatus.IN_PROCEDURE
            for code in _serving(each.phases())
        }
        used |= set(_serving(self._visit.phases))
        return [
            place
            for place in self.places(kind, capabilities)
            if place.staffed and place.code not in used and place.lasts(self._now + A_WHILE)
        ]

    def _beside(self, code: str) -> bool:
        """A clinician who was overbooked on purpose is with both."""
        mine = any(each.resource == code and each.lane > 0 for each in self._visit.allocations)
        return mine or any(use.resource == code and use.lane > 0 for use in self.uses)

    def places(self, kind: ResourceKind, capabilities: Iterable[str] = (), booked: str | None = None) -> list[Place]:
        """Every bay (or bed) that could serve and in which nobody lies, in the practice's order."""
        needed = set(capabilities)
        fitting = [each for each in self._catalogue.of_kind(kind) if needed <= set(each.capabilities)]
        return [place for each in fitting for place in self._place(each, booked)]

    def _place(self, resource: Resource, booked: str | None) -> Iterator[Place]:
        state = self._states.get(resource.code)
        condition = state.at(self._now) if state is not None else BedCondition.FREE
        until = self.bookings.free_until(resource.code, self._now)
        if self.occupant(resource.code) is None and condition is not BedCondition.CLOSED and until != self._now:
            is_booked = resource.code == booked
            cleaning = condition is BedCondition.CLEANING
            yield Place(resource.code, until, is_booked, is_booked or self._is_staffed(resource), cleaning)

    def _is_staffed(self, resource: Resource) -> bool:
        """A bay now; a bed at the end of the day."""
        instant = self._now
        if resource.kind is ResourceKind.OVERNIGHT_BED:
            instant = max(instant, day_span(self._today, self._zone)[1] - timedelta(minutes=1))
        return is_staffed(self._hours, resource.code, instant, self._zone, self._now)

    def _place_of(self, each: InHouse) -> str | None:
        return place_of(self._catalogue, each.status, each.phases())


def is_staffed(hours: SlotIndex, code: str, instant: datetime, zone: ZoneInfo, now: datetime) -> bool:
    """Whether a resource is open by some session at an instant; ``hours`` cover its day."""
    shut = hours.closings(code, local_date(instant, zone), now)
    return not any(each.code == CLOSED and _covers(each, instant) for each in shut)


def _covers(shut: Obstacle, instant: datetime) -> bool:
    return shut.start is not None and shut.end is not None and shut.start <= instant < shut.end


def _serving(phases: Iterable[BookedPhase]) -> dict[str, None]:
    """What a procedure is done with: its room first, as it was booked."""
    found = (phase for phase in phases if phase.kind is PhaseKind.PROCEDURE)
    return dict.fromkeys(code for phase in found for _, code in phase.resources)


def _blocked(catalogue: Catalogue) -> Iterator[Booked]:
    """Nobody is to lie where it is blocked."""
    every = [resource.code for resource in catalogue.resources]
    for each in catalogue.blockouts:
        codes = every if each.resource == EVERY_RESOURCE else [each.resource]
        yield from (Booked(code, 0, each.start, each.end) for code in codes)
