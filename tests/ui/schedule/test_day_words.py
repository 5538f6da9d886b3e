from __future__ import annotations

from dataclasses import replace
from datetime import date

from desk_app.application.schedule_view import DayView
from desk_app.domain.practice import ResourceKind
from desk_app.ui.screens.schedule.day_scene import build_scene
from desk_app.ui.screens.schedule.day_words import Notice, notice_for, without_columns
from desk_app.ui.screens.schedule.scene import ColumnChoice
from tests.ui.schedule.days import CATALOGUE, at, line, view

SATURDAY = date(2026, 11, 28)
NOW = at("09:00")


def test_a_closed_day_says_so_and_offers_the_next() -> None:
    closed = view(day=SATURDAY, opens="00:00", closes="00:00")
    assert notice_for(closed, NOW) == Notice("No visits on Sat 28 Nov. The practice is closed.", "next_day")


def test_an_open_day_ahead_offers_to_find_a_slot() -> None:
    assert notice_for(view(), NOW) == Notice("No visits on Mon 23 Nov yet.", "find_slot")


def test_an_empty_day_in_the_past_offers_nothing() -> None:
    assert notice_for(view(day=date(2026, 11, 20)), NOW) == Notice("There were no visits on Fri 20 Nov.")


def test_cancelled_visits_leave_a_day_empty_and_others_do_not() -> None:
    assert notice_for(view(line(1, status="cancelled")), NOW) is not None
    assert notice_for(view(line(1)), NOW) is None


ROOMS = frozenset({"R1", "R2", "R3"})


def bare(day: DayView, choice: ColumnChoice) -> Notice | None:
    return without_columns(day, build_scene(day, choice, NOW, 20), choice)


def test_a_board_with_every_column_hidden_offers_to_show_them() -> None:
    assert bare(view(), ColumnChoice(hidden=ROOMS)) == Notice("Every column is hidden.", "show_all")
    assert bare(view(), ColumnChoice()) is None


def test_a_practice_without_rooms_offers_its_clinicians_and_without_both_says_so() -> None:
    clinicians = tuple(each for each in CATALOGUE.resources if each.kind is ResourceKind.CLINICIAN)
    only = replace(view(), catalogue=replace(CATALOGUE, resources=clinicians))
    assert bare(only, ColumnChoice()) == Notice("This practice has no rooms yet.", "by_clinicians")
    none = bare(replace(view(), catalogue=replace(CATALOGUE, resources=())), ColumnChoice())
    assert none is not None
    assert none.step == ""
