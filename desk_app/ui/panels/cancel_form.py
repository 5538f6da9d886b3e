"""Why a visit is cancelled: a reason a key away, a note if there is something to say."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desk_app.application.wording import CANCEL_WORDS
from desk_app.domain.statuses import CancelReason
from desk_app.ui.panels.form import Form
from desk_app.ui.widgets.buttons import KeyButton
from desk_app.ui.widgets.fields import TextEdit

REASONS = tuple(reason for reason in CancelReason if reason is not CancelReason.LAPSED)
KEYS = "1234567890"


class CancelForm(Form):
    """``chosen(reason, note)`` at once by key; Enter takes the first."""

    chosen = Signal(object, str)

    def __init__(self, whose: str, when: str) -> None:
        super().__init__("Cancel the visit", CANCEL_WORDS[REASONS[0].value], "1", "cancelled")
        self.say_title("Cancel the visit", f"{whose}, {when}")
        self._note = TextEdit(placeholder="optional")
        self.add_row(self.add_field("note", "Note", self._note))
        for reason, key in zip(REASONS[1:], KEYS[1:], strict=False):
            button = KeyButton(CANCEL_WORDS[reason.value], key)
            button.clicked.connect(lambda _=False, code=reason: self._choose(code))
            self.body.addWidget(button)
        self.setFocusProxy(self.primary)

    def submit(self) -> None:
        self._choose(REASONS[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and typed and typed in KEYS and not self._note.hasFocus():
            self._choose(REASONS[KEYS.index(typed)])
            return
        super().keyPressEvent(event)

    def _choose(self, reason: CancelReason) -> None:
        self.left.emit()
        self.chosen.emit(reason, self._note.value())
