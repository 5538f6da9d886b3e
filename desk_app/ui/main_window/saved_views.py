"""Saved views in the window: their function keys, their menu on the schedule, and what becomes of them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from desk_app.application.outcome import Changes, Record
from desk_app.application.read_models import SavedViewLine
from desk_app.application.use_cases.saved_views import KEYS, remove_view, rename_view, save_view, saved_views
from desk_app.ui.main_window.frame import Frame
from desk_app.ui.main_window.screens import SCHEDULE
from desk_app.ui.operations.change import Change
from desk_app.ui.panels.view_form import ViewForm
from desk_app.ui.screens.schedule.saved_menu import SavedMenu
from desk_app.ui.services import Services


class SavedViews(QObject):
    """Whoever is at the desk finds the same views on every computer."""

    def __init__(self, services: Services, frame: Frame) -> None:
        super().__init__(frame)
        self._services, self._frame = services, frame
        self._menu: SavedMenu = frame.screens.schedule.saved_menu
        for place, key in enumerate(KEYS):
            shortcut = QShortcut(QKeySequence(key), frame)
            shortcut.activated.connect(partial(self._show_place, place))
        self._menu.view_wanted.connect(self._show)
        self._menu.save_wanted.connect(self._ask_for_name)
        self._menu.rename_wanted.connect(self._ask_for_another)
        self._menu.remove_wanted.connect(self._remove)
        services.bus.changed.connect(self._on_changed)

    def read(self) -> None:
        """Reads them anew."""
        office = self._services.office
        self._services.tasks.submit(
            lambda: saved_views(office.desk), self._menu.show_lines, self._services.feedback.refuse
        )

    def _on_changed(self, changes: Changes, by_this_desk: bool) -> None:
        if changes.touches(Record.SAVED_VIEW):
            self.read()

    def _show_place(self, place: int) -> None:
        line = next((each for each in self._menu.lines if each.position == place), None)
        if not self._frame.is_working:
            return
        if line is None:
            self._services.feedback.say(f"No view is saved on {KEYS[place]} yet. Its menu is in the toolbar.", False)
        else:
            self._show(line)

    def _show(self, line: SavedViewLine) -> None:
        self._frame.show_screen(SCHEDULE)
        self._frame.screens.schedule.show_settings(line.settings_text, self._services.office.catalogue)
        self._frame.screens.focus()

    def _ask_for_name(self) -> None:
        form = ViewForm("Save this view", "Save")
        settings = self._frame.screens.schedule.settings_text()
        form.named.connect(lambda name: self._keep(form, name, settings))
        self._frame.inspector.show_form(form)

    def _keep(self, form: ViewForm, name: str, settings: str) -> None:
        change = Change(
            lambda desk: save_view(desk, name, settings),
            lambda desk, _: f"Saved the view {name.strip()}",
            lambda _: form.left.emit(),
            refused=form.refuse,
        )
        self._services.operations.run(change)

    def _ask_for_another(self, line: SavedViewLine) -> None:
        form = ViewForm("Rename the view", "Rename", line.name)

        def rename(name: str) -> None:
            change = Change(
                lambda desk: rename_view(desk, line.view_id, name),
                lambda desk, _: f"The view is called {name.strip()} now",
                lambda _: form.left.emit(),
                refused=form.refuse,
            )
            self._services.operations.run(change)

        form.named.connect(rename)
        self._frame.inspector.show_form(form)

    def _remove(self, line: SavedViewLine) -> None:
        self._services.operations.run(
            Change(lambda desk: remove_view(desk, line.view_id), lambda desk, _: f"Deleted the view {line.name}")
        )
