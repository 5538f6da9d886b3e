"""What several tests at the desk begin with: patients, requests, visits, and a look at the calls that are open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking, patients, requests
from desk_app.domain.records import Appointment, Authorization, Contact, Patient, Phone
from desk_app.domain.statuses import AuthorizationStatus, RequestSource
from tests.helpers.small_practice import at

MORNING = "2026-11-25T09:00"


def a_patient(desk: Desk, family: str = "Ortiz", **more: Any) -> int:
    phones = (Phone("508 555 0101", "+15085550101"),)
    return patients.add(desk, Patient("", family, "Marisol", phones=phones, **more), True).value.id


def a_request(desk: Desk, patient_id: int | None = None, procedure: str | None = "JOINT", **more: Any) -> int:
    caller = Contact("Asante", "Kwame", phones=(Phone("413 555 0119", "+14135550119"),))
    wish = requests.NewRequest(RequestSource.PHONE, patient_id=patient_id, contact=caller, procedure=procedure)
    return requests.take_down(desk, replace(wish, **more)).value.id


def book(desk: Desk, start: str = MORNING, procedure: str | None = "JOINT", **more: Any) -> Appointment:
    """A visit; of somebody new unless it is said for whom."""
    if not {"request_id", "patient_id"} & more.keys():
        more["patient_id"] = a_patient(desk, f"P{start}")
    return booking.book(desk, booking.BookAppointment(at(start), procedure, **more)).value


def approve(desk: Desk, request_id: int | None, patient_id: int | None, procedure: str = "KYPHO", **more: Any) -> None:
    """A payer's approval, as it is written down once it has come."""
    with desk.open_work(desk.actor) as work:
        approval = Authorization(request_id, patient_id, None, procedure, AuthorizationStatus.APPROVED, **more)
        work.authorizations.add(approval)
        desk.committed(work, work.commit("authorization_approved"))


def calls_of_request(desk: Desk, request_id: int) -> dict[str, str]:
    """Kind and wall-clock due time of the open calls about a request."""
    return _open(desk, desk.queries.request_card(request_id, desk.now()).callbacks)


def calls_of_visit(desk: Desk, appointment_id: int) -> dict[str, str]:
    return _open(desk, desk.queries.visit_card(appointment_id).callbacks)


def _open(desk: Desk, callbacks: Any) -> dict[str, str]:
    return {
        call.kind.value: call.due.astimezone(desk.zone()).strftime("%a %d %H:%M")
        for call in callbacks
        if call.status in ("due", "claimed")
    }
