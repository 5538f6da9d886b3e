"""Drawing a stretch on empty ground, and clicking what shades it; visits keep the pointer to themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.application.schedule_view import DayView, Shade
from desk_app.ui.screens.schedule.day_scene import build_scene
from desk_app.ui.screens.schedule.drawing_board import DrawingBoard, stretch_between
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.scene import ColumnChoice
from tests.ui.schedule.days import CATALOGUE, at, line, view

NOW = at("07:00")
Heard = list[tuple[Any, ...]]


def _day() -> DayView:
    day = view(line(1, "Ortiz, Marisol", at("08:00")))
    shading = {
        "R2": (Shade(at("09:00"), at("11:00"), "blocked", "blocked: service"),),
        "R3": (Shade(at("09:00"), at("11:00"), "closed", "closed"),),
    }
    return replace(day, shading=shading)


@pytest.fixture
def board(qtbot: QtBot, inks: Inks) -> DrawingBoard:
    scene = build_scene(_day(), ColumnChoice(), NOW, 20)
    made = DrawingBoard(inks, scene, NOW, 5)
    made.show_names({resource.code: resource.name for resource in CATALOGUE.resources}, 5)
    qtbot.addWidget(made)
    made.resize(1000, 900)
    made.show()
    made.show_scene(scene)
    return made


@pytest.fixture
def heard(board: DrawingBoard) -> Heard:
    said: Heard = []
    board.stretch_drawn.connect(lambda *what: said.append(("stretch", *what)))
    board.shade_chosen.connect(lambda *what: said.append(("shade", *what)))
    board.visit_selected.connect(lambda number: said.append(("visit", number)))
    return said


def place(board: DrawingBoard, column: str, when: datetime) -> QPoint:
    codes = [each.code for each in board.state.scene.columns]
    axis, camera = board.state.scene.axis, board._camera()
    box = board.state.layout.lane_box(codes.index(column), 0, 1, axis.minute_of(when), axis.minute_of(when) + 5)
    return QPoint(box.x + 20 + camera.origin_x, box.y + 1 + camera.origin_y)


def mouse(board: DrawingBoard, kind: QEvent.Type, where: QPoint) -> None:
    moving, released = kind is QEvent.Type.MouseMove, kind is QEvent.Type.MouseButtonRelease
    button = Qt.MouseButton.NoButton if moving else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if released else Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, QPointF(where), QPointF(where), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(board.viewport(), event)


def draw(board: DrawingBoard, *places: QPoint, release: bool = True) -> None:
    mouse(board, QEvent.Type.MouseButtonPress, places[0])
    for each in places[1:]:
        mouse(board, QEvent.Type.MouseMove, each)
    if release:
        mouse(board, QEvent.Type.MouseButtonRelease, places[-1])


def press(board: DrawingBoard, key: Qt.Key) -> None:
    QApplication.sendEvent(board, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


@pytest.mark.parametrize(
    ("one", "other", "stretch"),
    [
        (600, 661, (600, 665)),
        (661, 600, (600, 665)),
        (600, 600, (600, 605)),
        (10, 9000, (480, 1020)),
        (1020, 1020, (1020, 1020)),
    ],
)
def test_a_stretch_is_whole_cells_within_the_hours_shown(one: int, other: int, stretch: tuple[int, int]) -> None:
    axis = replace(build_scene(_day(), ColumnChoice(), NOW, 20).axis, first=480, last=1020)
    assert stretch_between(axis, one, other, 5) == stretch


def test_pulling_over_empty_ground_draws_a_stretch(board: DrawingBoard, heard: Heard) -> None:
    draw(board, place(board, "R3", at("12:00")), place(board, "R3", at("12:30")), place(board, "R3", at("13:00")))
    assert heard == [("stretch", "R3", at("12:00"), at("13:05"))]
    assert board.state.gap is not None, "it stays framed"


def test_pulling_upwards_or_over_a_visit_draws_too(board: DrawingBoard, heard: Heard) -> None:
    draw(board, place(board, "R1", at("13:00")), place(board, "R1", at("08:10")))
    assert heard == [("stretch", "R1", at("08:10"), at("13:05"))]


def test_a_visit_under_the_pointer_is_moved_and_no_stretch_is_drawn(board: DrawingBoard, heard: Heard) -> None:
    draw(board, place(board, "R1", at("08:20")), place(board, "R1", at("12:00")))
    assert heard == [("visit", 1)]


def test_a_click_on_empty_ground_draws_nothing(board: DrawingBoard, heard: Heard) -> None:
    draw(board, place(board, "R1", at("13:00")))
    assert heard == []


def test_a_click_on_a_blockout_selects_it_and_closed_hours_are_nobodys(board: DrawingBoard, heard: Heard) -> None:
    draw(board, place(board, "R2", at("10:00")))
    draw(board, place(board, "R3", at("10:00")))
    assert [said[:3] for said in heard] == [("shade", "blocked", "R2")]
    assert at("10:00") <= heard[0][3] <= at("10:05")


def test_escape_gives_up_a_stretch_that_is_being_drawn(board: DrawingBoard, heard: Heard) -> None:
    there = place(board, "R3", at("13:00"))
    draw(board, place(board, "R3", at("12:00")), there, release=False)
    assert "12:00–13:05" in board.accessibleName()
    press(board, Qt.Key.Key_Escape)
    mouse(board, QEvent.Type.MouseButtonRelease, there)
    assert heard == []
    assert board.state.gap is None


def test_b_blocks_the_gap_that_the_keyboard_stands_on(board: DrawingBoard, heard: Heard) -> None:
    draw(board, place(board, "R3", at("12:00")), place(board, "R3", at("13:00")))
    heard.clear()
    press(board, Qt.Key.Key_B)
    assert heard == [("stretch", "R3", at("12:00"), at("13:05"))]


def test_the_keyboard_walks_onto_what_is_blocked_and_enter_shows_its_card(board: DrawingBoard, heard: Heard) -> None:
    draw(board, place(board, "R2", at("10:00")))
    assert board.accessibleName() == "blocked: service, 09:00–11:00, Room 2"
    heard.clear()
    press(board, Qt.Key.Key_Up)
    assert board.accessibleName() == "Free 07:00 to 09:00, Room 2"
    press(board, Qt.Key.Key_Down)
    press(board, Qt.Key.Key_Return)
    assert heard == [("shade", "blocked", "R2", at("09:00"))]


def test_what_is_blocked_already_is_not_blocked_again_by_its_key(board: DrawingBoard, heard: Heard) -> None:
    draw(board, place(board, "R2", at("10:00")))
    heard.clear()
    press(board, Qt.Key.Key_B)
    assert heard == []


def test_from_a_drawn_stretch_the_arrows_go_on(board: DrawingBoard) -> None:
    draw(board, place(board, "R3", at("12:00")), place(board, "R3", at("13:00")))
    press(board, Qt.Key.Key_Left)
    assert board.state.gap is not None
    assert board.state.scene.columns[board.state.gap.column].code == "R2"
