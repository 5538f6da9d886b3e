from __future__ import annotations

import pytest

from desk_app.domain.typed_free import FreeDay, typed_free


@pytest.mark.parametrize(
    ("typed", "weekday"),
    [
        ("next free Tuesday", 1),
        ("Next  free tue", 1),
        ("free fri", 4),
        ("first free monday", 0),
        ("free day", None),
        ("next free", None),
    ],
)
def test_a_free_day_is_understood_as_it_is_typed(typed: str, weekday: int | None) -> None:
    assert typed_free(typed) == FreeDay(weekday)


@pytest.mark.parametrize("typed", ["", "freeman", "free t", "free ortiz", "next tuesday", "free s", "carefree"])
def test_what_asks_for_no_free_day_is_left_to_the_other_readers(typed: str) -> None:
    assert typed_free(typed) is None
