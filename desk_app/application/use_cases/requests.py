"""The life of a request: taken down, reviewed, linked to a chart, and what a visit's fate means for it.

Every open request keeps at least one open callback, so that the one of least due time is its next action.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.domain import callbacks as due
from desk_app.domain.faults import Conflict, NeedsConfirmation, RuleViolation, WrongInput
from desk_app.domain.likeness import NEAR_MATCH, Person, likeness
from desk_app.domain.records import Appointment, Callback, Contact, Patient, Request, Wishes
from desk_app.domain.statuses import (
    OPEN_REQUESTS,
    CallbackKind,
    CallbackStatus,
    CancelReason,
    RequestSource,
    RequestStatus,
    Urgency,
    check_request_step,
)

Taken = Outcome[Request]
NOBODY = Contact()
NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request taken down by hand, for a known patient or for a caller."""

    source: RequestSource
    urgency: Urgency = Urgency.ROUTINE
    patient_id: int | None = None
    contact: Contact = NOBODY
    procedure: str | None = None
    procedure_text: str = ""
    levels: int = 1
    level_names: str = ""
    side: str = ""
    payer: str | None = None
    wishes: Wishes = NO_WISHES
    referrer: str = ""
    note: str = ""
    write_id: UUID | None = None


def is_open(request: Request) -> bool:
    return request.status in OPEN_REQUESTS


def take_down(desk: Desk, wish: NewRequest) -> Taken:
    """A new request by hand. Raises WrongInput for unknown codes, RuleViolation where nobody could be reached."""
    _known_codes(desk, wish.procedure, wish.levels, wish.payer)
    with desk.open_work(desk.actor, wish.write_id) as work:
        patient = work.patients.get(wish.patient_id) if wish.patient_id is not None else None
        request = work.requests.add(_from_wish(desk, wish, patient))
        add_first_call(desk, work, request)
        changes = work.commit("request_received", {"request": request.id, "source": request.source.value})
    return Outcome(request, desk.committed(work, changes), changes.seq)


def _from_wish(desk: Desk, wish: NewRequest, patient: Patient | None) -> Request:
    contact = contact_of(patient) if patient else wish.contact
    if not contact.family.strip():
        raise RuleViolation("name_missing", field="family")
    if patient is None and not contact.phones and not contact.email:
        raise RuleViolation("no_contact", field="phone")
    return Request(
        source=wish.source,
        received_at=desk.now(),
        urgency=wish.urgency,
        patient_id=wish.patient_id,
        contact=contact,
        procedure=wish.procedure,
        procedure_text=wish.procedure_text,
        levels=wish.levels,
        level_names=wish.level_names,
        side=wish.side,
        payer=wish.payer or (patient.payer if patient else None),
        wishes=wish.wishes,
        referrer=wish.referrer,
        note=wish.note,
    )


def edit(desk: Desk, request: Request) -> Taken:
    """Stores an edited request. Raises Conflict where somebody changed it meanwhile."""
    _known_codes(desk, request.procedure, request.levels, request.payer)
    with desk.open_work(desk.actor) as work:
        before = work.requests.get(request.id)
        if request.status is not before.status:
            check_request_step(before.status, request.status)
        request = work.requests.save(request)
        ensure_next_action(desk, work, request)
        changes = work.commit("request_edited", {"request": request.id})
    return Outcome(request, desk.committed(work, changes), changes.seq)


def set_status(desk: Desk, request_id: int, status: RequestStatus, note: str = "") -> Taken:
    """One step along the table; a request that is no longer open has its calls settled."""
    with desk.open_work(desk.actor) as work:
        request = work.requests.get(request_id)
        check_request_step(request.status, status)
        request = work.requests.save(replace(request, status=status, note=note or request.note))
        if is_open(request):
            ensure_next_action(desk, work, request)
        else:
            settle_calls(work, request.id, CallbackStatus.DROPPED)
        changes = work.commit("request_status", {"request": request.id, "status": status.value})
    return Outcome(request, desk.committed(work, changes), changes.seq)


def link_patient(desk: Desk, request_id: int, patient_id: int, version: int | None = None) -> Taken:
    """Says whose request this is."""
    with desk.open_work(desk.actor) as work:
        request = _unchanged(work.requests.get(request_id), version)
        request = link(work, request, patient_id)
        changes = work.commit("request_linked", {"request": request.id, "patient": patient_id})
    return Outcome(request, desk.committed(work, changes), changes.seq)


def create_patient(desk: Desk, request_id: int, version: int | None = None) -> Taken:
    """Makes a chart from what the person wrote, and links it."""
    with desk.open_work(desk.actor) as work:
        request = _unchanged(work.requests.get(request_id), version)
        if request.patient_id is not None:
            raise RuleViolation("request_has_patient")
        patient_id = patient_for(desk, work, request, as_new=True)
        changes = work.commit("request_linked", {"request": request.id, "patient": patient_id})
        request = work.requests.get(request_id)
    return Outcome(request, desk.committed(work, changes), changes.seq)


def link(work: UnitOfWork, request: Request, patient_id: int) -> Request:
    """Links inside a running transaction."""
    patient = work.patients.get(patient_id)
    return work.requests.save(
        replace(request, patient_id=patient.id, suggested_patient_id=None, payer=request.payer or patient.payer)
    )


