"""Every key of the window, in the inspector, by the place where it works."""

from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout

from desk_app.ui.fonts import Type
from desk_app.ui.main_window.key_sheet import GROUPS
from desk_app.ui.panels.form import Form
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyCap

ABOVE_A_GROUP = 10


class KeysPanel(Form):
    """Left by Esc or Enter."""

    width_wanted = 400

    def __init__(self) -> None:
        super().__init__("Keys", "Close", "Esc", "check")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for group in GROUPS:
            at = grid.rowCount()
            title = texts.label(group.title, Type.CAPTION, QFont.Weight.DemiBold, "text2")
            title.setContentsMargins(0, ABOVE_A_GROUP if at > 1 else 0, 0, 0)
            grid.addWidget(title, at, 0, 1, 2)
            for row in group.rows:
                at = grid.rowCount()
                grid.addWidget(KeyCap(row.shown), at, 0)
                grid.addWidget(texts.label(row.text, Type.BASE, wrap=True), at, 1)
        self.body.addLayout(grid)
        self.setFocusProxy(self.primary)

    def submit(self) -> None:
        self.left.emit()
