"""Buttons with an icon, a word and the key that does the same."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from desk_app.ui import fonts, icons, theme
from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts

CAP_HEIGHT, CAP_PAD = 17, 5


class KeyCap(QWidget):
    """A key as it looks on the keyboard; read out with the button it belongs to, not by itself."""

    def __init__(self, key: str, role: str = "text2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._role = key, role
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        from PySide6.QtGui import QFontMetrics

        width = QFontMetrics(self._font()).horizontalAdvance(self._key) + 2 * CAP_PAD
        return QSize(max(width, CAP_HEIGHT), CAP_HEIGHT)

    def _font(self) -> QFont:
        return fonts.font(Type.CAPTION, QFont.Weight.Medium)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = theme.current()
        edge = colors.color("line2" if self._role != "onaccent" else "onaccent")
        painter.setPen(QPen(edge, 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setFont(self._font())
        painter.setPen(colors.color(self._role))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._key)
        painter.end()


class KeyButton(QPushButton):
    """``icon  Word  [key]``; ``primary`` is the one button of a card that stands out."""

    def __init__(
        self, text: str, key: str = "", icon: str = "", primary: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("primary", "true" if primary else "false")
        self.setAutoDefault(False)
        role = "onaccent" if primary else "text"
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(7)
        row.addStretch(1)
        if icon:
            row.addWidget(self._through(texts.picture(icon, role)))
        weight = QFont.Weight.DemiBold if primary else QFont.Weight.Normal
        self._word = texts.label(text, Type.BASE, weight, role)
        row.addWidget(self._through(self._word))
        if key:
            row.addWidget(KeyCap(key, role if primary else "text2"))
        row.addStretch(1)
        self.setMinimumHeight(34 if primary else 28)
        self.setSizePolicy(
            QSizePolicy.Policy.Expanding if primary else QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed
        )
        self.setAccessibleName(text)
        if key:
            self.setAccessibleDescription(f"Key {key}")

    def say(self, text: str) -> None:
        """Other words on the same button."""
        self._word.setText(text)
        self.setAccessibleName(text)

    def _through(self, widget: QWidget) -> QWidget:
        widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return widget

    def sizeHint(self) -> QSize:
        layout = self.layout()
        hint = layout.sizeHint() if layout is not None else super().sizeHint()
        return QSize(hint.width() + 4, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def flat_button(icon: str, name: str, parent: QWidget | None = None) -> QToolButton:
    """A button that is only an icon: its name is in the tool tip and for screen readers."""
    button = QToolButton(parent)
    button.setObjectName("flat")
    button.setIcon(icons.icon(icon))
    button.setAccessibleName(name)
    texts.set_tool_tip(button, name)
    return button
