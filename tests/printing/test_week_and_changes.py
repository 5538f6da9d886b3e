"""The week at one look, and the slip that sets right what was printed: of a real desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import moving, practice, visit_status
from desk_app.domain.statuses import AppointmentStatus, CancelReason
from desk_app.printing.content.changes import OutdatedDay, outdated_days
from desk_app.printing.content.setup import SheetSetup
from desk_app.printing.content.sheet import Row, SheetContent, Style
from desk_app.printing.sheets import day_sheet, record_sheet
from tests.helpers.small_practice import CATALOGUE, StandingClock, at
from tests.printing.days import texts
from tests.printing.test_sheet_of_a_desk import rows, visit

DAY, MONDAY = date(2026, 11, 25), date(2026, 11, 23)


@pytest.fixture
def desk(sqlite_address: str, clock: StandingClock) -> Iterator[Desk]:
    from desk_app.bootstrap.graph import build_desk

    made = build_desk(sqlite_address, "A. Reyes", clock)
    practice.load(made, CATALOGUE)
    yield made
    made.close()


def printed(desk: Desk, kind: str, profile: str = "desk", setup: SheetSetup | None = None) -> SheetContent:
    content = day_sheet(desk, DAY, kind, profile, setup)
    record_sheet(desk, DAY, kind, profile, content, "pdf")
    return content


def cell(content: SheetContent, caption: str) -> list[str]:
    """A day's lines in the first room."""
    place = next(n for n, column in enumerate(content.columns) if column.caption.startswith(caption))
    return [line.text for row in content.sections[0].rows for line in row.cells[place]]


def changed(content: SheetContent) -> dict[str, str]:
    return {family: row.mark for family, row in rows(content).items()}


def only_row(content: SheetContent) -> Row:
    (row,) = [row for section in content.sections for row in section.rows]
    return row


def test_the_week_names_every_visit_under_its_room_and_day(desk: Desk) -> None:
    visit(desk, "2026-11-25T09:00", "Ortiz")
    visit(desk, "2026-11-27T10:00", "Lee", "KYPHO", hold=at("2026-11-26T08:00"))
    content = day_sheet(desk, DAY, "week", "desk")
    assert content.title == "Week of Monday 23 November 2026"
    assert content.landscape
    assert [column.caption for column in content.columns][2:] == ["Wed 25 Nov · 1", "Thu 26 Nov · 0", "Fri 27 Nov · 1"]
    assert cell(content, "Wed") == ["09:00 Ortiz, M. · JOINT"]
    assert cell(content, "Fri") == ["10:10 Lee, M. · KYPHO · held"]
    assert cell(content, "Thu") == ["–"]
    assert content.facts == ("2 visits",)


def test_a_wall_sees_the_weeks_initials_and_no_procedure(desk: Desk) -> None:
    visit(desk, "2026-11-25T09:00", "Ortiz")
    assert cell(day_sheet(desk, DAY, "week", "wall"), "Wed") == ["09:00 MO"]
    hidden = SheetSetup(hidden=frozenset({"procedure"}))
    assert cell(day_sheet(desk, DAY, "week", "desk", hidden), "Wed") == ["09:00 Ortiz, M."]


def test_a_week_is_one_sheet_whatever_day_it_is_asked_for(desk: Desk) -> None:
    visit(desk, "2026-11-25T09:00", "Ortiz")
    printed(desk, "week")
    assert day_sheet(desk, MONDAY, "week", "desk").version == 2


def test_the_next_weeks_sheet_marks_what_came_moved_and_went(desk: Desk) -> None:
    goes = visit(desk, "2026-11-25T10:00", "Goes")
    moves, leaves = visit(desk, "2026-11-25T11:00", "Moves"), visit(desk, "2026-11-25T12:00", "Leaves")
    printed(desk, "week")
    visit_status.cancel(desk, goes, CancelReason.ILL, "", None)
    moving.move(desk, moving.MoveAppointment(moves, at("2026-11-27T09:00")))
    moving.move(desk, moving.MoveAppointment(leaves, at("2026-12-02T09:00")))
    visit(desk, "2026-11-25T15:00", "Comes")
    again = printed(desk, "week")
    assert cell(again, "Wed") == [
        "15:00 Comes, M. · JOINT · new",
        "10:00 Goes, M. · cancelled",
        "12:00 Leaves, M. · to another week",
    ]
    assert cell(again, "Fri") == ["09:00 Moves, M. · JOINT · moved"]
    third = printed(desk, "week")
    assert not [
        line for row in third.sections[0].rows for each in row.cells for line in each if line.style == Style.STRONG
    ]


