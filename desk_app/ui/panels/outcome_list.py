"""What a call can end with: a row an outcome, its key in front and what comes next below. One stop of the Tab key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCursor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desk_app.domain.dataclass import dataclass
from desk_app.ui import fonts, theme
from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import paint_cap

PAD, CAP, GAP, HEIGHT, EDGE = 16, 20, 10, 36, 3
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class OutcomeChoice:
    """``code`` is what it does, ``told`` what comes next if it is recorded."""

    code: str
    key: str
    title: str
    told: str = ""


class OutcomeRow(QAbstractButton):
    """Two lines of plain text; the chosen one on the ground of a selection."""

    def __init__(self, choice: OutcomeChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.sizeHint().height())
        self._name()

    def say(self, told: str) -> None:
        """What comes next is another thing now."""
        self.choice = OutcomeChoice(self.choice.code, self.choice.key, self.choice.title, told)
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        lines = fonts.line_height(Type.BASE) + fonts.line_height(Type.CAPTION)
        return QSize(200, max(fonts.scaled(HEIGHT), lines + 4))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            room, choice = self._words().width(), self.choice
            is_cut = _told_metrics().horizontalAdvance(choice.told) > room
            texts.show_tool_tip(QCursor.pos(), choice.told if is_cut else "", self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses; arrows, digits and Enter are the form's."""
        if event.key() == Qt.Key.Key_Space:
            self.click()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colors, on = QPainter(self), theme.current(), self.isChecked()
        if on or self.underMouse():
            painter.fillRect(self.rect(), colors.color("sel" if on else "hover"))
        if self.hasFocus():
            painter.fillRect(0, 0, EDGE, self.height(), colors.color("accent"))
        cap = fonts.scaled(CAP)
        paint_cap(painter, QRect(PAD, (self.height() - cap) // 2, cap, cap), self.choice.key)
        words = self._words()
        title, told = fonts.line_height(Type.BASE), fonts.line_height(Type.CAPTION)
        top = (self.height() - title - told) // 2 if self.choice.told else (self.height() - title) // 2
        at_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(fonts.font(Type.BASE, QFont.Weight.DemiBold if on else QFont.Weight.Medium))
        painter.setPen(colors.color("text"))
        painter.drawText(QRect(words.x(), top, words.width(), title), at_left, self.choice.title)
        painter.setFont(fonts.font(Type.CAPTION))
        painter.setPen(colors.color("text2"))
        shown = _told_metrics().elidedText(self.choice.told, Qt.TextElideMode.ElideRight, words.width() + 1)
        painter.drawText(QRect(words.x(), top + title, words.width(), told), at_left, shown)
        painter.end()

    def _words(self) -> QRect:
        left = PAD + fonts.scaled(CAP) + GAP
        return QRect(left, 0, self.width() - left - PAD, self.height())

    def _name(self) -> None:
        self.setAccessibleName(self.choice.title)
        told = f", {self.choice.told}" if self.choice.told else ""
        self.setAccessibleDescription(f"Key {self.choice.key}{told}")


class OutcomeList(QWidget):
    """``chosen`` with a choice's code, by a click; the form chooses by key."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[OutcomeRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setAccessibleName("Outcome")

    def offer(self, choices: Sequence[OutcomeChoice]) -> None:
        """Other outcomes; what is chosen stays where it is among them."""
        before, had_keyboard = self.value(), any(row.hasFocus() for row in self._rows)
        if [row.choice for row in self._rows] == list(choices):
            return
        gone, self._rows = self._rows, [OutcomeRow(choice) for choice in choices]
        for row in self._rows:
            row.clicked.connect(lambda _=False, code=row.choice.code: self.chosen.emit(code))
            self._column.addWidget(row)
            row.setVisible(True)  # the keyboard cannot go to what is not shown yet
        self.mark(before)
        if had_keyboard:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        for row in gone:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()

    def tell(self, code: str, told: str) -> None:
        """What comes next after one of them."""
        for row in self._rows:
            if row.choice.code == code:
                row.say(told)

    def value(self) -> str:
        return next((row.choice.code for row in self._rows if row.isChecked()), "")

    def code_of(self, key: str) -> str:
        """Which one a key means; the empty text where it means none."""
        return next((row.choice.code for row in self._rows if row.choice.key == key), "")

    def mark(self, code: str) -> None:
        """Chooses without a signal; the Tab key stops at it."""
        for row in self._rows:
            row.setChecked(row.choice.code == code)
        stop = next((row for row in self._rows if row.isChecked()), self._rows[0] if self._rows else None)
        for row in self._rows:
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if row is stop else Qt.FocusPolicy.ClickFocus)
        if stop is not None:
            self.setFocusProxy(stop)

    def step(self, by: int) -> str:
        """The one after the chosen one, or before it; at first the first or the last."""
        at = next((place for place, row in enumerate(self._rows) if row.isChecked()), -1 if by > 0 else 0)
        return self._rows[(at + by) % len(self._rows)].choice.code if self._rows else ""

    def has_keyboard(self) -> bool:
        return any(row.hasFocus() for row in self._rows)


def _told_metrics() -> QFontMetrics:
    return QFontMetrics(fonts.font(Type.CAPTION))
