"""What an outcome does beside the call itself, within the running transaction that records it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from desk_app.application import authorization_steps as steps
from desk_app.application.bookability import Said
from desk_app.application.call_settling import stop_calls
from desk_app.application.call_situations import COMING, Case
from desk_app.application.desk import Desk
from desk_app.application.ports import UnitOfWork
from desk_app.application.request_callbacks import ensure_next_action, is_open, stepped
from desk_app.application.request_place import placed
from desk_app.application.tried import Tried
from desk_app.application.use_cases.offer_answers import declined
from desk_app.application.use_cases.request_holds import release_holds
from desk_app.application.use_cases.visit_changes import cancelled, lock
from desk_app.application.visit_callbacks import status_changed
from desk_app.domain.authorization_status import UNDECIDED
from desk_app.domain.call_outcomes import Act, Next
from desk_app.domain.call_phones import marked_wrong
from desk_app.domain.faults import RuleViolation, WrongInput
from desk_app.domain.records import Authorization
from desk_app.domain.statuses import (
    PROGRAM_REASONS,
    AppointmentStatus,
    AuthorizationStatus,
    RequestStatus,
    check_appointment_step,
    check_request_step,
)

FAR = timedelta(days=731)


def act(desk: Desk, work: UnitOfWork, case: Case, step: Next, tried: Tried) -> None:
    """Does what the outcome decides. Raises RuleViolation where it cannot be."""
    deed = _DEEDS.get(step.act)
    if deed is not None:
        deed(desk, work, case, tried)


def _is_booked(desk: Desk, work: UnitOfWork, case: Case, tried: Tried) -> None:
    """Booked is what the booking says: by a word alone nothing is."""
    now = desk.now()
    if case.visit is not None and work.offers.open_of_hold(case.visit.id) is not None:
        raise RuleViolation("offer_open")
    if case.call.request_id is not None or case.patient is None:
        raise RuleViolation("call_not_booked")
    visits = work.appointments.for_patient(case.patient.id, now, now + FAR)
    if not any(visit.status in COMING and visit.is_active(now) for visit in visits):
        raise RuleViolation("call_not_booked")


def _confirm(desk: Desk, work: UnitOfWork, case: Case, tried: Tried) -> None:
    visit = case.visit
    if visit is None or not visit.is_active(desk.now()):
        raise RuleViolation("call_no_visit")
    if visit.status is AppointmentStatus.CONFIRMED:
        return
    check_appointment_step(visit.status, AppointmentStatus.CONFIRMED, same_day=True)
    visit = replace(visit, status=AppointmentStatus.CONFIRMED, status_since=desk.now())
    status_changed(desk, work, work.appointments.save(visit))


def _cancel(desk: Desk, work: UnitOfWork, case: Case, tried: Tried) -> None:
    if tried.reason is None:
        raise RuleViolation("call_reason", field="reason")
    if tried.reason in PROGRAM_REASONS:
        raise WrongInput("unknown_word", value=tried.reason.value, allowed="a reason of the patient or the practice")
    if case.visit is not None:
        lock(desk, work, case.visit.start)
        cancelled(desk, work, work.appointments.get(case.visit.id), tried.reason, tried.note.strip())


def _withdraw(desk: Desk, work: UnitOfWork, case: Case, tried: Tried) -> None:
    if case.request is None:
        return
    before = work.requests.get(case.request.id)
    check_request_step(before.status, RequestStatus.WITHDRAWN)
    notes = "; ".join(dict.fromkeys(text for text in (before.note, tried.note.strip()) if text))
    request = work.requests.save(replace(before, status=RequestStatus.WITHDRAWN, note=notes))
    stepped(desk, work, before, request)
    release_holds(desk, work, request)


def _decline_offer(desk: Desk, work: UnitOfWork, case: Case, tried: Tried) -> None:
    if case.visit is not None:
        declined(desk, work, case.visit.id, None)


def _reviewed(desk: Desk, work: UnitOfWork, case: Case, tried: Tried) -> None:
    """The person has been spoken to: the request goes on to where it belongs by what is known now."""
    if case.request is None or not is_open(case.request):
        return
    before = work.requests.get(case.request.id)
    moved = placed(desk, work, before, before=before, chart=case.patient)
    if moved != before:
        stepped(desk, work, before, work.requests.save(moved))


def _mark_wrong(desk: Desk, work: UnitOfWork, case: Case, tried: Tried) -> None:
    """On the chart where there is one, else on the request; a number that was given instead comes first."""
    given = (tried.phone,) if tried.phone is not None else ()
    if case.patient is not None and case.patient.phones:
        phones = marked_wrong(case.patient.phones, tried.dialled)
        work.patients.save(replace(case.patient, phones=(*given, *phones)))
    elif case.request is not None:
        request = work.requests.get(case.request.id)
        phones = marked_wrong(request.contact.phones, tried.dialled)
        work.requests.save(replace(request, contact=replace(request.contact, phones=(*given, *phones))))


def _stop(desk: Desk, work: UnitOfWork, case: Case, tried: Tried) -> None:
    """Every open request of theirs keeps a next action, which is a letter from now on."""
    if case.patient is None:
        return
    ended = stop_calls(work, work.patients.get(case.patient.id))
    for number in dict.fromkeys(call.request_id for call in ended if call.request_id is not None):
        ensure_next_action(desk, work, work.requests.get(number))


def _pending(desk: Desk, work: UnitOfWork, case: Case, tried: Tried) -> None:
    paper = authorization_of(work, case)
    if paper is not None:
        _contacted(desk, work, paper, tried)


def _decide(desk: Desk, work: UnitOfWork, case: Case, tried: Tried) -> None:
    if tried.decision is None:
        raise RuleViolation("call_decision_missing", field="decision")
    _answered(desk, work, case, tried, tried.decision)


def _more_info(desk: Desk, work: UnitOfWork, case: Case, tried: Tried) -> None:
    wanted = steps.Decision(AuthorizationStatus.MORE_INFO_NEEDED, note=tried.note)
    _answered(desk, work, case, tried, tried.decision or wanted)


def _peer_to_peer(desk: Desk, work: UnitOfWork, case: Case, tried: Tried) -> None:
    wanted = steps.Decision(AuthorizationStatus.PEER_TO_PEER_DUE, note=tried.note)
    _answered(desk, work, case, tried, tried.decision or wanted)


def _answered(desk: Desk, work: UnitOfWork, case: Case, tried: Tried, decision: steps.Decision) -> None:
    """Through the authorization's own steps, so that both ways do the same."""
    paper = authorization_of(work, case)
    if paper is None:
        raise RuleViolation("call_no_authorization")
    _contacted(desk, work, paper, tried)
    steps.decided(desk, work, paper, decision, Said(tried.override_reason))


