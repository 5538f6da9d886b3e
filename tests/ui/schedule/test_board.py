from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.application.day_plan import DayPlanLine
from desk_app.application.schedule_view import ColumnFit, FitMap, Unfit
from desk_app.ui.screens.schedule.board import Board
from desk_app.ui.screens.schedule.day_scene import build_scene
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.scene import ColumnChoice, Scene
from tests.ui.schedule.days import CATALOGUE, Chain, at, line, view

NOW = at("07:00")
LINES = (
    line(1, "Ortiz, Marisol", at("08:00")),
    line(2, "Haddad, Yusuf", at("10:00"), Chain("R1", (10, 45, 15, 90), "C1", "B2")),
    line(3, "Diaz, Ramona", at("09:00"), Chain("R2", (10, 30, 10, 60), "C2", "B3")),
    line(4, "Lee, Hana", at("08:00"), Chain("R3", (10, 20, 10, 30), None, None), status="discharged"),
)


def scene_of(*lines: DayPlanLine, now: datetime = NOW) -> Scene:
    return build_scene(view(*lines), ColumnChoice(), now, 20)


@pytest.fixture
def board(qtbot: QtBot, inks: Inks) -> Board:
    made = Board(inks, scene_of(*LINES), NOW, 5)
    made.show_names({resource.code: resource.name for resource in CATALOGUE.resources}, 5)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.show_scene(scene_of(*LINES))
    return made


def place_of(board: Board, number: int, down: int = 20) -> QPoint:
    """A point on a visit's block in its room, in the viewport."""
    placed = board.state.layout.of_visit(number)[0]
    camera = board._camera()
    return QPoint(placed.box.x + 30 + camera.origin_x, placed.box.y + down + camera.origin_y)


def mouse(board: Board, kind: QEvent.Type, place: QPoint) -> None:
    where = QPointF(place)
    moving = kind is QEvent.Type.MouseMove
    button = Qt.MouseButton.NoButton if moving else Qt.MouseButton.LeftButton
    released = kind is QEvent.Type.MouseButtonRelease
    held = Qt.MouseButton.NoButton if released else Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, where, where, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(board.viewport(), event)


