"""Days and boards at the edge: clock changes, midnight, none and forty columns, names from right to left, far years."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.application.day_plan import DayPlan, DayPlanLine
from desk_app.application.schedule_view import DayView
from desk_app.domain.practice import Catalogue, Resource, ResourceKind
from desk_app.domain.zone import day_span
from desk_app.ui.screens.schedule.board import Board
from desk_app.ui.screens.schedule.day_scene import build_scene
from desk_app.ui.screens.schedule.gaps import gaps_of
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.scene import ColumnChoice, Group, Scene
from desk_app.ui.theme import CONTRAST, DARK, LIGHT, Theme
from tests.ui.schedule.days import CATALOGUE, ZONE, Chain, at, line, view

SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)
HOUR = timedelta(hours=1)
ROOT = Path(__file__).resolve().parents[3]


def scene_of(day: date, *lines: DayPlanLine, **hours: str) -> Scene:
    return build_scene(view(*lines, day=day, **hours), ColumnChoice(), at("07:00", day), 20)


def open_all_day(day: date, *lines: DayPlanLine) -> Scene:
    """Sessions from midnight to 24:00: nothing is shaded."""
    bare = DayView(DayPlan(day, lines), CATALOGUE, {resource.code: () for resource in CATALOGUE.resources})
    return build_scene(bare, ColumnChoice(), day_span(day, ZONE)[0], 20)


def board_of(qtbot: QtBot, inks: Inks, scene: Scene, now: datetime | None = None) -> Board:
    made = Board(inks, scene, now or scene.axis.midnight, 5)
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show()
    made.show_scene(scene)
    made.grab()
    return made


def press(board: Board, *keys: Qt.Key) -> None:
    for key in keys:
        QApplication.sendEvent(board, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25)])
def test_the_day_of_a_clock_change_is_drawn_in_its_true_length(day: date, hours: int) -> None:
    axis = open_all_day(day).axis
    assert (axis.first, axis.last) == (0, hours * 60)
    assert axis.height > axis.y_of((hours - 1) * 60) > axis.y_of((hours - 2) * 60)
    labels = [each.label for each in axis.lines() if each.label]
    assert (labels.count("01:00"), labels.count("02:00")) == ((1, 0) if hours == 23 else (2, 1))
    assert labels[-1] == "24:00"


def test_a_visit_over_the_missing_hour_is_as_long_as_it_lasts() -> None:
    start = datetime(2026, 3, 8, 1, 30, tzinfo=ZONE).astimezone(UTC)
    scene = open_all_day(SPRING, line(1, start=start, chain=Chain("R1", (0, 60, 0, 0), None, None)))
    block = scene.by_visit[1][0]
    assert block.end - block.start == 60
    assert (scene.axis.clock(block.start), scene.axis.clock(block.end)) == ("01:30", "03:30")


def test_two_visits_in_the_hour_that_comes_twice_stand_one_after_the_other(qtbot: QtBot, inks: Inks) -> None:
    first = datetime(2026, 11, 1, 5, 10, tzinfo=UTC)  # 01:10 by summer time
    again = first + HOUR
    short = Chain("R1", (0, 30, 0, 0), None, None)
    scene = open_all_day(AUTUMN, line(1, start=first, chain=short), line(2, start=again, chain=short))
    one, two = scene.by_visit[1][0], scene.by_visit[2][0]
    assert (one.words.time, two.words.time) == ("01:10", "01:10")
    assert two.start - one.start == 60
    assert (one.lanes, two.lanes) == (1, 1)
    board = board_of(qtbot, inks, scene)
    press(board, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert board.state.selected_id == 2
    assert [gap.end - gap.start for gap in gaps_of(scene, 0, 5) if gap.column == 0][1] == 30


def test_a_visit_over_midnight_is_shown_on_both_days_up_to_and_from_midnight() -> None:
    late = line(1, start=at("23:30"), chain=Chain("R1", (0, 60, 0, 120), None, "B1"))
    monday = scene_of(date(2026, 11, 23), late)
    assert [(block.start, block.end) for block in monday.by_visit[1]] == [(1410, 1440)]
    assert monday.axis.last == 1440
    tuesday = scene_of(date(2026, 11, 24), late)
    assert (tuesday.by_visit[1][0].start, tuesday.by_visit[1][0].end) == (0, 30)
    assert tuesday.axis.first == 0


def test_a_session_that_ends_at_midnight_reaches_the_end_of_the_day(qtbot: QtBot, inks: Inks) -> None:
    scene = open_all_day(date(2026, 11, 23))
    assert scene.axis.clock(scene.axis.last) == "24:00"
    assert {(gap.start, gap.end) for gap in gaps_of(scene, 0, 5)} == {(0, 1440)}
    board = board_of(qtbot, inks, scene)
    press(board, Qt.Key.Key_Down)
    assert board.accessibleName() == "Free 00:00 to 24:00, Room 1"


@pytest.mark.parametrize("year", [1999, 2099])
def test_a_year_far_away_is_drawn_and_walked(qtbot: QtBot, inks: Inks, year: int) -> None:
    day = date(year, 6, 15)
    scene = scene_of(day, line(1, start=at("08:00", day)))
    board = board_of(qtbot, inks, scene, at("07:00", day))
    press(board, Qt.Key.Key_Down)
    assert board.state.selected_id == 1
    assert board.accessibleName().startswith("08:10 Ortiz")


def test_a_past_day_has_no_gaps_to_walk(qtbot: QtBot, inks: Inks) -> None:
    day = date(1999, 6, 15)
    board = board_of(qtbot, inks, scene_of(day), at("07:00"))
    press(board, Qt.Key.Key_Down)
    assert board.state.gap is None


def many(rooms: int) -> Scene:
    """A practice of so many rooms, a visit in each, everything open from eight to five."""
    day = date(2026, 11, 23)
    added = tuple(
        Resource(f"X{place:02}", ResourceKind.PROCEDURE_ROOM, f"Room {place}") for place in range(1, rooms + 1)
    )
    others = tuple(each for each in CATALOGUE.resources if each.kind is not ResourceKind.PROCEDURE_ROOM)
    catalogue = Catalogue(CATALOGUE.settings, resources=(*added, *others))
    usual = view(day=day)
    shades = usual.shading["R1"]
    shading = {each.code: shades for each in catalogue.resources}
    return build_scene(replace(usual, catalogue=catalogue, shading=shading), ColumnChoice(), at("07:00"), 20)


def test_forty_columns_scroll_sideways_and_the_keyboard_brings_the_last_into_view(qtbot: QtBot, inks: Inks) -> None:
    board = board_of(qtbot, inks, many(29))
    assert len(board.state.scene.columns) >= 37
    bar = board.horizontalScrollBar()
    assert bar.maximum() > 3000
    press(board, Qt.Key.Key_Down, *[Qt.Key.Key_Right] * 28)
    box = board.state.current_box()
    assert box is not None
    camera = board._camera()
    seen = camera.to_view(box)
    assert camera.origin_x + box.x == seen.x >= 0
    assert seen.right <= camera.width
    assert board.accessibleName().endswith("Room 29")


def test_the_head_stays_while_the_board_scrolls(qtbot: QtBot, inks: Inks) -> None:
    board = board_of(qtbot, inks, many(3))
    head = board._camera().head
    before = board.viewport().grab().toImage().copy(0, 0, 800, head - 1)
    board.verticalScrollBar().setValue(200)
    assert board.viewport().grab().toImage().copy(0, 0, 800, head - 1) == before


def test_a_practice_without_rooms_is_an_empty_board_that_nothing_breaks(qtbot: QtBot, inks: Inks) -> None:
    empty = DayView(DayPlan(date(2026, 11, 23)), Catalogue(CATALOGUE.settings), {})
    board = board_of(qtbot, inks, build_scene(empty, ColumnChoice(), at("07:00"), 20))
    press(board, *(Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_PageDown))
    assert board.state.current_box() is None


RIGHT_TO_LEFT = ("حداد, يوسف", "כהן, שרה")


@pytest.mark.parametrize("name", RIGHT_TO_LEFT)
@pytest.mark.parametrize("colors", [LIGHT, DARK, CONTRAST], ids=lambda each: each.name)
def test_a_name_from_right_to_left_is_whole_in_its_block(qtbot: QtBot, inks: Inks, name: str, colors: Theme) -> None:
    scene = scene_of(date(2026, 11, 23), line(1, name, at("08:00")))
    board = board_of(qtbot, Inks(colors), scene)
    block = board.state.layout.of_visit(1)[0]
    family = name.partition(",")[0]
    pieces = inks.pieces(block.block.words, block.body.width, block.body.height)
    assert any(family in piece.text for piece in pieces)
    press(board, Qt.Key.Key_Down)
    assert name in board.accessibleName()


def test_bays_and_c_arms_stay_narrow_with_many_rooms() -> None:
    groups = [column.group for column in many(29).columns]
    assert groups.count(Group.MAIN) == 29


LARGE = """
from PySide6.QtWidgets import QApplication
app = QApplication([])
from desk_app.ui import fonts, theme
from tests.ui.panels.fixtures import RESOURCES
fonts.load(RESOURCES / "fonts", 20)
from desk_app.ui.screens.schedule.block_text import Face
from desk_app.ui.screens.schedule.board_layout import GUTTER, STAFF
from desk_app.ui.screens.schedule.inks import Inks
inks = Inks(theme.LIGHT)
print(GUTTER - inks.width("00:00", Face.TIME), STAFF - inks.width("AN1", Face.SIGN))
"""


def test_the_hours_and_signs_are_whole_at_letters_of_twenty_pixels() -> None:
    told = subprocess.run([sys.executable, "-c", LARGE], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert all(int(spare) >= 2 for spare in told.stdout.split())
