"""A field that filters what is shown beside it: its sign in front, and the key that leads into it behind."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desk_app.ui import icons, theme
from desk_app.ui.widgets.buttons import cap_size, paint_cap
from desk_app.ui.widgets.fields import TextEdit

ICON, PAD = 16, 9


class FilterEdit(TextEdit):
    """``name`` stands in it while it is empty. The key gives way to a cross that clears, once something is typed."""

    def __init__(self, name: str, icon: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__("", name, parent)
        self._icon, self._key = icon, key
        self.setAccessibleName(name)
        self.setAccessibleDescription(f"Key {key}")
        self.setClearButtonEnabled(True)
        self.setTextMargins(ICON + 6, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        sign = icons.pixmap(self._icon, theme.current().color("text2"), ICON, self.devicePixelRatioF())
        painter.drawPixmap(PAD, (self.height() - ICON) // 2, sign)
        cap = cap_size(self._key)
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        if not self.text() and PAD + ICON + 12 + words + cap.width() < self.width():
            place = QRect(
                self.width() - cap.width() - 7, (self.height() - cap.height()) // 2, cap.width(), cap.height()
            )
            paint_cap(painter, place, self._key)
        painter.end()
