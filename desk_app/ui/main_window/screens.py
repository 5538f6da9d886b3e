"""The screens of the frame, one at a time. One that nobody has looked at yet is not built: the window starts sooner.

A new screen is a line in ``BUILDERS`` and one in the rail; whoever connects it waits for ``built``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.ui import theme

if TYPE_CHECKING:
    from desk_app.application.outcome import Changes
    from desk_app.ui.screens.beds.beds_screen import BedsScreen
    from desk_app.ui.screens.calls.calls_screen import CallsScreen
    from desk_app.ui.screens.reports.reports_screen import ReportsScreen
    from desk_app.ui.screens.requests.requests_screen import RequestsScreen
    from desk_app.ui.screens.schedule.schedule_screen import ScheduleScreen
    from desk_app.ui.screens.today.today_screen import TodayScreen
    from desk_app.ui.services import Services

TODAY, SCHEDULE, REQUESTS, CALLS, BEDS = "today", "schedule", "requests", "calls", "beds"
REPORTS = "reports"
SCREEN = "window/screen"
"""Where the screen looked at last is remembered."""


class Screen(Protocol):
    """What every screen can do, beside being a widget."""

    def focus_content(self) -> None:
        """The keyboard goes to what the screen is about."""

    def reload(self) -> None:
        """Anything may have changed unseen."""

    def apply_changes(self, changes: Changes, by_this_desk: bool) -> None: ...


def _schedule(services: Services) -> QWidget:
    from desk_app.ui.screens.schedule.schedule_screen import ScheduleScreen

    return ScheduleScreen(services, theme.current())


def _requests(services: Services) -> QWidget:
    from desk_app.ui.screens.requests.requests_screen import RequestsScreen

    return RequestsScreen(services)


def _today(services: Services) -> QWidget:
    from desk_app.ui.screens.today.today_screen import TodayScreen

    return TodayScreen(services)


def _beds(services: Services) -> QWidget:
    from desk_app.ui.screens.beds.beds_screen import BedsScreen

    return BedsScreen(services, theme.current())


def _calls(services: Services) -> QWidget:
    from desk_app.ui.screens.calls.calls_screen import CallsScreen

    return CallsScreen(services)


def _reports(services: Services) -> QWidget:
    from desk_app.ui.screens.reports.reports_screen import ReportsScreen

    return ReportsScreen(services)


BUILDERS: Mapping[str, Callable[[Services], QWidget]] = {
    TODAY: _today,
    SCHEDULE: _schedule,
    REQUESTS: _requests,
    CALLS: _calls,
    BEDS: _beds,
    REPORTS: _reports,
}


class Screens(QStackedWidget):
    """``built`` once for each screen, with its code, for whoever connects it."""

    built = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._code = SCHEDULE
        self._screens: dict[str, QWidget] = {}
        self.addWidget(QWidget())  # the first frame's ground
        services.bus.changed.connect(self._on_changed)

    @property
    def code(self) -> str:
        return self._code

    @property
    def schedule(self) -> ScheduleScreen:
        """The board, built when the work begins: after the first frame."""
        return cast("ScheduleScreen", self.of(SCHEDULE))

    @property
    def requests(self) -> RequestsScreen:
        return cast("RequestsScreen", self.of(REQUESTS))

    @property
    def beds(self) -> BedsScreen:
        return cast("BedsScreen", self.of(BEDS))

    @property
    def today(self) -> TodayScreen:
        return cast("TodayScreen", self.of(TODAY))

    @property
    def calls(self) -> CallsScreen:
        return cast("CallsScreen", self.of(CALLS))

    @property
    def reports(self) -> ReportsScreen:
        return cast("ReportsScreen", self.of(REPORTS))

    def of(self, code: str) -> QWidget:
        """A screen, built now if it was not there."""
        if code not in self._screens:
            screen = self._screens[code] = BUILDERS[code](self._services)
            self.addWidget(screen)
            if code == self._code:
                self.setCurrentWidget(screen)
            self.built.emit(code)
        return self._screens[code]

    def show_screen(self, code: str) -> None:
        self._code = code
        self.setCurrentWidget(self.of(code))

    def focus(self) -> None:
        """The keyboard goes to what the shown screen is about."""
        cast(Screen, self.of(self._code)).focus_content()

    def reload(self) -> None:
        """Anything may have changed unseen."""
        self.of(SCHEDULE)
        for screen in self._each():
            screen.reload()

    def _on_changed(self, changes: Changes, by_this_desk: bool) -> None:
        for screen in self._each():
            screen.apply_changes(changes, by_this_desk)

    def _each(self) -> list[Screen]:
        return [cast(Screen, screen) for screen in self._screens.values()]
