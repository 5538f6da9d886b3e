"""What the nights ahead cost with what is decided as it is, where stays may be parted in them.

Other than the prices of the whole relaxation these know whose beds are taken already. They say which rooms a stay may
well have, and what beds are worth on nights that are not planned yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate

from desk_app.domain.beds import UNPLACED, Board
from desk_app.interop.bed_plans.relaxation import Prices, likely_pairs
from desk_app.interop.bed_plans.sex_rules import Rule
from desk_app.interop.bed_plans.solver import INFINITE, Entries, Solver

KNOWN, KNOWN_AT_LEAST = 15, 5
"""So many pairs a stay on average, and at the least, are looked at."""

LIKELY, AT_LEAST = 5, 4
"""So many of them does a window choose from: few, since what is decided rules many out."""


class Known:
    """The pairs of stay and room that are looked at at all, and what their beds cost in the whole relaxation."""

    def __init__(self, prices: Prices) -> None:
        self.pairs = likely_pairs(prices.excess, KNOWN, KNOWN_AT_LEAST)
        self._beds = prices.beds
        self.rules = prices.rules
        self.rules_of: dict[tuple[int, int], list[int]] = defaultdict(list)
        """By pair: the places of the rules that it has a part in."""

        for place, (rule, _) in enumerate(prices.rules):
            for pair in rule.factors:
                self.rules_of[pair].append(place)

    def price(self, stay: int, room: int, nights: range) -> float:
        """Of the pair's beds; ``nights`` are some of the stay's."""
        if not nights or room == UNPLACED:
            return 0.0
        sums, places = self._beds[room], self.rules_of.get((stay, room), ())
        rules = (self.rules[place] for place in places)
        of_rules = (price * rule.factors[stay, room] for rule, price in rules if rule.night in nights)
        return sums[nights.stop] - sums[nights.start] + sum(of_rules)


class Outlook:
    """Of the ``stays``, of whom nobody is on the board, in some ``nights``; on others they pay what is known."""

    def __init__(self, board: Board, known: Known, stays: Sequence[int], nights: range) -> None:
        self._board, self._known, self._nights = board, known, nights
        self._rows: dict[tuple[int, int], int] = {}
        """By room and night."""

        self._rule_rows: dict[int, int] = {}
        """By the place of the rule among those that are known."""

        self._bounds = [(1.0, 1.0)] * len(stays)
        pairs = [(place, stay, room) for place, stay in enumerate(stays) for room in self._rooms(stay)]
        costs = [self._cost(stay, room) for _, stay, room in pairs]
        entries = [[(place, 1.0), *self._entries(stay, room)] for place, stay, room in pairs]
        model = Solver()
        model.add_rows(self._bounds)
        model.add_columns(costs, entries)
        model.use_interior_point(True)
        model.run()
        worth = [max(0.0, -each) for each in model.worth()]
        self._rules = {place: worth[row] for place, row in self._rule_rows.items()}
        nightly: dict[int, list[float]] = defaultdict(lambda: [0.0] * len(nights))
        for (room, night), row in self._rows.items():
            nightly[room][night - nights.start] = worth[row]
        self._sums = {room: [0.0, *accumulate(each)] for room, each in nightly.items()}

    def price(self, stay: int, room: int, nights: range) -> float:
        """Of the pair's beds; ``nights`` are some of the stay's."""
        return self._outside(stay, room, nights) + self._inside(stay, room, _both(nights, self._nights))

    def likely(self, stays: Sequence[int]) -> list[dict[int, float]]:
        """By stay of the whole table: what some rooms, and no room, add at the least; empty for all but these."""
        table = self._board.table
        found: list[dict[int, float]] = [{} for _ in table.stays]
        for stay in stays:
            whole = range(table.first[stay], table.last[stay] + 1)
            row = {room: table.cost[stay][room] + self.price(stay, room, whole) for room in self._rooms(stay)}
            least = min(row.values())
            found[stay] = {room: cost - least for room, cost in row.items()}
        chosen = likely_pairs([found[stay] for stay in stays], LIKELY, AT_LEAST)
        for stay, row in zip(stays, chosen, strict=True):
            found[stay] = row
        return found

    def _rooms(self, stay: int) -> list[int]:
        """Those in which it fits, and none."""
        return [room for room in self._known.pairs[stay] if room == UNPLACED or self._board.fits(stay, room)]

    def _cost(self, stay: int, room: int) -> float:
        table = self._board.table
        nights = range(table.first[stay], table.last[stay] + 1)
        return table.cost[stay][room] + self._outside(stay, room, nights)

    def _outside(self, stay: int, room: int, nights: range) -> float:
        before = range(nights.start, min(nights.stop, self._nights.start))
        after = range(max(nights.start, self._nights.stop), nights.stop)
        return self._known.price(stay, room, before) + self._known.price(stay, room, after)

    def _inside(self, stay: int, room: int, nights: range) -> float:
        if not nights or room not in self._sums:
            return 0.0
        begin, sums = self._nights.start, self._sums[room]
        rules = self._known.rules
        of_rules = (
            self._rules.get(place, 0.0) * rules[place][0].factors[stay, room]
            for place in self._known.rules_of.get((stay, room), ())
            if rules[place][0].night in nights
        )
        return sums[nights.stop - begin] - sums[nights.start - begin] + sum(of_rules)

    def _entries(self, stay: int, room: int) -> Entries:
        if room == UNPLACED:
            return ()
        table, board = self._board.table, self._board
        found = []
        for night in _both(range(table.first[stay], table.last[stay] + 1), self._nights):
            row = self._rows.get((room, night))
            if row is None:
                row = self._rows[room, night] = self._row(float(board.free(room, night)))
            found.append((row, 1.0))
        for place in self._known.rules_of.get((stay, room), ()):
            rule = self._known.rules[place][0]
            if rule.night in self._nights:
                row = self._rule_rows.get(place)
                if row is None:
                    row = self._rule_rows[place] = self._row(self._left_of(rule))
                found.append((row, rule.factors[stay, room]))
        return found

    def _left_of(self, rule: Rule) -> float:
        """What those who are on the board leave."""
        place = self._board.place
        return rule.most - sum(factor for (stay, room), factor in rule.factors.items() if place[stay] == room)

    def _row(self, most: float) -> int:
        self._bounds.append((-INFINITE, most))
        return len(self._bounds) - 1


def _both(some: range, others: range) -> range:
    return range(max(some.start, others.start), min(some.stop, others.stop))
