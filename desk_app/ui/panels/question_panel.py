"""A question in the inspector: why it is asked, a reason where one is needed, and the answers as verbs with keys."""

from __future__ import annotations

from itertools import zip_longest

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from desk_app.ui.panels.card_parts import compared_rows, signed_row
from desk_app.ui.panels.form import ENTER, Form
from desk_app.ui.questions import Answer, Question
from desk_app.ui.widgets.buttons import KeyButton
from desk_app.ui.widgets.fields import TextEdit

CONTROLS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class QuestionPanel(Form):
    """The first answer is the primary one. An answer that needs a reason first leads into the reason's field."""

    is_question = True

    def __init__(self, question: Question) -> None:
        self._question = question
        first = question.answers[0]
        super().__init__(question.title, first.verb, first.key, first.icon)
        for paragraph, sign in zip_longest(question.paragraphs, question.signs[: len(question.paragraphs)]):
            self.body.addLayout(signed_row(paragraph, sign or ""))
        if question.compared:
            self.body.addLayout(compared_rows(question.compared))
        self._reason = TextEdit(placeholder=question.hint)
        if any(answer.needs_reason for answer in question.answers):
            self.add_row(self.add_field("reason", question.reason, self._reason))
        for answer in question.answers[1:]:
            button = KeyButton(answer.verb, answer.key, answer.icon)
            button.clicked.connect(lambda _=False, chosen=answer: self._give(chosen))
            self.foot.addWidget(button)
        alone = len(question.answers) == 1 and first.needs_reason
        self.setFocusProxy(self._reason if alone else self.primary)
        self.is_stored()

    def submit(self) -> None:
        self._give(self._question.answers[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & CONTROLS
        if plain and event.key() in ENTER and self._reason.hasFocus():
            self._give(next(answer for answer in self._question.answers if answer.needs_reason))
            return
        pressed = QKeySequence(Qt.Key(event.key())).toString()
        chosen = next((answer for answer in self._question.answers if answer.key.upper() == pressed), None)
        if plain and chosen is not None:
            self._give(chosen)
            return
        super().keyPressEvent(event)

    def _give(self, answer: Answer) -> None:
        if answer.needs_reason and not self._reason.value():
            self.complain("Say why first; the reason is kept.", "reason")
            return
        self.left.emit()
        answer.give(self._reason.value())
