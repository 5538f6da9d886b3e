"""In high contrast a block is told from the ground by its outline, and what is past by a thinner one."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desk_app.ui.theme import CONTRAST, CONTRAST_DARK, LIGHT, Theme
from tests.ui.schedule.boards import shown_board
from tests.ui.schedule.days import Chain, at, line

NOW = at("07:00")
LINES = (
    line(1, start=at("08:00"), chain=Chain("R1", (0, 60, 0, 0), None, None)),
    line(2, start=at("08:00"), chain=Chain("R2", (0, 60, 0, 0), None, None), status="discharged"),
)


def outline_of(qtbot: QtBot, colors: Theme, number: int) -> list[str]:
    """The colours down the right edge of a block: outermost first, three pixels."""
    board = shown_board(qtbot, colors, LINES, NOW)
    box = board._camera().to_view(board.state.layout.of_visit(number)[0].box)
    picture = board.viewport().grab().toImage()
    return [picture.pixelColor(box.right - 1 - inwards, box.y + box.height - 8).name() for inwards in range(3)]


@pytest.mark.parametrize("colors", [CONTRAST, CONTRAST_DARK], ids=lambda each: each.name)
def test_a_coming_visit_has_two_pixels_of_text_colour_and_a_past_one_has_one(
    theme: Theme, qtbot: QtBot, colors: Theme
) -> None:
    text, base = colors.color("text").name(), colors.color("base").name()
    assert outline_of(qtbot, colors, 1) == [text, text, base]
    assert outline_of(qtbot, colors, 2) == [text, base, base]


def test_in_the_usual_look_a_block_has_no_outline(theme: Theme, qtbot: QtBot) -> None:
    assert len(set(outline_of(qtbot, LIGHT, 1))) == 1
