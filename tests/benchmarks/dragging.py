"""One frame while a visit is dragged and its clash is shown, against a full repaint of the board."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desk_app.ui.screens.schedule.board_layout import Placed
from desk_app.ui.screens.schedule.scene import Group
from tests.benchmarks.big_practice import TODAY
from tests.benchmarks.board_at_work import BoardAtWork
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
        drag.append(_frame(work, place))
        label = work.board.state.drag.label() if work.board.state.drag else None
        clashes += label is not None and label.fits is False
        full.append(_full(work))
    if not clashes > MOVES // 2:
        raise AssertionError("most places should clash and say so")
    what = f"frame while dragging, {clashes} of {MOVES} with a clash"
    yield Figure("5", what, median(drag), median(full), "full repaint", at_most=TARGET)
    QTest.keyClick(work.board, Qt.Key.Key_Escape)
    work.close()


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


def _frame(work: BoardAtWork, place: QPoint) -> float:
    """Milliseconds from the pointer's move to the painted frame."""
    before, begin = work.painted.count, time.perf_counter()
    QTest.mouseMove(work.board.viewport(), place)
    while work.painted.count == before:
        work.turn()
    return (time.perf_counter() - begin) * 1000


def _full(work: BoardAtWork) -> float:
    begin = time.perf_counter()
    work.board._invalidate()
    work.turn()
    return (time.perf_counter() - begin) * 1000
