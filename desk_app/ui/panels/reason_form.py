"""Why something ends: a reason a key away, a note if there is something to say."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desk_app.ui.panels.form import Form
from desk_app.ui.widgets.buttons import KeyButton
from desk_app.ui.widgets.fields import TextEdit

KEYS = "1234567890"
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ReasonForm(Form):
    """``chosen(reason, note)`` at once by key; Enter takes the one under the keyboard, at first the first."""

    chosen = Signal(object, str)
    is_question = True

    def __init__(self, title: str, more: str, keep: str, reasons: Sequence[tuple[object, str]]) -> None:
        super().__init__(title, keep, "Esc", "undo")
        self.say_title(title, more)
        self._reasons = [reason for reason, _ in reasons]
        self._note = TextEdit(placeholder="optional, before the reason")
        self.add_row(self.add_field("note", "Note", self._note))
        self._buttons = []
        for (reason, words), key in zip(reasons, KEYS, strict=False):
            button = KeyButton(words, key, at_left=True)
            button.clicked.connect(lambda _=False, code=reason: self._choose(code))
            self.body.addWidget(button)
            self._buttons.append(button)
        self.setFocusProxy(self._buttons[0])
        self.is_stored()

    def submit(self) -> None:
        """Everything stays as it is."""
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if plain and typed and typed in KEYS[: len(self._buttons)] and not self._note.hasFocus():
            self._choose(self._reasons[KEYS.index(typed)])
        elif event.key() in STEPS:
            self._step(STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        here = next((place for place, button in enumerate(self._buttons) if button.hasFocus()), -1 if by > 0 else 0)
        self.go_to(self._buttons[(here + by) % len(self._buttons)])

    def _choose(self, reason: object) -> None:
        self.left.emit()
        self.chosen.emit(reason, self._note.value())
