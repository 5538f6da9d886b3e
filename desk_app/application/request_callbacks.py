"""The calls that a request makes necessary, as it is received and reviewed, and as a visit for it comes and goes.

Every open request keeps at least one open callback, so that the one of least due time is its next action.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from desk_app.application.call_settling import instead
from desk_app.application.call_settling import settle as settle_calls
from desk_app.application.desk import Desk
from desk_app.application.ports import UnitOfWork
from desk_app.domain import callbacks as due
from desk_app.domain.call_phones import number_of, phone_to_call
from desk_app.domain.practice_rules import call_rules
from desk_app.domain.records import Appointment, Callback, Patient, Phone, Request
from desk_app.domain.statuses import (
    OPEN_REQUESTS,
    CallbackKind,
    CallbackStatus,
    CancelReason,
    RequestStatus,
    check_request_step,
)

STAGES = (
    RequestStatus.RECEIVED,
    RequestStatus.IN_REVIEW,
    RequestStatus.AWAITING_AUTHORIZATION,
    RequestStatus.READY_TO_BOOK,
)
CALL_OF_STAGE: Mapping[RequestStatus, CallbackKind] = {
    RequestStatus.RECEIVED: CallbackKind.CALL_PATIENT,
    RequestStatus.IN_REVIEW: CallbackKind.CALL_PATIENT,
    RequestStatus.AWAITING_AUTHORIZATION: CallbackKind.CALL_PAYER,
    RequestStatus.READY_TO_BOOK: CallbackKind.BOOK,
}
"""The call that takes a request on from where it stands."""


def is_open(request: Request) -> bool:
    return request.status in OPEN_REQUESTS


def received(desk: Desk, work: UnitOfWork, request: Request) -> None:
    """The call that a new request makes due: to the patient, unless all is known and it has gone on already."""
    kind = CALL_OF_STAGE[request.status]
    if kind is CallbackKind.CALL_PATIENT:
        when = due.due_for_request(request.urgency, request.received_at, desk.calendar(), call_rules(desk.catalogue()))
    else:
        when = _due(desk, request, kind)
    add_call(work, request, kind, when)


def stepped(desk: Desk, work: UnitOfWork, before: Request, request: Request) -> None:
    """A request was changed by hand: its calls are those of where it stands now."""
    if not is_open(request):
        settle(work, request.id, CallbackStatus.DROPPED)
        return
    if request.status is not before.status:
        _enter_stage(desk, work, before, request)
    hasten(desk, work, before, request)
    ensure_next_action(desk, work, request)


def hasten(desk: Desk, work: UnitOfWork, before: Request, request: Request) -> None:
    """It has become more urgent: the call to the patient is due as if it had come in so."""
    if request.urgency is before.urgency:
        return
    when = due.due_for_request(request.urgency, desk.now(), desk.calendar(), call_rules(desk.catalogue()))
    for call in work.callbacks.open_for_request(request.id):
        if call.kind is CallbackKind.CALL_PATIENT and when < call.due:
            work.callbacks.save(replace(call, due=when))


def ensure_next_action(desk: Desk, work: UnitOfWork, request: Request) -> None:
    """An open request is never without its next action."""
    if is_open(request) and not work.callbacks.open_for_request(request.id):
        kind = CALL_OF_STAGE[request.status]
        add_call(work, request, kind, _due(desk, request, kind))


def booked(work: UnitOfWork, visit: Appointment) -> None:
    """The request of a firm visit is booked and its calls are settled; the visit has its own from now on."""
    if visit.request_id is None:
        return
    request = work.requests.get(visit.request_id)
    check_request_step(request.status, RequestStatus.BOOKED)
    procedure = request.procedure or visit.procedure
    work.requests.save(replace(request, status=RequestStatus.BOOKED, procedure=procedure, levels=visit.levels))
    settle(work, request.id, CallbackStatus.DONE)


def visit_cancelled(desk: Desk, work: UnitOfWork, visit: Appointment, was_held: bool) -> None:
    """A cancelled visit gives its request back to the inbox, with a call to rebook or close."""
    if visit.request_id is None:
        return
    request = work.requests.get(visit.request_id)
    if visit.cancel_reason is CancelReason.DIED:
        _nobody_to_call(work, request)
    elif was_held:
        ensure_next_action(desk, work, request)
    elif request.status is RequestStatus.BOOKED:
        request = work.requests.save(replace(request, status=RequestStatus.READY_TO_BOOK))
        when = due.due_after_cancel(desk.now(), desk.calendar(), call_rules(desk.catalogue()))
        add_call(work, request, CallbackKind.REBOOK, when)


def close_after_visit(work: UnitOfWork, visit: Appointment) -> None:
    """Once the patient has gone home the request has been fulfilled."""
    if visit.request_id is None:
        return
    request = work.requests.get(visit.request_id)
    if request.status is RequestStatus.BOOKED:
        work.requests.save(replace(request, status=RequestStatus.CLOSED))


def reopen_after_visit(work: UnitOfWork, visit: Appointment) -> None:
    """The patient had not gone home after all: its closing is taken back, which is no step of the table."""
    if visit.request_id is None:
        return
    request = work.requests.get(visit.request_id)
    if request.status is RequestStatus.CLOSED:
        work.requests.save(replace(request, status=RequestStatus.BOOKED))


def add_call(work: UnitOfWork, request: Request, kind: CallbackKind, when: datetime) -> None:
    """A call about a request; where the patient wishes no calls a letter, if none is to be written yet."""
    chart = chart_of(work, request)
    call = instead(callback_for(request, kind, when, chart), chart)
    if call is None or (call.kind is not kind and _has(work, request, call.kind)):
        return
    work.callbacks.add(call)


def _has(work: UnitOfWork, request: Request, kind: CallbackKind) -> bool:
    return any(call.kind is kind for call in work.callbacks.open_for_request(request.id))


def callback_for(request: Request, kind: CallbackKind, when: datetime, chart: Patient | None = None) -> Callback:
    """A call about a request: to the chart's number, else to the one the person gave."""
    phones = chart.phones if chart is not None and chart.phones else request.contact.phones
    return Callback(
        kind=kind,
        due=when,
        reason=request.procedure or request.procedure_text[:80],
        request_id=request.id,
        patient_id=request.patient_id,
        payer=(chart.payer if chart is not None else None) or request.payer,
        phone=first_number(phones),
    )


