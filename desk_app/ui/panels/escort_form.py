"""Who takes the patient home, and what the people of that day should know."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desk_app.application.use_cases.visit_notes import VisitTexts
from desk_app.ui.panels.form import Form
from desk_app.ui.widgets.fields import TextEdit

OTHERS_WROTE = "Another desk wrote here meanwhile. What you typed stands; look, and save again."


class EscortForm(Form):
    """``chosen(texts, seen)``: what stands there now, and what stood there; it stays until both were stored."""

    is_short = True
    chosen = Signal(object, object)

    def __init__(self, whose: str, when: str, seen: VisitTexts) -> None:
        super().__init__("Escort and note", "Save", "Enter", "escort")
        self.say_title("Escort and note", f"{whose}, {when}")
        self._escort = TextEdit(seen.escort, "name, relation, phone")
        self._note = TextEdit(seen.note, "for the people of that day")
        self.add_row(self.add_field("escort", "Escort, an adult who takes the patient home", self._escort))
        self.add_row(self.add_field("note", "Note", self._note))
        self.setFocusProxy(self._escort)
        self._seen = seen
        self.is_stored()

    def submit(self) -> None:
        self.forgive()
        self.chosen.emit(VisitTexts(self._escort.value(), self._note.value()), self._seen)

    def others_wrote(self, now: VisitTexts) -> None:
        """Somebody else wrote there meanwhile: what was typed here stays, the rest is theirs."""
        self._seen = now
        self.fill_again(self._fill)
        self.complain(OTHERS_WROTE)

    def _fill(self) -> None:
        self._escort.show_text(self._seen.escort)
        self._note.show_text(self._seen.note)
