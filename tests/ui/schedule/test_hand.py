"""A visit in hand: across days, by keys, by its lower edge, and taken away by another desk."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.application.outcome import Changes, Record
from desk_app.domain.faults import Conflict
from desk_app.ui.screens.schedule.board import Board
from desk_app.ui.screens.schedule.drag import Drag
from desk_app.ui.screens.schedule.held import Label
from desk_app.ui.screens.schedule.schedule_screen import ScheduleScreen
from desk_app.ui.screens.schedule.stretch import Stretch
from desk_app.ui.theme import Theme
from tests.ui.schedule.days import MONDAY, Chain, at, line, view
from tests.ui.schedule.fakes import FakeServices
from tests.ui.schedule.test_board import drag, mouse, place_of

Key, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
TUESDAY = MONDAY + timedelta(days=1)
OTHER = line(2, "Lee, Hana", at("10:00", TUESDAY), Chain("R2", (10, 30, 10, 60), None, None))


@pytest.fixture
def services() -> FakeServices:
    made = FakeServices()
    made.days.views = {MONDAY: view(line(1, start=at("10:00"))), TUESDAY: view(OTHER, day=TUESDAY)}
    return made


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme, services: FakeServices) -> ScheduleScreen:
    made = ScheduleScreen(services, theme)
    qtbot.addWidget(made)
    made.resize(1000, 900)
    made.show()
    made.show_day(MONDAY)
    services.tasks.run()
    return made


@pytest.fixture
def board(screen: ScheduleScreen) -> Board:
    found = screen.findChild(Board)
    assert isinstance(found, Board)
    return found


def press(board: Board, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
    for _ in range(times):
        QApplication.sendEvent(board, QKeyEvent(QEvent.Type.KeyPress, key, modifiers))


def in_hand(board: Board) -> Drag:
    found = board.state.drag
    assert found is not None
    return found


def at_the_right_edge(board: Board) -> QPoint:
    return QPoint(board.viewport().width() - 4, 300)


def test_held_at_the_edge_the_page_turns_with_the_visit_in_hand(
    board: Board, services: FakeServices, qtbot: QtBot
) -> None:
    drag(board, 1, at_the_right_edge(board))
    with qtbot.waitSignal(board.day_wanted) as wanted:
        pass
    assert wanted.args == [TUESDAY]
    services.tasks.run()
    assert (board.day, in_hand(board).home_day, in_hand(board).is_away) == (TUESDAY, MONDAY, True)
    mouse(board, QEvent.Type.MouseMove, QPoint(300, 300))
    assert not board._page.isActive()
    assert in_hand(board).label().head.startswith("Setup Tue 24 Nov ")


def test_the_other_day_shades_where_it_fits_there(board: Board, services: FakeServices) -> None:
    drag(board, 1, QPoint(300, 300))
    services.tasks.run()
    press(board, Key.Key_PageDown, SHIFT)
    assert in_hand(board).fit_map is None
    services.tasks.run()
    assert services.days.fitted == [(1, MONDAY), (1, TUESDAY)]
    assert in_hand(board).fit_map is not None


def test_an_answer_for_the_day_before_is_not_shown_on_this_one(board: Board, services: FakeServices) -> None:
    drag(board, 1, QPoint(300, 300))
    late, services.tasks.waiting = services.tasks.waiting, []
    press(board, Key.Key_PageDown)
    for answer in late:
        answer()
    assert in_hand(board).fit_map is None


def test_a_drop_on_another_day_moves_it_there(board: Board, services: FakeServices) -> None:
    drag(board, 1, QPoint(300, 300))
    press(board, Key.Key_PageDown)
    services.tasks.run()
    dropped = in_hand(board)
    mouse(board, QEvent.Type.MouseButtonRelease, QPoint(300, 300))
    assert services.operations.asked == [("move", 1, dropped.start, (dropped.column_code,))]
    assert dropped.scene.axis.day == TUESDAY


def test_esc_lets_go_and_returns_to_the_day_it_came_from(board: Board, services: FakeServices) -> None:
    drag(board, 1, QPoint(300, 300))
    press(board, Key.Key_PageDown)
    press(board, Key.Key_Escape)
    assert board.state.drag is None
    assert (board.day, board.state.selected_id) == (MONDAY, 1)
    assert services.operations.asked == []


def test_what_was_dropped_on_another_day_is_selected_there(
    screen: ScheduleScreen, board: Board, services: FakeServices
) -> None:
    drag(board, 1, QPoint(300, 300))
    press(board, Key.Key_PageDown)
    services.tasks.run()
    mouse(board, QEvent.Type.MouseButtonRelease, QPoint(300, 300))
    services.days.views[TUESDAY] = view(OTHER, line(1, start=at("12:00", TUESDAY)), day=TUESDAY)
    screen.apply_changes(Changes(frozenset({(Record.APPOINTMENT, 1)}), frozenset({MONDAY, TUESDAY}), 9), True)
    services.tasks.run()
    assert board.state.selected_id == 1


def test_another_desk_that_changes_it_takes_it_out_of_the_hand_and_says_so(
    screen: ScheduleScreen, board: Board, services: FakeServices
) -> None:
    told: list[object] = []
    screen.fault_met.connect(told.append)
    drag(board, 1, QPoint(300, 300))
    press(board, Key.Key_PageDown)
    services.days.views[MONDAY] = view(line(1, start=at("13:00")))
    changed = Changes(frozenset({(Record.APPOINTMENT, 1)}), frozenset({MONDAY}), 9)
    screen.apply_changes(changed, by_this_desk=False)
    services.tasks.run()
    assert board.state.drag is None
    assert board.day == MONDAY
    assert [fault.code for fault in told if isinstance(fault, Conflict)] == ["changed"]


def test_on_its_own_day_it_snaps_back_too_and_says_so(
    screen: ScheduleScreen, board: Board, services: FakeServices
) -> None:
    told: list[object] = []
    screen.fault_met.connect(told.append)
    drag(board, 1, QPoint(300, 300))
    services.days.views[MONDAY] = view(line(1, start=at("13:00")))
    screen.apply_changes(Changes(frozenset({(Record.APPOINTMENT, 1)}), frozenset({MONDAY}), 9), by_this_desk=False)
    services.tasks.run()
    assert board.state.drag is None
    assert len(told) == 1


def test_a_visit_is_moved_by_keys_alone(board: Board, services: FakeServices) -> None:
    board.select(1)
    press(board, Key.Key_M)
    press(board, Key.Key_Down, times=3)
    press(board, Key.Key_Right)
    assert (in_hand(board).column_code, in_hand(board).minute) == ("R2", 615)
    press(board, Key.Key_PageDown)
    services.tasks.run()
    press(board, Key.Key_Return)
    assert services.operations.asked == [("move", 1, at("10:15", TUESDAY), ("R2",))]
    assert board.state.drag is None


def test_shift_and_an_arrow_begin_a_move_at_once_and_esc_takes_it_back(board: Board, services: FakeServices) -> None:
    board.select(1)
    press(board, Key.Key_Up, SHIFT)
    assert in_hand(board).minute == 595
    press(board, Key.Key_Left)
    assert in_hand(board).column_code == "R1"
    press(board, Key.Key_Escape)
    assert board.state.drag is None
    assert services.operations.asked == []


def test_the_pointer_leaves_what_follows_the_keys_alone(board: Board, services: FakeServices) -> None:
    board.select(1)
    press(board, Key.Key_M)
    mouse(board, QEvent.Type.MouseMove, QPoint(700, 500))
    mouse(board, QEvent.Type.MouseButtonRelease, QPoint(700, 500))
    assert in_hand(board).minute == 600


def test_the_lower_edge_of_a_visit_is_drawn_to_another_length(board: Board, services: FakeServices) -> None:
    placed = board.state.layout.of_visit(1)[0]
    edge = QPoint(placed.box.x + 30, placed.body.bottom) + QPoint(0, 0)
    camera = board._camera()
    edge += QPoint(camera.origin_x, camera.origin_y)
    mouse(board, QEvent.Type.MouseMove, edge)
    assert board.viewport().cursor().shape() is Qt.CursorShape.SizeVerCursor
    mouse(board, QEvent.Type.MouseButtonPress, edge)
    lower = edge + QPoint(0, board.zoom + 1)
    mouse(board, QEvent.Type.MouseMove, lower)
    held = in_hand(board)
    assert isinstance(held, Stretch)
    assert (held.minutes, held.label().head) == (75, "Procedure 75 min, to 11:25")
    mouse(board, QEvent.Type.MouseButtonRelease, lower)
    assert services.operations.asked == [("lengthen", 1, 75)]


def drawn(board: Board, down: int) -> QPoint:
    """Takes visit 1 by its lower edge and draws it so many pixels down."""
    placed = board.state.layout.of_visit(1)[0]
    edge = place_of(board, 1) + QPoint(0, placed.body.bottom - placed.box.y - 20)
    mouse(board, QEvent.Type.MouseButtonPress, edge)
    mouse(board, QEvent.Type.MouseMove, edge + QPoint(0, QApplication.startDragDistance() + 1))
    mouse(board, QEvent.Type.MouseMove, edge + QPoint(0, down))
    return edge


def minutes(board: Board, number: int) -> int:
    return number * board.zoom // 15


def test_while_an_edge_is_drawn_the_label_says_whether_the_length_fits_and_why_not(
    board: Board, services: FakeServices
) -> None:
    edge = drawn(board, minutes(board, 15))
    assert in_hand(board).label() == Label("Procedure 75 min, to 11:25", "was 60 min", None)
    services.tasks.run()
    assert services.days.measured == [1]
    assert in_hand(board).label() == Label("Procedure 75 min, to 11:25 fits", "was 60 min, up to 75 min fit", True)
    mouse(board, QEvent.Type.MouseMove, edge + QPoint(0, minutes(board, 30)))
    warned = Label("Procedure 90 min, to 11:40 with a reason", "Room 1 is closed.", True, is_warning=True)
    assert in_hand(board).label() == warned
    mouse(board, QEvent.Type.MouseMove, edge + QPoint(0, minutes(board, 45)))
    assert in_hand(board).label() == Label("Procedure 105 min, to 11:55", "Room 1 is taken.", False)
    mouse(board, QEvent.Type.MouseButtonRelease, edge + QPoint(0, minutes(board, 15)))
    assert services.operations.asked == [("lengthen", 1, 105)]


def test_the_ground_shows_how_far_an_edge_may_be_drawn(board: Board, services: FakeServices) -> None:
    drawn(board, minutes(board, 15))
    services.tasks.run()
    seen = board.viewport().grab().toImage()
    strip, camera, axis = board.state.layout.strips[0], board._camera(), board.state.scene.axis

    def ground(clock: int) -> str:
        return seen.pixelColor(strip.x + camera.origin_x + 3, axis.y_of(clock) + camera.origin_y - 3).name()

    inks = board._inks
    assert ground(11 * 60 + 20) == inks.color("fit").name()
    assert ground(11 * 60 + 40) == inks.color("warnedge").name()
    assert ground(11 * 60 + 50) not in (inks.color("fit").name(), inks.color("warnedge").name())
    assert ground(9 * 60 + 40) == inks.color("base").name()


def test_an_answer_about_moving_it_does_not_shade_an_edge(board: Board, services: FakeServices) -> None:
    drag(board, 1, QPoint(300, 300))
    late, services.tasks.waiting = services.tasks.waiting, []
    press(board, Key.Key_Escape)
    drawn(board, minutes(board, 15))
    for answer in late:
        answer()
    assert in_hand(board).fit_map is None


def test_what_follows_a_longer_procedure_shifts_with_it(board: Board) -> None:
    board.select(1)
    press(board, Key.Key_Down, CONTROL, times=2)
    ghosts = {board.state.scene.columns[ghost.column].code: ghost.parts for ghost in in_hand(board).ghosts()}
    assert [(part.start, part.end) for part in ghosts["R1"]] == [(600, 610), (610, 680), (680, 695)]
    assert [(part.start, part.end) for part in ghosts["C1"]] == [(610, 680)]
    assert [(part.start, part.end) for part in ghosts["B1"]] == [(680, 770)]


def test_a_procedure_never_gets_shorter_than_a_cell(board: Board, services: FakeServices) -> None:
    board.select(1)
    press(board, Key.Key_Up, CONTROL, times=30)
    press(board, Key.Key_Return)
    assert services.operations.asked == [("lengthen", 1, 5)]


def test_away_from_the_edge_the_visit_is_taken_as_a_whole(board: Board) -> None:
    drag(board, 1, place_of(board, 1) + QPoint(0, 80))
    assert not isinstance(in_hand(board), Stretch)


def test_a_day_without_a_column_of_its_kind_lets_go(board: Board, services: FakeServices) -> None:
    drag(board, 1, QPoint(300, 300))
    bare = board.state.scene
    scene = type(bare)(bare.axis.__class__(date(2026, 11, 25), bare.axis.zone, 480, 1020, 20), (), ())
    board.show_scene(scene)
    assert board.state.drag is None


def test_by_keys_it_never_leaves_the_hours_that_are_shown(board: Board, services: FakeServices) -> None:
    board.select(1)
    press(board, Key.Key_M)
    press(board, Key.Key_Down, times=200)
    axis = board.state.scene.axis
    assert in_hand(board).minute == axis.last - 5
    press(board, Key.Key_Up, times=400)
    assert in_hand(board).minute == axis.first
