"""Holds for a request that is given up: they go with it, in the same transaction, instead of waiting to lapse."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.application.desk import Desk
from desk_app.application.offers import request_gone
from desk_app.application.ports import UnitOfWork
from desk_app.application.request_callbacks import is_open
from desk_app.application.use_cases.visit_changes import cancelled, lock
from desk_app.domain.records import Request
from desk_app.domain.statuses import AppointmentStatus, CancelReason, RequestStatus

REASONS: Mapping[RequestStatus, CancelReason] = {
    RequestStatus.WITHDRAWN: CancelReason.PATIENT,
    RequestStatus.DECLINED: CancelReason.PRACTICE,
    RequestStatus.DUPLICATE: CancelReason.MISTAKE,
}
HOLD_RELEASED = "hold_released"


def release_holds(desk: Desk, work: UnitOfWork, request: Request) -> tuple[int, ...]:
    """Cancels what is still held for a request that is no longer open; answers the visits' numbers.

    It leaves the short-notice list too.
    """
    if is_open(request):
        return ()
    request_gone(work, request)
    held = [visit for visit in work.appointments.for_request(request.id) if visit.status is AppointmentStatus.HELD]
    if held:
        lock(desk, work, *(visit.start for visit in held))
    for visit in held:
        cancelled(desk, work, visit, REASONS.get(request.status, CancelReason.OTHER), "")
    return tuple(visit.id for visit in held)
