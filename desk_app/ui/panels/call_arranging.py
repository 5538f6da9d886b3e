"""Short questions about a call: until when it is put off, whose it is, what the next one should know."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal

from desk_app.domain.typed_when import typed_when
from desk_app.domain.zone import wall_instant
from desk_app.ui.panels.call_fields import NOT_A_TIME, WHEN_HINT
from desk_app.ui.panels.form import Form
from desk_app.ui.widgets.fields import TextEdit
from desk_app.ui.widgets.pick import Pick

ANYBODY = "Anybody"


class LaterForm(Form):
    """``chosen`` with an instant; a day alone begins as the desk opens."""

    is_short = is_question = True
    chosen = Signal(object)

    def __init__(self, whose: str, today: date, zone: ZoneInfo) -> None:
        super().__init__("Call later", "Later", "Enter", "late")
        self.say_title("Call later", whose)
        self._today, self._zone = today, zone
        self._until = TextEdit(placeholder=WHEN_HINT)
        self.add_row(self.add_field("again_at", "Due", self._until))
        self.setFocusProxy(self._until)
        self.is_stored()

    def submit(self) -> None:
        self.forgive()
        day, clock = typed_when(self._until.value(), self._today) or (None, None)
        if day is None and clock is None:
            self.complain(NOT_A_TIME, "again_at")
        else:
            self.chosen.emit(wall_instant(day or self._today, clock or time(0), self._zone))


class AssignForm(Form):
    """``chosen`` with a name, a role, or the empty text for anybody."""

    is_short = is_question = True
    chosen = Signal(str)

    def __init__(self, whose: str, people: Iterable[str], now: str) -> None:
        super().__init__("Whose call is it?", "Assign", "Enter", "patients")
        self.say_title("Whose call is it?", whose)
        self._people = Pick(ANYBODY)
        self._people.offer([("", ANYBODY), *((name, name) for name in people)])
        self._people.choose(now)
        self.add_row(self.add_field("assignee", "Assigned to", self._people))
        self.setFocusProxy(self._people)
        self.is_stored()

    def submit(self) -> None:
        self.forgive()
        if self.choices_are_known("assignee"):
            self.chosen.emit(self._people.value() or "")

    def _on_enter(self) -> None:
        """The one field is filled: Enter is the button."""
        self.submit()


class NoteForm(Form):
    """``chosen`` with what whoever calls next should know."""

    is_short = is_question = True
    chosen = Signal(str)

    def __init__(self, whose: str, text: str) -> None:
        super().__init__("Note", "Save", "Enter", "check")
        self.say_title("Note", whose)
        self._note = TextEdit(text)
        self.add_row(self.add_field("note", "For whoever calls next", self._note))
        self.setFocusProxy(self._note)
        self.is_stored()

    def submit(self) -> None:
        self.chosen.emit(self._note.value())
