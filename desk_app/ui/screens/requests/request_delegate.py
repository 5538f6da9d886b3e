"""Paints the inbox: a group's heading across the row, and cells with their icon, weight and colour role."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desk_app.ui import fonts, icons, theme
from desk_app.ui.fonts import Type
from desk_app.ui.models.cell import Cell
from desk_app.ui.models.grouped_model import CellRole, GroupRole
from desk_app.ui.models.request_cells import DUE, NAME
from desk_app.ui.models.request_model import Group
from desk_app.ui.widgets import texts

ROW, HEAD, PAD, ICON, GAP, FOCUS = 32, 34, 8, 16, 5, 3
Index = QModelIndex | QPersistentModelIndex


class RequestDelegate(QStyledItemDelegate):
    """Plain text only: nothing that somebody wrote is taken for markup."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = HEAD if index.data(GroupRole) is not None or not index.parent().isValid() else ROW
        return QSize(40, fonts.scaled(height))

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Whatever is cut in the row is whole here."""
        cell = index.data(CellRole)
        if event.type() == QEvent.Type.ToolTip and isinstance(cell, Cell):
            room = _text_box(option.rect, index.column()).width() - (ICON + GAP if cell.icon else 0)
            is_cut = shown_text(cell, index.column(), room, QFontMetrics(_font(cell))) != cell.text
            texts.show_tool_tip(event.globalPos(), cell.text if is_cut else "", view)
            return True
        return super().helpEvent(event, view, option, index)

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
            if chosen and index.column() == 0 and _has_keyboard(option):
                painter.fillRect(rect.x(), rect.y(), FOCUS, rect.height() - 1, colors.color("accent"))
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
    color = colors.color("text3" if cell.struck else role)
    painter.setFont(_font(cell))
    painter.setPen(color)
    box = _text_box(rect, column)
    text = shown_text(cell, column, box.width() - (ICON + GAP if cell.icon else 0), painter.fontMetrics())
    if column == DUE:
        width = painter.fontMetrics().horizontalAdvance(text) + (ICON + GAP if cell.icon else 0)
        box.setLeft(max(box.left(), box.right() - width))
    if cell.icon:
        picture = icons.pixmap(
            cell.icon, colors.color("text2") if column == NAME else color, ICON, painter.device().devicePixelRatio()
        )
        painter.drawPixmap(box.x(), box.y() + (box.height() - ICON) // 2, picture)
        box.setLeft(box.left() + ICON + GAP)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def shown_text(cell: Cell, column: int, width: int, metrics: QFontMetrics) -> str:
    """What has room: a given name shrinks to its initial before a surname is cut, and levels are never cut."""
    family, comma, given = cell.text.partition(", ")
    tries = (cell.text, f"{family}, {given[:1]}.", family) if column == NAME and comma else (cell.text,)
    for text in tries:
        if metrics.horizontalAdvance(text) <= width + 1:
            return text
    if cell.tail and metrics.horizontalAdvance(f"… {cell.tail}") < width:
        head = cell.text.removesuffix(cell.tail).rstrip()
        room = width - metrics.horizontalAdvance(f" {cell.tail}")
        return f"{metrics.elidedText(head, Qt.TextElideMode.ElideRight, room)} {cell.tail}"
    return metrics.elidedText(tries[-1], Qt.TextElideMode.ElideRight, width + 1)


def wanted_width(cell: Cell, column: int) -> int:
    """The width in which nothing of a cell is cut."""
    words = QFontMetrics(_font(cell)).horizontalAdvance(cell.text) + (ICON + GAP if cell.icon else 0)
    return words + 2 * PAD + (8 if column in (0, DUE) else 0) + 2


def _font(cell: Cell) -> QFont:
    font = QFont(fonts.font(Type.BASE, QFont.Weight.DemiBold if cell.bold else QFont.Weight.Normal))
    font.setStrikeOut(cell.struck)
    return font


def _text_box(rect: QRect, column: int) -> QRect:
    return rect.adjusted(PAD + (8 if column == 0 else 0), 0, -PAD - (8 if column == DUE else 0), -1)


def _has_keyboard(option: QStyleOptionViewItem) -> bool:
    view: QWidget | None = getattr(option, "widget", None)
    return view is not None and view.hasFocus()
