from __future__ import annotations

import pytest

from desk_app.domain.levels import Region, regions_of, shown_levels, shown_place, typed_levels, typed_place


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


@pytest.mark.parametrize(
    ("names", "regions"),
    [
        ("L4-5", {Region.LUMBOSACRAL}),
        ("l5/s1", {Region.LUMBOSACRAL}),
        ("S1", {Region.LUMBOSACRAL}),
        ("caudal", {Region.LUMBOSACRAL}),
        ("C6 C7", {Region.CERVICOTHORACIC}),
        ("C7-T1", {Region.CERVICOTHORACIC}),
        ("T12-L1", {Region.CERVICOTHORACIC}),
        ("T12 L1", {Region.CERVICOTHORACIC, Region.LUMBOSACRAL}),
        ("lumbar", {Region.LUMBOSACRAL}),
        ("thoracic", {Region.CERVICOTHORACIC}),
        ("right knee", set()),
        ("", set()),
    ],
)
def test_levels_tell_the_region_of_the_spine(names: str, regions: set[Region]) -> None:
    assert regions_of(names) == regions


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", (1, "", "")),
        ("2", (2, "", "")),
        ("L4-5 R", (1, "L4-5", "R")),
        ("left", (1, "", "L")),
        ("both L4 L5", (2, "L4 L5", "both")),
        ("knee r", (1, "knee", "R")),
    ],
)
def test_levels_and_side_are_typed_into_one_field(text: str, place: tuple[int, str, str]) -> None:
    assert typed_place(text) == place
    assert typed_place(shown_place(*place)) == place
