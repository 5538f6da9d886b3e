"""Week and month beside the board: what they show, what is read for them, and what becomes of everybody's changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from desk_app.application.outcome import Changes, Record
from desk_app.application.schedule_view import FitMap
from desk_app.application.span_view import MonthView, WeekView
from desk_app.application.wording import full_date, weekday_date
from desk_app.domain.calendar_pages import week_of
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue, Settings
from desk_app.ui.screens.schedule.grasp import changed_meanwhile
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.month_board import MonthBoard
from desk_app.ui.screens.schedule.month_words import month_title
from desk_app.ui.screens.schedule.needs import Services
from desk_app.ui.screens.schedule.remembered import Chooser
from desk_app.ui.screens.schedule.scene import ColumnChoice
from desk_app.ui.screens.schedule.span_loader import Kind, SpanLoader
from desk_app.ui.screens.schedule.turning import MONTH, WEEK, bounded, turned
from desk_app.ui.screens.schedule.visit_words import tr
from desk_app.ui.screens.schedule.week_board import WeekBoard
from desk_app.ui.screens.schedule.week_scene import WeekScene, build_week


@dataclass(frozen=True, slots=True)
class ReadWeek:
    """A week read and laid out as it was chosen at that moment."""

    view: WeekView
    scene: WeekScene


class Spans(QObject):
    """Owns the two widgets; the screen decides which is in sight."""

    day_opened = Signal(object, object)
    day_wanted = Signal(object)
    """Walked to another week or month: the day to show."""

    titled = Signal(str)
    """What is shown now, in words."""

    week_read = Signal(object)
    """The practice as of the week shown."""

    visit_selected = Signal(int)
    selection_cleared = Signal()
    context_requested = Signal(object, str, object, QPoint)
    fault_met = Signal(object)

    def __init__(
        self, services: Services, inks: Inks, chooser: Callable[[], Chooser], day: date | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._services, self._chooser = services, chooser
        now, self._subject = services.clock.now(), ""
        self._wanted_visit: int | None = None
        self._fits_asked = 0
        self._kind = WEEK
        self._day = day or now.date()
        empty = build_week(WeekView(week_of(self._day), Catalogue(Settings("", "UTC"))), ColumnChoice(), "", now)
        self.week = WeekBoard(inks, empty, now, parent)
        self.month = MonthBoard(inks, MonthView(self._day.replace(day=1), self._day), parent)
        weeks = Kind(self._week_work, week_of, lambda day, by: turned(WEEK, day, by))
        months = Kind(self._month_work, lambda day: day.replace(day=1), lambda day, by: turned(MONTH, day, by))
        self._weeks = SpanLoader(weeks, services.tasks, self)
        self._months = SpanLoader(months, services.tasks, self)
        self._connect()

    @property
    def day(self) -> date:
        """The day that the keyboard stands on; the one that is wanted, while that is still being read."""
        if self._kind == WEEK and self.week.scene.column_of(self._day) is not None:
            return self.week.day
        if self._kind == MONTH and self.month.view.month == self._day.replace(day=1):
            return self.month.day
        return self._day

    @property
    def subject(self) -> str:
        """One resource's code, or empty for all that are chosen."""
        return self._subject

    def want(self, kind: str, day: date, visit: int | None = None) -> None:
        """Shows the week or the month that a day lies in; selects a visit as soon as it is there."""
        self._kind, self._day, self._wanted_visit = kind, day, visit
        self.week.stand_on(day)
        self.month.stand_on(day)
        (self._weeks if kind == WEEK else self._months).want(day)

    def choose(self, subject: str | None = None) -> None:
        """Another subject, or another choice of columns: weeks are laid out for it anew."""
        if subject is not None:
            self._subject = subject
        self._weeks.forget()

    def apply(self, changes: Changes, kind: str) -> None:
        """A commit: what is in sight is read anew at once, the rest when it is next wanted."""
        for number in changes.ids(Record.APPOINTMENT):
            self.week.lose(number)
        self._weeks.apply(changes)
        self._months.apply(changes)
        if kind == WEEK:
            self._weeks.renew()
        elif kind == MONTH:
            self._months.renew()

    def forget(self) -> None:
        self._weeks.forget()
        self._months.forget()

    def show_now(self) -> None:
        self.week.show_now(self._services.clock.now())

    def show_inks(self, inks: Inks) -> None:
        self.week.show_inks(inks)
        self.month.show_inks(inks)

    def _week_work(self, first: date) -> Callable[[], ReadWeek]:
        choose, subject = self._chooser(), self._subject
        days, clock = self._services.days, self._services.clock

        def work() -> ReadWeek:
            view = days.week(first, with_gone=True)
            return ReadWeek(view, build_week(view, choose(view.catalogue), subject, clock.now()))

        return work

    def _month_work(self, first: date) -> Callable[[], MonthView]:
        days = self._services.days
        return lambda: days.month(first)

    def _on_week_ready(self, read: ReadWeek) -> None:
        settings = read.view.catalogue.settings
        self._day = self.day
        self.week.show_scene(read.scene, self._day, self._services.clock.now(), settings.cell_minutes)
        if self._wanted_visit is not None:
            self.week.select(self._wanted_visit)
            self._wanted_visit = None
        self.week.viewport().repaint()  # now: the neighbours are read next, and the worker takes turns with us
        self.week_read.emit(read.view.catalogue)
        last = read.view.days[-1]
        words = tr("{first} – {last}")
        self.titled.emit(words.format(first=_short(read.view.first, last), last=full_date(last)))

    def _on_month_ready(self, view: MonthView) -> None:
        self._day = self.day
        self.month.show_view(view, self._day)
        self.titled.emit(month_title(view))

    def _connect(self) -> None:
        self._weeks.ready.connect(self._on_week_ready)
        self._months.ready.connect(self._on_month_ready)
        for loader in (self._weeks, self._months):
            loader.failed.connect(self.fault_met)
        self.week.day_opened.connect(self.day_opened)
        self.month.day_opened.connect(self.day_opened)
        self.week.turned.connect(self._on_week_turned)
        self.month.turned.connect(lambda _, day: self.day_wanted.emit(bounded(day)))
        self.week.visit_selected.connect(self.visit_selected)
        self.week.selection_cleared.connect(self.selection_cleared)
        self.week.context_requested.connect(self.context_requested)
        self.week.day_wanted.connect(self.day_wanted)
        self.week.fits_wanted.connect(self._on_fits_wanted)
        self.week.reasons_wanted.connect(self._on_reasons_wanted)
        self.week.visit_dropped.connect(self._on_visit_dropped)
        self.week.drag_lost.connect(lambda number: self.fault_met.emit(changed_meanwhile(number)))

    # What is in hand

    def _on_fits_wanted(self) -> None:
        """Where it fits on each day of the week, the nearest first, until it is let go or asked for anew."""
        held = self.week.held
        if held is None:
            return
        self._fits_asked += 1
        days = sorted((each.day for each in self.week.scene.days), key=lambda day: abs(day - held.day))
        self._read_places(held.number, tuple(days), self._fits_asked)

    def _read_places(self, number: int, days: tuple[date, ...], asked: int) -> None:
        if not days or asked != self._fits_asked or self.week.held is None:
            return

        def show(fit_map: FitMap) -> None:
            self._read_places(number, days[1:], asked)
            self.week.show_fit_map(days[0], fit_map, is_brief=True)

        self._services.tasks.submit(self._fit_work(number, days[0], brief=True), show, self.fault_met.emit)

    def _on_reasons_wanted(self, day: date) -> None:
        held = self.week.held
        if held is not None:
            work = self._fit_work(held.number, day, brief=False)
            self._services.tasks.submit(work, lambda fit_map: self.week.show_fit_map(day, fit_map), self.fault_met.emit)

    def _fit_work(self, number: int, day: date, brief: bool) -> Callable[[], FitMap]:
        days, columns = self._services.days, tuple(lane.code for lane in self.week.scene.lanes)
        return lambda: days.fit_map(number, day, columns, brief=brief)

    def _on_visit_dropped(self, appointment_id: int, start: datetime, column: str) -> None:
        self._services.operations.move_appointment(appointment_id, start, (column,))

    def _on_week_turned(self, by: int, day: date) -> None:
        """Beyond the week's rim the next one begins at its near end."""
        monday = turned(WEEK, week_of(day), by)
        self.day_wanted.emit(monday if by > 0 else bounded(monday + timedelta(days=4)))


def _short(first: date, last: date) -> str:
    return full_date(first) if first.year != last.year else weekday_date(first)
