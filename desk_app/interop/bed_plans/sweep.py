"""A whole plan night by night from the middle outwards, in both directions at once.

A few nights' stays are given their rooms for good in each step, planned together with those of the nights that follow
as well as can be; what comes after that speaks by its prices. Whoever goes along the nights leaves no holes behind: a
bed that is free on one night is free on all that follow.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from enum import Enum, auto
from typing import Protocol

from desk_app.domain.beds import UNPLACED, Board, Clock
from desk_app.domain.dataclass import dataclass
from desk_app.interop.bed_plans.neighbourhood import Neighbourhood
from desk_app.interop.bed_plans.relaxation import Prices, Relaxation, likely_pairs

STEP = 3
"""Nights that are decided at once."""

STAYS, FEWEST, MOST = 380, 120, 900
"""In one window to begin with, at the least and at the most."""

GROWS, SHRINKS, QUICK = 1.15, 0.93, 0.6
"""Windows grow by one that took less than ``QUICK`` of its time, and shrink by one that was not solved in it."""

LIKELY, AT_LEAST = 10, 5
"""So many pairs a stay on average, and at the least, does a window choose from."""

CLOSE = 0.003
"""By this share of the bound may all windows together cost more than they need to."""

MOSTLY_IN_ONE = 0.45
"""Of all stays so many have to be more than half in one room where stays may be parted; else a dive does better."""

LEAST_S, TOLD_EVERY_S = 0.3, 0.5


def suits_a_sweep(relaxation: Relaxation) -> bool:
    """Whether it comes nearer to the bound than a dive, as far as is known from large instances."""
    in_one = sum(part > 0.5 for _, _, part in relaxation.shares)
    return relaxation.is_large and in_one > MOSTLY_IN_ONE * len(relaxation.table.stays)


class Kept(Protocol):
    """Whoever keeps the best plan."""

    def tell(self) -> None: ...
    @property
    def is_over(self) -> bool: ...


class _Way(Enum):
    LATER = auto()
    EARLIER = auto()
    MIDDLE = auto()


class _Side:
    """The nights from ``first`` to before ``end``, of which the next are decided that ``way`` comes to first."""

    def __init__(self, way: _Way, first: int, end: int) -> None:
        self.way, self.first, self.end = way, first, end

    def distance(self, first: int, last: int) -> int:
        """Nights until a stay is met; negative where it is another side's."""
        if self.way is _Way.MIDDLE:
            return max(0, first - self.first, self.first - last)
        return first - self.first if self.way is _Way.LATER else self.end - 1 - last

    def within(self, nights: int) -> range:
        """The nights of that distance."""
        if self.way is _Way.MIDDLE:
            return range(self.first - nights + 1, self.first + nights)
        return range(self.first, self.first + nights) if self.way is _Way.LATER else range(self.end - nights, self.end)

    def go_on(self) -> None:
        if self.way is _Way.LATER:
            self.first = min(self.end, self.first + STEP)
        else:
            self.end = max(self.first, self.end - STEP)

    @property
    def steps_left(self) -> int:
        return max(1, -(-(self.end - self.first) // STEP))


@dataclass(frozen=True, slots=True)
class _Window:
    """``decided`` are those of its stays that keep what is found."""

    side: _Side
    piece: Neighbourhood
    decided: frozenset[int]
    seconds: float
    begun: float


class Sweep:
    """Lays a plan out on the board, which is emptied first."""

    def __init__(self, pool: ThreadPoolExecutor, kept: Kept, board: Board, prices: Prices) -> None:
        self._pool, self._kept, self._board, self._prices = pool, kept, board, prices
        table = board.table
        self._likely = likely_pairs(prices.excess, LIKELY, AT_LEAST)
        self._of_rules: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
        for rule, price in prices.rules:
            for pair, factor in rule.factors.items():
                self._of_rules[pair].append((rule.night, factor * price))
        self._undecided = {stay for stay in table.stays if table.options[stay]}
        self._planned: dict[int, int] = {}
        """Where the last window had those whom it did not decide."""

        self._close = CLOSE * prices.bound * STEP / table.nights
        self._size = float(STAYS)
        self._running: dict[Future[bool], _Window] = {}
        board.lay([UNPLACED] * len(table.stays))

    def run(self, clock: Clock, until: float) -> None:
        """Aims at that share of the clock's time; who is undecided when all is over gets a bed where there is one."""
        nights = self._board.table.nights
        middle = nights // 2
        share = (until - clock.gone()) * 2 * STEP / nights
        try:
            self._go([_Side(_Way.MIDDLE, middle, middle + 1)], clock, clock.gone() + 2 * share)
            sides = [_Side(_Way.LATER, middle + 1, nights), _Side(_Way.EARLIER, 0, middle)]
            self._go(sides, clock, until)
        finally:
            self._end()

    def _go(self, sides: Sequence[_Side], clock: Clock, until: float) -> None:
        """Until all sides are decided."""
        waiting = list(sides)
        while (waiting or self._running) and not self._kept.is_over:
            for side in waiting:
                self._begin(side, max(LEAST_S, clock.left(until) / side.steps_left))
            done, _ = wait(self._running, TOLD_EVERY_S, return_when=FIRST_COMPLETED)
            self._kept.tell()
            waiting = [open_side for future in done if (open_side := self._finish(future)) is not None]

    def _begin(self, side: _Side, seconds: float) -> None:
        table = self._board.table
        met: dict[int, list[int]] = defaultdict(list)
        for stay in self._undecided:
            met[side.distance(table.first[stay], table.last[stay])].append(stay)
        nights, farthest = 1 if side.way is _Way.MIDDLE else STEP, max(met, default=0)
        decided = [stay for distance in range(nights) for stay in met[distance]]
        moving = sorted(decided)
        while nights <= farthest and len(moving) + len(met[nights]) <= self._size:
            moving += sorted(met[nights])
            nights += 1
        if nights > farthest:
            decided = moving  # nobody comes after them
        for stay in moving:
            self._put(stay)
        inside = side.within(nights)
        piece = Neighbourhood(
            self._board, table.rooms, moving, self._likely, lambda stay, room: self._further(stay, room, inside)
        )
        piece.model.setOptionValue("mip_abs_gap", self._close)
        window = _Window(side, piece, frozenset(decided), seconds, time.monotonic())
        self._running[self._pool.submit(piece.model.solve_within, seconds)] = window

    def _put(self, stay: int) -> None:
        """Where it was planned, or else where a bed costs least."""
        board, planned = self._board, self._planned.get(stay, UNPLACED)
        if planned == UNPLACED or not board.fits(stay, planned):
            rooms = sorted((more, room) for room, more in self._likely[stay].items() if room != UNPLACED)
            planned = next((room for _, room in rooms if board.fits(stay, room)), UNPLACED)
        board.put(stay, planned)

    def _further(self, stay: int, room: int, inside: range) -> float:
        """The price of a pair's beds on the nights that are not planned yet."""
        if room == UNPLACED:
            return 0.0
        table, sums = self._board.table, self._prices.beds[room]
        first, end = table.first[stay], table.last[stay] + 1
        before, after = min(end, inside.start), max(first, inside.stop)
        price = (sums[before] - sums[first] if before > first else 0.0) + (
            sums[end] - sums[after] if after < end else 0
        )
        rules = self._of_rules.get((stay, room), ())
        return price + sum(each for night, each in rules if night not in inside)

    def _finish(self, future: Future[bool]) -> _Side | None:
        """The side, where there is more to decide."""
        window, board = self._running.pop(future), self._board
        window.piece.settle()
        for stay in window.piece.before.keys() - window.decided:
            self._planned[stay] = board.place[stay]
            board.take(stay)
        self._undecided -= window.decided
        seconds = time.monotonic() - window.begun
        if not future.result():
            self._size = max(FEWEST, SHRINKS * self._size)
        elif seconds < QUICK * window.seconds:
            self._size = min(MOST, GROWS * self._size)
        side, table = window.side, board.table
        side.go_on()
        if side.way is _Way.MIDDLE:
            return None
        is_left = any(side.distance(table.first[stay], table.last[stay]) >= 0 for stay in self._undecided)
        return side if is_left else None

    def _end(self) -> None:
        for window in self._running.values():
            window.piece.model.cancelSolve()
            window.piece.give_up()
        for stay in sorted(self._undecided, key=self._board.table.length, reverse=True):
            if self._board.place[stay] == UNPLACED:
                self._put(stay)
