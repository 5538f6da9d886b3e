"""Buttons with an icon, a word and the key that does the same."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QCursor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from desk_app.ui import fonts, icons, theme
from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts

CAP_HEIGHT, CAP_PAD = 17, 5
PAD, GAP, ICON = 10, 6, 16
HEIGHT, PRIMARY_HEIGHT = 28, 34


class KeyCap(QWidget):
    """A key as it looks on the keyboard; read out with the button it belongs to, not by itself."""

    def __init__(self, key: str, role: str = "text2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._role = key, role
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return cap_size(self._key)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_cap(painter, self.rect(), self._key, self._role)
        painter.end()


def cap_size(key: str) -> QSize:
    width = QFontMetrics(_cap_font()).horizontalAdvance(key) + 2 * CAP_PAD
    height = fonts.scaled(CAP_HEIGHT)
    return QSize(max(width, height), height)


def paint_cap(painter: QPainter, rect: QRect, key: str, role: str = "text2") -> None:
    """Draws a key; in any other role than the quiet one its edge is in that colour too."""
    colors = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colors.color("line2" if role == "text2" else role), 1))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setFont(_cap_font())
    painter.setPen(colors.color(role))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)
    painter.restore()


def _cap_font() -> QFont:
    return fonts.font(Type.CAPTION, QFont.Weight.Medium)


class KeyButton(QPushButton):
    """``icon  Word  [key]``; ``primary`` is the one button of a card that stands out.

    Ground and frame are the style's; what stands on them is painted to the letter, and the word elides before the key
    goes. ``at_left`` makes buttons under each other begin in line.
    """

    def __init__(
        self,
        text: str,
        key: str = "",
        icon: str = "",
        primary: bool = False,
        parent: QWidget | None = None,
        at_left: bool = False,
    ) -> None:
        super().__init__(parent)
        self._word, self._key, self._icon, self._at_left = text, key, icon, at_left
        self.setProperty("primary", "true" if primary else "false")
        self._primary = primary
        self.setAutoDefault(False)
        self._height = fonts.scaled(PRIMARY_HEIGHT if primary else HEIGHT)
        wide = QSizePolicy.Policy.Expanding if primary else QSizePolicy.Policy.Preferred
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        self.say(text)
        if key:
            self.setAccessibleDescription(f"Key {key}")

    def say(self, text: str) -> None:
        """Other words on the same button."""
        self._word = texts.flat(text)
        self.setAccessibleName(self._word)
        self.updateGeometry()
        self.update()

    def word(self) -> str:
        return self._word

    def sizeHint(self) -> QSize:
        return QSize(self._content_width() + 2 * PAD, self._height)

    def minimumSizeHint(self) -> QSize:
        least = self._content_width() - self._word_width() + fonts.scaled(30) if self._word else self._content_width()
        return QSize(least + 2 * PAD, self._height)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self._shown_word(self._room()) != self._word:
            texts.show_tool_tip(QCursor.pos(), self._word, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        role = self._role()
        word = self._shown_word(self._room())
        painter.setFont(self._word_font())
        advance = painter.fontMetrics().horizontalAdvance(word)
        free = self.width() - 2 * PAD - (self._content_width() - self._word_width() + advance)
        left = PAD + (0 if self._at_left else max(free, 0) // 2)
        if self._icon:
            picture = icons.pixmap(self._icon, theme.current().color(role), ICON, self.devicePixelRatioF())
            painter.drawPixmap(left, (self.height() - ICON) // 2, picture)
            left += ICON + GAP
        painter.setPen(theme.current().color(role))
        painter.drawText(
            QRect(left, 0, advance + 2, self.height()), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word
        )
        if self._key:
            cap = cap_size(self._key)
            right = self.width() - PAD - cap.width() if self._at_left else left + advance + GAP
            top = (self.height() - cap.height()) // 2
            quiet = "text2" if role == "text" else role
            paint_cap(painter, QRect(right, top, cap.width(), cap.height()), self._key, quiet)
        painter.end()

    def _role(self) -> str:
        if not self.isEnabled():
            return "text3"
        return "onaccent" if self._primary else "text"

    def _word_font(self) -> QFont:
        return fonts.font(Type.BASE, QFont.Weight.DemiBold if self._primary else QFont.Weight.Normal)

    def _word_width(self) -> int:
        return QFontMetrics(self._word_font()).horizontalAdvance(self._word)

    def _content_width(self) -> int:
        beside = (ICON + GAP if self._icon else 0) + (cap_size(self._key).width() + GAP if self._key else 0)
        return self._word_width() + beside

    def _room(self) -> int:
        return self.width() - 2 * PAD - (self._content_width() - self._word_width())

    def _shown_word(self, room: int) -> str:
        return QFontMetrics(self._word_font()).elidedText(self._word, Qt.TextElideMode.ElideRight, max(room, 0) + 1)


def flat_word(name: str, parent: QWidget | None = None) -> QToolButton:
    """A word in a bar that leads somewhere; ``name`` says where."""
    button = QToolButton(parent)
    button.setObjectName("flat")
    button.setFont(fonts.font(Type.SMALL))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    texts.set_tool_tip(button, name)
    button.setAccessibleDescription(name)
    return button


def flat_button(icon: str, name: str, parent: QWidget | None = None) -> QToolButton:
    """A button that is only an icon: its name is in the tool tip and for screen readers."""
    button = IconButton(icon, parent=parent)
    button.setObjectName("flat")
    button.setAccessibleName(name)
    texts.set_tool_tip(button, name)
    return button


class IconButton(texts.Themed, QToolButton):
    """Draws its icon anew when the theme changes."""

    def __init__(self, icon: str, role: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role, self._drawn_in = icon, role, theme.current()
        self.setIcon(icons.icon(icon, role))

    def event(self, event: QEvent) -> bool:
        if self.is_new_theme(event):
            self.setIcon(icons.icon(self._name, self._role))
        return super().event(event)
