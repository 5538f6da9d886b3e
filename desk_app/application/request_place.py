"""Where a request belongs by what is known of it, as it is taken down, reviewed, linked or its payer changes."""

from __future__ import annotations

from dataclasses import replace

from desk_app.application.authorization_rule import looked_at
from desk_app.application.authorization_steps import NOTHING_SAID
from desk_app.application.bookability import Said
from desk_app.application.desk import Desk
from desk_app.application.ports import UnitOfWork
from desk_app.domain.authorization_need import AuthorizationNeed
from desk_app.domain.records import Patient, Request
from desk_app.domain.request_review import blocking, is_granted, missing, need_of, where_it_belongs
from desk_app.domain.statuses import REQUEST_STEPS, RequestStatus

UNREVIEWED = frozenset({RequestStatus.RECEIVED, RequestStatus.IN_REVIEW})


def placed(
    desk: Desk, work: UnitOfWork, request: Request, *, before: Request | None = None, chart: Patient | None = None
) -> Request:
    """The request with the status that fits what is known; ``before`` is how it stood, None where it is new.

    One that has left the review goes back or on only where what it needs has changed: a step that somebody took by
    hand is not taken back by the next edit.
    """
    if chart is None and request.patient_id is not None:
        chart = work.patients.get(request.patient_id)
    status = where_it_belongs(
        desk.catalogue(), request, chart, _granted(desk, work, request, chart), looked_at=before is not None
    )
    if before is None:
        return replace(request, status=status)
    if before.status in UNREVIEWED:
        fits = status in REQUEST_STEPS[before.status]
    else:
        fits = status is not before.status and _needs_other_things(desk, before, request, chart)
    return replace(request, status=status) if fits else request


def authorized_by_rule(desk: Desk, work: UnitOfWork, request: Request, said: Said = NOTHING_SAID) -> tuple[str, ...]:
    """Its authorization by the rule, begun or looked at anew.

    None is begun while something is missing that the payer will ask for, nor where an approval of the patient's covers
    what is asked.
    Answers and raises as ``authorization_rule.looked_at``.
    """
    own = work.authorizations.for_request(request.id)
    chart = work.patients.get(request.patient_id) if request.patient_id is not None else None
    lacks = blocking(missing(desk.catalogue(), request, chart))
    if not own and (lacks or _granted(desk, work, request, chart)):
        return ()
    return looked_at(desk, work, request, said)


def _needs_other_things(desk: Desk, before: Request, request: Request, chart: Patient | None) -> bool:
    """Another procedure or payer; or nobody has to be asked any more."""
    if (before.procedure, before.payer) != (request.procedure, request.payer):
        return True
    waits = before.status is RequestStatus.AWAITING_AUTHORIZATION
    return waits and need_of(desk.catalogue(), request, chart) is AuthorizationNeed.NOT_NEEDED


def _granted(desk: Desk, work: UnitOfWork, request: Request, chart: Patient | None) -> bool:
    known = work.authorizations.for_request(request.id) if request.id else ()
    if chart is not None:
        known += work.authorizations.for_patient(chart.id)
    return is_granted(desk.catalogue(), request, chart, known, desk.today())
