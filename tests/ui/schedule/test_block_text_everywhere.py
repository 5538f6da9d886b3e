"""No letter of a block is ever cut, whatever its size, its name's script and what is amiss with it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.ui.screens.schedule.block_text import (
    CHIP_GAP,
    CHIP_ICON,
    CHIP_PAD,
    ICON,
    LEFT,
    RIGHT,
    Face,
    Piece,
    lay_out,
)
from desk_app.ui.screens.schedule.visit_words import Chip, Words

LETTER = 7
CHIPS = (
    Chip("auth-wait", "no authorization"),
    Chip("late", "lapses 10:45"),
    Chip("warning", "no escort"),
    Chip("thinner", "thinner not told"),
    Chip("phone", "not confirmed"),
)
NAMES = ("Li", "Ortiz", "Castellanos", "Wolfeschlegelsteinhausen", "حداد", "כהן־לוי", "Ó Súilleabháin", "王", "")
WORDS = Words(
    time="09:49",
    family="Ortiz",
    given="Marisol",
    procedure="Kyphoplasty T12 L1 left",
    procedure_code="KYPHO",
    sedation="MAC",
    status="held to Fri 4 Dec",
    status_icon="held",
    loud=True,
    flags=("auth", "escort", "thinner", "allergy", "pacemaker", "interpreter"),
)


class Letters:
    """Every letter is seven pixels wide."""

    def __init__(self, line: int) -> None:
        self.line = line

    def width(self, text: str, face: Face) -> int:
        return len(text) * LETTER


def width_of(piece: Piece) -> int:
    if piece.face is Face.ICON:
        return ICON
    if piece.chip is not None:
        return 2 * CHIP_PAD + CHIP_ICON + CHIP_GAP + len(piece.text) * LETTER if piece.text else ICON
    return len(piece.text) * LETTER


some_words = st.builds(
    lambda family, given, chips, stays, overridden, loud: replace(
        WORDS, family=family, given=given, chips=chips, stays=stays, overridden=overridden, loud=loud
    ),
    st.sampled_from(NAMES),
    st.sampled_from(["Marisol", "يوسف", ""]),
    st.lists(st.sampled_from(CHIPS), unique=True, max_size=4).map(tuple),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@given(some_words, st.integers(8, 420), st.integers(0, 260), st.sampled_from([13, 16, 20, 26]))
def test_every_piece_is_whole_and_inside_at_any_width_and_height(
    words: Words, width: int, height: int, line: int
) -> None:
    pieces = lay_out(words, width, height, Letters(line))
    for piece in pieces:
        assert piece.x >= min(LEFT, width)
        assert piece.x + width_of(piece) <= width - RIGHT
        assert piece.y >= min(0, (height - 1 - line) // 2)
        assert piece.y + line <= max(height, line + 3)
    for one in pieces:
        for other in pieces:
            if one is not other and one.y == other.y and one.x <= other.x:
                assert one.x + width_of(one) <= other.x


@given(some_words, st.integers(160, 420), st.integers(12, 260))
def test_the_beginning_of_the_name_is_always_there_and_what_is_cut_says_so(
    words: Words, width: int, height: int
) -> None:
    texts = [piece.text for piece in lay_out(words, width, height, Letters(16)) if piece.face is Face.NAME]
    whole = (words.name, words.short_name, words.family)
    assert [text in whole or (text.endswith("…") and words.family.startswith(text[:-1])) for text in texts] == [True]


@pytest.mark.parametrize("family", ["Ortiz", "حداد", "כהן"])
@pytest.mark.parametrize("height", [12, 15, 24])
def test_half_an_hour_at_the_smallest_zoom_says_who_and_when(family: str, height: int) -> None:
    """Twelve pixels a quarter of an hour: the body between setup and turnover has one row, or the time alone."""
    pieces = lay_out(replace(WORDS, family=family, chips=CHIPS[:2], overridden=True), 190, height, Letters(16))
    texts = [piece.text for piece in pieces]
    assert texts[0] == "09:49"
    assert texts[1].startswith(family)
    assert [piece.chip.icon for piece in pieces if piece.chip is not None] == ["auth-wait"]


def test_an_overridden_visit_has_its_sign_before_the_status() -> None:
    overridden = replace(WORDS, overridden=True, family="Li", given="")
    icons = [[piece.text for piece in lay_out(overridden, 260, height, Letters(16)) if piece.face is Face.ICON]
             for height in (20, 40, 60)]  # fmt: skip
    assert icons == [["warning", "held"], ["held", "warning"], ["warning", "held"]]


def test_a_high_block_shows_two_things_amiss() -> None:
    words = replace(WORDS, status="Booked", status_icon="booked", loud=False, chips=CHIPS[2:5])
    chips = [piece.text for piece in lay_out(words, 280, 90, Letters(16)) if piece.chip is not None]
    assert chips == ["no escort", "thinner not told"] or chips == ["thinner not told", "no escort"]


def test_a_quiet_status_is_told_by_its_icon_where_a_chip_needs_its_word_and_the_procedure_stays() -> None:
    words = replace(WORDS, status="Booked", status_icon="booked", loud=False, chips=(CHIPS[3],))
    pieces = lay_out(words, 190, 60, Letters(16))
    by_row = {y: [piece.text for piece in pieces if piece.y == y] for y in sorted({piece.y for piece in pieces})}
    assert list(by_row.values())[1:] == [["Kyphoplasty T12 L1 left"], ["thinner not told", "booked"]]
