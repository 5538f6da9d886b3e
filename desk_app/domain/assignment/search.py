"""A first assignment, and a search that makes it better where there are too many ways to look at all of them.

Somebody goes to another place, and whoever is in the way moves on (simulated annealing): a step that makes it worse is
taken with a chance that falls as the search goes on. The same problem is always searched the same way.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from math import exp

from desk_app.domain.assignment.bounds import placed
from desk_app.domain.assignment.table import NOWHERE, Table

MOST_MOVED_ON = 3
GOES_BACK = 0.3
"""How often it is tried to bring somebody back to where they are now."""

HOT_RULES, HOT_CHANGES, COOLEST = 0.3, 0.5, 0.2
"""How much worse a step may be at first: as a share of the usual weight of a wish, and in changes; the last heat as a
share of the first. What counts more cools faster.
"""


class Board:
    """Who is where, and what that costs."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.members = [0] * len(table.spots)
        self.in_room = [0] * table.rooms
        self.place = [NOWHERE] * len(table)
        self.cost = table.a_place * len(table)

    def in_the_way(self, stretch: int, place: int) -> int:
        return self.members[place] & self.table.clash[self.table.kind[place]][stretch]

    def price(self, stretch: int, place: int) -> int:
        """What it costs that a stretch without a place comes there, with whoever must not share the room."""
        table = self.table
        room = table.room[place] if place != NOWHERE else NOWHERE
        cost = table.cost[stretch][place]
        return cost + table.pair * (table.apart[stretch] & self.in_room[room]).bit_count() if room != NOWHERE else cost

    def put(self, stretch: int, place: int) -> None:
        if place == NOWHERE:
            return
        self.cost += self.price(stretch, place) - self.table.a_place
        self.place[stretch] = place
        self.members[place] |= 1 << stretch
        if self.table.room[place] != NOWHERE:
            self.in_room[self.table.room[place]] |= 1 << stretch

    def take(self, stretch: int) -> None:
        place = self.place[stretch]
        if place == NOWHERE:
            return
        self.place[stretch] = NOWHERE
        self.members[place] &= ~(1 << stretch)
        if self.table.room[place] != NOWHERE:
            self.in_room[self.table.room[place]] &= ~(1 << stretch)
        self.cost -= self.price(stretch, place) - self.table.a_place

    def lay(self, places: Sequence[int]) -> None:
        """A whole assignment in place of the present one."""
        places = list(places)
        for stretch in range(len(places)):
            self.take(stretch)
        for stretch, place in enumerate(places):
            self.put(stretch, place)

    def put_cheapest(self, stretch: int) -> None:
        """Into the cheapest place in which it fits, or nowhere."""
        table, members = self.table, self.members
        best, best_price = NOWHERE, table.a_place
        kinds, clash = table.kind, [kind[stretch] for kind in table.clash]
        for cost, place in table.options[stretch]:
            if cost >= best_price:
                break
            if members[place] & clash[kinds[place]]:
                continue
            price = self.price(stretch, place)
            if price < best_price:
                best, best_price = place, price
        self.put(stretch, best)


def first_board(table: Table) -> Board:
    """The best of three: everybody stays where they are as far as it goes, or unless something is wrong there, or each
    lot has its cheapest places.
    """
    found = _as_they_are(table, table.a_place), _as_they_are(table, table.a_rule), _by_lots(table)
    return min(found, key=lambda board: board.cost)


def _as_they_are(table: Table, most: int) -> Board:
    """Whoever costs less than ``most`` where they are stays; the others go to the cheapest place left."""
    board = Board(table)
    order = sorted(range(len(table)), key=lambda stretch: (len(table.options[stretch]), stretch))
    for stretch in order:
        present = table.present[stretch]
        if present != NOWHERE and not board.in_the_way(stretch, present) and board.price(stretch, present) < most:
            board.put(stretch, present)
    for stretch in order:
        if board.place[stretch] == NOWHERE:
            board.put_cheapest(stretch)
    return board


