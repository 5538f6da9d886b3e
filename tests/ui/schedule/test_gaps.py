"""Free stretches: which there are, how they are said, and everything the keyboard does on one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.application.day_plan import DayPlanLine
from desk_app.application.schedule_view import BLOCKED, RESERVED, Shade
from desk_app.ui.screens.schedule.board import Board
from desk_app.ui.screens.schedule.day_scene import build_scene
from desk_app.ui.screens.schedule.gaps import Gap, gaps_of, same_gap, spoken_gap
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.scene import ColumnChoice, Scene
from tests.ui.schedule.days import MONDAY, Chain, at, line, view

NOW = at("07:00")
LINES = (
    line(1, "Ortiz, Marisol", at("08:00")),
    line(2, "Haddad, Yusuf", at("10:00"), Chain("R1", (10, 45, 15, 90), "C1", "B2")),
)


def scene_of(*lines: DayPlanLine, shades: tuple[Shade, ...] = ()) -> Scene:
    day = view(*lines)
    shading = {code: (*own, *shades) if code == "R1" else own for code, own in day.shading.items()}
    return build_scene(replace(day, shading=shading), ColumnChoice(), NOW, 20)


def in_room_1(scene: Scene, now_minute: int = 0) -> list[str]:
    clock = scene.axis.clock
    gaps = gaps_of(scene, now_minute, 5)
    return [f"{clock(gap.start)}-{clock(gap.end)}" for gap in gaps if gap.column == 0]


def test_gaps_lie_between_visits_and_up_to_closing() -> None:
    assert in_room_1(scene_of(*LINES)) == ["09:25-10:00", "11:10-17:00"]


def test_a_stretch_too_short_for_any_visit_is_no_gap() -> None:
    close = line(2, start=at("09:35"))
    assert in_room_1(scene_of(LINES[0], close)) == ["11:00-17:00"]


def test_who_did_not_come_leaves_a_gap() -> None:
    assert in_room_1(scene_of(line(1, start=at("08:00"), status="no_show"))) == ["08:00-17:00"]


def test_a_blockout_is_no_gap_but_a_kept_stretch_is_and_says_for_whom() -> None:
    kept = Shade(at("11:00"), at("13:00"), RESERVED, "kept for Kyphoplasty")
    blocked = Shade(at("13:00"), at("15:00"), BLOCKED, "blocked: service")
    scene = scene_of(*LINES, shades=(kept, blocked))
    assert in_room_1(scene) == ["09:25-10:00", "11:10-13:00", "15:00-17:00"]
    gaps = gaps_of(scene, 0, 5)
    assert spoken_gap(gaps[0], scene) == "Free 09:25 to 10:00, Room 1"
    assert spoken_gap(gaps[1], scene) == "Free 11:10 to 13:00, Room 1, kept for Kyphoplasty"


def test_what_is_past_is_not_offered() -> None:
    scene = scene_of(*LINES)
    assert in_room_1(scene, 9 * 60 + 32) == ["09:35-10:00", "11:10-17:00"]
    assert in_room_1(scene, 40 * 60) == []


def test_only_wide_columns_have_gaps() -> None:
    assert {gap.column for gap in gaps_of(scene_of(), 0, 5)} == {0, 1, 2}


def test_what_is_left_of_a_gap_is_found_again() -> None:
    gap = Gap(0, 600, 700)
    assert same_gap((Gap(1, 600, 700), Gap(0, 650, 700)), gap) == Gap(0, 650, 700)
    assert same_gap((Gap(0, 700, 800),), gap) is None
    assert same_gap((gap,), None) is None


@pytest.fixture
def board(qtbot: QtBot, inks: Inks) -> Board:
    made = Board(inks, scene_of(*LINES), NOW, 5)
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show()
    made.show_scene(scene_of(*LINES))
    return made


def press(board: Board, *keys: Qt.Key) -> None:
    for key in keys:
        QApplication.sendEvent(board, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


def to_the_gap(board: Board) -> None:
    press(board, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert board.state.gap is not None


def test_walking_onto_a_gap_leaves_the_visit_and_says_what_is_free(board: Board, qtbot: QtBot) -> None:
    press(board, Qt.Key.Key_Down)
    with qtbot.waitSignal(board.selection_cleared):
        press(board, Qt.Key.Key_Down)
    assert board.state.selected_id is None
    assert board.accessibleName() == "Free 09:25 to 10:00, Room 1"
    press(board, Qt.Key.Key_Down)
    assert board.state.selected_id == 2
    assert board.state.gap is None


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_on_a_gap_does_what_a_double_click_does(board: Board, qtbot: QtBot, key: Qt.Key) -> None:
    to_the_gap(board)
    with qtbot.waitSignal(board.gap_activated) as activated:
        press(board, key)
    assert activated.args == ["R1", at("09:25")]


def test_f_seeks_a_slot_from_the_gap_on(board: Board, qtbot: QtBot) -> None:
    to_the_gap(board)
    with qtbot.waitSignal(board.slot_wanted) as wanted:
        press(board, Qt.Key.Key_F)
    assert wanted.args == ["R1", at("09:25")]


def test_g_asks_who_could_take_the_gap(board: Board, qtbot: QtBot) -> None:
    to_the_gap(board)
    with qtbot.waitSignal(board.who_fits_wanted) as wanted:
        press(board, Qt.Key.Key_G)
    assert wanted.args == ["R1", at("09:25")]


def test_n_takes_a_caller_down_for_the_gap(board: Board, qtbot: QtBot) -> None:
    to_the_gap(board)
    with qtbot.waitSignal(board.request_wanted) as wanted:
        press(board, Qt.Key.Key_N)
    assert wanted.args == [at("09:25")]


def test_where_a_visit_has_gone_the_keyboard_stands_on_what_it_leaves_free(board: Board) -> None:
    press(board, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert board.state.selected_id == 2
    board.show_scene(scene_of(LINES[0]))
    assert board.accessibleName() == "Free 10:00 to 11:10, Room 1"
    board.show_scene(scene_of(LINES[0]))
    assert board.accessibleName() == "Free 10:00 to 11:10, Room 1", "another look changes nothing"
    board.show_scene(scene_of(LINES[0], line(3, start=at("10:30"))))
    assert board.accessibleName() == "Free 09:25 to 10:30, Room 1", "what is left of it"


def test_on_another_day_the_keyboard_does_not_stay_on_what_a_visit_left(board: Board) -> None:
    press(board, Qt.Key.Key_Down)
    board.show_scene(build_scene(view(day=MONDAY + timedelta(days=1)), ColumnChoice(), NOW, 20))
    assert board.state.gap is None


def test_the_menu_key_asks_for_the_gap(board: Board, qtbot: QtBot) -> None:
    to_the_gap(board)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    with qtbot.waitSignal(board.context_requested) as requested:
        QApplication.sendEvent(board.viewport(), event)
    assert requested.args[:3] == [None, "R1", at("09:25")]


def test_delete_on_a_gap_cancels_nobody_and_escape_leaves_it(board: Board) -> None:
    asked: list[int] = []
    board.cancel_requested.connect(asked.append)
    to_the_gap(board)
    press(board, Qt.Key.Key_Delete, Qt.Key.Key_Escape)
    assert asked == []
    assert board.state.gap is None
    assert board.accessibleName() == "Schedule"


def test_a_gap_that_shrinks_keeps_the_keyboard_and_one_that_is_taken_lets_it_go(board: Board) -> None:
    to_the_gap(board)
    shorter = line(3, start=at("09:25"), chain=Chain("R1", (0, 20, 0, 0), None, None))
    board.show_scene(scene_of(*LINES, shorter))
    assert board.accessibleName() == "Free 09:45 to 10:00, Room 1"
    taken = line(4, start=at("09:25"), chain=Chain("R1", (0, 35, 0, 0), None, None))
    board.show_scene(scene_of(*LINES, taken))
    assert board.state.gap is None
    assert board.accessibleName() == "Schedule"


def test_on_another_day_the_keyboard_begins_anew(board: Board) -> None:
    to_the_gap(board)
    tuesday = at("00:00").date().replace(day=24)
    board.show_scene(build_scene(view(day=tuesday), ColumnChoice(), NOW, 20))
    assert board.state.gap is None


def test_a_dashed_frame_is_drawn_around_the_gap(board: Board, inks: Inks) -> None:
    to_the_gap(board)
    box = board.state.current_box()
    assert box is not None
    view_box = board._camera().to_view(box)
    picture = board.viewport().grab().toImage()
    row = [picture.pixelColor(x, view_box.y + 1).name() for x in range(view_box.x + 2, view_box.right - 2)]
    accent = inks.color("accent").name()
    assert accent in row
    assert any(color != accent for color in row)


def test_page_keys_turn_by_whole_hours(board: Board) -> None:
    hour = board.zoom * 4
    board.verticalScrollBar().setValue(0)
    press(board, Qt.Key.Key_PageDown)
    first = board.verticalScrollBar().value()
    assert first > 0
    assert first % hour == 0 or first == board.verticalScrollBar().maximum()
    press(board, Qt.Key.Key_PageUp)
    assert board.verticalScrollBar().value() == 0
