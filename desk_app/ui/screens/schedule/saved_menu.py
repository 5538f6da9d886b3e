"""The views somebody has saved, with their keys; save, rename and delete. Its button is narrow: keys are quicker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desk_app.ui.screens.schedule.visit_words import tr
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import IconButton

if TYPE_CHECKING:
    from desk_app.application.read_models import SavedViewLine


class SavedMenu(IconButton):
    """Views in signals are their lines."""

    view_wanted = Signal(object)
    save_wanted = Signal()
    rename_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("more", "text2", parent)
        self._lines: tuple[SavedViewLine, ...] = ()
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._on_about_to_show)
        self.setAccessibleName(tr("Saved views"))
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        texts.set_tool_tip(self, tr("Saved views (F2–F5, F7–F12)"))

    @property
    def lines(self) -> tuple[SavedViewLine, ...]:
        return self._lines

    def show_lines(self, lines: Sequence[SavedViewLine]) -> None:
        self._lines = tuple(lines)

    def _on_about_to_show(self) -> None:
        from desk_app.application.use_cases.saved_views import key_of

        self._menu.clear()
        for line in self._lines:
            key = key_of(line.position)
            name = texts.for_menu(line.name)
            action = self._menu.addAction(f"{name}\t{key}" if key else name)
            action.triggered.connect(lambda _=False, view=line: self.view_wanted.emit(view))
        if self._lines:
            self._menu.addSeparator()
        self._menu.addAction(tr("Save this view …")).triggered.connect(lambda: self.save_wanted.emit())
        if self._lines:
            self._submenu(tr("Rename"), self.rename_wanted.emit)
            self._submenu(tr("Delete"), self.remove_wanted.emit)

    def _submenu(self, title: str, use: Callable[[SavedViewLine], object]) -> None:
        menu = self._menu.addMenu(title)
        for line in self._lines:
            action = menu.addAction(texts.for_menu(line.name))
            action.triggered.connect(lambda _=False, view=line: use(view))
