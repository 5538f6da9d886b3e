"""Parts of stays in rooms: what no plan can undercut, and where a good plan has its stays.

The linear programme has only the pairs of stay and room that are worth it so far, and of the one-sex rule only what its
solution breaks; both are added round by round. The bound is counted here from the solver's prices for beds and rules
over all pairs, whatever the solver has: prices that are off make it lower, never wrong.
"""

from __future__ import annotations

import time
from collections import defaultdict
from itertools import accumulate

from desk_app.domain.beds import UNPLACED, StayTable
from desk_app.domain.dataclass import dataclass
from desk_app.interop.bed_plans.sex_rules import Rule, broken_rules
from desk_app.interop.bed_plans.solver import INFINITE, BedModel

CHEAPEST = 10
"""So many pairs a stay to begin with."""

A_ROUND = 3
"""So many more pairs a stay in one round."""

LEAST_PRICE = 0.01
"""Of a rule that counts: from within all have some price, and most of them only make what begins from there larger."""

MANY_PAIRS = 11_000
"""From so many on the first solution is found faster from within (interior point) than along the edges."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What a bound was counted with.

    ``beds`` has by room the sums of its bed nights' prices before each night, ``rules`` those whose price counts, and
    ``excess`` what each stay in each room, or in none, adds to the bound at the least.
    """

    bound: float
    beds: list[list[float]]
    rules: list[tuple[Rule, float]]
    excess: list[dict[int, float]]


class Relaxation:
    """``prices`` are those of the best bound so far, ``round_s`` the seconds that the last round took."""

    has_groups = True
    """Whether rules of groups of rooms are looked for."""

    ties = 0.0
    """By up to so much is each pair dearer by chance in the programme; the bound is counted without."""

    def __init__(self, table: StayTable) -> None:
        self.table, self.model = table, BedModel(table, self.ties)
        self.prices = Prices(
            float(table.least_ever),
            [[0.0] * (table.nights + 1) for _ in table.rooms],
            [],
            [{room: cost - min(costs.values()) for room, cost in costs.items()} for costs in table.cost],
        )
        self.shares: list[tuple[int, int, float]] = []
        self.round_s = 0.0
        self._column: dict[tuple[int, int], int] = {}
        self._rules: list[Rule] = []
        self._known: set[object] = set()
        self._add([(stay, room) for stay in table.stays for _, room in table.options[stay][:CHEAPEST]])
        self.is_large = len(self._column) > MANY_PAIRS
        self.model.use_interior_point(self.is_large)

    @property
    def bound(self) -> float:
        return self.prices.bound

    @property
    def excess(self) -> list[dict[int, float]]:
        return self.prices.excess

    def improve(self, seconds: float) -> bool:
        """One round. Whether there is anything left for a next one."""
        begun = time.monotonic()
        self.model.solve_within(seconds)
        worth = self.model.worth()
        if not any(worth) and not self.model.has_worth:
            return False  # it was stopped before it had anything
        self.shares = self.model.shares()
        priced = self._bound(worth)
        rules = self._broken_rules()
        pairs = self._missing_pairs(worth, priced)
        self._add(pairs)
        self._lay_down(rules)
        self.round_s = time.monotonic() - begun
        return bool(pairs or rules)

    def _may_have(self, stay: int, room: int) -> bool:
        """Whether the pair may be added."""
        return True

    def _add(self, pairs: list[tuple[int, int]]) -> None:
        begin = len(self.table.stays) + len(self.model.pairs)
        self._column.update((pair, begin + place) for place, pair in enumerate(pairs))
        self.model.add_pairs(pairs)

    def _bound(self, worth: list[float]) -> list[dict[int, float]]:
        """The cost of each stay in each room with its prices; sets the bound."""
        table, stays, nights = self.table, len(self.table.stays), self.table.nights
        prices = [max(0.0, -each) for each in worth[stays:]]
        sums = [[0.0, *accumulate(prices[room * nights : (room + 1) * nights])] for room in table.rooms]
        of_rules: dict[tuple[int, int], float] = defaultdict(float)
        bound = -sum(beds * row[-1] for beds, row in zip(table.beds, sums, strict=True))
        rules = [
            (rule, price)
            for price, rule in zip(prices[len(table.rooms) * nights :], self._rules, strict=True)
            if price > LEAST_PRICE
        ]
        for rule, price in rules:
            bound -= price * rule.most
            for pair, factor in rule.factors.items():
                of_rules[pair] += price * factor
        priced: list[dict[int, float]] = []
        cheapest: list[float] = []
        for stay, options in enumerate(table.options):
            first, end = table.first[stay], table.last[stay] + 1
            row = {
                room: cost + sums[room][end] - sums[room][first] + of_rules.get((stay, room), 0.0)
                for cost, room in options
            }
            priced.append(row)
            cheapest.append(min([*row.values(), table.unplaced_cost[stay]]))
        bound += sum(cheapest)
        if bound > self.bound:
            cheapest = [
                min(most, *row.values()) if row else most for row, most in zip(priced, table.unplaced_cost, strict=True)
            ]
            excess = [
                {room: cost - least for room, cost in row.items()} | {UNPLACED: most - least}
                for row, least, most in zip(priced, cheapest, table.unplaced_cost, strict=True)
            ]
            self.prices = Prices(bound, sums, rules, excess)
        return priced

    def _missing_pairs(self, worth: list[float], priced: list[dict[int, float]]) -> list[tuple[int, int]]:
        """The cheapest pairs that would make the programme's solution better."""
        found = []
        for stay, row in enumerate(priced):
            better = sorted(
                (cost, room)
                for room, cost in row.items()
                if cost < worth[stay] - 1e-6 and (stay, room) not in self._column and self._may_have(stay, room)
            )
            found += [(stay, room) for _, room in better[:A_ROUND]]
        return found

    def _broken_rules(self) -> list[Rule]:
        """Those that are new."""
        found = broken_rules(self.table, self.shares, self.model.pairs, self.has_groups)
        new = [rule for rule in found if rule.key not in self._known]
        self._known.update(rule.key for rule in new)
        return new

    def _lay_down(self, rules: list[Rule]) -> None:
        entries = [[(self._column[pair], factor) for pair, factor in rule.factors.items()] for rule in rules]
        if rules:
            self.model.add_rows([(-INFINITE, rule.most) for rule in rules], entries)
            self._rules += rules
