"""What both pictures are drawn with: letters in the sizes of the look, colours by role, hatches, icons."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen

from desk_app.domain.practice import PhaseKind
from desk_app.ui import fonts, icons
from desk_app.ui.fonts import Type
from desk_app.ui.theme import PhaseColors, Theme

NORMAL, MEDIUM, BOLD = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter
EDGE = 3


class Pens:
    """One painting with one theme."""

    def __init__(self, painter: QPainter, theme: Theme) -> None:
        self.painter, self.theme = painter, theme
        self._ratio = painter.device().devicePixelRatioF()

    def color(self, role: str) -> QColor:
        return self.theme.color(role)

    def fill(self, rect: QRect, role: str | QColor) -> None:
        self.painter.fillRect(rect, self.color(role) if isinstance(role, str) else role)

    def hatch(self, rect: QRect, name: str, ground: QColor | None = None) -> None:
        """``closed`` slanted, ``turnover`` level; over its own ground."""
        usual = self.color("closed") if name == "closed" else self.theme.phase(PhaseKind.TURNOVER).tint
        self.painter.fillRect(rect, ground or usual)
        self.painter.fillRect(rect, self.theme.hatch(name))

    def write(
        self,
        rect: QRect,
        text: str,
        color: str | QColor = "text",
        size: Type = Type.SMALL,
        weight: QFont.Weight = NORMAL,
        where: Qt.AlignmentFlag = LEFT,
    ) -> None:
        self.painter.setFont(fonts.font(size, weight))
        self.painter.setPen(self.color(color) if isinstance(color, str) else color)
        self.painter.drawText(rect, where | Qt.TextFlag.TextSingleLine, text)

    def icon(self, name: str, x: int, y: int, color: str | QColor = "text", size: int = 14) -> None:
        made = self.color(color) if isinstance(color, str) else color
        self.painter.drawPixmap(x, y, icons.pixmap(name, made, size, self._ratio))

    def outline(self, rect: QRect, color: QColor, dashed: bool = False, radius: int = 2, width: int = 1) -> None:
        """A rounded frame within the rectangle."""
        painter = self.painter
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(color, width)
        if dashed:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = width / 2
        painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius, radius)
        painter.restore()

    def body(self, rect: QRect, fill: QColor, edge: QColor | None, radius: int = 2) -> None:
        """A block: its ground with rounded corners, and its edge at the left; outlined in high contrast."""
        painter = self.painter
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(fill))
        painter.drawRoundedRect(QRectF(rect), radius, radius)
        painter.restore()
        if edge is not None:
            painter.fillRect(QRect(rect.x(), rect.y(), min(EDGE, rect.width()), rect.height()), edge)
        if self.theme.is_contrast:
            self.outline(rect, self.color("text"), radius=radius)

    def phase(self, kind: PhaseKind) -> PhaseColors:
        return self.theme.phase(kind)


def width_of(text: str, size: Type = Type.SMALL, weight: QFont.Weight = NORMAL) -> int:
    """Pixels a text takes."""
    return QFontMetrics(fonts.font(size, weight)).horizontalAdvance(text)


def elided(text: str, room: int, size: Type = Type.SMALL, weight: QFont.Weight = NORMAL) -> str:
    metrics = QFontMetrics(fonts.font(size, weight))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))
