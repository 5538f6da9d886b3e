"""The frame: bars above and below, the rail, the screens and the inspector; how wide each was is remembered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desk_app.ui import fonts
from desk_app.ui.main_window.rail import Rail
from desk_app.ui.main_window.screens import SCHEDULE, TODAY, Screens
from desk_app.ui.main_window.status_bar import StatusBar
from desk_app.ui.main_window.tab_order import next_stop
from desk_app.ui.main_window.top_bar import TopBar
from desk_app.ui.panels.inspector import WIDTH, Inspector
from desk_app.ui.services import Services

if TYPE_CHECKING:
    from desk_app.ui.main_window.start_page import StartPage

NARROW_RAIL, NO_INSPECTOR, INSPECTOR = "window/narrow_rail", "window/no_inspector", "window/inspector"
ROOMY, ROOMY_FOR_FORMS = 1400, 1600
"""From this width on the rail keeps its words, beside a card and beside a wide form."""

BARE_MS = 600
"""What takes longer to be read comes into a frame that is there already: the window is not left bare."""


class Frame(QWidget):
    """Either the start page or the work: rail, screen, inspector.

    It is covered until there is something in it, so that both are painted together, once.
    """

    def __init__(self, services: Services, user: str, version: str) -> None:
        super().__init__()
        self._memory, self._version = services.memory, version
        self.top, self.status, self.rail = TopBar(services, user), StatusBar(), Rail()
        self.screens, self.inspector = Screens(services), Inspector()
        self._start: StartPage | None = None
        self._splitter, self._pages, self._work = QSplitter(Qt.Orientation.Horizontal), QStackedWidget(), QWidget()
        self._wide_form = False
        self._lay_out()
        self.rail.show_screen(SCHEDULE)
        self.inspector.width_wanted.connect(self._on_width_wanted)
        self._show_rail()
        self.inspector.setVisible(self._memory.value(NO_INSPECTOR) != "yes")
        self.setUpdatesEnabled(False)
        QTimer.singleShot(BARE_MS, self, self.uncover)

    def uncover(self) -> None:
        """It is painted from now on."""
        self.setUpdatesEnabled(True)

    @property
    def start(self) -> StartPage:
        """Built when something is asked of it: most days begin without."""
        if self._start is None:
            from desk_app.ui.main_window.start_page import StartPage

            self._start = StartPage()
            self._pages.addWidget(self._start)
        return self._start

    @property
    def is_working(self) -> bool:
        return self._pages.currentWidget() is self._work

    def show_work(self, practice: str) -> None:
        """A database is open."""
        self.rail.show_about(practice, self._version)
        self.top.show_working(True)
        self._pages.setCurrentWidget(self._work)
        self.uncover()

    def show_start(self) -> None:
        """Nothing is open."""
        self.top.show_working(False)
        self.status.clear()
        self._pages.setCurrentWidget(self.start)
        self.uncover()

    def show_screen(self, code: str) -> None:
        self.screens.show_screen(code)
        self.rail.show_screen(code)
        if code != TODAY:
            self.top.show_instead(None)

    def show_day(self, day: date) -> None:
        self.top.show_day(day)

    def show_flow_day(self, day: date) -> None:
        """The flow board has a day of its own, whatever the schedule is at."""
        if self.screens.code == TODAY:
            self.top.show_instead(day)

    def toggle_rail(self) -> None:
        self._memory.set_value(NARROW_RAIL, "no" if self.rail.is_narrow else "yes")
        self._show_rail()

    def toggle_inspector(self) -> None:
        shown = self.inspector.isHidden()
        self._memory.set_value(NO_INSPECTOR, "no" if shown else "yes")
        self.inspector.setVisible(shown)
        if not shown:
            self.screens.focus()

    def keep_widths(self) -> None:
        if not self._wide_form:
            self._memory.set_value(INSPECTOR, str(self.inspector.width()))

    def _on_width_wanted(self, width: int) -> None:
        """A form may need more room than a card; the card gets back what it had."""
        wide = width > WIDTH
        if wide and not self._wide_form:
            self.keep_widths()
        self._wide_form = wide
        self.inspector.show()
        self._show_rail()
        self._give_inspector(width if wide else self._remembered_width())

    def _remembered_width(self) -> int:
        text = self._memory.value(INSPECTOR)
        return max(int(text), self.inspector.minimumWidth()) if text.isdecimal() else WIDTH

    def _give_inspector(self, width: int) -> None:
        layout = self._work.layout()
        if layout is not None:
            layout.activate()  # the rail may have just given or taken room
        self._splitter.setSizes([max(self._splitter.width() - width - 1, 1), width])

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the window as it is read."""
        parts = (self.top, self.rail, self.screens, self.inspector, self.start, self.status)
        stop = next_stop(self.window(), parts, forward)
        if stop is None:
            return super().focusNextPrevChild(forward)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stop.setFocus(reason)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_rail()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now the splitter knows its width."""
        super().showEvent(event)
        self._give_inspector(self._remembered_width())

    def _show_rail(self) -> None:
        """As somebody chose; else the words give way where the board needs the room."""
        chosen = self._memory.value(NARROW_RAIL)
        crowded = self.width() < fonts.scaled(ROOMY_FOR_FORMS if self._wide_form else ROOMY)
        self.rail.show_narrow(chosen == "yes" or (crowded and (self._wide_form or chosen != "no")))

    def _lay_out(self) -> None:
        self._splitter.addWidget(self.screens)
        self._splitter.addWidget(self.inspector)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self._splitter, 1)
        self._pages.addWidget(self._work)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self._pages, 1)
        column.addWidget(self.status)
