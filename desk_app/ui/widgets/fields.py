"""Fields of a form: a caption over the editor, and the sentence of a refusal under it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time

from PySide6.QtCore import QSignalBlocker, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QToolButton, QVBoxLayout, QWidget

from desk_app.application.wording import WEEKDAYS, weekday_date
from desk_app.domain.typed_dates import typed_date
from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts


class Field(QWidget):
    """Caption, editor, refusal. The caption is the editor's accessible name."""

    def __init__(self, caption: str, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._refusal = texts.label("", Type.CAPTION, role="bad", wrap=True)
        self._refusal.hide()
        editor.setAccessibleName(caption)
        caption_label = texts.label(caption, Type.CAPTION, role="text2")
        caption_label.setBuddy(editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(caption_label)
        column.addWidget(editor)
        column.addWidget(self._refusal)
        self.setFocusProxy(editor)

    def refuse(self, text: str) -> None:
        """Says what is wrong with it; the empty text takes that back."""
        self._refusal.setText(text)
        self._refusal.setVisible(bool(text))
        self.editor.setProperty("wrong", "true" if text else "false")
        self.editor.setAccessibleDescription(text)
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)


class TextEdit(QLineEdit):
    """One line of plain text; the whole is selected when it is entered, so that typing replaces it."""

    def __init__(self, text: str = "", placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setPlaceholderText(placeholder)
        self.setMinimumHeight(28)

    def value(self) -> str:
        return " ".join(self.text().split())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()


class Pick(QComboBox):
    """A choice found by typing any part of it. Values are codes; None is "any" or "not chosen"."""

    picked = Signal()

    def __init__(self, nothing: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes: list[str | None] = []
        self._nothing = nothing
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMinimumHeight(28)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        completer = QCompleter(QStringListModel(self), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self._names = completer.model()
        edit = self.lineEdit()
        assert edit is not None
        edit.setPlaceholderText(nothing)
        edit.editingFinished.connect(self._settle)
        completer.activated.connect(lambda _: self._settle())
        self.activated.connect(lambda _: self.picked.emit())

    def offer(self, choices: Iterable[tuple[str | None, str]]) -> None:
        """Replaces what can be picked; the choice stays where it is still there."""
        before = self.value()
        with QSignalBlocker(self):
            self.clear()
            self._codes = []
            for code, text in choices:
                self._codes.append(code)
                self.addItem(text)
            assert isinstance(self._names, QStringListModel)
            self._names.setStringList([self.itemText(row) for row in range(self.count())])
            self.choose(before)

    def choose(self, code: str | None) -> None:
        """Chooses without a signal."""
        with QSignalBlocker(self):
            if code in self._codes:
                self.setCurrentIndex(self._codes.index(code))
            else:
                self.setCurrentIndex(-1)
                self.setEditText("")

    def value(self) -> str | None:
        row = self.currentIndex()
        return self._codes[row] if 0 <= row < len(self._codes) else None

    def _settle(self) -> None:
        """What was typed becomes the best choice that holds it; nothing typed is no choice."""
        typed = self.currentText().strip().casefold()
        row = self._row_for(typed)
        before = self.currentIndex()
        with QSignalBlocker(self):
            self.setCurrentIndex(row)
            if row < 0:
                self.setEditText("")
        if row != before or typed:
            self.picked.emit()

    def _row_for(self, typed: str) -> int:
        if not typed:
            return self._codes.index(None) if None in self._codes else -1
        names = [self.itemText(row).casefold() for row in range(self.count())]
        codes = [(code or "").casefold() for code in self._codes]
        rows = range(len(names))
        exact = [row for row in rows if typed in (names[row], codes[row])]
        begins = [row for row in rows if names[row].startswith(typed) or codes[row].startswith(typed)]
        holds = [row for row in rows if typed in names[row]]
        for found in (exact, begins, holds):
            if found:
                return found[0]
        return self.currentIndex() if 0 <= self.currentIndex() < self.count() else -1


class DateEdit(TextEdit):
    """A date as people type it: "fri", "+2w", "12/4". ``picked`` once it is understood."""

    picked = Signal()

    def __init__(self, placeholder: str = "today", parent: QWidget | None = None) -> None:
        super().__init__("", placeholder, parent)
        self._today = date.min
        self._value: date | None = None
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
        self._value = typed_date(text, self._today) if text else None
        if self._value is not None:
            self.setText(weekday_date(self._value))
        self.picked.emit()


class DayButtons(QWidget):
    """Monday to Friday, each on or off; all on is the same as none chosen."""

    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from PySide6.QtWidgets import QHBoxLayout

        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._buttons: list[QToolButton] = []
        for number, name in enumerate(WEEKDAYS[:5]):
            button = QToolButton()
            button.setText(name[0])
            button.setCheckable(True)
            button.setChecked(True)
            button.setAccessibleName(name)
            texts.set_tool_tip(button, name)
            button.setProperty("segment", {0: "first", 4: "last"}.get(number, "mid"))
            button.setMinimumWidth(26)
            button.clicked.connect(lambda _=False: self.picked.emit())
            row.addWidget(button, 1)
            self._buttons.append(button)
        self.setFocusProxy(self._buttons[0])

    def value(self) -> frozenset[int] | None:
        chosen = frozenset(number for number, button in enumerate(self._buttons) if button.isChecked())
        return None if len(chosen) in (0, len(self._buttons)) else chosen

    def choose(self, days: Sequence[int]) -> None:
        for number, button in enumerate(self._buttons):
            button.setChecked(not days or number in days)


TimeChoice = tuple[str, str, time | None, time | None]
"""A choice of a start's time: code, words, not before, before."""

TIMES: Sequence[TimeChoice] = (
    ("any", "any time", None, None),
    ("am", "morning, to 12", None, time(12)),
    ("pm", "afternoon, from 12", time(12), None),
    ("early", "before 10", None, time(10)),
    ("mid", "10 to 14", time(10), time(14)),
    ("late", "from 14", time(14), None),
)
