"""The name of a saved view, new or another one."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desk_app.ui.panels.form import Form
from desk_app.ui.widgets.fields import TextEdit


class ViewForm(Form):
    """``named`` with what was typed; a refusal stands beside the field."""

    is_short = True
    named = Signal(str)

    def __init__(self, title: str, verb: str, name: str = "") -> None:
        super().__init__(title, verb, "Enter")
        self._name = TextEdit(name)
        self.add_row(self.add_field("name", "Name", self._name))
        self.setFocusProxy(self._name)
        self.is_stored()

    def submit(self) -> None:
        self.forgive()
        if not self._name.value().strip():
            self.complain("Give the view a name.", "name")
            return
        self.named.emit(self._name.value())
