"""A number that names nothing is wrong input, said in words, wherever it is typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desk_app.application.desk import Desk
from desk_app.application.sentences import sentence
from desk_app.application.use_cases import booking, moving, patients, requests, visit_status
from desk_app.domain.faults import WrongInput
from desk_app.domain.records import Patient
from desk_app.domain.statuses import AppointmentStatus, CancelReason, RequestSource, RequestStatus
from tests.helpers.small_practice import at

MORNING = at("2026-11-25T09:00")

ASKED: dict[str, Callable[[Desk], object]] = {
    "book for a request": lambda desk: booking.book(desk, booking.BookAppointment(MORNING, "JOINT", request_id=77)),
    "book for a patient": lambda desk: booking.book(desk, booking.BookAppointment(MORNING, "JOINT", patient_id=77)),
    "make firm": lambda desk: booking.make_firm(desk, 77),
    "move": lambda desk: moving.move(desk, moving.MoveAppointment(77, MORNING)),
    "cancel": lambda desk: visit_status.cancel(desk, 77, CancelReason.ILL),
    "status": lambda desk: visit_status.set_status(desk, 77, AppointmentStatus.ARRIVED),
    "request status": lambda desk: requests.set_status(desk, 77, RequestStatus.IN_REVIEW),
    "link": lambda desk: requests.link_patient(desk, 77, 77),
    "create a chart": lambda desk: requests.create_patient(desk, 77),
    "take down": lambda desk: requests.take_down(desk, requests.NewRequest(RequestSource.PHONE, patient_id=77)),
    "edit a chart": lambda desk: patients.edit(desk, Patient("x", "Nobody", "", id=77, version=1)),
    "a visit's card": lambda desk: desk.queries.visit_card(77),
    "a request's card": lambda desk: desk.queries.request_card(77, desk.now()),
    "a patient's card": lambda desk: desk.queries.patient_card(77, desk.now()),
}


def test_it_is_refused_and_says_what_there_is_not(desk: Desk) -> None:
    before = desk.queries.last_seq()
    for what, ask in ASKED.items():
        with pytest.raises(WrongInput) as refused:
            ask(desk)
        assert refused.value.code == "unknown_record", what
        assert "77" in sentence(refused.value.code, refused.value.params)
    assert desk.queries.last_seq() == before
