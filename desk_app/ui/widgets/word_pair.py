"""Words in a bar that lead somewhere: a quiet part, and an amber one with its sign where somebody is needed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from desk_app.ui import fonts, icons, theme
from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts

PAD, GAP, ICON = 4, 4, 13


class WordPair(QToolButton):
    """``12 calls due, ⏰ 2 late``; ``name`` says where it leads."""

    def __init__(self, name: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet, self._loud, self._icon = "", "", icon
        self.setObjectName("flat")
        self.setFont(fonts.font(Type.SMALL))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleDescription(name)
        texts.set_tool_tip(self, name)
        self.hide()

    def say(self, quiet: str, loud: str = "") -> None:
        """Nothing to say hides it."""
        self._quiet, self._loud = quiet, loud
        self.setAccessibleName(self.words())
        self.setVisible(bool(quiet))
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        return ", ".join(part for part in (self._quiet, self._loud) if part)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(self._parts_width() + 2 * PAD, metrics.height() + 2 * PAD)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, colors = QPainter(self), theme.current()
        painter.setFont(self.font())
        painter.setPen(colors.color("text2"))
        left = PAD + self._draw(painter, PAD, f"{self._quiet}, " if self._loud else self._quiet)
        if self._loud:
            picture = icons.pixmap(self._icon, colors.color("warn"), ICON, self.devicePixelRatioF())
            painter.drawPixmap(left, (self.height() - ICON) // 2, picture)
            painter.setPen(colors.color("warn"))
            self._draw(painter, left + ICON + GAP, self._loud)
        painter.end()

    def _draw(self, painter: QPainter, left: int, text: str) -> int:
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
        return painter.fontMetrics().horizontalAdvance(text)

    def _parts_width(self) -> int:
        metrics = QFontMetrics(self.font())
        if not self._loud:
            return metrics.horizontalAdvance(self._quiet)
        return metrics.horizontalAdvance(f"{self._quiet}, ") + ICON + GAP + metrics.horizontalAdvance(self._loud)
