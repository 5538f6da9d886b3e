"""What reports count, from days that are lived through at the desk: on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desk_app.application.desk import Desk
from desk_app.application.outcome import Record
from desk_app.application.report_words import beside_words, period_words
from desk_app.application.reports.report import ChartKind, Period, Report, ReportRow
from desk_app.application.use_cases import reporting, visit_status
from desk_app.domain.faults import RuleViolation, WrongInput
from desk_app.domain.records import Appointment, Callback
from desk_app.domain.statuses import AppointmentStatus as Status
from desk_app.domain.statuses import CancelReason
from desk_app.interop.report_csv import csv_of, safe
from tests.application.steps import a_patient, a_request, approve, book
from tests.helpers.small_practice import StandingClock, at

WEEK = Period(date(2026, 11, 23), date(2026, 11, 29))
STEPS = (Status.ARRIVED, Status.READY, Status.IN_PROCEDURE, Status.IN_RECOVERY, Status.AMBULATING, Status.DISCHARGED)


def lived(desk: Desk, clock: StandingClock, visit: Appointment, late: int = 0, rest: int = 10) -> None:
    """The visit takes place: the procedure begins ``late`` minutes after its time and lasts a quarter of an hour."""
    begin = visit.start + timedelta(minutes=late)
    instants = (begin - timedelta(minutes=20), begin - timedelta(minutes=5), begin)
    instants += tuple(begin + timedelta(minutes=minutes) for minutes in (15, 15 + rest, 25 + rest))
    for instant, status in zip(instants, STEPS, strict=True):
        clock.instant = instant
        visit_status.set_status(desk, visit.id, status)


@pytest.fixture
def week(desk: Desk, clock: StandingClock) -> tuple[Appointment, ...]:
    """Two visits one after another on Wednesday, the first ten minutes late; one missed, one cancelled."""
    asked = a_request(desk, a_patient(desk, "Ortiz"))
    first = book(desk, "2026-11-25T09:00", None, request_id=asked)
    second = book(desk, "2026-11-25T09:40")
    missed, gone = book(desk, "2026-11-25T11:00"), book(desk, "2026-11-25T12:00")
    visit_status.cancel(desk, gone.id, CancelReason.ILL)
    lived(desk, clock, first, late=10)
    lived(desk, clock, second)
    clock.instant = at("2026-11-25T12:00")
    visit_status.set_status(desk, missed.id, Status.NO_SHOW)
    return first, second, missed, gone


def made(desk: Desk, code: str, period: Period = WEEK) -> Report:
    return reporting.make(desk, code, period)


def test_waiting_counts_from_the_requests_coming_in_to_the_visit(desk: Desk, week: tuple[Appointment, ...]) -> None:
    report = made(desk, "waiting")
    assert report.rows[0].cells == ("All visits", 1, pytest.approx(23 / 24), pytest.approx(23 / 24))
    assert (report.rows[0].records, report.rows[0].record) == ((week[0].id,), Record.APPOINTMENT)
    assert [row.cells[0] for row in report.rows] == ["All visits", "No payer", "Large joint injection"]
    assert report.summary == "Half of 1 patients waited 1.0 days or less."


def test_room_time_is_what_visits_took_over_what_was_open(desk: Desk, week: tuple[Appointment, ...]) -> None:
    (row,) = made(desk, "rooms").rows
    name, visits, used, opened, share = row.cells
    assert (name, visits, opened) == ("Room 1", 2, 5 * 9)
    assert used == pytest.approx(40 / 60), "the first held the room until 09:25"
    assert share == pytest.approx(40 / 60 / 45)


def test_steps_that_somebody_made_up_for_on_a_later_day_count_as_no_time(
    desk: Desk, clock: StandingClock, week: tuple[Appointment, ...]
) -> None:
    before = [made(desk, code).rows for code in ("lateness", "recovery")]
    forgotten = book(desk, "2026-11-25T14:00")
    for minute, status in enumerate(STEPS):
        clock.instant = at(f"2026-11-26T08:{minute:02}")
        visit_status.set_status(desk, forgotten.id, status)
    assert [made(desk, code).rows for code in ("lateness", "recovery")] == before


def test_the_first_visit_of_a_room_is_late_from_the_sixth_minute_on(
    desk: Desk, clock: StandingClock, week: tuple[Appointment, ...]
) -> None:
    (row,) = made(desk, "first_starts").rows
    assert row.cells == ("Room 1", 1, 0.0, 10, 10)
    assert row.records == (week[0].id,)
    thursday = book(desk, "2026-11-26T09:00")
    lived(desk, clock, thursday, late=5)
    (row,) = made(desk, "first_starts").rows
    assert row.cells[1:3] == (2, 0.5)


def test_what_lies_between_two_visits_is_their_turnover(desk: Desk, week: tuple[Appointment, ...]) -> None:
    (row,) = made(desk, "turnovers").rows
    assert row.cells == ("Room 1", 1, 15, 15), "the first left at 09:25, the second began at 09:40"


def test_how_late_procedures_begin_is_mapped_by_weekday_and_hour(desk: Desk, week: tuple[Appointment, ...]) -> None:
    report = made(desk, "lateness")
    assert report.rows[0].cells == ("All visits", 2, 5, 9)
    assert report.chart is not None
    assert report.chart.kind is ChartKind.HEAT
    assert report.chart.series["Wed"][report.chart.x.index("09")] == 5


def test_recovery_is_from_the_room_to_the_leaving_of_the_bay(desk: Desk, week: tuple[Appointment, ...]) -> None:
    (row,) = made(desk, "recovery").rows
    assert row.cells == ("Large joint injection", 2, 10, 10)


def test_visits_that_were_lost_are_told_by_reason(desk: Desk, week: tuple[Appointment, ...]) -> None:
    rows = made(desk, "lost_visits").rows
    assert [row.cells for row in rows] == [("No show", 1, 0.25), ("Patient is ill", 1, 0.25)]
    assert rows[0].records == (week[2].id,)


def test_calls_are_told_by_kind_and_whoever_worked_by_name(desk: Desk, week: tuple[Appointment, ...]) -> None:
    assert {row.cells[0] for row in made(desk, "calls").rows} >= {"Preparation call", "Confirmation call"}
    (row,) = made(desk, "workload").rows
    assert row.cells[0] == desk.actor.user_name
    assert int(row.cells[2] or 0) == 4


def test_a_period_without_anything_is_an_empty_report_and_never_a_zero(desk: Desk) -> None:
    for code in reporting.REPORTS:
        report = made(desk, code, Period(date(2025, 1, 1), date(2025, 1, 2)))
        assert all(cell != 0 for row in report.rows for cell in row.cells[2:] if code not in ("rooms", "bed_nights"))
        assert report.definition


def test_a_period_across_a_change_of_clocks_has_its_days(desk: Desk) -> None:
    (row,) = made(desk, "rooms", Period(date(2026, 10, 31), date(2026, 11, 2))).rows
    assert row.cells[3] == 9, "only the Monday is open"


def test_unknown_reports_and_impossible_periods_are_refused(desk: Desk) -> None:
    with pytest.raises(WrongInput, match="report"):
        made(desk, "nothing")
    with pytest.raises(RuleViolation, match="period_ends_before"):
        made(desk, "waiting", Period(date(2026, 1, 2), date(2026, 1, 1)))
    with pytest.raises(RuleViolation, match="period_too_long"):
        made(desk, "waiting", Period(date(2020, 1, 1), date(2026, 1, 1)))


def test_a_spreadsheet_takes_no_cell_for_a_formula(desk: Desk, week: tuple[Appointment, ...]) -> None:
    assert (safe("=1+1"), safe("-2"), safe("@x"), safe("Ortiz")) == ("'=1+1", "'-2", "'@x", "Ortiz")
    report = made(desk, "lost_visits")
    odd = replace(report, rows=(replace(report.rows[0], cells=("=cmd()", 1, 0.25)),))
    assert "'=cmd(),1,0.25" in csv_of(odd)
    assert csv_of(report).startswith("\ufeffReason,Visits,Share (share)")


def test_every_report_has_its_figure_with_the_records_behind_it(desk: Desk, week: tuple[Appointment, ...]) -> None:
    figures = {code: made(desk, code).figure for code in reporting.REPORTS}
    told = {code: (figure.value, figure.more, figure.of) for code, figure in figures.items() if figure is not None}
    assert told["waiting"][0] == pytest.approx(23 / 24)
    assert told["rooms"] == (pytest.approx(40 / 60 / 45), "of 45 open hours", None)
    assert told["first_starts"] == (0.0, "1 of 1 late", None)
    assert told["turnovers"] == (15, "1 change", None)
    assert told["lateness"] == (5, "of 2 procedures", None)
    assert told["recovery"] == (10, "of 2 visits", None)
    assert told["unplanned_stays"] == (None, "0.0 foreseen", 0)
    assert told["lost_visits"] == (0.5, "2 of 4", None)
    assert set(told) == set(reporting.REPORTS)


def test_the_records_behind_a_line_say_what_each_of_them_is(desk: Desk, week: tuple[Appointment, ...]) -> None:
    figure = made(desk, "first_starts").figure
    assert figure is not None
    (line,) = reporting.behind(desk, figure.behind)
    assert (line.card, line.number) == ("visit", week[0].id)
    assert (line.when, line.what, line.value) == ("Wed 25 Nov 09:00", "Large joint injection", "10 min late")
    assert line.name.startswith("Ortiz")


def test_calls_behind_a_figure_open_as_calls_and_say_whose_they_are(
    desk: Desk, clock: StandingClock, week: tuple[Appointment, ...]
) -> None:
    clock.instant = at("2026-11-27T17:00")
    late = desk.queries.reports.late_calls(date(2026, 11, 25), desk.now())
    row = ReportRow((), tuple(fact.callback_id for fact in late), Record.CALLBACK)
    assert late
    lines = reporting.behind(desk, row)
    assert len(lines) == len(late)
    assert {(line.card, line.number) for line in lines} == {("call", fact.callback_id) for fact in late}
    assert all(line.name and line.when and line.what for line in lines)
    assert all(desk.queries.call_card(line.number, desk.now()) for line in lines)


def test_authorizations_behind_a_figure_open_what_they_were_asked_for(desk: Desk) -> None:
    patient = a_patient(desk, "Osei")
    approve(desk, None, patient, submitted_at=at("2026-11-24T10:00"), decided_at=at("2026-11-25T10:00"))
    figure = made(desk, "authorizations").figure
    assert figure is not None
    assert (figure.value, figure.more) == (1.0, "0.0 contacts each")
    (line,) = reporting.behind(desk, figure.behind)
    assert (line.card, line.number, line.what) == ("patient", patient, "Kyphoplasty")
    assert (line.when, line.value) == ("Wed 25 Nov 10:00", "1.0 days")


def test_a_line_without_records_has_nothing_behind_it(desk: Desk) -> None:
    assert reporting.behind(desk, ReportRow(("Nobody",))) == ()


def test_a_day_is_told_by_ten_figures(desk: Desk, week: tuple[Appointment, ...]) -> None:
    figures = {each.code: each for each in reporting.make_day(desk, date(2026, 11, 25))}
    told = {code: each.figure.value for code, each in figures.items()}
    assert told == {
        "room_use": pytest.approx(40 / 60 / 9),
        "first_starts": 0.0,
        "turnovers": 15,
        "lateness": 10,
        "bays": 1,
        "beds": 0,
        "cancelled": 1,
        "no_shows": 1,
        "authorizations": 0,
        "calls": told["calls"],
    }
    assert figures["lateness"].figure.behind.records == (week[0].id,)
    assert figures["no_shows"].figure.behind.records == (week[2].id,)
    assert figures["room_use"].figure.more == "8.3 of 9.0 h free"
    assert all(each.definition for each in figures.values())


def test_a_visit_that_may_stay_and_has_no_authorization_is_told_before_its_day(desk: Desk) -> None:
    visit = book(desk, "2026-11-25T09:00", procedure="KYPHO", hold_until=at("2026-11-24T18:00"))
    figures = {each.code: each.figure for each in reporting.make_day(desk, date(2026, 11, 25))}
    assert (figures["authorizations"].value, figures["authorizations"].of) == (1, 1)
    assert figures["authorizations"].behind.records == (visit.id,)
    assert figures["beds"].behind.records == (visit.id,)
    assert figures["authorizations"].warns


def test_a_closed_day_has_no_shares_of_nothing(desk: Desk) -> None:
    figures = {each.code: each.figure for each in reporting.make_day(desk, date(2026, 11, 29))}
    assert (figures["room_use"].value, figures["room_use"].more) == (None, "no room is open")
    assert [code for code, figure in figures.items() if figure.value] == []


def test_a_period_stands_beside_as_many_days_before(desk: Desk) -> None:
    assert WEEK.before == Period(date(2026, 11, 16), date(2026, 11, 22))
    day = Period(date(2026, 11, 25), date(2026, 11, 25))
    assert day.before.first == date(2026, 11, 18), "beside a day stands the same weekday"
    assert (period_words(WEEK), beside_words(WEEK)) == ("23 Nov to 29 Nov 2026", "beside the week before")
    assert period_words(Period(date(2025, 12, 1), date(2026, 1, 4))) == "1 Dec 2025 to 4 Jan 2026"


def test_a_call_is_late_on_every_day_on_which_it_is_overdue(desk: Desk, clock: StandingClock) -> None:
    book(desk, "2026-12-03T09:00", patient_id=a_patient(desk))
    first = min(due_calls(desk), key=lambda call: call.due)
    due = first.due.astimezone(desk.zone()).date()
    clock.instant = first.due + timedelta(days=1)
    before, on, after = (due + timedelta(days=number) for number in (-1, 0, 1))
    assert first.id not in late_on(desk, before)
    assert first.id in late_on(desk, on)
    assert first.id in late_on(desk, after), "it is open still"
    clock.instant = first.due
    assert first.id not in late_on(desk, on), "just due is not late"


def due_calls(desk: Desk) -> list[Callback]:
    (line,) = desk.queries.day_plan(date(2026, 12, 3), desk.now()).lines
    return [call for call in desk.queries.visit_card(line.appointment_id).callbacks if call.status == "due"]


def late_on(desk: Desk, day: date) -> set[int]:
    return {fact.callback_id for fact in desk.queries.reports.late_calls(day, desk.now())}
