"""How much of what blocks keep was used, by whom, and what was given up; on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from desk_app.application.desk import Desk
from desk_app.application.reports.report import Period, Report
from desk_app.application.use_cases import blocks, practice, reporting
from desk_app.application.use_cases.report_blocks import left
from desk_app.domain.practice import Blockout, Session
from tests.application.steps import book
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, FIRST, at

WEEKS = Period(date(2026, 11, 23), date(2026, 12, 6))
ROOM = (
    Session("R1", "FREQ=WEEKLY;BYDAY=WE", FIRST, time(8), time(12), ("KYPHO",), 2),
    Session("R1", "FREQ=WEEKLY;BYDAY=WE", FIRST, time(12), time(17)),
    Session("R1", "FREQ=WEEKLY;BYDAY=MO,TU,TH,FR", FIRST, time(8), time(17)),
)
BLOCKED = replace(
    CATALOGUE,
    sessions=(*ROOM, *(each for each in CATALOGUE.sessions if each.resource != "R1")),
    blockouts=(Blockout("R1", at("2026-12-02T08:00"), at("2026-12-02T09:00"), "cleaning"),),
)


@pytest.fixture
def theatre(desks: Desks) -> Desk:
    """Room 1 is kept for kyphoplasties on Wednesday mornings until two days before; a day off at nine on 2 December."""
    desk = desks()
    practice.load(desk, BLOCKED)
    return desk


def made(desk: Desk, period: Period = WEEKS) -> Report:
    return reporting.make(desk, "blocks", period)


def test_a_block_is_used_by_its_own_and_by_others_once_it_is_released(theatre: Desk) -> None:
    own = book(theatre, "2026-11-25T09:00", "KYPHO", override_reason="approved by phone")
    other = book(theatre, "2026-11-25T11:00")
    book(theatre, "2026-11-25T13:00")
    (row,) = made(theatre).rows
    name, days, given_up, kept, used, others, share, others_share = row.cells
    assert (name, days, given_up, kept) == ("Room 1: Kyphoplasty", 2, 0, 4 + 3)
    assert (used, others) == (pytest.approx(65 / 60), pytest.approx(15 / 60))
    assert (share, others_share) == (pytest.approx(65 / 420), pytest.approx(15 / 420))
    assert set(row.records) == {own.id, other.id}
    figure = made(theatre).figure
    assert figure is not None
    assert (figure.value, figure.more) == (pytest.approx(65 / 420), "0 h by others")
    assert {line.number for line in reporting.behind(theatre, row)} == {own.id, other.id}


def test_a_day_given_up_by_hand_is_told_and_still_was_kept(theatre: Desk) -> None:
    session = next(each for each in theatre.catalogue().sessions if each.reserved_for)
    blocks.release(theatre, session.id, date(2026, 12, 2))
    (row,) = made(theatre).rows
    assert row.cells[1:4] == (2, 1, 7)


def test_a_week_in_which_the_clock_changes_keeps_the_same_hours(theatre: Desk) -> None:
    for first in (date(2026, 10, 26), date(2026, 3, 2)):
        (row,) = made(theatre, Period(first, date.fromordinal(first.toordinal() + 13))).rows
        assert row.cells[1:4] == (2, 0, 8)


def test_without_any_block_there_is_nothing_to_tell(desk: Desk) -> None:
    report = made(desk)
    assert (report.rows, report.chart) == ((), None)
    assert report.figure is not None
    assert report.figure.value is None


def test_what_remains_of_a_stretch_is_what_nothing_shuts() -> None:
    assert left((0, 10), []) == [(0, 10)]
    assert left((0, 10), [(4, 6), (2, 5)]) == [(0, 2), (6, 10)]
    assert left((0, 10), [(-5, 3), (8, 20)]) == [(3, 8)]
    assert left((0, 10), [(0, 10)]) == []
    assert left((0, 10), [(12, 20)]) == [(0, 10)]
