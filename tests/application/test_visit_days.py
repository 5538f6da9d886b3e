"""A visit's own day and what comes after: the table of steps, the calls that arise, and what ends a request."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import moving, requests, visit_status
from desk_app.domain.faults import RuleViolation
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import APPOINTMENT_STEPS, AppointmentStatus, CancelReason, RequestStatus
from tests.application.steps import MORNING, a_patient, a_request, approve, book, calls_of_request, calls_of_visit
from tests.helpers.small_practice import StandingClock, at

A = AppointmentStatus
TO_DISCHARGE = (A.ARRIVED, A.READY, A.IN_PROCEDURE, A.IN_RECOVERY, A.AMBULATING, A.DISCHARGED)


def walk(desk: Desk, visit: Appointment, *statuses: AppointmentStatus) -> Appointment:
    for status in statuses:
        visit = visit_status.set_status(desk, visit.id, status).value
    return visit


def put(desk: Desk, visit: Appointment, status: AppointmentStatus) -> Appointment:
    """The visit in that status, whatever stood before."""
    with desk.open_work(desk.actor) as work:
        hold = desk.now() + timedelta(hours=1) if status is A.HELD else None
        version = work.appointments.get(visit.id).version
        visit = work.appointments.save(replace(visit, status=status, version=version, hold_until=hold))
        desk.committed(work, work.commit("appointment_status"))
    return visit


@pytest.mark.parametrize("before", list(A))
def test_every_step_of_the_table_is_taken_and_every_other_refused(desk: Desk, before: AppointmentStatus) -> None:
    visit = book(desk)
    late = {A.ARRIVED} if before is A.NO_SHOW else set()  # its day is tomorrow
    allowed = APPOINTMENT_STEPS[before] - late
    for after in A:
        put(desk, visit, before)
        if after in allowed:
            assert visit_status.set_status(desk, visit.id, after).value.status is after
            continue
        with pytest.raises(RuleViolation, match="appointment_step"):
            visit_status.set_status(desk, visit.id, after)
        assert desk.queries.visit_card(visit.id).appointment.status is before


def test_who_did_not_come_is_called_that_day_and_may_still_arrive(desk: Desk, clock: StandingClock) -> None:
    clock.instant = at("2026-11-25T09:30")
    visit = walk(desk, book(desk, "2026-11-25T11:00"), A.NO_SHOW)
    assert calls_of_visit(desk, visit.id) == {"no_show": "Wed 25 17:00"}
    walk(desk, visit, A.ARRIVED)
    assert calls_of_visit(desk, visit.id) == {}


def test_the_day_after_nobody_arrives_any_more(desk: Desk, clock: StandingClock) -> None:
    visit = walk(desk, book(desk), A.NO_SHOW)
    clock.instant = at("2026-11-26T09:00")
    with pytest.raises(RuleViolation, match="appointment_step"):
        walk(desk, visit, A.ARRIVED)


def test_a_late_arrival_takes_its_place_from_a_hold_past_its_time(desk: Desk, clock: StandingClock) -> None:
    clock.instant = at("2026-11-25T08:00")
    visit = walk(desk, book(desk), A.NO_SHOW)
    held = book(desk, hold_until=at("2026-11-25T08:30"))
    clock.instant = at("2026-11-25T08:40")
    assert walk(desk, visit, A.ARRIVED).status is A.ARRIVED
    assert desk.queries.visit_card(held.id).appointment.cancel_reason is CancelReason.LAPSED


def test_a_confirmed_visit_needs_no_confirmation_call(desk: Desk) -> None:
    visit = book(desk, "2026-12-09T09:00")
    assert calls_of_visit(desk, visit.id) == {"preparation": "Wed 02 17:00", "confirmation": "Mon 07 17:00"}
    walk(desk, visit, A.CONFIRMED)
    assert calls_of_visit(desk, visit.id) == {"preparation": "Wed 02 17:00"}


def test_the_calls_before_a_visit_move_with_it(desk: Desk) -> None:
    visit = book(desk, "2026-12-09T09:00")
    moving.move(desk, moving.MoveAppointment(visit.id, at("2026-12-16T09:00")))
    assert calls_of_visit(desk, visit.id) == {"preparation": "Wed 09 17:00", "confirmation": "Mon 14 17:00"}


def test_once_home_the_request_is_closed_and_two_calls_are_due(desk: Desk, clock: StandingClock) -> None:
    clock.instant = at("2026-11-25T08:00")
    request_id = a_request(desk, a_patient(desk))
    visit = walk(desk, book(desk, request_id=request_id), *TO_DISCHARGE)
    assert calls_of_visit(desk, visit.id) == {"how_are_you": "Thu 26 17:00", "follow_up": "Wed 09 17:00"}
    assert desk.queries.request_card(request_id, desk.now()).request.status is RequestStatus.CLOSED
    assert calls_of_request(desk, request_id) == {}
    assert desk.queries.breaches(desk.now()) == ()


@pytest.mark.parametrize(("days", "follow_up"), [((1, 7), "Wed 02 17:00"), ((1,), None)])
def test_a_procedure_says_when_its_follow_up_is(
    desk: Desk, clock: StandingClock, days: tuple[int, ...], follow_up: str | None
) -> None:
    clock.instant = at("2026-11-25T08:00")
    with desk.open_work(desk.actor) as work:
        catalogue = desk.catalogue()
        told = tuple(replace(procedure, follow_up_days=days) for procedure in catalogue.procedures)
        work.practice.store(replace(catalogue, procedures=told))
        work.commit("practice_edited")
    desk.slots.catch_up(desk.queries)
    visit = walk(desk, book(desk), *TO_DISCHARGE)
    assert calls_of_visit(desk, visit.id).get("follow_up") == follow_up


@pytest.mark.parametrize("reason", [reason for reason in CancelReason if reason is not CancelReason.LAPSED])
def test_each_reason_to_cancel_says_what_comes_next(desk: Desk, reason: CancelReason) -> None:
    request_id, patient_id = a_request(desk, a_patient(desk)), a_patient(desk, "Alone")
    asked = book(desk, request_id=request_id)
    alone = book(desk, "2026-11-25T11:00", patient_id=patient_id)
    for visit in (asked, alone):
        visit_status.cancel(desk, visit.id, reason, "as told")
    status = desk.queries.request_card(request_id, desk.now()).request.status
    rebook = {"rebook": "Wed 25 17:00"}
    if reason is CancelReason.DIED:
        assert (status, calls_of_request(desk, request_id)) == (RequestStatus.CLOSED, {})
    else:
        assert (status, calls_of_request(desk, request_id)) == (RequestStatus.READY_TO_BOOK, rebook)
    closed = reason in (CancelReason.DIED, CancelReason.MISTAKE)
    assert calls_of_visit(desk, asked.id) == {}
    assert calls_of_visit(desk, alone.id) == ({} if closed else rebook)
    assert desk.queries.breaches(desk.now()) == ()


def test_nobody_calls_a_patient_who_died_while_a_slot_was_held(desk: Desk) -> None:
    request_id = a_request(desk, a_patient(desk))
    held = book(desk, request_id=request_id, hold_until=at("2026-11-24T17:00"))
    visit_status.cancel(desk, held.id, CancelReason.DIED)
    assert desk.queries.request_card(request_id, desk.now()).request.status is RequestStatus.WITHDRAWN
    assert calls_of_request(desk, request_id) == {}


def test_a_move_keeps_the_minutes_booked_with_although_the_catalogue_changed(desk: Desk) -> None:
    visit = book(desk)
    with desk.open_work(desk.actor) as work:
        catalogue = desk.catalogue()
        longer = tuple(
            replace(p, phases=tuple(replace(phase, minutes=phase.minutes * 2) for phase in p.phases))
            for p in catalogue.procedures
        )
        work.practice.store(replace(catalogue, procedures=longer))
        work.commit("practice_edited")
    moved = moving.move(desk, moving.MoveAppointment(visit.id, at("2026-11-26T09:00"))).value
    assert moved.end - moved.start == timedelta(minutes=25)
    again = book(desk, "2026-11-26T11:00")
    assert again.end - again.start == timedelta(minutes=50)


def test_a_move_to_another_day_leaves_that_day_and_enters_the_other(desk: Desk) -> None:
    visit = book(desk)
    outcome = moving.move(desk, moving.MoveAppointment(visit.id, at("2026-11-30T09:00")))
    assert outcome.changes.days == {at(MORNING).date(), at("2026-11-30T09:00").date()}
    days = [desk.queries.day_plan(day, desk.now()).lines for day in sorted(outcome.changes.days)]
    assert [len(lines) for lines in days] == [0, 1]


def test_a_move_out_of_its_approval_needs_a_managers_reason(desk: Desk) -> None:
    patient_id = a_patient(desk)
    approve(desk, None, patient_id, valid_to=at("2026-11-25T12:00").date())
    visit = book(desk, procedure="KYPHO", patient_id=patient_id)
    later = moving.MoveAppointment(visit.id, at("2026-11-26T09:00"))
    with pytest.raises(Exception, match="authorization"):
        moving.move(desk, later)
    moved = moving.move(desk, replace(later, override_reason="extension was promised")).value
    assert (moved.override_codes, moved.override_reason) == (("authorization",), "extension was promised")
    back = moving.move(desk, moving.MoveAppointment(visit.id, at(MORNING))).value
    assert (back.override_codes, back.override_reason) == ((), "")


def test_only_a_manager_overrides_and_only_with_a_reason(desk: Desk) -> None:
    patient_id = a_patient(desk)
    desk.actor = replace(desk.actor, rights=frozenset())
    with pytest.raises(RuleViolation, match="override_right"):
        book(desk, procedure="KYPHO", patient_id=patient_id, override_reason="because")
    with pytest.raises(RuleViolation, match="override_right"):
        book(desk, "2026-11-28T09:00", patient_id=patient_id, override_reason="because")
    held = book(desk, procedure="KYPHO", patient_id=patient_id, hold_until=at("2026-11-24T17:00"))
    with pytest.raises(RuleViolation, match="override_right"):
        walk(desk, held, A.BOOKED)


def test_a_request_that_is_booked_is_not_booked_a_second_time(desk: Desk) -> None:
    request_id = a_request(desk, a_patient(desk))
    held = book(desk, request_id=request_id, hold_until=at("2026-11-24T17:00"))
    book(desk, "2026-11-25T11:00", request_id=request_id)
    with pytest.raises(RuleViolation, match="request_step"):
        walk(desk, held, A.BOOKED)
    with pytest.raises(RuleViolation, match="request_not_open"):
        book(desk, "2026-11-25T13:00", request_id=request_id, hold_until=at("2026-11-24T17:00"))


@pytest.mark.parametrize("status", [RequestStatus.READY_TO_BOOK, RequestStatus.CLOSED, RequestStatus.WITHDRAWN])
def test_a_booked_request_stays_so_until_its_visit_says_otherwise(desk: Desk, status: RequestStatus) -> None:
    request_id = a_request(desk, a_patient(desk))
    visit = book(desk, request_id=request_id)
    with pytest.raises(RuleViolation, match="request_has_visit"):
        requests.set_status(desk, request_id, status)
    walk(desk, visit, A.NO_SHOW)
    assert requests.set_status(desk, request_id, status).value.status is status
