"""What is known of a visit that is about to be written: read inside its own transaction, for the list of objections."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desk_app.application.bookability import choose_slot
from desk_app.application.chain import procedure_as_booked, procedure_in_catalogue
from desk_app.application.desk import Desk
from desk_app.application.objections import Case, treatments_of
from desk_app.application.ports import UnitOfWork
from desk_app.domain.authorization_match import planned_visit, units_taken
from desk_app.domain.authorization_need import AuthorizationNeed, authorization_need, payer_of
from desk_app.domain.coverage import Treatment, reach, rules_for
from desk_app.domain.faults import RuleViolation
from desk_app.domain.practice import Catalogue, Payer, ProcedureType
from desk_app.domain.records import Appointment, Authorization, Patient
from desk_app.domain.slots import Obstacle, SlotQuery
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.zone import local_date, midnight

UNITS_WITHIN = timedelta(days=400)
"""No approval lasts as long."""


def case_of(desk: Desk, work: UnitOfWork, visit: Appointment, obstacles: tuple[Obstacle, ...] = ()) -> Case:
    """The case of a visit as it would stand; ``obstacles`` are those that an override passes."""
    patient, procedure = work.patients.get(visit.patient_id), procedure_in(desk.catalogue(), visit)
    payer = _payer(desk, work, visit, patient)
    approvals = _approvals(work, visit, procedure, payer)
    return Case(
        desk.catalogue(),
        desk.now(),
        visit,
        patient,
        procedure,
        payer,
        approvals,
        _units_taken(desk, work, visit, approvals),
        _others(desk, work, visit),
        obstacles,
        _treatments(desk, work, visit, payer),
        work.readiness.of_visit(visit.id) if visit.id else (),
    )


def in_the_way_now(desk: Desk, visit: Appointment) -> tuple[Obstacle, ...]:
    """What has come into the way of a visit where it stands: a blockout over a hold, a night that has filled."""
    day = local_date(visit.start, desk.zone())
    query = SlotQuery(
        procedure_as_booked(visit, desk.catalogue()),
        visit.levels,
        visit.stay,
        wanted=tuple(dict.fromkeys(allocation.resource for allocation in visit.allocations)),
        first_day=day,
        days=1,
        limit=1,
        ignore_visit=visit.id,
    )
    try:
        return choose_slot(desk, query, visit.start)[1]
    except RuleViolation:
        return ()  # it has begun, or the practice has changed under it: it keeps what it was booked with


def procedure_in(catalogue: Catalogue, visit: Appointment) -> ProcedureType:
    """The catalogue's procedure; as it was booked where the catalogue has it no more."""
    return procedure_in_catalogue(visit, catalogue) or procedure_as_booked(visit, catalogue)


def _payer(desk: Desk, work: UnitOfWork, visit: Appointment, patient: Patient) -> Payer | None:
    if patient.payer is None and visit.request_id is not None:
        return payer_of(desk.catalogue(), None, work.requests.get(visit.request_id).payer)
    return payer_of(desk.catalogue(), patient.payer)


def _approvals(
    work: UnitOfWork, visit: Appointment, procedure: ProcedureType, payer: Payer | None
) -> tuple[Authorization, ...]:
    need = authorization_need(procedure.needs_authorization, payer)
    if need is AuthorizationNeed.NOT_NEEDED or visit.authorized_elsewhere:
        return ()
    known = work.authorizations.for_patient(visit.patient_id)
    if visit.request_id is not None:
        known += work.authorizations.for_request(visit.request_id)
    return tuple({each.id: each for each in known}.values())


def _units_taken(
    desk: Desk, work: UnitOfWork, visit: Appointment, approvals: tuple[Authorization, ...]
) -> dict[int, int]:
    """What the patient's other visits, past and coming, use of approvals that are counted in units."""
    if all(each.units is None for each in approvals):
        return {}
    now = desk.now()
    found = work.appointments.for_patient(visit.patient_id, now - UNITS_WITHIN, now + UNITS_WITHIN)
    others = [
        replace(
            planned_visit(
                desk.catalogue(), treated, local_date(other.start, desk.zone()), other.phases, None, other.request_id
            ),
            on_its_own=other.stands_on_its_own,
        )
        for other in found
        if other.id != visit.id and other.status is not AppointmentStatus.HELD
        for treated in other.treated
    ]
    return units_taken(approvals, others)


def _treatments(desk: Desk, work: UnitOfWork, visit: Appointment, payer: Payer | None) -> tuple[Treatment, ...]:
    """The patient's other visits, past and coming, as far as a rule about coverage looks."""
    catalogue = desk.catalogue()
    done = [catalogue.procedure(each.procedure) for each in visit.treated if catalogue.has_procedure(each.procedure)]
    rules = [rule for procedure in done for rule in rules_for(catalogue, procedure, payer)]
    if not rules:
        return ()
    zone, now = desk.zone(), desk.now()
    first, last = reach(rules, local_date(visit.start, zone))
    found = work.appointments.for_patient(
        visit.patient_id, midnight(first, zone), midnight(last + timedelta(days=1), zone)
    )
    return tuple(
        treatment
        for other in found
        if other.id != visit.id and other.is_active(now)
        for treatment in treatments_of(other, local_date(other.start, zone))
    )


def _others(desk: Desk, work: UnitOfWork, visit: Appointment) -> tuple[Appointment, ...]:
    """The patient's other visits of that day, and any at the same time."""
    day, zone = local_date(visit.start, desk.zone()), desk.zone()
    begin, end = midnight(day, zone), midnight(day + timedelta(days=1), zone)
    found = work.appointments.for_patient(visit.patient_id, begin, max(end, visit.end))
    return tuple(other for other in found if other.id != visit.id and other.is_active(desk.now()))
