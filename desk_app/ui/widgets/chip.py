"""A chip: a word with its icon on a quiet ground; amber and red only where somebody is needed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desk_app.ui import fonts, icons, theme
from desk_app.ui.fonts import Type

PAD, GAP, ICON, HEIGHT = 7, 4, 14, 22
TONES = {
    "neutral": ("text2", "raised", "line2"),
    "warn": ("warn", "warnfill", "warnedge"),
    "bad": ("bad", "badfill", "badedge"),
}
"""Text, ground and edge roles."""


class Chip(QWidget):
    """Painted, plain text."""

    def __init__(self, text: str, icon: str = "", tone: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._icon, self._tone = text, icon, tone
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName(text)

    def _font(self) -> QFont:
        return fonts.font(Type.SMALL)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._font()).horizontalAdvance(self._text) + 2 * PAD + (ICON + GAP if self._icon else 0)
        return QSize(width, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        text, ground, edge = (theme.current().color(role) for role in TONES[self._tone])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        left = PAD
        if self._icon:
            picture = icons.pixmap(self._icon, text, ICON, self.devicePixelRatioF())
            painter.drawPixmap(left, (HEIGHT - ICON) // 2, picture)
            left += ICON + GAP
        painter.setPen(text)
        painter.setFont(self._font())
        box = self.rect().adjusted(left, 0, -PAD, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._text)
        painter.end()
