"""Brings days to the screen: the wanted one (at once if read ahead), its neighbours in advance, changed ones anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from desk_app.application.outcome import Changes
from desk_app.application.schedule_view import DayView
from desk_app.domain.dataclass import dataclass
from desk_app.ui.screens.schedule.board_layout import lay_out_board
from desk_app.ui.screens.schedule.day_cache import DayCache
from desk_app.ui.screens.schedule.day_scene import build_scene
from desk_app.ui.screens.schedule.needs import Clock, Days
from desk_app.ui.screens.schedule.remembered import Chooser
from desk_app.ui.screens.schedule.scene import ColumnChoice, Scene
from desk_app.ui.screens.schedule.time_axis import DEFAULT_ZOOM
from desk_app.ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Prepared:
    """A day read and laid out as it was chosen at that moment."""

    view: DayView
    choice: ColumnChoice
    scene: Scene


class Size(NamedTuple):
    """How the board stands: pixels to the quarter of an hour, and pixels for all columns."""

    zoom: int = DEFAULT_ZOOM
    room: int = 0


def prepared(view: DayView, choice: ColumnChoice, now: datetime, size: Size) -> Prepared:
    """Lays a day out; done on the worker, so that a day read ahead has only to be painted."""
    scene = build_scene(view, choice, now, size.zoom)
    lay_out_board(scene, size.room)  # kept for the board
    return Prepared(view, choice, scene)


class DayLoader(QObject):
    """Reads on the worker; answers by signal on the window's thread."""

    day_ready = Signal(object)
    """A :class:`Prepared` of the day that is wanted now."""

    day_failed = Signal(object)
    """The fault that kept it from being read."""

    def __init__(
        self,
        days: Days,
        tasks: Tasks,
        clock: Clock,
        chooser: Callable[[], Chooser],
        size: Callable[[], Size],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._days = days
        self._tasks = tasks
        self._clock = clock
        self._chooser, self._size = chooser, size
        self._cache: DayCache[Prepared] = DayCache()
        self._wanted: date | None = None

    @property
    def wanted(self) -> date | None:
        return self._wanted

    def want(self, day: date) -> None:
        """Shows a day as soon as it is there: at once where it was read ahead."""
        self._wanted = day
        self._cache.keep_around(day)
        known = self._cache.view(day)
        if known is None:
            self._read(day)
        else:
            self._show(known)

    def keep(self, laid_out: Prepared) -> None:
        """Remembers a day as it was laid out anew, so that it need not be again when it is next shown."""
        self._cache.improve(laid_out.view.plan.day, laid_out)

    def apply(self, changes: Changes) -> bool:
        """Forgets what a commit changed; True where the wanted day must be read anew (it is being read then)."""
        self._cache.apply(changes)
        if self._wanted is None or self._cache.view(self._wanted) is not None:
            return False
        self._read(self._wanted)
        return True

    def forget_changed(self, changes: Changes) -> None:
        """Forgets what a commit changed; it is read when it is next wanted."""
        self._cache.apply(changes)

    def forget(self) -> None:
        """Everything may have changed unseen."""
        self._cache.clear()

    def _show(self, known: Prepared) -> None:
        self.day_ready.emit(known)
        for offset in (1, -1):
            day = known.view.plan.day + timedelta(days=offset)
            if self._cache.view(day) is None:
                self._read(day)

    def _read(self, day: date) -> None:
        ticket = self._cache.begin(day)
        if ticket is None:
            return
        choose, size, days, clock = self._chooser(), self._size(), self._days, self._clock

        def work() -> Prepared:
            view = days.day(day, with_gone=True)
            return prepared(view, choose(view.catalogue), clock.now(), size)

        self._tasks.submit(
            work,
            lambda read: self._on_read(day, ticket, read),
            lambda fault: self._on_failed(day, ticket, fault),
        )

    def _on_read(self, day: date, ticket: int, read: Prepared) -> None:
        kept = self._cache.answer(day, ticket, read)
        if day != self._wanted:
            return
        if kept:
            self._show(read)
        else:
            self._read(day)

    def _on_failed(self, day: date, ticket: int, fault: Exception) -> None:
        self._cache.failed(day, ticket)
        if day == self._wanted:
            self.day_failed.emit(fault)


def as_chosen(known: Prepared, choice: ColumnChoice, now: datetime, size: Size) -> Prepared:
    """The day laid out for this choice, anew only where it was laid out for another one."""
    return known if known.choice == choice else prepared(known.view, choice, now, size)
