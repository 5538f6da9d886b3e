"""One of a few, side by side, all of them in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from desk_app.ui import fonts
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.fields import HEIGHT


class Segments(QWidget):
    """``chosen`` with a code when a person picks another one."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes = [code for code, _ in options]
        self._group = QButtonGroup(self)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, (_, word) in enumerate(options):
            button = QToolButton()
            button.setText(texts.for_menu(word))
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {word}" if name else word)
            button.setProperty("segment", {0: "first", len(options) - 1: "last"}.get(number, "mid"))
            button.setFixedHeight(max(fonts.scaled(HEIGHT), HEIGHT))  # the style sheet lets it be no lower
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
