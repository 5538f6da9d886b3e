"""Booking, holding, moving and cancelling visits: one transaction each, the database's constraint has the last word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from desk_app.application import visit_callbacks
from desk_app.application.bookability import (
    AUTHORIZATION,
    authorized,
    choose_slot,
    free_patient,
    require_override,
)
from desk_app.application.chain import allocations, booked_phases, procedure_as_booked
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.use_cases import requests as request_cases
from desk_app.domain.faults import Conflict, RuleViolation, WrongInput
from desk_app.domain.practice import ProcedureType, ResourceKind, Stay
from desk_app.domain.records import Appointment, Request
from desk_app.domain.slots import Slot, SlotQuery
from desk_app.domain.statuses import (
    AppointmentStatus,
    CancelReason,
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


@dataclass(frozen=True, slots=True)
class MoveAppointment:
    """Another start, and perhaps another column: ``wanted`` codes must serve; else the same clinicians are kept."""

    appointment_id: int
    start: datetime
    wanted: tuple[str, ...] = ()
    version: int | None = None
    override_reason: str = ""
    reason: str = ""
    write_id: UUID | None = None


def book(desk: Desk, wish: BookAppointment) -> Booked:
    """Books or holds the whole chain, or refuses and leaves nothing behind.

    Raises WrongInput for unknown codes or levels, RuleViolation or NeedsConfirmation where a rule speaks against it,
    Conflict where somebody was faster.
    """
    with desk.open_work(desk.actor, wish.write_id) as work:
        _lock(desk, work, wish.start)
        request = _request(work, wish)
        procedure = _procedure(desk, wish, request)
        patient_id = _patient(desk, work, wish, request)
        query = _query(desk, wish, request, procedure)
        _free_lapsed(desk, work, wish.start)
        slot, passed = choose_slot(desk, query, wish.start, wish.override_reason)
        free_patient(work, patient_id, slot, desk.now())
        passed += _authorization(desk, work, wish, request, procedure, patient_id, query.levels)
        visit = work.appointments.add(_visit(desk, wish, request, procedure, patient_id, query, slot, passed))
        if visit.status is AppointmentStatus.BOOKED:
            _became_firm(desk, work, visit)
        action = "appointment_held" if visit.status is AppointmentStatus.HELD else "appointment_booked"
        changes = work.commit(action, _told(visit))
    return Outcome(visit, desk.committed(work, changes), changes.seq, passed)


def make_firm(desk: Desk, appointment_id: int, override_reason: str = "") -> Booked:
    """A held visit becomes a booked one; what a firm visit needs is asked now."""
    with desk.open_work(desk.actor) as work:
        visit = work.appointments.get(appointment_id)
        _lock(desk, work, visit.start)
        _still_held(desk, visit)
        procedure = desk.catalogue().procedure(visit.procedure)
        passed = visit.override_codes
        if not _has_approval(desk, work, visit.request_id, visit.patient_id, procedure, visit.levels, visit.start):
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
        _became_firm(desk, work, visit)
        changes = work.commit("appointment_booked", _told(visit))
    return Outcome(visit, desk.committed(work, changes), changes.seq)


def move(desk: Desk, wish: MoveAppointment) -> Booked:
    """Moves the whole chain to another start, with the minutes it was booked with."""
    with desk.open_work(desk.actor, wish.write_id) as work:
        visit = work.appointments.get(wish.appointment_id)
        _lock(desk, work, visit.start, wish.start)
        _movable(desk, visit, wish.version)
        _free_lapsed(desk, work, wish.start)
        slot, passed = _slot_for_move(desk, visit, wish)
        free_patient(work, visit.patient_id, slot, desk.now(), ignore=visit.id)
        passed += _authorization_for_move(desk, work, visit, wish)
        before = visit
        visit = work.appointments.save(
            replace(
                visit,
                start=slot.start,
                end=slot.end,
                phases=booked_phases(slot),
                allocations=allocations(slot, desk.catalogue()),
                override_codes=passed,
                override_reason=wish.override_reason or (visit.override_reason if passed else ""),
            )
        )
        visit_callbacks.moved(desk, work, visit)
        told = {**_told(visit), "from": before.start.isoformat(), "reason": wish.reason}
        changes = work.commit("appointment_moved", told)
    return Outcome(visit, desk.committed(work, changes), changes.seq, passed)


def cancel(desk: Desk, appointment_id: int, reason: CancelReason, note: str = "", version: int | None = None) -> Booked:
    """Cancels a visit, frees its chain, and leaves the call that offers another date."""
    with desk.open_work(desk.actor) as work:
        visit = work.appointments.get(appointment_id)
        _lock(desk, work, visit.start)
        _unchanged(visit, version)
        visit = _cancelled(desk, work, visit, reason, note)
        changes = work.commit("appointment_cancelled", {**_told(visit), "reason": reason.value})
    return Outcome(visit, desk.committed(work, changes), changes.seq)


def set_status(desk: Desk, appointment_id: int, status: AppointmentStatus, version: int | None = None) -> Booked:
    """One step along the table of allowed steps, with its time; the callbacks that arise with it are made here."""
    if status is AppointmentStatus.CANCELLED:
        return cancel(desk, appointment_id, CancelReason.OTHER, version=version)
    if status is AppointmentStatus.BOOKED:
        return make_firm(desk, appointment_id)
    with desk.open_work(desk.actor) as work:
        visit = work.appointments.get(appointment_id)
        _lock(desk, work, visit.start)
        _unchanged(visit, version)
        check_appointment_step(visit.status, status, same_day=_is_today(desk, visit.start))
        visit = work.appointments.save(replace(visit, status=status, status_since=desk.now()))
        visit_callbacks.status_changed(desk, work, visit)
        if status is AppointmentStatus.DISCHARGED:
            request_cases.close_after_visit(work, visit)
        changes = work.commit("appointment_status", {**_told(visit), "status": status.value})
    return Outcome(visit, desk.committed(work, changes), changes.seq)


def sweep_lapsed(desk: Desk) -> Outcome[int]:
    """Cancels every hold past its time; running programs do this every minute. Answers how many."""
    with desk.open_work(desk.actor) as work:
        count = _free_lapsed(desk, work)
        if not count:
            return Outcome(0)
        changes = work.commit("holds_lapsed", {"count": count})
    desk.slots.catch_up(desk.queries)
    return Outcome(count, changes)


def _lock(desk: Desk, work: UnitOfWork, *instants: datetime) -> None:
    work.lock_days({local_date(instant, desk.zone()) for instant in instants})
    desk.slots.catch_up(work)


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
        return wish.patient_id
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
    if _has_approval(desk, work, request_id, patient_id, procedure, levels, wish.start):
        return ()
    if not wish.override_reason.strip():
        raise RuleViolation("authorization_missing", procedure=procedure.code, day=local_date(wish.start, desk.zone()))
    require_override(desk, (AUTHORIZATION,), wish.override_reason)
    return (AUTHORIZATION,)


def _has_approval(
    desk: Desk,
    work: UnitOfWork,
    request_id: int | None,
    patient_id: int,
    procedure: ProcedureType,
    levels: int,
    start: datetime,
) -> bool:
    if not procedure.needs_authorization:
        return True
    known = work.authorizations.for_patient(patient_id)
    if request_id is not None:
        known += work.authorizations.for_request(request_id)
    return authorized(desk, known, procedure, levels, start)


def _authorization_for_move(
    desk: Desk, work: UnitOfWork, visit: Appointment, wish: MoveAppointment
) -> tuple[str, ...]:
    firm = visit.status is not AppointmentStatus.HELD and not visit.authorized_elsewhere
    if not firm or not desk.catalogue().has_procedure(visit.procedure):
        return ()
    procedure = desk.catalogue().procedure(visit.procedure)
    if _has_approval(desk, work, visit.request_id, visit.patient_id, procedure, visit.levels, wish.start):
        return ()
    if AUTHORIZATION not in visit.override_codes:
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


def _slot_for_move(desk: Desk, visit: Appointment, wish: MoveAppointment) -> tuple[Slot, tuple[str, ...]]:
    """The same clinicians and the wanted column where that fits, else whoever can; an override only as asked."""
    day = local_date(wish.start, desk.zone())
    procedure = procedure_as_booked(visit, desk.catalogue())
    query = SlotQuery(procedure, visit.levels, visit.stay, first_day=day, days=1, limit=1, ignore_visit=visit.id)
    index, now = desk.slots.index(day), desk.now()
    for wanted in _preferences(desk, visit, wish.wanted):
        slot = index.slot_at(replace(query, wanted=wanted), wish.start, now)
        if slot is not None:
            return slot, ()
    return choose_slot(desk, replace(query, wanted=wish.wanted), wish.start, wish.override_reason)


def _preferences(desk: Desk, visit: Appointment, asked: tuple[str, ...]) -> list[tuple[str, ...]]:
    catalogue = desk.catalogue()
    used = dict.fromkeys(allocation.resource for allocation in visit.allocations)
    staff = tuple(code for code in used if catalogue.resource(code).kind is ResourceKind.CLINICIAN)
    if asked:
        return [tuple(dict.fromkeys(asked + staff)), asked]
    rooms = tuple(code for code in used if catalogue.resource(code).kind is ResourceKind.PROCEDURE_ROOM)
    return [staff + rooms, staff, ()]


def _movable(desk: Desk, visit: Appointment, version: int | None) -> None:
    _unchanged(visit, version)
    movable = (AppointmentStatus.HELD, AppointmentStatus.BOOKED, AppointmentStatus.CONFIRMED)
    if visit.status not in movable:
        raise RuleViolation("not_movable", status=visit.status.value)
    if not visit.is_active(desk.now()):
        raise RuleViolation("hold_lapsed")


def _still_held(desk: Desk, visit: Appointment) -> None:
    check_appointment_step(visit.status, AppointmentStatus.BOOKED, same_day=True)
    if not visit.is_active(desk.now()):
        raise RuleViolation("hold_lapsed")


def _unchanged(visit: Appointment, version: int | None) -> None:
    if version is not None and version != visit.version:
        raise Conflict("changed", record="appointment", record_id=visit.id)


def _became_firm(desk: Desk, work: UnitOfWork, visit: Appointment) -> None:
    request_cases.booked(work, visit)
    visit_callbacks.booked(desk, work, visit)


def _cancelled(
    desk: Desk, work: UnitOfWork, visit: Appointment, reason: CancelReason, note: str
) -> Appointment:
    check_appointment_step(visit.status, AppointmentStatus.CANCELLED, same_day=True)
    was_held = visit.status is AppointmentStatus.HELD
    visit = work.appointments.save(
        replace(
            visit,
            status=AppointmentStatus.CANCELLED,
            cancel_reason=reason,
            cancel_note=note,
            status_since=desk.now(),
        )
    )
    visit_callbacks.cancelled(desk, work, visit, was_held)
    request_cases.visit_cancelled(desk, work, visit, was_held)
    return visit


def _free_lapsed(desk: Desk, work: UnitOfWork, *instants: datetime) -> int:
    """Cancels lapsed holds, so that the constraint no longer sees them: of those nights and days, or all without any."""
    zone = desk.zone()
    days = {local_date(instant, zone) - timedelta(days=back) for instant in instants for back in (0, 1)}
    lapsed = work.appointments.lapsed_holds(desk.now())
    concerned = [visit for visit in lapsed if not days or local_date(visit.start, zone) in days]
    for visit in concerned:
        _cancelled(desk, work, visit, CancelReason.LAPSED, "")
    return len(concerned)


def _is_today(desk: Desk, start: datetime) -> bool:
    return local_date(start, desk.zone()) == desk.today()


def _told(visit: Appointment) -> dict[str, object]:
    """What the audit event says of a visit: numbers and codes, no name."""
    return {
        "appointment": visit.id,
        "patient": visit.patient_id,
        "procedure": visit.procedure,
        "levels": visit.levels,
        "start": visit.start.isoformat(),
        "override": list(visit.override_codes),
    }
