"""Printing and saving a letter as changes: it is composed anew on the worker, so that paper never shows old times."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.use_cases.letters import LetterWish, compose, record
from desk_app.application.wording import LETTER_WORDS, count
from desk_app.domain.call_records import Letter
from desk_app.printing.content.letter import letter_content
from desk_app.printing.sheets import save_pdf
from desk_app.ui.operations.change import Change, Refused

Then = Callable[[object], object]


def sending(wish: LetterWish, printer: QPrinter, then: Then, refused: Refused) -> Change:
    """Paints on a printer that the system's dialog has set up."""

    def work(desk: Desk) -> Outcome[Letter]:
        from desk_app.printing.painting.printer import send

        draft = compose(desk, wish)
        send(letter_content(desk, draft), printer)
        return record(desk, draft, "printer")

    name, copies = printer.printerName(), printer.copyCount()
    many = f", {count(copies, 'copy', 'copies')}" if copies > 1 else ""
    said = f"{LETTER_WORDS[wish.kind.value]} sent to the queue {name}{many}"
    return Change(work, lambda desk, outcome: said, then, refused=refused)


def saving(wish: LetterWish, path: Path, paper: str, then: Then, refused: Refused) -> Change:
    """Writes the PDF."""

    def work(desk: Desk) -> Outcome[Letter]:
        draft = compose(desk, wish)
        save_pdf(letter_content(desk, draft), path, paper)
        return record(desk, draft, "pdf")

    said = f"{LETTER_WORDS[wish.kind.value]} saved as {path.name}"
    return Change(work, lambda desk, outcome: said, then, refused=refused)
