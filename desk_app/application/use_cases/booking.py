"""Booking and holding: the whole chain in one transaction, and the database's constraint has the last word."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from desk_app.application.asked import (
    check_hold,
    check_levels,
    check_resources,
    check_stay,
    clinician_of,
    procedure_of,
    sitting_of,
    treated_of,
)
from desk_app.application.bookability import NOBODY, Said, choose_slot, free_patient, settle
from desk_app.application.carried import leave_tray
from desk_app.application.case_of import case_of
from desk_app.application.chain import allocations, booked_phases
from desk_app.application.charts import link, patient_for
from desk_app.application.desk import Desk
from desk_app.application.firming import firmed
from desk_app.application.lost_race import Bid, told_who_was_faster
from desk_app.application.objections import Kind, Objection, codes_of, objections
from desk_app.application.outcome import Outcome
from desk_app.application.places import in_the_best_bed
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import done_once, repeated
from desk_app.application.request_callbacks import is_open
from desk_app.application.use_cases.visit_changes import became_firm, free_lapsed, lock, told, unchanged
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import Conflict, RuleViolation, WrongInput
from desk_app.domain.practice import ProcedureType, Stay
from desk_app.domain.records import Appointment, Request
from desk_app.domain.several import AndAlso
from desk_app.domain.slots import Slot, SlotQuery
from desk_app.domain.statuses import AppointmentStatus, RequestStatus, check_request_step
from desk_app.domain.zone import local_date

Booked = Outcome[Appointment]


@dataclass(frozen=True, slots=True)
class BookAppointment:
    """What is to be booked. For whom: a request, a patient (by id or chart number), or both.

    ``hold_until`` makes it a hold, which needs no authorization. ``wanted`` are resource codes that must serve,
    ``clinician`` the one that must. ``acknowledged`` are the codes of what was seen to speak against it (see
    ``bookability.Said``). ``further`` procedures are done in the same sitting.
    """

    start: datetime
    procedure: str | None = None
    levels: int | None = None
    request_id: int | None = None
    patient_id: int | None = None
    patient_mrn: str | None = None
    stay: Stay | None = None
    hold_until: datetime | None = None
    wanted: tuple[str, ...] = ()
    clinician: str | None = None
    level_names: str | None = None
    side: str | None = None
    override_reason: str = ""
    note: str = ""
    request_version: int | None = None
    as_new_patient: bool = False
    write_id: UUID | None = None
    acknowledged: frozenset[str] | None = None
    further: tuple[AndAlso, ...] = ()


@repeated
def book(desk: Desk, wish: BookAppointment) -> Booked:
    """Books or holds the whole chain, or refuses and leaves nothing behind.

    Raises WrongInput for unknown codes or levels, RuleViolation or NeedsConfirmation where a rule speaks against it,
    Conflict where somebody was faster.
    """
    with (
        done_once(desk, wish.write_id),
        told_who_was_faster(desk) as bid,
        desk.open_work(desk.actor, wish.write_id) as work,
    ):
        just_booked = lock(desk, work, wish.start)
        free_lapsed(desk, work, wish.start)
        visit, found = enter(desk, work, wish, bid, just_booked)
        action = "appointment_held" if visit.status is AppointmentStatus.HELD else "appointment_booked"
        changes = work.commit(action, {**told(visit), "doubts": list(codes_of(found, Kind.DOUBTED))})
    return Outcome(visit, desk.committed(work, changes), changes.seq, codes_of(found))


def enter(
    desk: Desk, work: UnitOfWork, wish: BookAppointment, bid: Bid, just_booked: frozenset[int] = NOBODY
) -> tuple[Appointment, tuple[Objection, ...]]:
    """One visit within a transaction that has locked its day, and what speaks against it.

    Where it is refused nothing is left of it, if its patient has a chart.
    """
    request = _request(work, wish)
    query = _query(desk, wish, request, _procedure(desk, wish, request))
    patient_id = _patient(work, wish, request)
    slot, obstacles = choose_slot(desk, query, wish.start, just_booked)
    visit = in_the_best_bed(desk, work, _visit(desk, wish, request, patient_id, query, slot), wish.wanted)
    case = case_of(desk, work, visit, obstacles)
    free_patient(desk, case)
    found = objections(case)
    said = Said(wish.override_reason, wish.acknowledged)
    passed = settle(desk, found, said, can_hold=wish.hold_until is None)
    bid.visit = replace(visit, override_codes=passed, override_reason=wish.override_reason if passed else "")
    visit = work.appointments.add(bid.visit)
    if visit.status is AppointmentStatus.BOOKED:
        became_firm(desk, work, visit)
    leave_tray(desk, work, request_id=visit.request_id)
    return visit, found


@repeated
def make_firm(
    desk: Desk,
    appointment_id: int,
    override_reason: str = "",
    version: int | None = None,
    acknowledged: frozenset[str] | None = None,
) -> Booked:
    """A held visit becomes a booked one; what a firm visit needs, and a held one does not, is asked now."""
    with desk.open_work(desk.actor) as work:
        held = work.appointments.get(appointment_id)
        lock(desk, work, held.start)
        unchanged(held, version)
        visit, found = firmed(desk, work, held, Said(override_reason, acknowledged))
        changes = work.commit("appointment_booked", {**told(visit), "doubts": list(codes_of(found, Kind.DOUBTED))})
    return Outcome(visit, desk.committed(work, changes), changes.seq, codes_of(found))


def _request(work: UnitOfWork, wish: BookAppointment) -> Request | None:
    if wish.request_id is None:
        return None
    request = work.requests.get(wish.request_id)
    if wish.request_version is not None and wish.request_version != request.version:
        raise Conflict("changed", record="request", record_id=request.id)
    if wish.hold_until is None:
        check_request_step(request.status, RequestStatus.BOOKED)
    elif not is_open(request):
        raise RuleViolation("request_not_open", status=request.status.value)
    return request


def _procedure(desk: Desk, wish: BookAppointment, request: Request | None) -> ProcedureType:
    code = wish.procedure or (request.procedure if request else None)
    if code is None:
        fault = RuleViolation("request_without_procedure", field="procedure")
        raise fault if request else WrongInput("procedure_missing", field="procedure")
    return procedure_of(desk.catalogue(), code)


def _patient(work: UnitOfWork, wish: BookAppointment, request: Request | None) -> int:
    named = _named_patient(work, wish)
    if named is None:
        if request is None:
            raise WrongInput("patient_or_request")
        return request.patient_id or patient_for(work, request, wish.as_new_patient)
    if request is not None and request.patient_id not in (None, named):
        raise RuleViolation("request_of_another_patient")
    if request is not None and request.patient_id is None:
        link(work, request, named)
    return named


def _named_patient(work: UnitOfWork, wish: BookAppointment) -> int | None:
    if wish.patient_mrn is None:
        return work.patients.current(wish.patient_id).id if wish.patient_id is not None else None
    patient = work.patients.by_mrn(wish.patient_mrn)
    if patient is None:
        raise WrongInput("unknown_record", record="patient", record_id=wish.patient_mrn)
    return work.patients.current(patient.id).id


def _query(desk: Desk, wish: BookAppointment, request: Request | None, procedure: ProcedureType) -> SlotQuery:
    catalogue = desk.catalogue()
    levels = wish.levels if wish.levels is not None else (request.levels if request else 1)
    check_levels(procedure, levels)
    procedure = sitting_of(catalogue, procedure, levels, wish.further)
    check_stay(procedure, wish.stay)
    check_resources(catalogue, wish.wanted)
    check_hold(wish.hold_until, wish.start, desk.now())
    day = local_date(wish.start, desk.zone())
    wanted = wish.wanted + clinician_of(catalogue, procedure, wish.clinician)
    return SlotQuery(procedure, levels, wish.stay, wanted=wanted, first_day=day, days=1, limit=1)


def _visit(
    desk: Desk,
    wish: BookAppointment,
    request: Request | None,
    patient_id: int,
    query: SlotQuery,
    slot: Slot,
) -> Appointment:
    held, procedure = wish.hold_until is not None, query.procedure
    return Appointment(
        patient_id=patient_id,
        procedure=procedure.code,
        procedure_name=desk.catalogue().procedure(procedure.code).name,
        levels=query.levels,
        status=AppointmentStatus.HELD if held else AppointmentStatus.BOOKED,
        stay=wish.stay or procedure.overnight,
        unplanned_stay=procedure.unplanned_stay,
        sedation=procedure.sedation,
        start=slot.start,
        end=slot.end,
        phases=booked_phases(slot),
        allocations=allocations(slot, desk.catalogue()),
        level_names=wish.level_names if wish.level_names is not None else (request.level_names if request else ""),
        side=wish.side if wish.side is not None else (request.side if request else ""),
        request_id=request.id if request else None,
        hold_until=wish.hold_until,
        note=wish.note,
        status_since=desk.now(),
        further=treated_of(desk.catalogue(), wish.further),
    )
