"""Words on buttons and labels for which there is no room: in a window as it stands, found by what is drawn of them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QToolButton, QWidget

from desk_app.ui.widgets.buttons import KeyButton

SLACK = 1
"""Pixels by which a font's own measure may be out."""


def cut_words(window: QWidget) -> list[str]:
    """Each with its words, sorted; empty where everything can be read."""
    return sorted({f"{type(each).__name__}: {words}" for each, words in _cut(window)})


def _cut(window: QWidget) -> Iterator[tuple[QWidget, str]]:
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and isinstance(button, QPushButton | QToolButton) and _is_cut_button(button):
            yield button, button.word() if isinstance(button, KeyButton) else button.text()
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text() and _is_cut_label(label):
            yield label, label.text()


def _is_cut_button(button: QPushButton | QToolButton) -> bool:
    if isinstance(button, KeyButton):
        return button._shown_word(button._room()) != button.word()
    is_icon = isinstance(button, QToolButton) and button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    if not button.text() or (is_icon and not button.icon().isNull()):
        return False
    return button.fontMetrics().horizontalAdvance(button.text()) > button.width() + SLACK


def _is_cut_label(label: QLabel) -> bool:
    room = label.contentsRect()
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + SLACK
    return any(label.fontMetrics().horizontalAdvance(line) > room.width() + SLACK for line in label.text().split("\n"))
