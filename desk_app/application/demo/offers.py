"""Calls that come from the day itself: an opened slot once offered to somebody who waits, and calls in hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desk_app.application.demo.calls import phone_of
from desk_app.application.demo.present import Present
from desk_app.application.demo.records import Records
from desk_app.domain.records import Appointment, Callback
from desk_app.domain.statuses import FIRM_VISITS, AppointmentStatus, CallbackKind, CallbackStatus

OPENED = timedelta(days=6)
LATER = timedelta(days=7)
OFFERS = 4
CLAIMED_FOR = timedelta(minutes=7)
"""They have been at it for a while."""


def offer_opened_slots(present: Present, records: Records) -> None:
    """A slot that opened lately was offered to somebody with the same procedure later on, who could not come."""
    waiting = [v for v in records.appointments if v.status in FIRM_VISITS and v.start > present.now + LATER]
    offered: set[int] = set()
    for opened in _opened(present, records)[:OFFERS]:
        fits = (v for v in waiting if v.procedure == opened.procedure and v.start > opened.start + LATER)
        visit = next((v for v in fits if v.id not in offered), None)
        if visit is not None:
            offered.add(visit.id)
            records.add_callback(_offer(records, opened, visit))


def _opened(present: Present, records: Records) -> list[Appointment]:
    """Cancelled, for a time not long ago, the latest first; what is still ahead is the desk's to offer."""
    lately, now = present.now - OPENED, present.now
    gone = [v for v in records.appointments if v.status is AppointmentStatus.CANCELLED and lately < v.start <= now]
    return sorted(gone, key=lambda visit: (visit.start, visit.id), reverse=True)


def _offer(records: Records, opened: Appointment, visit: Appointment) -> Callback:
    patient = records.patients[visit.patient_id - 1]
    return Callback(
        kind=CallbackKind.SHORT_NOTICE,
        due=opened.start - timedelta(hours=1),
        reason=visit.procedure,
        appointment_id=visit.id,
        patient_id=patient.id,
        phone=phone_of(patient),
        status=CallbackStatus.DONE,
        attempts=1,
    )


def claim_calls(present: Present, records: Records, clerks: tuple[int, ...]) -> None:
    """While the desk is open, everybody there has a call in hand: one that is due today or late."""
    if not present.is_open():
        return
    last = present.end_of_business()
    due = [call for call in records.callbacks if call.status is CallbackStatus.DUE and call.due <= last]
    due.sort(key=lambda call: (call.due, call.id))
    for clerk, call in zip(clerks, due[1:], strict=False):
        until = present.now + CLAIMED_FOR
        records.callbacks[call.id - 1] = replace(
            call, status=CallbackStatus.CLAIMED, claimed_by=clerk, claimed_until=until
        )
