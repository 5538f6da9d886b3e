from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk_app.application.outcome import Changes
from desk_app.ui.screens.schedule.board import Board
from desk_app.ui.screens.schedule.notice_bar import NoticeBar
from desk_app.ui.screens.schedule.scene import ColumnChoice
from desk_app.ui.screens.schedule.schedule_screen import ScheduleScreen
from desk_app.ui.theme import Theme
from tests.ui.schedule.days import MONDAY, at, line, view
from tests.ui.schedule.fakes import FakeServices

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def services() -> FakeServices:
    return FakeServices()


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme, services: FakeServices) -> ScheduleScreen:
    made = ScheduleScreen(services, theme)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.show_day(MONDAY)
    services.tasks.run()
    return made


def board_of(screen: ScheduleScreen) -> Board:
    board = screen.findChild(Board)
    assert isinstance(board, Board)
    return board


def starts(screen: ScheduleScreen) -> list[int]:
    scene = board_of(screen).state.scene
    return [blocks[0].start for blocks in scene.by_visit.values()]


def changed(*days: date) -> Changes:
    return Changes(days=frozenset(days), seq=1)


def test_the_day_asked_for_is_on_the_board(screen: ScheduleScreen) -> None:
    assert board_of(screen).state.scene.axis.day == MONDAY
    assert starts(screen) == [600]


def test_the_next_day_is_there_before_anything_is_read(screen: ScheduleScreen) -> None:
    screen.show_day(TUESDAY)
    assert board_of(screen).state.scene.axis.day == TUESDAY


def test_a_commit_on_this_day_is_shown_and_one_elsewhere_reads_nothing(
    screen: ScheduleScreen, services: FakeServices
) -> None:
    services.days.views[MONDAY] = view(line(1, start=at("11:00")))
    before = len(services.days.read)
    screen.apply_changes(changed(MONDAY + timedelta(days=30)), by_this_desk=False)
    services.tasks.run()
    assert len(services.days.read) == before
    screen.apply_changes(changed(MONDAY), by_this_desk=False)
    services.tasks.run()
    assert starts(screen) == [660]


def test_a_hidden_screen_waits_until_it_is_looked_at(screen: ScheduleScreen, services: FakeServices) -> None:
    screen.hide()
    services.days.views[MONDAY] = view(line(1, start=at("11:00")))
    before = len(services.days.read)
    screen.apply_changes(changed(MONDAY), by_this_desk=True)
    services.tasks.run()
    assert len(services.days.read) == before
    screen.show()
    services.tasks.run()
    assert starts(screen) == [660]


def test_a_day_asked_for_while_the_screen_was_hidden_is_not_given_up_for_the_one_before(
    screen: ScheduleScreen, services: FakeServices
) -> None:
    screen.hide()
    screen.apply_changes(changed(MONDAY), by_this_desk=True)
    screen.show_day(MONDAY + timedelta(days=9))
    screen.show()
    services.tasks.run()
    assert board_of(screen).state.scene.axis.day == MONDAY + timedelta(days=9)


def test_another_desks_change_is_framed_and_ones_own_is_not(screen: ScheduleScreen, services: FakeServices) -> None:
    services.days.views[MONDAY] = view(line(1, start=at("11:00")))
    screen.apply_changes(changed(MONDAY), by_this_desk=True)
    services.tasks.run()
    assert board_of(screen)._flashing == frozenset()
    services.days.views[MONDAY] = view(line(1, start=at("12:00")))
    screen.apply_changes(changed(MONDAY), by_this_desk=False)
    services.tasks.run()
    assert board_of(screen)._flashing == {1}


def test_a_drop_moves_the_visit_to_that_time_and_column(screen: ScheduleScreen, services: FakeServices) -> None:
    board_of(screen).visit_dropped.emit(1, at("13:00"), "R2")
    assert services.operations.asked == [("move", 1, at("13:00"), ("R2",))]


def test_delete_on_the_board_asks_to_cancel(screen: ScheduleScreen, services: FakeServices, qtbot: QtBot) -> None:
    screen.select_visit(1)
    qtbot.keyClick(board_of(screen), Qt.Key.Key_Delete)
    assert services.operations.asked == [("cancel", 1)]


def test_zoom_and_columns_come_back_next_morning(
    screen: ScheduleScreen, services: FakeServices, qtbot: QtBot, theme: Theme
) -> None:
    board_of(screen).set_zoom(32)
    assert services.memory.kept["schedule/zoom"] == "32"
    later = ScheduleScreen(services, theme)
    qtbot.addWidget(later)
    assert board_of(later).zoom == 32


def test_an_empty_day_says_so_and_offers_the_first_step(
    screen: ScheduleScreen, services: FakeServices, qtbot: QtBot
) -> None:
    services.days.views[MONDAY] = view(opens="00:00", closes="00:00")
    screen.apply_changes(changed(MONDAY), by_this_desk=True)
    services.tasks.run()
    bar = screen.findChild(NoticeBar)
    assert isinstance(bar, NoticeBar)
    assert bar.isVisible()
    button = bar.findChild(QPushButton)
    with qtbot.waitSignal(screen.next_day_requested):
        button.click()


def test_a_day_that_cannot_be_read_is_told(screen: ScheduleScreen, services: FakeServices) -> None:
    faults: list[object] = []
    screen.fault_met.connect(faults.append)
    services.days.broken = MONDAY + timedelta(days=9)
    screen.show_day(services.days.broken)
    services.tasks.run()
    assert [type(fault) for fault in faults] == [OSError]
    assert board_of(screen).state.scene.axis.day == MONDAY


def test_in_another_theme_the_toolbar_still_finds_a_slot_and_prints(
    screen: ScheduleScreen, qtbot: QtBot, theme: Theme
) -> None:
    screen.show_theme(theme)
    for name, signal in (("Find slot", screen.find_slot_requested), ("Print", screen.print_requested)):
        buttons = [each for each in screen.findChildren(QPushButton) if each.accessibleName() == name]
        with qtbot.waitSignal(signal):
            buttons[-1].click()


def test_a_board_with_every_room_hidden_shows_them_all_by_its_one_step(screen: ScheduleScreen) -> None:
    screen._on_choice_changed(ColumnChoice(hidden=frozenset({"R1", "R2", "R3"})))
    notice = screen.findChild(NoticeBar)
    assert isinstance(notice, NoticeBar)
    assert not notice.isHidden()
    step = notice.findChild(QPushButton)
    assert isinstance(step, QPushButton)
    step.click()
    assert [column.code for column in screen._board.state.scene.columns][:3] == ["R1", "R2", "R3"]
    assert notice.isHidden()
