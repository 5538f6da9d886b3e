from __future__ import annotations

import pytest

from desk_app.domain.levels import shown_levels, typed_levels


@pytest.mark.parametrize(
    ("typed", "count", "names"),
    [
        ("2", 2, ""),
        ("2 levels", 2, ""),
        ("1 level", 1, ""),
        ("3x", 3, ""),
        ("0", 1, ""),
        ("", 1, ""),
        ("t12 l1", 2, "T12 L1"),
        ("T11,T12, L1", 3, "T11 T12 L1"),
        ("L4-5", 1, "L4-5"),
        ("right hip", 1, "right hip"),
    ],
)
def test_levels_are_read_as_somebody_at_the_desk_types_them(typed: str, count: int, names: str) -> None:
    assert typed_levels(typed) == (count, names)


def test_a_field_shows_the_names_where_they_are_known() -> None:
    assert (shown_levels(2, "T12 L1"), shown_levels(2, "")) == ("T12 L1", "2")
