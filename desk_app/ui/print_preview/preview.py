"""The preview of a day's sheet: which sheet, how it is set up, for whom, on what paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from desk_app.application.desk import Desk
from desk_app.application.outcome import Changes, Record
from desk_app.application.wording import full_date
from desk_app.printing.content.week import DAYS, monday_of
from desk_app.printing.sheets import Prepared, prepared
from desk_app.ui.operations.long_work import LongWork
from desk_app.ui.print_preview import changes as making
from desk_app.ui.print_preview.choice import Choice
from desk_app.ui.print_preview.paper_dialog import Made, PaperDialog
from desk_app.ui.print_preview.setup_panel import SetupPanel
from desk_app.ui.print_preview.sheet_choice import (
    KINDS,
    PROFILES,
    SheetChoice,
    remember,
    remembered,
    setup_remembered,
)
from desk_app.ui.services import Services


class PrintPreview(PaperDialog):
    """Of one day; the choices are those of last time, for each kind of sheet its own. F6 goes to the side and back."""

    def __init__(self, services: Services, day: date, parent: QWidget, kind: str = "") -> None:
        first = remembered(services.memory, day, kind)
        self._day = day
        self._profile, self.panel = Choice("For", PROFILES), SetupPanel(KINDS)
        self._profile.choose(first.profile)
        self._show_kind(services, first.kind)
        super().__init__(services, full_date(day), (self._profile,), first.paper, parent, self.panel)
        sheet = "call list" if first.is_calls else "day sheet"
        self.setWindowTitle(f"Print the {sheet}")
        self.setAccessibleName(f"Print the {sheet} of {full_date(day)}")
        self.panel.kind_chosen.connect(self._on_kind_chosen)
        self.panel.changed.connect(self._on_set_up)
        QShortcut(QKeySequence("F6"), self, self._change_sides)
        QShortcut(QKeySequence("Alt+U"), self, self.panel.put_back)
        self.load()

    def choice(self) -> SheetChoice:
        """The sheet that is shown."""
        kind = self.panel.kinds.value()
        return SheetChoice(self._day, kind, self._profile.value(), self.paper(), self.panel.setup())

    def composing(self) -> Callable[[Desk], Made]:
        prepare = self._preparing()
        return lambda desk: Made(prepare(desk).content)

    def sending(self, printer: QPrinter) -> LongWork[Prepared]:
        return making.sending(self._preparing(), self.choice().told(), printer, self.following())

    def saving(self, path: Path) -> LongWork[Prepared]:
        told = self.choice().told()
        return making.saving(self._preparing(), told, path, self.paper(), self.following())

    def file_name(self) -> str:
        return self.choice().file_name()

    def concerns(self, changes: Changes) -> bool:
        choice = self.choice()
        called = choice.is_calls and changes.touches(Record.CALLBACK)
        everywhere = changes.touches(Record.PRACTICE) or changes.touches(Record.PATIENT)
        monday = monday_of(self._day)
        this_week = choice.kind == "week" and any(0 <= (day - monday).days < DAYS for day in changes.days)
        return called or everywhere or this_week or self._day in changes.days

    def on_chosen(self) -> None:
        remember(self.services.memory, self.choice())

    def _preparing(self) -> Callable[[Desk], Prepared]:
        choice = self.choice()
        return lambda desk: prepared(desk, choice.day, choice.kind, choice.profile, choice.setup)

    def _show_kind(self, services: Services, kind: str) -> None:
        catalogue = services.office.catalogue
        self.panel.show_setup(kind, setup_remembered(services.memory, kind, catalogue), catalogue)

    def _on_kind_chosen(self, kind: str) -> None:
        self._show_kind(self.services, kind)
        self.on_chosen()
        self.load()

    def _on_set_up(self) -> None:
        """Remembered and shown; a box that was put back by a key is shown so too."""
        self.on_chosen()
        self.panel.show_setup(self.choice().kind, self.panel.setup(), self.services.office.catalogue)
        self.load()

    def _change_sides(self) -> None:
        at: QWidget | None = self.focusWidget()  # Qt answers None without any focus, whatever its stubs say
        if at is not None and self.panel.isAncestorOf(at):
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.panel.kinds.setFocus(Qt.FocusReason.ShortcutFocusReason)
