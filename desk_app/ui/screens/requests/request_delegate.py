"""Paints the inbox: a group's heading across the row, and cells with their icon, weight and colour role."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desk_app.ui import fonts, icons, theme
from desk_app.ui.fonts import Type
from desk_app.ui.models.request_cells import DUE, NAME, Cell
from desk_app.ui.models.request_model import CellRole, Group, GroupRole

ROW, HEAD, PAD, ICON = 32, 34, 8, 16
Index = QModelIndex | QPersistentModelIndex


class RequestDelegate(QStyledItemDelegate):
    """Plain text only: nothing that somebody wrote is taken for markup."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = HEAD if index.data(GroupRole) is not None or not index.parent().isValid() else ROW
        return QSize(40, height + fonts.line_height(Type.BASE) - 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, state = option.rect, option.state
        colors = theme.current()
        painter.save()
        group = index.data(GroupRole)
        if isinstance(group, Group):
            _paint_head(painter, rect, group, bool(state & QStyle.StateFlag.State_Open))
        else:
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            painter.fillRect(rect, colors.color("sel" if chosen else "base"))
            cell = index.data(CellRole)
            if isinstance(cell, Cell):
                _paint_cell(painter, rect, cell, index.column(), chosen)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colors.color("line"))
        painter.restore()


def _paint_head(painter: QPainter, rect: QRect, group: Group, is_open: bool) -> None:
    colors = theme.current()
    painter.fillRect(rect, colors.color("alt"))
    ratio = painter.device().devicePixelRatio()
    chevron = icons.pixmap("down" if is_open else "right", colors.color("text2"), 14, ratio)
    painter.drawPixmap(rect.x() + 12, rect.y() + (rect.height() - 14) // 2, chevron)
    left = rect.x() + 32
    for text, weight, role in (
        (group.title, QFont.Weight.DemiBold, "text"),
        (str(len(group.lines)), QFont.Weight.Normal, "text2"),
        (group.hint, QFont.Weight.Normal, "text3"),
    ):
        painter.setFont(fonts.font(Type.BASE if role != "text3" else Type.SMALL, weight))
        painter.setPen(colors.color(role))
        painter.drawText(QRect(left, rect.y(), rect.right() - left, rect.height()), Qt.AlignmentFlag.AlignVCenter, text)
        left += painter.fontMetrics().horizontalAdvance(text) + (8 if role == "text" else 12)


def _paint_cell(painter: QPainter, rect: QRect, cell: Cell, column: int, chosen: bool) -> None:
    colors = theme.current()
    role = "text2" if chosen and cell.role == "text3" else cell.role
    color = colors.color(role)
    font = QFont(fonts.font(Type.BASE, QFont.Weight.DemiBold if cell.bold else QFont.Weight.Normal))
    if cell.struck:
        font.setStrikeOut(True)
        color = colors.color("text3")
    painter.setFont(font)
    painter.setPen(color)
    box = rect.adjusted(PAD + (8 if column == 0 else 0), 0, -PAD, -1)
    right = column == DUE
    width = painter.fontMetrics().horizontalAdvance(cell.text) + (ICON + 5 if cell.icon else 0)
    if right and width < box.width():
        box.setLeft(box.right() - width)
    if cell.icon:
        picture = icons.pixmap(
            cell.icon, colors.color("text2") if column == NAME else color, ICON, painter.device().devicePixelRatio()
        )
        painter.drawPixmap(box.x(), box.y() + (box.height() - ICON) // 2, picture)
        box.setLeft(box.left() + ICON + 5)
    text = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, box.width() + 1)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
