"""The tray over the board: laid into by drag and key, taken out of by drag and key, following everybody's changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk_app.application.outcome import Changes, Record
from desk_app.application.read_models import TrayLine
from desk_app.ui.screens.schedule.board import Board
from desk_app.ui.screens.schedule.schedule_screen import ScheduleScreen
from desk_app.ui.screens.schedule.toolbar import Toolbar
from desk_app.ui.screens.schedule.tray_bar import TrayBar
from desk_app.ui.theme import Theme
from tests.ui.schedule.days import MONDAY, Chain, at, line, view
from tests.ui.schedule.fakes import FakeServices
from tests.ui.schedule.test_board import drag, mouse

Key, NONE, CONTROL = Qt.Key, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
TUESDAY = MONDAY + timedelta(days=1)
SINCE = at("08:30")
ORTIZ = TrayLine(11, "visit", 1, "Ortiz, Marisol", "KYPHO", "Kyphoplasty L1", "booked", at("10:00"), SINCE, False)
ASANTE = TrayLine(12, "request", 5, "Asante, Kwame", "JOINT", "hip injection", "ready_to_book", None, SINCE, False)
GONE = ORTIZ._replace(item_id=13, number=9, name="Lee, Hana", status="cancelled", is_gone=True)


@pytest.fixture
def services() -> FakeServices:
    made = FakeServices()
    other = line(2, "Lee, Hana", at("10:00", TUESDAY), Chain("R2", (10, 30, 10, 60), None, None))
    made.days.views = {MONDAY: view(line(1, start=at("10:00"))), TUESDAY: view(other, day=TUESDAY)}
    made.days.lines = (ORTIZ, ASANTE, GONE)
    return made


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme, services: FakeServices) -> ScheduleScreen:
    made = ScheduleScreen(services, theme)
    qtbot.addWidget(made)
    made.resize(1100, 900)
    made.show()
    made.show_day(MONDAY)
    services.tasks.run()
    return made


@pytest.fixture
def board(screen: ScheduleScreen) -> Board:
    found = screen.findChild(Board)
    assert isinstance(found, Board)
    return found


@pytest.fixture
def bar(screen: ScheduleScreen) -> TrayBar:
    found = screen.findChild(TrayBar)
    assert isinstance(found, TrayBar)
    return found


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, modifiers))


def point(widget: QWidget, kind: QEvent.Type, place: QPoint) -> None:
    """A mouse event at a place of the screen, to whoever has the button."""
    here = QPointF(widget.mapFromGlobal(place))
    released = kind is QEvent.Type.MouseButtonRelease
    buttons = Qt.MouseButton.NoButton if released else Qt.MouseButton.LeftButton
    QApplication.sendEvent(widget, QMouseEvent(kind, here, QPointF(place), Qt.MouseButton.LeftButton, buttons, NONE))


def names(bar: TrayBar) -> list[str]:
    return [card.accessibleName() for card in bar.cards]


def test_what_is_carried_is_told_with_its_place_and_what_became_of_it(bar: TrayBar, screen: ScheduleScreen) -> None:
    assert bar.isVisible()
    assert names(bar) == [
        "Ortiz, Marisol, Kyphoplasty L1 · from 10:00",
        "Asante, Kwame, hip injection · request",
        "Lee, Hana, Cancelled meanwhile · Kyphoplasty L1",
    ]
    toolbar = screen.findChild(Toolbar)
    assert isinstance(toolbar, Toolbar)
    assert toolbar._tray.word() == "Tray 3"


def test_a_visit_in_the_tray_keeps_its_place_dimmed(board: Board) -> None:
    assert board._carried == {1}
    assert board.state.scene.main_block(1) is not None


def test_ctrl_x_lays_the_selected_visit_into_the_tray(board: Board, services: FakeServices) -> None:
    board.select(1)
    press(board, Key.Key_X, CONTROL)
    assert services.operations.asked == [("tray", "visit", 1)]


def test_a_visit_let_go_over_the_tray_is_laid_there_and_not_moved(
    board: Board, bar: TrayBar, services: FakeServices
) -> None:
    over = board.viewport().mapFromGlobal(bar.mapToGlobal(QPoint(40, 20)))
    drag(board, 1, over)
    assert bar._is_target
    assert board.state.drag is not None
    assert board.state.drag.label().head == "Into the tray"
    mouse(board, QEvent.Type.MouseButtonRelease, over)
    assert services.operations.asked == [("tray", "visit", 1)]
    assert board.state.drag is None
    assert not bar._is_target


def test_a_card_is_dragged_onto_another_day(
    board: Board, bar: TrayBar, services: FakeServices, screen: ScheduleScreen
) -> None:
    screen.show_day(TUESDAY)
    services.tasks.run()
    card, target = bar.cards[0], board.viewport().mapToGlobal(QPoint(300, 400))
    point(card, QEvent.Type.MouseButtonPress, card.mapToGlobal(QPoint(10, 10)))
    point(card, QEvent.Type.MouseMove, card.mapToGlobal(QPoint(10, 60)))
    services.tasks.run()
    point(card, QEvent.Type.MouseMove, target)
    held = board.state.drag
    assert held is not None
    assert (held.block.id, held.home_day, held.is_from_tray) == (1, MONDAY, True)
    point(card, QEvent.Type.MouseButtonRelease, target)
    assert services.operations.asked == [("move", 1, held.start, (held.column_code,))]


def test_a_card_let_go_beside_the_board_stays_in_the_tray(board: Board, bar: TrayBar, services: FakeServices) -> None:
    card = bar.cards[0]
    point(card, QEvent.Type.MouseButtonPress, card.mapToGlobal(QPoint(10, 10)))
    point(card, QEvent.Type.MouseMove, card.mapToGlobal(QPoint(40, 10)))
    services.tasks.run()
    point(card, QEvent.Type.MouseButtonRelease, card.mapToGlobal(QPoint(40, 10)))
    assert board.state.drag is None
    assert services.operations.asked == []


def test_let_go_before_it_was_read_nothing_comes_into_the_hand(
    board: Board, bar: TrayBar, services: FakeServices
) -> None:
    card = bar.cards[0]
    point(card, QEvent.Type.MouseButtonPress, card.mapToGlobal(QPoint(10, 10)))
    point(card, QEvent.Type.MouseMove, card.mapToGlobal(QPoint(10, 60)))
    point(card, QEvent.Type.MouseButtonRelease, card.mapToGlobal(QPoint(10, 60)))
    services.tasks.run()
    assert board.state.drag is None


def test_a_request_taken_by_enter_hangs_on_the_keys_and_enter_books_it(
    board: Board, bar: TrayBar, services: FakeServices
) -> None:
    board.select(1)
    press(bar.cards[1], Key.Key_Return)
    services.tasks.run()
    assert services.days.fitted[-1] == (-5, MONDAY)
    press(board, Key.Key_Down)
    press(board, Key.Key_Return)
    assert services.operations.asked == [("book", 5, at("10:05"), "R1")]


def test_ctrl_v_takes_what_came_last_and_esc_leaves_it_in_the_tray(board: Board, services: FakeServices) -> None:
    press(board, Key.Key_V, CONTROL)
    services.tasks.run()
    assert board.state.drag is not None
    assert board.state.drag.block.id == -5
    press(board, Key.Key_Escape)
    assert board.state.drag is None
    assert services.operations.asked == []


def test_what_can_be_placed_no_more_is_only_put_back(bar: TrayBar, board: Board, services: FakeServices) -> None:
    press(bar.cards[2], Key.Key_Return)
    services.tasks.run()
    assert board.state.drag is None
    press(bar.cards[2], Key.Key_Delete)
    bar._all.click()
    assert services.operations.asked == [("put back", (13,)), ("put back", None)]


def test_another_desks_change_to_something_in_it_is_read_and_one_elsewhere_is_not(
    screen: ScheduleScreen, bar: TrayBar, services: FakeServices
) -> None:
    services.days.lines = (ORTIZ._replace(start=at("13:00")),)
    screen.apply_changes(Changes(frozenset({(Record.APPOINTMENT, 77)}), seq=3), by_this_desk=False)
    services.tasks.run()
    assert len(bar.cards) == 3
    screen.apply_changes(Changes(frozenset({(Record.APPOINTMENT, 1)}), seq=4), by_this_desk=False)
    services.tasks.run()
    assert names(bar) == ["Ortiz, Marisol, Kyphoplasty L1 · from 13:00"]


def test_the_strip_is_hidden_and_shown_again_and_esc_leads_back_to_the_board(
    screen: ScheduleScreen, bar: TrayBar, services: FakeServices
) -> None:
    screen.toggle_tray()
    assert not bar.isVisible()
    assert services.memory.value("schedule/tray") == "no"
    screen.toggle_tray()
    assert bar.isVisible()
    press(bar, Key.Key_Escape)
