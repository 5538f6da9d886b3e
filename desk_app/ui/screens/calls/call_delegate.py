"""Paints the calls: a heading across the row with its number, hours and what one call serves, and the rows' cells."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from desk_app.ui import fonts, icons, theme
from desk_app.ui.fonts import Type
from desk_app.ui.models.call_cells import NAME
from desk_app.ui.models.call_groups import CallGroup
from desk_app.ui.models.cell import Cell
from desk_app.ui.models.grouped_model import CellRole, GroupRole, Index
from desk_app.ui.widgets import texts

ROW, HEAD, PAYER_HEAD = 32, 34, 44
INDENT, PAD, ICON, GAP, FOCUS = 22, 8, 15, 5, 3
DOT = " · "
NOTHING = QSize()
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class CallDelegate(QStyledItemDelegate):
    """Plain text only. The view fills the row's ground: a cell may go over several columns."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The view asks for every cell of thousands of rows: the first says how high its row is."""
        if index.column():
            return NOTHING
        group = index.data(GroupRole) if not index.internalId() else None
        if isinstance(group, CallGroup):
            return QSize(40, fonts.scaled(PAYER_HEAD if group.is_payer else HEAD))
        return QSize(40, fonts.scaled(ROW))

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Whatever is cut in the row is whole here."""
        cell = index.data(CellRole)
        if event.type() == QEvent.Type.ToolTip and isinstance(cell, Cell):
            whole = DOT.join(part for part in (cell.text, cell.more) if part)
            is_cut = wanted_width(cell, index.column()) > self._box(option.rect, index.column(), cell).width() + 2 * PAD
            texts.show_tool_tip(event.globalPos(), whole if is_cut else "", view)
            return True
        return super().helpEvent(event, view, option, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, state = option.rect, option.state
        painter.save()
        group, cell = index.data(GroupRole), index.data(CellRole)
        if isinstance(group, CallGroup):
            _paint_head(painter, rect, group, bool(state & QStyle.StateFlag.State_Open))
        elif isinstance(cell, Cell):
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            _paint_cell(painter, self._box(rect, index.column(), cell), cell, index.column(), chosen)
            if chosen and index.column() == 0 and self._view.hasFocus():
                painter.fillRect(rect.x(), rect.y(), FOCUS, rect.height() - 1, theme.current().color("accent"))
        painter.restore()

    def _box(self, rect: QRect, column: int, cell: Cell) -> QRect:
        """Where the words of a cell may stand: over all the columns it goes."""
        width = sum(self._view.columnWidth(column + step) for step in range(cell.span))
        whole = QRect(rect.x(), rect.y(), width, rect.height())
        return whole.adjusted(PAD + (INDENT if column == 0 else 0), 0, -PAD, -1)


def _paint_head(painter: QPainter, rect: QRect, group: CallGroup, is_open: bool) -> None:
    colors, ratio = theme.current(), painter.device().devicePixelRatio()
    painter.fillRect(rect, colors.color("alt"))
    painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colors.color("line"))
    chevron = icons.pixmap("down" if is_open else "right", colors.color("text2"), 14, ratio)
    painter.drawPixmap(rect.x() + 10, rect.y() + (rect.height() - 14) // 2, chevron)
    left, right = rect.x() + 30, rect.right() - 14
    right -= _head_aside(painter, rect, right, group, ratio)
    left += _head_words(painter, rect, left, right, group.title, QFont.Weight.DemiBold, "text") + 10
    if group.phone:
        painter.drawPixmap(left, rect.y() + (rect.height() - ICON) // 2, _icon("calls", "text2", ratio))
        left += ICON + GAP
        left += _head_words(painter, rect, left, right, group.phone, QFont.Weight.Medium, "text") + 10
    _head_words(painter, rect, left, right, group.hint, QFont.Weight.Normal, "text2", Type.SMALL)


def _head_words(
    painter: QPainter,
    rect: QRect,
    left: int,
    right: int,
    text: str,
    weight: QFont.Weight,
    role: str,
    size: Type = Type.BASE,
) -> int:
    painter.setFont(fonts.font(size, weight))
    painter.setPen(theme.current().color(role))
    room = max(right - left, 0)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room + 1)
    painter.drawText(QRect(left, rect.y(), room + 1, rect.height()), LEFT, shown)
    return painter.fontMetrics().horizontalAdvance(shown)


def _head_aside(painter: QPainter, rect: QRect, right: int, group: CallGroup, ratio: float) -> int:
    """At the right: whose it is, or what one call serves; answers the width it took."""
    painter.setFont(fonts.font(Type.SMALL, QFont.Weight.Medium if group.is_claimed else QFont.Weight.Normal))
    painter.setPen(theme.current().color("text" if group.is_claimed else "text2"))
    width = painter.fontMetrics().horizontalAdvance(group.aside)
    painter.drawText(QRect(right - width, rect.y(), width, rect.height()), RIGHT, group.aside)
    if not group.is_claimed:
        return width + 16
    place = right - width - ICON - GAP
    painter.drawPixmap(place, rect.y() + (rect.height() - ICON) // 2, _icon("lock", "text", ratio))
    return width + ICON + GAP + 16


def _icon(name: str, role: str, ratio: float) -> QPixmap:
    return icons.pixmap(name, theme.current().color(role), ICON, ratio)


def _paint_cell(painter: QPainter, box: QRect, cell: Cell, column: int, chosen: bool) -> None:
    colors = theme.current()
    role = "text2" if chosen and cell.role == "text3" else cell.role
    if cell.icon:
        color = colors.color("bad" if cell.icon == "warning" else role if role != "text" else "text2")
        picture = icons.pixmap(cell.icon, color, ICON, painter.device().devicePixelRatio())
        painter.drawPixmap(box.x(), box.y() + (box.height() - ICON) // 2, picture)
        box.setLeft(box.left() + ICON + GAP)
    painter.setFont(_font(cell))
    painter.setPen(colors.color(role))
    metrics = painter.fontMetrics()
    text = shown_text(cell, column, box.width(), metrics)
    painter.drawText(box, LEFT, text)
    if cell.more:
        box.setLeft(box.left() + metrics.horizontalAdvance(text))
        painter.setFont(fonts.font(Type.BASE))
        painter.setPen(colors.color("text2"))
        rest = (", " if cell.icon else DOT) + cell.more
        painter.drawText(
            box, LEFT, painter.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, box.width() + 1)
        )


def shown_text(cell: Cell, column: int, width: int, metrics: QFontMetrics) -> str:
    """What has room: a given name shrinks to its initial before a surname is cut."""
    family, comma, given = cell.text.partition(", ")
    tries = (cell.text, f"{family}, {given[:1]}.", family) if column == NAME and comma else (cell.text,)
    for text in tries:
        if metrics.horizontalAdvance(text) <= width + 1:
            return text
    return metrics.elidedText(tries[-1], Qt.TextElideMode.ElideRight, width + 1)


def wanted_width(cell: Cell, column: int) -> int:
    """The width in which nothing of a cell is cut."""
    words = _advance(cell.text, cell.bold, bool(cell.more), fonts.pixels(Type.BASE)) + (ICON + GAP if cell.icon else 0)
    if cell.more:
        words += _advance(DOT + cell.more, False, False, fonts.pixels(Type.BASE))
    return words + 2 * PAD + (INDENT if column == 0 else 0) + 2


def _font(cell: Cell) -> QFont:
    return fonts.font(Type.BASE, _weight(cell.bold, bool(cell.more)))


def _weight(bold: bool, leads: bool) -> QFont.Weight:
    return QFont.Weight.DemiBold if bold else QFont.Weight.Medium if leads else QFont.Weight.Normal


@lru_cache(maxsize=16_384)
def _advance(text: str, bold: bool, leads: bool, pixels: int) -> int:
    """Most words of a long list stand in it many times; ``pixels`` is the size of the letters."""
    return QFontMetrics(fonts.font(Type.BASE, _weight(bold, leads))).horizontalAdvance(text)
