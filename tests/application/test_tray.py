"""The tray: what somebody carries along keeps its place, lasts, and follows what others do."""

from __future__ import annotations

import pytest

from desk_app.application.desk import Desk
from desk_app.application.outcome import Record
from desk_app.application.use_cases.booking import BookAppointment
from desk_app.application.use_cases.booking import book as book_appointment
from desk_app.application.use_cases.moving import MoveAppointment, move
from desk_app.application.use_cases.tray import in_tray, put_back, put_request, put_visit
from desk_app.application.use_cases.undo import undo
from desk_app.application.use_cases.visit_status import cancel, set_status
from desk_app.domain.faults import RuleViolation
from desk_app.domain.statuses import AppointmentStatus, CancelReason
from tests.application.steps import a_patient, a_request, book
from tests.helpers.desks import Desks
from tests.helpers.small_practice import at


def picture(desk: Desk) -> list[str]:
    zone = desk.zone()
    return [
        f"{line.name}: {line.what}, {line.start.astimezone(zone):%a %H:%M}"
        if line.start
        else f"{line.name}: {line.what}"
        for line in in_tray(desk)
    ]


def test_several_visits_and_requests_lie_in_it_in_the_order_they_came(desk: Desk) -> None:
    visit = book(desk, "2026-11-25T09:00", patient_id=a_patient(desk))
    request = a_request(desk, procedure_text="hip injection")
    put_visit(desk, visit.id)
    last = put_request(desk, request)
    assert picture(desk) == ["Ortiz, Marisol: Large joint injection, Wed 09:00", "Asante, Kwame: hip injection"]
    assert last.changes.touches(Record.TRAY_ITEM)
    put_visit(desk, visit.id)
    assert len(in_tray(desk)) == 2


def test_a_visit_in_it_keeps_its_place(desk: Desk) -> None:
    visit = book(desk)
    put_visit(desk, visit.id)
    assert desk.queries.visit_card(visit.id).appointment == visit


def test_it_is_the_persons_own_and_is_there_again_the_next_morning(desk: Desk, desks: Desks) -> None:
    put_visit(desk, book(desk).id)
    other = desks()
    assert in_tray(other) == ()
    other.actor = desk.actor
    assert len(in_tray(other)) == 1


def test_what_is_dropped_elsewhere_leaves_it_and_undo_brings_it_back(desk: Desk) -> None:
    visit = book(desk)
    put_visit(desk, visit.id)
    move(desk, MoveAppointment(visit.id, at("2026-11-30T10:00")))
    assert in_tray(desk) == ()
    undo(desk)
    assert [line.start for line in in_tray(desk)] == [visit.start]


def test_a_request_leaves_it_once_it_is_booked(desk: Desk) -> None:
    request = a_request(desk, a_patient(desk))
    put_request(desk, request)
    book_appointment(desk, BookAppointment(at("2026-11-25T09:00"), request_id=request))
    assert in_tray(desk) == ()


def test_it_says_what_another_desk_did_meanwhile(desk: Desk, desks: Desks) -> None:
    visit, moved = book(desk), book(desk, "2026-11-25T11:00")
    put_visit(desk, visit.id)
    put_visit(desk, moved.id)
    other = desks()
    cancel(other, visit.id, CancelReason.PATIENT)
    move(other, MoveAppointment(moved.id, at("2026-11-26T10:00")))
    first, second = in_tray(desk)
    assert (first.status, first.is_gone) == ("cancelled", True)
    assert (second.start, second.is_gone) == (at("2026-11-26T10:00"), False)


def test_putting_all_back_empties_it_in_one_step_that_can_be_undone(desk: Desk) -> None:
    put_visit(desk, book(desk).id)
    put_visit(desk, book(desk, "2026-11-25T11:00").id)
    assert put_back(desk).value == ()
    undo(desk)
    kept = in_tray(desk)
    assert len(kept) == 2
    put_back(desk, [kept[0].item_id])
    assert in_tray(desk) == kept[1:]
    assert put_back(desk, [kept[0].item_id]).undo_step is None


def test_who_is_under_way_cannot_be_carried(desk: Desk) -> None:
    visit = book(desk, "2026-11-24T11:00")
    set_status(desk, visit.id, AppointmentStatus.ARRIVED)
    with pytest.raises(RuleViolation, match="not_movable"):
        put_visit(desk, visit.id)


def test_a_tray_never_keeps_a_booking_from_being_taken_back(desk: Desk, desks: Desks) -> None:
    visit = book(desk)
    other = desks()
    put_visit(other, visit.id)
    undo(desk)
    assert [line.is_gone for line in in_tray(other)] == [True]
