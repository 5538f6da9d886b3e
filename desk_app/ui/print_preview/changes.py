"""Printing and saving: the paper is made anew, so that it never shows an older day, and noted once it has gone out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtPrintSupport import QPrinter

from desk_app.application.desk import Desk
from desk_app.application.wording import count
from desk_app.printing.progress import Progress
from desk_app.printing.sheets import Prepared, save_pdf
from desk_app.ui.operations.change import Change, Refused
from desk_app.ui.operations.long_work import LongWork

Prepare = Callable[[Desk], Prepared]


class Following(NamedTuple):
    """What comes of it in the preview: it is done, it is refused, it was stopped."""

    done: Callable[[object], object]
    refused: Refused
    stopped: Callable[[], object]


def sending(prepare: Prepare, what: str, printer: QPrinter, following: Following) -> LongWork[Prepared]:
    """Paints on a printer that the system's dialog has set up; ``what`` begins the sentence that says so."""

    def make(paper: Prepared, progress: Progress) -> None:
        from desk_app.printing.painting.printer import send

        send(paper.content, printer, progress)

    name, copies = printer.printerName(), printer.copyCount()
    many = f", {count(copies, 'copy', 'copies')}" if copies > 1 else ""
    return _work(prepare, what, make, "printer", f"{what} sent to the queue {name}{many}", following)


def saving(prepare: Prepare, what: str, path: Path, paper: str, following: Following) -> LongWork[Prepared]:
    """Writes the PDF."""

    def make(made: Prepared, progress: Progress) -> None:
        save_pdf(made.content, path, paper, progress)

    return _work(prepare, what, make, "pdf", f"{what} saved as {path.name}", following)


def _work(
    prepare: Prepare,
    what: str,
    make: Callable[[Prepared, Progress], None],
    way: str,
    said: str,
    following: Following,
) -> LongWork[Prepared]:
    def note(paper: Prepared) -> Change:
        return Change(
            lambda _: paper.record(way), lambda desk, outcome: said, following.done, refused=following.refused
        )

    return LongWork(what, prepare, make, note, following.refused, following.stopped)