def test_a_week_of_some_hours_says_so(desk: Desk) -> None:
    visit(desk, "2026-11-25T09:00", "Ortiz")
    content = day_sheet(desk, DAY, "week", "desk", SheetSetup(first=time(12), landscape=True))
    assert content.subtitle.endswith("only from 12:00")
    assert cell(content, "Wed") == ["–"]


def test_the_slip_tells_only_what_changed_and_then_nothing_is_out_of_date(desk: Desk) -> None:
    stays, moves, goes = (
        visit(desk, f"2026-11-25T{hour:02}:00", name) for hour, name in ((8, "Stays"), (9, "Moves"), (10, "Goes"))
    )
    assert outdated_days(desk) == ()
    printed(desk, "rooms")
    assert outdated_days(desk) == ()
    moving.move(desk, moving.MoveAppointment(moves, at("2026-11-25T14:00")))
    visit_status.cancel(desk, goes, CancelReason.ILL, "", None)
    assert outdated_days(desk) == (OutdatedDay(DAY, 2),)
    assert outdated_days(desk)[0].told == "Wed 25 Nov, 2 changes"
    slip = printed(desk, "changes")
    assert changed(slip) == {"MOVES": "moved", "GOES": "cancelled"}
    assert slip.facts == ("2 changes", "since the sheet by room, version 1, Tue 24 Nov 2026 10:00")
    assert [section.aside.split(" · ")[-1] for section in slip.sections] == ["2 changes"]
    assert stays in slip.printed_lines
    assert outdated_days(desk) == ()
    assert printed(desk, "changes").empty == "Nothing has changed since the sheets of this day were printed."


def test_a_slip_after_a_slip_tells_what_came_since_and_a_whole_sheet_still_marks_all(desk: Desk) -> None:
    first, second = visit(desk, "2026-11-25T09:00", "First"), visit(desk, "2026-11-25T10:00", "Second")
    printed(desk, "rooms")
    moving.move(desk, moving.MoveAppointment(first, at("2026-11-25T13:00")))
    printed(desk, "changes")
    moving.move(desk, moving.MoveAppointment(second, at("2026-11-25T14:00")))
    assert changed(printed(desk, "changes")) == {"SECOND": "moved"}
    assert changed(printed(desk, "rooms")) == {"FIRST": "moved", "SECOND": "moved"}


def test_sheets_that_were_printed_at_different_times_are_all_set_right(desk: Desk, clock: StandingClock) -> None:
    first, second = visit(desk, "2026-11-25T09:00", "First"), visit(desk, "2026-11-25T10:00", "Second")
    printed(desk, "rooms")
    moving.move(desk, moving.MoveAppointment(first, at("2026-11-25T13:00")))
    clock.instant = at("2026-11-24T11:00")
    printed(desk, "clinicians")
    visit_status.cancel(desk, second, CancelReason.ILL, "", None)
    slip = day_sheet(desk, DAY, "changes", "desk")
    assert changed(slip) == {"FIRST": "moved", "SECOND": "cancelled"}
    assert len(slip.facts) == 3


def test_what_another_kind_of_paper_says_does_not_make_a_sheet_out_of_date(desk: Desk) -> None:
    number = visit(desk, "2026-11-25T09:00", "Ortiz")
    for kind in ("week", "calls", "changes"):
        printed(desk, kind)
    visit_status.cancel(desk, number, CancelReason.ILL, "", None)
    assert outdated_days(desk) == ()
    empty = day_sheet(desk, DAY, "changes", "desk").empty
    assert empty == "No sheet of this day was printed, so there is nothing to set right."


def test_a_day_that_is_over_and_one_far_ahead_are_nobodys_notice(desk: Desk, clock: StandingClock) -> None:
    number = visit(desk, "2026-11-25T09:00", "Ortiz")
    printed(desk, "rooms")
    visit_status.cancel(desk, number, CancelReason.ILL, "", None)
    clock.instant = at("2026-11-26T09:00")
    assert outdated_days(desk) == ()
    clock.instant = at("2026-11-01T09:00")
    assert outdated_days(desk) == ()


def test_a_confirmation_is_no_change(desk: Desk) -> None:
    number = visit(desk, "2026-11-25T09:00", "Ortiz")
    printed(desk, "rooms")
    visit_status.set_status(desk, number, AppointmentStatus.CONFIRMED)
    assert outdated_days(desk) == ()


def test_a_wall_slip_sees_initials_and_only_what_a_wall_shows(desk: Desk) -> None:
    number = visit(desk, "2026-11-25T09:00", "Ortiz")
    printed(desk, "rooms")
    moving.move(desk, moving.MoveAppointment(number, at("2026-11-25T14:00")))
    slip = day_sheet(desk, DAY, "changes", "wall")
    assert only_row(slip).mark == "moved"
    assert "MO" in texts(slip)
    assert "Joint injection" not in texts(slip)
