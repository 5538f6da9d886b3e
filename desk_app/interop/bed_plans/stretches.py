"""A higher bound: the nights in stretches, each planned exactly with what a stay costs shared out among its stretches.

A stay that lies in several stretches may have another room in each, so that the stretches can be planned apart, and
their costs together still bound every plan (Lagrange's decomposition). The shares come from the relaxation's prices:
each stretch begins at what the relaxation counts for it, and whatever it costs more raises the bound.
"""

from __future__ import annotations

from desk_app.domain.beds import UNPLACED, StayTable
from desk_app.interop.bed_plans.relaxation import Prices
from desk_app.interop.bed_plans.solver import INFINITE, Entries, Solver

CLOSE = 0.9
"""A stretch is done once its cost is known to so much."""


class Stretch(Solver):
    """All rooms in the nights from ``first`` to ``last``.

    Pairs of stay and room are left out that cost more than ``most`` over what the relaxation counts: a plan of the
    stretch with one of them raises the bound by so much at the least.
    """

    def __init__(self, table: StayTable, prices: Prices, first: int, last: int, most: float) -> None:
        super().__init__()
        self.HandleUserInterrupt = True
        self._table, self._nights, self._most = table, range(first, last + 1), most
        self._bounds: list[tuple[float, float]] = []
        self._row: dict[tuple[int, int, int], int] = {}
        """By room, night and sex (-1 where it does not matter)."""

        self._pairs: list[tuple[int, int]] = []
        self._costs: list[float] = []
        self._entries: list[Entries] = []
        self._lay_out(prices)
        self.lay_down_to_prove(self._row, self._bounds, self._costs, self._entries, CLOSE)

    @property
    def rise(self) -> float:
        """What it raises the bound by, as far as is known."""
        return max(0.0, min(self._most, self.least_cost - self._floor))

    def _of(self, stay: int) -> range:
        table, nights = self._table, self._nights
        return range(max(nights.start, table.first[stay]), min(nights.stop, table.last[stay] + 1))

    def _lay_out(self, prices: Prices) -> None:
        table = self._table
        self._floor = -sum(
            beds * (sums[self._nights.stop] - sums[self._nights.start])
            for beds, sums in zip(table.beds, prices.beds, strict=True)
        )
        of_rules: dict[tuple[int, int], list[tuple[int, float, float]]] = {}
        for rule, price in prices.rules:
            if rule.night in self._nights:
                self._floor -= price * rule.most
                for pair, factor in rule.factors.items():
                    of_rules.setdefault(pair, []).append((len(self._bounds), factor, price))
                self._bounds.append((-INFINITE, rule.most))
        for stay in table.stays:
            if nights := self._of(stay):
                share, each = len(nights) / table.length(stay), len(self._bounds)
                self._bounds.append((1.0, 1.0))
                for room, excess in prices.excess[stay].items():
                    if share * excess <= self._most:
                        rules = of_rules.get((stay, room), [])
                        self._add(stay, room, share * excess, rules, each, prices.beds)

    def _add(
        self,
        stay: int,
        room: int,
        cost: float,
        rules: list[tuple[int, float, float]],
        each: int,
        sums: list[list[float]],
    ) -> None:
        nights = self._of(stay)
        entries = [(each, 1.0)]
        if room != UNPLACED:
            cost -= sums[room][nights.stop] - sums[room][nights.start]
            cost -= sum(factor * price for _, factor, price in rules)
            entries += [(row, factor) for row, factor, _ in rules]
            entries += [(self._row_of(stay, room, night), 1.0) for night in nights]
        self._pairs.append((stay, room))
        self._costs.append(cost)
        self._entries.append(entries)

    def _row_of(self, stay: int, room: int, night: int) -> int:
        key = (room, night, self._table.sex[stay] if self._table.is_one_sex[room] else -1)
        if key not in self._row:
            self._row[key] = len(self._bounds)
            self._bounds.append((-INFINITE, float(self._table.beds[room])))
        return self._row[key]
