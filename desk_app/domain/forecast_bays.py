"""Which bay a patient comes into: stretches of every bay, planned until a visit is foretold, then as foretold."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple


class Lying(NamedTuple):
    """A visit's stretch in a bay with the cleaning after it. ``is_told``: it was foretold, not only planned."""

    start: datetime
    end: datetime
    visit: int
    is_told: bool


class Place(NamedTuple):
    """The bay, from when on, and whose leaving it waits for (None: nobody's)."""

    code: str
    start: datetime
    after: int | None


class Bays:
    """``turnovers`` are minutes by code."""

    def __init__(self, codes: Iterable[str], turnovers: Mapping[str, int]) -> None:
        self._lying: dict[str, list[Lying]] = {code: [] for code in codes}
        self._bay_of: dict[int, str] = {}
        self._turnovers = turnovers

    def plan(self, code: str, start: datetime, end: datetime, visit: int) -> None:
        self._put(code, start, end, visit, is_told=False)

    def place(self, booked: str, at: datetime, length: timedelta, visit: int) -> Place:
        """The booked bay where it is free for so long; else one that is; else the one that is free first."""
        self._forget(visit)
        if self._free_from(booked, at, length, only_told=False) == at:
            return Place(booked, at, None)
        order = (booked, *(code for code in self._lying if code != booked))
        for only_told in (False, True):
            for code in order:
                if self._free_from(code, at, length, only_told) == at:
                    return Place(code, at, None)
        code = min(order, key=lambda code: (self._free_from(code, at, length, True), code != booked))
        start = self._free_from(code, at, length, True)
        return Place(code, start, self._left_by(code, start))

    def lie(self, code: str, start: datetime, end: datetime, visit: int) -> None:
        self._forget(visit)
        self._put(code, start, end, visit, is_told=True)

    def until(self, code: str) -> datetime | None:
        """When a bay is left for the last time."""
        return max((each.end for each in self._lying[code]), default=None)

    def _forget(self, visit: int) -> None:
        code = self._bay_of.pop(visit, None)
        if code is not None:
            self._lying[code] = [each for each in self._lying[code] if each.visit != visit]

    def _put(self, code: str, start: datetime, end: datetime, visit: int, is_told: bool) -> None:
        if code in self._lying and end > start:
            until = end + timedelta(minutes=self._turnovers.get(code, 0))
            insort(self._lying[code], Lying(start, until, visit, is_told))
            self._bay_of[visit] = code

    def _free_from(self, code: str, at: datetime, length: timedelta, only_told: bool) -> datetime:
        """The first instant from which on nobody lies there for so long."""
        start = at
        for begin, end, _, is_told in self._lying[code]:  # in order
            if end > start and begin < start + length and (is_told or not only_told):
                start = end
        return start

    def _left_by(self, code: str, start: datetime) -> int | None:
        return next((each.visit for each in self._lying[code] if each.end == start), None)
