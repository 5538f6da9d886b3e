"""A whole plan night by night, twice at once with steps of two lengths and windows of two sizes: the better counts.

A few nights' stays are given their rooms for good in each step, planned together with those of the nights that follow
as well as can be; what comes after that speaks by its prices, found anew each time (``Outlook``). Whoever goes along
the nights leaves no holes behind: a bed that is free on one night is free on all that follow.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Protocol

from desk_app.domain.beds import UNPLACED, Board, Clock, StayTable
from desk_app.domain.dataclass import dataclass
from desk_app.interop.bed_plans.choice import Excess
from desk_app.interop.bed_plans.neighbourhood import Neighbourhood
from desk_app.interop.bed_plans.outlook import Known, Outlook
from desk_app.interop.bed_plans.relaxation import Prices
from desk_app.interop.bed_plans.solver import ASKED_AGAIN_S
from desk_app.interop.bed_plans.stepped import Stepped

DECIDED = 125
"""Stays in one step of the one, about; the steps of the other are a night shorter, or longer where that is none."""

STAYS, FEWEST, MOST = (390, 330), 200, 900
"""In one window to begin with, of the one and of the other: larger ones see farther where they can be solved, and what
suits a hospital is not known before. At the least and at the most."""

FOLLOWED = 1.4
"""So many times those that it decides does a window have at the least."""

AHEAD = 2.2
"""So many times a window's stays does the outlook have, by which its pairs are chosen and its last nights priced."""

PATIENCE, GROWS, SHRINKS, QUICK = 2.2, 1.05, 0.97, 0.7
"""A window may take longer than its share of the time, since others are quick; those after it are smaller then, and
larger after one that took less than ``QUICK`` of its share."""

OUT, SHORTLY = 0.1, 6
"""Of the stays that no window had before so many may be without a bed where each takes the cheapest that is free; else
they are put somewhere a few nights' at a time, planned with those of so many nights before them."""

CLOSE = 0.001
"""By this share of the bound may all windows together cost more than they need to."""

LEAST_S, TOLD_EVERY_S = 0.3, 0.5


