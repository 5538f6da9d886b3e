"""The screens of the frame, one at a time. One that nobody has looked at yet is not built: the window starts sooner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.ui import theme

if TYPE_CHECKING:
    from desk_app.application.outcome import Changes
    from desk_app.ui.screens.requests.requests_screen import RequestsScreen
    from desk_app.ui.screens.schedule.schedule_screen import ScheduleScreen
    from desk_app.ui.services import Services

SCHEDULE, REQUESTS = "schedule", "requests"
SCREEN = "window/screen"
"""Where the screen looked at last is remembered."""


class Screens(QStackedWidget):
    """``requests_built`` once, with the inbox, for whoever connects it."""

    requests_built = Signal(object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._schedule: ScheduleScreen | None = None
        self._requests: RequestsScreen | None = None
        self.addWidget(QWidget())  # the first frame's ground
        services.bus.changed.connect(self._on_changed)

    @property
    def code(self) -> str:
        shown = self.currentWidget()
        return REQUESTS if self._requests is not None and shown is self._requests else SCHEDULE

    @property
    def schedule(self) -> ScheduleScreen:
        """The board, built when the work begins: after the first frame."""
        if self._schedule is None:
            from desk_app.ui.screens.schedule.schedule_screen import ScheduleScreen

            self._schedule = ScheduleScreen(self._services, theme.current())
            self.addWidget(self._schedule)
            if self.code == SCHEDULE:
                self.setCurrentWidget(self._schedule)
        return self._schedule

    @property
    def requests(self) -> RequestsScreen:
        """The inbox, built now if it was not there."""
        if self._requests is None:
            from desk_app.ui.screens.requests.requests_screen import RequestsScreen

            self._requests = RequestsScreen(self._services)
            self.addWidget(self._requests)
            self.requests_built.emit(self._requests)
        return self._requests

    def show_screen(self, code: str) -> None:
        self.setCurrentWidget(self.requests if code == REQUESTS else self.schedule)

    def focus(self) -> None:
        """The keyboard goes to what the screen is about."""
        if self.code == REQUESTS:
            self.requests.focus_list()
        else:
            self.schedule.setFocus()

    def reload(self) -> None:
        """Anything may have changed unseen."""
        self.schedule.reload()
        if self._requests is not None:
            self._requests.reload()

    def _on_changed(self, changes: Changes, by_this_desk: bool) -> None:
        if self._schedule is not None:
            self._schedule.apply_changes(changes, by_this_desk)
        if self._requests is not None:
            self._requests.apply_changes(changes, by_this_desk)
