"""Booking and holding: the whole chain in one transaction, and the database's constraint has the last word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from desk_app.application.asked import check_levels, check_resources, check_stay, clinician_of, procedure_of
from desk_app.application.bookability import AUTHORIZATION, choose_slot, free_patient, require_override
from desk_app.application.chain import allocations, booked_phases
from desk_app.application.charts import link, patient_for
from desk_app.application.desk import Desk
from desk_app.application.lost_race import told_who_was_faster
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import repeated
from desk_app.application.request_callbacks import is_open
from desk_app.application.use_cases.visit_changes import became_firm, free_lapsed, has_approval, lock, told, unchanged
from desk_app.domain.faults import Conflict, RuleViolation, WrongInput
from desk_app.domain.practice import ProcedureType, Stay
from desk_app.domain.records import Appointment, Request
from desk_app.domain.slots import Slot, SlotQuery
from desk_app.domain.statuses import (
    AppointmentStatus,
    RequestStatus,
    check_appointment_step,
    check_request_step,
)
from desk_app.domain.zone import local_date

Booked = Outcome[Appointment]


@dataclass(frozen=True, slots=True)
class BookAppointment:
    """What is to be booked. For whom: a request, a patient (by id or chart number), or both.

    ``hold_until`` makes it a hold, which needs no authorization. ``wanted`` are resource codes that must serve,
    ``clinician`` the one that must.
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


@repeated
def book(desk: Desk, wish: BookAppointment) -> Booked:
    """Books or holds the whole chain, or refuses and leaves nothing behind.

    Raises WrongInput for unknown codes or levels, RuleViolation or NeedsConfirmation where a rule speaks against it,
    Conflict where somebody was faster.
    """
    with told_who_was_faster(desk) as bid, desk.open_work(desk.actor, wish.write_id) as work:
        just_booked = lock(desk, work, wish.start)
        request = _request(work, wish)
        procedure = _procedure(desk, wish, request)
        query = _query(desk, wish, request, procedure)
        patient_id = _patient(work, wish, request)
        free_lapsed(desk, work, wish.start)
        slot, passed = choose_slot(desk, query, wish.start, wish.override_reason, just_booked)
        free_patient(desk, work, patient_id, slot)
        passed += _authorization(desk, work, wish, request, procedure, patient_id, query.levels)
        bid.visit = _visit(desk, wish, request, procedure, patient_id, query, slot, passed)
        visit = work.appointments.add(bid.visit)
        if visit.status is AppointmentStatus.BOOKED:
            became_firm(desk, work, visit)
        action = "appointment_held" if visit.status is AppointmentStatus.HELD else "appointment_booked"
        changes = work.commit(action, told(visit))
    return Outcome(visit, desk.committed(work, changes), changes.seq, passed)


@repeated
def make_firm(desk: Desk, appointment_id: int, override_reason: str = "", version: int | None = None) -> Booked:
    """A held visit becomes a booked one; what a firm visit needs is asked now."""
    with desk.open_work(desk.actor) as work:
        visit = work.appointments.get(appointment_id)
        lock(desk, work, visit.start)
        unchanged(visit, version)
        _still_held(desk, visit)
        procedure = procedure_of(desk.catalogue(), visit.procedure)
        passed = visit.override_codes
        if not has_approval(desk, work, visit.request_id, visit.patient_id, procedure, visit.levels, visit.start):
            require_override(desk, (AUTHORIZATION,), override_reason)
            passed = tuple(sorted({*passed, AUTHORIZATION}))
        visit = work.appointments.save(
            replace(
                visit,
                status=AppointmentStatus.BOOKED,
                hold_until=None,
                status_since=desk.now(),
                override_codes=passed,
                override_reason=override_reason or visit.override_reason,
            )
        )
        became_firm(desk, work, visit)
        changes = work.commit("appointment_booked", told(visit))
    return Outcome(visit, desk.committed(work, changes), changes.seq)


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
        return work.patients.get(wish.patient_id).id if wish.patient_id is not None else None
    patient = work.patients.by_mrn(wish.patient_mrn)
    if patient is None:
        raise WrongInput("unknown_record", record="patient", record_id=wish.patient_mrn)
    return patient.id


def _query(desk: Desk, wish: BookAppointment, request: Request | None, procedure: ProcedureType) -> SlotQuery:
    catalogue = desk.catalogue()
    levels = wish.levels if wish.levels is not None else (request.levels if request else 1)
    check_levels(procedure, levels)
    check_stay(procedure, wish.stay)
    check_resources(catalogue, wish.wanted)
    if wish.hold_until is not None and wish.hold_until <= desk.now():
        raise RuleViolation("hold_in_the_past", field="hold_until")
    day = local_date(wish.start, desk.zone())
    wanted = wish.wanted + clinician_of(catalogue, procedure, wish.clinician)
    return SlotQuery(procedure, levels, wish.stay, wanted=wanted, first_day=day, days=1, limit=1)


def _authorization(
    desk: Desk,
    work: UnitOfWork,
    wish: BookAppointment,
    request: Request | None,
    procedure: ProcedureType,
    patient_id: int,
    levels: int,
) -> tuple[str, ...]:
    request_id = request.id if request else None
    if wish.hold_until is not None:
        return ()
    if has_approval(desk, work, request_id, patient_id, procedure, levels, wish.start):
        return ()
    if not wish.override_reason.strip():
        raise RuleViolation("authorization_missing", procedure=procedure.code, day=local_date(wish.start, desk.zone()))
    require_override(desk, (AUTHORIZATION,), wish.override_reason)
    return (AUTHORIZATION,)


def _visit(
    desk: Desk,
    wish: BookAppointment,
    request: Request | None,
    procedure: ProcedureType,
    patient_id: int,
    query: SlotQuery,
    slot: Slot,
    passed: tuple[str, ...],
) -> Appointment:
    held = wish.hold_until is not None
    return Appointment(
        patient_id=patient_id,
        procedure=procedure.code,
        procedure_name=procedure.name,
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
        override_codes=passed,
        override_reason=wish.override_reason if passed else "",
        note=wish.note,
        status_since=desk.now(),
    )


def _still_held(desk: Desk, visit: Appointment) -> None:
    check_appointment_step(visit.status, AppointmentStatus.BOOKED, same_day=True)
    if not visit.is_active(desk.now()):
        raise RuleViolation("hold_lapsed")
