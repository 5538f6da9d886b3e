"""The schedule screen: toolbar, a notice on an empty day, and the board, kept true by everybody's changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desk_app.application.day_plan import DayPlan
from desk_app.application.outcome import Changes, Record
from desk_app.application.schedule_view import DayView, FitMap
from desk_app.domain.practice import Catalogue, Settings
from desk_app.domain.zone import local_date, zone_of
from desk_app.ui.screens.schedule.day_cache import changed_visits
from desk_app.ui.screens.schedule.day_loader import DayLoader, Prepared, Size, as_chosen, prepared
from desk_app.ui.screens.schedule.day_words import notice_for, without_columns
from desk_app.ui.screens.schedule.drawing_board import DrawingBoard
from desk_app.ui.screens.schedule.grasp import changed_meanwhile
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.needs import Services
from desk_app.ui.screens.schedule.notice_bar import NoticeBar
from desk_app.ui.screens.schedule.preview import Preview
from desk_app.ui.screens.schedule.remembered import (
    Chooser,
    chooser,
    keep_choice,
    keep_view,
    keep_zoom,
    recall_choice,
    recall_view,
    recall_zoom,
)
from desk_app.ui.screens.schedule.saved_menu import SavedMenu
from desk_app.ui.screens.schedule.scene import ColumnChoice
from desk_app.ui.screens.schedule.toolbar import Toolbar
from desk_app.ui.screens.schedule.tray_bar import TrayBar
from desk_app.ui.screens.schedule.tray_desk import TrayDesk
from desk_app.ui.screens.schedule.turning import DAY, WEEK, bounded, turned
from desk_app.ui.screens.schedule.view_settings import ViewSettings, settings_of
from desk_app.ui.theme import Theme, current
from desk_app.ui.widgets import texts

if TYPE_CHECKING:
    from desk_app.ui.screens.schedule.spans import Spans

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

    span_shown = Signal(str)
    """The week or month that is shown now, in words."""

    gap_activated = Signal(str, object)
    slot_wanted = Signal(str, object)
    who_fits_wanted = Signal(str, object)
    request_wanted = Signal(object)
    context_requested = Signal(object, str, object, QPoint)
    stretch_drawn = Signal(str, object, object)
    """A stretch was drawn on the ground: column, start and end."""

    shade_chosen = Signal(str, str, object)
    """What shades the ground was clicked: the shade's code, column, and an instant in it."""

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
        self._glance: tuple[DayView, ColumnChoice, datetime] | None = None
        self._loader = DayLoader(services.days, services.tasks, services.clock, self._chooser, self._size, self)
        self._toolbar = Toolbar(self)
        self._notice = NoticeBar(self)
        self._board = self._empty_board(theme)
        self._kind = DAY
        self._spans: Spans | None = None
        self._stack = QStackedWidget(self)
        self._tray_bar = TrayBar(self)
        self._tray = TrayDesk(services, self._board, self._tray_bar)
        self._minute = QTimer(self)
        self._today: date | None = None
        self._lay_out()
        self._connect()
        self._turn_to(recall_view(services.memory))
        self._await_next_minute()

    # Shown from outside

    def show_day(self, day: date) -> None:
        """Shows a day, or the week or month around it: at once where it was read ahead, else as soon as it is read."""
        self._foreign = False
        if self._spans is None or self._kind == DAY:
            self._loader.want(bounded(day))
        else:
            self.day_shown.emit(bounded(day))
            wanted, self._wanted_visit = self._wanted_visit, None
            self._spans.want(self._kind, bounded(day), wanted)

    @property
    def is_day(self) -> bool:
        """Whether a day by itself is looked at, or will be."""
        return self._kind == DAY

    def lay_out(self) -> Callable[[DayView], Prepared]:
        """Lays out a day as it is looked at now; on whichever thread has read it."""
        choose, size, clock = self._chooser(), self._size(), self._services.clock
        return lambda view: prepared(view, choose(view.catalogue), clock.now(), size)

    def show_glance(self, today: Prepared) -> None:
        """A day that was read before the database is open: shown, not kept."""
        self._on_day_ready(today)
        self._glance = _drawn(today.view, today.choice, self._services.clock.now())

    def show_view(self, kind: str, day: date | None = None, visit: int | None = None) -> None:
        """Turns to ``day``, ``week`` or ``month``, on the day that was shown or another one, and to a visit of it."""
        day, visit = day or self.day or self._services.clock.now().date(), visit or self.selected_visit
        self._turn_to(kind)
        keep_view(self._services.memory, kind)
        self._wanted_visit = visit
        self.show_day(day)

    def open_day(self, day: date, visit: int | None = None) -> None:
        """Shows a day by itself, whatever the view was."""
        self.show_view(DAY, day, visit)

    @property
    def saved_menu(self) -> SavedMenu:
        """Where saved views are chosen, named and thrown away."""
        return self._toolbar.saved

    def settings_text(self) -> str:
        """How the schedule is looked at now, to be kept under a name."""
        axis, bar = self._board.state.scene.axis, self._board.verticalScrollBar()
        top = max(axis.first, axis.minute_at(bar.value())) if bar.value() else axis.first
        subject = self._spans.subject if self._spans is not None else ""
        return ViewSettings(self._kind, self._columns(), subject, self._board.zoom, top).as_text()

    def show_settings(self, text: str, catalogue: Catalogue) -> None:
        """Looks at the day shown in the way that was kept."""
        kept = settings_of(text, catalogue, self._columns())
        self._choice = kept.choice
        keep_choice(self._services.memory, kept.choice)
        self.show_view(kept.view)
        self._on_zoom_wanted(kept.zoom)
        if self._spans is not None:
            self._spans.choose(kept.subject)
        self._on_choice_changed(kept.choice)
        if kept.top is not None and kept.view == DAY:
            axis = self._board.state.scene.axis
            self._board.verticalScrollBar().setValue(axis.y_of(max(kept.top, axis.first)))

    def turn(self, by: int, far: bool = False) -> date:
        """The day that lies so many pages of this view on or back; ``far``: a week at least."""
        return turned(
            WEEK if far and self._kind == DAY else self._kind, self.day or self._services.clock.now().date(), by
        )

    @property
    def kind(self) -> str:
        """Which view is in sight."""
        return self._kind

    def select_visit(self, appointment_id: int | None) -> None:
        """Selects a visit, if it is on the day shown; no signal."""
        self._board.select(appointment_id)
        if self._spans is not None:
            self._spans.week.select(appointment_id)

    def show_preview(self, preview: Preview | None) -> None:
        """A start that is offered, drawn on its day as the chain it would be; or none any more."""
        self._board.show_preview(preview)

    @property
    def day(self) -> date | None:
        """The day that is wanted, even while it is still being read."""
        return self._loader.wanted if self._kind == DAY or self._spans is None else self._spans.day

    @property
    def selected_visit(self) -> int | None:
        return self._board.state.selected_id if self._kind == DAY or self._spans is None else self._spans.week.visit

    def show_visit(self, day: date, appointment_id: int) -> None:
        """Shows a visit's day (or its week, where weeks are looked at), and selects it as soon as it is there."""
        self.show_view(WEEK if self._kind == WEEK else DAY, day, appointment_id)

    def show_theme(self, theme: Theme) -> None:
        """Another theme, or another size of letters."""
        inks = Inks(theme, self._board.devicePixelRatioF())
        self._board.show_inks(inks)
        if self._spans is not None:
            self._spans.show_inks(inks)

    def apply_changes(self, changes: Changes, by_this_desk: bool) -> None:
        """A commit, of this desk or another: reads the day anew where it matters, later if nobody is looking."""
        self._tray.apply(changes)
        for number in changes.ids(Record.APPOINTMENT):
            self._board.lose(number)
        if self._spans is not None:
            self._spans.apply(changes, self._kind if self.isVisible() else "")
        if not self.isVisible() or self._kind != DAY:
            self._loader.forget_changed(changes)
            self._is_stale = True
        elif self._loader.apply(changes):
            self._foreign = not by_this_desk

    def focus_content(self) -> None:
        """The keyboard goes to the board that is shown."""
        self.setFocus()

    def reload(self) -> None:
        """Anything may have changed unseen."""
        self._loader.forget()
        if self._spans is not None:
            self._spans.forget()
        if self.day is not None and (self._view is not None or self._kind != DAY):
            self.show_day(self.day)

    def toggle_tray(self) -> None:
        """Shows the tray with the keyboard in it, or hides it."""
        self._tray.toggle()

    # Building

    def _turn_to(self, kind: str) -> None:
        """Puts a view in sight; week and month are built when they are first looked at."""
        if kind != DAY and self._spans is None:
            self._spans = self._built_spans(self.day)
        self._kind = kind
        shown: QWidget = self._board
        if self._spans is not None and kind != DAY:
            shown = self._spans.week if kind == WEEK else self._spans.month
        before = self._stack.currentWidget()
        self._put_down(shown)
        had_focus = before is not None and before.hasFocus()
        self._stack.setCurrentWidget(shown)
        self.setFocusProxy(shown)
        self._toolbar.show_view(kind)
        self._notice.setVisible(False)
        if had_focus:
            shown.setFocus()

    def _put_down(self, shown: QWidget) -> None:
        """What is in hand stays on no board that is left; the tray is over the one that comes."""
        self._tray.turn_to(shown)
        boards = (self._board, self._spans.week) if self._spans is not None else (self._board,)
        for board in boards:
            if board is not shown and board.held is not None:
                board.let_go()

    def _built_spans(self, day: date | None) -> Spans:
        from desk_app.ui.screens.schedule.spans import Spans

        spans = Spans(self._services, Inks(current(), self.devicePixelRatioF()), self._chooser, day, self)
        for board in (spans.week, spans.month):
            self._stack.addWidget(board)
        spans.week.set_zoom(self._board.zoom)
        self._tray.serve(spans.week)
        spans.day_opened.connect(self.open_day)
        spans.day_wanted.connect(self.show_day)
        spans.titled.connect(self.span_shown)
        spans.week_read.connect(self._on_week_read)
        spans.visit_selected.connect(self.visit_selected)
        spans.selection_cleared.connect(self.selection_cleared)
        spans.context_requested.connect(self.context_requested)
        spans.fault_met.connect(self.fault_met)
        return spans

    def _empty_board(self, theme: Theme) -> DrawingBoard:
        """Before the first day is read: an empty grid, so that the first frame stands where the second will."""
        now = self._services.clock.now()
        nothing = DayView(DayPlan(now.date()), Catalogue(Settings("", "UTC")))
        scene = prepared(nothing, ColumnChoice(), now, Size()).scene
        cell = nothing.catalogue.settings.cell_minutes
        board = DrawingBoard(Inks(theme, self.devicePixelRatioF()), scene, now, cell, self)
        board.set_zoom(recall_zoom(self._services.memory))
        return board

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._toolbar)
        column.addWidget(self._tray_bar)
        column.addWidget(self._notice)
        column.addWidget(self._stack, 1)
        self._stack.addWidget(self._board)

    def _connect(self) -> None:
        board, toolbar = self._board, self._toolbar
        self._loader.day_ready.connect(self._on_day_ready)
        self._loader.day_failed.connect(self.fault_met)
        toolbar.choice_changed.connect(self._on_choice_changed)
        toolbar.zoom_stepped.connect(lambda step: self._on_zoom_wanted(board.zoom + step * ZOOM_STEP))
        toolbar.view_chosen.connect(self.show_view)
        toolbar.subject_chosen.connect(self._on_subject_chosen)
        toolbar.find_slot_requested.connect(self.find_slot_requested)
        toolbar.print_requested.connect(self._on_print_requested)
        toolbar.tray_requested.connect(self.toggle_tray)
        self._tray.counted.connect(toolbar.show_tray)
        self._tray.fault_met.connect(self.fault_met)
        self._tray.board_wanted.connect(lambda: self.show_view(DAY))
        self._notice.step_taken.connect(self._on_notice_step_taken)
        board.zoom_changed.connect(lambda zoom: keep_zoom(self._services.memory, zoom))
        board.visit_selected.connect(self.visit_selected)
        board.selection_cleared.connect(self.selection_cleared)
        board.visit_opened.connect(self.visit_opened)
        board.gap_activated.connect(self.gap_activated)
        board.slot_wanted.connect(self.slot_wanted)
        board.who_fits_wanted.connect(self.who_fits_wanted)
        board.request_wanted.connect(self.request_wanted)
        board.context_requested.connect(self.context_requested)
        board.stretch_drawn.connect(self.stretch_drawn)
        board.shade_chosen.connect(self.shade_chosen)
        board.cancel_requested.connect(self._services.operations.cancel_appointment)
        board.fits_wanted.connect(self._on_fits_wanted)
        board.lengths_wanted.connect(self._on_lengths_wanted)
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

    def _size(self) -> Size:
        return Size(self._board.zoom, self._board.room)

    def _on_day_ready(self, known: Prepared) -> None:
        view, now = known.view, self._services.clock.now()
        if self._choice is None:
            self._choice = recall_choice(self._services.memory, view.catalogue)
        if self._kind != DAY:
            return
        if self._today is None:
            self._today = local_date(now, zone_of(view.catalogue.settings))
        if self._glance is not None and self._glance == _drawn(view, known.choice, now):
            self._view = view  # read again, and nothing has changed: what is painted stays
        else:
            self._show_read(known, now)
        self._glance = None
        if self._wanted_visit is not None:
            wanted, self._wanted_visit = self._wanted_visit, None
            self._board.reveal(wanted)
        self._board.viewport().repaint()  # now: once the neighbours are being read, the worker takes turns with us
        self.day_shown.emit(view.plan.day)

    def _show_read(self, known: Prepared, now: datetime) -> None:
        """Shows a day that has just been read, as it is looked at now."""
        view = known.view
        changed = changed_visits(self._view, view) if self._foreign else frozenset()
        self._view, self._foreign, self._is_stale = view, False, False
        laid_out = as_chosen(known, self._columns(), now, self._size())
        if laid_out is not known:
            self._loader.keep(laid_out)
        self._show(laid_out, now, changed)

    def _show(self, known: Prepared, now: datetime, changed: frozenset[int] = frozenset()) -> None:
        catalogue = known.view.catalogue
        names = {resource.code: resource.name for resource in catalogue.resources}
        self._board.show_names(names, catalogue.settings.cell_minutes)
        self._board.show_now(now)
        self._board.show_scene(known.scene, changed)
        self._toolbar.show_choice(known.choice, catalogue)
        self._tray.show_catalogue(catalogue, known.choice.by)
        bare = without_columns(known.view, known.scene, known.choice)
        self._notice.show_notice(bare or notice_for(known.view, now))

    def _lay_out_anew(self) -> None:
        if self._view is not None:
            now = self._services.clock.now()
            self._show(prepared(self._view, self._columns(), now, self._size()), now)

    def _on_choice_changed(self, choice: ColumnChoice) -> None:
        self._choice = choice
        keep_choice(self._services.memory, choice)
        if self._spans is not None:
            self._spans.choose()
        if self._kind == DAY:
            self._lay_out_anew()
        elif self.day is not None:
            self.show_day(self.day)

    def _on_subject_chosen(self, subject: str) -> None:
        if self._spans is not None:
            self._spans.choose(subject)
            self._spans.want(self._kind, self._spans.day)

    def _on_week_read(self, catalogue: Catalogue) -> None:
        choice = self._choice or recall_choice(self._services.memory, catalogue)
        self._tray.show_catalogue(catalogue, choice.by)
        self._toolbar.show_subject(choice, self._spans.subject if self._spans is not None else "", catalogue)

    def _on_zoom_wanted(self, zoom: int) -> None:
        self._board.set_zoom(zoom)
        if self._spans is not None:
            self._spans.week.set_zoom(zoom)

    def _on_minute_passed(self) -> None:
        """The now-line moves; who is late, and whom that pushes, is told anew."""
        self._turn_at_midnight()
        if self.isVisible() and self._kind == DAY:
            self._lay_out_anew()
        elif self._spans is not None:
            self._spans.show_now()
        self._await_next_minute()

    def _turn_at_midnight(self) -> None:
        """Who comes in the morning to what was today the evening before finds the new day; another day stays."""
        if self._view is None:
            return
        today = local_date(self._services.clock.now(), zone_of(self._view.catalogue.settings))
        before, self._today = self._today, today
        if before not in (None, today) and self.day == before and self._board.held is None:
            self.show_day(today)

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
        if self._kind != DAY and self._spans is not None:
            self._spans.want(self._kind, self._spans.day)
            return
        if self._view is None:
            return
        if self._is_stale:
            self._loader.want(self._loader.wanted or self._view.plan.day)
        self._lay_out_anew()

    # What the person at the desk does

    def _on_print_requested(self) -> None:
        if self.day is not None:
            self.print_requested.emit(self.day)

    def _on_notice_step_taken(self, step: str) -> None:
        if step == "find_slot":
            self.find_slot_requested.emit()
        elif step == "show_all":
            self._on_choice_changed(replace(self._columns(), hidden=frozenset()))
        elif step == "by_clinicians":
            self._on_choice_changed(replace(self._columns(), by="clinicians", hidden=frozenset()))
        else:
            self.next_day_requested.emit()

    def _on_fits_wanted(self) -> None:
        """Where what is in hand fits on this day: the places at once, then why not elsewhere.

        An answer that comes after the page was turned is another day's.
        """
        drag, days, day = self._board.state.drag, self._services.days, self._board.day
        if drag is None:
            return
        columns = tuple(c.code for c in self._board.state.scene.columns if c.group is drag.block.group)

        def show(fit_map: FitMap) -> None:
            if self._board.day == day:
                self._board.show_fit_map(fit_map)

        def show_first(fit_map: FitMap) -> None:
            if self._board.state.fit_map is None:
                show(fit_map)

        number, submit = drag.block.id, self._services.tasks.submit
        submit(lambda: days.fit_map(number, day, columns, brief=True), show_first, self.fault_met.emit)
        submit(lambda: days.fit_map(number, day, columns), show, self.fault_met.emit)

    def _on_lengths_wanted(self, appointment_id: int) -> None:
        days, submit = self._services.days, self._services.tasks.submit
        submit(lambda: days.lengths(appointment_id), self._board.show_lengths, self.fault_met.emit)

    def _on_visit_dropped(self, appointment_id: int, start: datetime, column: str) -> None:
        self._services.operations.move_appointment(appointment_id, start, (column,))


def _drawn(view: DayView, choice: ColumnChoice, now: datetime) -> tuple[DayView, ColumnChoice, datetime]:
    """Equal where the same would be drawn: a glance has no rules of the practice, and the time is that of a minute."""
    return replace(view, catalogue=view.catalogue.without_rules()), choice, now.replace(second=0)
