"""The print preview: the real pages, which sheet and paper, and two ways out: the printer and a PDF.

Enter prints (or saves, where there is no printer), Esc leaves. What is shown follows every change of the day.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.application.outcome import Changes, Record
from desk_app.application.wording import full_date
from desk_app.domain.faults import FrontDeskFault
from desk_app.printing.pages.items import Pages
from desk_app.printing.pages.paginate import paginate
from desk_app.printing.painting.fonts import letters
from desk_app.printing.painting.printer import printer_names
from desk_app.printing.papers import PAPERS, paper_of
from desk_app.printing.sheets import day_sheet
from desk_app.ui.feedback import fault_text
from desk_app.ui.fonts import Type
from desk_app.ui.print_preview import asking
from desk_app.ui.print_preview.changes import saving, sending
from desk_app.ui.print_preview.choice import Choice
from desk_app.ui.print_preview.paper_view import PaperView
from desk_app.ui.print_preview.sheet_choice import KINDS, PROFILES, SheetChoice, remember, remembered
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.alive import while_alive
from desk_app.ui.widgets.buttons import KeyButton, flat_button

SIZE = QSize(900, 860)
NO_PRINTER = "No printer is set up on this computer. Save the sheet as PDF instead."


class PrintPreview(QDialog):
    """Opened with :meth:`open`; goes by itself once the sheet is on its way."""

    def __init__(self, services: Services, day: date, parent: QWidget, kind: str = "") -> None:
        super().__init__(parent)
        self._services = services
        first = remembered(services.memory, day, kind)
        self._day = day
        self._kind = Choice("Sheet", KINDS)
        self._profile = Choice("For", PROFILES)
        self._paper = Choice("Paper", [(name, name) for name in PAPERS])
        for choice, code in ((self._kind, first.kind), (self._profile, first.profile), (self._paper, first.paper)):
            choice.choose(code)
            choice.chosen.connect(self._on_chosen)
        self._has_printer = bool(printer_names())
        self.view = PaperView()
        self._page = texts.label("", Type.SMALL, role="text2")
        self._told = texts.label("" if self._has_printer else NO_PRINTER, Type.SMALL, role="text2", wrap=True)
        self.save = KeyButton("Save PDF", "Ctrl+S" if self._has_printer else "Enter", "pdf", not self._has_printer)
        self.print = KeyButton("Print…", "Enter", "print", primary=True)
        self._lay_out()
        self._connect()
        self.load()

    def choice(self) -> SheetChoice:
        """The sheet that is shown."""
        return SheetChoice(self._day, self._kind.value(), self._profile.value(), self._paper.value())

    def told(self) -> str:
        """What is said beside the buttons."""
        return self._told.text()

    def load(self) -> None:
        """Makes the sheet on the worker; only the last one asked for is shown."""
        choice, office = self.choice(), self._services.office

        def work() -> Pages:
            content = day_sheet(office.desk, choice.day, choice.kind, choice.profile)
            return paginate(content, paper_of(choice.paper), letters())

        self._services.tasks.submit(
            work, while_alive(self, self.view.show_pages), while_alive(self, self._on_failed), key="print_preview"
        )

    def print_sheet(self) -> None:
        """The system's print dialog, or the PDF where there is no printer."""
        if not self._has_printer:
            self.save_sheet()
            return
        asking.ask_printer(self, self._services.memory, self._paper.value(), self.view.count, self._on_printer_chosen)

    def save_sheet(self) -> None:
        asking.ask_file(self, self._services.memory, self.choice().file_name(), self.save_to)

    def _on_printer_chosen(self, printer: QPrinter) -> None:
        """A dialog that was asked to print into a file saves the PDF our way: whole or not at all."""
        if printer.outputFileName():
            self.save_to(Path(printer.outputFileName()))
            return
        self._say("Sending …")
        self._services.operations.run(sending(self.choice(), printer, self._on_done, self._refuse))

    def save_to(self, path: Path) -> None:
        self._say("Saving …")
        self._services.operations.run(saving(self.choice(), path, self._on_done, self._refuse))

    def _on_done(self, _: object) -> None:
        while_alive(self, lambda _: self.accept())(None)

    def _refuse(self, fault: Exception) -> bool:
        """Says it here, where the person is looking."""
        if not isinstance(fault, FrontDeskFault):
            return False
        while_alive(self, self._on_failed)(fault)
        return True

    def _on_failed(self, fault: Exception) -> None:
        if not isinstance(fault, FrontDeskFault):
            raise fault
        self._say(fault_text(fault, self._services.office.catalogue), "bad")

    def _on_chosen(self) -> None:
        remember(self._services.memory, self.choice())
        self._say("" if self._has_printer else NO_PRINTER)
        self.load()

    def _on_changed(self, changes: Changes) -> None:
        if self._day in changes.days or changes.touches(Record.PRACTICE) or changes.touches(Record.PATIENT):
            self.load()

    def _on_page_changed(self, page: int, count: int) -> None:
        self._page.setText(f"Page {page} of {count}" if count else "")

    def _say(self, text: str, role: str = "text2") -> None:
        texts.color_label(self._told, role)
        self._told.setText(text)

    def _connect(self) -> None:
        self.view.page_changed.connect(self._on_page_changed)
        self.print.clicked.connect(self.print_sheet)
        self.save.clicked.connect(self.save_sheet)
        for keys, act in (("Ctrl+P", self.print_sheet), ("Ctrl+S", self.save_sheet)):
            QShortcut(QKeySequence(keys), self, act)
        self._services.bus.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Print the day sheet")
        self.setAccessibleName(f"Print the day sheet of {full_date(self._day)}")
        self.resize(SIZE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.view, 1)
        column.addWidget(self._foot())
        (self.print if self._has_printer else self.save).setDefault(True)
        self.print.setVisible(self._has_printer)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self) -> QWidget:
        head = QFrame()
        head.setObjectName("toolbar")
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        row.addWidget(texts.label(full_date(self._day), Type.TITLE, QFont.Weight.DemiBold))
        row.addStretch(1)
        for choice in (self._kind, self._profile, self._paper):
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
        for button in (self.save, self.print):
            button.setMaximumWidth(220)
            row.addWidget(button)
        return foot
