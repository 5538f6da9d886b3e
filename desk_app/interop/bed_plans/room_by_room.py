"""A higher bound: every one-sex room planned exactly for all nights by itself, at the relaxation's prices.

The relaxation's rules are each of one night; what one sex keeps from the other through nights that long stays tie
together they do not say. With the prices as they are, a plan costs at least what the relaxation counts, what its stays
add to that where they are, and the price of whatever each room leaves empty. So each room's least is added to the
bound, whatever the others do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from threading import Lock

from desk_app.domain.beds import Clock, StayTable
from desk_app.interop.bed_plans.relaxation import Prices
from desk_app.interop.bed_plans.sex_rules import Rule
from desk_app.interop.bed_plans.solver import INFINITE, Solver

CLOSE = 0.4
"""A room is done once what it adds is known to so much."""

AIM = 0.001
"""By this share of the bound a room raises it at the most: pairs that alone add more are left out of its model."""

A_ROOM = 0.4
"""Of what is left of the time one room may take so much."""


class RoomAlone(Solver):
    """Who is in the room, night by night, so that stays and empty beds add least; ``most`` is what they may add."""

    def __init__(self, table: StayTable, prices: Prices, room: int, most: float) -> None:
        super().__init__()
        self.HandleUserInterrupt = True
        sums, self._most = prices.beds[room], most
        self._empty = table.beds[room] * sums[-1]
        """What the room adds with nobody in it."""

        of_rules: dict[int, float] = defaultdict(float)
        for rule, price in _rules_of(room, prices):
            self._empty += price * rule.most
            for (stay, _), factor in rule.factors.items():
                of_rules[stay] += price * factor
        costs: dict[int, float] = {}
        """Of stays that fill beds for more than they add."""

        for stay in table.stays:
            adds = prices.excess[stay].get(room, INFINITE)
            fills = sums[table.last[stay] + 1] - sums[table.first[stay]] + of_rules[stay]
            if adds <= most and adds < fills:
                costs[stay] = adds - fills
        rows: dict[tuple[int, int, int], int] = {}
        """By room, night and sex."""

        entries = [
            [
                (rows.setdefault((room, night, table.sex[stay]), len(rows)), 1.0)
                for night in range(table.first[stay], table.last[stay] + 1)
            ]
            for stay in costs
        ]
        bounds = [(-INFINITE, float(table.beds[room]))] * len(rows)
        self.lay_down_to_prove(rows, bounds, list(costs.values()), entries, CLOSE)

    @property
    def rise(self) -> float:
        """What it raises the bound by, as far as is known."""
        saved = -self.least_cost if self.getNumCol() else 0.0
        return max(0.0, min(self._most, self._empty - saved))


class RoomByRoom:
    """``bound`` is what is proven with the rooms so far. ``work`` may be called on several threads at once."""

    def __init__(self, table: StayTable, prices: Prices) -> None:
        self._table, self._prices = table, prices
        self._left = _one_sex_rooms(table, prices)
        self._at_work: set[RoomAlone] = set()
        self._lock = Lock()
        self.bound = prices.bound

    def work(self, clock: Clock, is_over: Callable[[], bool], raise_bound: Callable[[float], None]) -> None:
        """Until every room had its turn; what is proven is told after each."""
        most = max(1.0, AIM * self._prices.bound)
        while not is_over():
            with self._lock:
                if not self._left:
                    return
                room = self._left.pop()
            alone = RoomAlone(self._table, self._prices, room, most)
            with self._lock:
                self._at_work.add(alone)
            alone.solve_within(A_ROOM * clock.left())
            with self._lock:
                self._at_work.remove(alone)
                self.bound += alone.rise
                raise_bound(self.bound)

    def cancel(self) -> None:
        """Ends the rooms that are being solved; one that has only just begun does not hear it."""
        with self._lock:
            for alone in self._at_work:
                alone.cancelSolve()


def _one_sex_rooms(table: StayTable, prices: Prices) -> list[int]:
    """Those about which there is most to be said come last."""

    def worth(room: int) -> float:
        return sum(price * rule.most for rule, price in _rules_of(room, prices))

    return sorted((room for room in table.rooms if table.is_one_sex[room]), key=worth)


def _rules_of(room: int, prices: Prices) -> list[tuple[Rule, float]]:
    """Those about this room alone, with their prices."""
    return [(rule, price) for rule, price in prices.rules if all(each == room for _, each in rule.factors)]
