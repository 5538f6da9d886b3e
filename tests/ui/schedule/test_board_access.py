"""What assistive technology is told of the painted board, asked through Qt as a bridge would ask."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.application.day_plan import DayPlanLine
from desk_app.ui.screens.schedule.board import Board
from desk_app.ui.screens.schedule.day_scene import build_scene
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.scene import ColumnChoice, Scene
from desk_app.ui.widgets.board_access import StopInterface
from tests.ui.schedule.days import Chain, at, line, view

NOW = at("07:00")
LINES = (
    line(1, "Ortiz, Marisol", at("08:00")),
    line(2, "Haddad, Yusuf", at("10:00"), Chain("R2", (10, 45, 15, 90), None, None)),
)
ROOT = Path(__file__).resolve().parents[3]
NAME = QAccessible.Text.Name


def scene_of(*lines: DayPlanLine) -> Scene:
    return build_scene(view(*lines), ColumnChoice(), NOW, 20)


@pytest.fixture
def listening(qapp: QApplication) -> Iterator[None]:
    """Somebody listens, as far as Qt is concerned."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def board(listening: None, qtbot: QtBot, inks: Inks) -> Board:
    made = Board(inks, scene_of(*LINES), NOW, 5)
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show()
    made.show_scene(scene_of(*LINES))
    return made


def asked(board: Board) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(board)


def children(board: Board) -> list[QAccessibleInterface]:
    top = asked(board)
    return [top.child(place) for place in range(top.childCount())]


def press(board: Board, *keys: Qt.Key) -> None:
    for key in keys:
        QApplication.sendEvent(board, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


def test_the_board_is_a_list_of_its_visits_and_gaps_each_with_its_sentence(board: Board) -> None:
    top = asked(board)
    assert (top.role(), top.text(NAME)) == (QAccessible.Role.List, "Schedule")
    names = [child.text(NAME) for child in children(board)]
    assert names[0] == "08:10 Ortiz, Marisol, Kyphoplasty T12 L1, confirmed, Room 1"
    assert "10:10 Haddad, Yusuf, Kyphoplasty T12 L1, confirmed, Room 2" in names
    assert "Free 09:25 to 17:00, Room 1" in names
    assert {child.role() for child in children(board)} == {QAccessible.Role.ListItem}
    assert [top.indexOfChild(child) for child in children(board)] == list(range(len(names)))


def test_a_child_lies_where_it_is_painted_and_is_found_there(board: Board) -> None:
    child = children(board)[0]
    painted = board._camera().to_view(board.state.layout.of_visit(1)[0].box)
    origin = board.viewport().mapToGlobal(board.viewport().rect().topLeft())
    place = child.rect()
    assert (place.x() - origin.x(), place.y() - origin.y()) == (painted.x, painted.y)
    assert (place.width(), place.height()) == (painted.width, painted.height)
    found = asked(board).childAt(place.center().x(), place.center().y())
    assert isinstance(found, StopInterface)
    assert found.text(NAME) == child.text(NAME)


def states(board: Board) -> list[tuple[int, int]]:
    return [(child.state().selected, child.state().focused) for child in children(board)]


def test_the_current_visit_is_focused_and_all_its_places_are_selected(board: Board) -> None:
    board.select(1)
    assert states(board)[0] == (1, 1)
    assert sum(selected for selected, _ in states(board)) == len(board.state.selected()) == 3
    assert sum(focused for _, focused in states(board)) == 1
    assert asked(board).focusChild().text(NAME).startswith("08:10 Ortiz")


def test_a_gap_that_the_keyboard_stands_on_is_focused_and_not_selected(board: Board) -> None:
    press(board, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert board.state.gap is not None
    assert asked(board).focusChild().text(NAME) == "Free 09:25 to 17:00, Room 1"
    assert (0, 1) in states(board)
    assert not any(selected for selected, _ in states(board))


def test_what_is_scrolled_away_says_so(board: Board) -> None:
    board.verticalScrollBar().setValue(board.verticalScrollBar().maximum())
    assert children(board)[0].state().offscreen


def test_after_a_change_the_children_are_the_new_ones_and_old_ones_are_invalid(board: Board) -> None:
    before = children(board)
    board.show_scene(scene_of(LINES[1]))
    names = [child.text(NAME) for child in children(board)]
    assert not any("Ortiz" in name for name in names)
    assert len(names) < len(before)


def test_boards_come_and_go_while_somebody_listens(
    listening: None, quick_collections: None, qtbot: QtBot, inks: Inks
) -> None:
    for turn in range(20):
        board = Board(inks, scene_of(*LINES), NOW, 5)
        board.resize(600, 300)
        board.show()
        for lines in (LINES, LINES[:1], LINES[turn % 2 :]):
            board.show_scene(scene_of(*lines))
            assert all(child.text(NAME) for child in children(board))
        board.close()
        board.deleteLater()
        QApplication.sendPostedEvents(board, QEvent.Type.DeferredDelete.value)
        del board
        gc.collect()


def test_other_widgets_answer_as_ever(board: Board) -> None:
    assert asked(board).parent() is not None
    bar = QAccessible.queryAccessibleInterface(board.verticalScrollBar())
    assert bar.role() == QAccessible.Role.ScrollBar


ENDING = """
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
app = QApplication([])
from desk_app.ui import fonts, icons
from tests.ui.schedule.conftest import RESOURCES
from tests.ui.schedule.test_board_access import LINES, NOW, Board, Inks, children, scene_of
from desk_app.ui.theme import LIGHT
fonts.load(RESOURCES / "fonts")
icons.use_folder(RESOURCES / "icons")
QAccessible.setActive(True)
boards = [Board(Inks(LIGHT), scene_of(*LINES), NOW, 5) for _ in range(3)]
print(sum(len(children(board)) for board in boards))
del boards[0]
"""


def test_the_program_ends_well_while_somebody_listens() -> None:
    ended = subprocess.run([sys.executable, "-c", ENDING], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout.strip() not in ("", "0")) == (0, True), ended.stderr
