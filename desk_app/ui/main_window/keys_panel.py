"""Every key of the window, in the inspector."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout

from desk_app.ui.fonts import Type
from desk_app.ui.main_window.commands import COMMANDS
from desk_app.ui.panels.form import Form
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyCap

FURTHER = (
    ("Enter", "The card's next step, or the first find"),
    ("Del", "Cancel the selected visit"),
    ("B", "Book a request's first slot"),
    ("1–9", "Choose a start"),
    ("←  →", "An earlier or later start"),
    ("H", "Hold the chosen start"),
    ("W", "Why not on another day"),
    ("+  −", "Zoom the schedule"),
    ("/", "Filter the requests"),
    ("F6", "To the inspector and back"),
    ("Esc", "Leave a form, let go, clear"),
)


class KeysPanel(Form):
    """Left by Esc or Enter."""

    width_wanted = 360

    def __init__(self) -> None:
        super().__init__("Keys", "Close", "Esc", "check")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        pairs = [*FURTHER, *((command.key, command.text) for command in COMMANDS if command.key)]
        for row, (key, text) in enumerate(pairs):
            grid.addWidget(KeyCap(key), row, 0)
            grid.addWidget(texts.label(text, Type.BASE, wrap=True), row, 1)
        self.body.addLayout(grid)
        self.setFocusProxy(self.primary)

    def submit(self) -> None:
        self.left.emit()
