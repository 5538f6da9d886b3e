"""Booking, holding, moving, cancelling and undoing, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking, moving, patients, requests, undo, visit_status
from desk_app.application.use_cases.find_slots import FindSlots, find
from desk_app.domain.faults import Conflict, NeedsConfirmation, RuleViolation, WrongInput
from desk_app.domain.records import Contact, Patient, Phone
from desk_app.domain.statuses import AppointmentStatus, CancelReason, RequestSource, RequestStatus
from tests.helpers.small_practice import StandingClock, at

Desks = Callable[[], Desk]


def a_patient(desk: Desk, family: str = "Ortiz") -> int:
    return patients.add(
        desk, Patient("", family, "Marisol", phones=(Phone("508 555 0101", "+15085550101"),)), True
    ).value.id


def a_request(desk: Desk, patient_id: int | None = None, procedure: str | None = "JOINT") -> int:
    caller = Contact("Asante", "Kwame", phones=(Phone("413 555 0119", "+14135550119"),))
    wish = requests.NewRequest(RequestSource.PHONE, patient_id=patient_id, contact=caller, procedure=procedure)
    return requests.take_down(desk, wish).value.id


def a_visit(desk: Desk, start: str = "2026-11-25T09:00", procedure: str = "JOINT", **more: object) -> int:
    wish = booking.BookAppointment(at(start), procedure, patient_id=a_patient(desk, f"P{start}"), **more)  # type: ignore[arg-type]
    return booking.book(desk, wish).value.id


def open_kinds(desk: Desk, request_id: int) -> list[str]:
    card = desk.queries.request_card(request_id, desk.now())
    return [callback.kind.value for callback in card.callbacks if callback.status in ("due", "claimed")]


def test_a_request_is_booked_into_its_first_slot_and_its_calls_are_settled(desk: Desk) -> None:
    request_id = a_request(desk, a_patient(desk))
    first = find(desk, FindSlots("JOINT", limit=1))[0]
    visit = booking.book(desk, booking.BookAppointment(first.start, request_id=request_id)).value
    card = desk.queries.request_card(request_id, desk.now())
    assert visit.status is AppointmentStatus.BOOKED
    assert card.request.status is RequestStatus.BOOKED
    assert open_kinds(desk, request_id) == []
    kinds = {callback.kind.value for callback in desk.queries.visit_card(visit.id).callbacks}
    assert kinds == {"preparation", "confirmation"}


def test_a_slot_that_was_just_booked_is_no_longer_found(desk: Desk) -> None:
    first = find(desk, FindSlots("JOINT", limit=1))[0]
    booking.book(desk, booking.BookAppointment(first.start, "JOINT", patient_id=a_patient(desk)))
    assert find(desk, FindSlots("JOINT", limit=1))[0].start >= first.start + timedelta(minutes=15)


def test_a_request_without_a_chart_gets_one_when_it_is_booked(desk: Desk) -> None:
    request_id = a_request(desk)
    visit = booking.book(desk, booking.BookAppointment(at("2026-11-25T09:00"), request_id=request_id)).value
    patient = desk.queries.patient_card(visit.patient_id, desk.now()).patient
    assert (patient.name, patient.phones[0].e164) == ("Asante, Kwame", "+14135550119")


def test_a_request_of_somebody_perhaps_known_asks_before_a_second_chart_is_made(desk: Desk) -> None:
    known = a_request(desk)
    booking.book(desk, booking.BookAppointment(at("2026-11-25T09:00"), request_id=known))
    again = a_request(desk)
    with pytest.raises(NeedsConfirmation) as asked:
        booking.book(desk, booking.BookAppointment(at("2026-11-26T09:00"), request_id=again))
    assert asked.value.codes == ("perhaps_known",)


def test_a_taken_start_is_refused_and_nothing_is_left_behind(desk: Desk) -> None:
    a_visit(desk, "2026-11-25T09:00")
    before = desk.queries.last_seq()
    with pytest.raises(RuleViolation, match="does_not_fit"):
        booking.book(
            desk, booking.BookAppointment(at("2026-11-25T09:00"), "JOINT", patient_id=a_patient(desk, "Other"))
        )
    assert desk.queries.last_seq() == before + 1  # the other patient's chart alone
    assert len(desk.queries.day_plan(at("2026-11-25T09:00").date(), desk.now()).lines) == 1


def test_a_firm_visit_that_needs_authorization_is_refused_without_one(desk: Desk) -> None:
    wish = booking.BookAppointment(at("2026-11-25T09:00"), "KYPHO", patient_id=a_patient(desk))
    with pytest.raises(RuleViolation, match="authorization_missing"):
        booking.book(desk, wish)


def test_an_override_with_a_reason_books_it_and_stays_on_the_visit(desk: Desk) -> None:
    wish = booking.BookAppointment(
        at("2026-11-25T09:00"), "KYPHO", patient_id=a_patient(desk), override_reason="cannot walk"
    )
    visit = booking.book(desk, wish).value
    assert (visit.override_codes, visit.override_reason) == (("authorization",), "cannot walk")


def test_a_hold_needs_no_authorization_and_leaves_the_request_as_it_was(desk: Desk) -> None:
    request_id = a_request(desk, a_patient(desk), "KYPHO")
    wish = booking.BookAppointment(at("2026-11-25T09:00"), request_id=request_id, hold_until=at("2026-11-24T17:00"))
    visit = booking.book(desk, wish).value
    assert visit.status is AppointmentStatus.HELD
    assert desk.queries.request_card(request_id, desk.now()).request.status is RequestStatus.RECEIVED
    assert open_kinds(desk, request_id) == ["call_patient"]


def test_a_lapsed_hold_is_free_to_the_next_who_books(desk: Desk, clock: StandingClock) -> None:
    held = a_visit(desk, "2026-11-25T09:00", hold_until=at("2026-11-24T12:00"))
    clock.instant = at("2026-11-24T12:00")
    assert find(desk, FindSlots("JOINT", first_day=at("2026-11-25T09:00").date(), limit=13))[-1].start >= at(
        "2026-11-25T09:00"
    )
    a_visit(desk, "2026-11-25T09:00", procedure="JOINT")
    card = desk.queries.visit_card(held)
    assert (card.appointment.status, card.appointment.cancel_reason) == ("cancelled", "lapsed")


def test_a_planned_stay_takes_the_bed_for_the_night(desk: Desk) -> None:
    from desk_app.domain.practice import Stay

    wish = booking.BookAppointment(
        at("2026-11-25T09:00"), "KYPHO", patient_id=a_patient(desk), stay=Stay.PLANNED, override_reason="frail"
    )
    visit = booking.book(desk, wish).value
    assert visit.allocations[-1].resource == "N1"
    assert visit.end == at("2026-11-26T09:00")


def test_a_planned_stay_is_refused_for_a_procedure_without_a_night(desk: Desk) -> None:
    from desk_app.domain.practice import Stay

    wish = booking.BookAppointment(at("2026-11-25T09:00"), "JOINT", patient_id=a_patient(desk), stay=Stay.PLANNED)
    with pytest.raises(WrongInput, match="no_overnight_phase"):
        booking.book(desk, wish)


def test_a_move_takes_the_whole_chain_along_and_frees_the_old_place(desk: Desk) -> None:
    visit = a_visit(desk, "2026-11-25T09:00")
    moved = moving.move(desk, moving.MoveAppointment(visit, at("2026-11-25T11:00"))).value
    assert [phase.start for phase in moved.phases] == [at("2026-11-25T11:00"), at("2026-11-25T11:15")]
    a_visit(desk, "2026-11-25T09:00")


def test_a_move_may_overlap_the_place_the_visit_has_now(desk: Desk) -> None:
    visit = a_visit(desk, "2026-11-25T09:00")
    moved = moving.move(desk, moving.MoveAppointment(visit, at("2026-11-25T09:05"))).value
    assert moved.start == at("2026-11-25T09:05")


def test_a_cancelled_visit_gives_its_request_back_with_a_call_to_rebook(desk: Desk) -> None:
    request_id = a_request(desk, a_patient(desk))
    visit = booking.book(desk, booking.BookAppointment(at("2026-11-25T09:00"), request_id=request_id)).value
    visit_status.cancel(desk, visit.id, CancelReason.ILL)
    card = desk.queries.request_card(request_id, desk.now())
    assert card.request.status is RequestStatus.READY_TO_BOOK
    assert open_kinds(desk, request_id) == ["rebook"]
    assert desk.queries.day_plan(at("2026-11-25T09:00").date(), desk.now()).lines == ()


def test_a_step_that_is_not_in_the_table_is_refused(desk: Desk) -> None:
    visit = a_visit(desk)
    with pytest.raises(RuleViolation, match="appointment_step"):
        visit_status.set_status(desk, visit, AppointmentStatus.IN_PROCEDURE)


def test_undo_takes_a_booking_back_and_redo_books_it_again(desk: Desk) -> None:
    request_id = a_request(desk, a_patient(desk))
    booking.book(desk, booking.BookAppointment(at("2026-11-25T09:00"), request_id=request_id))
    day = at("2026-11-25T09:00").date()
    undo.undo(desk)
    assert desk.queries.day_plan(day, desk.now()).lines == ()
    assert desk.queries.request_card(request_id, desk.now()).request.status is RequestStatus.READY_TO_BOOK
    assert open_kinds(desk, request_id) == ["book"]
    undo.redo(desk)
    assert [line.start for line in desk.queries.day_plan(day, desk.now()).lines] == [at("2026-11-25T09:00")]
    assert desk.queries.request_card(request_id, desk.now()).request.status is RequestStatus.BOOKED


def test_undo_takes_back_a_commit_that_wrote_one_record_twice(desk: Desk) -> None:
    request_id = a_request(desk)
    booking.book(desk, booking.BookAppointment(at("2026-11-25T09:00"), request_id=request_id))
    undo.undo(desk)
    back = desk.queries.request_card(request_id, desk.now()).request
    assert (back.status, back.patient_id) == (RequestStatus.RECEIVED, None)


def test_undo_is_refused_where_somebody_has_moved_on(desk: Desk, desks: Desks) -> None:
    visit = a_visit(desk)
    visit_status.set_status(desks(), visit, AppointmentStatus.CONFIRMED)
    with pytest.raises(Conflict):
        undo.undo(desk)


def test_a_patient_cannot_be_in_two_visits_at_one_time(desk: Desk) -> None:
    patient_id = a_patient(desk)
    booking.book(desk, booking.BookAppointment(at("2026-11-25T09:00"), "JOINT", patient_id=patient_id))
    wish = booking.BookAppointment(at("2026-11-25T09:15"), "JOINT", patient_id=patient_id)
    with pytest.raises(Conflict, match="patient_elsewhere"):
        booking.book(desk, wish)


def test_what_another_desk_booked_is_taken_into_account_before_deciding(desk: Desk, desks: Desks) -> None:
    other = desks()
    find(other, FindSlots("JOINT", limit=1))
    a_visit(desk, "2026-11-25T09:00")
    with pytest.raises(RuleViolation, match="does_not_fit"):
        a_visit(other, "2026-11-25T09:00", procedure="JOINT")


def test_the_same_write_sent_twice_happens_once(desk: Desk) -> None:
    from uuid import uuid4

    write_id, patient_id = uuid4(), a_patient(desk)
    wish = booking.BookAppointment(at("2026-11-25T09:00"), "JOINT", patient_id=patient_id, write_id=write_id)
    booking.book(desk, wish)
    again = booking.BookAppointment(at("2026-11-25T11:00"), "JOINT", patient_id=patient_id, write_id=write_id)
    with pytest.raises(Conflict, match="already_done"):
        booking.book(desk, again)
    assert desk.queries.write_result(write_id) is not None


def test_every_rule_holds_after_a_day_of_work(desk: Desk) -> None:
    for hour in (9, 10, 11):
        a_visit(desk, f"2026-11-25T{hour:02}:00")
    visit = a_visit(desk, "2026-11-25T13:00")
    visit_status.cancel(desk, visit, CancelReason.PATIENT)
    a_request(desk)
    undo.undo(desk)
    undo.redo(desk)
    assert desk.queries.breaches(desk.now()) == ()
