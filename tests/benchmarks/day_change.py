"""From the key to the painted next day, against the raw query and one plain painting of the same blocks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest

from tests.benchmarks.big_practice import TODAY
from tests.benchmarks.board_at_work import BoardAtWork
from tests.benchmarks.day_read import raw_day
from tests.benchmarks.plain_board import PlainBoard
from tests.benchmarks.setting import Setting
from tests.benchmarks.timing import Figure

ROUNDS = 16
TARGET = 1.25
DAYS = [TODAY + timedelta(days=offset) for offset in (0, 1)]


def measure(setting: Setting) -> Iterator[Figure]:
    work, connection = BoardAtWork(setting), setting.driver()
    shown: list[date] = [TODAY]
    key = QShortcut(QKeySequence(Qt.Key.Key_F9), work.screen)
    key.activated.connect(lambda: work.screen.show_day(shown[0]))
    _go(work, shown, TODAY)
    seen: dict[str, list[float]] = {"ours": [], "plain": [], "raw": [], "far": []}
    for number in range(ROUNDS):
        day = DAYS[(number + 1) % 2]
        work.at_rest()
        work.at_rest()
        seen["ours"].append(_go(work, shown, day))
        work.at_rest()  # the days around it are read ahead meanwhile, which would slow the baseline
        work.at_rest()
        plain, query = PlainBoard(work.board), raw_day(day)
        seen["raw"].append(_timed(lambda q=query: connection.execute(q).fetchall()))
        seen["plain"].append(_timed(plain.paint))
    for number in range(ROUNDS // 2):
        work.at_rest()
        seen["far"].append(_go(work, shown, TODAY + timedelta(days=7 * (number % 2 + 1))))
    found = {name: median(times) for name, times in seen.items()}
    against, what = found["raw"] + found["plain"], f"day change to {len(work.board.state.scene.blocks)} blocks"
    yield Figure("4", f"{what}, a day away", found["ours"], against, "raw query and plain repaint", at_most=TARGET)
    yield Figure("4", f"{what}, a week away, not read ahead", found["far"], against, "raw query and plain repaint")
    work.close()
    connection.close()


def _go(work: BoardAtWork, shown: list[date], day: date) -> float:
    """Milliseconds from the key to the painted board."""
    shown[0] = day
    begin = time.perf_counter()
    QTest.keyClick(work.screen, Qt.Key.Key_F9)
    if work.board.state.scene.axis.day != day:
        work.until(lambda: work.board.state.scene.axis.day == day)
    before = work.painted.count
    work.turn()
    spent = (time.perf_counter() - begin) * 1000
    if work.painted.count == before and work.board._layer is None:
        raise AssertionError("the board should have been painted")
    return spent


def _timed(way: Any) -> float:
    begin = time.perf_counter()
    way()
    return (time.perf_counter() - begin) * 1000
