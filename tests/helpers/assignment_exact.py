"""The best assignment of bays and beds as HiGHS proves it by a mixed-integer program, level by level of the score."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from desk_app.domain.assignment import Problem, Score
from desk_app.domain.assignment.problem import may_not_share, meet
from desk_app.interop.bed_plans.solver import INFINITE, Solver

ALMOST = 1e-6


def exact_score(problem: Problem, seconds: float) -> tuple[Score, bool]:
    """The best score there is, and whether all of it was proven within so many seconds; else no score is less."""
    model = _Model(problem)
    levels, proven = [], True
    for costs in (model.unplaced, model.broken, model.changed):
        value, is_proven = model.least(costs, seconds)
        levels.append(value)
        proven = proven and is_proven
        if not is_proven:
            break
        model.keep(costs, value)
    return Score(*levels), proven


class _Model:
    """A column for each stretch in each of its places, and for each pair in a room that they may not share."""

    def __init__(self, problem: Problem) -> None:
        self._solver = Solver()
        self._solver.setOptionValue("mip_rel_gap", 0.0)
        self._solver.setOptionValue("mip_abs_gap", 0.5)
        self.unplaced: list[float] = []
        self.broken: list[float] = []
        self.changed: list[float] = []
        entries = self._rows(problem)
        self._pairs(problem, entries)
        bounds = self._bounds
        self._solver.add_rows(bounds)
        self._solver.add_columns([0.0] * len(entries), entries, is_whole=True)

    def least(self, costs: list[float], seconds: float) -> tuple[int, bool]:
        solver, count = self._solver, len(costs)
        solver.changeColsCost(count, list(range(count)), costs)
        is_proven = not costs or solver.solve_within(seconds)
        value = (solver.cost if costs else 0.0) if is_proven else solver.least_cost
        value += len(self._problem.stretches) if costs is self.unplaced else 0
        return (round(value) if is_proven else -int(-value + ALMOST)), is_proven

    def keep(self, costs: list[float], value: int) -> None:
        """Of all that comes nothing is worse in this."""
        part = [(column, cost) for column, cost in enumerate(costs) if cost]
        most = value - (len(self._problem.stretches) if costs is self.unplaced else 0) + 0.5
        self._solver.addRow(-INFINITE, most, len(part), [column for column, _ in part], [cost for _, cost in part])

    def _rows(self, problem: Problem) -> list[list[tuple[int, float]]]:
        """Each stretch in one place at most, and of those who all meet in a place one."""
        self._problem = problem
        self._bounds = [(0.0, 1.0)] * len(problem.stretches)
        self._column = {}
        entries = []
        for number, stretch in enumerate(problem.stretches):
            for code, weight in stretch.broken.items():
                self._column[number, code] = len(entries)
                entries.append([(number, 1.0)])
                self.unplaced.append(-1.0)
                self.broken.append(float(weight))
                self.changed.append(float(stretch.present not in ("", code)))
        for spot in problem.spots:
            for together in _all_meet(problem, spot.code, spot.cleaning):
                for number in together:
                    entries[self._column[number, spot.code]].append((len(self._bounds), 1.0))
                self._bounds.append((0.0, 1.0))
        return entries

    def _pairs(self, problem: Problem, entries: list[list[tuple[int, float]]]) -> None:
        rooms = defaultdict(list)
        for spot in problem.spots:
            if spot.room:
                rooms[spot.room].append(spot.code)
        for one, other in combinations(range(len(problem.stretches)), 2):
            if not may_not_share(problem.stretches[one], problem.stretches[other]):
                continue
            for codes in rooms.values():
                if len(codes) < 2:
                    continue
                row = len(self._bounds)
                self._bounds.append((-INFINITE, 1.0))
                for number in (one, other):
                    for code in codes:
                        if (number, code) in self._column:
                            entries[self._column[number, code]].append((row, 1.0))
                entries.append([(row, -1.0)])
                self.unplaced.append(0.0)
                self.broken.append(float(problem.sharing))
                self.changed.append(0.0)


def _all_meet(problem: Problem, code: str, cleaning: int) -> list[list[int]]:
    """Lots in which all meet one another: told one way, those who are there when somebody comes are such a lot."""
    mine = [number for number, stretch in enumerate(problem.stretches) if code in stretch.broken]
    if any(len(stretch.spans) > 1 for stretch in problem.stretches):
        spans = [problem.stretches[number].spans for number in range(len(problem.stretches))]
        return [list(pair) for pair in combinations(mine, 2) if meet(spans[pair[0]], spans[pair[1]], cleaning)]
    found = []
    for number in mine:
        start = problem.stretches[number].start
        there = [
            other
            for other in mine
            if problem.stretches[other].start <= start < problem.stretches[other].spans[0][1] + cleaning
        ]
        if len(there) > 1:
            found.append(there)
    return found
