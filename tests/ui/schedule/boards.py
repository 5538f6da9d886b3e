"""A day's board shown, as the tests of its painting look at it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pytestqt.qtbot import QtBot

from desk_app.application.day_plan import DayPlanLine
from desk_app.ui.screens.schedule.board import Board
from desk_app.ui.screens.schedule.day_scene import build_scene
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.scene import ColumnChoice
from desk_app.ui.theme import Theme
from tests.ui.schedule.days import view


def shown_board(qtbot: QtBot, colors: Theme, lines: Sequence[DayPlanLine], now: datetime) -> Board:
    """With all columns, 900 by 500 pixels."""
    scene = build_scene(view(*lines), ColumnChoice(), now, 20)
    board = Board(Inks(colors), scene, now, 5)
    qtbot.addWidget(board)
    board.resize(900, 500)
    board.show()
    board.show_scene(scene)
    return board
