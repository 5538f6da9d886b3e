"""A report as a value: a table with what its figures mean, its chart, and the records behind each line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desk_app.application.outcome import Record

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
    """``records`` are what the line was counted from, ``record`` their kind."""

    cells: tuple[Cell, ...]
    records: tuple[int, ...] = ()
    record: Record | None = None


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
    notes: tuple[str, ...] = field(default=())


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
