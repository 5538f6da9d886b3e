"""``report``: one report of a period, as a table, as JSON, as CSV or as PDF."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from desk_app.application.report_words import UNIT_WORDS, told
from desk_app.application.reports.report import Column, Period, Report
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
    if args.pdf is not None:
        from desk_app.printing.content.report_paper import ReportPart, report_paper
        from desk_app.printing.reports import save_report_pdf

        before = reporting.make(desk, args.report, period.before).figure
        save_report_pdf(report_paper(desk, period, [ReportPart(made, before)]), args.pdf, args.paper)
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
    lines = [[_head(column) or made.title for column in made.columns]]
    for row in made.rows:
        lines.append([told(cell, column.unit) for cell, column in zip(row.cells, made.columns, strict=True)])
    widths = [max(len(line[place]) for line in lines) for place in range(len(made.columns))]
    return ["  ".join(_padded(text, widths[place], place) for place, text in enumerate(line)) for line in lines]


def _head(column: Column) -> str:
    unit = UNIT_WORDS.get(column.unit, "")
    return f"{column.title}, {unit}" if unit else column.title


def _padded(text: str, width: int, place: int) -> str:
    return text.ljust(width) if place == 0 else text.rjust(width)
