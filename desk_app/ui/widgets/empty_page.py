"""An empty place says what belongs there and offers the first step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyButton


class EmptyPage(QWidget):
    """``step_taken`` when its button is used."""

    step_taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = texts.label("", Type.TITLE, QFont.Weight.DemiBold)
        self._text = texts.label("", Type.BASE, role="text2", wrap=True)
        self._text.setMaximumWidth(460)
        self._buttons = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(8)
        column.addStretch(2)
        for widget in (self._title, self._text):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        self._buttons.addStretch(1)
        self._step = KeyButton("")
        self._step.clicked.connect(self.step_taken)
        self._buttons.addWidget(self._step)
        self._buttons.addStretch(1)
        column.addLayout(self._buttons)
        column.addStretch(3)

    def say(self, title: str, text: str, step: str = "") -> None:
        self._title.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._text.setText(text)
        width = min(460, max(240, self._text.fontMetrics().horizontalAdvance(text)))
        self._text.setMinimumWidth(width)
        self._text.setMinimumHeight(self._text.heightForWidth(width))  # a layout that centres it gives no second line
        self._step.say(step)
        self._step.setVisible(bool(step))
