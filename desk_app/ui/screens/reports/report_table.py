"""A report's table: arrows walk its lines, Enter leads to the records behind one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desk_app.application.reports.report import Report, ReportRow
from desk_app.ui import fonts, theme
from desk_app.ui.fonts import Type
from desk_app.ui.models.report_model import ReportModel
from desk_app.ui.widgets import texts

ROW, HEAD, MOST_ROWS = 30, 28, 10
LEAST, NAME = 60, 150
PAD, NAME_PAD, FOCUS = 8, 16, 3
Index = QModelIndex | QPersistentModelIndex
OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
WALKING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class _Delegate(QStyledItemDelegate):
    """A line under each row, the keyboard's row behind a bar; names begin where their head begins."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        colors, chosen = theme.current(), bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, colors.color("sel" if chosen else "base"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colors.color("grid"))
        first = index.column() == 0
        if chosen and first and bool(option.state & QStyle.StateFlag.State_HasFocus):
            painter.fillRect(rect.x(), rect.y(), FOCUS, rect.height() - 1, colors.color("accent"))
        painter.setFont(_font(first))
        painter.setPen(colors.color("text"))
        place, said = _said(rect, index)
        painter.drawText(place, Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)), said)
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """What is cut is told whole."""
        whole = str(index.data() or "")
        if event.type() != QEvent.Type.ToolTip or _said(option.rect, index)[1] == whole:
            return False
        texts.show_tool_tip(event.globalPos(), whole, view)
        return True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = QFontMetrics(fonts.font(Type.BASE)).horizontalAdvance(str(index.data() or ""))
        return QSize(width + 2 * PAD, fonts.scaled(ROW))


def _font(first: bool) -> QFont:
    return fonts.font(Type.BASE, QFont.Weight.DemiBold if first else QFont.Weight.Normal)


def _said(rect: QRect, index: Index) -> tuple[QRect, str]:
    """Where a cell's text stands, and as much of it as has room there."""
    first = index.column() == 0
    place = rect.adjusted(NAME_PAD if first else PAD, 0, -PAD, 0)
    room = max(place.width(), 0)
    return place, QFontMetrics(_font(first)).elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, room)


class ReportTable(QTableView):
    """``row_opened`` with a line; ``keyboard_came`` when the keyboard comes in."""

    row_opened = Signal(object)
    keyboard_came = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.report = ReportModel(self)
        self.setModel(self.report)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._shape_headers()
        self.clicked.connect(self._open)

    def show_report(self, report: Report) -> None:
        at = self.currentIndex().row()
        self.report.show(report)
        self.setAccessibleName(report.title)
        self.setAccessibleDescription(report.definition)
        rows = min(len(report.rows), MOST_ROWS)
        self.setFixedHeight(fonts.scaled(ROW) * rows + fonts.scaled(HEAD) + 2)
        self.setMinimumWidth(sum(self._wanted(column) for column in range(1, len(report.columns))) + fonts.scaled(NAME))
        self._share_width()
        if self.hasFocus() and self.report.rowCount():
            self.setCurrentIndex(self.report.index(min(max(at, 0), self.report.rowCount() - 1), 0))

    def enter(self, at_end: bool = False) -> None:
        """The keyboard comes in at the first line, or the last."""
        self.setCurrentIndex(self.report.index(self.report.rowCount() - 1 if at_end else 0, 0))
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def let_go(self) -> None:
        """Another report is chosen."""
        self.setCurrentIndex(QModelIndex())
        self.clearSelection()

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the window."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid() and self.report.rowCount():
            self.setCurrentIndex(self.report.index(0, 0))
        super().focusInEvent(event)
        self.keyboard_came.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at, last = self.currentIndex().row(), self.report.rowCount() - 1
        if event.key() in OPENING:
            self._open(self.currentIndex())
        elif (event.key() == Qt.Key.Key_Up and at <= 0) or (event.key() == Qt.Key.Key_Down and at >= last):
            event.ignore()  # on to the report above or below
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.setCurrentIndex(self.report.index(0 if event.key() == Qt.Key.Key_Home else last, 0))
        elif event.key() in WALKING:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _open(self, index: QModelIndex) -> None:
        row: ReportRow | None = self.report.row_at(index.row())
        if row is not None:
            self.row_opened.emit(row)

    def _shape_headers(self) -> None:
        down, across = self.verticalHeader(), self.horizontalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(fonts.scaled(ROW))
        across.setFixedHeight(fonts.scaled(HEAD))
        across.setFont(fonts.font(Type.CAPTION))
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setMinimumSectionSize(20)

    def _share_width(self) -> None:
        """Figures get what they need, names the rest."""
        header, columns = self.horizontalHeader(), self.report.columnCount()
        rest = self.viewport().width()
        for column in range(1, columns):
            header.resizeSection(column, self._wanted(column))
            rest -= self._wanted(column)
        if columns:
            header.resizeSection(0, max(rest, fonts.scaled(NAME) // 2))

    def _wanted(self, column: int) -> int:
        """Of a column of figures; the last one's head stands further from the rim."""
        head = self.horizontalHeader().sectionSizeHint(column)
        return max(self.sizeHintForColumn(column), head, fonts.scaled(LEAST))
