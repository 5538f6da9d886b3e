"""Parts of stays in rooms: what no plan can undercut, and where a good plan has its stays.

The linear programme has only the pairs of stay and room that are worth it so far, and of the one-sex rule only what its
solution breaks; both are added round by round. The bound is counted here from the solver's prices for beds and rules
over all pairs, whatever the solver has: prices that are off make it lower, never wrong.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate, zip_longest

from desk_app.domain.beds import UNPLACED, StayTable
from desk_app.domain.dataclass import dataclass
from desk_app.interop.bed_plans.ascent import bed_prices
from desk_app.interop.bed_plans.sex_rules import Rule, broken_rules
from desk_app.interop.bed_plans.solver import INFINITE, BedModel

AT_FIRST, AT_LEAST = 8, 4
"""So many pairs a stay on average to begin with, and so many at the least: those that the ascent finds cheapest."""

A_ROUND = 3
"""So many more pairs a stay in one round."""

NEWER = 0.6
"""So much do a round's prices weigh against the best before them, where both are mixed."""

MANY_RULES = 0.33
"""From so many a pair on those that do nothing are dropped: each makes rounds longer, but may soon be broken again."""

LEAST_PRICE = 0.01
"""Of a rule that counts: from within all have some price, and most of them only make what begins from there larger."""

MANY_STAYS = 1_100
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

    def __init__(self, table: StayTable) -> None:
        self.table, self.model = table, BedModel(table)
        self.prices = Prices(
            float(table.least_ever),
            [[0.0] * (table.nights + 1) for _ in table.rooms],
            [],
            [{room: cost - min(costs.values()) for room, cost in costs.items()} for costs in table.cost],
        )
        self._best: list[float] = []
        """What the bound was counted from, as ``worth``: shorter where rows came later."""

        self.shares: list[tuple[int, int, float]] = []
        self.round_s = 0.0
        self._column: dict[tuple[int, int], int] = {}
        self._rules: list[Rule] = []
        self._known: set[object] = set()
        self.is_large = len(table.stays) > MANY_STAYS
        self.model.use_interior_point(self.is_large)

    @property
    def bound(self) -> float:
        return self.prices.bound

    @property
    def excess(self) -> list[dict[int, float]]:
        return self.prices.excess

    def begin(self) -> None:
        """With good prices of beds, and the pairs that are cheapest with them."""
        self._bound([*([0.0] * len(self.table.stays)), *(-price for price in bed_prices(self.table))])
        likely = likely_pairs(self.excess, AT_FIRST, AT_LEAST)
        self._add([(stay, room) for stay, row in enumerate(likely) for room in row if room != UNPLACED])

    def improve(self, seconds: float) -> bool:
        """One round. Whether there is anything left for a next one."""
        begun = time.monotonic()
        self.model.solve_within(seconds)
        worth = self.model.worth()
        if not any(worth) and not self.model.has_worth:
            return False  # it was stopped before it had anything
        if self.shares and self.model.is_stopped:
            return False  # halfway: what it has by then is no solution
        self.shares = self.model.shares()
        before = self._best
        priced = self._bound(worth)
        # As a function of the prices the bound is concave: between good ones it is often higher than at either.
        self._bound([NEWER * new + (1 - NEWER) * old for new, old in zip_longest(worth, before, fillvalue=0.0)])
        rules = self._broken_rules()
        pairs = self._missing_pairs(worth, priced)
        if self.is_large and len(self._rules) > MANY_RULES * len(self.model.pairs):
            self._drop_idle_rules(worth)
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
            self._best = worth
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

    def _drop_idle_rules(self, worth: list[float]) -> None:
        """Those without a price; what is broken again comes back."""
        begin = len(self.table.stays) + len(self.table.rooms) * self.table.nights
        idle = {place for place in range(len(self._rules)) if -worth[begin + place] <= LEAST_PRICE}
        self.model.drop_rows([begin + place for place in sorted(idle)])
        self._known.difference_update(self._rules[place].key for place in idle)
        self._rules = [rule for place, rule in enumerate(self._rules) if place not in idle]
        self._best = [each for place, each in enumerate(self._best) if place - begin not in idle]

    def _lay_down(self, rules: list[Rule]) -> None:
        entries = [[(self._column[pair], factor) for pair, factor in rule.factors.items()] for rule in rules]
        if rules:
            self.model.add_rows([(-INFINITE, rule.most) for rule in rules], entries)
            self._rules += rules


def relaxed(table: StayTable) -> Relaxation:
    """One to improve round by round."""
    relaxation = Relaxation(table)
    relaxation.begin()
    return relaxation


def likely_pairs(excess: Sequence[dict[int, float]], average: int, at_least: int) -> list[dict[int, float]]:
    """``excess`` of the rooms that add least, and of no room: so many a stay on average, and at the least."""
    rows = [sorted((more, room) for room, more in row.items() if room != UNPLACED) for row in excess]
    further = sorted(more for row in rows for more, _ in row[at_least:])
    wanted = max(0, average * len(rows) - sum(len(row[:at_least]) for row in rows))
    taken = further[:wanted]
    most = taken[-1] if taken else -1.0
    return [
        {room: more for place, (more, room) in enumerate(row) if place < at_least or more <= most}
        | {UNPLACED: full[UNPLACED]}
        for row, full in zip(rows, excess, strict=True)
    ]
