"""HiGHS, quiet, on one thread, and with a model over stays, rooms and nights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, wait

import highspy

from desk_app.domain.beds import StayTable

INFINITE = highspy.kHighsInf
THREADS = 2
"""So many solvers work at once."""

ASKED_AGAIN_S = 0.1
"""A solver that has only just begun does not hear that it should stop: it is asked again, so many seconds later."""

LEAST_PART = 1e-6
ROUGH, FINE = 1e-4, 1e-8
Entries = Sequence[tuple[int, float]]
"""The rows or columns that something has a part in, with its factor there."""


class Solver(highspy.Highs):
    """A model that is built column by column or row by row, and solved as often as it has grown."""

    def __init__(self) -> None:
        super().__init__()
        self.setOptionValue("threads", 1)

    def enableCallbacks(self) -> None:  # noqa: N802
        """Called while it is being made, and would greet on standard output."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()

    def add_rows(self, bounds: Sequence[tuple[float, float]], entries: Sequence[Entries] = ()) -> None:
        starts, places, factors = _flat(entries or [()] * len(bounds))
        lower, upper = [low for low, _ in bounds], [high for _, high in bounds]
        self.addRows(len(bounds), lower, upper, len(places), starts, places, factors)

    def drop_rows(self, rows: Sequence[int]) -> None:
        """Those after them move up."""
        self.deleteRows(len(rows), list(rows))

    def add_columns(self, costs: Sequence[float], entries: Sequence[Entries], is_whole: bool = False) -> None:
        starts, places, factors = _flat(entries)
        count, before = len(costs), self.getNumCol()
        none, one = [0.0] * count, [1.0 if is_whole else INFINITE] * count
        self.addCols(count, list(map(float, costs)), none, one, len(places), starts, places, factors)
        if is_whole:
            kind = [highspy.HighsVarType.kInteger] * count
            self.changeColsIntegrality(count, list(range(before, before + count)), kind)

    def solve_within(self, seconds: float) -> bool:
        """Whether it was solved to the end."""
        self.setOptionValue("time_limit", self.getRunTime() + seconds)
        self.run()
        return bool(self.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    @property
    def is_stopped(self) -> bool:
        """Whether time was over, or somebody stopped it, before it had a solution."""
        status = highspy.HighsModelStatus
        return self.getModelStatus() in (status.kTimeLimit, status.kInterrupt)

    def use_interior_point(self, is_used: bool) -> None:
        """From within, and not on to a corner: faster where it is large, a little off, and stays are parted more."""
        self.setOptionValue("solver", "ipm" if is_used else "choose")
        self.setOptionValue("run_crossover", "off" if is_used else "on")
        self.setOptionValue("ipm_optimality_tolerance", ROUGH if is_used else FINE)

    def lay_down_to_prove(
        self,
        rows: Mapping[tuple[int, int, int], int],
        bounds: list[tuple[float, float]],
        costs: Sequence[float],
        entries: Sequence[Entries],
        close: float,
    ) -> None:
        """In whole numbers, with the columns of sexes for the ``rows`` of beds; done once its cost is known to so much.

        No time for good solutions: only what none can undercut is asked for.
        """
        kept = kept_sexes(rows, bounds)
        self.add_rows(bounds)
        self.add_columns(costs, entries, is_whole=True)
        self.add_columns([0.0] * len(kept), [entry for _, entry in kept], is_whole=True)
        self.setOptionValue("mip_rel_gap", 0.0)
        self.setOptionValue("mip_abs_gap", close)
        self.setOptionValue("mip_heuristic_effort", 0.0)
        for way in ("feasibility_jump", "rins", "rens", "root_reduced_cost"):
            self.setOptionValue(f"mip_heuristic_run_{way}", False)

    def bar(self, columns: Sequence[int]) -> None:
        """These columns stay zero."""
        none = [0.0] * len(columns)
        self.changeColsBounds(len(columns), list(columns), none, none)

    def begin_with(self, values: Sequence[float]) -> None:
        """A solution that is known already."""
        known = highspy.HighsSolution()
        known.col_value = list(values)
        self.setSolution(known)

    def values(self) -> list[float]:
        """By column."""
        return list(self.getSolution().col_value)

    def worth(self) -> list[float]:
        """By row: what one more on its right side would change."""
        return list(self.getSolution().row_dual)

    @property
    def has_worth(self) -> bool:
        """Whether ``worth`` is of a solution: all zero may be one, too."""
        return bool(self.getSolution().dual_valid)

    @property
    def cost(self) -> float:
        return float(self.getInfo().objective_function_value)

    @property
    def least_cost(self) -> float:
        """Of a model in whole numbers: what no solution can undercut."""
        return float(self.getInfo().mip_dual_bound)


class BedModel(Solver):
    """A column for each stay without a room, then one for each pair that is added; no more stays than beds.

    Rows: the stays, then for each room its nights.
    """

    def __init__(self, table: StayTable) -> None:
        super().__init__()
        self.HandleUserInterrupt = True
        self.table = table
        self.pairs: list[tuple[int, int]] = []
        """Stay and room of each column after those of no room."""

        beds = [(-INFINITE, float(beds)) for beds in table.beds for _ in range(table.nights)]
        self.add_rows([(1.0, 1.0)] * len(table.stays) + beds)
        self.add_columns(table.unplaced_cost, [[(stay, 1.0)] for stay in table.stays])

    def add_pairs(self, pairs: Iterable[tuple[int, int]], is_whole: bool = False) -> None:
        new, table = list(pairs), self.table
        costs = [table.cost[stay][room] for stay, room in new]
        self.add_columns(costs, [self._entries(*pair) for pair in new], is_whole)
        self.pairs += new

    def shares(self) -> list[tuple[int, int, float]]:
        """Which part of which stay is in which room, where it is any; none before anything was found."""
        values = self.values()[len(self.table.stays) :]
        return [(*pair, value) for pair, value in zip(self.pairs, values, strict=False) if value > LEAST_PART]

    def _entries(self, stay: int, room: int) -> Entries:
        table = self.table
        begin = len(table.stays) + room * table.nights
        return [(stay, 1.0), *((begin + night, 1.0) for night in range(table.first[stay], table.last[stay] + 1))]


def end_solving(future: Future[bool], model: Solver) -> None:
    """Returns once the model is not being solved any more, or never will be by this future."""
    while not (future.cancel() or future.done()):
        model.cancelSolve()
        wait([future], ASKED_AGAIN_S)


def kept_sexes(
    rows: Mapping[tuple[int, int, int], int], bounds: list[tuple[float, float]]
) -> list[tuple[tuple[int, int, int], Entries]]:
    """The columns of sexes: beds are free for a sex only where its column is one, and one sex a night has it.

    ``rows`` are those of beds by room, night and sex (-1 where it does not matter); their ``bounds`` are changed, and
    one is added for each room and night that several sexes could have.
    """
    sexes: dict[tuple[int, int], list[int]] = {}
    for room, night, sex in rows:
        if sex >= 0:
            sexes.setdefault((room, night), []).append(sex)
    found: list[tuple[tuple[int, int, int], Entries]] = []
    for (room, night), several in sexes.items():
        if len(several) == 1:
            continue
        either = len(bounds)
        bounds.append((-INFINITE, 1.0))
        for sex in several:
            row = rows[room, night, sex]
            free = bounds[row][1]
            bounds[row] = (-INFINITE, 0.0)
            found.append(((room, night, sex), [(row, -free), (either, 1.0)]))
    return found


def _flat(entries: Sequence[Entries]) -> tuple[list[int], list[int], list[float]]:
    starts: list[int] = []
    places: list[int] = []
    factors: list[float] = []
    for each in entries:
        starts.append(len(places))
        places += [place for place, _ in each]
        factors += [factor for _, factor in each]
    return starts, places, factors
