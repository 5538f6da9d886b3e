"""Undo and redo of every kind of step, thirty a desk, refused with a reason where somebody has moved on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desk_app.application.desk import Desk
from desk_app.application.undo_history import STEPS
from desk_app.application.use_cases import booking, moving, patients, requests, undo, visit_status
from desk_app.domain.faults import Conflict, RuleViolation
from desk_app.domain.records import Patient
from desk_app.domain.statuses import AppointmentStatus, CancelReason, RequestStatus
from tests.application.steps import MORNING, a_patient, a_request, book
from tests.helpers.small_practice import StandingClock, at

Desks = Callable[[], Desk]
DAYS = [at(f"2026-11-{day}T00:00").date() for day in (25, 26)]


def picture(desk: Desk) -> object:
    """Everything the desk sees: days, requests with their next actions, charts, and when something fits."""
    from desk_app.application.use_cases.find_slots import FindSlots, find

    now = desk.now()
    days = [[line._replace(version=0) for line in desk.queries.day_plan(day, now).lines] for day in DAYS]
    asked = [line._replace(version=0) for line in desk.queries.requests("all", now)]
    people = desk.queries.find_patients("Ortiz", now)
    return days, asked, people, find(desk, FindSlots("JOINT", limit=5)), desk.queries.counts(now)


def _edit_request(desk: Desk, request_id: int) -> None:
    request = desk.queries.request_card(request_id, desk.now()).request
    requests.edit(desk, replace(request, procedure_text="both knees"))


def _edit_chart(desk: Desk, patient_id: int) -> None:
    patient = desk.queries.patient_card(patient_id, desk.now()).patient
    patients.edit(desk, replace(patient, given="Maria"))


Step = Callable[[Desk, int, int, int], object]
STEP_KINDS: dict[str, Step] = {
    "a request is taken down": lambda desk, *_: a_request(desk),
    "a request is edited": lambda desk, request, *_: _edit_request(desk, request),
    "a request steps on": lambda desk, request, *_: requests.set_status(desk, request, RequestStatus.READY_TO_BOOK),
    "a request is declined": lambda desk, request, *_: requests.set_status(desk, request, RequestStatus.DECLINED),
    "a request is linked": lambda desk, request, patient, _: requests.link_patient(desk, request, patient),
    "a request gets a chart": lambda desk, request, *_: requests.create_patient(desk, request),
    "a chart is added": lambda desk, *_: patients.add(desk, Patient("", "Ortiz", "Another"), True),
    "a chart is edited": lambda desk, _, patient, __: _edit_chart(desk, patient),
    "a request is booked": lambda desk, request, patient, _: book(
        desk, "2026-11-25T11:00", request_id=request, patient_id=patient
    ),
    "a slot is held": lambda desk, request, patient, _: book(
        desk, "2026-11-25T11:00", request_id=request, patient_id=patient, hold_until=at("2026-11-24T17:00")
    ),
    "a visit is moved": lambda desk, _, __, visit: moving.move(
        desk, moving.MoveAppointment(visit, at("2026-11-26T09:00"))
    ),
    "a visit is cancelled": lambda desk, _, __, visit: visit_status.cancel(desk, visit, CancelReason.ILL),
    "a visit is confirmed": lambda desk, _, __, visit: visit_status.set_status(
        desk, visit, AppointmentStatus.CONFIRMED
    ),
    "somebody did not come": lambda desk, _, __, visit: visit_status.set_status(desk, visit, AppointmentStatus.NO_SHOW),
}


@pytest.mark.parametrize("kind", STEP_KINDS)
def test_undo_takes_the_step_back_and_redo_does_it_again(desk: Desk, kind: str) -> None:
    request_id, patient_id = a_request(desk), a_patient(desk)
    visit = book(desk, patient_id=patient_id)
    before = picture(desk)
    STEP_KINDS[kind](desk, request_id, patient_id, visit.id)
    after = picture(desk)
    assert after != before
    undo.undo(desk)
    assert picture(desk) == before
    undo.redo(desk)
    assert picture(desk) == after
    assert desk.queries.breaches(desk.now()) == ()


def test_making_a_hold_firm_can_be_taken_back(desk: Desk) -> None:
    request_id = a_request(desk, a_patient(desk))
    held = book(desk, request_id=request_id, hold_until=at("2026-11-24T17:00"))
    before = picture(desk)
    booking.make_firm(desk, held.id)
    undo.undo(desk)
    assert picture(desk) == before


def test_thirty_steps_go_back_and_forward_and_no_more(desk: Desk) -> None:
    visit = book(desk, "2026-11-25T08:00")
    places = [at("2026-11-25T08:00")]
    for number in range(1, STEPS + 2):
        places.append(at(f"2026-11-25T{8 + number // 12:02}:{number % 12 * 5:02}"))
        moving.move(desk, moving.MoveAppointment(visit.id, places[-1]))
    for place in reversed(places[1:-1]):
        undo.undo(desk)
        assert desk.queries.visit_card(visit.id).appointment.start == place
    with pytest.raises(RuleViolation, match="nothing_to_undo"):
        undo.undo(desk)
    for place in places[2:]:
        undo.redo(desk)
        assert desk.queries.visit_card(visit.id).appointment.start == place
    with pytest.raises(RuleViolation, match="nothing_to_redo"):
        undo.redo(desk)
    assert desk.queries.breaches(desk.now()) == ()


def test_a_new_step_ends_what_could_be_done_again(desk: Desk) -> None:
    book(desk)
    undo.undo(desk)
    a_request(desk)
    with pytest.raises(RuleViolation, match="nothing_to_redo"):
        undo.redo(desk)


def test_each_desk_takes_back_its_own_steps_alone(desk: Desk, desks: Desks) -> None:
    other = desks()
    book(desk)
    with pytest.raises(RuleViolation, match="nothing_to_undo"):
        undo.undo(other)


def test_a_step_somebody_has_built_upon_is_dropped_and_the_one_before_remains(desk: Desk, desks: Desks) -> None:
    patient_id = a_patient(desk)
    first = book(desk, MORNING, patient_id=patient_id)
    second = book(desk, "2026-11-25T11:00", patient_id=patient_id)
    visit_status.set_status(desks(), second.id, AppointmentStatus.CONFIRMED)
    with pytest.raises(Conflict, match="changed"):
        undo.undo(desk)
    undo.undo(desk)
    lines = desk.queries.day_plan(DAYS[0], desk.now()).lines
    assert [line.appointment_id for line in lines] == [second.id] != [first.id]


def test_a_chart_or_request_that_somebody_uses_by_now_is_not_taken_back(desk: Desk, desks: Desks) -> None:
    other, patient_id = desks(), a_patient(desk)
    visit = book(other, MORNING, patient_id=patient_id)
    with pytest.raises(Conflict, match="built_upon"):
        undo.undo(desk)
    assert desk.queries.visit_card(visit.id).patient.id == patient_id
    request_id = a_request(desk, patient_id)
    book(other, "2026-11-25T11:00", request_id=request_id, hold_until=at("2026-11-24T17:00"))
    with pytest.raises(Conflict, match="built_upon"):
        undo.undo(desk)
    assert desk.queries.breaches(desk.now()) == ()


def test_a_hold_past_its_time_does_not_stand_in_the_way_of_undo(desk: Desk, desks: Desks, clock: StandingClock) -> None:
    visit = book(desk)
    visit_status.cancel(desk, visit.id, CancelReason.MISTAKE)
    held = book(desks(), hold_until=at("2026-11-24T11:00"))
    clock.instant = at("2026-11-24T11:00")
    undo.undo(desk)
    assert desk.queries.visit_card(visit.id).appointment.status is AppointmentStatus.BOOKED
    assert desk.queries.visit_card(held.id).appointment.cancel_reason is CancelReason.LAPSED
    assert desk.queries.breaches(desk.now()) == ()
