"""Whether the matter of a call is settled already, whoever settled it and how. Pure.

``db.queries.call_gaps`` finds the same calls by the thousand; a test holds the two against each other.
"""

from __future__ import annotations

from datetime import datetime

from desk_app.domain.call_order import NOT_THE_PATIENT, PAYER_CALLS
from desk_app.domain.records import Appointment, Callback, Patient, Request
from desk_app.domain.statuses import (
    OPEN_REQUESTS,
    AppointmentStatus,
    CallbackKind,
    CallbackStatus,
    RequestStatus,
)

K, A = CallbackKind, AppointmentStatus
BEFORE_VISIT = frozenset({K.PREPARATION, K.CONFIRMATION, K.MOVED})
"""Made before a visit, and of no use once it is over."""

COMING = frozenset({A.HELD, A.BOOKED, A.CONFIRMED})
AFTER_VISIT = {K.HOW_ARE_YOU: A.DISCHARGED, K.FOLLOW_UP: A.DISCHARGED, K.NO_SHOW: A.NO_SHOW}
"""Made because a visit ended like that, and of no use where it is not so any more."""

ANOTHER_DATE = frozenset({A.HELD, A.BOOKED, A.CONFIRMED, A.CANCELLED, A.NO_SHOW})
"""A visit that is one of these can get another date."""

ABOUT_THE_CASE = frozenset({K.NURSE, K.LETTER})
"""They arise after a visit too, one that was cancelled as well: no status of it settles them."""


def fate(
    call: Callback,
    now: datetime,
    request: Request | None = None,
    visit: Appointment | None = None,
    patient: Patient | None = None,
) -> CallbackStatus | None:
    """What an open call becomes because its matter is settled: done or dropped; None where it is to be made.

    ``request`` and ``visit`` are the call's own; None for one it does not have.
    """
    if patient is not None and patient.do_not_contact and call.kind not in NOT_THE_PATIENT:
        return CallbackStatus.DROPPED
    if call.request_id is not None and (request is None or request.status not in OPEN_REQUESTS):
        went_on = request is not None and request.status in (RequestStatus.BOOKED, RequestStatus.CLOSED)
        return CallbackStatus.DONE if went_on else CallbackStatus.DROPPED
    if call.appointment_id is None:
        return None
    return CallbackStatus.DROPPED if visit is None else _of_visit(call.kind, visit, now)


def _of_visit(kind: CallbackKind, visit: Appointment, now: datetime) -> CallbackStatus | None:
    if kind is K.CONFIRMATION and visit.status is A.CONFIRMED:
        return CallbackStatus.DONE
    return None if _is_open(kind, visit, now) else CallbackStatus.DROPPED


def _is_open(kind: CallbackKind, visit: Appointment, now: datetime) -> bool:
    if kind in BEFORE_VISIT:
        return visit.status in COMING and visit.end > now
    if kind in AFTER_VISIT:
        return visit.status is AFTER_VISIT[kind]
    if kind is K.SHORT_NOTICE:
        return visit.status is A.HELD and visit.is_active(now)
    if kind is K.REBOOK:
        return visit.status in ANOTHER_DATE
    if kind in ABOUT_THE_CASE:
        return True
    if kind in PAYER_CALLS:
        return visit.status not in (A.CANCELLED, A.NO_SHOW, A.DISCHARGED)
    return visit.status is not A.CANCELLED
