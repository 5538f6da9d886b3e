"""A first plan, and a search that makes it better: a stay goes to another room, and whoever is in its way moves on.

The search is simulated annealing: a move that costs more is taken with a chance that falls with its cost and with time.
How much worse a move may be is drawn before it is tried, so that most are given up early.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from math import log

from desk_app.domain.beds.board import Board
from desk_app.domain.beds.table import UNPLACED, StayTable

Options = Sequence[Sequence[tuple[int, int]]]
LOOKS_AT_CLOCK = 128
MOST_MOVED_ON = 3
COOLEST = 1 / 12
"""The last temperature, as a share of the first."""

FAVOUR_CHEAP = 2.0
"""The square of an even chance: cheap rooms are tried more often than dear ones."""


def first_plan(table: StayTable) -> Board:
    """The longest stays first, each into its cheapest room in which it fits."""
    board = Board(table)
    for stay in sorted(table.stays, key=lambda stay: (-table.length(stay), table.first[stay])):
        room = next((room for _, room in table.options[stay] if board.fits(stay, room)), UNPLACED)
        board.put(stay, room)
    return board


class Search:
    """Makes the plan on a board better; ``best`` is the best seen, and the board is left with it."""

    def __init__(self, board: Board, options: Options | None = None, seed: int = 0) -> None:
        self.board, self._options = board, options or board.table.options
        self._random = random.Random(seed)
        self.best, self.best_cost = tuple(board.place), board.cost

    def run(self, share_gone: Callable[[], float]) -> None:
        """Until ``share_gone``, the share of the time that is over, is one."""
        hot = self._usual_step()
        movable = [stay for stay in self.board.table.stays if self._options[stay]]
        heat, turn = hot, 0
        while movable:
            if turn % LOOKS_AT_CLOCK == 0:
                gone = share_gone()
                if gone >= 1:
                    break
                heat = hot * COOLEST**gone
            turn += 1
            self._try(self._random.choice(movable), heat)
            if self.board.cost < self.best_cost:
                self.best, self.best_cost = tuple(self.board.place), self.board.cost
        self.board.lay(self.best)

    def _usual_step(self) -> float:
        """How much dearer the second quarter of a stay's rooms are than its cheapest, on average."""
        steps = [options[len(options) // 4][0] - options[0][0] for options in self._options if len(options) > 1]
        steps = [step for step in steps if step]
        return max(1.0, sum(steps) / len(steps) / 3 if steps else 1.0)

    def _try(self, stay: int, heat: float) -> None:
        options, board, chance = self._options[stay], self.board, self._random.random
        cost, room = options[int(len(options) * chance() ** FAVOUR_CHEAP)]
        worse = cost - board.table.cost[stay][board.place[stay]]
        at_most = -heat * log(1.0 - chance())
        if room == board.place[stay] or worse > at_most:
            return
        if board.fits(stay, room):
            board.take(stay)
            board.put(stay, room)
        else:
            self._push_in(stay, room, board.cost + at_most)

    def _push_in(self, stay: int, room: int, at_most: float) -> None:
        """Puts the stay there and finds other rooms for those in its way; all as it was where that costs too much."""
        board = self.board
        in_the_way = self._in_the_way(stay, room)
        if in_the_way is None:
            return
        before = board.place[stay]
        for each in (stay, *in_the_way):
            board.take(each)
        board.put(stay, room)
        missing = sum(board.table.cost[each][UNPLACED] for each in in_the_way)
        budget = at_most - board.cost + missing
        for each in in_the_way:
            found = self._new_place(each, room, budget)
            if found is None:
                break
            board.put(each, found)
            budget -= board.table.cost[each][found]
        else:
            return
        for each in (stay, *in_the_way):
            board.take(each)
        for each in in_the_way:
            board.put(each, room)
        board.put(stay, before)

    def _in_the_way(self, stay: int, room: int) -> list[int] | None:
        """Who has to leave the room so that the stay fits, the longest first; None where they are too many."""
        board, table = self.board, self.board.table
        meeting = [each for each in board.members[room] if board.unit[each] & board.unit[stay]]
        if table.is_one_sex[room]:
            leaving = [each for each in meeting if table.sex[each] != table.sex[stay]]
            meeting = [each for each in meeting if table.sex[each] == table.sex[stay]]
        else:
            leaving = []
        taken = board.taken[room] + board.unit[stay] - sum(board.unit[each] for each in leaving)
        self._random.shuffle(meeting)
        while over := taken & board.over:
            if len(leaving) >= MOST_MOVED_ON:
                return None
            each = meeting.pop()
            if board.field[each] & over:
                leaving.append(each)
                taken -= board.unit[each]
        return None if len(leaving) > MOST_MOVED_ON else sorted(leaving, key=table.length, reverse=True)

    def _new_place(self, stay: int, but: int, budget: float) -> int | None:
        """The cheapest room but one, or none at all; None where that costs more than the budget."""
        board = self.board
        for cost, room in self._options[stay]:
            if cost > budget:
                return None
            if room != but and board.fits(stay, room):
                return room
        return UNPLACED if board.table.cost[stay][UNPLACED] <= budget else None