def patient_for(desk: Desk, work: UnitOfWork, request: Request, as_new: bool) -> int:
    """The chart for a request without one: new, unless somebody known is so alike that a person must decide."""
    known = None if as_new else best_match(work, request.contact)
    if known is not None:
        raise NeedsConfirmation(("perhaps_known",), mrn=work.patients.get(known).mrn, patient=known)
    contact = request.contact
    patient = work.patients.add(
        Patient(
            mrn=work.patients.next_mrn(),
            family=contact.family,
            given=contact.given,
            birth_date=contact.birth_date,
            email=contact.email,
            phones=contact.phones,
            payer=request.payer,
            member_id=contact.member_id,
        )
    )
    link(work, request, patient.id)
    return patient.id


def best_match(work: UnitOfWork, contact: Contact) -> int | None:
    """The chart most like this person, if any is near enough."""
    numbers = [phone.e164 for phone in contact.phones if phone.e164]
    person = Person(contact.family, contact.given, contact.birth_date, tuple(numbers))
    found = [
        (likeness(person, Person(m.family, m.given, m.birth_date, tuple(p.e164 for p in m.phones))), m.record_id)
        for m in work.patients.alike(contact.family, contact.given, contact.birth_date, numbers)
    ]
    best = max(found, default=(0, 0))
    return best[1] if best[0] >= NEAR_MATCH else None


def contact_of(patient: Patient) -> Contact:
    """A known patient as the contact of a request."""
    return Contact(
        family=patient.family,
        given=patient.given,
        birth_date=patient.birth_date,
        phones=patient.phones,
        email=patient.email,
        member_id=patient.member_id,
    )


def booked(work: UnitOfWork, visit: Appointment) -> None:
    """The request of a firm visit is booked and its calls are settled; the visit has its own from now on."""
    if visit.request_id is None:
        return
    request = work.requests.get(visit.request_id)
    check_request_step(request.status, RequestStatus.BOOKED)
    work.requests.save(
        replace(
            request,
            status=RequestStatus.BOOKED,
            procedure=request.procedure or visit.procedure,
            levels=visit.levels,
        )
    )
    settle_calls(work, request.id, CallbackStatus.DONE)


def visit_cancelled(desk: Desk, work: UnitOfWork, visit: Appointment, was_held: bool) -> None:
    """A cancelled visit gives its request back to the inbox, with a call to rebook or close."""
    if visit.request_id is None:
        return
    request = work.requests.get(visit.request_id)
    if was_held:
        if is_open(request):
            ensure_next_action(desk, work, request)
        return
    if request.status is not RequestStatus.BOOKED:
        return
    if visit.cancel_reason is CancelReason.DIED:
        work.requests.save(replace(request, status=RequestStatus.CLOSED))
        return
    request = work.requests.save(replace(request, status=RequestStatus.READY_TO_BOOK))
    when = due.due_after_cancel(desk.now(), desk.calendar())
    work.callbacks.add(callback_for(request, CallbackKind.REBOOK, when))


def close_after_visit(work: UnitOfWork, visit: Appointment) -> None:
    """Once the patient has gone home the request has been fulfilled."""
    if visit.request_id is None:
        return
    request = work.requests.get(visit.request_id)
    if request.status is RequestStatus.BOOKED:
        work.requests.save(replace(request, status=RequestStatus.CLOSED))


def add_first_call(desk: Desk, work: UnitOfWork, request: Request) -> None:
    """The call to the patient that a new request makes due."""
    when = due.due_for_request(request.urgency, request.received_at, desk.calendar())
    work.callbacks.add(callback_for(request, CallbackKind.CALL_PATIENT, when))


def ensure_next_action(desk: Desk, work: UnitOfWork, request: Request) -> None:
    """An open request is never without its next action."""
    if is_open(request) and not work.callbacks.open_for_request(request.id):
        when = due.due_for_request(request.urgency, desk.now(), desk.calendar())
        work.callbacks.add(callback_for(request, CallbackKind.CALL_PATIENT, when))


def callback_for(request: Request, kind: CallbackKind, when: datetime) -> Callback:
    """A call about a request, to the number the person gave."""
    phones = request.contact.phones
    return Callback(
        kind=kind,
        due=when,
        reason=request.procedure or request.procedure_text[:80],
        request_id=request.id,
        patient_id=request.patient_id,
        payer=request.payer,
        phone=(phones[0].e164 or phones[0].raw) if phones else "",
    )


def settle_calls(work: UnitOfWork, request_id: int, status: CallbackStatus) -> None:
    for callback in work.callbacks.open_for_request(request_id):
        work.callbacks.save(replace(callback, status=status))


def _unchanged(request: Request, version: int | None) -> Request:
    if version is not None and version != request.version:
        raise Conflict("changed", record="request", record_id=request.id)
    return request


def _known_codes(desk: Desk, procedure: str | None, levels: int, payer: str | None) -> None:
    catalogue = desk.catalogue()
    if procedure is not None and not catalogue.has_procedure(procedure):
        raise WrongInput("unknown_procedure", procedure=procedure, field="procedure")
    most = catalogue.procedure(procedure).max_levels if procedure is not None else 30
    if not 1 <= levels <= most:
        raise WrongInput("levels", procedure=procedure, max_levels=most, field="levels")
    if payer is not None and payer not in {known.code for known in catalogue.payers}:
        raise WrongInput("unknown_payer", payer=payer, field="payer")
