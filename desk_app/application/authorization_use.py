"""What becomes of approvals in time: used once their visits are done, expired once their dates are over."""

from __future__ import annotations

from dataclasses import replace

from desk_app.application.authorization_calls import concerned, keep_asking
from desk_app.application.authorization_rule import begin, current
from desk_app.application.authorization_steps import advance
from desk_app.application.case_of import case_of
from desk_app.application.desk import Desk
from desk_app.application.ports import UnitOfWork
from desk_app.domain.authorization_match import planned_visit, standing
from desk_app.domain.records import Appointment, Authorization
from desk_app.domain.statuses import AuthorizationStatus, RequestStatus
from desk_app.domain.zone import local_date

Z = AuthorizationStatus


def used_up(desk: Desk, work: UnitOfWork, visit: Appointment) -> None:
    """A visit is done: the approval of each of its procedures is used, if it has no units left for another.

    One that is not counted in units is used too, unless another visit stands on it.
    """
    case = case_of(desk, work, visit)
    day = local_date(visit.start, desk.zone())
    payer = case.payer.code if case.payer is not None else None
    for treated in visit.treated:
        planned = planned_visit(desk.catalogue(), treated, day, visit.phases, payer, visit.request_id)
        found = standing(case.approvals, planned, case.units_taken)
        if found.is_good and found.approval is not None and found.approval.is_granted:
            _use(desk, work, found.approval, treated.levels + case.units_taken.get(found.approval.id, 0), visit)


def _use(desk: Desk, work: UnitOfWork, approval: Authorization, taken: int, visit: Appointment) -> None:
    if approval.units is not None and taken < approval.units:
        return
    others = (each for each in concerned(desk, work, approval).visits if each.id != visit.id)
    if not any(others):
        work.authorizations.save(replace(approval, status=Z.USED))


def not_used_after_all(desk: Desk, work: UnitOfWork, visit: Appointment) -> None:
    """A visit that was taken for done is not: what it had used up of the approvals good on its day is granted again."""
    day, done = local_date(visit.start, desk.zone()), {treated.procedure for treated in visit.treated}
    known = work.authorizations.for_patient(visit.patient_id)
    if visit.request_id is not None:
        known += work.authorizations.for_request(visit.request_id)
    for each in {approval.id: approval for approval in known}.values():
        in_time = (each.valid_from is None or each.valid_from <= day) and (
            each.valid_to is None or day <= each.valid_to
        )
        if each.status is Z.USED and each.procedure in done and in_time:
            work.authorizations.save(replace(each, status=Z.APPROVED))


def ran_out(desk: Desk, work: UnitOfWork) -> tuple[Authorization, ...]:
    """Every approval whose last day has passed has expired; a request that was to be booked on it asks anew."""
    return tuple(_expired(desk, work, each) for each in work.authorizations.ran_out(desk.today()))


def _expired(desk: Desk, work: UnitOfWork, approval: Authorization) -> Authorization:
    approval = work.authorizations.save(replace(approval, status=Z.EXPIRED))
    if approval.request_id is None or current(work.authorizations.for_request(approval.request_id)) is not None:
        return approval
    request = work.requests.get(approval.request_id)
    if request.status is RequestStatus.READY_TO_BOOK and request.procedure is not None:
        made = begin(desk, work, request)
        if made.status is Z.TO_SUBMIT:
            advance(desk, work, concerned(desk, work, made), RequestStatus.AWAITING_AUTHORIZATION)
    return approval


def asked_again(desk: Desk, work: UnitOfWork) -> int:
    """What is undecided and has no call to its payer gets one; answers how many."""
    waiting = work.authorizations.unasked()
    for authorization in waiting:
        keep_asking(desk, work, authorization)
    return len(waiting)
