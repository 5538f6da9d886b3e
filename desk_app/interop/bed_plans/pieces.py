"""The plan made better piece by piece, two at once; and where little enough is open, all of it as one piece."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any, Protocol

from desk_app.domain.beds import Board, Clock
from desk_app.interop.bed_plans.choice import Excess
from desk_app.interop.bed_plans.choosing import Chooser, Parts, Way
from desk_app.interop.bed_plans.neighbourhood import Piece
from desk_app.interop.bed_plans.raising import Raising
from desk_app.interop.bed_plans.solver import THREADS, end_solving

A_PIECE_S, TOLD_EVERY_S = 8.0, 0.5
MUCH_LESS, ALMOST = 0.9, 1e-4
WHOLE_PAIRS = 3_000
"""Up to so many pairs of stay and room that a better plan can have, the whole is solved as one."""


class Kept(Protocol):
    """Whoever keeps the best plan."""

    best_cost: int
    bound: int

    def keep(self, places: Sequence[int]) -> None: ...
    def tell(self) -> None: ...
    def raise_bound(self, bound: float) -> None: ...
    @property
    def is_over(self) -> bool: ...


class Pieces:
    """Works on the board until the time is over or the plan is proven, on as many threads as there are for it."""

    def __init__(
        self,
        pool: ThreadPoolExecutor,
        kept: Kept,
        board: Board,
        parts: Parts,
        raising: Raising,
    ) -> None:
        self._pool, self._kept, self._board, self._raising = pool, kept, board, raising
        self._running: dict[Future[bool], tuple[Piece, Way, float]] = {}
        self._whole: tuple[Future[bool], Piece, Board] | None = None
        self._has_tried_whole, self._whole_limit = False, 0
        self._excess, self._gap = self._worth_it()
        self._chooser = Chooser(board, self._excess, parts)

    def run(self, clock: Clock) -> None:
        try:
            while not self._kept.is_over:
                self._begin(clock)
                timeout = min(clock.left(), TOLD_EVERY_S)
                at_work: list[Future[Any]] = [*self._futures()]
                done, _ = wait(at_work or [self._raising.done], timeout, FIRST_COMPLETED)
                self._kept.tell()
                for future in done.intersection(at_work):
                    self._finish(future)
        finally:
            self._end()

    def _begin(self, clock: Clock) -> None:
        """Sets the threads to work that have none."""
        if not self._has_tried_whole and self._raising.converged.done() and sum(map(len, self._excess)) <= WHOLE_PAIRS:
            self._has_tried_whole = True
            self._raising.stop()  # the whole bounds higher than its stretches
            copy = Board(self._board.table)
            copy.lay(self._places())
            whole = Piece(copy, copy.table.rooms, copy.table.stays, self._excess)
            whole.model.HandleUserInterrupt = True
            self._whole_limit = self._kept.best_cost
            self._whole = self._pool.submit(whole.model.solve_within, clock.left()), whole, copy
        while len(self._futures()) < THREADS - self._raising.threads:
            busy = {room for piece, _, _ in self._running.values() for room in piece.rooms}
            barred = {stay for piece, _, _ in self._running.values() for stay in piece.before}
            found = self._chooser.next(busy, barred)
            if found is None:
                return
            future = self._pool.submit(found[0].model.solve_within, min(A_PIECE_S, clock.left()))
            self._running[future] = *found, time.monotonic()

    def _futures(self) -> list[Future[bool]]:
        return [*self._running, *([self._whole[0]] if self._whole else [])]

    def _finish(self, future: Future[bool]) -> None:
        if future not in self._running:
            self._finish_whole()
            return
        piece, way, begun = self._running.pop(future)
        saved = piece.settle_found()
        way.learn(future.result(), time.monotonic() - begun, saved)
        if saved:
            self._kept.keep(self._places())
            self._forget_what_cannot_help()

    def _finish_whole(self) -> None:
        """It is proven now, or else what has been ruled out until now raises the bound."""
        if self._whole is None:
            return
        (future, piece, copy), self._whole = self._whole, None
        end_solving(future, piece.model)
        if future.cancelled():
            return
        future.result()
        piece.settle_found()
        self._kept.keep(copy.place)
        self._kept.raise_bound(min(float(self._whole_limit), piece.model.least_cost))

    def _end(self) -> None:
        for future, (piece, _, _) in self._running.items():
            end_solving(future, piece.model)
            piece.give_up()
        self._finish_whole()

    def _places(self) -> list[int]:
        """Where everybody is, and was before what is running."""
        places = list(self._board.place)
        for piece, _, _ in self._running.values():
            for stay, room in piece.before.items():
                places[stay] = room
        return places

    def _worth_it(self) -> tuple[Excess, float]:
        """The pairs that a plan can have which is better than the best, and how far that is above the bound."""
        prices = self._raising.relaxation.prices
        gap = self._kept.best_cost - prices.bound + ALMOST
        return [{room: more for room, more in row.items() if more <= gap} for row in prices.excess], gap

    def _forget_what_cannot_help(self) -> None:
        if self._kept.best_cost - self._raising.relaxation.bound < MUCH_LESS * self._gap:
            self._excess, self._gap = self._worth_it()
            self._chooser.learn(self._excess)
