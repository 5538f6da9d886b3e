"""What every preview has: the real pages, a few choices, and two ways out: the printer and a PDF.

Enter prints (or saves, where there is no printer), Esc stops that, else leaves. What is shown follows every change
it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.application.desk import Desk
from desk_app.application.outcome import Changes
from desk_app.domain.faults import FrontDeskFault
from desk_app.printing.pages.items import Pages
from desk_app.printing.pages.lay_out import Content, lay_out, paper_for
from desk_app.printing.painting.fonts import letters
from desk_app.printing.painting.printer import printer_names
from desk_app.printing.papers import PAPERS, paper_of
from desk_app.ui.feedback import fault_text
from desk_app.ui.fonts import Type
from desk_app.ui.operations.long_work import LongWork
from desk_app.ui.print_preview import asking
from desk_app.ui.print_preview.changes import Following
from desk_app.ui.print_preview.choice import Choice
from desk_app.ui.print_preview.paper_view import PaperView
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.alive import while_alive
from desk_app.ui.widgets.buttons import KeyButton, flat_button

SIZE = QSize(1080, 860)
PAGES = "print_preview"
NO_PRINTER = "No printer is set up on this computer. Save it as PDF instead."


class Made(NamedTuple):
    """What was composed on the worker; ``told`` is said beside the buttons, ``code`` is for whoever composed it."""

    content: Content
    told: str = ""
    code: str = ""


class PaperDialog(QDialog):
    """Opened with :meth:`open`; goes by itself once the paper is on its way. Subclasses say what it is about."""

    def __init__(
        self,
        services: Services,
        heading: str,
        choices: Sequence[Choice],
        paper: str,
        parent: QWidget,
        side: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.services = services
        self._paper = Choice("Paper", [(name, name) for name in PAPERS])
        self._paper.choose(paper)
        self._choices = (*choices, self._paper)
        for choice in self._choices:
            choice.chosen.connect(self._on_chosen)
        self._has_printer = bool(printer_names())
        self.view = PaperView()
        self._page = texts.label("", Type.SMALL, role="text2")
        self._told = texts.label("" if self._has_printer else NO_PRINTER, Type.SMALL, role="text2", wrap=True)
        self.save = KeyButton("Save PDF", "Ctrl+S" if self._has_printer else "Enter", "pdf", not self._has_printer)
        self.print = KeyButton("Print…", "Enter", "print", primary=True)
        self.stop = KeyButton("Stop", "Esc", "close")
        self._under_way: LongWork[Any] | None = None
        self._lay_out(heading, side)
        self._connect()

    # What a subclass says

    def composing(self) -> Callable[[Desk], Made]:
        """Makes what is shown; on the worker."""
        raise NotImplementedError

    def sending(self, printer: QPrinter) -> LongWork[Any]:
        raise NotImplementedError

    def saving(self, path: Path) -> LongWork[Any]:
        raise NotImplementedError

    def file_name(self) -> str:
        """Names no patient."""
        raise NotImplementedError

    def concerns(self, changes: Changes) -> bool:
        raise NotImplementedError

    def on_made(self, made: Made) -> None:
        """What was composed is shown."""

    def on_chosen(self) -> None:
        """A person has chosen otherwise."""

    # What it does

    def paper(self) -> str:
        return self._paper.value()

    def told(self) -> str:
        """What is said beside the buttons."""
        return self._told.text()

    def load(self) -> None:
        """Reads on the worker and makes the pages on the one for paper; only the last ones asked for are shown."""
        compose, paper, office = self.composing(), self.paper(), self.services.office

        def make_pages(made: Made) -> None:
            self.services.operations.papers.submit(
                lambda: (made, lay_out(made.content, paper_for(made.content, paper), letters())),
                while_alive(self, self._on_made),
                while_alive(self, self._on_not_made),
                key=PAGES,
            )

        self.services.tasks.submit(
            lambda: compose(office.desk),
            while_alive(self, make_pages),
            while_alive(self, self._on_not_made),
            key=PAGES,
        )

    def print_sheet(self) -> None:
        """The system's print dialog, or the PDF where there is no printer."""
        if not self._has_printer:
            self.save_sheet()
        elif self.view.count and self._under_way is None:
            shown = self.view.pages
            paper = paper_of(self.paper(), shown is not None and shown.paper.is_turned)
            asking.ask_printer(self, self.services.memory, paper, self.view.count, self._on_printer_chosen)

    def save_sheet(self) -> None:
        if self.view.count and self._under_way is None:
            asking.ask_file(self, self.services.memory, self.file_name(), self.save_to)

    def save_to(self, path: Path) -> None:
        self._start(self.saving(path), "Saving …")

    def following(self) -> Following:
        """What comes of printing or saving, while the preview is there."""
        return Following(self.on_done, self.refuse, lambda: while_alive(self, self._on_stopped)(None))

    def reject(self) -> None:
        """First whatever is under way is stopped."""
        if self._under_way is None:
            super().reject()
        elif not self.services.operations.long_works.stop(self._under_way):
            self.say("Too late to stop: it is on its way.")

    def say(self, text: str, role: str = "text2") -> None:
        texts.color_label(self._told, role)
        self._told.setText(text)

    def on_done(self, _: object) -> None:
        """Noted too: the preview has done its work."""
        while_alive(self, lambda _: self.accept())(None)

    def refuse(self, fault: Exception) -> bool:
        """Says it here, where the person is looking."""
        if not isinstance(fault, FrontDeskFault):
            return False
        while_alive(self, self._on_refused)(fault)
        return True

    def _on_printer_chosen(self, printer: QPrinter) -> None:
        """A dialog that was asked to print into a file saves the PDF our way: whole or not at all."""
        if printer.outputFileName():
            self.save_to(Path(printer.outputFileName()))
            return
        self._start(self.sending(printer), "Sending …")

    def _start(self, work: LongWork[Any], told: str) -> None:
        """Nothing else is printed meanwhile."""
        self._show_under_way(work)
        self.say(told)
        self.services.operations.long_works.run(work)

    def _show_under_way(self, work: LongWork[Any] | None) -> None:
        had_keyboard = self.stop.hasFocus()
        self._under_way = work
        self.stop.setVisible(work is not None)
        self.save.setVisible(work is None)
        self.print.setVisible(work is None and self._has_printer)
        if had_keyboard and work is None:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_told(self, text: str, work: object) -> None:
        if work is self._under_way:
            self.say(text)

    def _on_stopped(self, _: object) -> None:
        self._show_under_way(None)
        self.say("Stopped. Nothing went out.")

    def _on_made(self, answer: tuple[Made, Pages]) -> None:
        made, pages = answer
        self.view.show_pages(pages)
        told = [made.told, "" if self._has_printer else NO_PRINTER]
        self.say(" ".join(part for part in told if part))
        self.on_made(made)

    def _on_not_made(self, fault: Exception) -> None:
        """Nothing is printed that is not what was chosen."""
        self.view.show_pages(Pages(paper_of(self.paper()), "", ()))
        self._on_failed(fault)

    def _on_refused(self, fault: Exception) -> None:
        self._show_under_way(None)
        self._on_failed(fault)

    def _on_failed(self, fault: Exception) -> None:
        if not isinstance(fault, FrontDeskFault):
            raise fault
        self.say(fault_text(fault, self.services.office.catalogue), "bad")

    def _on_chosen(self) -> None:
        self.on_chosen()
        self.load()

    def _on_changed(self, changes: Changes) -> None:
        if self.concerns(changes):
            self.load()

    def _on_page_changed(self, page: int, count: int) -> None:
        self._page.setText(f"Page {page} of {count}" if count else "")

    def _connect(self) -> None:
        self.view.page_changed.connect(self._on_page_changed)
        self.print.clicked.connect(self.print_sheet)
        self.save.clicked.connect(self.save_sheet)
        self.stop.clicked.connect(self.reject)
        self.services.operations.long_works.told.connect(self._on_told)
        for keys, act in (("Ctrl+P", self.print_sheet), ("Ctrl+S", self.save_sheet)):
            QShortcut(QKeySequence(keys), self, act)
        self.services.bus.changed.connect(self._on_changed)

    def _lay_out(self, heading: str, side: QWidget | None) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(SIZE.boundedTo(self.screen().availableSize()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head(heading))
        middle = QHBoxLayout()
        middle.setSpacing(0)
        if side is not None:
            middle.addWidget(side)
        middle.addWidget(self.view, 1)
        column.addLayout(middle, 1)
        column.addWidget(self._foot())
        (self.print if self._has_printer else self.save).setDefault(True)
        self.print.setVisible(self._has_printer)
        self.stop.hide()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self, heading: str) -> QWidget:
        head = QFrame()
        head.setObjectName("toolbar")
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        row.addWidget(texts.label(heading, Type.TITLE, QFont.Weight.DemiBold, wrap=True), 1)
        for choice in self._choices:
            row.addWidget(choice)
        return head

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setObjectName("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        for icon, name, by in (("left", "Previous page", -1), ("right", "Next page", 1)):
            turn = flat_button(icon, name)
            turn.clicked.connect(partial(self.view.turn, by))
            row.addWidget(turn)
        row.addWidget(self._page)
        row.addSpacing(16)
        row.addWidget(self._told, 1)
        for button in (self.save, self.print, self.stop):
            button.setMaximumWidth(220)
            row.addWidget(button)
        return foot
