"""Bays and beds given by HiGHS, where it is installed: proven for what the plain engine cannot look at in every way.

HiGHS is loaded only once such a problem comes up; without it the plain engine does what it can.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from itertools import combinations
from math import isfinite
from typing import TYPE_CHECKING

from desk_app.domain.assignment import Assigned, Engine, Problem, Score, assign, scored
from desk_app.domain.assignment.problem import Places, Span, may_not_share

if TYPE_CHECKING:
    from desk_app.interop.bed_plans.solver import Solver

ALMOST = 1e-6
MOST_COLUMNS = 20_000
"""So many ways to lie somewhere are given to HiGHS: with more it would hardly be done in time."""

SECONDS, SHORTEST = 5.0, 0.1
"""So long there is for each part; each level of it has at least that shortest time."""

Entries = list[list[tuple[int, float]]]


def engine(seconds: float = SECONDS) -> Engine:
    """The plain engine, helped by HiGHS where it is installed, for so many seconds a part."""
    if find_spec("highspy") is None:
        return assign
    return partial(assign, solve=partial(_solved, seconds=seconds))


def _solved(problem: Problem, seconds: float) -> Assigned | None:
    columns = sum(len(stretch.broken) for stretch in problem.stretches)
    return exact(problem, seconds) if columns <= MOST_COLUMNS else None


def exact(problem: Problem, seconds: float) -> Assigned | None:
    """The best assignment that is found, and what none can undercut; None where nothing is found in time.

    Where everybody can have a place that breaks nothing, only such places are looked at: no other can be as good.
    """
    ends = time.monotonic() + seconds
    for is_flawless in (True, False):
        found = _Model(problem, is_flawless).solved(ends)
        if found is not None:
            return found
    return None


class _Model:
    """A column for each stretch in each of its places; rows say who cannot lie there with whom."""

    def __init__(self, problem: Problem, is_flawless: bool) -> None:
        self._problem, self._is_flawless = problem, is_flawless
        self._bounds: list[tuple[float, float]] = [(float(is_flawless), 1.0)] * len(problem.stretches)
        self._entries: Entries = []
        self._columns: dict[tuple[int, str], int] = {}
        self._levels: tuple[list[float], list[float], list[float]] = ([], [], [])
        self._add_stretches()
        self._add_places()
        self._add_rooms()

    def solved(self, ends: float) -> Assigned | None:
        """Level after level of the score: what a former one has reached is not given up."""
        from desk_app.interop.bed_plans.solver import Solver

        if not self._entries:
            return None
        solver = Solver()
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 0.5)
        solver.add_rows(self._bounds)
        solver.add_columns([0.0] * len(self._entries), self._entries, is_whole=True)
        bounds = [len(self._problem.stretches), 0, 0] if not self._is_flawless else [0, 0, 0]
        for level in range(2 if self._is_flawless else 0, 3):
            bound, is_proven = self._least(solver, self._levels[level], ends)
            if bound is None:
                return None
            bounds[level] += bound
            if not is_proven:
                break
            self._keep(solver, self._levels[level], bound)
        places = self._places(solver)
        if places is None:
            return None
        return Assigned(places, scored(self._problem, places), Score(*bounds))

    def _least(self, solver: Solver, costs: Sequence[float], ends: float) -> tuple[int | None, bool]:
        solver.changeColsCost(len(costs), list(range(len(costs))), list(costs))
        if solver.solve_within(max(SHORTEST, ends - time.monotonic())):
            return round(solver.cost), True
        bound = solver.least_cost
        return (-int(-bound + ALMOST) if isfinite(bound) else None), False

    def _keep(self, solver: Solver, costs: Sequence[float], most: int) -> None:
        from desk_app.interop.bed_plans.solver import INFINITE

        part = [(column, cost) for column, cost in enumerate(costs) if cost]
        columns, factors = [column for column, _ in part], [cost for _, cost in part]
        solver.addRow(-INFINITE, most + 0.5, len(part), columns, factors)

    def _places(self, solver: Solver) -> Places | None:
        """None where what HiGHS stands at is no assignment."""
        values = solver.values()
        found = {number: code for (number, code), column in self._columns.items() if values and values[column] > 0.5}
        try:
            scored(self._problem, found)
        except ValueError:
            return None
        return found

    def _column(self, unplaced: float, broken: float, changed: float, entries: list[tuple[int, float]]) -> int:
        for level, cost in zip(self._levels, (unplaced, broken, changed), strict=True):
            level.append(cost)
        self._entries.append(entries)
        return len(self._entries) - 1

    def _row(self, low: float, high: float) -> int:
        self._bounds.append((low, high))
        return len(self._bounds) - 1

    def _add_stretches(self) -> None:
        for number, stretch in enumerate(self._problem.stretches):
            for code, weight in stretch.broken.items():
                if not (weight and self._is_flawless):
                    is_change = float(stretch.present not in ("", code))
                    self._columns[number, code] = self._column(-1.0, float(weight), is_change, [(number, 1.0)])

    def _add_places(self) -> None:
        """Of those who all meet in a place one is there at most."""
        for spot in self._problem.spots:
            mine = [number for number in range(len(self._problem.stretches)) if (number, spot.code) in self._columns]
            for lot in _lots(self._problem, mine, spot.cleaning):
                row = self._row(0.0, 1.0)
                for number in lot:
                    self._entries[self._columns[number, spot.code]].append((row, 1.0))

    def _add_rooms(self) -> None:
        rooms = defaultdict(list)
        for spot in self._problem.spots:
            if spot.room:
                rooms[spot.room].append(spot.code)
        shared = [codes for codes in rooms.values() if len(codes) > 1]
        if not shared:
            return
        if self._is_flawless:
            everybody = list(range(len(self._problem.stretches)))
            for lot in _lots(self._problem, everybody, 0):
                for codes in shared:
                    self._add_one_group(codes, lot)
            return
        for one, other in combinations(range(len(self._problem.stretches)), 2):
            if may_not_share(self._problem.stretches[one], self._problem.stretches[other]):
                for codes in shared:
                    self._add_pair(codes, (one, other))

    def _add_one_group(self, codes: Sequence[str], lot: Sequence[int]) -> None:
        """Those who are in a room at a time are of one group; whoever shares with nobody is one alone."""
        from desk_app.interop.bed_plans.solver import INFINITE

        groups = defaultdict(list)
        for number in lot:
            groups[self._problem.stretches[number].group or f"{number}"].append(number)
        if len(groups) < 2:
            return
        one = self._row(0.0, 1.0)
        for members in groups.values():
            row = self._row(-INFINITE, 0.0)
            self._fill(row, codes, members)
            self._column(0.0, 0.0, 0.0, [(one, 1.0), (row, -float(len(codes)))])

    def _add_pair(self, codes: Sequence[str], pair: Sequence[int]) -> None:
        from desk_app.interop.bed_plans.solver import INFINITE

        row = self._row(-INFINITE, 1.0)
        self._fill(row, codes, pair)
        self._column(0.0, float(self._problem.sharing), 0.0, [(row, -1.0)])

    def _fill(self, row: int, codes: Sequence[str], members: Sequence[int]) -> None:
        for number in members:
            for code in codes:
                if (number, code) in self._columns:
                    self._entries[self._columns[number, code]].append((row, 1.0))


def _lots(problem: Problem, numbers: Sequence[int], cleaning: int) -> list[list[int]]:
    """Lots in which all meet one another: each pair that meets is in one. Told several ways, pairs from each."""
    spans = {number: problem.stretches[number].spans for number in numbers}
    ways = max((len(each) for each in spans.values()), default=0)
    found = [lot for way in range(ways) for lot in _told_lots({n: each[way] for n, each in spans.items()}, cleaning)]
    return [list(lot) for lot in sorted({tuple(lot) for lot in found})]


def _told_lots(spans: Mapping[int, Span], cleaning: int) -> list[list[int]]:
    """The largest lots: who is there whenever somebody has gone by the time that the next one comes."""
    found: list[list[int]] = []
    there: list[int] = []
    for number in sorted(spans, key=lambda number: spans[number]):
        left = [other for other in there if spans[other][1] + cleaning > spans[number][0]]
        if len(left) < len(there):
            found.append(sorted(there))
        there = [*left, number]
    found.append(sorted(there))
    return [lot for lot in found if len(lot) > 1]
