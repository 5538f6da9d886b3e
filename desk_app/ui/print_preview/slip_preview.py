"""The preview of the slip that a patient takes home."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from desk_app.application.desk import Desk
from desk_app.application.outcome import Changes, Record
from desk_app.domain.languages import LetterLanguage
from desk_app.printing.content.profiles import profile_of
from desk_app.printing.content.slip import slip_of_visit
from desk_app.printing.sheets import Prepared, prepared_slips
from desk_app.ui.operations.long_work import LongWork
from desk_app.ui.print_preview import changes as making
from desk_app.ui.print_preview.choice import Choice
from desk_app.ui.print_preview.letter_preview import LETTER_LANGUAGES
from desk_app.ui.print_preview.paper_dialog import Made, PaperDialog
from desk_app.ui.print_preview.sheet_choice import PROFILES, paper_remembered, remember_paper
from desk_app.ui.services import Services

ABOUT = (Record.APPOINTMENT, Record.PATIENT, Record.READINESS, Record.PRACTICE)


class SlipPreview(PaperDialog):
    """Of one visit, of the patient ``whose`` name is over it; the language is theirs until another one is chosen."""

    def __init__(self, services: Services, appointment_id: int, whose: str, parent: QWidget) -> None:
        self._number = appointment_id
        self._profile, self._language = Choice("For", PROFILES), Choice("Language", LETTER_LANGUAGES)
        self._wanted: LetterLanguage | None = None
        self._language.chosen.connect(self._take_language)  # before it is composed
        super().__init__(services, whose, (self._profile, self._language), paper_remembered(services.memory), parent)
        self.setWindowTitle("Print a patient slip")
        self.setAccessibleName(f"Print the slip of {whose}")
        self.load()

    def composing(self) -> Callable[[Desk], Made]:
        number, profile, language = self._number, profile_of(self._profile.value()), self._wanted

        def compose_it(desk: Desk) -> Made:
            slip = slip_of_visit(desk, number, profile, language)
            return Made(slip.content, code=slip.language.value)

        return compose_it

    def sending(self, printer: QPrinter) -> LongWork[Prepared]:
        return making.sending(self._preparing(), "Slip", printer, self.following())

    def saving(self, path: Path) -> LongWork[Prepared]:
        return making.saving(self._preparing(), "Slip", path, self.paper(), self.following())

    def file_name(self) -> str:
        return f"slip-visit-{self._number}-{self._language.value()}.pdf"

    def concerns(self, changes: Changes) -> bool:
        return any(changes.touches(record) for record in ABOUT)

    def on_made(self, made: Made) -> None:
        """What the patient speaks is known now."""
        self._language.choose(made.code)

    def on_chosen(self) -> None:
        remember_paper(self.services.memory, self.paper())

    def _preparing(self) -> Callable[[Desk], Prepared]:
        number, profile, language = self._number, self._profile.value(), self._wanted

        def prepare(desk: Desk) -> Prepared:
            return prepared_slips(desk, (slip_of_visit(desk, number, profile_of(profile), language),), profile)

        return prepare

    def _take_language(self, code: str) -> None:
        self._wanted = LetterLanguage(code)
