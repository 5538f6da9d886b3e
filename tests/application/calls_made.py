"""What tests of calls begin with: a call of some kind, and what came of it."""

from __future__ import annotations

from typing import Any

from desk_app.application.call_rows import CallLine
from desk_app.application.desk import Desk
from desk_app.application.tried import Tried
from desk_app.application.use_cases import call_recording, calls
from desk_app.application.use_cases.call_recording import Recorded
from desk_app.domain.records import Authorization
from desk_app.domain.statuses import AuthorizationStatus, CallOutcome, RequestStatus


def lines(desk: Desk, **wish: Any) -> tuple[CallLine, ...]:
    return calls.look_at_calls(desk, calls.CallWish(**wish)).lines


def the_call(desk: Desk, kind: str) -> CallLine:
    """The one open call of that kind."""
    (found,) = (line for line in lines(desk) if line.kind == kind)
    return found


def record(desk: Desk, call: CallLine | int, outcome: CallOutcome, **more: Any) -> Recorded:
    number = call if isinstance(call, int) else call.id
    return call_recording.record(desk, number, Tried(outcome, **more)).value


def open_calls(desk: Desk) -> dict[str, str]:
    """Kind and wall-clock due time of every open call."""
    return {line.kind: line.due.astimezone(desk.zone()).strftime("%a %d %H:%M") for line in lines(desk)}


def asked_of_payer(desk: Desk, request_id: int, status: AuthorizationStatus = AuthorizationStatus.SUBMITTED) -> None:
    """An authorization that the payer has, for a request that waits for it."""
    from desk_app.application.use_cases import requests

    card = desk.queries.request_card(request_id, desk.now())
    if card.request.status is not RequestStatus.AWAITING_AUTHORIZATION:
        requests.set_status(desk, request_id, RequestStatus.AWAITING_AUTHORIZATION)
    with desk.open_work(desk.actor) as work:
        work.authorizations.add(
            Authorization(
                request_id,
                card.request.patient_id,
                "OLDCOL",
                card.request.procedure or "KYPHO",
                status,
                submission_reference="S-1",
                submitted_at=desk.now(),
            )
        )
        desk.committed(work, work.commit("authorization_submitted"))
