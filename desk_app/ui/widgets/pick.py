"""A choice among many, found by typing any part of it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QSignalBlocker, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QCompleter, QWidget

from desk_app.ui import fonts, icons, theme
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.fields import HEIGHT

ARROW = 14
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
Standard = QKeySequence.StandardKey
EDITING = (
    Standard.Copy, Standard.Cut, Standard.Paste, Standard.SelectAll, Standard.Undo, Standard.Redo,
    Standard.DeleteStartOfWord, Standard.DeleteEndOfWord, Standard.MoveToNextWord, Standard.MoveToPreviousWord,
    Standard.SelectNextWord, Standard.SelectPreviousWord,
)  # fmt: skip
"""Keys with Control that are the field's own."""


class Pick(QComboBox):
    """A choice found by typing any part of it. Values are codes; None is "any" or "not chosen", a quiet ``nothing``.

    What is typed and found in no choice stays as it was typed: see :meth:`unknown`.
    """

    picked = Signal()

    def __init__(self, nothing: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: list[tuple[str | None, str]] = []
        self._chosen, self._unknown = -1, ""
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFixedHeight(fonts.scaled(HEIGHT))
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        edit = self.lineEdit()
        assert edit is not None
        edit.setPlaceholderText(nothing)
        completer.activated.connect(lambda _: self._settle())
        self.activated.connect(self._take)

    def offer(self, choices: Iterable[tuple[str | None, str]]) -> None:
        """Replaces what can be picked; the choice stays where it is still there, and so does what is being typed."""
        offered = [(code, texts.flat(text)) for code, text in choices]
        if offered == self._choices:
            return
        before = self.value()
        with QSignalBlocker(self):
            self.clear()
            self._choices = offered
            self.addItems([text for _, text in offered])
            self._names.setStringList([text for _, text in offered])
            self.choose(before)

    def choose(self, code: str | None) -> None:
        """Chooses without a signal."""
        codes = [known for known, _ in self._choices]
        self._show(codes.index(code) if code in codes else -1)

    def value(self) -> str | None:
        return self._choices[self._chosen][0] if 0 <= self._chosen < len(self._choices) else None

    def typed(self) -> str:
        return self.currentText()

    def type_again(self, text: str) -> None:
        """As if it had been typed, without a signal."""
        typed = texts.flat(text)
        row = self._row_for(typed.casefold())
        self._show(row, typed if row < 0 else "")

    def unknown(self) -> str:
        """What was typed, where no choice holds it."""
        return self._unknown

    def show_unknown(self, text: str) -> None:
        """Words of somebody's own, where no choice was made."""
        self._show(-1, texts.flat(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the form's own keys settle what was typed and go on to the form, an open list or not."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier) and event.key() != Qt.Key.Key_Control
        editing = any(event.matches(known) for known in EDITING)
        if event.key() not in ENTER and (not control or editing):
            self._list().setFocusProxy(self)
            super().keyPressEvent(event)
            return
        self._shut(goes_on=True)
        self._settle()
        parent = self.parentWidget()
        if parent is not None:
            QCoreApplication.sendEvent(parent, event)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field settles what was typed, also where the list of choices is still open."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._shut(goes_on=event.reason() in BY_TAB)
            self._settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        arrow = icons.pixmap("down", theme.current().color("text2"), ARROW, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - ARROW - 6, (self.height() - ARROW) // 2, arrow)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past a form must not change what was chosen."""
        event.ignore()

    def _shut(self, goes_on: bool) -> None:
        """Hides the list of choices, for good; ``goes_on`` where the keyboard stays in this window.

        A list that was shown only just now becomes the active window all the same, a moment later, and would fetch the
        keyboard back then from where Enter or Tab has led it.
        """
        shown = self._list()
        if shown.isVisible() and goes_on:
            self.window().activateWindow()
        shown.hide()
        shown.setFocusProxy(None)  # type: ignore[arg-type]  # Qt takes none, whatever its stubs say

    def _list(self) -> QAbstractItemView:
        """The list that hangs under the field.

        Asked for anew each time: Qt made it, and the binding may take a wrapper that was kept for one of another
        field's that is gone.
        """
        completer = self.completer()
        assert completer is not None
        found = completer.popup()
        assert found is not None
        return found

    def _take(self, row: int) -> None:
        if row != self._chosen or self._unknown:
            self._show(row)
            self.picked.emit()

    def _show(self, row: int, words: str = "") -> None:
        self._chosen, self._unknown = row, words
        is_something = row >= 0 and self._choices[row][0] is not None
        with QSignalBlocker(self):
            self.setCurrentIndex(row if is_something else -1)
            if not is_something:
                self.setEditText(words)
        edit = self.lineEdit()
        assert edit is not None
        if not edit.hasFocus():
            edit.setCursorPosition(0)

    def _settle(self) -> None:
        """What was typed becomes the best choice that holds it; nothing typed is no choice."""
        typed = texts.flat(self.currentText())
        row = self._row_for(typed.casefold())
        words = typed if row < 0 else ""
        is_new = (row, words) != (self._chosen, self._unknown)
        self._show(row, words)
        if is_new:
            self.picked.emit()

    def _row_for(self, typed: str) -> int:
        if not typed:
            return next((row for row, (code, _) in enumerate(self._choices) if code is None), -1)
        names = [text.casefold() for _, text in self._choices]
        codes = [(code or "").casefold() for code, _ in self._choices]
        rows = range(len(names))
        exact = [row for row in rows if typed in (names[row], codes[row])]
        begins = [row for row in rows if names[row].startswith(typed) or codes[row].startswith(typed)]
        words = [row for row in rows if any(word.startswith(typed) for word in names[row].split())]
        holds = [row for row in rows if typed in names[row]]
        return next((found[0] for found in (exact, begins, words, holds) if found), -1)