def _by_lots(table: Table) -> Board:
    """Those that begin together (none of them is over when the last begins) get their places in one go."""
    board, first = Board(table), 0
    while first < len(table):
        last = first + 1
        while last < len(table) and table.clash[0][first] >> last & 1:
            last += 1
        barred = tuple(
            sum(1 << place for place in range(len(table.spots)) if board.in_the_way(stretch, place))
            for stretch in range(first, last)
        )
        for stretch, place in zip(range(first, last), placed(table, (first, last), barred)[0], strict=True):
            if place == NOWHERE or not board.in_the_way(stretch, place):
                board.put(stretch, place)
        first = last
    return board


class Search:
    """Makes the assignment on a board better, which is left with the best that was seen."""

    def __init__(self, board: Board, seed: int = 0) -> None:
        self._board, self._random = board, random.Random(seed)
        self.best, self.best_cost = list(board.place), board.cost
        self._wish = self._usual_weight()

    def run(self, steps: int, enough: int) -> None:
        """So many steps, or until nothing less than ``enough`` can be found."""
        self._walk(steps, enough)
        self._board.lay(self.best)

    def _walk(self, steps: int, enough: int) -> None:
        table, chance = self._board.table, self._random.random
        movable = [stretch for stretch in range(len(table)) if len(table.options[stretch]) > 1]
        for step in range(steps if movable else 0):
            if self.best_cost <= enough:
                return
            heat = COOLEST ** (step / steps)
            stretch = movable[int(len(movable) * chance())]
            if self._is_well(stretch) and chance() < 0.5:
                stretch = movable[int(len(movable) * chance())]
            options, present = table.options[stretch], table.present[stretch]
            place = options[int(len(options) * chance() ** 2)][1]
            if present != NOWHERE and chance() < GOES_BACK:
                place = present
            if place != self._board.place[stretch]:
                self._try(stretch, place, heat)

    def _is_well(self, stretch: int) -> bool:
        board = self._board
        place = board.place[stretch]
        return place != NOWHERE and board.price(stretch, place) < board.table.a_rule

    def _try(self, stretch: int, place: int, heat: float) -> None:
        board = self._board
        leaving = list(_bits(self._leaving(stretch, place)))
        if len(leaving) > MOST_MOVED_ON:
            return
        before, moved = board.cost, [stretch, *leaving]
        were = [board.place[each] for each in moved]
        for each in moved:
            board.take(each)
        board.put(stretch, place)
        for each in leaving:
            board.put_cheapest(each)
        if board.cost < self.best_cost:
            self.best, self.best_cost = list(board.place), board.cost
        if not self._accepts(board.cost - before, heat):
            for each in moved:
                board.take(each)
            for each, was in zip(moved, were, strict=True):
                board.put(each, was)

    def _leaving(self, stretch: int, place: int) -> int:
        """Who is in the way; now and then also those with whom the room may not be shared."""
        board, table = self._board, self._board.table
        leaving, room = board.in_the_way(stretch, place), table.room[place]
        if room != NOWHERE and table.apart[stretch] and self._random.random() < 0.5:
            leaving |= table.apart[stretch] & board.in_room[room]
        return leaving & ~(1 << stretch)

    def _accepts(self, worse: int, heat: float) -> bool:
        if worse <= 0:
            return True
        table = self._board.table
        if worse >= table.a_place:
            return False
        if worse >= table.a_rule:
            return self._random.random() < exp(-worse / table.a_rule / (HOT_RULES * self._wish * heat * heat))
        return self._random.random() < exp(-worse / (HOT_CHANGES * heat))

    def _usual_weight(self) -> float:
        """What a rule or a wish weighs on average."""
        table = self._board.table
        weights = [cost // table.a_rule for options in table.options for cost, _ in options if cost >= table.a_rule]
        weights += [table.pair // table.a_rule] if any(table.apart) else []
        return max(1.0, sum(weights) / len(weights)) if weights else 1.0


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
