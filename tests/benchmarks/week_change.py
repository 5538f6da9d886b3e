"""From the key to the painted next week, against the raw query and one plain painting of the same blocks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QKeySequence, QPainter, QPixmap, QShortcut
from PySide6.QtTest import QTest
from sqlalchemy.dialects import sqlite

from db.queries.spread import WEEK_WITH_GONE
from desk_app.domain.calendar_pages import week_of
from desk_app.ui import fonts
from desk_app.ui.screens.schedule.board_layout import Box
from desk_app.ui.screens.schedule.inks import FACES
from desk_app.ui.screens.schedule.week_block_painter import LEAST_WORDS, rows_of_words
from desk_app.ui.screens.schedule.week_board import WeekBoard
from tests.benchmarks.big_practice import NOW, TODAY
from tests.benchmarks.board_at_work import BoardAtWork
from tests.benchmarks.setting import Setting
from tests.benchmarks.timing import Figure

ROUNDS = 12
TARGET = 1.25
MONDAYS = [week_of(TODAY) + timedelta(weeks=offset) for offset in (0, 1)]


def measure(setting: Setting) -> Iterator[Figure]:
    work, connection = BoardAtWork(setting), setting.driver()
    work.screen.show_view("week", TODAY)
    board = work.screen.findChild(WeekBoard)
    assert isinstance(board, WeekBoard)
    work.until(lambda: bool(board.scene.blocks))
    shown: list[date] = [TODAY]
    key = QShortcut(QKeySequence(Qt.Key.Key_F9), work.screen)
    key.activated.connect(lambda: work.screen.show_day(shown[0]))
    seen: dict[str, list[float]] = {"ours": [], "plain": [], "raw": [], "far": []}
    for number in range(ROUNDS):
        monday = MONDAYS[(number + 1) % 2]
        work.at_rest()
        work.at_rest()
        seen["ours"].append(_go(work, board, shown, monday))
        work.at_rest()  # the weeks around it are read ahead meanwhile, which would slow the baseline
        work.at_rest()
        plain, query = PlainWeek(board), raw_week(monday)
        seen["raw"].append(_timed(lambda q=query: connection.execute(q).fetchall()))  # type: ignore[misc]
        seen["plain"].append(_timed(plain.paint))
    for number in range(ROUNDS // 2):
        work.at_rest()
        seen["far"].append(_go(work, board, shown, MONDAYS[0] + timedelta(weeks=3 + 3 * (number % 2))))
    found = {name: median(times) for name, times in seen.items()}
    against, what = found["raw"] + found["plain"], f"week change to {len(board.scene.blocks)} blocks"
    yield Figure("9", f"{what}, a week away", found["ours"], against, "raw query and plain repaint", at_most=TARGET)
    yield Figure("9", f"{what}, three weeks away, not read ahead", found["far"], against, "raw query and plain repaint")
    work.close()
    connection.close()


def raw_week(monday: date) -> str:
    """The select of a week as plain SQL with its values in it."""
    number = monday.toordinal()
    bound = {"first": number - 1, "last": number + 6, "now": int(NOW.timestamp())}
    return str(WEEK_WITH_GONE.params(bound).compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))


class PlainWeek:
    """What stands on a week at this moment, as boxes and words, painted with nothing kept."""

    def __init__(self, board: WeekBoard) -> None:
        camera, inks = board._camera(), board._inks
        self._target = QPixmap(board.viewport().size())
        self._origin = camera.origin_x, camera.origin_y
        self._fonts: dict[object, QFont] = {face: fonts.font(size, weight) for face, (size, weight) in FACES.items()}
        self._boxes: list[tuple[Box, Box]] = []
        self._words: list[tuple[int, int, str, object]] = []
        for placed in board._layout.placed:
            if not placed.box.meets(camera.top, camera.bottom):
                continue
            self._boxes.append((placed.box, placed.body))
            if placed.body.width >= LEAST_WORDS:
                rows = rows_of_words(placed, placed.body.width - 10, max(1, placed.body.height // inks.line), inks)
                for row, (text, face) in enumerate(rows):
                    self._words.append((placed.body.x + 7, placed.body.y + (row + 1) * inks.line, text, face))

    def paint(self) -> None:
        painter = QPainter(self._target)
        painter.fillRect(self._target.rect(), QColor("white"))
        painter.translate(*self._origin)
        strip, fill, edge = QColor("beige"), QColor("lightblue"), QColor("navy")
        for box, body in self._boxes:
            painter.fillRect(QRect(box.x, box.y, box.width, box.height), strip)
            painter.fillRect(QRect(body.x, body.y, body.width, body.height), fill)
            painter.fillRect(body.x, body.y, 3, body.height, edge)
        painter.setPen(QColor("black"))
        for x, y, text, face in self._words:
            painter.setFont(self._fonts[face])
            painter.drawText(x, y, text)
        painter.end()


def _go(work: BoardAtWork, board: WeekBoard, shown: list[date], monday: date) -> float:
    """Milliseconds from the key to the painted week."""
    shown[0] = monday
    begin = time.perf_counter()
    QTest.keyClick(work.screen, Qt.Key.Key_F9)
    if board.scene.days[0].day != monday:
        work.until(lambda: board.scene.days[0].day == monday)
    work.turn()
    spent = (time.perf_counter() - begin) * 1000
    if board._layer is None:
        raise AssertionError("the week should have been painted")
    return spent


def _timed(way: object) -> float:
    begin = time.perf_counter()
    way()  # type: ignore[operator]
    return (time.perf_counter() - begin) * 1000
