"""A report as CSV for a spreadsheet: UTF-8 with a mark, and no cell that a spreadsheet would take for a formula."""

from __future__ import annotations

import csv
import io

from desk_app.application.reports.report import Cell, Report, Unit

MARK = "\ufeff"
"""So that spreadsheets read it as UTF-8."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Beginnings that a spreadsheet acts upon; a quote before them makes them text (OWASP, CSV injection)."""


def csv_of(report: Report) -> str:
    """The table, its definition as the last line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_head(column.title, column.unit) for column in report.columns])
    for row in report.rows:
        writer.writerow([_cell(cell) for cell in row.cells])
    writer.writerow([])
    writer.writerow([safe(report.definition)])
    return MARK + text.getvalue()


def safe(text: str) -> str:
    """The same text, never a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _head(title: str, unit: Unit) -> str:
    told = "" if unit in (Unit.TEXT, Unit.COUNT) else f" ({unit.value})"
    return safe(title + told)


def _cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe(cell)
    return round(cell, 4) if isinstance(cell, float) else cell
