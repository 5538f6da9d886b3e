"""When somebody can be reached, from their own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.call_windows import DAY, window_of
from tests.helpers.small_practice import ZONE, at

WEEKDAYS = frozenset(range(5))
ALL = frozenset(range(7))
NOON, FIVE = 12 * 60, 17 * 60


@pytest.mark.parametrize(
    ("words", "days", "stretches"),
    [
        ("mornings", ALL, ((0, NOON),)),
        ("Best in the morning, please", ALL, ((0, NOON),)),
        ("afternoon or evening", ALL, ((NOON, FIVE), (FIVE, 21 * 60))),
        ("after 3 pm", ALL, ((15 * 60, DAY),)),
        ("after 3pm", ALL, ((15 * 60, DAY),)),
        ("after 3 p.m.", ALL, ((15 * 60, DAY),)),
        ("before 10:30", ALL, ((0, 10 * 60 + 30),)),
        ("before noon", ALL, ((0, NOON),)),
        ("between 9 and 11 am", ALL, ((9 * 60, 11 * 60),)),
        ("from 9 am to 1 pm", ALL, ((9 * 60, 13 * 60),)),
        ("8:30-10:00", ALL, ((8 * 60 + 30, 10 * 60),)),
        ("Mondays after 3 pm", frozenset({0}), ((15 * 60, DAY),)),
        ("mornings Tue and Thu", frozenset({1, 3}), ((0, NOON),)),
        ("Mon-Wed mornings", frozenset({0, 1, 2}), ((0, NOON),)),
        ("weekdays", WEEKDAYS, ((0, DAY),)),
        ("any time", ALL, ((0, DAY),)),
    ],
)
def test_plain_words_are_understood(words: str, days: frozenset[int], stretches: tuple[tuple[int, int], ...]) -> None:
    assert window_of(words) == (days, stretches)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "after work",
        "after 3",
        "3:30",
        "not Fridays",
        "mornings, but not Monday",
        "when the kids are at school",
        "between 11 and 9",
        "after",
        "lunch",
        "13 pm",
        "after 25:00",
        "before 3:30",
        "-",
    ],
)
def test_words_that_leave_a_doubt_are_not_guessed_at(words: str) -> None:
    assert window_of(words) is None


@given(st.text(max_size=60))
def test_no_words_make_it_fail_and_every_stretch_is_one(words: str) -> None:
    window = window_of(words)
    if window is not None:
        assert window.weekdays <= ALL
        assert all(0 <= start < end <= DAY for start, end in window.stretches)


def test_a_window_is_open_by_the_wall_clock_of_the_practice() -> None:
    window = window_of("Tuesdays after 3 pm")
    assert window is not None
    assert window.is_open(at("2026-11-24T15:00"), ZONE)
    assert not window.is_open(at("2026-11-24T14:59"), ZONE)
    assert not window.is_open(at("2026-11-25T16:00"), ZONE)
