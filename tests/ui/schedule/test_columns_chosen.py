from __future__ import annotations

import pytest

from desk_app.ui.screens.schedule.column_menu import first_choice, toggled
from desk_app.ui.screens.schedule.remembered import keep_choice, keep_zoom, recall_choice, recall_zoom
from desk_app.ui.screens.schedule.scene import ColumnChoice
from tests.ui.schedule.days import CATALOGUE
from tests.ui.schedule.fakes import Notebook


def test_at_first_rooms_are_shown_and_of_clinicians_those_who_lead() -> None:
    choice = first_choice(CATALOGUE)
    assert choice.by == "rooms"
    assert choice.hidden == {"NP1"}


def test_hiding_a_room_turns_the_board_to_rooms() -> None:
    choice = toggled(ColumnChoice("clinicians"), "rooms", "R2", False, CATALOGUE)
    assert (choice.by, choice.hidden) == ("rooms", {"R2"})
    assert toggled(choice, "rooms", "R2", True, CATALOGUE).hidden == frozenset()


def test_the_last_column_of_a_kind_cannot_be_hidden() -> None:
    choice = ColumnChoice(hidden=frozenset({"R1", "R2"}))
    assert toggled(choice, "rooms", "R3", False, CATALOGUE) == choice


def test_the_choice_comes_back_next_morning() -> None:
    notebook = Notebook()
    choice = ColumnChoice("clinicians", frozenset({"NP1", "LIN"}), with_cancelled=True)
    keep_choice(notebook, choice)
    assert recall_choice(notebook, CATALOGUE) == choice


def test_what_the_practice_no_longer_has_is_forgotten() -> None:
    notebook = Notebook(**{"schedule/by": "rooms", "schedule/hidden": "R2 R9"})
    assert recall_choice(notebook, CATALOGUE).hidden == {"R2"}


@pytest.mark.parametrize("hidden", ["R1 R2 R3", ""])
def test_a_memory_that_makes_no_sense_gives_the_usual_columns(hidden: str) -> None:
    by = "rooms" if hidden else "nonsense"
    notebook = Notebook(**{"schedule/by": by, "schedule/hidden": hidden})
    assert recall_choice(notebook, CATALOGUE) == first_choice(CATALOGUE)


@pytest.mark.parametrize(("kept", "zoom"), [("28", 28), ("500", 40), ("", 20), ("wide", 20)])
def test_the_zoom_comes_back_within_its_bounds(kept: str, zoom: int) -> None:
    assert recall_zoom(Notebook(**{"schedule/zoom": kept})) == zoom


def test_the_zoom_is_kept() -> None:
    notebook = Notebook()
    keep_zoom(notebook, 32)
    assert recall_zoom(notebook) == 32
