"""Saved views: one person's own, by name and key, on both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desk_app.application.desk import Desk
from desk_app.application.outcome import Record
from desk_app.application.use_cases.saved_views import (
    KEYS,
    key_of,
    remove_view,
    rename_view,
    save_view,
    saved_views,
)
from desk_app.application.use_cases.undo import undo
from desk_app.domain.faults import RuleViolation


def picture(desk: Desk) -> list[str]:
    return [f"{key_of(line.position)} {line.name} {line.settings_text}".strip() for line in saved_views(desk)]


def test_views_get_the_function_keys_one_after_the_other(desk: Desk) -> None:
    save_view(desk, "Mornings", "{1}")
    outcome = save_view(desk, "  Room   1 ", "{2}")
    assert picture(desk) == ["F2 Mornings {1}", "F3 Room 1 {2}"]
    assert outcome.changes.touches(Record.SAVED_VIEW)


def test_a_view_saved_under_a_known_name_replaces_it_and_keeps_its_key(desk: Desk) -> None:
    save_view(desk, "Mornings", "{1}")
    save_view(desk, "Room 1", "{2}")
    save_view(desk, "mornings", "{3}")
    assert picture(desk) == ["F2 mornings {3}", "F3 Room 1 {2}"]


def test_a_removed_view_frees_its_key_and_comes_back_by_undo(desk: Desk) -> None:
    first = save_view(desk, "Mornings", "{1}").value[0].view_id
    save_view(desk, "Room 1", "{2}")
    remove_view(desk, first)
    assert picture(desk) == ["F3 Room 1 {2}"]
    undo(desk)
    assert picture(desk) == ["F2 Mornings {1}", "F3 Room 1 {2}"]
    remove_view(desk, first)
    save_view(desk, "Beds", "{3}")
    assert picture(desk) == ["F2 Beds {3}", "F3 Room 1 {2}"]
    assert remove_view(desk, first).undo_step is None


def test_the_eleventh_view_has_no_key(desk: Desk) -> None:
    for number in range(len(KEYS) + 1):
        save_view(desk, f"View {number}", "{}")
    assert [key_of(line.position) for line in saved_views(desk)] == [*KEYS, ""]


def test_a_view_is_renamed_but_not_to_another_ones_name(desk: Desk) -> None:
    first = save_view(desk, "Mornings", "{1}").value[0].view_id
    save_view(desk, "Room 1", "{2}")
    rename_view(desk, first, "Early")
    assert picture(desk) == ["F2 Early {1}", "F3 Room 1 {2}"]
    with pytest.raises(RuleViolation) as refused:
        rename_view(desk, first, "ROOM 1")
    assert refused.value.code == "view_name_taken"
    assert picture(desk) == ["F2 Early {1}", "F3 Room 1 {2}"]


@pytest.mark.parametrize("name", ["", "  "])
def test_a_view_needs_a_name(desk: Desk, name: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        save_view(desk, name, "{}")
    assert refused.value.code == "view_name"
    assert picture(desk) == []


def test_everybody_has_views_of_their_own(desk: Desk, desks: Callable[[], Desk]) -> None:
    other = desks()
    save_view(desk, "Mornings", "{1}")
    save_view(other, "Mine", "{2}")
    assert (picture(desk), picture(other)) == (["F2 Mornings {1}"], ["F2 Mine {2}"])
