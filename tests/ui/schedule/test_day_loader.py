from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QObject

from desk_app.application.outcome import Changes
from desk_app.ui.screens.schedule.board_layout import lay_out_board
from desk_app.ui.screens.schedule.day_loader import DayLoader, Prepared, Size, as_chosen, prepared
from desk_app.ui.screens.schedule.scene import ColumnChoice
from tests.ui.schedule.days import MONDAY, line, view
from tests.ui.schedule.fakes import NOW, FakeClock, FakeDays, FakeTasks

TUESDAY, WEDNESDAY, SUNDAY = (MONDAY + timedelta(days=offset) for offset in (1, 2, -1))


class Desk:
    """A loader with its fakes, and what it has shown."""

    def __init__(self, qapp: QCoreApplication) -> None:
        self.days, self.tasks, self.owner = FakeDays(), FakeTasks(), QObject()
        self.loader = DayLoader(self.days, self.tasks, FakeClock(), lambda: lambda _: ColumnChoice(), Size, self.owner)
        self.shown: list[date] = []
        self.faults: list[Exception] = []
        self.loader.day_ready.connect(self._on_ready)
        self.loader.day_failed.connect(self.faults.append)

    def _on_ready(self, known: Prepared) -> None:
        self.shown.append(known.view.plan.day)


def test_the_wanted_day_is_shown_and_its_neighbours_are_read_ahead(qapp: QCoreApplication) -> None:
    desk = Desk(qapp)
    desk.loader.want(MONDAY)
    desk.tasks.run()
    assert desk.shown == [MONDAY]
    assert desk.days.read == [MONDAY, TUESDAY, SUNDAY]


def test_a_day_read_ahead_is_there_at_once(qapp: QCoreApplication) -> None:
    desk = Desk(qapp)
    desk.loader.want(MONDAY)
    desk.tasks.run()
    desk.loader.want(TUESDAY)
    assert desk.shown == [MONDAY, TUESDAY]
    desk.tasks.run()
    assert desk.days.read == [MONDAY, TUESDAY, SUNDAY, WEDNESDAY]


def test_only_the_day_wanted_last_is_shown(qapp: QCoreApplication) -> None:
    desk = Desk(qapp)
    desk.loader.want(MONDAY)
    desk.loader.want(WEDNESDAY)
    desk.tasks.run()
    assert desk.shown == [WEDNESDAY]


def test_a_change_of_the_shown_day_reads_it_anew_and_one_elsewhere_does_not(qapp: QCoreApplication) -> None:
    desk = Desk(qapp)
    desk.loader.want(MONDAY)
    desk.tasks.run()
    assert not desk.loader.apply(Changes(days=frozenset({TUESDAY})))
    assert desk.loader.apply(Changes(days=frozenset({MONDAY})))
    desk.tasks.run()
    assert desk.shown == [MONDAY, MONDAY]


def test_a_change_while_the_day_is_read_makes_it_read_again(qapp: QCoreApplication) -> None:
    desk = Desk(qapp)
    desk.loader.want(MONDAY)
    desk.loader.apply(Changes(days=frozenset({MONDAY})))
    desk.tasks.run()
    assert desk.days.read[:2] == [MONDAY, MONDAY]
    assert desk.shown == [MONDAY]


def test_a_fault_is_told_and_the_next_try_may_begin(qapp: QCoreApplication) -> None:
    desk = Desk(qapp)
    desk.days.broken = MONDAY
    desk.loader.want(MONDAY)
    desk.tasks.run()
    assert len(desk.faults) == 1
    desk.days.broken = None
    desk.loader.want(MONDAY)
    desk.tasks.run()
    assert desk.shown == [MONDAY]


def test_a_day_laid_out_for_another_choice_is_laid_out_anew() -> None:
    known = prepared(view(line(1)), ColumnChoice(), NOW, Size())
    assert as_chosen(known, ColumnChoice(), NOW, Size()) is known
    by_clinicians = as_chosen(known, ColumnChoice("clinicians"), NOW, Size())
    assert by_clinicians.scene.columns[0].code == "ALG"


def test_a_day_read_ahead_is_laid_out_for_the_board_as_it_stands() -> None:
    size = Size(zoom=26, room=900)
    known = prepared(view(line(1)), ColumnChoice(), NOW, size)
    misses = lay_out_board.cache_info().misses
    layout = lay_out_board(known.scene, size.room)
    assert lay_out_board.cache_info().misses == misses
    assert (layout.width, layout.scene.axis.zoom) == (900, 26)