def settle(work: UnitOfWork, request_id: int, status: CallbackStatus) -> None:
    settle_calls(work, work.callbacks.open_for_request(request_id), status)


def _enter_stage(desk: Desk, work: UnitOfWork, before: Request, request: Request) -> None:
    """The calls of other stages are done where the request went on, dropped where it went back."""
    kind, calls = CALL_OF_STAGE[request.status], work.callbacks.open_for_request(request.id)
    went_on = before.status in STAGES and STAGES.index(before.status) < STAGES.index(request.status)
    for call in calls:
        if call.kind in CALL_OF_STAGE.values() and call.kind is not kind:
            work.callbacks.save(replace(call, status=CallbackStatus.DONE if went_on else CallbackStatus.DROPPED))
    if not any(call.kind is kind for call in calls):
        add_call(work, request, kind, _due(desk, request, kind))


def chart_of(work: UnitOfWork, request: Request) -> Patient | None:
    return work.patients.get(request.patient_id) if request.patient_id is not None else None


def first_number(phones: tuple[Phone, ...]) -> str:
    """The first that is right, as it is dialled."""
    found = phone_to_call(phones, "")
    return number_of(found) if found is not None else ""


def _due(desk: Desk, request: Request, kind: CallbackKind) -> datetime:
    now, calendar, rules = desk.now(), desk.calendar(), call_rules(desk.catalogue())
    if kind is CallbackKind.CALL_PATIENT:
        return due.due_for_request(request.urgency, now, calendar, rules)
    return (
        due.due_for_payer(now, calendar, rules)
        if kind is CallbackKind.CALL_PAYER
        else due.due_to_book(now, calendar, rules)
    )


def _nobody_to_call(work: UnitOfWork, request: Request) -> None:
    """The person has died: a booked request is closed, an open one withdrawn, and nobody calls."""
    if request.status is RequestStatus.BOOKED:
        work.requests.save(replace(request, status=RequestStatus.CLOSED))
    elif is_open(request):
        work.requests.save(replace(request, status=RequestStatus.WITHDRAWN))
    settle(work, request.id, CallbackStatus.DROPPED)
