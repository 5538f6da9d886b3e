"""A chip: a word with its icon on a quiet ground; amber and red only where somebody is needed."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desk_app.ui import fonts, icons, theme
from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts

PAD, GAP, ICON, HEIGHT, WIDEST = 7, 4, 14, 22, 240
TONES = {
    "neutral": ("text2", "raised", "line2"),
    "warn": ("warn", "warnfill", "warnedge"),
    "bad": ("bad", "badfill", "badedge"),
}
"""Text, ground and edge roles."""

WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)


class Chip(QWidget):
    """Painted, plain text. Long words go on in a second line: an allergy is never cut off.

    ``spoken`` is what a screen reader and the tool tip say where the word alone would be too little.
    """

    def __init__(
        self, text: str, icon: str = "", tone: str = "neutral", spoken: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text, self._icon, self._tone = "", icon, tone
        self.say(text, spoken)

    def say(self, text: str, spoken: str = "") -> None:
        """Other words on the same chip."""
        self._text = texts.breakable(texts.flat(text))
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName(spoken or texts.flat(text))
        texts.set_tool_tip(self, spoken)
        self.update()

    def sizeHint(self) -> QSize:
        beside = 2 * PAD + (ICON + GAP if self._icon else 0)
        metrics = QFontMetrics(self._font())
        words = metrics.boundingRect(QRect(0, 0, WIDEST - beside, 10_000), WRAP, self._text)
        height = max(fonts.scaled(HEIGHT), words.height() + fonts.scaled(HEIGHT) - metrics.height())
        return QSize(min(words.width() + 1 + beside, WIDEST), height)

    def _font(self) -> QFont:
        return fonts.font(Type.SMALL)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.current()
        text, ground, edge = (colors.color(role) for role in TONES[self._tone])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colors.color("text") if colors.is_contrast else edge, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        left = PAD
        if self._icon:
            picture = icons.pixmap(self._icon, text, ICON, self.devicePixelRatioF())
            painter.drawPixmap(left, (fonts.scaled(HEIGHT) - ICON) // 2, picture)
            left += ICON + GAP
        painter.setPen(text)
        painter.setFont(self._font())
        painter.drawText(self.rect().adjusted(left, 0, 1 - PAD, 0), WRAP, self._text)
        painter.end()
