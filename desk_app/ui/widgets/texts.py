"""The one place where labels, tool tips and questions are made: always plain text, whatever somebody typed.

Qt takes text that looks like HTML for HTML and would load what it names; a patient's name must never do that.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel, QMessageBox, QToolTip, QWidget

from desk_app.ui import fonts, theme
from desk_app.ui.fonts import Type


def label(
    text: str = "",
    size: Type = Type.BASE,
    weight: QFont.Weight = QFont.Weight.Normal,
    role: str = "text",
    wrap: bool = False,
) -> QLabel:
    """A label that shows its text to the letter."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setFont(fonts.font(size, weight))
    made.setWordWrap(wrap)
    color_label(made, role)
    return made


def color_label(which: QLabel, role: str) -> None:
    """Gives a label another colour role; it keeps it when the theme changes and this is called anew."""
    palette = which.palette()
    palette.setColor(QPalette.ColorRole.WindowText, theme.current().color(role))
    which.setPalette(palette)


def picture(name: str, role: str = "text", size: int = 16) -> QLabel:
    """An icon beside a word; a screen reader reads the word."""
    from desk_app.ui import icons

    made = QLabel()
    made.setPixmap(icons.pixmap(name, theme.current().color(role), size, made.devicePixelRatioF()))
    made.setFixedSize(size, size)
    return made


def set_tool_tip(widget: QWidget, text: str) -> None:
    """A tool tip to the letter."""
    widget.setToolTip(_literal(text))


def show_tool_tip(place: QPoint, text: str, widget: QWidget) -> None:
    """Shows a tool tip now, at a global place."""
    QToolTip.showText(place, _literal(text), widget)


def _literal(text: str) -> str:
    """As HTML that says exactly this text."""
    return f'<p style="white-space:pre-wrap">{escape(text)}</p>' if text else ""


def ask(parent: QWidget, title: str, text: str, verb: str, on_yes: Callable[[], None], keep: str) -> QMessageBox:
    """A question whose buttons are verbs; returns at once, ``on_yes`` is called if the verb is chosen."""
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setText(text)
    yes = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(keep, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(yes)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.buttonClicked.connect(lambda button: on_yes() if button is yes else None)
    box.open()
    return box


def for_menu(text: str) -> str:
    """A menu takes an ampersand for a mnemonic."""
    return text.replace("&", "&&")
