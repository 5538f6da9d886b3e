"""The engine with nothing but the standard library: exact where it is small, prices and a search where it is not."""

from __future__ import annotations

import time
from collections.abc import Callable

from desk_app.domain.beds.board import Board
from desk_app.domain.beds.prices import bound_by_prices
from desk_app.domain.beds.search import Search, first_plan
from desk_app.domain.beds.table import UNPLACED, StayTable

Report = Callable[[int, int], None]
"""Told the cost of the best plan and the bound so far."""

SMALL_STEPS = 20_000
PRICES_UNTIL = 0.3
Places = tuple[int, ...]


class Clock:
    """So many seconds from now."""

    def __init__(self, seconds: float) -> None:
        self._begun, self._seconds = time.monotonic(), seconds

    def gone(self) -> float:
        """The share of the time that is over."""
        return (time.monotonic() - self._begun) / self._seconds

    def left(self, until: float = 1.0) -> float:
        """Seconds until that share of the time is over."""
        return max(0.0, (until - self.gone()) * self._seconds)

    def stretch(self, until: float = 1.0) -> Callable[[], float]:
        """The share that is over of the stretch from now until that share of the whole."""
        begun = self.gone()
        return lambda: (self.gone() - begun) / max(1e-9, until - begun)


def plain_plan(table: StayTable, clock: Clock, report: Report) -> tuple[Places, int]:
    """The best plan found in the time, and what no plan can undercut. Ctrl+C ends it with the best so far."""
    board = first_plan(table)
    bound = table.least_ever
    best = tuple(board.place)
    try:
        best, is_proven = prove_small(table, board)
        if is_proven:
            return best, table.cost_of(best)
        bound = max(bound, table.least(bound_by_prices(table, board.cost, clock.stretch(PRICES_UNTIL))))
        report(board.cost, bound)
        search, gone = Search(board), clock.stretch()

        def share_gone() -> float:
            report(search.best_cost, bound)
            return 1.0 if search.best_cost <= bound else gone()

        try:
            search.run(share_gone)
        finally:
            best = search.best
    except KeyboardInterrupt:
        return best, bound
    return best, bound


def prove_small(table: StayTable, board: Board, steps: int = SMALL_STEPS) -> tuple[Places, bool]:
    """The best plan, and whether every other has been ruled out within so many steps; the board is left with it.

    Stays in the order in which they begin, each in every room in which it fits and nowhere; a branch is left where even
    the cheapest rooms for all that are still to come would not beat the best plan.
    """
    order = sorted(table.stays, key=lambda stay: (table.first[stay], stay))
    to_come = [0] * (len(order) + 1)
    for place in range(len(order) - 1, -1, -1):
        to_come[place] = to_come[place + 1] + min(table.cost[order[place]].values())
    best, best_cost = tuple(board.place), board.cost
    board.lay([UNPLACED] * len(order))
    branches = [iter(_branches(table, order[0]))] if order else []
    spent = [0]
    while branches and steps:
        steps -= 1
        depth = len(branches) - 1
        stay = order[depth]
        board.take(stay)
        cost, room = next(branches[-1], (None, UNPLACED))
        if cost is None or spent[depth] + cost + to_come[depth + 1] >= best_cost:
            branches.pop()
            spent.pop()
        elif room == UNPLACED or board.fits(stay, room):
            board.put(stay, room)
            if depth + 1 == len(order):
                best, best_cost = tuple(board.place), board.cost
            else:
                branches.append(iter(_branches(table, order[depth + 1])))
                spent.append(spent[depth] + cost)
    board.lay(best)
    return best, not branches


def _branches(table: StayTable, stay: int) -> list[tuple[int, int]]:
    """Where a stay can go, cheapest first."""
    return [*table.options[stay], (table.unplaced_cost[stay], UNPLACED)]
