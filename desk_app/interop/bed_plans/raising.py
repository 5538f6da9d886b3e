"""The bound raised stretch by stretch, on a thread of its own, while the others look for better plans."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import pairwise
from typing import Protocol

from desk_app.domain.beds import Clock, StayTable
from desk_app.interop.bed_plans.relaxation import Prices
from desk_app.interop.bed_plans.stretches import Stretch

NIGHTS = 14
"""About as long is a stretch: longer ones bound higher, and take too long."""

AIM = 0.01
"""By this share of the bound it is raised at the most: what would raise it further is left out of the stretches."""

ASKED_AGAIN_S = 0.1


class Kept(Protocol):
    """Whoever keeps the bound."""

    def raise_bound(self, bound: float) -> None: ...
    @property
    def is_over(self) -> bool: ...


class Raising:
    """At work from when it is made until every stretch had its share of the time, or ``stop``."""

    def __init__(self, pool: ThreadPoolExecutor, kept: Kept, table: StayTable, prices: Prices, clock: Clock) -> None:
        self._kept, self._table, self._prices, self._clock = kept, table, prices, clock
        self._stretch: Stretch | None = None
        self._is_stopped = False
        self._future: Future[None] = pool.submit(self._run)

    @property
    def is_at_work(self) -> bool:
        return not self._future.done()

    def stop(self) -> None:
        """Returns once it has stopped: asked again, since a solver that has only just begun does not hear it."""
        self._is_stopped = True
        while self.is_at_work:
            if self._stretch is not None:
                self._stretch.cancelSolve()
            wait([self._future], ASKED_AGAIN_S)
        self._future.result()

    def _run(self) -> None:
        stretches = stretches_of(self._table.nights)
        most, bound = max(1.0, AIM * self._prices.bound / len(stretches)), self._prices.bound
        for done, (first, last) in enumerate(stretches):
            self._stretch = Stretch(self._table, self._prices, first, last, most)
            if self._is_stopped or self._kept.is_over:
                return
            self._stretch.solve_within(self._clock.left() / (len(stretches) - done))
            bound += self._stretch.rise
            self._kept.raise_bound(bound)


def stretches_of(nights: int) -> Sequence[tuple[int, int]]:
    """First and last night of each, all about equally long."""
    count = max(1, round(nights / NIGHTS))
    ends = [nights * number // count for number in range(count + 1)]
    return [(begin, end - 1) for begin, end in pairwise(ends)]
