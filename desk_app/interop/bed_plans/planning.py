"""A plan within a time: with HiGHS on two threads where it is installed, else with the plain engine.

Where OR-Tools is there too it lays out the large ones. Both let other threads work while they solve, so that the
threads need no processes of their own. Only the thread that asked for the plan touches the board.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from importlib.util import find_spec
from itertools import accumulate
from math import isfinite
from threading import Lock
from typing import TYPE_CHECKING, Any

from desk_app.domain.beds import (
    UNPLACED,
    BedInstance,
    BedPlan,
    Clock,
    Report,
    Search,
    StayTable,
    first_plan,
    plain_plan,
    priced,
    prove_small,
)

if TYPE_CHECKING:
    from desk_app.interop.bed_plans.dive import Dive
    from desk_app.interop.bed_plans.raising import Raising
    from desk_app.interop.bed_plans.solver import Solver

SEARCHED_FOR = 0.015
SETTLED_UNTIL = 0.5
"""Shares of the time: for the plain search, and until the sexes of rooms are settled."""

SWEPT_FROM, SWEPT_UNTIL = 0.15, 0.7
"""Shares of the time: a sweep of the nights begins at the latest by the first, and aims at the second."""

FEW_ONE_SEX, FULL = 0.45, 0.96
"""Of all beds: no more in one-sex rooms than the first, since a dive settles sexes better; but a dive leaves many
without a bed where the stays of some night ask for more than the second."""

FAR = 1.2
"""A plan that costs so many times its bound after a dive is not worth going on with."""

MOST_STEPS, FEWEST_STEPS = 10, 2
FURTHER_STEPS, DIVED_UNTIL = (14, 20, 28), 0.2
"""Where it is quick they are settled again in more steps: each time it ends otherwise, and the best is gone on with."""

A_STEP = 0.6
"""Of a round's time: with sexes settled there is less to solve."""

SETTLED_AT_LAST = 0.65
LAID_OUT_FOR = 0.08
TOLD_EVERY_S = 0.5

USED = 0.97
"""Of the time that is given: a solver may need some seconds until it hears that it should stop."""


def plan_beds(instance: BedInstance, seconds: float, report: Report) -> BedPlan:
    """The best plan found within the time, with the cost that no plan can undercut. Ctrl+C ends it early."""
    clock, table = Clock(USED * seconds), StayTable(instance)
    if not has_solver():
        places, bound = plain_plan(table, clock, report)
    else:
        work = _Work(table, clock, report)
        work.run()
        places, bound = work.best, work.bound
    return priced(instance, table.named(places), bound)


def has_solver() -> bool:
    """Whether HiGHS is installed: without it plans are dearer where they are large, and their bounds lower."""
    return find_spec("highspy") is not None


def suits_a_sweep(table: StayTable) -> bool:
    """Whether a sweep of the nights comes nearer to the bound than a dive, as far as is known from large instances."""
    beds, coming = sum(table.beds), [0] * (table.nights + 1)
    for stay in table.stays:
        coming[table.first[stay]] += 1
        coming[table.last[stay] + 1] -= 1
    in_one_sex = sum(table.beds[room] for room in table.rooms if table.is_one_sex[room])
    return in_one_sex <= FEW_ONE_SEX * beds or max(accumulate(coming)) > FULL * beds


