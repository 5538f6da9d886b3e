"""Offers down the short-notice list: a start is kept for one person, who is called.

An offer is a held visit of its own, beside the visit that would come forward. So two desks can never offer one gap
twice (the constraint of allocations decides), nobody is in two places (that of the patient), and an offer lapses as
every hold does; the offer's record only says for whom it stands and what became of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from desk_app.application.asked import check_hold, check_resources
from desk_app.application.bookability import NOBODY, choose_slot, free_patient
from desk_app.application.carried import leave_tray
from desk_app.application.case_of import case_of
from desk_app.application.desk import Desk
from desk_app.application.lost_race import told_who_was_faster
from desk_app.application.objections import refusals
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.read_models import ShortNoticePerson
from desk_app.application.repeating import done_once, repeated
from desk_app.application.request_callbacks import is_open
from desk_app.application.short_notice_case import as_visit, procedure_for, query_for
from desk_app.application.use_cases.visit_changes import free_lapsed, lock, told
from desk_app.domain import callbacks as due
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import Conflict, RuleViolation
from desk_app.domain.records import Appointment, Callback, Offer, Patient, ShortNotice
from desk_app.domain.short_notice import offer_until
from desk_app.domain.statuses import FIRM_VISITS, AppointmentStatus, CallbackKind


@dataclass(frozen=True, slots=True)
class OfferStart:
    """A start for somebody on the list: ``column`` is whose gap it is, ``wanted`` codes must serve as well."""

    short_notice_id: int
    column: str
    start: datetime
    wanted: tuple[str, ...] = ()
    version: int | None = None
    write_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer with the held visit that keeps its start."""

    offer: Offer
    held: Appointment


@repeated
def offer(desk: Desk, wish: OfferStart) -> Outcome[Offered]:
    """Keeps the start for a set time, and makes the call to the person due at once.

    Raises RuleViolation ``short_notice_gone``, ``offer_not_sooner`` or ``does_not_fit``, Conflict where somebody was
    faster or they were offered something already.
    """
    with (
        done_once(desk, wish.write_id),
        told_who_was_faster(desk) as bid,
        desk.open_work(desk.actor, wish.write_id) as work,
    ):
        just_booked = lock(desk, work, wish.start)
        free_lapsed(desk, work)
        person = _person(work, wish)
        bid.visit = _hold(desk, person, wish, just_booked)
        free_patient(desk, case_of(desk, work, bid.visit))
        held = work.appointments.add(bid.visit)
        made = work.offers.add(Offer(person.entry.id, held.id, wish.column, wish.start))
        work.callbacks.add(_call(desk, held, person))
        leave_tray(desk, work, request_id=held.request_id)
        changes = work.commit("offer_made", {**told(held), **offer_facts(made, person.entry)})
    return Outcome(Offered(made, held), desk.committed(work, changes), changes.seq)


def offer_facts(made: Offer, entry: ShortNotice) -> dict[str, object]:
    """What the audit event says of an offer beside its held visit."""
    return {"offer": made.id, "short_notice": entry.id, "visit": entry.appointment_id, "column": made.column}


def _person(work: UnitOfWork, wish: OfferStart) -> ShortNoticePerson:
    """Whoever is on the list, as this transaction sees them; raises where nobody waits for this start any more."""
    entry = work.short_notice.get(wish.short_notice_id)
    if wish.version is not None and wish.version != entry.version:
        raise Conflict("changed", record="short_notice", record_id=entry.id)
    visit = work.appointments.get(entry.appointment_id) if entry.appointment_id is not None else None
    request = work.requests.get(entry.request_id) if entry.request_id is not None else None
    waits = visit.status in FIRM_VISITS if visit is not None else request is not None and is_open(request)
    if not entry.active or not waits:
        raise RuleViolation("short_notice_gone")
    if visit is not None and visit.start <= wish.start:
        raise RuleViolation("offer_not_sooner", start=visit.start)
    if work.offers.open_of_entry(entry.id) is not None:
        raise Conflict("offered_already")
    return ShortNoticePerson(entry, work.patients.get(entry.patient_id), visit, request)


def _hold(desk: Desk, person: ShortNoticePerson, wish: OfferStart, just_booked: frozenset[int] = NOBODY) -> Appointment:
    """The whole chain, held for them: their booked visit, and its request, stay as they are until the answer."""
    catalogue, now = desk.catalogue(), desk.now()
    procedure = procedure_for(person, catalogue)
    if procedure is None:
        raise RuleViolation("request_without_procedure")
    wanted = tuple(dict.fromkeys((wish.column, *wish.wanted)))
    check_resources(catalogue, wanted)
    until = offer_until(now, wish.start)
    check_hold(until, wish.start, now)
    query = replace(query_for(person, procedure, wish.column, wish.start, catalogue), wanted=wanted)
    slot, obstacles = choose_slot(desk, query, wish.start, just_booked)
    if obstacles:
        raise RuleViolation("does_not_fit", obstacles=obstacles, objections=refusals(obstacles))
    return replace(
        as_visit(person, procedure, slot, catalogue),
        id=0,
        version=0,
        status=AppointmentStatus.HELD,
        hold_until=until,
        request_id=person.entry.request_id,
        override_codes=(),
        override_reason="",
        status_since=now,
    )


def _call(desk: Desk, held: Appointment, person: ShortNoticePerson) -> Callback:
    return Callback(
        CallbackKind.SHORT_NOTICE,
        due.due_for_offer(held.start, desk.now(), desk.calendar()),
        held.procedure,
        request_id=person.entry.request_id,
        appointment_id=held.id,
        patient_id=person.patient.id,
        phone=_phone(person.patient),
    )


def _phone(patient: Patient) -> str:
    return (patient.phones[0].e164 or patient.phones[0].raw) if patient.phones else ""
