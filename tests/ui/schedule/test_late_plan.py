"""Where a late visit was planned stays in sight, also over the box of whoever is in the lane beside."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desk_app.ui.screens.schedule.block_painter import PLAN_BAR
from desk_app.ui.theme import LIGHT, Theme
from tests.ui.schedule.boards import shown_board
from tests.ui.schedule.days import Chain, at, line

NOW = at("09:30")


def chain(minutes: int) -> Chain:
    return Chain("R1", (0, minutes, 0, 0), None, None)


LINES = (
    line(1, start=at("08:00"), chain=chain(60), status="discharged"),
    line(2, start=at("08:30"), chain=chain(30), status="in_procedure", status_since=at("08:30")),
    line(3, start=at("09:00"), chain=chain(60), status="in_procedure", status_since=at("09:00")),
)


def test_how_far_an_end_slipped_is_seen_over_a_later_neighbours_box(theme: Theme, qtbot: QtBot) -> None:
    board = shown_board(qtbot, LIGHT, LINES, NOW)
    (late,), (beside,) = board.state.layout.of_visit(2), board.state.layout.of_visit(3)
    assert late.block.slipped
    assert (late.block.lane, beside.block.lane) == (1, 0)
    box, axis = board._camera().to_view(late.box), board.state.scene.axis
    x = box.x - PLAN_BAR - 2
    y = box.y + axis.y_of(75 + 8 * 60) - axis.y_of(late.block.start)  # 09:15, between plan and now
    assert board._camera().to_view(beside.box).contains(x, y)
    assert board.viewport().grab().toImage().pixelColor(x, y).name() == LIGHT.color("warnedge").name()
