"""Paints a card of the flow board, and measures it: painting and measuring go through the same lines."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from desk_app.domain.dataclass import dataclass
from desk_app.ui import fonts, icons, theme
from desk_app.ui.fonts import Type
from desk_app.ui.models.flow_cards import FlowCard

SIDE, ABOVE, BELOW = 6, 3, 4
PAD, TOP, FOOT, EDGE, BAR, ICON, GAP = 9, 6, 7, 3, 3, 14, 4
HERE_GAP = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a card: an icon, words that are never cut, words that may be, and what stands at its right end."""

    size: Type
    weight: QFont.Weight
    role: str
    fixed: str
    elastic: str = ""
    icon: str = ""
    right: str = ""


def rows(card: FlowCard, room: int) -> Iterator[Row]:
    """The lines of a card that is ``room`` pixels wide inside."""
    normal, bold = QFont.Weight.Normal, QFont.Weight.DemiBold
    quiet = card.dashed and card.visit is None
    if quiet:
        yield Row(Type.BASE, bold, "text2", card.name, card.what, card.icon)
    else:
        yield Row(Type.BASE, bold, "text", "", card.name)
        if card.time or card.what:
            joined = f"{card.time} · " if card.time and card.what else card.time
            yield Row(Type.SMALL, normal, "text2", joined, card.what)
    for part in card.where.splitlines():
        yield Row(Type.SMALL, normal, "text2" if quiet else "text", "", part)
    for sign in card.signs:
        yield Row(Type.SMALL, normal, sign.role, "", sign.text, sign.icon)
    if card.timer:
        yield from _timer(card, room)


def _timer(card: FlowCard, room: int) -> Iterator[Row]:
    """The time in the building stands beside the timer where there is room for both, else under it."""
    bold, role, icon = QFont.Weight.DemiBold, "warn" if card.over else "text", "late" if card.over else ""
    sign = ICON + GAP if icon else 0
    fits = _width(card.timer, Type.SMALL, bold) + sign <= room
    timer = card.timer if fits else card.timer.removesuffix(" min")
    row = Row(Type.SMALL, bold, role, timer, "", icon, f"{card.here} here" if card.here else "")
    beside = _width(row.fixed, Type.SMALL, bold) + sign
    if row.right and beside + HERE_GAP + _width(row.right, Type.CAPTION, QFont.Weight.Normal) > room:
        yield Row(Type.SMALL, bold, role, timer, "", icon)
        yield Row(Type.CAPTION, QFont.Weight.Normal, "text3", row.right)
    else:
        yield row


def height(card: FlowCard, width: int) -> int:
    """Of a card in a column that is so wide, with the room around it."""
    lines = sum(fonts.line_height(row.size) for row in rows(card, inside(width)))
    return ABOVE + TOP + lines + FOOT + BELOW


def inside(width: int) -> int:
    return width - 2 * SIDE - 2 * PAD


def paint(painter: QPainter, rect: QRect, card: FlowCard, chosen: bool, hovered: bool) -> None:
    box = rect.adjusted(SIDE, ABOVE, -SIDE, -BELOW)
    painter.save()
    _ground(painter, box, card, chosen, hovered)
    top, left, room = box.y() + TOP, box.x() + PAD, box.width() - 2 * PAD
    for row in rows(card, room):
        line = fonts.line_height(row.size)
        _row(painter, QRect(left, top, room, line), row)
        top += line
    painter.restore()


def _ground(painter: QPainter, box: QRect, card: FlowCard, chosen: bool, hovered: bool) -> None:
    colors = theme.current()
    empty = card.visit is None
    ground = "window" if empty else "hover" if hovered and not chosen else "base"
    edge = "accent" if chosen else "text" if colors.is_contrast else "line2"
    pen = QPen(colors.color(edge), 2 if chosen else 1)
    if card.dashed and not chosen:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(colors.color(ground))
    painter.setPen(pen)
    inset = 1.0 if chosen else 0.5
    painter.drawRoundedRect(QRectF(box).adjusted(inset, inset, -inset, -inset), 4, 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if card.edge:
        _edge(painter, box, colors.color(card.edge), card.dashed)
    if card.share is not None:
        _bar(painter, box, card)


def _edge(painter: QPainter, box: QRect, color: QColor, dashed: bool) -> None:
    """Dashed where the phase is still to come."""
    if not dashed:
        painter.fillRect(box.x(), box.y() + 1, EDGE, box.height() - 2, color)
        return
    for top in range(box.y() + 3, box.bottom() - 3, 9):
        painter.fillRect(box.x(), top, EDGE, min(6, box.bottom() - 2 - top), color)


def _bar(painter: QPainter, box: QRect, card: FlowCard) -> None:
    share = min(card.share or 0.0, 1.0)
    role = "warnedge" if card.over else card.edge or "doneedge"
    width = round((box.width() - 2) * share)
    painter.fillRect(box.x() + 1, box.bottom() - BAR, width, BAR, theme.current().color(role))


def _row(painter: QPainter, line: QRect, row: Row) -> None:
    colors = theme.current()
    color = colors.color(row.role)
    painter.setPen(color)
    left = line.x()
    if row.icon:
        picture = icons.pixmap(row.icon, color, ICON, painter.device().devicePixelRatio())
        painter.drawPixmap(left, line.y() + (line.height() - ICON) // 2, picture)
        left += ICON + GAP
    painter.setFont(fonts.font(row.size, row.weight))
    metrics = painter.fontMetrics()
    flags = Qt.AlignmentFlag.AlignVCenter
    if row.fixed:
        painter.drawText(QRect(left, line.y(), line.right() - left + 1, line.height()), flags, row.fixed)
        left += metrics.horizontalAdvance(row.fixed) + (6 if row.icon and row.elastic else 0)
    if row.elastic:
        room = line.right() - left + 1
        if row.icon and row.fixed:
            painter.setFont(fonts.font(Type.SMALL))
            metrics = painter.fontMetrics()
        text = fitting(row.elastic, room, metrics)
        painter.drawText(QRect(left, line.y(), room, line.height()), flags, text)
    if row.right:
        painter.setFont(fonts.font(Type.CAPTION))
        painter.setPen(colors.color("text3"))
        painter.drawText(line, flags | Qt.AlignmentFlag.AlignRight, row.right)


def fitting(text: str, room: int, metrics: QFontMetrics) -> str:
    """A name gives up its initial before the surname is cut; anything else is cut at its right end."""
    if metrics.horizontalAdvance(text) <= room:
        return text
    family, comma, initial = text.partition(", ")
    if comma and len(initial) <= 2 and metrics.horizontalAdvance(family) <= room:
        return family
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)


def _width(text: str, size: Type, weight: QFont.Weight) -> int:
    return QFontMetrics(fonts.font(size, weight)).horizontalAdvance(text)
