"""The questions of a follow-up call, one below the other: a key answers one and leads on to the next."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desk_app.domain.call_answers import HIGHEST, NO, YES, Answers
from desk_app.domain.practice_rules import AnswerKind, CallQuestion
from desk_app.ui.fonts import Type
from desk_app.ui.panels.choice_buttons import ChoiceButtons
from desk_app.ui.panels.form import TypedField
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.fields import TextEdit

YES_NO = ((YES, "Yes"), (NO, "No"))
YES_NO_KEYS = {"1": YES, "2": NO, "y": YES, "n": NO}
SCALE = tuple((str(number), str(number)) for number in range(HIGHEST + 1))
SCALE_KEYS = {str(number): str(number) for number in range(HIGHEST)}
ONE, TEN = "1", "10"


class AnswersField(TypedField):
    """``answered`` after each answer, ``finished`` once the last question is behind."""

    answered = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editors: list[tuple[str, ChoiceButtons | TextEdit]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self.setAccessibleName("Questions")

    def ask(self, questions: Iterable[CallQuestion]) -> None:
        """Makes a row a question; asked once."""
        for question in questions:
            editor = _editor(question)
            if self._editors:
                self._column.addSpacing(5)
            self._column.addWidget(texts.label(question.text, Type.SMALL, role="text2", wrap=True))
            self._column.addWidget(editor)
            place = len(self._editors)
            if isinstance(editor, ChoiceButtons):
                editor.picked.connect(lambda place=place: self._on_picked(place))
            else:
                editor.textEdited.connect(lambda _: self.answered.emit())
            self._editors.append((question.code, editor))
        if self._editors:
            self.setFocusProxy(self._editors[0][1])

    def value(self) -> Answers:
        """What was answered, by the question's code."""
        told = ((code, editor.value()) for code, editor in self._editors)
        return tuple((code, answer) for code, answer in told if answer)

    def typed(self) -> object:
        return self.value()

    def unanswered(self) -> QWidget | None:
        """The first question to be answered by a key that is not; words may stay away."""
        choices = (editor for _, editor in self._editors if isinstance(editor, ChoiceButtons))
        return next((editor for editor in choices if not editor.value()), None)

    def stops(self) -> list[QWidget]:
        """Where the Tab key stops."""
        return [editor.focusProxy() or editor for _, editor in self._editors]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ten is typed as one and nought: the one has led on to the next question already."""
        if event.text() == "0" and (before := self._before()) is not None and before.value() == ONE:
            before.choose(TEN)
            self.answered.emit()
        else:
            super().keyPressEvent(event)

    def _before(self) -> ChoiceButtons | None:
        focused = QApplication.focusWidget() or self
        at = next((n for n, (_, editor) in enumerate(self._editors) if editor.isAncestorOf(focused)), 0)
        before = self._editors[at - 1][1] if at else None
        return before if isinstance(before, ChoiceButtons) and before.value() == ONE else None

    def _on_picked(self, place: int) -> None:
        self.answered.emit()
        if place + 1 < len(self._editors):
            self._editors[place + 1][1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()


def _editor(question: CallQuestion) -> ChoiceButtons | TextEdit:
    if question.kind is AnswerKind.WORDS:
        words = TextEdit()
        words.setAccessibleName(question.text)
        return words
    options, keys = (SCALE, SCALE_KEYS) if question.kind is AnswerKind.SCALE else (YES_NO, YES_NO_KEYS)
    return ChoiceButtons(options, question.text, keys)
