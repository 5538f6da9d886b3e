"""One of a few answers beside each other, each by its key; one stop of the Tab key, arrows walk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from desk_app.ui import fonts
from desk_app.ui.panels.form import TypedField
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.fields import HEIGHT

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class AnswerButton(QToolButton):
    """Arrows, digits and Enter belong to whoever holds it; Space chooses."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.click()
        else:
            event.ignore()


class ChoiceButtons(TypedField):
    """``picked`` once something was chosen. ``keys`` are further keys for a code, beside its place from 1 on."""

    picked = Signal()

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        name: str,
        keys: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._codes = [code for code, _ in options]
        self._keys = dict(keys) if keys is not None else {str(n): code for n, code in enumerate(self._codes, 1)}
        self._buttons: list[AnswerButton] = []
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, (code, word) in enumerate(options):
            self._buttons.append(self._button(number, word, name))
            self._buttons[-1].clicked.connect(lambda _=False, code=code: self._take(code))
            row.addWidget(self._buttons[-1], 1)
        self._stop_at(0)

    def value(self) -> str:
        """The code that is chosen; the empty text where none is."""
        return next((code for code, button in zip(self._codes, self._buttons, strict=True) if button.isChecked()), "")

    def typed(self) -> object:
        return self.value()

    def choose(self, code: str) -> None:
        """Chooses without a signal; the empty text takes the choice back."""
        for known, button in zip(self._codes, self._buttons, strict=True):
            button.setChecked(known == code)
        if code in self._codes:
            self._stop_at(self._codes.index(code))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        code = self._keys.get(event.text().casefold()) if plain and event.text() else None
        step = STEPS.get(Qt.Key(event.key()))
        if code is not None:
            self._take(code)
        elif step is not None:
            at = next((place for place, button in enumerate(self._buttons) if button.hasFocus()), 0)
            self._stop_at((at + step) % len(self._buttons))
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _take(self, code: str) -> None:
        self.choose(code)
        self.picked.emit()

    def _button(self, number: int, word: str, name: str) -> AnswerButton:
        button = AnswerButton()
        button.setText(texts.for_menu(word))
        button.setCheckable(True)
        button.setAccessibleName(f"{name}: {word}")
        ends = {0: "first", len(self._codes) - 1: "last"}
        button.setProperty("segment", ends.get(number, "mid"))
        button.setProperty("narrow", "true")
        button.setFixedHeight(fonts.scaled(HEIGHT))
        button.setMinimumWidth(fonts.scaled(20))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        return button

    def _stop_at(self, number: int) -> None:
        for place, button in enumerate(self._buttons):
            here = Qt.FocusPolicy.StrongFocus if place == number else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(here)
        self.setFocusProxy(self._buttons[number])
