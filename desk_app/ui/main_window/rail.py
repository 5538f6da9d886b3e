"""The rail at the left: the screens, each with its icon, its word, and how much waits there."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from desk_app.ui import fonts, icons, theme
from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts

WIDE, NARROW, ITEM = 152, 48, 34
SCREENS = (
    ("today", "Today", "Ctrl+0"),
    ("schedule", "Schedule", "Ctrl+1"),
    ("requests", "Requests", "Ctrl+2"),
    ("calls", "Calls", "Ctrl+3"),
    ("beds", "Beds", "Ctrl+4"),
    ("reports", "Reports", "Ctrl+7"),
)


class NavButton(QToolButton):
    """An icon and a word; a count at the right, or over the icon where the rail is narrow."""

    def __init__(self, code: str, word: str, key: str) -> None:
        super().__init__()
        self.code, self._word, self._count = code, word, 0
        self.setObjectName("nav")
        self.setCheckable(True)
        self.setFixedHeight(fonts.scaled(ITEM))
        self.setAccessibleName(word)
        texts.set_tool_tip(self, f"{word} ({key})")

    @property
    def count(self) -> int:
        return self._count

    def show_count(self, count: int) -> None:
        self._count = count
        self.setAccessibleName(f"{self._word}, {count}" if count else self._word)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, colors = QPainter(self), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, on = self.width() > fonts.scaled(NARROW), self.isChecked()
        if on:
            painter.fillRect(QRectF(0, 6, 3, self.height() - 12), colors.color("accent"))
        left = 12 if wide else (self.width() - 18) // 2
        picture = icons.pixmap(self.code, colors.color("text" if on else "text2"), 18, self.devicePixelRatioF())
        painter.drawPixmap(left, (self.height() - 18) // 2, picture)
        painter.setPen(colors.color("text" if on else "text2"))
        if wide:
            painter.setFont(fonts.font(Type.BASE, QFont.Weight.DemiBold if on else QFont.Weight.Normal))
            painter.drawText(self.rect().adjusted(40, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._word)
        if self._count:
            self._paint_count(painter, wide)
        painter.end()

    def _paint_count(self, painter: QPainter, wide: bool) -> None:
        if wide:
            painter.setFont(fonts.font(Type.SMALL))
            place = self.rect().adjusted(0, 0, -10, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(self._count))
        else:
            painter.setFont(fonts.font(Type.CAPTION))
            place = self.rect().adjusted(0, 0, -1, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight, str(self._count))


class Rail(QWidget):
    """``screen_chosen`` with a screen's code."""

    screen_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._buttons = {code: NavButton(code, word, key) for code, word, key in SCREENS}
        self._group = QButtonGroup(self)
        self._about = texts.label("", Type.CAPTION, role="text3", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 8, 6, 10)
        column.setSpacing(2)
        for button in self._buttons.values():
            button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
            self._group.addButton(button)
            button.clicked.connect(lambda _=False, code=button.code: self.screen_chosen.emit(code))
            column.addWidget(button)
        column.addStretch(1)
        column.addWidget(self._about)
        self.show_narrow(False)

    def show_screen(self, code: str) -> None:
        self._buttons[code].setChecked(True)

    def count(self, code: str) -> int:
        """What a screen's item shows."""
        return self._buttons[code].count

    def show_counts(self, counts: Mapping[str, int]) -> None:
        for code, button in self._buttons.items():
            button.show_count(counts.get(code, 0))

    @property
    def about(self) -> str:
        return self._about.text()

    def show_about(self, practice: str, version: str) -> None:
        self._about.setText(f"{practice}\nversion {version}")

    @property
    def is_narrow(self) -> bool:
        return self.width() == fonts.scaled(NARROW)

    def show_narrow(self, narrow: bool) -> None:
        self.setFixedWidth(fonts.scaled(NARROW if narrow else WIDE))
        self._about.setVisible(not narrow)
        margin = 0 if narrow else 6
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(margin, 8, margin, 10)