class Kept(Protocol):
    """Whoever keeps the best plan."""

    def tell(self) -> None: ...
    @property
    def is_over(self) -> bool: ...


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

    def __init__(self, table: StayTable, known: Known, step: int, size: int, close: float) -> None:
        self.board, self._known, self._close = Board(table), known, close
        # It begins where fewer are there: with a full house too much would have to be decided at once.
        self._is_back = sum(first == 0 for first in table.first) > sum(last == table.nights - 1 for last in table.last)
        self._step = step
        self._undecided = {stay for stay in table.stays if table.options[stay]}
        self._planned: dict[int, int] = {}
        """Where the last window had those whom it did not decide."""

        self._done, self._size = 0, float(size)
        self._window: _Window | None = None
        self._is_stopped = False

    @property
    def is_done(self) -> bool:
        return not self._undecided

    @property
    def steps_left(self) -> int:
        return max(1, -(-(self.board.table.nights - self._done) // self._step))

    def plan_next(self, seconds: float) -> None:
        """The next window, on another thread."""
        begun = time.monotonic()
        window = self._window = self._next(seconds, begun)
        if self._is_stopped:
            window.model.stop()
        window.model.solve_within(PATIENCE * seconds + begun - time.monotonic())

    def _next(self, seconds: float, begun: float) -> _Window:
        met: list[list[int]] = [[] for _ in range(1 + max(map(self._distance, self._undecided)))]
        for stay in sorted(self._undecided):
            met[self._distance(stay)].append(stay)
        moving = sum(map(len, met[: self._step]))
        nights = _enough(met, self._step, max(self._size, FOLLOWED * moving))
        by_distance = met[:nights]
        stays = [stay for each in by_distance for stay in each]
        outlook = self._outlook(met, nights)
        likely = outlook.likely(stays)
        has_room = self._put_all(stays, likely)
        piece = Neighbourhood(
            self.board,
            self.board.table.rooms,
            stays,
            likely,
            lambda stay, room: outlook.price(stay, room, self._beyond(stay, nights)),
        )
        model = Stepped(piece.choice, [] if has_room else self._steps(by_distance), self._close)
        # Where nobody comes after them all are decided.
        decided = stays if nights >= len(met) else [stay for each in by_distance[: self._step] for stay in each]
        return _Window(piece, model, frozenset(decided), seconds, begun)

    def _outlook(self, met: Sequence[Sequence[int]], nights: int) -> Outlook:
        ahead = _enough(met, nights, AHEAD * sum(map(len, met[:nights])))
        stays = [stay for each in met[:ahead] for stay in each]
        return Outlook(self.board, self._known, stays, self._nights_within(ahead))

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
        self._is_stopped = True
        if self._window is not None:
            self._window.model.stop()

    def end(self) -> None:
        """Whoever is undecided gets a bed where there is one. Nothing is at work any more."""
        if self._window is not None:
            self._window.piece.give_up()
        for stay in sorted(self._undecided, key=self.board.table.length, reverse=True):
            if self.board.place[stay] == UNPLACED:
                planned = self._planned.get(stay, UNPLACED)
                if planned != UNPLACED and self.board.fits(stay, planned):
                    self.board.put(stay, planned)
                else:
                    self._put_cheapest(stay, self._known.pairs[stay])

    def _distance(self, stay: int) -> int:
        """Nights until it is met, from where it is not decided yet."""
        table = self.board.table
        return (table.nights - 1 - table.last[stay] if self._is_back else table.first[stay]) - self._done

    def _nights_within(self, distance: int) -> range:
        """Those nearer than so many nights to where it is not decided yet."""
        end = self.board.table.nights
        if self._is_back:
            return range(max(0, end - self._done - distance), end - self._done)
        return range(self._done, min(end, self._done + distance))

    def _beyond(self, stay: int, nights: int) -> range:
        """Those of the stay's nights that are farther away."""
        table, near = self.board.table, self._nights_within(nights)
        first, end = table.first[stay], table.last[stay] + 1
        return range(first, min(end, near.start)) if self._is_back else range(max(first, near.stop), end)

    def _steps(self, by_distance: Sequence[Sequence[int]]) -> list[list[int]]:
        """The new stays a few nights' at a time, each time with those that come shortly before them."""
        found: list[list[int]] = []
        for begin in range(0, len(by_distance), self._step):
            end = begin + self._step
            if any(stay not in self._planned for stays in by_distance[begin:end] for stay in stays):
                found.append([stay for stays in by_distance[max(0, begin - SHORTLY) : end] for stay in stays])
        return found

    def _put_all(self, stays: Sequence[int], likely: Excess) -> bool:
        """Whether there is a bed for nearly all that no window had before; else none of them has one."""
        for stay in stays:
            self.board.put(stay, self._planned.get(stay, UNPLACED))
        new = [stay for stay in stays if stay not in self._planned]
        for stay in new:
            self._put_cheapest(stay, likely[stay])
        out = sum(self.board.place[stay] == UNPLACED for stay in new)
        if out <= OUT * len(new):
            return True
        for stay in new:
            self.board.take(stay)
        return False

    def _put_cheapest(self, stay: int, rooms: Mapping[int, float]) -> None:
        """Where there is a bed that adds least, if anywhere."""
        by_cost = sorted((more, room) for room, more in rooms.items() if room != UNPLACED)
        self.board.put(stay, next((room for _, room in by_cost if self.board.fits(stay, room)), UNPLACED))


def _enough(met: Sequence[Sequence[int]], nights: int, size: float) -> int:
    """How many nights have together as many stays at the most, but not fewer than ``nights``."""
    count = sum(map(len, met[:nights]))
    while nights < len(met) and count + len(met[nights]) <= size:
        count += len(met[nights])
        nights += 1
    return min(nights, len(met))


class Sweep:
    """Lays a plan out on the board."""

    def __init__(self, pool: ThreadPoolExecutor, kept: Kept, board: Board, prices: Prices) -> None:
        self._pool, self._kept, self._board = pool, kept, board
        table, known = board.table, Known(prices)
        step = max(1, round(DECIDED * table.nights / max(1, len(table.stays))))
        close = CLOSE * prices.bound / table.nights
        self._ways = [
            _Way(table, known, nights, size, close * nights)
            for nights, size in zip((step, step - 1 or step + 1), STAYS, strict=True)
        ]
        self._running: dict[Future[None], _Way] = {}

    def run(self, clock: Clock, until: float) -> None:
        """Aims at that share of the clock's time; who is undecided when all is over gets a bed where there is one."""
        waiting = [way for way in self._ways if not way.is_done]
        try:
            while (waiting or self._running) and not self._kept.is_over:
                for way in waiting:
                    seconds = max(LEAST_S, clock.left(until) / way.steps_left)
                    self._running[self._pool.submit(way.plan_next, seconds)] = way
                done, _ = wait(self._running, TOLD_EVERY_S, return_when=FIRST_COMPLETED)
                self._kept.tell()
                waiting = [way for way in map(self._finish, done) if not way.is_done]
        finally:
            self._end()

    def _finish(self, future: Future[None]) -> _Way:
        way = self._running.pop(future)
        future.result()
        way.finish()
        return way

    def _end(self) -> None:
        """All are put somewhere before a fault of another thread is raised."""
        ended = list(self._running)
        while self._running:
            for way in self._running.values():
                way.stop()
            for future in wait(self._running, ASKED_AGAIN_S).done:
                del self._running[future]
        for way in self._ways:
            way.end()
        best = min(self._ways, key=lambda way: way.board.cost)
        self._board.lay(best.board.place)
        for future in ended:
            future.result()
