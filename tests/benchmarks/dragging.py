"""One frame while a visit is dragged over a day or a week, against a full repaint of the board."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desk_app.ui.screens.schedule.board_layout import GUTTER, Placed
from desk_app.ui.screens.schedule.painted_board import PaintedBoard
from desk_app.ui.screens.schedule.scene import Group
from desk_app.ui.screens.schedule.week_board import WeekBoard
from tests.benchmarks.big_practice import TODAY
from tests.benchmarks.board_at_work import BoardAtWork, Painted
from tests.benchmarks.setting import Setting
from tests.benchmarks.timing import Figure

MOVES = 80
TARGET = 0.1


def measure(setting: Setting) -> Iterator[Figure]:
    work = BoardAtWork(setting)
    work.screen.show_day(TODAY)
    work.until(lambda: bool(work.board.state.scene.blocks))
    work.at_rest()
    grip = _take(work)
    drag, clashes, full = [], 0, []
    for number in range(MOVES):
        place = grip + QPoint(0, 12 * (number % 40) - 240)
        drag.append(_frame(work, work.board, work.painted, place))
        label = work.board.state.drag.label() if work.board.state.drag else None
        clashes += label is not None and label.fits is False
        full.append(_full(work, work.board))
    if not clashes > MOVES // 2:
        raise AssertionError("most places should clash and say so")
    what = f"frame while dragging, {clashes} of {MOVES} with a clash"
    yield Figure("5", what, median(drag), median(full), "full repaint", at_most=TARGET)
    QTest.keyClick(work.board, Qt.Key.Key_Escape)
    yield from _over_a_week(work)
    work.close()


def _over_a_week(work: BoardAtWork) -> Iterator[Figure]:
    """The same on a week, from day to day."""
    work.screen.show_view("week", TODAY)
    board = work.screen.findChild(WeekBoard)
    assert isinstance(board, WeekBoard)
    work.until(lambda: bool(board.scene.blocks))
    work.at_rest()
    grip, painted = _take_of_week(work, board), Painted(board.viewport())
    step, drag, full = board._layout.strips[1].x, [], []
    for number in range(MOVES):
        place = QPoint(grip.x() % step + GUTTER + step * (number % 5), grip.y() + 6 * (number % 40) - 120)
        drag.append(_frame(work, board, painted, place))
        full.append(_full(work, board))
    if board.held is None:
        raise AssertionError("it should be in hand still")
    what = f"frame while dragging over a week of {len(board.scene.blocks)} blocks"
    yield Figure("5", what, median(drag), median(full), "full repaint", at_most=TARGET)
    QTest.keyClick(board, Qt.Key.Key_Escape)


def _take_of_week(work: BoardAtWork, board: WeekBoard) -> QPoint:
    camera = board._camera()
    placed = next(
        each for each in board._layout.placed if each.block.line.status == "confirmed" and each.box.height > 9
    )
    board.verticalScrollBar().setValue(placed.box.y - (camera.height - camera.head) // 2)
    view = board._camera().to_view(placed.box)
    grip = QPoint(view.x + view.width // 2, view.y + 3)
    QTest.mousePress(board.viewport(), Qt.MouseButton.LeftButton, pos=grip)
    QTest.mouseMove(board.viewport(), grip + QPoint(0, 40))
    days = len(board.scene.days)
    work.until(lambda: board.held is not None and len(board.held.fit_maps) == days)
    work.at_rest()
    work.turn()
    return grip


def _take(work: BoardAtWork) -> QPoint:
    """Takes a coming visit in view by the pointer and waits until it is known where it fits."""
    board = work.board
    camera = board._camera()
    placed = next(placed for placed in board.state.layout.placed if _can_be_taken(placed, camera.top, camera.bottom))
    view = camera.to_view(placed.body)
    grip = QPoint(view.x + view.width // 2, view.y + view.height // 2)
    QTest.mousePress(board.viewport(), Qt.MouseButton.LeftButton, pos=grip)
    QTest.mouseMove(board.viewport(), grip + QPoint(0, 40))
    work.until(lambda: board.state.drag is not None and board.state.fit_map is not None)
    work.at_rest()
    work.turn()
    return grip


def _can_be_taken(placed: Placed, top: int, bottom: int) -> bool:
    middle = (top + bottom) // 2
    return placed.block.group is Group.MAIN and placed.block.visit.status == "confirmed" and placed.box.y > middle


def _frame(work: BoardAtWork, board: PaintedBoard, painted: Painted, place: QPoint) -> float:
    """Milliseconds from the pointer's move to the painted frame, once what it asks of the worker is answered."""
    before, begin = painted.count, time.perf_counter()
    QTest.mouseMove(board.viewport(), place)
    while painted.count == before:
        work.turn()
    spent = (time.perf_counter() - begin) * 1000
    work.at_rest()
    work.turn()
    return spent


def _full(work: BoardAtWork, board: PaintedBoard) -> float:
    begin = time.perf_counter()
    board._invalidate()
    work.turn()
    return (time.perf_counter() - begin) * 1000
