"""What the flow board reads: today and the next business days, what is missing, limits, suggestions, tonight's beds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desk_app.application.desk import Desk
from desk_app.application.flow_day import (
    BedUse,
    FlowColumn,
    FlowDay,
    Late,
    MissingKind,
    column_of,
    late_suggestion,
    limit_minutes,
    missing,
)
from desk_app.application.read_models import FlowLine
from desk_app.application.use_cases import patients, preparation, visit_notes, visit_status
from desk_app.application.use_cases.look_at_flow import flow_day
from desk_app.domain.flow_limits import FlowCode, FlowLimit
from desk_app.domain.practice import Stay
from desk_app.domain.readiness import GateState
from desk_app.domain.records import Patient
from desk_app.domain.statuses import AppointmentStatus as S
from desk_app.domain.visit_parts import Alert, AlertKind
from tests.application.steps import a_patient, approve, book
from tests.application.test_visit_steps import INTO_THE_ROOM, go, visit_at, when
from tests.helpers.small_practice import CATALOGUE, StandingClock, at


def line_of(day: FlowDay, number: int) -> FlowLine:
    return next(line for line in (*day.lines, *day.ahead) if line.visit.appointment_id == number)


def kinds(line: FlowLine) -> list[MissingKind]:
    return [each.kind for each in missing(line, CATALOGUE)]


def test_the_board_has_today_and_ahead_of_it_the_next_two_business_days(desk: Desk, clock: StandingClock) -> None:
    today = book(desk, "2026-11-25T09:00")
    soon = [book(desk, f"2026-11-{day}T09:00") for day in (26, 27)]
    book(desk, "2026-11-30T09:00")
    clock.instant = when("08:00")
    day = flow_day(desk)
    assert [line.visit.appointment_id for line in day.lines] == [today.id]
    assert [line.visit.appointment_id for line in day.ahead] == [visit.id for visit in soon]


def test_before_a_weekend_the_days_ahead_are_monday_and_tuesday(desk: Desk, clock: StandingClock) -> None:
    ahead = [book(desk, f"2026-{day}T09:00").id for day in ("11-30", "12-01")]
    book(desk, "2026-12-02T09:00")
    clock.instant = at("2026-11-27T08:00")
    assert [line.visit.appointment_id for line in flow_day(desk).ahead] == ahead


def test_of_whom_nobody_noted_whether_they_came_is_left_open_until_somebody_does(
    desk: Desk, clock: StandingClock
) -> None:
    missed, came, arrived = (book(desk, f"2026-11-25T{hour}:00").id for hour in ("09", "10", "11"))
    go(desk, clock, "11:00", visit_status.set_status(desk, arrived, S.ARRIVED).value)
    clock.instant = at("2026-11-25T23:59")
    assert flow_day(desk).left_open == ()
    clock.instant = at("2026-11-26T00:00")
    day = flow_day(desk)
    assert [line.visit.appointment_id for line in day.left_open] == [missed, came]
    assert [line.visit.appointment_id for line in day.lines] == [arrived], "who was here keeps a card"
    visit_status.set_status(desk, missed, S.NO_SHOW)
    visit_status.set_status(desk, came, S.ARRIVED)
    day = flow_day(desk)
    assert day.left_open == ()
    assert came in [line.visit.appointment_id for line in day.lines]


def test_each_status_has_its_column_and_who_came_since_when(desk: Desk, clock: StandingClock) -> None:
    visit = visit_at(desk, "09:00")
    for status, column in (
        (S.ARRIVED, FlowColumn.ARRIVED),
        (S.READY, FlowColumn.READY),
        (S.IN_PROCEDURE, FlowColumn.IN_PROCEDURE),
        (S.IN_RECOVERY, FlowColumn.IN_RECOVERY),
        (S.AMBULATING, FlowColumn.GOING_HOME),
        (S.DISCHARGED, FlowColumn.GONE),
    ):
        go(desk, clock, "09:00" if status is S.ARRIVED else "09:10", visit, status)
        line = line_of(flow_day(desk), visit.id)
        assert (column_of(line), line.came) == (column, when("09:00"))


def test_a_booked_visit_that_needs_much_says_all_that_is_missing(desk: Desk, clock: StandingClock) -> None:
    who = Patient("", "Ortiz", "Marisol", alerts=(Alert(AlertKind.ANTICOAGULANT, "apixaban"),))
    patient_id = patients.add(desk, who, True).value.id
    approve(desk, None, patient_id)
    visit = book(desk, "2026-11-26T09:00", "KYPHO", patient_id=patient_id)
    line = line_of(flow_day(desk), visit.id)
    fasting, rest = MissingKind.READINESS, [MissingKind.ESCORT, MissingKind.THINNER]
    assert kinds(line) == [MissingKind.CONFIRMATION, fasting, *rest]
    assert (line.tries, line.call_due is not None) == (0, True)
    visit_status.set_status(desk, visit.id, S.CONFIRMED)
    visit_notes.write_on_visit(desk, visit.id, visit_notes.VisitTexts("Luis, brother", ""))
    notes = [preparation.GateNote("fasting", GateState.TOLD), preparation.GateNote("thinner", GateState.HELD)]
    preparation.prepare(desk, visit.id, notes)
    assert kinds(line_of(flow_day(desk), visit.id)) == []


def test_a_missing_authorization_is_told_unless_a_manager_let_it_pass(desk: Desk, clock: StandingClock) -> None:
    held = book(desk, "2026-11-25T09:00", "KYPHO", hold_until=at("2026-11-24T17:00"))
    passed = visit_at(desk, "13:00", "KYPHO")
    day = flow_day(desk)
    assert MissingKind.AUTHORIZATION in kinds(line_of(day, held.id))
    assert MissingKind.AUTHORIZATION not in kinds(line_of(day, passed.id))


def test_nothing_is_missing_once_the_procedure_has_begun(desk: Desk, clock: StandingClock) -> None:
    visit = visit_at(desk, "09:00", "KYPHO")
    go(desk, clock, "09:00", visit, S.ARRIVED, S.READY)
    assert kinds(line_of(flow_day(desk), visit.id))
    go(desk, clock, "09:00", visit, S.IN_PROCEDURE)
    assert kinds(line_of(flow_day(desk), visit.id)) == []


@pytest.mark.parametrize(
    ("statuses", "limit"),
    [
        ((), None),
        ((S.ARRIVED,), 30),
        ((S.ARRIVED, S.READY), 15),
        (INTO_THE_ROOM, 40),
        ((*INTO_THE_ROOM, S.IN_RECOVERY), 90),
    ],
)
def test_limits_are_the_practices_or_what_was_booked(
    desk: Desk, clock: StandingClock, statuses: tuple[S, ...], limit: int | None
) -> None:
    visit = go(desk, clock, "09:00", visit_at(desk, "09:00", "KYPHO"), *statuses)
    clock.instant = when("09:00")
    assert limit_minutes(line_of(flow_day(desk), visit.id), CATALOGUE) == limit


def test_a_practice_may_say_that_a_status_has_no_limit(desk: Desk, clock: StandingClock) -> None:
    visit = go(desk, clock, "09:00", visit_at(desk, "09:00"), S.ARRIVED)
    line = line_of(flow_day(desk), visit.id)
    assert limit_minutes(line, replace(CATALOGUE, flow_limits=(FlowLimit(FlowCode.ARRIVED, 30, False),))) is None


def test_who_has_not_come_is_asked_after_and_then_taken_for_a_no_show_but_only_by_a_yes(
    desk: Desk, clock: StandingClock
) -> None:
    visit = visit_at(desk, "09:00")
    clock.instant = when("08:00")
    line = line_of(flow_day(desk), visit.id)
    told = [late_suggestion(line, CATALOGUE, when(wall)) for wall in ("09:14", "09:15", "09:44", "09:45")]
    assert told == [None, Late.CALL, Late.CALL, Late.NO_SHOW]
    go(desk, clock, "09:50", visit, S.ARRIVED)
    assert late_suggestion(line_of(flow_day(desk), visit.id), CATALOGUE, when("10:50")) is None


def test_tonights_bed_is_planned_kept_or_free_and_somebodys_once_they_lie_there(
    desk: Desk, clock: StandingClock
) -> None:
    clock.instant = when("08:00")
    assert [(bed.use, bed.code) for bed in flow_day(desk).night.beds] == [(BedUse.FREE, "N1")]
    visit = visit_at(desk, "09:00", "KYPHO")
    night = flow_day(desk).night
    assert [(bed.use, bed.code) for bed in night.beds] == [(BedUse.FREE, "N1")]  # one in 25 stays: within the limit
    assert night.chance < 0.05
    go(desk, clock, "09:00", visit, *INTO_THE_ROOM, S.IN_RECOVERY, S.OVERNIGHT)
    night = flow_day(desk).night
    assert [(bed.use, bed.code, bed.visit) for bed in night.beds] == [(BedUse.HERE, "N1", visit.id)]
    assert (night.staffed, night.planned, night.kept) == (1, 1, 0)


def test_a_planned_stay_has_its_bed_from_the_morning_on(desk: Desk, clock: StandingClock) -> None:
    patient_id = a_patient(desk)
    approve(desk, None, patient_id)
    visit = book(desk, "2026-11-25T09:00", "KYPHO", patient_id=patient_id, stay=Stay.PLANNED)
    clock.instant = when("07:00")
    night = flow_day(desk).night
    assert [(bed.use, bed.code, bed.visit) for bed in night.beds] == [(BedUse.PLANNED, "N1", visit.id)]


def test_who_stayed_is_on_the_board_the_next_morning_and_gone_the_day_after(desk: Desk, clock: StandingClock) -> None:
    visit = go(desk, clock, "09:00", visit_at(desk, "09:00", "KYPHO"), *INTO_THE_ROOM, S.IN_RECOVERY, S.OVERNIGHT)
    clock.instant = at("2026-11-26T07:00")
    assert column_of(line_of(flow_day(desk), visit.id)) is FlowColumn.OVERNIGHT
    visit_status.set_status(desk, visit.id, S.DISCHARGED)
    assert column_of(line_of(flow_day(desk), visit.id)) is FlowColumn.GONE
    clock.instant = at("2026-11-27T07:00")
    assert flow_day(desk).lines == ()


def test_who_was_never_noted_as_gone_home_is_not_lost_at_midnight(desk: Desk, clock: StandingClock) -> None:
    visit = go(desk, clock, "16:00", visit_at(desk, "16:00"), *INTO_THE_ROOM)
    clock.instant = when("16:00") + timedelta(days=2)
    assert [line.visit.appointment_id for line in flow_day(desk).lines] == [visit.id]


def test_a_lapsed_hold_is_expected_no_more(desk: Desk, clock: StandingClock) -> None:
    book(desk, "2026-11-25T09:00", hold_until=at("2026-11-24T17:00"))
    clock.instant = when("08:00")
    assert flow_day(desk).lines == ()
