"""The calls that a visit makes necessary, as it is booked, moved, cancelled or passes through the day.

The events and their due times are the practice's table of callbacks (see ``domain.callbacks``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desk_app.application.desk import Desk
from desk_app.application.ports import UnitOfWork
from desk_app.domain import callbacks as due
from desk_app.domain.records import Appointment, Callback, Patient
from desk_app.domain.statuses import AppointmentStatus, CallbackKind, CallbackStatus, CancelReason

NEXT_DAY = 1
USUAL_FOLLOW_UPS = (14,)
"""Two weeks after the visit a follow-up is booked, where the procedure says nothing else."""

CLOSED_CASE = frozenset({CancelReason.DIED, CancelReason.MISTAKE})
"""Cancelled for one of these, nobody is asked for another date."""


def booked(desk: Desk, work: UnitOfWork, visit: Appointment) -> None:
    """A firm visit: a preparation call and a confirmation call."""
    patient = work.patients.get(visit.patient_id)
    for kind, when in _before_the_visit(desk, visit):
        _add(work, visit, patient, kind, when)


def moved(desk: Desk, work: UnitOfWork, visit: Appointment) -> None:
    """The calls before a visit move with it."""
    dues = dict(_before_the_visit(desk, visit))
    for callback in work.callbacks.open_for_appointment(visit.id):
        if callback.kind in dues and callback.due != dues[callback.kind]:
            work.callbacks.save(replace(callback, due=dues[callback.kind]))


def cancelled(desk: Desk, work: UnitOfWork, visit: Appointment, was_held: bool) -> None:
    """Its calls are settled; unless the case is closed, somebody calls to rebook or close."""
    _drop_open(work, visit)
    belongs_to_request = visit.request_id is not None
    if was_held or belongs_to_request or visit.cancel_reason in CLOSED_CASE:
        return
    patient = work.patients.get(visit.patient_id)
    _add(work, visit, patient, CallbackKind.REBOOK, due.due_after_cancel(desk.now(), desk.calendar()))


def status_changed(desk: Desk, work: UnitOfWork, visit: Appointment) -> None:
    """What arises when a patient came, did not come, or went home."""
    status, now, calendar = visit.status, desk.now(), desk.calendar()
    if status is AppointmentStatus.CONFIRMED:
        _settle(work, visit, CallbackKind.CONFIRMATION)
        return
    if status is AppointmentStatus.ARRIVED:
        _drop_open(work, visit)
        return
    patient = work.patients.get(visit.patient_id)
    if status is AppointmentStatus.NO_SHOW:
        _drop_open(work, visit)
        _add(work, visit, patient, CallbackKind.NO_SHOW, due.due_no_show(now, calendar))
    elif status is AppointmentStatus.DISCHARGED:
        _add(work, visit, patient, CallbackKind.HOW_ARE_YOU, due.due_how_are_you(now, calendar))
        for days in _follow_ups(desk, visit.procedure):
            _add(work, visit, patient, CallbackKind.FOLLOW_UP, due.due_follow_up(now, days, calendar))


def _follow_ups(desk: Desk, procedure: str) -> tuple[int, ...]:
    """The days of the procedure's own follow-up rule, but for the call of the next day, which everybody gets."""
    catalogue = desk.catalogue()
    days = catalogue.procedure(procedure).follow_up_days if catalogue.has_procedure(procedure) else ()
    return tuple(day for day in days if day > NEXT_DAY) if days else USUAL_FOLLOW_UPS


def _before_the_visit(desk: Desk, visit: Appointment) -> list[tuple[CallbackKind, datetime]]:
    now, calendar = desk.now(), desk.calendar()
    return [
        (CallbackKind.PREPARATION, due.due_for_preparation(visit.start, now, calendar)),
        (CallbackKind.CONFIRMATION, due.due_for_confirmation(visit.start, now, calendar)),
    ]


def _add(work: UnitOfWork, visit: Appointment, patient: Patient, kind: CallbackKind, when: datetime) -> None:
    work.callbacks.add(
        Callback(
            kind=kind,
            due=when,
            reason=visit.procedure,
            appointment_id=visit.id,
            patient_id=visit.patient_id,
            phone=patient.phones[0].e164 or patient.phones[0].raw if patient.phones else "",
        )
    )


def _drop_open(work: UnitOfWork, visit: Appointment) -> None:
    for callback in work.callbacks.open_for_appointment(visit.id):
        work.callbacks.save(replace(callback, status=CallbackStatus.DROPPED))


def _settle(work: UnitOfWork, visit: Appointment, kind: CallbackKind) -> None:
    for callback in work.callbacks.open_for_appointment(visit.id):
        if callback.kind is kind:
            work.callbacks.save(replace(callback, status=CallbackStatus.DONE))
