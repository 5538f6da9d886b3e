"""Several choices among many: each is found by typing, and what is chosen stands under the field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from desk_app.ui.fonts import Type
from desk_app.ui.panels.form import TypedField
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.pick import Pick


class _Adding(Pick):
    """A pick whose Backspace, pressed in an empty field, takes the last choice back."""

    taken_back = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.typed():
            self.taken_back.emit()
        else:
            super().keyPressEvent(event)


class SeveralPick(TypedField):
    """``picked`` when a choice was added or taken back. Values are codes, in the order in which they were chosen."""

    picked = Signal()

    def __init__(self, nothing: str = "") -> None:
        super().__init__()
        self._names: dict[str, str] = {}
        self._chosen: list[str] = []
        self._pick = _Adding(nothing)
        self._told = texts.label("", Type.SMALL, role="text", wrap=True)
        self._told.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._pick)
        column.addWidget(self._told)
        self.setFocusProxy(self._pick)
        self._pick.picked.connect(self._on_picked)
        self._pick.taken_back.connect(self._on_taken_back)

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        self._names = {code: texts.flat(text) for code, text in choices}
        self._pick.offer([(None, ""), *self._names.items()])

    def choose(self, codes: Sequence[str]) -> None:
        """Chooses without a signal."""
        self._chosen = [code for code in dict.fromkeys(codes) if code in self._names]
        self._show()

    def value(self) -> tuple[str, ...]:
        return tuple(self._chosen)

    def typed(self) -> object:
        return self.value(), self._pick.typed()

    def unknown(self) -> str:
        """What was typed, where no choice holds it."""
        return self._pick.unknown()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._pick.setAccessibleName(name)

    def _on_picked(self) -> None:
        code = self._pick.value()
        if code is None:
            return
        if code not in self._chosen:
            self._chosen.append(code)
        self._pick.choose(None)
        self._show()
        self.picked.emit()

    def _on_taken_back(self) -> None:
        if self._chosen:
            self._chosen.pop()
            self._show()
            self.picked.emit()

    def _show(self) -> None:
        text = ", ".join(self._names[code] for code in self._chosen)
        self._told.setText(text)
        self._told.setVisible(bool(text))
        self._pick.setAccessibleDescription(f"chosen: {text}" if text else "")
