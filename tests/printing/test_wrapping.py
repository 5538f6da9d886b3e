"""How a paragraph wraps: nothing is lost, nothing is too wide, nothing is torn that belongs together."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from desk_app.printing.content.plain import plain, together
from desk_app.printing.content.sheet import Style
from desk_app.printing.pages.letters import ELLIPSIS, shortened, wrap
from tests.printing.letters import EvenLetters

LETTERS = EvenLetters()
NARROW = 80.0
"""Room for thirteen letters."""


def lines(text: str, most: int = 500) -> list[str]:
    return wrap(text, Style.BODY, NARROW, LETTERS, most)


@given(st.text(max_size=200))
def test_no_letter_is_lost_and_no_line_is_too_wide(text: str) -> None:
    text = plain(text)
    made = lines(text)
    assert "".join(made).replace(" ", "") == text.replace(" ", "")
    assert all(LETTERS.width(line, Style.BODY) <= NARROW for line in made)


def test_lines_break_at_spaces_and_behind_hyphens_of_names() -> None:
    assert lines("second block; pain diary") == ["second block;", "pain diary"]
    assert lines("WESTHUIZEN-FEATHER, Anne") == ["WESTHUIZEN-", "FEATHER, Anne"]


def test_a_phone_number_is_never_broken() -> None:
    assert lines("Keiko Nakam. 555-0148") == ["Keiko Nakam.", "555-0148"]


def test_levels_stay_together() -> None:
    assert lines(f"Epidural {together('L4 L5 S1')}") == ["Epidural", "L4 L5 S1"]


def test_a_letter_keeps_its_marks() -> None:
    text = "x\u0323\u0308" * 40
    assert all(not unicodedata.combining(line[0]) for line in lines(text))


def test_a_paragraph_that_has_no_end_ends_in_an_ellipsis() -> None:
    made = lines("word " * 400, most=5)
    assert len(made) == 5
    assert made[-1].endswith(ELLIPSIS)
    assert LETTERS.width(made[-1], Style.BODY) <= NARROW


def test_a_heading_that_is_too_long_is_cut_with_an_ellipsis() -> None:
    assert shortened("Room 1", Style.BODY, NARROW, LETTERS) == "Room 1"
    assert shortened("A very long heading", Style.BODY, NARROW, LETTERS) == "A very long " + ELLIPSIS


def test_a_text_stands_on_one_line_and_turns_nobody_round() -> None:
    assert plain(" Ortiz\n\tMaria\u202e \x00") == "Ortiz Maria"
    assert plain("Nu\u0301n\u0303ez") == "Núñez"