def press(board: Board, *keys: Qt.Key) -> None:
    for key in keys:
        QApplication.sendEvent(board, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


def drag(board: Board, number: int, to: QPoint) -> None:
    """Takes a visit and brings the pointer, step by step, to a place; the button stays down."""
    start = place_of(board, number)
    mouse(board, QEvent.Type.MouseButtonPress, start)
    mouse(board, QEvent.Type.MouseMove, start + QPoint(0, QApplication.startDragDistance() + 1))
    mouse(board, QEvent.Type.MouseMove, to)


def test_a_click_selects_a_visit_in_all_its_columns(board: Board, qtbot: QtBot) -> None:
    with qtbot.waitSignal(board.visit_selected) as selected:
        mouse(board, QEvent.Type.MouseButtonPress, place_of(board, 1))
    assert selected.args == [1]
    assert len(board.state.selected()) == 3


def test_a_click_on_empty_ground_clears_the_selection(board: Board, qtbot: QtBot) -> None:
    board.select(1)
    with qtbot.waitSignal(board.selection_cleared):
        mouse(board, QEvent.Type.MouseButtonPress, place_of(board, 1, down=-4) + QPoint(0, 500))
    assert board.state.selected_id is None


def test_the_accessible_name_follows_the_current_visit(board: Board) -> None:
    board.select(1)
    expected = "08:10 Ortiz, Marisol, Kyphoplasty T12 L1, confirmed, Room 1"
    assert board.accessibleName() == expected
    assert "Procedure 08:10–09:10" in board.accessibleDescription()
    board.select(None)
    assert board.accessibleName() == "Schedule"


def test_arrows_walk_the_visits_and_enter_opens_one(board: Board, qtbot: QtBot) -> None:
    walked: list[int] = []
    board.visit_selected.connect(walked.append)
    press(board, *[Qt.Key.Key_Down] * 3, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left)
    assert walked == [1, 2, 3, 1]
    with qtbot.waitSignal(board.visit_opened) as opened:
        press(board, Qt.Key.Key_Return)
    assert opened.args == [1]


def test_home_and_end_stay_in_the_column(board: Board) -> None:
    board.select(1)
    press(board, Qt.Key.Key_End)
    assert board.accessibleName() == "Free 11:10 to 17:00, Room 1"
    press(board, Qt.Key.Key_Home)
    assert board.state.selected_id == 1


def test_delete_asks_to_cancel_the_selected_visit_and_nothing_without_one(board: Board, qtbot: QtBot) -> None:
    asked: list[int] = []
    board.cancel_requested.connect(asked.append)
    press(board, Qt.Key.Key_Delete)
    board.select(3)
    press(board, Qt.Key.Key_Delete)
    assert asked == [3]


def test_plus_minus_and_the_wheel_zoom_within_the_bounds(board: Board) -> None:
    press(board, Qt.Key.Key_Plus)
    assert board.zoom == 22
    press(board, *[Qt.Key.Key_Minus] * 20)
    assert board.zoom == 12
    for _ in range(30):
        wheel(board, 120)
    assert board.zoom == 40


def wheel(board: Board, delta: int) -> None:
    where = QPointF(500, 300)
    event = QWheelEvent(
        where,
        where,
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(board.viewport(), event)


def test_zooming_keeps_the_minute_under_the_pointer(board: Board) -> None:
    camera = board._camera()
    before = board.state.scene.axis.minute_at(300 - camera.origin_y)
    wheel(board, 240)
    after = board.state.scene.axis.minute_at(300 - board._camera().origin_y)
    assert abs(before - after) <= 2


def test_a_drop_says_which_visit_when_and_where(board: Board, qtbot: QtBot) -> None:
    axis, camera = board.state.scene.axis, board._camera()
    room_3 = board.state.layout.strips[2].x + 40 + camera.origin_x
    grip = axis.minute_at(20 + axis.y_of(480)) - 480
    target = QPoint(room_3, axis.y_of(13 * 60 + grip) + camera.origin_y + 1)
    with qtbot.waitSignal(board.drag_started) as started:
        drag(board, 1, target)
    assert started.args == [1]
    with qtbot.waitSignal(board.visit_dropped) as dropped:
        mouse(board, QEvent.Type.MouseButtonRelease, target)
    assert dropped.args == [1, at("13:00"), "R3"]
    assert board.state.drag is None


def test_escape_cancels_a_drag(board: Board, qtbot: QtBot) -> None:
    dropped: list[object] = []
    board.visit_dropped.connect(lambda *what: dropped.append(what))
    target = place_of(board, 1) + QPoint(0, 200)
    drag(board, 1, target)
    with qtbot.waitSignal(board.drag_ended):
        press(board, Qt.Key.Key_Escape)
    mouse(board, QEvent.Type.MouseButtonRelease, target)
    assert dropped == []


def test_a_drop_where_it_was_taken_changes_nothing(board: Board) -> None:
    dropped: list[object] = []
    board.visit_dropped.connect(lambda *what: dropped.append(what))
    drag(board, 1, place_of(board, 1))
    mouse(board, QEvent.Type.MouseButtonRelease, place_of(board, 1))
    assert dropped == []


def test_who_has_gone_home_cannot_be_dragged(board: Board) -> None:
    drag(board, 4, place_of(board, 4) + QPoint(0, 200))
    assert board.state.drag is None


def test_the_answer_where_it_fits_belongs_to_the_visit_in_hand_only(board: Board) -> None:
    drag(board, 1, place_of(board, 1) + QPoint(0, 200))
    unfit = ColumnFit((), (Unfit(at("00:00"), at("23:00"), "Room 1 is taken."),))
    board.show_fit_map(FitMap(2, 5, {"R1": unfit}))
    assert board.state.fit_map is None
    board.show_fit_map(FitMap(1, 5, {"R1": unfit}))
    assert board.state.drag is not None
    assert board.state.drag.label().tail == "Room 1 is taken."


def test_a_visit_changed_by_another_desk_is_let_go(board: Board, qtbot: QtBot) -> None:
    drag(board, 1, place_of(board, 1) + QPoint(0, 200))
    moved = line(1, "Ortiz, Marisol", at("13:00"))
    with qtbot.waitSignal(board.drag_ended):
        board.show_scene(scene_of(moved, *LINES[1:]))
    assert board.state.drag is None


def test_a_change_elsewhere_leaves_the_visit_in_hand(board: Board) -> None:
    drag(board, 1, place_of(board, 1) + QPoint(0, 200))
    board.show_scene(scene_of(*LINES[:2]))
    assert board.state.drag is not None


def test_the_selection_stays_with_its_visit_when_the_day_is_read_anew(board: Board) -> None:
    board.select(3)
    board.show_scene(scene_of(*LINES[1:]))
    assert board.state.selected_id == 3
    board.show_scene(scene_of(*LINES[:2]))
    assert board.state.selected_id is None


def test_a_double_click_on_empty_ground_names_column_and_start(board: Board, qtbot: QtBot) -> None:
    axis, camera = board.state.scene.axis, board._camera()
    place = QPoint(board.state.layout.strips[2].x + 40 + camera.origin_x, axis.y_of(602) + camera.origin_y + 1)
    with qtbot.waitSignal(board.gap_activated) as activated:
        mouse(board, QEvent.Type.MouseButtonDblClick, place)
    assert activated.args == ["R3", at("10:00")]


def test_the_menu_key_asks_for_the_selected_visit(board: Board, qtbot: QtBot) -> None:
    board.select(3)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    with qtbot.waitSignal(board.context_requested) as requested:
        QApplication.sendEvent(board.viewport(), event)
    assert requested.args[:2] == [3, "R2"]


def test_a_step_of_a_drag_leaves_the_painted_layer_as_it_is(board: Board) -> None:
    drag(board, 1, place_of(board, 1) + QPoint(0, 200))
    board.grab()
    layer = board._layer
    mouse(board, QEvent.Type.MouseMove, place_of(board, 1) + QPoint(0, 260))
    board.grab()
    assert board._layer is layer


def test_the_board_opens_on_the_present_hour(qtbot: QtBot, inks: Inks) -> None:
    late = NOW + timedelta(hours=6)
    made = Board(inks, scene_of(*LINES, now=late), late, 5)
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    made.show_scene(scene_of(*LINES, now=late))
    camera = made._camera()
    assert camera.top < made.state.scene.axis.y_of(13 * 60) < camera.bottom
