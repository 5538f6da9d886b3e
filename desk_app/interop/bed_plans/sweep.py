"""A whole plan night by night, twice at once with steps of two lengths: the better of the two counts.

A few nights' stays are given their rooms for good in each step, planned together with those of the nights that follow
as well as can be; what comes after that speaks by its prices. Whoever goes along the nights leaves no holes behind: a
bed that is free on one night is free on all that follow.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Protocol

from desk_app.domain.beds import UNPLACED, Board, Clock, StayTable
from desk_app.domain.dataclass import dataclass
from desk_app.interop.bed_plans.neighbourhood import Neighbourhood
from desk_app.interop.bed_plans.relaxation import Prices, likely_pairs
from desk_app.interop.bed_plans.stepped import Stepped

DECIDED = 125
"""Stays in one step of the one, about; the steps of the other are a night shorter, or longer where that is none."""

STAYS, FEWEST, MOST = 390, 250, 900
"""In one window to begin with, at the least and at the most."""

FOLLOWED = 1.4
"""So many times those that it decides does a window have at the least."""

PATIENCE, GROWS, SHRINKS, QUICK = 1.4, 1.05, 0.97, 0.7
"""A window may take longer than its share of the time, since others are quick; those after it are smaller then, and
larger after one that took less than ``QUICK`` of its share."""

OUT, SHORTLY = 0.1, 6
"""Of the stays that no window had before so many may be without a bed where each takes the cheapest that is free; else
they are put somewhere a few nights' at a time, planned with those of so many nights before them."""

LIKELY, AT_LEAST = 10, 5
"""So many pairs a stay on average, and at the least, does a window choose from."""

CLOSE = 0.001
"""By this share of the bound may all windows together cost more than they need to."""

LEAST_S, TOLD_EVERY_S, ASKED_AGAIN_S = 0.3, 0.5, 0.1


class Kept(Protocol):
    """Whoever keeps the best plan."""

    def tell(self) -> None: ...
    @property
    def is_over(self) -> bool: ...


class _Likely:
    """The pairs that windows choose from, and what their beds cost on nights that are not planned yet."""

    def __init__(self, prices: Prices) -> None:
        self.pairs = likely_pairs(prices.excess, LIKELY, AT_LEAST)
        self._beds = prices.beds
        self._of_rules: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
        for rule, price in prices.rules:
            for pair, factor in rule.factors.items():
                self._of_rules[pair].append((rule.night, factor * price))

    def price(self, stay: int, room: int, nights: range) -> float:
        """``nights`` are those on which the stay is there and nothing is planned."""
        if not nights or room == UNPLACED:
            return 0.0
        sums = self._beds[room]
        rules = self._of_rules.get((stay, room), ())
        return sums[nights.stop] - sums[nights.start] + sum(price for night, price in rules if night in nights)


@dataclass(frozen=True, slots=True)
class _Window:
    """``decided`` are those of its stays that keep what is found."""

    piece: Neighbourhood
    model: Stepped
    decided: frozenset[int]
    seconds: float
    begun: float


