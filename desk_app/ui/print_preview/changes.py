"""Printing and saving as changes: the sheet is made anew on the worker, so that paper never shows an older day."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.read_models import PrintedSheet
from desk_app.application.wording import count, weekday_date
from desk_app.printing.content.sheet import SheetContent
from desk_app.printing.sheets import day_sheet, record_sheet, save_pdf
from desk_app.ui.operations.change import Change, Refused
from desk_app.ui.print_preview.sheet_choice import SheetChoice

Then = Callable[[object], object]


def sending(choice: SheetChoice, printer: QPrinter, then: Then, refused: Refused) -> Change:
    """Paints on a printer that the system's dialog has set up."""

    def work(desk: Desk) -> Outcome[PrintedSheet]:
        from desk_app.printing.painting.printer import send

        content = _content(desk, choice)
        send(content, printer)
        return _recorded(desk, choice, content, "printer")

    name, copies = printer.printerName(), printer.copyCount()
    many = f", {count(copies, 'copy', 'copies')}" if copies > 1 else ""
    said = f"Sheet for {weekday_date(choice.day)} sent to the queue {name}{many}"
    return Change(work, lambda desk, outcome: said, then, refused=refused)


def saving(choice: SheetChoice, path: Path, then: Then, refused: Refused) -> Change:
    """Writes the PDF."""

    def work(desk: Desk) -> Outcome[PrintedSheet]:
        content = _content(desk, choice)
        save_pdf(content, path, choice.paper)
        return _recorded(desk, choice, content, "pdf")

    said = f"Sheet for {weekday_date(choice.day)} saved as {path.name}"
    return Change(work, lambda desk, outcome: said, then, refused=refused)


def _content(desk: Desk, choice: SheetChoice) -> SheetContent:
    return day_sheet(desk, choice.day, choice.kind, choice.profile)


def _recorded(desk: Desk, choice: SheetChoice, content: SheetContent, way: str) -> Outcome[PrintedSheet]:
    return record_sheet(desk, choice.day, choice.kind, choice.profile, content, way)
