"""What has changed since the last printed version."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk_app.application.day_plan import DayPlanLine
from desk_app.printing.content.sheet import Row
from tests.helpers.small_practice import at
from tests.printing.days import facts, line, sheet


def marks(before: DayPlanLine, now: DayPlanLine, profile: str = "desk") -> str:
    (row,) = rows(before, now, profile=profile)
    return row.mark


def rows(before: DayPlanLine, *now: DayPlanLine, profile: str = "desk") -> list[Row]:
    content = sheet(facts(now, last=facts([before]).lines), profile)
    return [row for section in content.sections for row in section.rows]


def test_a_first_version_marks_nothing_and_later_ones_say_what_they_compare_with() -> None:
    first = sheet(facts([line(1)]))
    assert (first.version, first.changes_told, first.sections[0].rows[0].mark) == (1, "", "")
    second = sheet(facts([line(1)], last=first.printed_lines))
    assert (second.version, second.changes_told) == (2, "version 2, marks what changed since version 1")
    assert second.sections[0].rows[0].mark == ""


def test_a_visit_that_was_not_there_is_new() -> None:
    assert [row.mark for row in rows(line(1), line(1), line(2, 600))] == ["", "new"]


@pytest.mark.parametrize("now", [line(1, 540), line(1, 480, "R2")])
def test_another_time_or_room_is_moved(now: DayPlanLine) -> None:
    assert marks(line(1), now) == "moved"


@pytest.mark.parametrize(
    "changed", [{"escort": "Ray W."}, {"note": "walker"}, {"level_names": "L1"}, {"bed": "N1"}, {"family": "Smith"}]
)
def test_another_word_of_the_care_is_changed_for_desk_and_clinic_but_not_on_the_wall(changed: dict[str, str]) -> None:
    now = line(1, **changed)  # type: ignore[arg-type]
    assert [marks(line(1), now, profile) for profile in ("desk", "clinical", "wall")] == ["changed", "changed", ""]


def test_a_payers_decision_is_marked_for_the_desk_alone() -> None:
    now = line(1, authorization="denied")
    assert [marks(line(1), now, profile) for profile in ("desk", "clinical", "wall")] == ["changed", "", ""]


@pytest.mark.parametrize("status", ["booked", "arrived", "in_procedure", "discharged"])
def test_that_the_day_goes_on_is_no_change(status: str) -> None:
    assert marks(line(1), line(1, status=status, status_since=at("2026-11-23T08:20"))) == ""


def test_who_left_since_stands_where_they_stood_struck_and_says_why() -> None:
    before = facts([line(1, 480), line(2, 600)])
    cancelled = replace(before.visits[0], status="cancelled")
    day = facts([line(2, 600)], last=before.lines, gone=(cancelled,))
    first, second = sheet(day).sections[0].rows
    assert (first.mark, first.to_tick, first.cells[0][0].text) == ("cancelled", False, "08:10")
    assert first.cells[-1][0].text == "cancelled"
    assert second.mark == ""
    assert 1 not in sheet(day).printed_lines


def test_who_went_to_another_day_is_moved_and_says_where_to() -> None:
    before = facts([line(1)])
    there = at("2026-11-24T09:00")
    moved = replace(before.visits[0], start=there, phases=())
    (row,) = sheet(facts([], last=before.lines, gone=(moved,))).sections[0].rows
    assert (row.mark, row.cells[-1][0].text) == ("moved", "now Tue 24 Nov 09:00")


def test_a_hold_that_lapsed_is_as_good_as_cancelled() -> None:
    before = facts([line(1)])
    lapsed = replace(before.visits[0], status="held")
    (row,) = sheet(facts([], last=before.lines, gone=(lapsed,))).sections[0].rows
    assert (row.mark, row.cells[-1][0].text) == ("cancelled", "the hold has lapsed")


def test_a_line_kept_in_an_older_form_is_compared_as_far_as_it_goes() -> None:
    content = sheet(facts([line(1)], last={1: "08:10\t08:00\tR1"}))
    assert content.sections[0].rows[0].mark == "changed"
