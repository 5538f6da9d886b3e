"""Days laid on the grid of cells, in runs: short ones first, since most searches are answered by the next days.

Where a local midnight does not lie on the running grid, a new grid begins, and with it a new run.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from desk_app.domain.dataclass import dataclass
from desk_app.domain.zone import midnight

TAIL_DAYS = 4
"""Chains may run over midnight and a night into the next days: the grid reaches that far beyond its last day."""

FIRST_DAYS = 56
"""Days of the first run of a grid; every further one is twice as long."""

HEAD_S = 86_400
"""A run that follows another on the same grid also sees the day before its first."""


@dataclass(frozen=True, slots=True)
class Run:
    """Days whose midnights share one grid. ``first_cells[n]`` is the cell of day ``n``'s midnight."""

    first_day: date
    days: int
    start_s: int
    cell_s: int
    first_cells: tuple[int, ...]
    size: int

    def cell(self, seconds: int) -> int:
        """The cell an instant lies in (floor)."""
        return (seconds - self.start_s) // self.cell_s

    def cell_up(self, seconds: int) -> int:
        """The first cell that begins at or after an instant (ceiling)."""
        return -((self.start_s - seconds) // self.cell_s)

    def seconds(self, cell: int) -> int:
        return self.start_s + cell * self.cell_s

    def instant(self, cell: int) -> datetime:
        return datetime.fromtimestamp(self.seconds(cell), UTC)

    def number_of(self, day: date) -> int:
        return (day - self.first_day).days

    def has(self, day: date) -> bool:
        return 0 <= self.number_of(day) < self.days

    def cells_of(self, day: date) -> tuple[int, int]:
        """``[start, end)`` of a day in cells."""
        number = self.number_of(day)
        return self.first_cells[number], self.first_cells[number + 1]


def lay_out(first_day: date, days: int, cell_minutes: int, zone: ZoneInfo) -> list[Run]:
    """The days in order; one grid carries them all wherever clock changes are whole multiples of a cell."""
    cell_s = cell_minutes * 60
    midnights = [_seconds(midnight(first_day + timedelta(days=n), zone)) for n in range(days + 1)]
    runs: list[Run] = []
    begin = 0
    for number in range(1, days + 1):
        if (midnights[number] - midnights[begin]) % cell_s or number == days:
            runs += _runs(first_day, midnights, begin, number, cell_s)
            begin = number
    return runs


def _runs(first_day: date, midnights: list[int], begin: int, end: int, cell_s: int) -> Iterator[Run]:
    """The runs of one grid."""
    at, length, head = begin, FIRST_DAYS, 0
    while at < end:
        stop = min(at + length, end)
        yield _run(first_day, midnights, at, stop, cell_s, head)
        at, length, head = stop, 2 * length, HEAD_S


def _run(first_day: date, midnights: list[int], begin: int, end: int, cell_s: int, head: int) -> Run:
    start = midnights[begin] - head
    firsts = tuple(-((start - midnights[n]) // cell_s) for n in range(begin, end + 1))
    size = firsts[-1] + TAIL_DAYS * 25 * 3600 // cell_s
    return Run(first_day + timedelta(days=begin), end - begin, start, cell_s, firsts, size)


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())
