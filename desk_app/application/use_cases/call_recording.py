"""What came of a call: the try is kept, the call ends or is due again, and what the outcome decides is done with it.

All of it is one transaction and one step to take back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from desk_app.application.call_acts import act
from desk_app.application.call_situations import Case, case_of_call, phones_of, situation
from desk_app.application.call_words import next_words
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import repeated
from desk_app.application.request_callbacks import ensure_next_action
from desk_app.application.tried import Tried
from desk_app.application.use_cases.calls import OPEN, is_of_another, refusal, settled_already
from desk_app.application.use_cases.tray import user_of
from desk_app.domain.call_answers import alarming, checked_answers
from desk_app.domain.call_order import PAYER_CALLS
from desk_app.domain.call_outcomes import Next, Said, what_next
from desk_app.domain.call_phones import number_of
from desk_app.domain.call_records import Attempt
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import Conflict, RuleViolation
from desk_app.domain.practice_rules import CallQuestion
from desk_app.domain.records import Callback, Patient, Phone, Request
from desk_app.domain.statuses import CallbackKind, CallbackStatus


@dataclass(frozen=True, slots=True)
class Recorded:
    """The call as it stands now, the try, what came next, and the calls that arose with it."""

    call: Callback
    attempt: Attempt
    next: Next
    arisen: tuple[Callback, ...]
    sentence: str


def record(desk: Desk, callback_id: int, tried: Tried, write_id: UUID | None = None) -> Outcome[Recorded]:
    """Notes an outcome and does what it decides.

    Raises Conflict ``call_settled_meanwhile`` where the call is settled (the try is kept with it all the same),
    ``call_claimed`` where another desk has it open, ``already_done`` where ``write_id`` says that this very try is kept
    already; RuleViolation ``call_outcome``, ``call_again_when``,
    ``call_no_messages`` and whatever the deed itself is refused for.
    """
    try:
        return _recorded(desk, callback_id, tried, write_id)
    except Conflict as fault:
        if (fault.code, fault.params.get("record"), fault.params.get("record_id")) != (
            "changed",
            "callback",
            callback_id,
        ):
            raise
    return _recorded(desk, callback_id, tried, write_id)  # as the faster desk has left it


@repeated
def _recorded(desk: Desk, callback_id: int, tried: Tried, write_id: UUID | None) -> Outcome[Recorded]:
    user = user_of(desk)
    with desk.open_work(desk.actor, write_id) as work:
        if write_id is not None and desk.queries.write_result(write_id) is not None:
            raise Conflict("already_done")  # asked first: on a settled call a try is kept although it is refused
        call = work.callbacks.get(callback_id)
        if call.status not in OPEN:
            work.attempts.add(_attempt(desk, call, tried, user, None))
            changes = work.commit("call_noted_late", _told(call, tried))
            desk.committed(work, changes)
            raise settled_already(desk, call, "call_settled_meanwhile")
        if is_of_another(call, user, desk.now()):
            raise refusal(desk, work, call)
        recorded = record_in(desk, work, call, tried, user)
        changes = work.commit("call_recorded", {**_told(call, tried), "next": recorded.next.told})
        recorded = replace(recorded, call=work.callbacks.get(call.id))
    return Outcome(recorded, desk.committed(work, changes), changes.seq)


def record_in(desk: Desk, work: UnitOfWork, call: Callback, tried: Tried, user: int) -> Recorded:
    """The same as a part of what else is written; the call is open, and nobody else's concern."""
    case = case_of_call(work, call)
    step, tried = _decided(desk, case, tried)
    before = set(_about(work, case))
    attempt = work.attempts.add(_attempt(desk, call, tried, user, step.due))
    case = replace(case, call=work.callbacks.save(_after(case, step)))
    _arise(work, case, step, tried)
    act(desk, work, case, step, tried)
    _goes_on(desk, work, case)
    arisen = tuple(each for number, each in _about(work, case).items() if number not in before)
    return Recorded(case.call, attempt, step, arisen, next_words(step, desk.zone(), desk.now()))


