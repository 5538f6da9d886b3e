"""The records behind a figure in the inspector, and how the figure is counted. Enter opens one."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desk_app.application.reports.behind import BehindLine
from desk_app.application.reports.report import MOST_RECORDS
from desk_app.application.wording import count
from desk_app.ui import fonts, theme
from desk_app.ui.fonts import Type
from desk_app.ui.models.behind_model import BehindModel, LineRole
from desk_app.ui.panels.form import ENTER, Form
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.row_keys import ROW_KEYS

ROW, PAD, FOCUS = 42, 16, 3
OPEN = {"visit": "Open the visit", "request": "Open the request", "patient": "Open the chart", "call": "Open the call"}
BACK = "Back to the reports"
NOBODY = "No record stands behind it."
Index = QModelIndex | QPersistentModelIndex


class _Delegate(QStyledItemDelegate):
    """Two lines: who and what it says, when and about what."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, fonts.scaled(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: BehindLine = index.data(LineRole)
        rect: QRect = option.rect
        colors, chosen = theme.current(), bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, colors.color("sel" if chosen else "raised"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colors.color("line"))
        if chosen and bool(option.state & QStyle.StateFlag.State_HasFocus):
            painter.fillRect(rect.x(), rect.y(), FOCUS, rect.height() - 1, colors.color("accent"))
        inner = rect.adjusted(PAD, 4, -PAD, -4)
        below = inner.adjusted(0, inner.height() // 2, 0, 0)
        inner.setHeight(inner.height() // 2)
        used = _words(painter, inner, line.value, "text", QFont.Weight.Normal, at_right=True)
        _words(painter, inner.adjusted(0, 0, -used - 8, 0), line.name, "text", QFont.Weight.DemiBold)
        used = _words(painter, below, line.when, "text2", size=Type.SMALL)
        _words(painter, below.adjusted(used + 10, 0, 0, 0), line.what, "text2", size=Type.SMALL)
        painter.restore()


def _words(
    painter: QPainter,
    place: QRect,
    text: str,
    role: str,
    weight: QFont.Weight = QFont.Weight.Normal,
    at_right: bool = False,
    size: Type = Type.BASE,
) -> int:
    """Answers how wide the words are."""
    font = fonts.font(size, weight)
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(theme.current().color(role))
    side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(place.width(), 0))
    painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)


class BehindList(QListView):
    """Its keys are only those that walk; Enter is the panel's. ``keyboard_moved`` when it comes or goes."""

    keyboard_moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines = BehindModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("Records behind it")

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the window."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid() and self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(0))
        super().focusInEvent(event)
        self.keyboard_moved.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.keyboard_moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ROW_KEYS:
            super().keyPressEvent(event)
        else:
            event.ignore()


class BehindPanel(Form):
    """``opened`` with the kind of card and its number."""

    opened = Signal(str, int)

    def __init__(self, title: str, told: str, definition: str) -> None:
        super().__init__(title, BACK, "Enter", "right")
        self.say_title(title, told)
        self._caption = texts.label("", Type.CAPTION, QFont.Weight.DemiBold, "text3", wrap=True)
        self.list = BehindList()
        self.body.addWidget(self._caption)
        self.column.insertWidget(2, self.list, 1)
        self.foot.insertWidget(0, texts.label(definition, Type.SMALL, role="text2", wrap=True))
        self.foot.insertWidget(0, texts.label("How it is counted", Type.CAPTION, QFont.Weight.DemiBold, "text3"))
        self.area.setMaximumHeight(self._caption.sizeHint().height() * 3)
        self.list.selectionModel().currentChanged.connect(self._say_step)
        self.list.doubleClicked.connect(lambda _: self.submit())

    def stops(self) -> list[QWidget]:
        return [self.list, self.primary]

    def show_lines(self, lines: tuple[BehindLine, ...], of: int) -> None:
        """All of them, or the first of more."""
        self.list.lines.show(lines)
        self.list.setVisible(bool(lines))
        if not lines:
            self._caption.setText(NOBODY)
            self.column.setStretch(1, 1)
        elif of > len(lines) and len(lines) == MOST_RECORDS:
            self._caption.setText(f"The first {len(lines)} of {of} records")
        else:
            self._caption.setText(count(len(lines), "record", "records"))
        self.setFocusProxy(self.list if lines else self.primary)
        if lines:
            self.list.setCurrentIndex(self.list.lines.index(0))
        self._say_step()

    def submit(self) -> None:
        line = self.list.lines.line_at(self.list.currentIndex().row())
        if line is None:
            self.left.emit()
        else:
            self.opened.emit(line.card, line.number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the button wherever the keyboard is."""
        if event.key() in ENTER:
            self.submit()
        else:
            super().keyPressEvent(event)

    def _say_step(self) -> None:
        line = self.list.lines.line_at(self.list.currentIndex().row())
        self.primary.say(BACK if line is None else OPEN.get(line.card, BACK))
