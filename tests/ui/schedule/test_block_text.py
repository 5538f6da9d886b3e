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
    elided,
    fitted_procedure,
    lay_out,
    row_count,
)
from desk_app.ui.screens.schedule.visit_words import Chip, Words

LETTER = 7
LATE = Chip("late", "14 min late")
WORDS = Words(
    time="09:49",
    family="Ortiz",
    given="Marisol",
    procedure="Kyphoplasty T12 L1",
    procedure_code="KYPHO",
    sedation="MAC",
    status="In procedure",
    status_icon="in-procedure",
    loud=True,
    flags=("auth", "escort", "thinner"),
)


class Letters:
    """Every letter is seven pixels wide."""

    line = 16

    def width(self, text: str, face: Face) -> int:
        return len(text) * LETTER


RULER = Letters()


def rows(words: Words, width: int, height: int) -> list[str]:
    """A picture of the block in words: one text a row, icons in brackets, chips in angles, left to right."""
    by_row: dict[int, list[Piece]] = {}
    for piece in lay_out(words, width, height, RULER):
        by_row.setdefault(piece.y, []).append(piece)
    return [" ".join(_shown(piece) for piece in sorted(by_row[y], key=lambda each: each.x)) for y in sorted(by_row)]


def _shown(piece: Piece) -> str:
    return {Face.ICON: f"[{piece.text}]", Face.CHIP: f"<{piece.text}>"}.get(piece.face, piece.text)


@pytest.mark.parametrize(
    ("height", "count"),
    [(5, 0), (11, 0), (12, 1), (23, 1), (24, 1), (35, 1), (36, 2), (55, 2), (56, 3), (73, 3), (74, 4), (200, 4)],
)
def test_the_height_decides_how_many_rows_there_are(height: int, count: int) -> None:
    assert row_count(height, 16) == count


def test_larger_letters_need_higher_blocks() -> None:
    assert row_count(36, 20) == 1
    assert row_count(45, 20) == 2


def test_a_flat_block_says_time_and_name() -> None:
    assert rows(WORDS, 400, 20) == ["09:49 Ortiz, Marisol [in-procedure]"]


def test_from_24_pixels_one_row_names_the_procedure_too() -> None:
    assert rows(WORDS, 400, 24) == ["09:49 Ortiz, Marisol Kyphoplasty T12 L1, MAC [in-procedure]"]


def test_two_rows_show_the_status_by_icon_and_a_live_one_by_word() -> None:
    assert rows(WORDS, 265, 40) == [
        "09:49 Ortiz, Marisol [in-procedure]",
        "Kyphoplasty T12 L1 In procedure",
    ]
    quiet = replace(WORDS, loud=False, status="Confirmed", status_icon="confirmed")
    assert rows(quiet, 280, 40) == ["09:49 Ortiz, Marisol [confirmed]", "Kyphoplasty T12 L1, MAC"]


def test_three_rows_give_the_status_its_own() -> None:
    assert rows(WORDS, 280, 60) == [
        "09:49 Ortiz, Marisol",
        "Kyphoplasty T12 L1, MAC",
        "[in-procedure] In procedure",
    ]


def test_four_rows_show_the_flags_and_the_chip_beside_them() -> None:
    assert rows(replace(WORDS, chips=(LATE,)), 280, 80) == [
        "09:49 Ortiz, Marisol",
        "Kyphoplasty T12 L1, MAC",
        "[in-procedure] In procedure",
        "[auth] [escort] [thinner] <14 min late>",
    ]


def test_a_chip_takes_the_place_of_the_word_where_the_icon_says_it_already() -> None:
    assert rows(replace(WORDS, chips=(LATE,)), 280, 40)[1] == "Kyphoplasty T12 L1 <14 min late>"


def test_the_first_name_shrinks_to_its_initial_before_the_icon_gives_way() -> None:
    assert rows(WORDS, 140, 40)[0] == "09:49 Ortiz, M. [in-procedure]"
    assert rows(WORDS, 125, 40)[0] == "09:49 Ortiz, M."


def test_a_surname_too_wide_for_the_first_row_takes_a_second() -> None:
    assert rows(WORDS, 75, 60)[:2] == ["09:49", "Ortiz"]


def test_the_procedure_loses_its_sedation_then_its_tail_then_all_but_its_code() -> None:
    assert fitted_procedure(WORDS, 7 * 23, RULER) == "Kyphoplasty T12 L1, MAC"
    assert fitted_procedure(WORDS, 7 * 20, RULER) == "Kyphoplasty T12 L1"
    assert fitted_procedure(WORDS, 7 * 12, RULER) == "Kyphoplasty…"
    assert fitted_procedure(WORDS, 7 * 5, RULER) == "KYPHO"
    assert fitted_procedure(WORDS, 7 * 3, RULER) == ""


def test_of_several_procedures_none_is_cut_off_unseen() -> None:
    both = replace(WORDS, procedure="Kyphoplasty T12 + Joint injection R", procedure_code="KYPHO + JOINT", sedation="")
    assert fitted_procedure(both, 7 * 35, RULER) == "Kyphoplasty T12 + Joint injection R"
    assert fitted_procedure(both, 7 * 20, RULER) == "KYPHO + JOINT"
    assert fitted_procedure(both, 7 * 12, RULER) == "Kyphoplasty…"


def test_a_planned_stay_is_marked_by_the_moon() -> None:
    assert rows(replace(WORDS, stays=True), 280, 60)[0] == "09:49 Ortiz, Marisol [moon]"


@given(st.text(max_size=30), st.integers(0, 300))
def test_an_elided_text_fits(text: str, room: int) -> None:
    assert RULER.width(elided(text, room, Face.TEXT, RULER), Face.TEXT) <= room


@given(
    st.integers(160, 300),
    st.integers(12, 120),
    st.sampled_from(["Li", "Ortiz", "Castellanos", "Wolfeschlegelstein"]),
    st.sampled_from([(), (LATE,), (Chip("auth-wait", "no authorization"),)]),
    st.booleans(),
)
def test_nothing_reaches_over_the_rim_or_over_its_neighbour(
    width: int, height: int, family: str, chips: tuple[Chip, ...], stays: bool
) -> None:
    pieces = lay_out(replace(WORDS, family=family, chips=chips, stays=stays), width, height, RULER)
    for piece in pieces:
        assert piece.x >= LEFT
        assert piece.x + _width(piece) <= width - RIGHT
        assert piece.y + RULER.line <= max(height, RULER.line)
    for one in pieces:
        for other in pieces:
            if one.y == other.y and one.x < other.x:
                assert one.x + _width(one) <= other.x


@given(st.integers(160, 300), st.integers(36, 120))
def test_time_surname_and_chip_are_whole_in_every_block_of_two_rows_or_more(width: int, height: int) -> None:
    pieces = lay_out(replace(WORDS, chips=(LATE,)), width, height, RULER)
    texts = [piece.text for piece in pieces]
    assert "09:49" in texts
    assert any(text.startswith("Ortiz") for text in texts)
    assert "14 min late" in texts


def _width(piece: Piece) -> int:
    if piece.face is Face.ICON:
        return ICON
    if piece.face is Face.CHIP:
        assert piece.chip is not None
        words = 2 * CHIP_PAD + CHIP_ICON + CHIP_GAP + len(piece.text) * LETTER
        assert piece.width == (words if piece.text else ICON)
        return piece.width
    return len(piece.text) * LETTER
