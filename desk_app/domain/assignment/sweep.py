"""The best assignment of few: every way is looked at that could still be better than the best known one.

Stretches are placed in the order in which they begin. Of all ways that leave the same people in the same places as far
as that matters to those still to come, only the cheapest is gone on with; a way is left where even the least that the
rest can cost would not make it better (dynamic programming with bounds).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from heapq import nsmallest
from operator import itemgetter, or_
from typing import NamedTuple

from desk_app.domain.assignment.table import NOWHERE, Table

Held = tuple[int, ...]
"""The place of each stretch that still matters."""


class _Way(NamedTuple):
    """``before`` is the state it came from, ``place`` what the last stretch was given."""

    cost: int
    before: Held
    place: int


def sweep(table: Table, best: Sequence[int], cost: int, least: Sequence[int], width: int) -> tuple[list[int], bool]:
    """An assignment that costs less than ``best`` where one is found, and whether every other has been ruled out.

    ``least`` is what each stretch and those after it cost at the least. Only the ``width`` ways that promise most are
    gone on with at a time: where there never were more, all have been looked at.
    """
    ahead, is_proven = _Ahead(table), True
    layers: list[dict[Held, _Way]] = [{(): _Way(0, (), NOWHERE)}]
    for stretch in range(len(table)):
        ways: dict[Held, _Way] = {}
        most, kept = cost - least[stretch + 1], ahead.kept(stretch)
        for held, way in layers[-1].items():
            for more, place in ahead.choices(stretch, held):
                total = way.cost + more
                if total >= most:
                    continue
                after = kept((*held, place))
                known = ways.get(after)
                if known is None or total < known.cost:
                    ways[after] = _Way(total, held, place)
        if len(ways) > width:
            is_proven = False
            ways = dict(nsmallest(width, ways.items(), key=lambda each: each[1].cost))
        layers.append(ways)
    return _back(layers) or list(best), is_proven


def _back(layers: list[dict[Held, _Way]]) -> list[int]:
    """The places that led to the cheapest end; none where there is no end."""
    held: Held = ()
    places: list[int] = []
    for ways in reversed(layers[1:]):
        if held not in ways:
            return []
        places.append(ways[held].place)
        held = ways[held].before
    return places[::-1]


class _Ahead:
    """What of a state matters to those still to come."""

    def __init__(self, table: Table) -> None:
        self._table = table
        size = len(table)
        matters = [table.apart[one] | _any(kind[one] for kind in table.clash) for one in range(size)]
        self._active: list[list[int]] = [[]]
        """Before each stretch: those placed already that it or a later one may meet."""
        for stretch in range(size):
            there = [*self._active[-1], stretch]
            self._active.append([one for one in there if matters[one] >> (stretch + 1)])
        self._alike = self._alike_from()

    def choices(self, stretch: int, held: Held) -> list[tuple[int, int]]:
        """What each place in which it fits would add; of empty places that are alike to all to come only one."""
        table, active = self._table, self._active[stretch]
        clash = [kind[stretch] for kind in table.clash]
        used, barred = 0, 0
        rooms: dict[int, int] = {}
        apart = table.apart[stretch]
        for one, place in zip(active, held, strict=True):
            if place == NOWHERE:
                continue
            used |= 1 << place
            if clash[table.kind[place]] >> one & 1:
                barred |= 1 << place
            if apart >> one & 1 and table.room[place] != NOWHERE:
                rooms[table.room[place]] = rooms.get(table.room[place], 0) + table.pair
        found, seen = [(table.a_place, NOWHERE)], set()
        for cost, place in table.options[stretch]:
            if barred >> place & 1:
                continue
            if not used >> place & 1:
                kind = self._alike[stretch][place]
                if kind in seen:
                    continue
                seen.add(kind)
            found.append((cost + rooms.get(table.room[place], 0), place))
        return found

    def kept(self, stretch: int) -> Callable[[Held], Held]:
        """Of the places held and the stretch's own those that still matter once it is placed."""
        there, after = [*self._active[stretch], stretch], set(self._active[stretch + 1])
        numbers = [number for number, one in enumerate(there) if one in after]
        if len(numbers) < 2:  # one alone would be no tuple
            return lambda held: tuple(held[number] for number in numbers)
        return itemgetter(*numbers)

    def _alike_from(self) -> list[list[int]]:
        """For each stretch and place a number that places share which are alike to it and all later ones."""
        table = self._table
        known: dict[tuple[int, ...], int] = {}
        kinds = [known.setdefault(key, len(known)) for key in zip(table.room, table.kind, strict=True)]
        found = []
        for costs in reversed(table.cost):
            numbers: dict[tuple[int, int], int] = {}
            kinds = [
                numbers.setdefault((kind, costs.get(place, NOWHERE)), len(numbers)) for place, kind in enumerate(kinds)
            ]
            found.append(kinds)
        return found[::-1]


def _any(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)
