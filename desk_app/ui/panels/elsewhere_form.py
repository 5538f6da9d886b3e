"""Where a patient spends the night for whom no bed is free, and why: a manager's override."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desk_app.application.sentences import sentence
from desk_app.ui.fonts import Type
from desk_app.ui.panels.form import Form
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.fields import TextEdit


class ElsewhereForm(Form):
    """``chosen(place, reason)``."""

    chosen = Signal(str, str)
    is_question = True

    def __init__(self, whose: str) -> None:
        super().__init__("No bed is free tonight", "Stays there", "Ctrl+Enter", "moon")
        self.say_title("No bed is free tonight", whose)
        self._place, self._reason = TextEdit(placeholder="Mercy Hospital"), TextEdit(placeholder="kept on the visit")
        self.body.addWidget(texts.label(sentence("no_bed"), Type.BASE, wrap=True))
        self.add_row(self.add_field("place", "Where to", self._place))
        self.add_row(self.add_field("reason", "Reason for the override", self._reason))
        self.setFocusProxy(self._place)
        self.is_stored()

    def submit(self) -> None:
        self.forgive()
        if not self._place.value():
            self.complain("Say where the patient goes.", "place")
        elif not self._reason.value():
            self.complain("Say why; the reason is kept.", "reason")
        else:
            self.left.emit()
            self.chosen.emit(self._place.value(), self._reason.value())
