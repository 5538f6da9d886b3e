"""Everything that happens in the window: what every signal, key and command leads to.

The parts know nothing of one another. This module, and all it imports, is loaded once the first frame is painted.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desk_app.application.ports import ChangeFeed
from desk_app.application.read_models import Counts
from desk_app.application.use_cases.letters import LetterWish
from desk_app.application.use_cases.look_at_day import next_open_day
from desk_app.application.wording import clock
from desk_app.domain.typed_free import FreeDay
from desk_app.ui.main_window.background import Background
from desk_app.ui.main_window.beds_desk import BedsDesk
from desk_app.ui.main_window.calls_desk import CallsDesk
from desk_app.ui.main_window.card_actions import CardActions
from desk_app.ui.main_window.cards import Cards
from desk_app.ui.main_window.command_table import CommandTable
from desk_app.ui.main_window.commands import COMMANDS
from desk_app.ui.main_window.downtime_desk import DowntimeDesk
from desk_app.ui.main_window.frame import Frame
from desk_app.ui.main_window.free_days import go_to_free
from desk_app.ui.main_window.incoming_files import IncomingFiles
from desk_app.ui.main_window.opening import Opening
from desk_app.ui.main_window.openings import OpeningsDesk
from desk_app.ui.main_window.outlook_desk import OutlookDesk
from desk_app.ui.main_window.printed_watch import PrintedWatch
from desk_app.ui.main_window.saved_views import SavedViews
from desk_app.ui.main_window.schedule_menu import GapSteps
from desk_app.ui.main_window.screens import BEDS, CALLS, REPORTS, REQUESTS, SCHEDULE, SCREEN, TODAY
from desk_app.ui.main_window.selection import Selection
from desk_app.ui.main_window.short_notice_desk import ShortNoticeDesk
from desk_app.ui.main_window.slot_seeking import SlotSeeking
from desk_app.ui.main_window.window import MainWindow
from desk_app.ui.models.call_groups import BY_PAYER
from desk_app.ui.models.search_model import Found
from desk_app.ui.panels.form import ENTER, Form
from desk_app.ui.services import Services
from desk_app.ui.storage import Storage
from desk_app.ui.widgets.keys_ahead import KeysAhead

if TYPE_CHECKING:
    from desk_app.ui.main_window.reports_desk import ReportsDesk
    from desk_app.ui.main_window.wall_display import WallDisplay

VIEW_ONLY = "view only"
"""What is said where nothing can be changed; of a file's copy also when it was made, since others go on in the file."""


