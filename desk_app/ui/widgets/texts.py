"""The one place where labels, tool tips and questions are made: always plain text, whatever somebody typed.

Qt takes text that looks like HTML for HTML and would load what it names; a patient's name must never do that.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QLabel, QToolTip, QWidget

from desk_app.ui import fonts, theme
from desk_app.ui.fonts import Type

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

LONG_WORD, PIECE = 26, 6
BREAK = "\u200b"
"""Lets a line end inside a word; takes no room and is never copied."""

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
"""Between tags no more is needed; ``html.escape`` brings every entity there is before the first frame."""

_LONG = re.compile(rf"\S{{{LONG_WORD},}}")


REPAINTING = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.ApplicationPaletteChange)


class PlainLabel(QLabel):
    """Shows its text to the letter, breaks words that are wider than the line, and follows the theme by its role."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role, self._words = role, ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.recolor(role)

    def setText(self, text: str) -> None:
        self._words = text
        super().setText(breakable(text) if self.wordWrap() else text)

    def text(self) -> str:
        """The text as it was given."""
        return self._words

    def words(self) -> str:
        """The same, by a name that says so."""
        return self._words

    def recolor(self, role: str) -> None:
        self._role = role
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.current().color(role))
        self.setPalette(palette)

    def event(self, event: QEvent) -> bool:
        if event.type() in REPAINTING and self._is_in_another_color():  # a style sheet brings old palettes back
            self.recolor(self._role)
        return super().event(event)

    def _is_in_another_color(self) -> bool:
        return self.palette().color(QPalette.ColorRole.WindowText) != theme.current().color(self._role)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            QGuiApplication.clipboard().setText(self.selectedText().replace(BREAK, ""))
            return
        super().keyPressEvent(event)


class Themed:
    """Knows in which theme it was drawn last; what it is told to draw is drawn once a theme."""

    _drawn_in: theme.Theme | None = None

    def is_new_theme(self, event: QEvent) -> bool:
        """Whether this event is the first after the theme has changed."""
        if event.type() not in REPAINTING or self._drawn_in is theme.current():
            return False
        was, self._drawn_in = self._drawn_in, theme.current()
        return was is not None


class Picture(Themed, QLabel):
    """An icon in a colour role, drawn anew when the theme changes."""

    def __init__(self, name: str, role: str, size: int) -> None:
        super().__init__()
        self._name, self._role, self._size = name, role, size
        self.setFixedSize(size, size)
        self._draw()

    def event(self, event: QEvent) -> bool:
        if self.is_new_theme(event):
            self._draw()
        return super().event(event)

    def _draw(self) -> None:
        from desk_app.ui import icons

        self._drawn_in = theme.current()
        color = self._drawn_in.color(self._role)
        self.setPixmap(icons.pixmap(self._name, color, self._size, self.devicePixelRatioF()))


def label(
    text: str = "",
    size: Type = Type.BASE,
    weight: QFont.Weight = QFont.Weight.Normal,
    role: str = "text",
    wrap: bool = False,
) -> PlainLabel:
    """A label that shows its text to the letter."""
    made = PlainLabel(role)
    made.setFont(fonts.font(size, weight))
    made.setWordWrap(wrap)
    made.setText(text)
    return made


def selectable(which: QLabel) -> None:
    """Lets the mouse select and copy, without a stop on the way of the Tab key."""
    which.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    which.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)


def color_label(which: QLabel, role: str) -> None:
    """Gives a label another colour role."""
    if isinstance(which, PlainLabel):
        which.recolor(role)


def picture(name: str, role: str = "text", size: int = 16) -> Picture:
    """An icon beside a word; a screen reader reads the word."""
    return Picture(name, role, size)


def set_tool_tip(widget: QWidget, text: str) -> None:
    """A tool tip to the letter."""
    widget.setToolTip(_literal(text))


def show_tool_tip(place: QPoint, text: str, widget: QWidget) -> None:
    """Shows a tool tip now, at a global place."""
    QToolTip.showText(place, _literal(text), widget)


def flat(text: str) -> str:
    """On one line, for lists and buttons: somebody's name may hold line breaks and worse."""
    return " ".join(text.split())


def breakable(text: str) -> str:
    """The text with places inside its long words where a line may end."""

    def pieces(found: re.Match[str]) -> str:
        word = found.group()
        return BREAK.join(word[at : at + PIECE] for at in range(0, len(word), PIECE))

    return _LONG.sub(pieces, text)


def _literal(text: str) -> str:
    """As HTML that says exactly this text."""
    return f'<p style="white-space:pre-wrap">{text.translate(_ESCAPED)}</p>' if text else ""


def ask(parent: QWidget, title: str, text: str, verb: str, on_yes: Callable[[], None], keep: str) -> QMessageBox:
    """A question whose buttons are verbs; returns at once, ``on_yes`` is called if the verb is chosen."""
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setText(text)
    yes = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(keep, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.buttonClicked.connect(lambda button: on_yes() if button is yes else None)
    box.open()
    return box


def for_menu(text: str) -> str:
    """A menu takes an ampersand for a mnemonic."""
    return text.replace("&", "&&")
