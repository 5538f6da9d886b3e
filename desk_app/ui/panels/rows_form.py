"""A form of rows: people under captions, each a button with what is said of them; arrows walk, digits take."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from desk_app.ui.fonts import Type
from desk_app.ui.panels.form import Form
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyButton

KEYS = "123456789"
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
BELOW = 3
"""Pixels between a name and what is said of them; rows stand further apart."""


class RowButton(KeyButton):
    """Arrows are the form's: Qt would leave the form at its first and last button."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class RowsForm(Form):
    """Nothing is typed into it: its one button, and Esc, leave it."""

    def __init__(self, title: str, verb: str) -> None:
        super().__init__(title, verb, "Esc", "undo")
        self._buttons: list[KeyButton] = []
        self._steps: list[Callable[[], None]] = []
        """What each digit does, in the order of the buttons that have one."""

    def submit(self) -> None:
        """Everything stays as it is."""
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if typed and typed in KEYS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            place = KEYS.index(typed)
            if place < len(self._steps):
                self._steps[place]()
        elif event.key() in STEPS and self._buttons:
            self._walk(STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def caption(self, text: str) -> None:
        self.body.addSpacing(4)
        self.body.addWidget(texts.label(text, Type.CAPTION, QFont.Weight.DemiBold, "text3", wrap=True))

    def remark(self, text: str, role: str = "text2") -> None:
        self.body.addWidget(texts.label(text, Type.SMALL, role=role, wrap=True))

    def say_nobody(self, text: str) -> None:
        """Where rows could stand and none do."""
        self.body.addWidget(texts.label(text, Type.BASE, role="text2", wrap=True))

    def add_taking(self, name: str, told: str, step: Callable[[], None], role: str = "text2", wrong: str = "") -> None:
        """A row with its digit, if there is one left; ``wrong`` is why it was refused before."""
        key = KEYS[len(self._steps)] if len(self._steps) < len(KEYS) else ""
        spoken = ", ".join(part for part in (wrong, told, f"key {key}" if key else "") if part)
        self._add(name, key, told, spoken, step, role, wrong)
        self._steps.append(step)

    def add_showing(self, name: str, told: str, step: Callable[[], None], spoken: str = "") -> None:
        """A row that no digit takes: Enter leads on from it."""
        self._add(name, "", told, spoken or told, step)

    def rows_are_there(self) -> None:
        """The keyboard comes in at the first row."""
        self.setFocusProxy(self._buttons[0] if self._buttons else self.primary)
        self.is_stored()

    def _add(
        self,
        name: str,
        key: str,
        told: str,
        spoken: str,
        step: Callable[[], None],
        role: str = "text2",
        wrong: str = "",
    ) -> None:
        """What is said of somebody stands close under their name."""
        button = RowButton(name, key, at_left=True)
        button.setAccessibleDescription(spoken)
        button.clicked.connect(lambda _=False: step())
        row = QVBoxLayout()
        row.setSpacing(BELOW)
        row.addWidget(button)
        row.addWidget(texts.label(told, Type.SMALL, role=role, wrap=True))
        if wrong:
            row.addWidget(texts.label(wrong, Type.SMALL, role="bad", wrap=True))
        self.body.addLayout(row)
        self._buttons.append(button)

    def _walk(self, by: int) -> None:
        here = next((place for place, button in enumerate(self._buttons) if button.hasFocus()), -1 if by > 0 else 0)
        self.go_to(self._buttons[(here + by) % len(self._buttons)])
