"""Printing and saving as changes: the paper is made anew on the worker, so that it never shows an older day."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.read_models import PrintedSheet
from desk_app.application.wording import count
from desk_app.printing.sheets import Prepared, save_pdf
from desk_app.ui.operations.change import Change, Refused

Then = Callable[[object], object]
Prepare = Callable[[Desk], Prepared]


def sending(prepare: Prepare, what: str, printer: QPrinter, then: Then, refused: Refused) -> Change:
    """Paints on a printer that the system's dialog has set up; ``what`` begins the sentence that says so."""

    def work(desk: Desk) -> Outcome[PrintedSheet] | Outcome[int]:
        from desk_app.printing.painting.printer import send

        paper = prepare(desk)
        send(paper.content, printer)
        return paper.record("printer")

    name, copies = printer.printerName(), printer.copyCount()
    many = f", {count(copies, 'copy', 'copies')}" if copies > 1 else ""
    said = f"{what} sent to the queue {name}{many}"
    return Change(work, lambda desk, outcome: said, then, refused=refused)


def saving(prepare: Prepare, what: str, path: Path, paper: str, then: Then, refused: Refused) -> Change:
    """Writes the PDF."""

    def work(desk: Desk) -> Outcome[PrintedSheet] | Outcome[int]:
        made = prepare(desk)
        save_pdf(made.content, path, paper)
        return made.record("pdf")

    said = f"{what} saved as {path.name}"
    return Change(work, lambda desk, outcome: said, then, refused=refused)
