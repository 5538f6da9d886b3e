"""What booking, moving and cancelling have in common: locks, lapsed holds, and what a visit's fate entails."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from desk_app.application import call_settling, offers, request_callbacks, visit_callbacks
from desk_app.application.authorization_calls import keep_asking, undecided_of_visit
from desk_app.application.desk import Desk
from desk_app.application.outcome import Record
from desk_app.application.ports import UnitOfWork
from desk_app.domain.faults import Conflict
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus, CancelReason, check_appointment_step
from desk_app.domain.zone import local_date


def lock(desk: Desk, work: UnitOfWork, *instants: datetime) -> frozenset[int]:
    """Holds others off those days and brings the slot index up to date; answers the visits that came in with that."""
    work.lock_days({local_date(instant, desk.zone()) for instant in instants})
    return desk.slots.catch_up(work).ids(Record.APPOINTMENT)


def free_lapsed(desk: Desk, work: UnitOfWork, *instants: datetime) -> tuple[Appointment, ...]:
    """Cancels lapsed holds of those days and the nights before (all without any), so that no constraint sees them."""
    zone = desk.zone()
    days = {local_date(instant, zone) - timedelta(days=back) for instant in instants for back in (0, 1)}
    lapsed = work.appointments.lapsed_holds(desk.now())
    concerned = [visit for visit in lapsed if not days or local_date(visit.start, zone) in days]
    return tuple(cancelled(desk, work, visit, CancelReason.LAPSED, "") for visit in concerned)


def unchanged(visit: Appointment, version: int | None) -> None:
    if version is not None and version != visit.version:
        raise Conflict("changed", record="appointment", record_id=visit.id)


def told(visit: Appointment) -> dict[str, object]:
    """What the audit event says of a visit: numbers and codes, no name."""
    return {
        "appointment": visit.id,
        "patient": visit.patient_id,
        "procedure": visit.procedure,
        "levels": visit.levels,
        **({"further": [each.procedure for each in visit.further]} if visit.further else {}),
        "start": visit.start.isoformat(),
        "override": list(visit.override_codes),
    }


def became_firm(desk: Desk, work: UnitOfWork, visit: Appointment) -> None:
    call_settling.settled_by_booking(desk, work, visit)
    request_callbacks.booked(work, visit)
    offers.request_booked(work, visit)
    visit_callbacks.booked(desk, work, visit)
    for authorization in undecided_of_visit(work, visit):
        keep_asking(desk, work, authorization)


def cancelled(desk: Desk, work: UnitOfWork, visit: Appointment, reason: CancelReason, note: str) -> Appointment:
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
    request_callbacks.visit_cancelled(desk, work, visit, was_held)
    for authorization in () if was_held else undecided_of_visit(work, visit):
        keep_asking(desk, work, authorization)
    if was_held:
        offers.hold_gone(work, visit)
    elif (held := offers.visit_gone(work, visit)) is not None:
        cancelled(desk, work, held, CancelReason.OFFER, "")
    return visit
