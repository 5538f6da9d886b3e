"""The list of starts: digits choose a row, left and right an earlier or later start in it, Enter takes it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QHelpEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QWidget,
)

from desk_app.application.start_reasons import REASON_WORDS
from desk_app.domain.slots import Slot
from desk_app.ui import fonts, theme
from desk_app.ui.fonts import Type
from desk_app.ui.models.slot_model import KEYED, RowRole, SlotModel, SlotRow
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyCap, cap_size, paint_cap

ROW, HEAD, DAY, FOCUS = 31, 28, 24, 3
COLUMNS = {"key": 8, "day": 32, "setup": 112, "latest": 150, "resources": 196, "home": 305, "reason": 344}
"""Where each column begins, in pixels at the designed size."""


HEADS = {"setup": "Setup", "resources": "Resources", "home": "Home"}


class SlotHead(QWidget):
    """How many starts were found, over the columns they are listed in, and how to list them otherwise."""

    switched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setFixedHeight(fonts.scaled(HEAD))
        self.mode = QToolButton()
        self.mode.setAutoRaise(True)
        self.mode.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.mode.setFont(fonts.font(Type.CAPTION, QFont.Weight.Medium))
        self.mode.clicked.connect(self.switched)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 8, 1)
        row.setSpacing(2)
        row.addStretch(1)
        row.addWidget(self.mode)
        row.addWidget(KeyCap("D"))
        self.say_mode(False)

    def say_mode(self, one_a_day: bool) -> None:
        """The button names what it would change to."""
        self.mode.setText("all" if one_a_day else "1 a day")
        words = "List every start" if one_a_day else "List the first start of each of the next ten days"
        self.mode.setAccessibleName(words)
        texts.set_tool_tip(self.mode, f"{words} (D)")

    def say(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self.update()

    def words(self) -> str:
        return self._words

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colors = theme.current()
        painter.fillRect(self.rect(), colors.color("alt"))
        painter.fillRect(0, 0, self.width(), 1, colors.color("line"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colors.color("line"))
        painter.setFont(fonts.font(Type.CAPTION, QFont.Weight.DemiBold))
        painter.setPen(colors.color("text2"))
        heads = HEADS if self._words[:1].isdigit() else {}
        for column, text in {"key": self._words, **heads}.items():
            left = 16 if column == "key" else _left_of(column)
            box = QRect(left, 0, self.width() - left, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()


def _left_of(column: str) -> int:
    return fonts.scaled(COLUMNS[column])


class SlotDelegate(QStyledItemDelegate):
    """Paints a start in columns; plain text only."""

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
            paint_cap(painter, QRect(rect.x() + _left_of("key"), top, cap.width(), cap.height()), row.key)
        bold = QFont.Weight.DemiBold
        self._text(painter, rect, "day", row.day, Type.BASE, bold if chosen else QFont.Weight.Medium, "text")
        self._text(painter, rect, "setup", row.setup, Type.BASE, bold, "text")
        self._text(painter, rect, "resources", row.resources, Type.SMALL, QFont.Weight.Normal, "text2")
        self._text(painter, rect, "home", row.home, Type.BASE, QFont.Weight.Normal, "text")
        latest = f"–{row.latest}" if row.latest else ""
        self._text(painter, rect, "latest", latest, Type.SMALL, QFont.Weight.Normal, "text2")
        self._text(painter, rect, "reason", row.reason, Type.CAPTION, QFont.Weight.Medium, "text2")
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Whoever assists is not in the row, but here; and what is good about it in full."""
        names = index.data(int(Qt.ItemDataRole.AccessibleDescriptionRole))
        if event.type() == QEvent.Type.ToolTip and names:
            reason = REASON_WORDS.get(index.data(RowRole).reason, "")
            texts.show_tool_tip(event.globalPos(), f"{names}\n{reason}".strip(), view)
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
            head.adjusted(_left_of("key"), 0, -6, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words
        )
        return rect.adjusted(0, height, 0, 0)

    def _text(
        self, painter: QPainter, rect: QRect, column: str, text: str, size: Type, weight: QFont.Weight, role: str
    ) -> None:
        names = list(COLUMNS)
        after = names.index(column) + 1
        left = rect.x() + _left_of(column)
        right = rect.x() + _left_of(names[after]) - 6 if after < len(names) else rect.right() - 6
        painter.setFont(fonts.font(size, weight))
        painter.setPen(theme.current().color(role))
        box = QRect(left, rect.y(), right - left, rect.height() - 1)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


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
        elif event.key() in (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_PageUp,
            Qt.Key.Key_PageDown,
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
        ):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _take(self) -> None:
        slot = self.current_slot()
        if slot is not None:
            self.slot_taken.emit(slot)

    def _on_current_changed(self) -> None:
        self.slot_chosen.emit(self.current_slot())
