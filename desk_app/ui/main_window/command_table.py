"""What each command does. A command that needs an open database does nothing without one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from desk_app.ui.main_window.beds_desk import BedsDesk
from desk_app.ui.main_window.calls_desk import CallsDesk
from desk_app.ui.main_window.card_actions import CardActions
from desk_app.ui.main_window.commands import COMMANDS
from desk_app.ui.main_window.downtime_desk import DowntimeDesk
from desk_app.ui.main_window.frame import Frame
from desk_app.ui.main_window.incoming_files import IncomingFiles
from desk_app.ui.main_window.keys_panel import KeysPanel
from desk_app.ui.main_window.opening import Opening
from desk_app.ui.main_window.openings import OpeningsDesk
from desk_app.ui.main_window.outlook_desk import OutlookDesk
from desk_app.ui.main_window.screens import BEDS, CALLS, REPORTS, REQUESTS, SCHEDULE, TODAY
from desk_app.ui.main_window.short_notice_desk import ShortNoticeDesk
from desk_app.ui.main_window.slot_seeking import SlotSeeking
from desk_app.ui.services import Services
from desk_app.ui.theme import SCHEMES

ALWAYS = frozenset({"open_demo", "leave_demo", *SCHEMES, "quit"})
CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Host(Protocol):
    """What the window does for a command."""

    @property
    def frame(self) -> Frame: ...
    @property
    def opening(self) -> Opening: ...
    @property
    def files(self) -> IncomingFiles: ...
    @property
    def seeking(self) -> SlotSeeking: ...
    @property
    def downtime(self) -> DowntimeDesk: ...
    @property
    def openings(self) -> OpeningsDesk: ...
    @property
    def outlook(self) -> OutlookDesk: ...
    @property
    def short_notice(self) -> ShortNoticeDesk: ...
    @property
    def beds(self) -> BedsDesk: ...
    @property
    def calls(self) -> CallsDesk: ...
    @property
    def actions_of_card(self) -> CardActions: ...
    @property
    def day(self) -> date: ...
    def show_day(self, day: date) -> None: ...
    def show_screen(self, code: str) -> None: ...
    def on_open_day(self, after: date, use: Callable[[date], None]) -> None: ...
    def print_day(self, day: date) -> None: ...
    def print_changes(self) -> None: ...
    def stop_work(self) -> None: ...
    def show_wall(self) -> None: ...
    def edit_letters(self) -> None: ...
    def print_here(self) -> None: ...
    def show_as_it_stood(self, day: date) -> None: ...
    def close(self) -> None: ...


class CommandTable:
    """Gives a command by its code, or by its plain key."""

    def __init__(self, services: Services, host: Host, show_scheme: Callable[[str], None]) -> None:
        self._services, self._host, self._show_scheme = services, host, show_scheme
        self._keys = {command.key: command.code for command in COMMANDS if len(command.key) == 1}
        self._does = self._table()

    def give(self, code: str) -> None:
        if code in ALWAYS or self._host.frame.is_working:
            self._does[code]()

    def take_key(self, event: QKeyEvent) -> bool:
        """A plain key of a command; False where it is none."""
        code = self._keys.get(QKeySequence(Qt.Key(event.key())).toString())
        if code is None or event.modifiers() & CHORD:
            return False
        self.give(code)
        return True

    def _table(self) -> Mapping[str, Callable[[], object]]:
        host, operations = self._host, self._services.operations
        return {
            "new_request": host.seeking.take_down_request,
            "new_patient": host.actions_of_card.edit_patient,
            "find_slot": lambda: host.seeking.seek(host.actions_of_card.subject()),
            "block": lambda: host.openings.block(host.day),
            "short_notice": lambda: host.short_notice.show_list(),
            "outlook": lambda: host.outlook.show(),
            "assign_places": self._assign_places,
            "as_it_stood": lambda: host.show_as_it_stood(host.day),
            "print_day": lambda: host.print_here(),
            "print_tomorrow": lambda: host.on_open_day(self._services.office.today, host.print_day),
            "downtime": lambda: host.downtime.show(),
            "print_changes": lambda: host.print_changes(),
            "stop_work": lambda: host.stop_work(),
            "flow": lambda: host.show_screen(TODAY),
            "wall_display": host.show_wall,
            "letters": host.edit_letters,
            "schedule": lambda: host.show_screen(SCHEDULE),
            "requests": lambda: host.show_screen(REQUESTS),
            "calls": lambda: host.show_screen(CALLS),
            "calls_by_payer": lambda: host.calls.show_by_payer(),
            "beds": lambda: host.show_screen(BEDS),
            "reports": lambda: host.show_screen(REPORTS),
            "today": lambda: self._go(self._services.office.today),
            "page_back": lambda: self._turn(-1, far=True),
            "page_on": lambda: self._turn(1, far=True),
            "choose_date": self._choose_date,
            "previous_day": lambda: self._turn(-1),
            "next_day": lambda: self._turn(1),
            **{f"view_{kind}": partial(self._show_view, kind) for kind in ("day", "week", "month")},
            "tray": self._show_tray,
            "put_all_back": lambda: operations.put_back(),
            "undo": operations.undo,
            "redo": operations.redo,
            "import_files": host.files.choose,
            "watch_folder": host.files.choose_watched,
            "unwatch_folder": host.files.unwatch,
            "inspector": host.frame.toggle_inspector,
            "rail": host.frame.toggle_rail,
            "search": lambda: host.frame.top.search.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "open_demo": host.opening.open_demo,
            "leave_demo": host.opening.leave_demo,
            "keys": lambda: host.frame.inspector.show_form(KeysPanel()),
            "quit": host.close,
            **{scheme: partial(self._show_scheme, scheme) for scheme in SCHEMES},
        }

    def _assign_places(self) -> None:
        """On the Beds screen, with the day and the nights that it shows."""
        self._host.show_screen(BEDS)
        self._host.beds.assign(self._host.frame.screens.beds)

    def _choose_date(self) -> None:
        from desk_app.ui.main_window.date_picker import DatePicker

        top = self._host.frame.top
        picker = DatePicker(self._services, self._host.day, top)
        picker.chosen.connect(self._go)
        picker.open_under(top.date_button)

    def _turn(self, by: int, far: bool = False) -> None:
        """A day, a week or a month, as the view in sight has it."""
        screens = self._host.frame.screens
        self._go(screens.beds.turn(by, far) if screens.code == BEDS else screens.schedule.turn(by, far))

    def _show_view(self, kind: str) -> None:
        self._host.show_screen(SCHEDULE)
        self._host.frame.screens.schedule.show_view(kind)

    def _show_tray(self) -> None:
        self._host.show_screen(SCHEDULE)
        self._host.frame.screens.schedule.toggle_tray()

    def _go(self, day: date) -> None:
        """On the schedule; on the Beds screen while that is looked at."""
        self._host.show_day(day)
        if self._host.frame.screens.code != BEDS:
            self._host.show_screen(SCHEDULE)
