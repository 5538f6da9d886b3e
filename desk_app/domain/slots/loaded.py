"""The uses that an index was built from: five columns of numbers, a fifth of the memory that a tuple each would take.

Nothing is moved in them: a visit that is gone is struck out, and one that changed is among the later uses (``Busy``).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

UseRow = tuple[int, str, int, int, int, bool, int]
"""visit, resource, start, end, blocked until (epoch seconds), overnight, lane"""

_visit = itemgetter(0)


class Taken(NamedTuple):
    """One use in epoch seconds: ``[start, end)``, kept from others until ``until``."""

    visit: int
    resource: str
    start: int
    end: int
    until: int


class Loaded:
    """Made from rows in any order; every resource is one of ``resources``."""

    def __init__(self, resources: Sequence[str], rows: Iterable[UseRow] = ()) -> None:
        ordered, self._codes = sorted(rows, key=_visit), resources
        numbers = {code: number for number, code in enumerate(resources)}
        self._visits, self._starts, self._ends, self._untils = (
            array("q", map(itemgetter(column), ordered)) for column in (0, 2, 3, 4)
        )
        self._resources = array("H", [numbers[row[1]] for row in ordered])
        self._places = self._by_start()
        self._gone: set[int] = set()
        starts, untils = self._starts, self._untils
        self._longest = max((until - start for start, until in zip(starts, untils, strict=True)), default=0)

    def __len__(self) -> int:
        return len(self._visits)

    def remove(self, visit: int) -> tuple[Taken, ...]:
        """Strikes a visit out, and answers what it took."""
        uses = self.of_visit(visit)
        if uses:
            self._gone.add(visit)
        return uses

    def of_visit(self, visit: int) -> tuple[Taken, ...]:
        if visit in self._gone:
            return ()
        first = bisect_left(self._visits, visit)
        return tuple(self._at(place) for place in range(first, bisect_right(self._visits, visit, lo=first)))

    def near(self, resource: str, start: int, end: int) -> Iterator[Taken]:
        """Uses kept at some instant of ``[start, end)``."""
        for place in self._beginning(resource, start - self._longest, end):
            if self._untils[place] > start and self._visits[place] not in self._gone:
                yield self._at(place)

    def spans(self, resource: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches ``[start, until)`` of those."""
        starts, untils, visits, gone = self._starts, self._untils, self._visits, self._gone
        for place in self._beginning(resource, start - self._longest, end):
            until = untils[place]
            if until > start and not (gone and visits[place] in gone):
                yield starts[place], until

    def _at(self, place: int) -> Taken:
        code = self._codes[self._resources[place]]
        return Taken(self._visits[place], code, self._starts[place], self._ends[place], self._untils[place])

    def _beginning(self, resource: str, low: int, high: int) -> array[int]:
        """The places of a resource's uses that begin in ``[low, high)``, by start."""
        places, start = self._places[resource], self._starts.__getitem__
        first = bisect_left(places, low, key=start)
        return places[first : bisect_left(places, high, lo=first, key=start)]

    def _by_start(self) -> dict[str, array[int]]:
        places: list[list[int]] = [[] for _ in self._codes]
        for place, number in enumerate(self._resources):
            places[number].append(place)
        start = self._starts.__getitem__
        return {code: array("I", sorted(found, key=start)) for code, found in zip(self._codes, places, strict=True)}
