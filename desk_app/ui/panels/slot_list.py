"""The list of starts: digits choose a row, left and right an earlier or later start in it, Enter takes it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desk_app.application.start_reasons import REASON_WORDS
from desk_app.domain.slots import Slot
from desk_app.ui import fonts, theme
from desk_app.ui.fonts import Type
from desk_app.ui.models.slot_model import KEYED, RowRole, SlotModel, SlotRow
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import cap_size, paint_cap
from desk_app.ui.widgets.row_keys import ROW_KEYS

ROW, HEAD, DAY, FOCUS = 42, 28, 24, 3
KEY, LEFT, START, RIGHT = 8, 32, 116, 10
"""Where keys, words and starts begin, and how far from the rim a row ends, in pixels at the designed size."""

COVERAGE = "! coverage"
"""In the place of what is good about a start: payers may not cover that day."""

HOME_FROM = 340
"""A list this wide has room for the word "home" beside its time."""


class SlotHead(QWidget):
    """How many starts were found, and how to list them otherwise; a click does that too."""

    switched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._other = "", ""
        self.setFixedHeight(fonts.scaled(HEAD))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.say_mode(False)

    def say(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self.update()

    def say_mode(self, one_a_day: bool) -> None:
        """What the key would change to."""
        self._other = "every start" if one_a_day else "first of each day"
        told = "List every start (D)" if one_a_day else "List the first start of each of the next ten days (D)"
        self.setAccessibleDescription(told)
        texts.set_tool_tip(self, told)
        self.update()

    def words(self) -> str:
        return self._words

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.switched.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colors, cap = theme.current(), cap_size("D")
        painter.fillRect(self.rect(), colors.color("alt"))
        painter.fillRect(0, 0, self.width(), 1, colors.color("line"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colors.color("line"))
        painter.setFont(fonts.font(Type.CAPTION, QFont.Weight.DemiBold))
        painter.setPen(colors.color("text2"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(16, 0, 0, 0), middle | Qt.AlignmentFlag.AlignLeft, self._words)
        right = self.width() - 16 - cap.width()
        paint_cap(painter, QRect(right, (self.height() - cap.height()) // 2, cap.width(), cap.height()), "D")
        painter.setFont(fonts.font(Type.CAPTION))
        beside = QRect(0, 0, right - 6, self.height())
        painter.drawText(beside, middle | Qt.AlignmentFlag.AlignRight, self._other)
        painter.end()


class SlotDelegate(QStyledItemDelegate):
    """Paints a start in two lines: when, until when and when home; with what, and what is good about it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row: SlotRow = index.data(RowRole)
        return QSize(300, fonts.scaled(ROW) + (fonts.scaled(DAY) if row.heading else 0))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: SlotRow = index.data(RowRole)
        rect: QRect = option.rect
        colors = theme.current()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if row.heading:
            rect = self._heading(painter, rect, row.heading)
        painter.fillRect(rect, colors.color("sel" if chosen else "raised"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colors.color("line"))
        if chosen and bool(option.state & QStyle.StateFlag.State_HasFocus):
            painter.fillRect(rect.x(), rect.y(), FOCUS, rect.height() - 1, colors.color("accent"))
        if row.key:
            cap = cap_size(row.key)
            top = rect.y() + (rect.height() - cap.height()) // 2
            paint_cap(painter, QRect(rect.x() + fonts.scaled(KEY), top, cap.width(), cap.height()), row.key)
        self._words(painter, rect, row, chosen)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Whoever assists is not in the row, but here; and what is good and what is doubtful about it in full."""
        names = index.data(int(Qt.ItemDataRole.AccessibleDescriptionRole))
        if event.type() == QEvent.Type.ToolTip and names:
            row: SlotRow = index.data(RowRole)
            lines = (names, REASON_WORDS.get(row.reason, ""), row.doubt)
            texts.show_tool_tip(event.globalPos(), "\n".join(line for line in lines if line), view)
            return True
        return super().helpEvent(event, view, option, index)

    def _heading(self, painter: QPainter, rect: QRect, words: str) -> QRect:
        """The day over its rows; answers what is left for the row."""
        height = fonts.scaled(DAY)
        head = QRect(rect.x(), rect.y(), rect.width(), height)
        painter.fillRect(head, theme.current().color("alt"))
        painter.fillRect(rect.x(), head.bottom(), rect.width(), 1, theme.current().color("line"))
        painter.setFont(fonts.font(Type.SMALL, QFont.Weight.DemiBold))
        painter.setPen(theme.current().color("text2"))
        painter.drawText(
            head.adjusted(fonts.scaled(KEY), 0, -6, 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            words,
        )
        return rect.adjusted(0, height, 0, 0)

    def _words(self, painter: QPainter, rect: QRect, row: SlotRow, chosen: bool) -> None:
        half = (rect.height() - 1) // 2
        upper = QRect(rect.x(), rect.y() + 3, rect.width() - fonts.scaled(RIGHT), half - 2)
        lower = QRect(rect.x(), rect.y() + half, upper.width(), half - 2)
        bold = QFont.Weight.DemiBold
        self._write(painter, upper, LEFT, row.day, fonts.font(Type.BASE, bold if chosen else QFont.Weight.Medium))
        end = self._write(painter, upper, START, row.setup, fonts.font(Type.BASE, bold))
        if row.latest:
            self._write(
                painter, upper.adjusted(end + 3, 0, 0, 0), 0, f"to {row.latest}", fonts.font(Type.SMALL), "text2"
            )
        home = f"home {row.home}" if ":" in row.home and rect.width() >= fonts.scaled(HOME_FROM) else row.home
        self._at_right(painter, upper, home, fonts.font(Type.BASE), "text")
        self._write(painter, lower, LEFT, row.resources, fonts.font(Type.SMALL), "text2")
        small = fonts.font(Type.SMALL, QFont.Weight.Medium)
        self._at_right(painter, lower, COVERAGE if row.doubt else row.reason, small, "warn" if row.doubt else "text2")

    def _write(self, painter: QPainter, box: QRect, left: int, text: str, font: QFont, role: str = "text") -> int:
        """Answers where the text ends, from the box's left."""
        painter.setFont(font)
        painter.setPen(theme.current().color(role))
        at = fonts.scaled(left)
        painter.drawText(box.adjusted(at, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        return at + painter.fontMetrics().horizontalAdvance(text)

    def _at_right(self, painter: QPainter, box: QRect, text: str, font: QFont, role: str) -> None:
        painter.setFont(font)
        painter.setPen(theme.current().color(role))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)


class SlotList(QListView):
    """``slot_chosen`` as the selection moves, ``slot_taken`` on Enter or a double click."""

    slot_chosen = Signal(object)
    slot_taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slots = SlotModel(self)
        self.setModel(self._slots)
        self.setItemDelegate(SlotDelegate(self))
        self.setAccessibleName("Starts that fit")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(lambda _: self._take())

    @property
    def slots(self) -> SlotModel:
        return self._slots

    def current_slot(self) -> Slot | None:
        return self._slots.slot_at(self.currentIndex().row())

    def choose_row(self, row: int) -> None:
        self.setCurrentIndex(self._slots.index(row))

    def choose_start(self, start: datetime | None) -> None:
        """The same start again after another search, if it is still there; else the first."""
        row = self._slots.choose(start) if start is not None else None
        self.choose_row(row or 0)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the panel, not a search in the list."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if typed and typed in "123456789"[:KEYED] and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if int(typed) <= self._slots.rowCount():
                self.choose_row(int(typed) - 1)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if self._slots.shift(self.currentIndex().row(), 1 if event.key() == Qt.Key.Key_Right else -1):
                self._on_current_changed()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif event.key() in ROW_KEYS:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _take(self) -> None:
        slot = self.current_slot()
        if slot is not None:
            self.slot_taken.emit(slot)

    def _on_current_changed(self) -> None:
        self.slot_chosen.emit(self.current_slot())