def _records_sent(desk: Desk, work: UnitOfWork, case: Case, tried: Tried) -> None:
    paper = authorization_of(work, case)
    if paper is not None:
        steps.sent(desk, work, paper, tried.note.strip() or "Records")


def _contacted(desk: Desk, work: UnitOfWork, paper: Authorization, tried: Tried) -> None:
    steps.contacted(
        desk,
        work,
        paper,
        steps.PayerContact(tried.spoken_to, tried.call_reference, tried.hold_minutes, tried.note, tried.outcome),
    )


def authorization_of(work: UnitOfWork, case: Case) -> Authorization | None:
    """What a call to a payer is about: the request's (or the patient's) newest for the procedure, undecided first."""
    found = work.authorizations.for_request(case.request.id) if case.request is not None else ()
    if not found and case.patient is not None:
        found = work.authorizations.for_patient(case.patient.id)
    named = [each for each in found if each.procedure == case.call.reason] or list(found)
    return max(named, key=lambda each: (each.status in UNDECIDED, each.id), default=None)


Deed = Callable[[Desk, UnitOfWork, Case, Tried], None]
_DEEDS: Mapping[Act, Deed] = {
    Act.BOOK: _is_booked,
    Act.CONFIRM_VISIT: _confirm,
    Act.CANCEL_VISIT: _cancel,
    Act.WITHDRAW_REQUEST: _withdraw,
    Act.DECLINE_OFFER: _decline_offer,
    Act.REVIEWED: _reviewed,
    Act.MARK_WRONG: _mark_wrong,
    Act.STOP_CALLS: _stop,
    Act.PENDING: _pending,
    Act.DECIDE: _decide,
    Act.MORE_INFO: _more_info,
    Act.PEER_TO_PEER: _peer_to_peer,
    Act.RECORDS_SENT: _records_sent,
}
