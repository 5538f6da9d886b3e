"""A report as a value: a table with what its figures mean, its chart, and the records behind each line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from desk_app.application.outcome import Record
from desk_app.domain.dataclass import dataclass

Cell = str | int | float | None
MOST_RECORDS = 500
"""So many records are named behind a line; a line tells how many there are."""


@dataclass(frozen=True, slots=True)
class Period:
    """Local days, both inclusive."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Period:
        """As many days just before; beside a single day the same weekday of the week before."""
        by = timedelta(days=7 if self.days == 1 else self.days)
        return Period(self.first - by, self.last - by)


class Unit(StrEnum):
    """What a column's figures are; ``share`` is of one."""

    TEXT = "text"
    COUNT = "count"
    DAYS = "days"
    HOURS = "hours"
    MINUTES = "minutes"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    unit: Unit = Unit.TEXT


@dataclass(frozen=True, slots=True)
class ReportRow:
    """``records`` are what the line was counted from, ``record`` their kind.

    ``values`` are what each of them says by itself, in ``unit``, and ``values_told`` what that is.
    """

    cells: tuple[Cell, ...]
    records: tuple[int, ...] = ()
    record: Record | None = None
    values: tuple[float, ...] = ()
    unit: Unit = Unit.TEXT
    values_told: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number to look at first. ``more`` says what it is of; ``behind`` are the records it was counted from.

    ``warns``: somebody should look at it.
    """

    title: str
    value: float | None
    unit: Unit
    more: str = ""
    behind: ReportRow = ReportRow(())
    warns: bool = False
    of: int | None = None
    """``3 of 41``: what a count is counted among."""


class ChartKind(StrEnum):
    BAR = "bar"
    LINE = "line"
    HEAT = "heat"


@dataclass(frozen=True, slots=True)
class Chart:
    """``series`` by name, one value an ``x``; of a heat map each series is a line of it. None is no value."""

    kind: ChartKind
    x: tuple[str, ...]
    series: Mapping[str, tuple[float | None, ...]]
    unit: Unit


@dataclass(frozen=True, slots=True)
class Report:
    """``definition`` says under the figures how they are counted; ``summary`` is the period in one sentence."""

    code: str
    title: str
    definition: str
    columns: tuple[Column, ...]
    rows: tuple[ReportRow, ...]
    chart: Chart | None = None
    summary: str = ""
    figure: Figure | None = None


def bars(rows: Sequence[ReportRow], unit: Unit, **columns: int) -> Chart | None:
    """The lines' first cells along, the named columns as bars; None where there is nothing to show."""
    if not rows:
        return None
    series = {
        name.replace("_", " "): tuple(number(row.cells[place]) for row in rows) for name, place in columns.items()
    }
    return Chart(ChartKind.BAR, tuple(str(row.cells[0]) for row in rows), series, unit)


def number(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None