class _Way:
    """A plan of its own, later and later or, where it goes back, earlier and earlier; one window after the other."""

    def __init__(self, table: StayTable, likely: _Likely, step: int, close: float) -> None:
        self.board, self._likely, self._close = Board(table), likely, close
        # It begins where fewer are there: with a full house too much would have to be decided at once.
        self._is_back = sum(first == 0 for first in table.first) > sum(last == table.nights - 1 for last in table.last)
        self._step = step
        self._undecided = {stay for stay in table.stays if table.options[stay]}
        self._planned: dict[int, int] = {}
        """Where the last window had those whom it did not decide."""

        self._done, self._size = 0, float(STAYS)
        self._window: _Window | None = None

    @property
    def is_done(self) -> bool:
        return not self._undecided

    @property
    def steps_left(self) -> int:
        return max(1, -(-(self.board.table.nights - self._done) // self._step))

    def begin(self, pool: ThreadPoolExecutor, seconds: float) -> Future[bool]:
        """The next window."""
        met: dict[int, list[int]] = defaultdict(list)
        for stay in sorted(self._undecided):
            met[self._distance(stay)].append(stay)
        nights, farthest = self._step, max(met)
        moving = sum(len(met[distance]) for distance in range(nights))
        size = max(self._size, FOLLOWED * moving)
        while nights <= farthest and moving + len(met[nights]) <= size:
            moving += len(met[nights])
            nights += 1
        by_distance = [met[distance] for distance in range(nights)]
        stays = [stay for each in by_distance for stay in each]
        has_room = self._put_all(stays)
        rooms, pairs = self.board.table.rooms, self._likely.pairs
        piece = Neighbourhood(self.board, rooms, stays, pairs, lambda stay, room: self._beyond(stay, room, nights))
        model = Stepped(piece.choice, [] if has_room else self._steps(by_distance), self._close)
        # Where nobody comes after them all are decided.
        decided = stays if nights > farthest else [stay for each in by_distance[: self._step] for stay in each]
        self._window = _Window(piece, model, frozenset(decided), seconds, time.monotonic())
        return pool.submit(model.solve_within, PATIENCE * seconds)

    def finish(self) -> None:
        window, board = self._window, self.board
        assert window is not None
        self._window = None
        window.piece.settle(window.model.values())
        for stay in window.piece.before.keys() - window.decided:
            self._planned[stay] = board.place[stay]
            board.take(stay)
        self._undecided -= window.decided
        self._done += self._step
        seconds = time.monotonic() - window.begun
        if seconds > window.seconds:
            self._size = max(FEWEST, SHRINKS * self._size)
        elif seconds < QUICK * window.seconds:
            self._size = min(MOST, GROWS * self._size)

    def stop(self) -> None:
        if self._window is not None:
            self._window.model.stop()

    def end(self) -> None:
        """Whoever is undecided gets a bed where there is one. Nothing is at work any more."""
        if self._window is not None:
            self._window.piece.give_up()
        for stay in sorted(self._undecided, key=self.board.table.length, reverse=True):
            if self.board.place[stay] == UNPLACED:
                self._put(stay)

    def _distance(self, stay: int) -> int:
        """Nights until it is met, from where it is not decided yet."""
        table = self.board.table
        return (table.nights - 1 - table.last[stay] if self._is_back else table.first[stay]) - self._done

    def _beyond(self, stay: int, room: int, nights: int) -> float:
        """The price of a pair's beds farther away than so many nights."""
        table = self.board.table
        first, end = table.first[stay], table.last[stay] + 1
        if self._is_back:
            return self._likely.price(stay, room, range(first, min(end, table.nights - self._done - nights)))
        return self._likely.price(stay, room, range(max(first, self._done + nights), end))

    def _steps(self, by_distance: Sequence[Sequence[int]]) -> list[list[int]]:
        """The new stays a few nights' at a time, each time with those that come shortly before them."""
        found: list[list[int]] = []
        for begin in range(0, len(by_distance), self._step):
            end = begin + self._step
            if any(stay not in self._planned for stays in by_distance[begin:end] for stay in stays):
                found.append([stay for stays in by_distance[max(0, begin - SHORTLY) : end] for stay in stays])
        return found

    def _put_all(self, stays: Sequence[int]) -> bool:
        """Whether there is a bed for nearly all that no window had before; else none of them has one."""
        for stay in stays:
            self.board.put(stay, self._planned.get(stay, UNPLACED))
        new = [stay for stay in stays if stay not in self._planned]
        for stay in new:
            self._put(stay)
        out = sum(self.board.place[stay] == UNPLACED for stay in new)
        if out <= OUT * len(new):
            return True
        for stay in new:
            self.board.take(stay)
        return False

    def _put(self, stay: int) -> None:
        """Where it was planned, or else where a bed costs least."""
        board, planned = self.board, self._planned.get(stay, UNPLACED)
        if planned == UNPLACED or not board.fits(stay, planned):
            rooms = sorted((more, room) for room, more in self._likely.pairs[stay].items() if room != UNPLACED)
            planned = next((room for _, room in rooms if board.fits(stay, room)), UNPLACED)
        board.put(stay, planned)


class Sweep:
    """Lays a plan out on the board."""

    def __init__(self, pool: ThreadPoolExecutor, kept: Kept, board: Board, prices: Prices) -> None:
        self._pool, self._kept, self._board = pool, kept, board
        table, likely = board.table, _Likely(prices)
        step = max(1, round(DECIDED * table.nights / max(1, len(table.stays))))
        close = CLOSE * prices.bound / table.nights
        self._ways = [_Way(table, likely, nights, close * nights) for nights in (step, step - 1 or step + 1)]
        self._running: dict[Future[bool], _Way] = {}

    def run(self, clock: Clock, until: float) -> None:
        """Aims at that share of the clock's time; who is undecided when all is over gets a bed where there is one."""
        waiting = [way for way in self._ways if not way.is_done]
        try:
            while (waiting or self._running) and not self._kept.is_over:
                for way in waiting:
                    seconds = max(LEAST_S, clock.left(until) / way.steps_left)
                    self._running[way.begin(self._pool, seconds)] = way
                done, _ = wait(self._running, TOLD_EVERY_S, return_when=FIRST_COMPLETED)
                self._kept.tell()
                waiting = [way for way in map(self._finish, done) if not way.is_done]
        finally:
            self._end()

    def _finish(self, future: Future[bool]) -> _Way:
        way = self._running.pop(future)
        future.result()
        way.finish()
        return way

    def _end(self) -> None:
        while self._running:
            for way in self._running.values():
                way.stop()
            for future in wait(self._running, ASKED_AGAIN_S).done:
                del self._running[future]
        for way in self._ways:
            way.end()
        best = min(self._ways, key=lambda way: way.board.cost)
        self._board.lay(best.board.place)
