"""Where calls are settled because their matter is settled elsewhere, and where letters take the place of calls.

A call is ``done`` where its matter went on (the visit was confirmed by other means, the request booked), and
``dropped`` where it fell away (the request was withdrawn, the visit cancelled, the patient has died).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import timedelta

from desk_app.application.desk import Desk
from desk_app.application.ports import UnitOfWork
from desk_app.domain.call_order import NOT_THE_PATIENT
from desk_app.domain.call_outcomes import NO_CALLS
from desk_app.domain.call_records import Attempt
from desk_app.domain.records import Appointment, Callback, Patient
from desk_app.domain.statuses import OPEN_REQUESTS, CallbackKind, CallbackStatus, CallOutcome, RequestStatus

ANOTHER_DATE = frozenset({CallbackKind.NO_SHOW, CallbackKind.REBOOK})
"""Calls that a booking of the same procedure settles."""

TO_KNOW = frozenset({CallbackKind.PREPARATION, CallbackKind.MOVED})
"""What a patient has to know before the visit, by letter if need be."""

ABOUT = timedelta(days=10)
"""A visit that is booked so near to when a follow-up was to be asked for is that follow-up."""


def settle(
    work: UnitOfWork,
    calls: Iterable[Callback],
    status: CallbackStatus,
    kinds: Collection[CallbackKind] | None = None,
) -> tuple[Callback, ...]:
    """Ends those calls (of these kinds only, where any are given); answers them."""
    return tuple(
        work.callbacks.save(replace(call, status=status)) for call in calls if kinds is None or call.kind in kinds
    )


def settled_by_booking(desk: Desk, work: UnitOfWork, visit: Appointment) -> None:
    """A firm visit is what the calls about its request, about another date or a follow-up were for."""
    for call in work.callbacks.open_for_patient(visit.patient_id):
        about_request = call.request_id is not None and call.request_id == visit.request_id
        if about_request or _was_for(work, call, visit):
            _booked(desk, work, call)


def _booked(desk: Desk, work: UnitOfWork, call: Callback) -> None:
    """The call is made by the booking; where somebody has it open that is what came of their call."""
    now, user = desk.now(), work.users.by_name(desk.actor.user_name)
    mine = user is not None and call.claimed_by == user.id and (call.claimed_until or now) > now
    if mine and user is not None:
        work.attempts.add(Attempt(call.id, now, user.id, CallOutcome.BOOKED, phone=call.phone))
        call = replace(call, attempts=call.attempts + 1)
    settle(work, (call,), CallbackStatus.DONE)


def _was_for(work: UnitOfWork, call: Callback, visit: Appointment) -> bool:
    if call.appointment_id is None or call.appointment_id == visit.id:
        return False
    before = work.appointments.get(call.appointment_id)
    if call.kind is CallbackKind.FOLLOW_UP:
        return visit.start > before.start and abs(visit.start - call.due) <= ABOUT
    if call.kind not in ANOTHER_DATE or before.status.value not in ("cancelled", "no_show"):
        return False
    return {each.procedure for each in before.treated} <= {each.procedure for each in visit.treated}


def nobody_to_call(work: UnitOfWork, patient_id: int) -> None:
    """The patient has died: whatever is open about them falls away, calls and requests."""
    for call in settle(work, work.callbacks.open_for_patient(patient_id), CallbackStatus.DROPPED):
        request = work.requests.get(call.request_id) if call.request_id is not None else None
        if request is not None and request.status in OPEN_REQUESTS:
            work.requests.save(replace(request, status=RequestStatus.WITHDRAWN))


def stop_calls(work: UnitOfWork, patient: Patient) -> tuple[Callback, ...]:
    """The patient wishes no calls: those to them end; what goes to a payer or by letter goes on. Answers the ended."""
    if not patient.do_not_contact:
        work.patients.save(replace(patient, do_not_contact=True))
    calls = work.callbacks.open_for_patient(patient.id)
    return settle(work, (call for call in calls if call.kind not in NOT_THE_PATIENT), CallbackStatus.DROPPED)


def instead(call: Callback, patient: Patient | None) -> Callback | None:
    """The call as it may be made: where the patient wishes no calls a letter about their request, or what they have to
    know before their visit; None where nothing waits for it.
    """
    if patient is None or not patient.do_not_contact or call.kind in NOT_THE_PATIENT:
        return call
    if call.request_id is not None or call.kind in TO_KNOW:
        return replace(call, kind=CallbackKind.LETTER, reason=NO_CALLS)
    return None
