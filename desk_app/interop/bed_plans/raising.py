"""The bound raised on a thread of its own: by rounds of parted stays, room by room, then stretch by stretch of nights.

Once the rounds hardly raise it, whoever looks for plans may begin from what they have so far.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import pairwise
from typing import Protocol

from desk_app.domain.beds import Clock, StayTable
from desk_app.interop.bed_plans.dive import Dive
from desk_app.interop.bed_plans.relaxation import relaxed
from desk_app.interop.bed_plans.room_by_room import RoomByRoom
from desk_app.interop.bed_plans.solver import ASKED_AGAIN_S, THREADS
from desk_app.interop.bed_plans.stretches import Stretch

ROUNDS_UNTIL, FIRST_UNTIL, RESUMED_UNTIL = 0.3, 0.5, 0.92
"""Shares of the time: for the rounds, for the first of them, without which there is nothing, and once resumed."""

MOSTLY = 0.8
"""No round is begun that has less time left than this share of what the last one took: it would come to nothing."""

LITTLE, HARDLY, ROUNDS_AWAITED = 0.004, 0.002, 4
"""Plans begin once a round has raised it by less than this share; rounds end once so many together have."""

NIGHTS, FEW_STAYS = 14, 1000
"""About as long is a stretch, since longer ones bound higher but take too long; so few stays are one stretch."""

AIM = 0.01
"""By this share of the bound it is raised at the most: what would raise it further is left out of the stretches."""


class Kept(Protocol):
    """Whoever keeps the bound."""

    def raise_bound(self, bound: float) -> None: ...
    @property
    def is_over(self) -> bool: ...


class Raising:
    """At work from when it is made until every stretch had its share of the time, ``pause`` or ``stop``.

    Rooms and stretches each raise by themselves what the rounds end with: the higher bound counts. ``dive`` is where
    plans begin: None if the time was over before. ``converged`` is done once ``relaxation`` stays as it is, unless it
    is asked to resume; ``done`` once nothing is at work any more.
    """

    def __init__(self, pool: ThreadPoolExecutor, kept: Kept, table: StayTable, clock: Clock) -> None:
        self._kept, self._table, self._clock = kept, table, clock
        self.relaxation = relaxed(table)
        self._begun = self.relaxation.bound
        """What the ascent had found."""

        kept.raise_bound(self._begun)
        self.dive: Future[Dive | None] = Future()
        self.converged: Future[None] = Future()
        self._cancel: Callable[[], object] | None = None
        """Of what follows the rounds, once it is at work."""

        self._is_stopped, self._is_paused, self._is_resumed, self._is_rounds_only = False, False, False, False
        self._pool, self._helpers = pool, 0
        self.done: Future[None] = pool.submit(self._run)

    @property
    def is_at_work(self) -> bool:
        return not self.done.done()

    @property
    def threads(self) -> int:
        """So many has it at work, or is about to."""
        return self.is_at_work + self._helpers

    def stop(self) -> None:
        """Returns once it has stopped."""
        self._is_stopped = True
        self._end(is_round_cancelled=True)

    def end_with_rounds(self) -> None:
        """Nothing after them: it raises large ones by little, and what that leaves of the time makes better plans."""
        self._is_rounds_only = True
        if self.converged.done():
            self._end(is_round_cancelled=False)

    def pause(self) -> None:
        """Returns once the present round has ended."""
        self._is_paused = True
        self._end(is_round_cancelled=False)

    def resume(self) -> None:
        """Goes on with rounds as long as they raise it, then room by room on all threads; no stretches."""
        self._is_paused, self._is_resumed, self._is_rounds_only = False, True, False
        self._cancel = None
        self.done = self._pool.submit(self._run)

    def _end(self, is_round_cancelled: bool) -> None:
        """What follows them is cancelled always; a round that was cancelled cannot be gone on from."""
        while self.is_at_work:
            if self._cancel is not None:
                self._cancel()
            elif is_round_cancelled:
                self.relaxation.model.cancelSolve()
            wait([self.done], ASKED_AGAIN_S)
        self.done.result()

    @property
    def _is_over(self) -> bool:
        return self._is_stopped or self._is_paused or self._kept.is_over

    @property
    def _is_ending(self) -> bool:
        """Of what follows the rounds."""
        return self._is_over or self._is_rounds_only

    @property
    def _until(self) -> float:
        """The share of the time until which there are rounds."""
        if self._is_resumed:
            return RESUMED_UNTIL
        return ROUNDS_UNTIL if self.relaxation.shares else FIRST_UNTIL

    def _run(self) -> None:
        try:
            self._go_round()
        finally:
            if not self.dive.done():
                self.dive.set_result(None if self._is_over or not self.relaxation.shares else self._new_dive())
            if not self._is_paused and not self.converged.done():
                self.converged.set_result(None)
        self._go_room_by_room()
        if not self._is_resumed:
            self._go_through_stretches()

    def _go_round(self) -> None:
        """Until nothing is left to add or the bound hardly rises."""
        relaxation, clock = self.relaxation, self._clock
        bounds = deque([0.0], ROUNDS_AWAITED)
        is_more = True
        while is_more and not self._is_over and (left := clock.left(self._until)) > MOSTLY * relaxation.round_s:
            is_more = relaxation.improve(left)
            self._kept.raise_bound(relaxation.bound)
            if relaxation.bound <= self._begun:
                continue  # what the ascent had found is not reached yet
            if relaxation.bound - bounds[-1] < LITTLE * relaxation.bound and not self.dive.done():
                self.dive.set_result(self._new_dive())
            bounds.append(relaxation.bound)
            if len(bounds) == ROUNDS_AWAITED and bounds[-1] - bounds[0] < HARDLY * bounds[-1]:
                return

    def _new_dive(self) -> Dive:
        return Dive(self.relaxation)

    def _go_room_by_room(self) -> None:
        rooms = RoomByRoom(self._table, self.relaxation.prices)
        self._cancel = rooms.cancel
        work = (self._clock, lambda: self._is_ending, self._kept.raise_bound)
        self._helpers = THREADS - 1 if self._is_resumed else 0
        helping = [self._pool.submit(rooms.work, *work) for _ in range(self._helpers)]
        rooms.work(*work)
        for future in helping:
            if not future.cancel():
                future.result()
        self._helpers = 0

    def _go_through_stretches(self) -> None:
        prices, stretches = self.relaxation.prices, stretches_of(self._table.nights, len(self._table.stays))
        most, bound = max(1.0, AIM * prices.bound / len(stretches)), prices.bound
        for done, (first, last) in enumerate(stretches):
            if self._is_ending:
                return
            stretch = Stretch(self._table, prices, first, last, most)
            self._cancel = stretch.cancelSolve
            stretch.solve_within(self._clock.left() / (len(stretches) - done))
            bound += stretch.rise
            self._kept.raise_bound(bound)


def stretches_of(nights: int, stays: int) -> Sequence[tuple[int, int]]:
    """First and last night of each, all about equally long."""
    count = max(1, round(nights / NIGHTS)) if stays > FEW_STAYS else 1
    ends = [nights * number // count for number in range(count + 1)]
    return [(begin, end - 1) for begin, end in pairwise(ends)]
