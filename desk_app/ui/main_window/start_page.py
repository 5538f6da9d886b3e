"""The first run: set up my practice, or try with the demo practice. Also where a database cannot be used, in words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyButton

WIDTH = 560


class StartPage(QWidget):
    """``practice_chosen`` with a file, ``demo_wanted``, ``retry_wanted``, ``look_wanted``."""

    practice_chosen = Signal(object)
    demo_wanted = Signal()
    retry_wanted = Signal()
    look_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = texts.label("", Type.FIGURE, QFont.Weight.DemiBold)
        self._text = texts.label("", Type.BASE, role="text2", wrap=True)
        self._wrong = texts.label("", Type.BASE, role="bad", wrap=True)
        self._setup = KeyButton("Set up my practice", "S", "setup", primary=True)
        self._demo = KeyButton("Try with the demo practice", "D", "schedule")
        self._retry = KeyButton("Try again", "R", "undo")
        self._look = KeyButton("Only look at it", "L", "search")
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(3)
        self._lay_out()
        self._setup.clicked.connect(self._on_setup)
        self._demo.clicked.connect(self.demo_wanted)
        self._retry.clicked.connect(self.retry_wanted)
        self._look.clicked.connect(self.look_wanted)

    def offer_first_steps(self) -> None:
        """No practice is set up yet."""
        self._say(
            "Welcome to Front Desk",
            "No practice is set up on this computer yet. Load the practice file that describes yours – rooms, "
            "clinicians, hours and procedures – or look around first: the demo practice is kept apart from real data."
            "\n\nA practice file can also be dropped onto this window.",
        )
        self._buttons(setup=True, retry=False)

    def say_trouble(self, sentence: str, can_look: bool = False) -> None:
        """The database cannot be used, or only looked at."""
        more = (
            "\n\nIt can be looked at and printed from, in a copy as it is now. Nothing can be changed there."
            if can_look
            else ""
        )
        self._say("The database cannot be used", sentence + more)
        self._buttons(setup=False, retry=True, look=can_look)

    def say_busy(self, text: str) -> None:
        """Something is being set up."""
        self._say(text, "This takes some seconds.")
        self._buttons(setup=False, retry=False)
        self._demo.hide()
        self._progress.show()

    def complain(self, sentence: str) -> None:
        """A file was refused; nothing was loaded."""
        self.offer_first_steps()
        self._wrong.setText(sentence)
        self._wrong.show()

    @property
    def complaint(self) -> str:
        """What was wrong with a file, while it is shown."""
        return "" if self._wrong.isHidden() else self._wrong.words()

    def keyPressEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        keys = (Qt.Key.Key_S, Qt.Key.Key_D, Qt.Key.Key_R, Qt.Key.Key_L)
        for key, button in zip(keys, (self._setup, self._demo, self._retry, self._look), strict=True):
            if event.key() == key and button.isVisible():
                button.click()
                return
        super().keyPressEvent(event)

    def _say(self, title: str, text: str) -> None:
        self._title.setText(title)
        self._text.setText(text)
        self._wrong.hide()
        self._progress.hide()

    def _buttons(self, setup: bool, retry: bool, look: bool = False) -> None:
        self._setup.setVisible(setup)
        self._demo.setVisible(not look)
        self._retry.setVisible(retry)
        self._look.setVisible(look)
        (self._setup if setup else self._retry).setFocus()

    def _on_setup(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Practice file", str(Path.home()), "Practice files (*.toml)")
        if name:
            self.practice_chosen.emit(Path(name))

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setFixedWidth(WIDTH)
        column = QVBoxLayout(inner)
        column.setSpacing(14)
        for widget in (self._title, self._text, self._wrong, self._progress):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self._setup, self._retry, self._look, self._demo):
            row.addWidget(button, 1)
        column.addLayout(row)
        self._wrong.hide()
        self._progress.hide()
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        middle = QHBoxLayout()  # an alignment instead would not ask the texts how high they get
        middle.addStretch(1)
        middle.addWidget(inner)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)
