"""A bed that closes: whom to move, and where with the fewest moves.

Exact for a practice's few beds: first every way without moving anybody else is tried, then every way with one further
move, and so on. A plan for a whole hospital is another program's (``beds plan``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from desk_app.application.beds_view import BedsView, Lying
from desk_app.domain.bay_course import Nearness
from desk_app.domain.bed_rules import Guest, may_share
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Resource

MOST_FURTHER = 3
"""So many patients beside those who have to move are moved at most."""


class BedMove(NamedTuple):
    """Somebody's stay from one bed to another; ``to`` is empty where there is no place."""

    lying: Lying
    nights: tuple[date, ...]
    to: str

    @property
    def number(self) -> int:
        return self.lying.use.appointment_id


@dataclass(frozen=True, slots=True)
class _Stay:
    lying: Lying
    nights: frozenset[date]

    @property
    def number(self) -> int:
        return self.lying.use.appointment_id


Plan = Mapping[int, str]
"""The bed of every stay, by the visit's number."""


def moves_out_of(view: BedsView, bed: str, nights: frozenset[date]) -> tuple[BedMove, ...]:
    """What it takes to empty a bed for these nights, in an order in which no two stays ever share one bed.

    Whoever finds no place comes last, without one.
    """
    stays = _stays(view)
    out = sorted(
        (stay for stay in stays.values() if stay.lying.use.resource == bed and stay.nights & nights),
        key=lambda stay: (min(stay.nights), stay.number),
    )
    search = _Search(view, stays, bed, nights)
    for left_out in range(len(out) + 1):
        placed = out[: len(out) - left_out]
        for further in range(MOST_FURTHER + 1):
            order = search.placed(tuple(placed), {}, further)
            if order is not None:
                lost = [BedMove(stay.lying, tuple(sorted(stay.nights)), "") for stay in out[len(placed) :]]
                return (*(search.move(number, code) for number, code in reversed(order)), *lost)
    return ()


def _stays(view: BedsView) -> dict[int, _Stay]:
    """Every stay that is not over, with the nights of it that are shown."""
    nights: dict[int, set[date]] = {}
    lyings: dict[int, Lying] = {}
    for column in view.nights:
        for lying in column.lyings.values():
            if lying.course.nearness is not Nearness.OVER:
                nights.setdefault(lying.use.appointment_id, set()).add(column.day)
                lyings[lying.use.appointment_id] = lying
    return {number: _Stay(lying, frozenset(nights[number])) for number, lying in lyings.items()}


class _Search:
    """Tries places stay by stay; who stands in the way is moved on as long as ``further`` moves are left."""

    def __init__(self, view: BedsView, stays: Mapping[int, _Stay], closed: str, nights: frozenset[date]) -> None:
        self._view, self._stays, self._closed, self._nights = view, stays, closed, nights
        self._shut = {column.day: frozenset(column.shut) for column in view.nights}

    def placed(self, waiting: tuple[_Stay, ...], moved: Plan, further: int) -> tuple[tuple[int, str], ...] | None:
        """The moves in the order in which they were found; None where it cannot be done with so few."""
        if not waiting:
            return ()
        stay, *rest = waiting
        for bed, in_the_way in sorted(self._places(stay, moved), key=lambda each: len(each[1])):
            cost = len(in_the_way)
            if cost > further or any(other.number in moved for other in in_the_way):
                continue
            after = self.placed((*rest, *in_the_way), {**moved, stay.number: bed.code}, further - cost)
            if after is not None:
                return ((stay.number, bed.code), *after)
        return None

    def move(self, number: int, code: str) -> BedMove:
        stay = self._stays[number]
        return BedMove(stay.lying, tuple(sorted(stay.nights)), code)

    def _places(self, stay: _Stay, moved: Plan) -> Iterator[tuple[Resource, tuple[_Stay, ...]]]:
        for bed in self._view.beds:
            is_same = bed.code == stay.lying.use.resource
            is_closed = bed.code == self._closed and bool(stay.nights & self._nights)
            if is_same or is_closed or any(bed.code in self._shut[night] for night in stay.nights):
                continue
            there = tuple(
                other
                for other in self._stays.values()
                if other.number != stay.number and self._bed(other, moved) == bed.code and other.nights & stay.nights
            )
            if self._suits(stay, bed, there, moved):
                yield bed, there

    def _suits(self, stay: _Stay, bed: Resource, leaving: tuple[_Stay, ...], moved: Plan) -> bool:
        """Who shares the room with whom, once those in the way have left it."""
        guests = {
            self._bed(other, moved): Guest(other.lying.use.sex)
            for other in self._stays.values()
            if other.number != stay.number and other not in leaving and other.nights & stay.nights
        }
        return may_share(self._view.catalogue, bed, Guest(stay.lying.use.sex), guests)

    def _bed(self, stay: _Stay, moved: Plan) -> str:
        return moved.get(stay.number, stay.lying.use.resource)


def closed_nights(view: BedsView, bed: str, is_out_of_order: bool) -> frozenset[date]:
    """Nights of those shown on which a bed is shut though somebody is to lie in it; out of order, the first one."""
    shut = {column.day for column in view.nights if bed in column.shut and bed in column.lyings}
    first = {view.nights[0].day} if is_out_of_order and view.nights else set()
    return frozenset(shut | first)
