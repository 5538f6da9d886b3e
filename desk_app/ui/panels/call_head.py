"""The head of an open call: who it is, how long it is this desk's, and the number that is dialled by a click."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFont, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk_app.application.phone_words import dialled, written_number
from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyButton, flat_button
from desk_app.ui.widgets.chip import Chip
from desk_app.ui.widgets.flow import FlowLayout

PAD = 16
BOLD = QFont.Weight.DemiBold


class CallHead(QWidget):
    """``left`` by its cross; ``dial_wanted`` by a click on the number."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._number = ""
        self.name = texts.label("", Type.TITLE, BOLD, wrap=True)
        self._more = texts.label("", Type.BASE, role="text2", wrap=True)
        self._claim = Chip("", "lock")
        self.number = KeyButton("", "D", "calls")
        self.number.clicked.connect(self.dial)
        self._beside = texts.label("", Type.SMALL, role="text2")
        self._below = texts.label("", Type.SMALL, role="text2", wrap=True)
        self._chips = QWidget()
        self._lay_out()

    def say_person(self, name: str, more: str) -> None:
        self.name.setText(name)
        self._more.setText(more)

    def say_claim(self, text: str) -> None:
        """``yours, 4 min``"""
        self._claim.say(text)

    def say_number(self, number: str, beside: str, below: str) -> None:
        """The number as it is kept, what belongs to it in a word or two, and what else is known of it."""
        self._number = number
        self.number.say(written_number(number) or "no number")
        self.number.setEnabled(bool(dialled(number)))
        self.number.setAccessibleDescription("Key D dials it, C copies it")
        for label, text in ((self._beside, beside), (self._below, below)):
            label.setText(text)
            label.setVisible(bool(text))

    def show_chips(self, chips: list[Chip]) -> None:
        """What stands out about a person."""
        layout = self._chips.layout()
        if layout is not None and not layout.count():
            for chip in chips:
                layout.addWidget(chip)
        self._chips.setVisible(bool(chips))

    def dial(self) -> None:
        """The telephone program of this computer, if there is one, calls the number."""
        if dialled(self._number):
            QDesktopServices.openUrl(QUrl(f"tel:{dialled(self._number)}"))

    def copy_number(self) -> str:
        """Into the clipboard, as it is written; answers it."""
        text = written_number(self._number)
        if text:
            QGuiApplication.clipboard().setText(text)
        return text

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(PAD, 10, 10, 8)
        column.setSpacing(3)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.name.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.name, 1)
        row.addWidget(self._claim, 0, Qt.AlignmentFlag.AlignTop)
        cross = flat_button("close", "Leave the call (Esc)")
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        cross.clicked.connect(self.left)
        row.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addWidget(self._more)
        self.number.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.number)
        line.addWidget(self._beside, 1)
        column.addSpacing(3)
        column.addLayout(line)
        column.addWidget(self._below)
        FlowLayout(self._chips)
        self._chips.hide()
        column.addWidget(self._chips)