class Work(QObject):
    """One for each window; it is the host of cards, panels and commands."""

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        storage: Storage,
        show_scheme: Callable[[str], None],
        demo: bool = False,
    ) -> None:
        super().__init__(window)
        self._window, self._services, self._storage = window, services, storage
        self.frame: Frame = window.frame
        self.cards = Cards(services)
        self.keys = KeysAhead(window, lambda: self.cards.shown is not None and not self.cards.is_read)
        self.selection = Selection(services, self.frame, self.cards, self.keys, self.show_screen)
        self.opening = Opening(services, storage, demo)
        self.background = Background(services)
        self.printed = PrintedWatch(services)
        self.downtime = DowntimeDesk(services, self.show_form)
        self.files = IncomingFiles(services, window)
        self.seeking = SlotSeeking(services, self.frame, self.keys, self.show_day)
        self.openings = OpeningsDesk(services, self.frame, self.cards, self.keys, self.seeking, self.show_day)
        self.outlook = OutlookDesk(services, self.frame, self.cards)
        self.short_notice = ShortNoticeDesk(services, self.cards, self, self.openings.show_who_fits)
        self.beds = BedsDesk(services, self.cards, self)
        self.calls = CallsDesk(services, self.cards, self)
        self.actions_of_card = CardActions(services, self.cards, self)
        self.table = CommandTable(services, self, show_scheme)
        self.saved_views = SavedViews(services, self.frame)
        self.wall: WallDisplay | None = None
        self._opened_at = ""
        self._closes = False
        """The window was closed while pages were made: it goes when they have ended."""

        self.reports: ReportsDesk | None = None
        self._connect()
        self._connect_schedule()
        self._make_shortcuts()

    def start(self) -> None:
        """Opens the database."""
        self.opening.start()

    def has_ended(self) -> bool:
        """Whether the window can close at once; else pages are stopped, and it closes when none are made any more."""
        long_works = self._services.operations.long_works
        self._closes = long_works.is_running
        if self._closes:
            long_works.stop_all()
        return not self._closes

    def stop(self) -> None:
        """The window is closed: nothing more is asked of the database."""
        self.calls.stop()
        self._leave_work()
        self._services.tasks.submit(self._services.office.close, lambda _: None)

    @property
    def day(self) -> date:
        """The day that is wanted on the schedule, even while it is still being read."""
        return self.frame.screens.schedule.day or self._services.office.today

    # What cards, panels and commands ask of the window

    def show_form(self, form: Form) -> None:
        self.frame.inspector.show_form(form)

    def show_record(self, kind: str, number: int) -> None:
        self.selection.show(kind, number)

    def show_day(self, day: date) -> None:
        self.frame.screens.schedule.show_day(day)
        if self.frame.screens.code == BEDS:
            self.frame.screens.beds.show_day(day)

    def show_screen(self, code: str) -> None:
        self.frame.show_screen(code)
        self._services.memory.set_value(SCREEN, code)
        if code == BEDS:
            self.frame.screens.beds.show_day(self.day)
        if self.frame.inspector.form is None:
            self.frame.screens.focus()

    def on_open_day(self, after: date, use: Callable[[date], None]) -> None:
        """Does something with the next day on which a room is open."""
        office, feedback = self._services.office, self._services.feedback

        def found(day: date | None) -> None:
            if day is None:
                feedback.refused.emit("No room is open in the weeks that follow.")
            else:
                use(day)

        self.keys.ask(self._services.tasks, lambda: next_open_day(office.desk, after), found, feedback.refuse)

    def print_day(self, day: date) -> None:
        self._preview(day)

    def print_here(self) -> None:
        """What is looked at: the calls of today, the reports as PDF, else the day shown."""
        if self.frame.screens.code == CALLS:
            by_payer = self.frame.screens.calls.order == BY_PAYER
            self._preview(self._services.office.today, "calls_by_payer" if by_payer else "calls")
        elif self.frame.screens.code == BEDS:
            self.print_recovery(self.frame.screens.beds.day)
        elif self.frame.screens.code == REPORTS:
            self.frame.screens.reports.save_pdf()
        else:
            self._preview(self.day)

    def print_changes(self) -> None:
        """Of the next day whose sheet is out of date, else of the day shown."""
        days = self.printed.days
        self._preview(days[0].day if days else self.day, "changes")

    def print_recovery(self, day: date) -> None:
        self._preview(day, "recovery")

    def _preview(self, day: date, kind: str = "") -> None:
        from desk_app.ui.print_preview import PrintPreview

        PrintPreview(self._services, day, self._window, kind).open()
        self.keys.forget()  # nothing is printed that was not seen

    def stop_work(self) -> None:
        """The pages that are being made, else the reports that are being counted."""
        stopped = self._services.operations.long_works.stop()
        if not stopped and self.frame.screens.code == REPORTS:
            self.frame.screens.reports.stop()

    def show_wall(self) -> None:
        """The anonymous display for a second screen; one for each window."""
        from desk_app.ui.main_window.wall_display import WallDisplay

        if self.wall is None:
            self.wall = WallDisplay(self._services)
        self.wall.show_on_another_screen(self._window.screen())

    def print_letter(self, wish: LetterWish, whose: str) -> None:
        from desk_app.ui.print_preview import LetterPreview

        LetterPreview(self._services, wish, whose, self._window).open()
        self.keys.forget()

    def print_slip(self, appointment_id: int, whose: str) -> None:
        from desk_app.ui.print_preview import SlipPreview

        SlipPreview(self._services, appointment_id, whose, self._window).open()
        self.keys.forget()

    def edit_letters(self) -> None:
        from desk_app.ui.print_preview.letter_editor import LetterEditor

        LetterEditor(self._services, self._window).open()
        self.keys.forget()

    def show_as_it_stood(self, day: date) -> None:
        """What differs between that day at an earlier moment and now."""
        from desk_app.ui.panels.stood_panel import StoodPanel

        panel = StoodPanel(self._services, day)

        def show_visit(number: int) -> None:
            panel.left.emit()
            self.cards.show("visit", number)

        panel.opened.connect(show_visit)
        self.frame.inspector.show_form(panel)

    def close(self) -> None:
        self._window.close()

    # A database

    def _on_opened(self, feed: ChangeFeed, demo: bool) -> None:
        office = self._services.office
        practice = office.catalogue.settings.name
        self._opened_at = clock(office.clock.now(), office.zone)
        self.frame.inspector.drop_forms()
        self.cards.clear()
        self.frame.show_work(f"{practice}, demo" if demo else practice)
        self._window.name_practice(f"{practice}, {VIEW_ONLY}" if office.only_looks else practice)
        self.frame.screens.reload()
        self.show_day(office.today)
        self.show_screen(self._services.memory.value(SCREEN, SCHEDULE))
        self.background.follow(feed)
        self.printed.follow()
        self.saved_views.read()
        if not office.only_looks:
            self.downtime.follow()
            self.files.watch_again()

    def _leave_work(self) -> None:
        if self.wall is not None:
            self.wall.close()
        self.background.stop()
        self.printed.stop()
        self.downtime.stop()
        self.files.rest()
        self._window.name_practice("")
        self.frame.show_start()

    def _on_first_run(self) -> None:
        self._leave_work()
        self.frame.start.offer_first_steps()

    def _on_opening_failed(self, sentence: str, can_look: bool = False) -> None:
        self._leave_work()
        self.frame.start.say_trouble(sentence, can_look)

    def _on_busy(self, text: str) -> None:
        self._leave_work()
        self.frame.start.say_busy(text)

    def _on_storage_failed(self, sentence: str) -> None:
        if self.frame.is_working:
            self.frame.status.refuse(sentence, retry=True)
        else:
            self._on_opening_failed(sentence)

    def _on_retry(self) -> None:
        """The change that could not be stored, and everything that could not be read."""
        self._services.operations.try_again()
        self.files.try_again()
        self.frame.screens.reload()

    def _on_pages_ended(self) -> None:
        self.frame.status.show_running("")
        if self._closes:
            self._closes = False
            self._window.close()

    # What arrives

    def _on_counts(self, counts: Counts) -> None:
        only_looks, is_shared = self._services.office.only_looks, self._storage.is_shared
        place = "shared database" if is_shared else "this computer"
        if only_looks:
            place = VIEW_ONLY if is_shared else f"{VIEW_ONLY}, as of {self._opened_at}"
        self.frame.status.show_counts(counts, place, warns=only_looks)
        self.frame.rail.show_counts({REQUESTS: counts.open_requests, CALLS: counts.calls_due})

    def _on_found(self, found: Found) -> None:
        if found.kind == "patient" and isinstance(found.value, int):
            self.show_record("patient", found.value)
            self._give_keyboard_back()
        elif found.kind == "day" and isinstance(found.value, date):
            self.show_day(found.value)
            self.show_screen(SCHEDULE)
        elif found.kind == "free" and isinstance(found.value, FreeDay):
            go_to_free(self._services, found.value, self.actions_of_card.subject(), self._open_day)
        elif found.kind == "command":
            self.table.give(str(found.value))
        elif found.kind == "nothing":
            self.seeking.take_down_request().begin_with(str(found.value))

    def _give_keyboard_back(self) -> None:
        """To the form that is open, else to the screen."""
        if self.frame.inspector.form is not None:
            self.frame.inspector.take_focus()
        else:
            self.frame.screens.focus()

    def _open_day(self, day: date) -> None:
        self.show_screen(SCHEDULE)
        self.frame.screens.schedule.open_day(day)

    def _on_screen_built(self, code: str) -> None:
        """The schedule is there from the start and connected with everything else."""
        connect = {
            TODAY: self._connect_today,
            REQUESTS: self._connect_requests,
            CALLS: self._connect_calls,
            BEDS: self._connect_beds,
            REPORTS: self._connect_reports,
        }.get(code)
        if connect is not None:
            connect()

    def _on_day_turned(self, day: date) -> None:
        """For whoever looks at the beds; the schedule turns by itself."""
        if self.frame.screens.code == BEDS:
            self.show_day(day)

    def _connect_beds(self) -> None:
        beds = self.frame.screens.beds
        beds.visit_selected.connect(self.selection.on_stay_selected)
        beds.visit_opened.connect(self.selection.open_stay)
        beds.selection_cleared.connect(self.selection.on_selection_cleared)
        beds.context_requested.connect(self.selection.show_stay_menu)
        beds.place_selected.connect(self.beds.show_place)
        beds.day_turned.connect(self._on_day_turned)
        beds.bay_wanted.connect(self.beds.put_in_place)
        beds.bed_wanted.connect(self.beds.put_in_place)
        beds.stay_wanted.connect(self.beds.stay_tonight)
        beds.print_requested.connect(self.print_recovery)
        beds.assign_requested.connect(lambda: self.table.give("assign_places"))

    def _connect_today(self) -> None:
        today = self.frame.screens.today
        today.visit_selected.connect(self.selection.on_visit_selected)
        today.visit_opened.connect(self.selection.open_visit)
        today.context_requested.connect(self.selection.show_visit_menu)
        today.schedule_wanted.connect(lambda: self.show_screen(SCHEDULE))
        today.day_shown.connect(self.frame.show_flow_day)

    def _connect_requests(self) -> None:
        requests = self.frame.screens.requests
        requests.request_selected.connect(self.selection.on_request_selected)
        requests.request_opened.connect(lambda _: self.selection.take_primary())
        requests.first_slot_taken.connect(self.actions_of_card.book_first_slot)
        requests.set_aside_selected.connect(self.cards.show_set_aside)
        requests.new_request_wanted.connect(self.seeking.take_down_request)
        requests.import_requested.connect(self.files.choose)

    def _connect_calls(self) -> None:
        self.calls.connect_screen(self.frame.screens.calls)

    def _connect_reports(self) -> None:
        from desk_app.ui.main_window.reports_desk import ReportsDesk

        self.reports = ReportsDesk(self._services, self.frame, self.cards, self.keys)
        self.reports.connect(self.frame.screens.reports)

    def _on_context_requested(self, visit: int | None, column: str, instant: datetime, place: QPoint) -> None:
        if visit is not None:
            self.selection.show_visit_menu(visit, place)
            return
        steps = GapSteps(
            lambda: self.openings.show_who_fits(column, instant),
            lambda: self.seeking.take_down_request_for(instant),
            lambda: self.seeking.seek_from(column, instant),
            lambda: self.openings.block_gap(column, instant),
            self.openings.shade_at(column, instant),
        )
        self.selection.show_gap_menu(instant, place, steps)

    def _show_set_aside(self) -> None:
        self.show_screen(REQUESTS)
        self.frame.screens.requests.show_segment("set_aside")

    # Keys

    def take_key(self, event: QKeyEvent) -> bool:
        """A plain key that nobody under the keyboard wanted: the card's, then the window's own."""
        inspector = self.frame.inspector
        if not self.frame.is_working or (inspector.form is not None and self._is_in_inspector()):
            return False
        if event.key() in ENTER:
            self.selection.take_primary()
        elif event.key() == Qt.Key.Key_Escape:
            self.keys.forget()
            if not inspector.leave_form() and not inspector.take_up():
                self.frame.screens.focus()
        elif event.text() == "?":
            self.table.give("keys")
        elif not self.keys.keep(event):
            return self.selection.take_key(event) or self.table.take_key(event)
        return True

    def _make_shortcuts(self) -> None:
        """Keys that no field types: with Ctrl or Alt, and function keys."""
        for command in COMMANDS:
            if len(command.key) > 1:
                shortcut = QShortcut(QKeySequence(command.key), self._window)
                shortcut.activated.connect(lambda code=command.code: self.table.give(code))
        QShortcut(QKeySequence("F6"), self._window).activated.connect(self._change_sides)

    def _change_sides(self) -> None:
        if self._is_in_inspector():
            self.frame.screens.focus()
        else:
            self.frame.inspector.take_focus()

    def _is_in_inspector(self) -> bool:
        """Whether the keyboard is there. Without any focus Qt answers None, whatever its stubs say."""
        at: QWidget | None = self._window.focusWidget()
        return at is not None and self.frame.inspector.isAncestorOf(at)

    # Building

    def _connect(self) -> None:
        services, frame = self._services, self.frame
        frame.top.command_given.connect(self.table.give)
        frame.top.search.found_taken.connect(self._on_found)
        frame.rail.screen_chosen.connect(self.show_screen)
        frame.status.undo_wanted.connect(services.operations.undo)
        frame.status.retry_wanted.connect(self._on_retry)
        frame.status.set_aside_wanted.connect(self._show_set_aside)
        frame.status.calls_wanted.connect(lambda: self.show_screen(CALLS))
        frame.screens.built.connect(self._on_screen_built)
        frame.inspector.action_taken.connect(self.actions_of_card.take)
        frame.inspector.form_left.connect(frame.screens.focus)
        frame.start.practice_chosen.connect(self.opening.set_up)
        frame.start.demo_wanted.connect(self.opening.open_demo)
        frame.start.retry_wanted.connect(self.opening.try_again)
        frame.start.look_wanted.connect(self.opening.look_only)
        self.files.practice_dropped.connect(self.opening.set_up)
        self.opening.opened.connect(self._on_opened)
        self.opening.first_run.connect(self._on_first_run)
        self.opening.refused.connect(frame.start.complain)
        self.opening.failed.connect(self._on_opening_failed)
        self.opening.busy.connect(self._on_busy)
        self.background.counts_read.connect(self._on_counts)
        self.printed.found.connect(frame.status.show_outdated)
        frame.status.slip_wanted.connect(self.print_changes)
        self.downtime.trouble.connect(frame.status.show_copy_trouble)
        frame.status.copy_wanted.connect(self.downtime.show)
        frame.status.stop_wanted.connect(self.stop_work)
        services.operations.long_works.told.connect(lambda text, _: frame.status.show_running(text))
        services.operations.long_works.ended.connect(self._on_pages_ended)
        services.operations.long_works.stopped.connect(services.feedback.say)
        self.background.beds_read.connect(frame.status.show_beds)
        self.background.room_read.connect(frame.status.show_room)
        self.selection.taken_by(self.actions_of_card.take)
        self.openings.offered.connect(self.short_notice.offer)
        self.openings.person_wanted.connect(self.short_notice.show_person)
        self.seeking.visit_made.connect(lambda number: self.show_record("visit", number))
        services.feedback.said.connect(frame.status.say)
        services.feedback.refused.connect(frame.status.refuse)
        services.feedback.storage_failed.connect(self._on_storage_failed)
        services.operations.question_asked.connect(self.actions_of_card.ask)
        services.operations.cancel_asked.connect(self.actions_of_card.ask_cancel)
        services.operations.request_placed.connect(lambda number: self.show_record("visit", number))
        services.operations.out_of_date.connect(frame.screens.reload)

    def _connect_schedule(self) -> None:
        schedule = self.frame.screens.schedule
        schedule.visit_selected.connect(self.selection.on_visit_selected)
        schedule.selection_cleared.connect(self.selection.on_selection_cleared)
        schedule.visit_opened.connect(self.selection.open_visit)
        schedule.find_slot_requested.connect(lambda: self.table.give("find_slot"))
        schedule.print_requested.connect(self.print_day)
        schedule.next_day_requested.connect(lambda: self.on_open_day(self.day, self.show_day))
        schedule.day_shown.connect(self.frame.show_day)
        schedule.span_shown.connect(self.frame.top.show_span)
        schedule.gap_activated.connect(self.seeking.seek_from)
        schedule.slot_wanted.connect(self.seeking.seek_from)
        schedule.who_fits_wanted.connect(self.openings.show_who_fits)
        schedule.request_wanted.connect(self.seeking.take_down_request_for)
        schedule.context_requested.connect(self._on_context_requested)
        schedule.stretch_drawn.connect(self.openings.block_stretch)
        schedule.shade_chosen.connect(self.openings.show_shade)
        schedule.fault_met.connect(self._services.feedback.refuse)
