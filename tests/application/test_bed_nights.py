"""Bed nights: who had which bed, planned or not, what stood empty and what was kept; on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from desk_app.application.desk import Desk
from desk_app.application.outcome import Record
from desk_app.application.reports.report import ChartKind, Period, Report
from desk_app.application.use_cases import practice, reporting
from desk_app.application.use_cases.places import StayTonight, stay_tonight
from desk_app.application.use_cases.visit_status import cancel
from desk_app.domain.practice import Blockout, BlockoutKind, Resource, ResourceKind, Session, Stay
from desk_app.domain.statuses import CancelReason
from tests.application.steps import book
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, FIRST, KYPHO, StandingClock, at

WEEK = Period(date(2026, 11, 23), date(2026, 11, 29))
PLANNED = replace(KYPHO, code="KYPHO2", name="Kyphoplasty, overnight", overnight=Stay.PLANNED)
TWO_BEDS = replace(
    CATALOGUE,
    settings=replace(CATALOGUE.settings, overflow_risk=0.01),
    resources=(*CATALOGUE.resources, Resource("N2", ResourceKind.OVERNIGHT_BED, "Bed 2")),
    sessions=(*CATALOGUE.sessions, Session("N2", "FREQ=DAILY", FIRST, time(9), time(9))),
    procedures=(*CATALOGUE.procedures, PLANNED),
)


@pytest.fixture
def ward(desks: Desks) -> Desk:
    """Bed 1 is staffed from Monday to Friday, Bed 2 every night, but for the Wednesday on which it is shut."""
    blocked = Blockout("N2", at("2026-11-25T12:00"), at("2026-11-26T12:00"), "new mattress", BlockoutKind.SERVICE)
    desk = desks()
    practice.load(desk, replace(TWO_BEDS, blockouts=(blocked,)))
    return desk


def a_stay(desk: Desk, start: str, procedure: str = "KYPHO2", **more: object) -> int:
    return book(desk, start, procedure, override_reason="approved by phone", **more).id


def made(desk: Desk, period: Period = WEEK) -> Report:
    return reporting.make(desk, "bed_nights", period)


def test_nights_are_told_by_bed_planned_and_unplanned_with_what_stood_empty(ward: Desk, clock: StandingClock) -> None:
    planned = a_stay(ward, "2026-11-25T09:00")
    may = a_stay(ward, "2026-11-27T09:00", "KYPHO")
    before = made(ward).rows[0]
    assert before.cells[:4] == ("All beds", 1, 1, 0)
    clock.instant = at("2026-11-27T08:30")
    stay_tonight(ward, StayTonight(may, "N2"))
    report = made(ward)
    assert [row.cells for row in report.rows] == [
        ("All beds", 2, 1, 1, 11, 9, 1, pytest.approx(2 / 11)),
        ("Bed 1", 1, 1, 0, 5, 4, None, pytest.approx(1 / 5)),
        ("Bed 2", 1, 0, 1, 6, 5, None, pytest.approx(1 / 6)),
    ]
    assert [(row.records, row.record) for row in report.rows[1:]] == [
        ((planned,), Record.APPOINTMENT), ((may,), Record.APPOINTMENT),
    ]  # fmt: skip
    figure = report.figure
    assert figure is not None
    assert (figure.value, figure.of, figure.more) == (2, 11, "1 unplanned, 1 kept")
    assert [line.number for line in reporting.behind(ward, figure.behind)] == [planned, may]


def test_the_map_is_of_staffed_nights_by_weekday_and_a_single_night_is_told_by_bed(ward: Desk) -> None:
    a_stay(ward, "2026-11-25T09:00")
    chart = made(ward).chart
    assert chart is not None
    assert chart.kind is ChartKind.HEAT
    assert chart.series == {"Bed 1": (0, 0, 1, 0, 0, None, None), "Bed 2": (0, 0, None, 0, 0, 0, 0)}
    night = made(ward, Period(date(2026, 11, 25), date(2026, 11, 25)))
    assert [row.cells[:6] for row in night.rows] == [
        ("All beds", 1, 1, 0, 1, 0), ("Bed 1", 1, 1, 0, 1, 0),
    ]  # fmt: skip
    assert night.chart is not None
    assert night.chart.kind is ChartKind.BAR


def test_whoever_was_cancelled_took_no_bed_and_none_was_kept_for_them(ward: Desk) -> None:
    gone, maybe = a_stay(ward, "2026-11-25T09:00"), a_stay(ward, "2026-11-26T09:00", "KYPHO")
    for visit in (gone, maybe):
        cancel(ward, visit, CancelReason.ILL)
    assert made(ward).rows[0].cells[:7] == ("All beds", 0, 0, 0, 11, 11, 0)


@pytest.mark.parametrize("change", [date(2026, 10, 31), date(2027, 3, 13)])
def test_a_night_in_which_the_clock_changes_is_one_night(ward: Desk, change: date) -> None:
    """From the Saturday to the Sunday; the stay is booked on the Friday and on the Monday after."""
    if change > ward.today():
        for day in (change - timedelta(days=1), change + timedelta(days=2)):
            a_stay(ward, f"{day.isoformat()}T09:00")
    period = Period(change - timedelta(days=1), change + timedelta(days=2))
    taken = 2 if change > ward.today() else 0
    assert made(ward, period).rows[0].cells[:6] == ("All beds", taken, taken, 0, 6, 6 - taken)


def test_a_year_over_both_changes_has_every_night_once(ward: Desk) -> None:
    year = Period(date(2026, 1, 5), date(2027, 1, 3))
    _, taken, *_, staffed, empty, kept, use = made(ward, year).rows[0].cells
    assert (taken, staffed, empty, kept, use) == (0, 52 * 12 - 1, 52 * 12 - 1, 0, 0)


def test_the_last_night_of_a_period_is_staffed_as_in_a_longer_one(ward: Desk) -> None:
    friday, longer = Period(date(2026, 11, 27), date(2026, 11, 27)), Period(date(2026, 11, 27), date(2026, 12, 4))
    assert made(ward, friday).rows[0].cells[4] == 2
    assert made(ward, longer).rows[0].cells[4] == 2 + 2 + 10


def test_a_period_before_the_practice_began_has_no_beds_and_no_figure(ward: Desk) -> None:
    report = made(ward, Period(FIRST - timedelta(days=30), FIRST - timedelta(days=20)))
    assert (report.rows, report.chart) == ((), None)
    assert report.figure is not None
    assert report.figure.value is None
