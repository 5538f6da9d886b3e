"""A saved view goes to text and back; what the practice has no longer, or nobody can read, is left as it is."""

from __future__ import annotations

import json

import pytest

from desk_app.ui.screens.schedule.scene import ColumnChoice
from desk_app.ui.screens.schedule.view_settings import ViewSettings, settings_of
from tests.ui.schedule.days import CATALOGUE

NOW = ColumnChoice("clinicians", frozenset({"NP1"}))


def test_a_view_comes_back_from_its_text() -> None:
    kept = ViewSettings("week", ColumnChoice("rooms", frozenset({"R2", "B1"}), True, True), "ALG", 32, 540)
    assert settings_of(kept.as_text(), CATALOGUE, NOW) == kept


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", '{"by": 3, "hidden": {}, "zoom": "x", "top": -5}'])
def test_what_nobody_can_read_leaves_the_columns_as_they_are(text: str) -> None:
    kept = settings_of(text, CATALOGUE, NOW)
    assert (kept.view, kept.choice, kept.subject, kept.top) == ("day", NOW, "", None)


def test_rooms_that_are_gone_are_forgotten_and_a_view_never_loses_its_last_column() -> None:
    kept = json.loads(ViewSettings(choice=ColumnChoice("rooms", frozenset({"R2"}))).as_text())
    kept |= {"hidden": ["R2", "OLD"], "subject": "OLD", "zoom": 900}
    found = settings_of(json.dumps(kept), CATALOGUE, NOW)
    assert (found.choice.hidden, found.subject, found.zoom) == (frozenset({"R2"}), "", 40)
    kept["hidden"] = ["R1", "R2", "R3"]
    assert settings_of(json.dumps(kept), CATALOGUE, NOW).choice == NOW
