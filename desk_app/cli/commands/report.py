"""``report``: one report of a period, as a table, as JSON or as CSV."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from desk_app.application.reports.report import Cell, Column, Period, Report, Unit
from desk_app.application.use_cases import reporting
from desk_app.cli import output
from desk_app.cli.answer import Answer
from desk_app.cli.program import Program
from desk_app.interop.report_csv import csv_of
from desk_app.printing.files import replace_file


def report(program: Program, args: Namespace) -> Answer:
    desk = program.desk()
    period = Period(args.first, args.last or desk.today())
    made = reporting.make(desk, args.report, period)
    if args.csv is not None:
        replace_file(args.csv, csv_of(made).encode())
    return Answer(_document(made, period.first, period.last), [*_table(made), "", made.definition])


def _document(made: Report, first: date, last: date) -> output.Json:
    return {
        "report": made.code,
        "title": made.title,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "definition": made.definition,
        "columns": [{"title": column.title, "unit": column.unit.value} for column in made.columns],
        "rows": [list(row.cells) for row in made.rows],
    }


def _table(made: Report) -> list[str]:
    if not made.rows:
        return [f"{made.title}: nothing in this period."]
    lines = [[column.title or made.title for column in made.columns]]
    for row in made.rows:
        lines.append([_told(cell, column) for cell, column in zip(row.cells, made.columns, strict=True)])
    widths = [max(len(line[place]) for line in lines) for place in range(len(made.columns))]
    return ["  ".join(_padded(text, widths[place], place) for place, text in enumerate(line)) for line in lines]


def _padded(text: str, width: int, place: int) -> str:
    return text.ljust(width) if place == 0 else text.rjust(width)


def _told(cell: Cell, column: Column) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, str):
        return cell
    if column.unit is Unit.SHARE:
        return f"{cell:.0%}"
    return f"{cell:.1f}" if isinstance(cell, float) else str(cell)