def _decided(desk: Desk, case: Case, tried: Tried) -> tuple[Next, Tried]:
    """What comes next; raises where what was said does not suffice."""
    known = situation(desk.catalogue(), desk.now(), case)
    if tried.dialled:
        known = replace(known, phone=_dialled(case.patient, case.request, tried.dialled))
    tried = replace(tried, answers=checked_answers(known.rule.questions, tried.answers))
    said = Said(tried.again_at, tried.phone, tried.answers)
    step = what_next(known, tried.outcome, desk.now(), desk.calendar(), said)
    if step.refused:
        raise RuleViolation(step.refused)
    if step.due is None and step.status is CallbackStatus.DUE:
        raise RuleViolation("call_again_when", field="again_at")
    if not tried.dialled and known.phone is not None and case.call.kind not in PAYER_CALLS:
        tried = replace(tried, dialled=number_of(known.phone))
    found = alarming(known.rule.questions, tried.answers)
    return step, replace(tried, alarms=_alarm_words(found, tried))


def _dialled(patient: Patient | None, request: Request | None, number: str) -> Phone:
    phones = phones_of(patient, request)
    return next((phone for phone in phones if number in (phone.e164, phone.raw)), Phone(number))


def _alarm_words(found: tuple[CallQuestion, ...], tried: Tried) -> str:
    """``Pain now, 0 to 10: 9; Fever or chills: yes``"""
    given = dict(tried.answers)
    return "; ".join(f"{question.text}: {given[question.code]}" for question in found)


def _attempt(desk: Desk, call: Callback, tried: Tried, user: int, due: datetime | None) -> Attempt:
    return Attempt(
        call.id,
        desk.now(),
        user,
        tried.outcome,
        tried.spoken_to.strip(),
        tried.note.strip(),
        tried.dialled,
        tried.call_reference.strip(),
        max(0, tried.hold_minutes),
        tried.answers,
        due,
    )


def _after(case: Case, step: Next) -> Callback:
    """The call after the try: settled, or due again and nobody's."""
    call = replace(case.call, attempts=case.call.attempts + 1, claimed_by=None, claimed_until=None, status=step.status)
    if step.status is not CallbackStatus.DUE:
        return call
    return replace(call, due=step.due or call.due, phone=step.phone or call.phone)


def _arise(work: UnitOfWork, case: Case, step: Next, tried: Tried) -> None:
    """One call of a kind about one matter: where there is one already it is due at the sooner time."""
    for arising in step.arises:
        there = next((each for each in _about(work, case).values() if each.kind is arising.kind), None)
        if there is not None:
            work.callbacks.save(replace(there, due=min(there.due, arising.due)))
            continue
        call = case.call
        nurse = arising.kind is CallbackKind.NURSE
        words = "; ".join(text for text in (tried.alarms, tried.note.strip()) if text) if nurse else ""
        work.callbacks.add(
            Callback(
                arising.kind,
                arising.due,
                arising.reason or call.reason,
                call.request_id,
                call.appointment_id,
                call.patient_id,
                call.payer,
                call.phone,
                assigned_to="nurse" if nurse else "",
                note=words,
            )
        )


def _goes_on(desk: Desk, work: UnitOfWork, case: Case) -> None:
    """An open request is never left without its next action."""
    if case.request is not None:
        ensure_next_action(desk, work, work.requests.get(case.request.id))


def _about(work: UnitOfWork, case: Case) -> dict[int, Callback]:
    """The open calls about the same matter."""
    call, found = case.call, list[Callback]()
    if call.request_id is not None:
        found += work.callbacks.open_for_request(call.request_id)
    if call.appointment_id is not None:
        found += work.callbacks.open_for_appointment(call.appointment_id)
    if not found and call.patient_id is not None:
        found += work.callbacks.open_for_patient(call.patient_id)
    return {each.id: each for each in found}


def _told(call: Callback, tried: Tried) -> dict[str, object]:
    """What the audit event says: numbers and codes, no name."""
    return {
        "callback": call.id,
        "kind": call.kind.value,
        "outcome": tried.outcome.value,
        "request": call.request_id,
        "appointment": call.appointment_id,
    }
