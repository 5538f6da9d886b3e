"""One of a few, all of them in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts


class Choice(QWidget):
    """A caption and its segments; ``chosen`` when a person picks another one."""

    chosen = Signal(str)

    def __init__(self, caption: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._codes = [code for code, _ in options]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(texts.label(caption, Type.SMALL, role="text2"))
        row.addSpacing(6)
        for number, (_, word) in enumerate(options):
            button = QToolButton()
            button.setText(texts.for_menu(word))
            button.setCheckable(True)
            button.setAccessibleName(f"{caption}: {word}")
            button.setProperty("segment", self._place(number))
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._codes[number]))
        self.choose(self._codes[0])

    def value(self) -> str:
        return self._codes[self._group.checkedId()]

    def choose(self, code: str) -> None:
        """Chooses without a signal; a code that there is not changes nothing."""
        if code in self._codes:
            self._group.button(self._codes.index(code)).setChecked(True)

    def _place(self, number: int) -> str:
        if number == 0:
            return "first"
        return "last" if number == len(self._codes) - 1 else "mid"
