"""The calls that a visit makes necessary, as it is booked, moved, cancelled or passes through the day.

The events and their due times are the practice's table of callbacks (see ``domain.callbacks``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from desk_app.application.call_settling import instead, nobody_to_call, settle
from desk_app.application.desk import Desk
from desk_app.application.ports import UnitOfWork
from desk_app.domain import callbacks as due
from desk_app.domain.call_phones import number_of, phone_to_call
from desk_app.domain.practice_rules import CallEvent, call_rules
from desk_app.domain.records import Appointment, Callback, Patient
from desk_app.domain.statuses import AppointmentStatus, CallbackKind, CallbackStatus, CancelReason

TO_COME = frozenset({AppointmentStatus.HELD, AppointmentStatus.BOOKED, AppointmentStatus.CONFIRMED})
NEXT_DAY = 1
MADE_BY: Mapping[AppointmentStatus, frozenset[CallbackKind]] = {
    AppointmentStatus.DISCHARGED: frozenset({CallbackKind.HOW_ARE_YOU, CallbackKind.FOLLOW_UP}),
    AppointmentStatus.NO_SHOW: frozenset({CallbackKind.NO_SHOW}),
}
"""The calls that arise with a step."""

CLOSED_CASE = frozenset({CancelReason.DIED, CancelReason.MISTAKE})
"""Cancelled for one of these, nobody is asked for another date."""


def booked(desk: Desk, work: UnitOfWork, visit: Appointment) -> None:
    """A firm visit: a preparation call and a confirmation call."""
    patient = work.patients.get(visit.patient_id)
    for kind, when in _before_the_visit(desk, visit):
        _add(work, visit, patient, kind, when)


def call_before(desk: Desk, work: UnitOfWork, visit: Appointment, kind: CallbackKind) -> None:
    """One of those calls, of a visit that has none."""
    when = dict(_before_the_visit(desk, visit)).get(kind)
    if when is not None:
        _add(work, visit, work.patients.get(visit.patient_id), kind, when)


def written_instead(work: UnitOfWork, visit: Appointment, call: Callback, patient: Patient | None) -> None:
    """The patient wishes no calls any more: what they have to know before the visit goes by letter, once."""
    letter = instead(replace(call, status=CallbackStatus.DUE, attempts=0, id=0, version=0, arisen_at=None), patient)
    there = work.callbacks.open_for_appointment(visit.id)
    if letter is not None and letter.kind is not call.kind and all(each.kind is not letter.kind for each in there):
        work.callbacks.add(replace(letter, settled_at=None, claimed_by=None, claimed_until=None))


def moved(desk: Desk, work: UnitOfWork, visit: Appointment) -> None:
    """The calls before a visit move with it."""
    dues = dict(_before_the_visit(desk, visit))
    for callback in work.callbacks.open_for_appointment(visit.id):
        if callback.kind in dues and callback.due != dues[callback.kind]:
            work.callbacks.save(replace(callback, due=dues[callback.kind]))


def cancelled(desk: Desk, work: UnitOfWork, visit: Appointment, was_held: bool) -> None:
    """Its calls are settled; unless the case is closed, somebody calls to rebook or close."""
    _drop_open(work, visit)
    if visit.cancel_reason is CancelReason.DIED:
        nobody_to_call(work, visit.patient_id)
    belongs_to_request = visit.request_id is not None
    if was_held or belongs_to_request or visit.cancel_reason in CLOSED_CASE:
        return
    patient = work.patients.get(visit.patient_id)
    when = due.due_after_cancel(desk.now(), desk.calendar(), call_rules(desk.catalogue()))
    _add(work, visit, patient, CallbackKind.REBOOK, when)


def status_changed(desk: Desk, work: UnitOfWork, visit: Appointment) -> None:
    """What arises when a patient came, did not come, or went home."""
    status = visit.status
    if status is AppointmentStatus.CONFIRMED:
        calls = work.callbacks.open_for_appointment(visit.id)
        settle(work, calls, CallbackStatus.DONE, {CallbackKind.CONFIRMATION})
        return
    if status is AppointmentStatus.ARRIVED:
        _drop_open(work, visit)
        return
    if status is AppointmentStatus.NO_SHOW:
        _drop_open(work, visit)
    patient = work.patients.get(visit.patient_id)
    for kind, when in _after_the_visit(desk, visit):
        _add(work, visit, patient, kind, when)


def stepped_back(work: UnitOfWork, visit: Appointment, undone: AppointmentStatus) -> None:
    """The calls that a step made are dropped where it is taken back."""
    kinds = MADE_BY.get(undone, frozenset())
    for callback in work.callbacks.open_for_appointment(visit.id):
        if callback.kind in kinds:
            work.callbacks.save(replace(callback, status=CallbackStatus.DROPPED))


def _after_the_visit(desk: Desk, visit: Appointment) -> list[tuple[CallbackKind, datetime]]:
    """The calls to whoever did not come, or has gone home, as far as the practice makes them."""
    now, calendar, rules = desk.now(), desk.calendar(), call_rules(desk.catalogue())
    calls = []
    if visit.status is AppointmentStatus.NO_SHOW and CallEvent.NO_SHOW in rules:
        calls.append((CallbackKind.NO_SHOW, due.due_no_show(now, calendar, rules)))
    if visit.status is AppointmentStatus.DISCHARGED and CallEvent.HOW_ARE_YOU in rules:
        calls.append((CallbackKind.HOW_ARE_YOU, due.due_how_are_you(now, calendar, rules)))
    if visit.status is AppointmentStatus.DISCHARGED and CallEvent.FOLLOW_UP in rules:
        calls += [(CallbackKind.FOLLOW_UP, when) for when in _follow_ups(desk, visit.procedure)]
    return calls


def _follow_ups(desk: Desk, procedure: str) -> list[datetime]:
    """By the procedure's own follow-up rule, but for the call of the next day, which everybody gets."""
    catalogue, now, calendar = desk.catalogue(), desk.now(), desk.calendar()
    days = catalogue.procedure(procedure).follow_up_days if catalogue.has_procedure(procedure) else ()
    if not days:
        return [due.due_usual_follow_up(now, calendar, call_rules(catalogue))]
    return [due.due_follow_up(now, day, calendar) for day in days if day > NEXT_DAY]


