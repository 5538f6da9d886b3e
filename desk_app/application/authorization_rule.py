"""The rule from procedure and payer at work: which authorization a request has, as it is reviewed and as it changes."""

from __future__ import annotations

from dataclasses import replace

from desk_app.application.authorization_calls import concerned, keep_asking, settled
from desk_app.application.authorization_holds import patient_without
from desk_app.application.authorization_steps import NOTHING_SAID, TO_PAYER, advance, withdrawn
from desk_app.application.bookability import Said
from desk_app.application.desk import Desk
from desk_app.application.ports import UnitOfWork
from desk_app.domain.authorization_need import AuthorizationNeed, authorization_need, payer_of
from desk_app.domain.authorization_status import GONE, UNSENT
from desk_app.domain.records import Authorization, Patient, Request
from desk_app.domain.statuses import AuthorizationStatus, CallbackStatus, RequestStatus

Z = AuthorizationStatus
ANEW, CHECKED = "authorization_anew", "authorization_checked"
"""Warnings of a use case: another authorization is needed now; the rule was looked at anew and nothing was sent yet."""

REVIEWED = frozenset({RequestStatus.IN_REVIEW, RequestStatus.AWAITING_AUTHORIZATION, RequestStatus.READY_TO_BOOK})
CONCERNED = REVIEWED | {RequestStatus.BOOKED}
BY_NEED = {
    AuthorizationNeed.NEEDED: Z.TO_SUBMIT,
    AuthorizationNeed.NOT_NEEDED: Z.NOT_REQUIRED,
    AuthorizationNeed.UNKNOWN: Z.NOT_CHECKED,
}


def looked_at(desk: Desk, work: UnitOfWork, request: Request, said: Said = NOTHING_SAID) -> tuple[str, ...]:
    """A request was reviewed, or its procedure or payer may have changed. Answers the codes of what is worth saying.

    The authorization of another procedure or payer is withdrawn and kept, and a new one begun. Raises as
    ``authorization_steps.withdrawn`` where a firm visit stands on it.
    """
    if request.status not in CONCERNED or request.procedure is None:
        return ()
    payer = payer_code(desk, work, request)
    now = current(work.authorizations.for_request(request.id))
    if now is None:
        if request.status in REVIEWED:
            begin(desk, work, request)
        return ()
    if now.procedure == request.procedure and now.payer == payer:
        return ()
    if now.payer is None and now.procedure == request.procedure and now.status not in UNSENT:
        work.authorizations.save(replace(now, payer=payer))
        return ()
    if now.status in UNSENT:
        _again(desk, work, request, now)
        return (CHECKED,)
    withdrawn(desk, work, now, said=said)
    made = begin(desk, work, request)
    if made.status is Z.TO_SUBMIT:
        advance(desk, work, concerned(desk, work, made), RequestStatus.AWAITING_AUTHORIZATION)
    return (ANEW,)


def looked_at_patient(desk: Desk, work: UnitOfWork, patient: Patient, said: Said = NOTHING_SAID) -> tuple[str, ...]:
    """Another payer on the chart: every request of the patient that has an authorization is looked at."""
    known = work.authorizations.for_patient(patient.id)
    numbers = dict.fromkeys(each.request_id for each in known if each.request_id is not None)
    told = [code for number in numbers for code in looked_at(desk, work, work.requests.get(number), said)]
    patient_without(desk, work, patient.id, said)
    return tuple(dict.fromkeys(told))


def begin(desk: Desk, work: UnitOfWork, request: Request) -> Authorization:
    """A new record by the rule; what is to be submitted has its call to the payer at once."""
    authorization = work.authorizations.add(
        Authorization(
            request.id,
            request.patient_id,
            payer_code(desk, work, request),
            request.procedure or "",
            _status(desk, work, request),
            side=request.side,
        )
    )
    if authorization.status is Z.TO_SUBMIT:
        keep_asking(desk, work, authorization)
    return authorization


def current(known: tuple[Authorization, ...]) -> Authorization | None:
    """The newest that is not done with."""
    return next((each for each in reversed(known) if each.status not in GONE), None)


def payer_code(desk: Desk, work: UnitOfWork, request: Request) -> str | None:
    """Who pays: whom the chart names, else whom the request named."""
    chart = work.patients.get(request.patient_id).payer if request.patient_id is not None else None
    payer = payer_of(desk.catalogue(), chart, request.payer)
    return payer.code if payer is not None else None


def _status(desk: Desk, work: UnitOfWork, request: Request) -> AuthorizationStatus:
    catalogue, code = desk.catalogue(), request.procedure or ""
    asks = catalogue.has_procedure(code) and catalogue.procedure(code).needs_authorization
    return BY_NEED[authorization_need(asks, payer_of(catalogue, payer_code(desk, work, request)))]


def _again(desk: Desk, work: UnitOfWork, request: Request, now: Authorization) -> None:
    """Nothing has been sent: the same record by the rule as it reads now."""
    status = _status(desk, work, request)
    changed = replace(
        now, procedure=request.procedure or "", payer=payer_code(desk, work, request), status=status, cpt=()
    )
    changed = work.authorizations.save(changed)
    if status is Z.TO_SUBMIT:
        keep_asking(desk, work, changed)
        return
    if request.status is RequestStatus.AWAITING_AUTHORIZATION and status is Z.NOT_REQUIRED:
        advance(desk, work, concerned(desk, work, changed), RequestStatus.READY_TO_BOOK)
    settled(work, changed, concerned(desk, work, changed), TO_PAYER, CallbackStatus.DROPPED)
    advance(desk, work, concerned(desk, work, changed), request.status)
