"""Fields of a form: a caption over the editor, and the sentence of a refusal under it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desk_app.application.wording import WEEKDAYS, weekday_date
from desk_app.ui import fonts
from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts

HEIGHT = 28
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Field(QWidget):
    """Caption, editor, refusal. The caption is the editor's accessible name."""

    def __init__(self, caption: str, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._refusal = texts.label("", Type.CAPTION, role="bad", wrap=True)
        self._refusal.hide()
        editor.setAccessibleName(caption)
        self._caption = caption_label = texts.label(caption, Type.CAPTION, role="text2")
        caption_label.setBuddy(editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(caption_label)
        column.addWidget(editor)
        column.addWidget(self._refusal)
        self.setFocusProxy(editor)

    def say_caption(self, caption: str) -> None:
        """Another caption, where the same field is asked for something else."""
        self._caption.setText(caption)
        self.editor.setAccessibleName(caption)

    def refuse(self, text: str) -> None:
        """Says what is wrong with it; the empty text takes that back."""
        if text == self._refusal.text():
            return
        self._refusal.setText(text)
        self._refusal.setVisible(bool(text))
        self.editor.setProperty("wrong", "true" if text else "false")
        self.editor.setAccessibleDescription(text)
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)


class TextEdit(QLineEdit):
    """One line of plain text; the whole is selected when it is entered, so that typing replaces it."""

    def __init__(self, text: str = "", placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.show_text(text)
        self.setPlaceholderText(placeholder)
        self.setFixedHeight(fonts.scaled(HEIGHT))

    def value(self) -> str:
        """On one line; what was shown and not touched comes back to the letter, line breaks and all."""
        typed = texts.flat(self.text())
        return self._whole if typed == texts.flat(self._whole) else typed

    def typed(self) -> str:
        return self.text().strip()

    def type_again(self, text: str) -> None:
        self.setText(text)

    def show_text(self, text: str) -> None:
        """Shows a text from its beginning, however long it is."""
        self._whole = text
        self.setText(texts.flat(text))
        self.setCursorPosition(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()


class DateEdit(TextEdit):
    """A date as people type it: "fri", "+2w", "12/4". ``picked`` once it is understood."""

    picked = Signal()

    def __init__(self, placeholder: str = "today", parent: QWidget | None = None) -> None:
        super().__init__("", placeholder, parent)
        self._today = date.min
        self._value: date | None = None
        self._typed = ""
        self.editingFinished.connect(self._settle)

    def show_date(self, value: date | None, today: date) -> None:
        self._today, self._value = today, value
        self.setText(weekday_date(value) if value else "")

    def date(self) -> date | None:
        """The date meant; None where the field is empty or holds no date (see :meth:`is_understood`)."""
        return self._value

    def is_understood(self) -> bool:
        return self._value is not None or not self.text().strip()

    def _settle(self) -> None:
        text = self.text().strip()
        if self._value is not None and text == weekday_date(self._value):
            return
        from desk_app.domain.typed_dates import typed_date  # the window stands before anybody types

        before, typed = (self._value, self._typed), text
        self._value, self._typed = (typed_date(text, self._today) if text else None), typed
        if self._value is not None:
            self.setText(weekday_date(self._value))
        if (self._value, typed) != before:
            self.picked.emit()


class DayButtons(QWidget):
    """Monday to Friday, each on or off; all on is the same as none chosen. One stop of the Tab key: arrows walk."""

    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.setFixedHeight(fonts.scaled(HEIGHT))
        self._buttons: list[QToolButton] = []
        for number, name in enumerate(WEEKDAYS[:5]):
            button = QToolButton()
            button.setText(name[0])
            button.setCheckable(True)
            button.setChecked(True)
            button.setAccessibleName(name)
            texts.set_tool_tip(button, f"{name}: Space switches, arrows walk")
            button.setProperty("segment", {0: "first", 4: "last"}.get(number, "mid"))
            button.setProperty("narrow", "true")
            button.setMinimumWidth(fonts.scaled(20))
            button.setFixedHeight(fonts.scaled(HEIGHT))  # or its lower edge would be cut off
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            button.clicked.connect(lambda _=False: self.picked.emit())
            button.installEventFilter(self)
            row.addWidget(button, 1)
            self._buttons.append(button)
        self._stop_at(0)

    def value(self) -> frozenset[int] | None:
        chosen = frozenset(number for number, button in enumerate(self._buttons) if button.isChecked())
        return None if len(chosen) in (0, len(self._buttons)) else chosen

    def typed(self) -> object:
        return self.value()

    def choose(self, days: Sequence[int]) -> None:
        for number, button in enumerate(self._buttons):
            button.setChecked(not days or number in days)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress):
            return False
        step = STEPS.get(Qt.Key(event.key()))
        if step is not None:
            number = next(place for place, button in enumerate(self._buttons) if button is watched)
            self._stop_at((number + step) % len(self._buttons))
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def _stop_at(self, number: int) -> None:
        for place, button in enumerate(self._buttons):
            here = Qt.FocusPolicy.StrongFocus if place == number else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(here)
        self.setFocusProxy(self._buttons[number])


TimeChoice = tuple[str, str, time | None, time | None]
"""A choice of a start's time: code, words, not before, before."""

TIMES: Sequence[TimeChoice] = (
    ("any", "any time", None, None),
    ("am", "mornings", None, time(12)),
    ("pm", "afternoons", time(12), None),
    ("early", "before 10", None, time(10)),
    ("mid", "10 to 14", time(10), time(14)),
    ("late", "from 14", time(14), None),
)