def _before_the_visit(desk: Desk, visit: Appointment) -> list[tuple[CallbackKind, datetime]]:
    """The calls of a visit that is booked, as far as the practice makes them."""
    now, calendar, rules = desk.now(), desk.calendar(), call_rules(desk.catalogue())
    calls = []
    if CallEvent.PREPARATION in rules:
        calls.append((CallbackKind.PREPARATION, due.due_for_preparation(visit.start, now, calendar, rules)))
    if CallEvent.CONFIRMATION in rules:
        calls.append((CallbackKind.CONFIRMATION, due.due_for_confirmation(visit.start, now, calendar, rules)))
    return calls


def _add(
    work: UnitOfWork, visit: Appointment, patient: Patient, kind: CallbackKind, when: datetime, reason: str = ""
) -> None:
    """A call to the patient; where they wish none it is what takes its place, if anything does."""
    phone = phone_to_call(patient.phones, "")
    call = instead(
        Callback(
            kind=kind,
            due=when,
            reason=reason or visit.procedure,
            appointment_id=visit.id,
            patient_id=visit.patient_id,
            phone=number_of(phone) if phone is not None else "",
        ),
        patient,
    )
    if call is not None:
        work.callbacks.add(call)


def _drop_open(work: UnitOfWork, visit: Appointment) -> None:
    settle(work, work.callbacks.open_for_appointment(visit.id), CallbackStatus.DROPPED)


def tell_new_time(desk: Desk, work: UnitOfWork, visit: Appointment, reason: str) -> None:
    """Somebody who is still to come has to be told of another time: at once, and once."""
    if visit.status not in TO_COME:
        return
    for call in work.callbacks.open_for_appointment(visit.id):
        if call.kind is CallbackKind.MOVED:
            work.callbacks.save(replace(call, reason=reason, due=desk.now()))
            return
    _add(work, visit, work.patients.get(visit.patient_id), CallbackKind.MOVED, desk.now(), reason)
