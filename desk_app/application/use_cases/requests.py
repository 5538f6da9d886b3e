"""The life of a request at the desk: taken down, edited, reviewed, and linked to a chart."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from desk_app.application import request_callbacks
from desk_app.application.asked import check_levels, procedure_of
from desk_app.application.authorization_rule import looked_at
from desk_app.application.bookability import Said
from desk_app.application.calls_follow import follow_chart, follow_request
from desk_app.application.charts import best_match, contact_of, link, patient_for
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import repeated
from desk_app.application.request_place import authorized_by_rule, placed
from desk_app.application.use_cases.patients import check as check_chart
from desk_app.application.use_cases.request_holds import HOLD_RELEASED, release_holds
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import Conflict, RuleViolation, WrongInput
from desk_app.domain.records import Appointment, Contact, Patient, Request, Wishes
from desk_app.domain.statuses import (
    AppointmentStatus,
    EndReason,
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
    diagnoses: tuple[str, ...] = ()


def take_down(desk: Desk, wish: NewRequest) -> Taken:
    """A new request by hand; where all is known it stands at once where it belongs.

    A caller who told name, birth date and number, and is like nobody known, has a chart at once. Raises WrongInput for
    unknown codes, RuleViolation where nobody could be reached.
    """
    _known_codes(desk, wish.procedure, wish.levels, wish.payer)
    with desk.open_work(desk.actor, wish.write_id) as work:
        patient = work.patients.current(wish.patient_id) if wish.patient_id is not None else None
        asked = _from_wish(desk, wish, patient)
        if patient is not None:
            request = work.requests.add(placed(desk, work, asked, chart=patient))
        else:
            request = _of_caller(desk, work, work.requests.add(asked))
        request_callbacks.received(desk, work, request)
        authorized_by_rule(desk, work, request)
        changes = work.commit("request_received", {"request": request.id, "source": request.source.value})
    return Outcome(request, desk.committed(work, changes), changes.seq)


def _of_caller(desk: Desk, work: UnitOfWork, request: Request) -> Request:
    """Somebody alike is offered for a person to decide; of somebody new who told enough a chart is made."""
    contact = request.contact
    known = best_match(work, contact)
    if known is not None:
        return work.requests.save(replace(request, suggested_patient_id=known))
    if not (contact.given and contact.birth_date and contact.phones):
        return request
    patient_for(work, request, as_new=True)
    linked = work.requests.get(request.id)
    return work.requests.save(placed(desk, work, linked))


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
        patient_id=patient.id if patient else None,
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
        diagnoses=wish.diagnoses,
    )


@dataclass(frozen=True, slots=True)
class Whose:
    """What a review says of the chart: another one it belongs to, a new one, or its own ``chart`` completed."""

    link_to: int | None = None
    as_new: bool = False
    chart: Patient | None = None


AS_BEFORE = Whose()


@repeated
def edit(
    desk: Desk,
    request: Request,
    whose: Whose = AS_BEFORE,
    override_reason: str = "",
    acknowledged: frozenset[str] | None = None,
) -> Taken:
    """Stores an edited request, which goes on to where it belongs by what is known of it now.

    Another payer or procedure has the rule of authorization looked at anew; raises as ``authorization_rule`` does, and
    Conflict where somebody changed the request, or its chart, meanwhile.
    """
    if whose.chart is not None:
        check_chart(desk.today(), whose.chart)
    _known_codes(desk, request.procedure, request.levels, request.payer)
    with desk.open_work(desk.actor) as work:
        before = work.requests.get(request.id)
        if request.status is not before.status and request.version == before.version:
            _check_step_by_hand(desk, work, before, request.status)
        said = Said(override_reason, acknowledged)
        request, warnings = _stored(desk, work, before, request, said)
        request, more = _of_whom(desk, work, request, whose, said)
        warnings = tuple(dict.fromkeys((*warnings, *more)))
        released = release_holds(desk, work, request)
        changes = work.commit("request_edited", {"request": request.id, **_told(released)})
    warnings = (*warnings, *((HOLD_RELEASED,) if released else ()))
    return Outcome(request, desk.committed(work, changes), changes.seq, warnings)


def _of_whom(
    desk: Desk, work: UnitOfWork, request: Request, whose: Whose, said: Said
) -> tuple[Request, tuple[str, ...]]:
    """The request once its chart is linked, made or completed as the review says, and what is worth saying of that."""
    if whose.link_to is not None:
        _check_whose(desk, work, request, whose.link_to)
        return _gone_on(desk, work, request, link(work, request, whose.link_to))
    if whose.as_new and request.patient_id is None:
        patient_for(work, request, as_new=True)
        return _gone_on(desk, work, request, work.requests.get(request.id))
    if whose.chart is not None and (before := work.patients.get(whose.chart.id)) != whose.chart:
        warnings = follow_chart(desk, work, before, work.patients.save(whose.chart), said)
        return work.requests.get(request.id), warnings
    return request, ()


def _stored(
    desk: Desk, work: UnitOfWork, before: Request, request: Request, said: Said
) -> tuple[Request, tuple[str, ...]]:
    """Writes a changed request with its calls and its authorization."""
    if request.status is before.status and request_callbacks.is_open(request):
        request = placed(desk, work, request, before=before)
    request = work.requests.save(request)
    request_callbacks.stepped(desk, work, before, request)
    follow_request(work, before, request)
    warnings = authorized_by_rule(desk, work, request, said)
    return work.requests.get(request.id), warnings


@repeated
def set_status(
    desk: Desk, request_id: int, status: RequestStatus, note: str = "", why: EndReason | None = None
) -> Taken:
    """One step along the table; a request that is no longer open has its calls settled and its holds given up.

    ``why`` it ended is kept with the step; a ``note`` joins the request's.
    """
    with desk.open_work(desk.actor) as work:
        before = work.requests.get(request_id)
        _check_step_by_hand(desk, work, before, status)
        notes = "; ".join(dict.fromkeys(text for text in (before.note, note) if text))
        request = work.requests.save(replace(before, status=status, note=notes))
        request_callbacks.stepped(desk, work, before, request)
        looked_at(desk, work, request)
        request = work.requests.get(request.id)
        released = release_holds(desk, work, request)
        facts = {"request": request.id, "status": status.value, **_told(released), **_ended(before, status, why)}
        changes = work.commit("request_status", facts)
    return Outcome(request, desk.committed(work, changes), changes.seq, (HOLD_RELEASED,) if released else ())


def _told(released: tuple[int, ...]) -> dict[str, object]:
    """What the audit event says of holds that went with their request."""
    return {"released": list(released)} if released else {}


def _ended(request: Request, status: RequestStatus, why: EndReason | None) -> dict[str, object]:
    """What the audit event says of how it ended: a code, or which request says the same."""
    facts: dict[str, object] = {"why": why.value} if why is not None else {}
    if status is RequestStatus.DUPLICATE and request.possible_duplicate_of is not None:
        facts["duplicate_of"] = request.possible_duplicate_of
    return facts


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
        _check_whose(desk, work, request, patient_id)
        request, warnings = _gone_on(desk, work, request, link(work, request, patient_id))
        changes = work.commit("request_linked", {"request": request.id, "patient": patient_id})
    return Outcome(request, desk.committed(work, changes), changes.seq, warnings)


def _check_whose(desk: Desk, work: UnitOfWork, request: Request, patient_id: int) -> None:
    whose = work.patients.current(patient_id).id
    if any(visit.patient_id != whose for visit in _standing_visits(desk, work, request.id)):
        raise RuleViolation("request_of_another_patient")


def create_patient(desk: Desk, request_id: int, version: int | None = None) -> Taken:
    """Makes a chart from what the person wrote, and links it."""
    with desk.open_work(desk.actor) as work:
        request = _unchanged(work.requests.get(request_id), version)
        if request.patient_id is not None:
            raise RuleViolation("request_has_patient")
        patient_id = patient_for(work, request, as_new=True)
        request, _ = _gone_on(desk, work, request, work.requests.get(request_id))
        changes = work.commit("request_linked", {"request": request.id, "patient": patient_id})
    return Outcome(request, desk.committed(work, changes), changes.seq)


def _gone_on(desk: Desk, work: UnitOfWork, before: Request, linked: Request) -> tuple[Request, tuple[str, ...]]:
    """Once it is known whose it is, a request goes on if nothing else is missing."""
    moved = placed(desk, work, linked, before=before) if request_callbacks.is_open(linked) else linked
    if moved.status is not linked.status:
        request_callbacks.stepped(desk, work, linked, work.requests.save(moved))
    warnings = authorized_by_rule(desk, work, work.requests.get(linked.id))
    return work.requests.get(linked.id), warnings


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
