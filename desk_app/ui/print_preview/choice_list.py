"""One of several, one under the other: the arrows go through them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.tick import Round


class ChoiceList(QWidget):
    """A caption over its choices; ``chosen`` when a person picks another one."""

    chosen = Signal(str)

    def __init__(self, caption: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._codes = [code for code, _ in options]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(texts.label(caption, Type.CAPTION, role="text2"))
        for number, (_, word) in enumerate(options):
            button = Round(texts.for_menu(word))
            button.setAccessibleName(f"{caption}: {word}")
            self._group.addButton(button, number)
            column.addWidget(button)
        self._group.idToggled.connect(self._on_toggled)
        self.choose(self._codes[0])

    def value(self) -> str:
        return self._codes[self._group.checkedId()]

    def choose(self, code: str) -> None:
        """Chooses without a signal; a code that there is not changes nothing."""
        if code in self._codes:
            self.blockSignals(True)
            self._group.button(self._codes.index(code)).setChecked(True)
            self.blockSignals(False)
            self.setFocusProxy(self._group.button(self._codes.index(code)))

    def _on_toggled(self, number: int, is_chosen: bool) -> None:
        if is_chosen:
            self.setFocusProxy(self._group.button(number))
            self.chosen.emit(self._codes[number])