class _Work:
    """``best`` and ``bound`` are right at any moment."""

    def __init__(self, table: StayTable, clock: Clock, report: Report) -> None:
        self._table, self._clock, self._report = table, clock, report
        self._board = first_plan(table)
        self.best, self.best_cost, self.bound = tuple(self._board.place), self._board.cost, table.least_ever
        self._at_work: Solver | None = None
        self._raising: Raising | None = None
        self._is_stopped, self._lock = False, Lock()

    def run(self) -> None:
        from desk_app.interop.bed_plans.solver import THREADS

        with ThreadPoolExecutor(THREADS) as pool:
            try:
                self._prove_or_improve(pool)
            except KeyboardInterrupt:
                return
            finally:
                self._is_stopped = True
                if self._at_work is not None:
                    self._at_work.cancelSolve()
                if self._raising is not None:
                    self._raising.stop()

    @property
    def is_over(self) -> bool:
        return self._is_stopped or self.bound >= self.best_cost or self._clock.gone() >= 1

    def keep(self, places: Sequence[int]) -> None:
        cost = self._table.cost_of(places)
        if cost < self.best_cost:
            self.best, self.best_cost = tuple(places), cost
        self.tell()

    def tell(self) -> None:
        """How far it is, to whoever watches."""
        self._report(self.best_cost, self.bound)

    def raise_bound(self, bound: float) -> None:
        if isfinite(bound):
            with self._lock:
                self.bound = max(self.bound, min(self.best_cost, self._table.least(bound)))

    def _prove_or_improve(self, pool: ThreadPoolExecutor) -> None:
        from desk_app.interop.bed_plans.pieces import Pieces
        from desk_app.interop.bed_plans.raising import Raising

        places, is_proven = prove_small(self._table, self._board)
        self.keep(places)
        if is_proven:
            self.bound = self.best_cost
            return
        self._raising = Raising(pool, self, self._table, self._clock)
        self._search()
        self._await(self._raising.dive)
        if self.is_over or (dive := self._raising.dive.result()) is None:
            return
        can_sweep = self._raising.relaxation.is_large and find_spec("ortools") is not None
        is_dived = not can_sweep or not suits_a_sweep(self._table)
        if is_dived:
            dive = self._dive_again_and_again(pool, dive)
        is_in_vain = self._has_time(SWEPT_UNTIL) and self.best_cost > FAR * self.bound
        if can_sweep and (is_in_vain or not is_dived):
            self._sweep_nights(pool)
        if not self.is_over:
            Pieces(pool, self, self._board, dive.parts, self._raising).run(self._clock)

    def _sweep_nights(self, pool: ThreadPoolExecutor) -> None:
        """On both threads; the bound is raised further after it."""
        from desk_app.interop.bed_plans.sweep import Sweep

        assert self._raising is not None
        self._raising.end_with_rounds()
        self._await(self._raising.converged, until=SWEPT_FROM)
        self._raising.pause()
        try:
            Sweep(pool, self, self._board, self._raising.relaxation.prices).run(self._clock, SWEPT_UNTIL)
        finally:
            self.keep(self._board.place)  # all have been put somewhere, however it ended
        if not self.is_over:
            self._board.lay(self.best)  # an earlier one may cost less
            self._raising.resume()

    def _dive_again_and_again(self, pool: ThreadPoolExecutor, dive: Dive) -> Dive:
        """In more steps each time, as long as there is time; the board has the best plan of all. The last dive."""
        from desk_app.interop.bed_plans.dive import Dive

        assert self._raising is not None
        steps = round(self._clock.left(SETTLED_UNTIL) / max(A_STEP * dive.round_s, 1e-3))
        places = self._plan_by(pool, dive, min(MOST_STEPS, max(FEWEST_STEPS, steps)))
        for steps in FURTHER_STEPS:
            self._await(self._raising.converged, until=DIVED_UNTIL)
            if not self._has_time(DIVED_UNTIL):
                break
            dive = Dive(self._raising.relaxation)
            places = min(places, self._plan_by(pool, dive, steps), key=self._table.cost_of)
        if not self.is_over:
            self._board.lay(places)  # its sexes are settled well, though another may cost less as yet
        return dive

    def _has_time(self, until: float) -> bool:
        return not self.is_over and self._clock.left(until) > 0

    def _plan_by(self, pool: ThreadPoolExecutor, dive: Dive, steps: int) -> tuple[int, ...]:
        self._await(pool.submit(self._settle, dive, steps), dive.model)
        if not self.is_over:
            self._lay_out(pool, dive)
        return tuple(self._board.place) if dive.shares else self.best

    def _search(self) -> None:
        """What the plain search finds at once: enough where there is no time for more."""
        search = Search(self._board)
        try:
            search.run(self._clock.stretch(self._clock.gone() + SEARCHED_FOR))
        finally:
            self.keep(search.best)

    def _settle(self, dive: Dive, steps: int) -> None:
        """On another thread: the sexes of the rooms, as far as there is time."""
        for share in shares_to_settle(steps):
            if not self._is_stopped and (share == 1 or self._clock.left(SETTLED_UNTIL)):
                dive.settle(share)
                dive.model.use_interior_point(dive.is_large and share < 1)
                dive.improve(self._clock.left(SETTLED_AT_LAST))
                self.raise_bound(dive.bound)

    def _lay_out(self, pool: ThreadPoolExecutor, dive: Dive) -> None:
        """A plan from the parts of stays that the bound comes from."""
        from desk_app.interop.bed_plans.settled import lay_out, parted

        self._board.lay([UNPLACED] * len(self.best))
        lay_out(self._board, dive.shares)
        self.keep(self._board.place)
        rest = parted(self._board, dive)
        seconds = self._clock.left(min(1.0, max(SETTLED_UNTIL, self._clock.gone() + LAID_OUT_FOR)))
        self._await(pool.submit(rest.model.solve_within, seconds), rest.model)
        if not self.is_over:
            rest.settle_found()
            self.keep(self._board.place)

    def _await(self, solving: Future[Any], model: Solver | None = None, until: float = 1.0) -> None:
        """Until another thread is done, whose fault is raised here, or time is over."""
        self._at_work = model
        while not solving.done() and (left := self._clock.left(until)):
            wait([solving], min(left, TOLD_EVERY_S))
            self.tell()
        if solving.done():
            solving.result()


def shares_to_settle(steps: int) -> list[float]:
    """The share of the nights that is settled after each step: smaller steps towards the end."""
    return [1 - (1 - step / steps) ** 1.5 for step in range(1, steps + 1)]
