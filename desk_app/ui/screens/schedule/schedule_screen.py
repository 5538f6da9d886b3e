"""The schedule screen: toolbar, a notice on an empty day, and the board, kept true by everybody's changes."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QEvent, QPoint, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.application.outcome import Changes, Record
from desk_app.application.read_models import DayPlan
from desk_app.application.schedule_view import DayView, FitMap
from desk_app.domain.practice import Catalogue, Settings
from desk_app.ui.screens.schedule.board import Board
from desk_app.ui.screens.schedule.day_cache import changed_visits
from desk_app.ui.screens.schedule.day_loader import DayLoader, Prepared, as_chosen, prepared
from desk_app.ui.screens.schedule.day_words import notice_for
from desk_app.ui.screens.schedule.hand import changed_meanwhile
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.needs import Services
from desk_app.ui.screens.schedule.notice_bar import NoticeBar
from desk_app.ui.screens.schedule.remembered import (
    Chooser,
    chooser,
    keep_choice,
    keep_zoom,
    recall_choice,
    recall_zoom,
)
from desk_app.ui.screens.schedule.scene import ColumnChoice
from desk_app.ui.screens.schedule.toolbar import Toolbar
from desk_app.ui.theme import Theme, current
from desk_app.ui.widgets import texts

MINUTE_SECONDS = 60
ZOOM_STEP = 2


class ScheduleScreen(texts.Themed, QWidget):
    """Instants in signals are aware UTC datetimes, columns are resource codes, visits their numbers."""

    visit_selected = Signal(int)
    selection_cleared = Signal()
    visit_opened = Signal(int)
    find_slot_requested = Signal()
    print_requested = Signal(object)
    """The day to print."""

    next_day_requested = Signal()
    day_shown = Signal(object)
    """The day that is on the board now."""

    gap_activated = Signal(str, object)
    slot_wanted = Signal(str, object)
    context_requested = Signal(object, str, object, QPoint)
    fault_met = Signal(object)
    """A day or an answer could not be read: the fault, to be worded elsewhere."""

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawn_in = theme
        self._services = services
        self._choice: ColumnChoice | None = None
        self._view: DayView | None = None
        self._foreign = False
        self._is_stale = False
        self._wanted_visit: int | None = None
        self._loader = DayLoader(services.days, services.tasks, services.clock, self._chooser, self)
        self._toolbar = Toolbar(self)
        self._notice = NoticeBar(self)
        self._board = self._empty_board(theme)
        self._minute = QTimer(self)
        self._lay_out()
        self._connect()
        self._await_next_minute()

    # Shown from outside

    def show_day(self, day: date) -> None:
        """Shows a day: at once where it was read ahead, else as soon as it is read."""
        self._foreign = False
        self._loader.want(day)

    def select_visit(self, appointment_id: int | None) -> None:
        """Selects a visit, if it is on the day shown; no signal."""
        self._board.select(appointment_id)

    @property
    def day(self) -> date | None:
        """The day that is wanted, even while it is still being read."""
        return self._loader.wanted

    @property
    def selected_visit(self) -> int | None:
        return self._board.state.selected_id

    def show_visit(self, day: date, appointment_id: int) -> None:
        """Shows a visit's day, and selects it as soon as it is there."""
        self._wanted_visit = appointment_id
        self.show_day(day)

    def show_theme(self, theme: Theme) -> None:
        """Another theme, or another size of letters."""
        self._board.show_inks(Inks(theme, self._board.devicePixelRatioF()))

    def apply_changes(self, changes: Changes, by_this_desk: bool) -> None:
        """A commit, of this desk or another: reads the day anew where it matters, later if nobody is looking."""
        for number in changes.ids(Record.APPOINTMENT):
            self._board.lose(number)
        if not self.isVisible():
            self._loader.forget_changed(changes)
            self._is_stale = True
        elif self._loader.apply(changes):
            self._foreign = not by_this_desk

    def reload(self) -> None:
        """Anything may have changed unseen."""
        self._loader.forget()
        if self._view is not None:
            self._loader.want(self._view.plan.day)

    # Building

    def _empty_board(self, theme: Theme) -> Board:
        """Before the first day is read: an empty grid, so that the first frame stands where the second will."""
        now = self._services.clock.now()
        nothing = DayView(DayPlan(now.date()), Catalogue(Settings("", "UTC")))
        scene = prepared(nothing, ColumnChoice(), now).scene
        board = Board(Inks(theme, self.devicePixelRatioF()), scene, now, nothing.catalogue.settings.cell_minutes, self)
        board.set_zoom(recall_zoom(self._services.memory))
        return board

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._toolbar)
        column.addWidget(self._notice)
        column.addWidget(self._board, 1)
        self.setFocusProxy(self._board)

    def _connect(self) -> None:
        board, toolbar = self._board, self._toolbar
        self._loader.day_ready.connect(self._on_day_ready)
        self._loader.day_failed.connect(self.fault_met)
        toolbar.choice_changed.connect(self._on_choice_changed)
        toolbar.zoom_stepped.connect(lambda step: board.set_zoom(board.zoom + step * ZOOM_STEP))
        toolbar.find_slot_requested.connect(self.find_slot_requested)
        toolbar.print_requested.connect(self._on_print_requested)
        self._notice.step_taken.connect(self._on_notice_step_taken)
        board.zoom_changed.connect(lambda zoom: keep_zoom(self._services.memory, zoom))
        board.visit_selected.connect(self.visit_selected)
        board.selection_cleared.connect(self.selection_cleared)
        board.visit_opened.connect(self.visit_opened)
        board.gap_activated.connect(self.gap_activated)
        board.slot_wanted.connect(self.slot_wanted)
        board.context_requested.connect(self.context_requested)
        board.cancel_requested.connect(self._services.operations.cancel_appointment)
        board.fits_wanted.connect(self._on_fits_wanted)
        board.visit_dropped.connect(self._on_visit_dropped)
        board.visit_stretched.connect(self._services.operations.lengthen_appointment)
        board.day_wanted.connect(self.show_day)
        board.drag_lost.connect(lambda number: self.fault_met.emit(changed_meanwhile(number)))
        self._minute.setSingleShot(True)
        self._minute.timeout.connect(self._on_minute_passed)

    # What arrives

    def _columns(self) -> ColumnChoice:
        return self._choice or ColumnChoice()

    def _chooser(self) -> Chooser:
        choice = self._choice
        return chooser(self._services.memory) if choice is None else lambda _: choice

    def _on_day_ready(self, known: Prepared) -> None:
        view, now = known.view, self._services.clock.now()
        if self._choice is None:
            self._choice = recall_choice(self._services.memory, view.catalogue)
        changed = changed_visits(self._view, view) if self._foreign else frozenset()
        self._view, self._foreign, self._is_stale = view, False, False
        laid_out = as_chosen(known, self._choice, now)
        if laid_out is not known:
            self._loader.keep(laid_out)
        self._show(laid_out, now, changed)
        if self._wanted_visit is not None:
            wanted, self._wanted_visit = self._wanted_visit, None
            self._board.reveal(wanted)
        self._board.viewport().repaint()  # now: once the neighbours are being read, the worker takes turns with us
        self.day_shown.emit(view.plan.day)

    def _show(self, known: Prepared, now: datetime, changed: frozenset[int] = frozenset()) -> None:
        catalogue = known.view.catalogue
        names = {resource.code: resource.name for resource in catalogue.resources}
        self._board.show_names(names, catalogue.settings.cell_minutes)
        self._board.show_now(now)
        self._board.show_scene(known.scene, changed)
        self._toolbar.show_choice(known.choice, catalogue)
        self._notice.show_notice(notice_for(known.view, now))

    def _lay_out_anew(self) -> None:
        if self._view is not None:
            now = self._services.clock.now()
            self._show(prepared(self._view, self._columns(), now), now)

    def _on_choice_changed(self, choice: ColumnChoice) -> None:
        self._choice = choice
        keep_choice(self._services.memory, choice)
        self._lay_out_anew()

    def _on_minute_passed(self) -> None:
        """The now-line moves; who is late, and whom that pushes, is told anew."""
        if self.isVisible():
            self._lay_out_anew()
        self._await_next_minute()

    def _await_next_minute(self) -> None:
        past = self._services.clock.now().second
        self._minute.start((MINUTE_SECONDS - past) * 1000)

    def event(self, event: QEvent) -> bool:
        """In another theme, or on a screen of another pixel ratio, icons and turned names are made anew."""
        if event.type() is QEvent.Type.DevicePixelRatioChange or self.is_new_theme(event):
            self.show_theme(current())
        return bool(super().event(event))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._view is None:
            return
        if self._is_stale:
            self._loader.want(self._view.plan.day)
        self._lay_out_anew()

    # What the person at the desk does

    def _on_print_requested(self) -> None:
        if self._view is not None:
            self.print_requested.emit(self._view.plan.day)

    def _on_notice_step_taken(self, step: str) -> None:
        if step == "find_slot":
            self.find_slot_requested.emit()
        else:
            self.next_day_requested.emit()

    def _on_fits_wanted(self) -> None:
        """Where what is in hand fits on this day; an answer that comes after the page was turned is another day's."""
        drag, days, day = self._board.state.drag, self._services.days, self._board.day
        if drag is None:
            return
        columns = tuple(c.code for c in self._board.state.scene.columns if c.group is drag.block.group)

        def show(fit_map: FitMap) -> None:
            if self._board.day == day:
                self._board.show_fit_map(fit_map)

        self._services.tasks.submit(lambda: days.fit_map(drag.block.id, day, columns), show, self.fault_met.emit)

    def _on_visit_dropped(self, appointment_id: int, start: datetime, column: str) -> None:
        self._services.operations.move_appointment(appointment_id, start, (column,))
