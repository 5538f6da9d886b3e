"""Booking and holding: the whole chain in one transaction, and the database's constraint has the last word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from desk_app.application.bookability import AUTHORIZATION, choose_slot, free_patient, require_override
from desk_app.application.chain import allocations, booked_phases
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.use_cases import requests as request_cases
from desk_app.application.use_cases.visit_changes import became_firm, free_lapsed, has_approval, lock, told
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
    """What is to be booked. Of ``request_id`` and ``patient_id`` at least one is given.

    ``hold_until`` makes it a hold, which needs no authorization. ``wanted`` are resource codes that must serve.
    """

    start: datetime
    procedure: str | None = None
    levels: int | None = None
    request_id: int | None = None
    patient_id: int | None = None
    stay: Stay | None = None
    hold_until: datetime | None = None
    wanted: tuple[str, ...] = ()
    level_names: str | None = None
    side: str | None = None
    override_reason: str = ""
    note: str = ""
    request_version: int | None = None
    as_new_patient: bool = False
    write_id: UUID | None = None


def book(desk: Desk, wish: BookAppointment) -> Booked:
    """Books or holds the whole chain, or refuses and leaves nothing behind.

    Raises WrongInput for unknown codes or levels, RuleViolation or NeedsConfirmation where a rule speaks against it,
    Conflict where somebody was faster.
    """
    with desk.open_work(desk.actor, wish.write_id) as work:
        lock(desk, work, wish.start)
        request = _request(work, wish)
        procedure = _procedure(desk, wish, request)
        patient_id = _patient(desk, work, wish, request)
        query = _query(desk, wish, request, procedure)
        free_lapsed(desk, work, wish.start)
        slot, passed = choose_slot(desk, query, wish.start, wish.override_reason)
        free_patient(work, patient_id, slot, desk.now())
        passed += _authorization(desk, work, wish, request, procedure, patient_id, query.levels)
        visit = work.appointments.add(_visit(desk, wish, request, procedure, patient_id, query, slot, passed))
        if visit.status is AppointmentStatus.BOOKED:
            became_firm(desk, work, visit)
        action = "appointment_held" if visit.status is AppointmentStatus.HELD else "appointment_booked"
        changes = work.commit(action, told(visit))
    return Outcome(visit, desk.committed(work, changes), changes.seq, passed)


def make_firm(desk: Desk, appointment_id: int, override_reason: str = "") -> Booked:
    """A held visit becomes a booked one; what a firm visit needs is asked now."""
    with desk.open_work(desk.actor) as work:
        visit = work.appointments.get(appointment_id)
        lock(desk, work, visit.start)
        _still_held(desk, visit)
        procedure = desk.catalogue().procedure(visit.procedure)
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
    elif not request_cases.is_open(request):
        raise RuleViolation("request_not_open", status=request.status.value)
    return request


def _procedure(desk: Desk, wish: BookAppointment, request: Request | None) -> ProcedureType:
    code = wish.procedure or (request.procedure if request else None)
    if code is None:
        raise RuleViolation("request_without_procedure", field="procedure")
    if not desk.catalogue().has_procedure(code):
        raise WrongInput("unknown_procedure", procedure=code)
    return desk.catalogue().procedure(code)


def _patient(desk: Desk, work: UnitOfWork, wish: BookAppointment, request: Request | None) -> int:
    if wish.patient_id is not None:
        if request is not None and request.patient_id not in (None, wish.patient_id):
            raise RuleViolation("request_of_another_patient")
        if request is not None and request.patient_id is None:
            request_cases.link(work, request, wish.patient_id)
        return work.patients.get(wish.patient_id).id
    if request is None:
        raise WrongInput("patient_or_request")
    if request.patient_id is not None:
        return request.patient_id
    return request_cases.patient_for(desk, work, request, wish.as_new_patient)


def _query(desk: Desk, wish: BookAppointment, request: Request | None, procedure: ProcedureType) -> SlotQuery:
    levels = wish.levels or (request.levels if request else 1)
    if not 1 <= levels <= procedure.max_levels:
        raise WrongInput("levels", procedure=procedure.code, max_levels=procedure.max_levels, field="levels")
    check_stay(procedure, wish.stay)
    if wish.hold_until is not None and wish.hold_until <= desk.now():
        raise RuleViolation("hold_in_the_past", field="hold_until")
    day = local_date(wish.start, desk.zone())
    return SlotQuery(procedure, levels, wish.stay, wanted=wish.wanted, first_day=day, days=1, limit=1)


def check_stay(procedure: ProcedureType, stay: Stay | None) -> None:
    """Raises WrongInput where a planned stay is asked of a procedure that has no overnight phase."""
    if stay is Stay.PLANNED and not procedure.has_overnight_phase():
        raise WrongInput("no_overnight_phase", procedure=procedure.code, field="stay")


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
