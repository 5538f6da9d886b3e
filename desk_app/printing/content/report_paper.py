"""Reports on paper as values: each with its figure, its chart in black and white, its table and how it is counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from desk_app.application.desk import Desk
from desk_app.application.report_words import UNIT_WORDS, beside, beside_words, period_words, told, was, with_unit
from desk_app.application.reports.report import Chart, ChartKind, Figure, Period, Report, Unit
from desk_app.application.wording import clock, day_month, full_date
from desk_app.domain.dataclass import dataclass
from desk_app.printing.content.plain import plain

EMPTY = "Nothing in this period."


class ReportPart(NamedTuple):
    """A report, and the figure of the period before."""

    report: Report
    before: Figure | None


class Head(NamedTuple):
    """A column of a table; figures stand at its right."""

    text: str
    at_right: bool


class Strip(NamedTuple):
    """Upright bars beside each other, of one series: each with its name below and its figure above.

    ``parts`` are of the highest; None is no value.
    """

    name: str
    under: tuple[str, ...]
    over: tuple[str, ...]
    parts: tuple[float | None, ...]


class Grid(NamedTuple):
    """A heat map as the figures it shows."""

    across: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class PaperPart:
    """One report. ``bars`` are each row's share of the longest bar, of the chart's first series, ``bars_told``."""

    title: str
    figure: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]
    definition: str
    bars: tuple[float | None, ...] = ()
    bars_told: str = ""
    strips: tuple[Strip, ...] = ()
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """Everything that is printed; no patient is named."""

    title: str
    subtitle: str
    file_title: str
    printed: str
    parts: tuple[PaperPart, ...]


def report_paper(desk: Desk, period: Period, parts: Sequence[ReportPart]) -> ReportPaper:
    """As of now, by whoever is at the desk."""
    now, zone = desk.now(), desk.zone()
    when = f"{full_date(desk.today())} {clock(now, zone)}"
    return ReportPaper(
        f"Reports, {period_words(period)}",
        plain(f"{desk.catalogue().settings.name} · {beside_words(period)}"),
        f"Reports {period.first.isoformat()} {period.last.isoformat()}",
        plain(f"Printed {when} by {desk.actor.user_name}"),
        tuple(_part(*each) for each in parts),
    )


def _part(report: Report, before: Figure | None) -> PaperPart:
    chart = report.chart if report.rows else None
    return PaperPart(
        plain(report.title),
        plain(_figure(report.figure, before)),
        tuple(Head(plain(_head(column.title, column.unit)), column.unit is not Unit.TEXT) for column in report.columns),
        tuple(
            tuple(plain(told(cell, column.unit)) for cell, column in zip(row.cells, report.columns, strict=True))
            for row in report.rows
        ),
        plain(report.definition),
        *(_bars(chart) if chart is not None and chart.kind is ChartKind.BAR else ((), "")),
        _strips(chart) if chart is not None and chart.kind is ChartKind.LINE else (),
        _grid(chart) if chart is not None and chart.kind is ChartKind.HEAT else None,
    )


def _figure(figure: Figure | None, before: Figure | None) -> str:
    """``8.5 days, was 10.2``"""
    if figure is None or figure.value is None:
        return ""
    number = f"{told(figure.value, figure.unit)} {beside(figure)}".strip()
    return ", ".join(part for part in (number, figure.more, was(before)) if part)


def _head(title: str, unit: Unit) -> str:
    word = UNIT_WORDS.get(unit, "")
    return f"{title}, {word}" if word else title


def _bars(chart: Chart) -> tuple[tuple[float | None, ...], str]:
    name, first = next(iter(chart.series.items()))
    most = max((value for value in first if value is not None), default=0.0) or 1.0
    return tuple(None if value is None else value / most for value in first), plain(name)


def _strips(chart: Chart) -> tuple[Strip, ...]:
    most = max((value for line in chart.series.values() for value in line if value is not None), default=0.0) or 1.0
    under = tuple(day_month(date.fromisoformat(each)) for each in chart.x)
    return tuple(
        Strip(
            name,
            under,
            tuple("" if value is None else told(value, chart.unit) for value in line),
            tuple(None if value is None else value / most for value in line),
        )
        for name, line in chart.series.items()
    )


def _grid(chart: Chart) -> Grid:
    rows = ((name, tuple(_in_grid(value, chart.unit) for value in values)) for name, values in chart.series.items())
    return Grid(chart.x, tuple(rows))


def _in_grid(value: float | None, unit: Unit) -> str:
    if value is None:
        return ""
    return with_unit(value, unit) if unit is Unit.SHARE else told(round(value), unit)
