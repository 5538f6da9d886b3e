"""The preview of a day's sheet: which sheet, for whom, on what paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from desk_app.application.desk import Desk
from desk_app.application.outcome import Changes, Record
from desk_app.application.wording import full_date
from desk_app.printing.sheets import day_sheet
from desk_app.ui.operations.change import Change
from desk_app.ui.print_preview import changes as making
from desk_app.ui.print_preview.choice import Choice
from desk_app.ui.print_preview.paper_dialog import Made, PaperDialog
from desk_app.ui.print_preview.sheet_choice import KINDS, PROFILES, SheetChoice, remember, remembered
from desk_app.ui.services import Services


class PrintPreview(PaperDialog):
    """Of one day; the choices are those of last time."""

    def __init__(self, services: Services, day: date, parent: QWidget, kind: str = "") -> None:
        first = remembered(services.memory, day, kind)
        self._day = day
        self._kind, self._profile = Choice("Sheet", KINDS), Choice("For", PROFILES)
        self._kind.choose(first.kind)
        self._profile.choose(first.profile)
        super().__init__(services, full_date(day), (self._kind, self._profile), first.paper, parent)
        sheet = "call list" if self.choice().is_calls else "day sheet"
        self.setWindowTitle(f"Print the {sheet}")
        self.setAccessibleName(f"Print the {sheet} of {full_date(day)}")
        self.load()

    def choice(self) -> SheetChoice:
        """The sheet that is shown."""
        return SheetChoice(self._day, self._kind.value(), self._profile.value(), self.paper())

    def composing(self) -> Callable[[Desk], Made]:
        choice = self.choice()
        return lambda desk: Made(day_sheet(desk, choice.day, choice.kind, choice.profile))

    def sending(self, printer: QPrinter) -> Change:
        return making.sending(self.choice(), printer, self.on_done, self.refuse)

    def saving(self, path: Path) -> Change:
        return making.saving(self.choice(), path, self.on_done, self.refuse)

    def file_name(self) -> str:
        return self.choice().file_name()

    def concerns(self, changes: Changes) -> bool:
        called = self.choice().is_calls and changes.touches(Record.CALLBACK)
        everywhere = changes.touches(Record.PRACTICE) or changes.touches(Record.PATIENT)
        return called or everywhere or self._day in changes.days

    def on_chosen(self) -> None:
        remember(self.services.memory, self.choice())
