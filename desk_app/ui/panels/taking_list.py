"""Proposed moves as a list, painted: whether it is taken, who it is and when, what changes, and what is told of it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desk_app.ui import fonts, icons, theme
from desk_app.ui.fonts import Type
from desk_app.ui.models.taking_model import RowRole, TakingModel, TakingRow
from desk_app.ui.widgets.row_keys import ROW_KEYS

ROW, FOCUS, BOX = 54, 3, 16
LEFT, TEXT, RIGHT = 14, 40, 12
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class TakingDelegate(QStyledItemDelegate):
    """Three short lines a visit."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(280, fonts.scaled(ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: TakingRow = index.data(RowRole)
        rect: QRect = option.rect
        colors, selected = theme.current(), bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, colors.color("sel" if selected else "raised"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colors.color("line"))
        if selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect.x(), rect.y(), FOCUS, rect.height() - 1, colors.color("accent"))
        if row.can_choose:
            self._box(painter, rect, row.chosen)
        self._words(painter, rect.adjusted(fonts.scaled(TEXT), 4, -fonts.scaled(RIGHT), -4), row)
        painter.restore()

    def _box(self, painter: QPainter, rect: QRect, chosen: bool) -> None:
        colors, size = theme.current(), fonts.scaled(BOX)
        box = QRect(rect.x() + fonts.scaled(LEFT), rect.y() + (rect.height() - size) // 2, size, size)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colors.color("accent" if chosen else "line2"), 1))
        painter.setBrush(colors.color("accent") if chosen else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
        if chosen:
            mark = icons.pixmap("check", colors.color("onaccent"), size - 4, painter.device().devicePixelRatioF())
            painter.drawPixmap(box.x() + 2, box.y() + 2, mark)

    def _words(self, painter: QPainter, room: QRect, row: TakingRow) -> None:
        third = room.height() // 3
        upper, middle = (
            QRect(room.x(), room.y(), room.width(), third),
            QRect(room.x(), room.y() + third, room.width(), third),
        )
        lower = QRect(room.x(), room.y() + 2 * third, room.width(), third)
        when = _write(painter, upper, row.when, fonts.font(Type.SMALL), "text2", Qt.AlignmentFlag.AlignRight)
        _write(
            painter, upper.adjusted(0, 0, -when - 8, 0), row.name, fonts.font(Type.BASE, QFont.Weight.DemiBold), "text"
        )
        _write(painter, middle, row.what, fonts.font(Type.SMALL), "text2")
        _write(painter, lower, row.told, fonts.font(Type.SMALL, QFont.Weight.Medium), row.tone)


def _write(
    painter: QPainter,
    room: QRect,
    text: str,
    font: QFont,
    role: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> int:
    """Answers the width it took."""
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.setFont(font)
    painter.setPen(theme.current().color(role))
    painter.drawText(room, MIDDLE | side, shown)
    return QFontMetrics(font).horizontalAdvance(shown)


class TakingList(QListView):
    """Space, or a click on its box, takes or leaves a visit; A all or none."""

    def __init__(self, moves: TakingModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moves = moves
        moves.setParent(self)
        self.setModel(moves)
        self.setItemDelegate(TakingDelegate(self))
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the panel, not a search in the list."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._moves.toggle(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_A and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._moves.toggle_all()
        elif event.key() in ROW_KEYS:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() < fonts.scaled(TEXT):
            self._moves.toggle(index.row())
