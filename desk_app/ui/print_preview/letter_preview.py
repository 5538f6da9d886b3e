"""The preview of a letter: which one, in which language, on what paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from desk_app.application.desk import Desk
from desk_app.application.outcome import Changes, Record
from desk_app.application.use_cases.letters import LetterWish, compose, record
from desk_app.application.wording import LETTER_WORDS
from desk_app.domain.languages import LANGUAGES, LetterLanguage
from desk_app.domain.letters import EXPECTED, FIELDS, LetterKind
from desk_app.printing.content.letter import letter_content
from desk_app.printing.sheets import Prepared
from desk_app.ui.operations.long_work import LongWork
from desk_app.ui.print_preview import changes as making
from desk_app.ui.print_preview.choice import Choice
from desk_app.ui.print_preview.paper_dialog import Made, PaperDialog
from desk_app.ui.print_preview.sheet_choice import paper_remembered, remember_paper
from desk_app.ui.services import Services

KINDS = tuple((kind.value, LETTER_WORDS[kind.value]) for kind in LetterKind)
LETTER_LANGUAGES = tuple((language.value, LANGUAGES[language.value]) for language in LetterLanguage)
ABOUT = (Record.APPOINTMENT, Record.PATIENT, Record.REQUEST, Record.READINESS, Record.PRACTICE, Record.LETTER)


class LetterPreview(PaperDialog):
    """To the person ``whose`` name is over it; the language is theirs until another one is chosen."""

    def __init__(self, services: Services, wish: LetterWish, whose: str, parent: QWidget) -> None:
        self._wish = wish
        self._kind, self._language = Choice("Letter", KINDS), Choice("Language", LETTER_LANGUAGES)
        self._kind.choose(wish.kind.value)
        self._language.chosen.connect(lambda code: self._take_language(LetterLanguage(code)))  # before it is composed
        super().__init__(services, whose, (self._kind, self._language), paper_remembered(services.memory), parent)
        self.setWindowTitle("Print a letter")
        self.setAccessibleName(f"Print a letter to {whose}")
        self.load()

    def wish(self) -> LetterWish:
        """The letter that is shown."""
        return replace(self._wish, kind=LetterKind(self._kind.value()))

    def composing(self) -> Callable[[Desk], Made]:
        wish = self.wish()

        def compose_it(desk: Desk) -> Made:
            draft = compose(desk, wish)
            unknown = [FIELDS[draft.kind][name] for name in draft.filled.left_out if name in EXPECTED]
            told = f"Left out, as it is not known: {', '.join(unknown)}." if unknown else ""
            return Made(letter_content(desk, draft), told, draft.language.value)

        return compose_it

    def sending(self, printer: QPrinter) -> LongWork[Prepared]:
        return making.sending(self._preparing(), self._word(), printer, self.following())

    def saving(self, path: Path) -> LongWork[Prepared]:
        return making.saving(self._preparing(), self._word(), path, self.paper(), self.following())

    def file_name(self) -> str:
        wish = self.wish()
        about = (("visit", wish.appointment_id), ("request", wish.request_id), ("chart", wish.patient_id))
        named = next(f"{word}-{number}" for word, number in about if number is not None)
        return f"{wish.kind.value}-{named}-{self._language.value()}.pdf"

    def concerns(self, changes: Changes) -> bool:
        return any(changes.touches(record) for record in ABOUT)

    def on_made(self, made: Made) -> None:
        """What the patient speaks is known now."""
        self._language.choose(made.code)

    def on_chosen(self) -> None:
        remember_paper(self.services.memory, self.paper())

    def _word(self) -> str:
        return LETTER_WORDS[self.wish().kind.value]

    def _preparing(self) -> Callable[[Desk], Prepared]:
        wish = self.wish()

        def prepare(desk: Desk) -> Prepared:
            draft = compose(desk, wish)
            return Prepared(letter_content(desk, draft), lambda way: record(desk, draft, way))

        return prepare

    def _take_language(self, language: LetterLanguage) -> None:
        self._wish = replace(self._wish, language=language)
