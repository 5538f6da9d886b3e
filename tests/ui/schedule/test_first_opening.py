"""Where a day is first looked at: now, or the first opening, whatever lies before it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from desk_app.ui.screens.schedule.board import Board
from desk_app.ui.screens.schedule.column_facts import first_opening
from desk_app.ui.screens.schedule.day_scene import build_scene
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.scene import ColumnChoice
from desk_app.ui.screens.schedule.time_axis import DEFAULT_ZOOM
from tests.ui.schedule.days import MONDAY, at, line, view

EARLY = view(line(1, start=at("05:00")), opens="09:00")
"""Somebody at five in the morning, although the rooms open at nine."""


def test_the_first_opening_is_when_the_first_room_opens() -> None:
    scene = build_scene(EARLY, ColumnChoice(), at("12:00"), DEFAULT_ZOOM)
    assert (scene.axis.first, first_opening(scene)) == (5 * 60, 9 * 60)
    shut = build_scene(view(opens="17:00"), ColumnChoice(), at("12:00"), DEFAULT_ZOOM)
    assert first_opening(shut) == shut.axis.first


@pytest.mark.parametrize(
    ("now", "top"),
    [
        (at("07:00"), 8 * 60 + 45),
        (at("12:00"), 10 * 60 + 45),
        (at("12:00", MONDAY + timedelta(days=3)), 8 * 60 + 45),
    ],
)
def test_before_opening_and_on_another_day_the_board_begins_there(
    qtbot: QtBot, inks: Inks, now: object, top: int
) -> None:
    scene = build_scene(EARLY, ColumnChoice(), now, DEFAULT_ZOOM)  # type: ignore[arg-type]
    board = Board(inks, scene, now, 5)  # type: ignore[arg-type]
    qtbot.addWidget(board)
    board.resize(900, 300)
    board.show()
    board.show_scene(scene)
    assert board.verticalScrollBar().value() == scene.axis.y_of(top)
