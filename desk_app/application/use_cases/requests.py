"""The life of a request at the desk: taken down, edited, reviewed, and linked to a chart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from desk_app.application import request_callbacks
from desk_app.application.asked import check_levels, procedure_of
from desk_app.application.authorization_rule import looked_at
from desk_app.application.bookability import Said
from desk_app.application.charts import contact_of, link, patient_for
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import repeated
from desk_app.application.use_cases.request_holds import HOLD_RELEASED, release_holds
from desk_app.domain.faults import Conflict, RuleViolation, WrongInput
from desk_app.domain.records import Appointment, Contact, Patient, Request, Wishes
from desk_app.domain.statuses import (
    AppointmentStatus,
    RequestSource,
    RequestStatus,
    Urgency,
    check_request_step,
)

MOST_LEVELS = 30
"""While no procedure is chosen: the vertebrae there are."""

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


def take_down(desk: Desk, wish: NewRequest) -> Taken:
    """A new request by hand. Raises WrongInput for unknown codes, RuleViolation where nobody could be reached."""
    _known_codes(desk, wish.procedure, wish.levels, wish.payer)
    with desk.open_work(desk.actor, wish.write_id) as work:
        patient = work.patients.get(wish.patient_id) if wish.patient_id is not None else None
        request = work.requests.add(_from_wish(desk, wish, patient))
        request_callbacks.received(desk, work, request)
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


@repeated
def edit(desk: Desk, request: Request, override_reason: str = "", acknowledged: frozenset[str] | None = None) -> Taken:
    """Stores an edited request. Raises Conflict where somebody changed it meanwhile.

    Another payer or procedure has the rule of authorization looked at anew; raises as ``authorization_rule`` does.
    """
    _known_codes(desk, request.procedure, request.levels, request.payer)
    with desk.open_work(desk.actor) as work:
        before = work.requests.get(request.id)
        if request.status is not before.status:
            _check_step_by_hand(desk, work, before, request.status)
        request = work.requests.save(request)
        request_callbacks.stepped(desk, work, before, request)
        warnings = looked_at(desk, work, request, Said(override_reason, acknowledged))
        request = work.requests.get(request.id)
        released = release_holds(desk, work, request)
        changes = work.commit("request_edited", {"request": request.id, **_told(released)})
    warnings = (*warnings, *((HOLD_RELEASED,) if released else ()))
    return Outcome(request, desk.committed(work, changes), changes.seq, warnings)


@repeated
def set_status(desk: Desk, request_id: int, status: RequestStatus, note: str = "") -> Taken:
    """One step along the table; a request that is no longer open has its calls settled and its holds given up."""
    with desk.open_work(desk.actor) as work:
        before = work.requests.get(request_id)
        _check_step_by_hand(desk, work, before, status)
        request = work.requests.save(replace(before, status=status, note=note or before.note))
        request_callbacks.stepped(desk, work, before, request)
        looked_at(desk, work, request)
        request = work.requests.get(request.id)
        released = release_holds(desk, work, request)
        facts = {"request": request.id, "status": status.value, **_told(released)}
        changes = work.commit("request_status", facts)
    return Outcome(request, desk.committed(work, changes), changes.seq, (HOLD_RELEASED,) if released else ())


def _told(released: tuple[int, ...]) -> dict[str, object]:
    """What the audit event says of holds that went with their request."""
    return {"released": list(released)} if released else {}


def _check_step_by_hand(desk: Desk, work: UnitOfWork, request: Request, status: RequestStatus) -> None:
    """Whether a request is booked is its visit's to say: nobody books, or takes that back, by a word alone."""
    check_request_step(request.status, status)
    if status is RequestStatus.BOOKED:
        raise RuleViolation("request_booked_by_visit")
    if request.status is RequestStatus.BOOKED and _standing_visits(desk, work, request.id):
        raise RuleViolation("request_has_visit")


def _standing_visits(desk: Desk, work: UnitOfWork, request_id: int) -> list[Appointment]:
    visits = work.appointments.for_request(request_id)
    return [v for v in visits if v.is_active(desk.now()) and v.status is not AppointmentStatus.DISCHARGED]


def link_patient(desk: Desk, request_id: int, patient_id: int, version: int | None = None) -> Taken:
    """Says whose request this is."""
    with desk.open_work(desk.actor) as work:
        request = _unchanged(work.requests.get(request_id), version)
        if any(visit.patient_id != patient_id for visit in _standing_visits(desk, work, request.id)):
            raise RuleViolation("request_of_another_patient")
        request = link(work, request, patient_id)
        warnings = looked_at(desk, work, request)
        request = work.requests.get(request.id)
        changes = work.commit("request_linked", {"request": request.id, "patient": patient_id})
    return Outcome(request, desk.committed(work, changes), changes.seq, warnings)


def create_patient(desk: Desk, request_id: int, version: int | None = None) -> Taken:
    """Makes a chart from what the person wrote, and links it."""
    with desk.open_work(desk.actor) as work:
        request = _unchanged(work.requests.get(request_id), version)
        if request.patient_id is not None:
            raise RuleViolation("request_has_patient")
        patient_id = patient_for(work, request, as_new=True)
        request = work.requests.get(request_id)
        changes = work.commit("request_linked", {"request": request.id, "patient": patient_id})
    return Outcome(request, desk.committed(work, changes), changes.seq)


def _unchanged(request: Request, version: int | None) -> Request:
    if version is not None and version != request.version:
        raise Conflict("changed", record="request", record_id=request.id)
    return request


def _known_codes(desk: Desk, procedure: str | None, levels: int, payer: str | None) -> None:
    catalogue = desk.catalogue()
    if procedure is not None:
        check_levels(procedure_of(catalogue, procedure), levels)
    elif not 1 <= levels <= MOST_LEVELS:
        raise WrongInput("levels", procedure="A request", max_levels=MOST_LEVELS, field="levels")
    if payer is not None and payer not in {known.code for known in catalogue.payers}:
        raise WrongInput("unknown_payer", payer=payer, field="payer")
