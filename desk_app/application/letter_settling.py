"""A letter has gone out: the calls that it stands in for are done, with whatever comes next by their own rule."""

from __future__ import annotations

from collections.abc import Iterable

from desk_app.application.desk import Desk
from desk_app.application.ports import UnitOfWork
from desk_app.application.tried import Tried
from desk_app.application.use_cases.call_recording import record_in
from desk_app.domain.call_records import Letter
from desk_app.domain.letters import LetterKind
from desk_app.domain.records import Callback
from desk_app.domain.statuses import CallbackKind, CallOutcome


def settle_letter_calls(desk: Desk, work: UnitOfWork, kind: LetterKind, letter: Letter, user: int) -> list[int]:
    """Answers the numbers of the calls that are done with it: an open request has its next action from then on.

    It is the call for which the letter was printed; and, to whoever could not be reached, every letter that was still
    to be written about this matter. Who wishes no calls is prepared by letter too.
    """
    settled = []
    for call in _letters_due(work, letter):
        if call.id == letter.callback_id or _stands_in(work, kind, call):
            record_in(desk, work, work.callbacks.get(call.id), Tried(CallOutcome.DONE), user)
            settled.append(call.id)
    return settled


def _stands_in(work: UnitOfWork, kind: LetterKind, call: Callback) -> bool:
    if kind is LetterKind.UNREACHABLE:
        return True
    has_visit = call.appointment_id is not None and call.patient_id is not None
    return has_visit and work.patients.get(call.patient_id or 0).do_not_contact


def _letters_due(work: UnitOfWork, letter: Letter) -> tuple[Callback, ...]:
    """Those about the letter's request or visit; all of the patient's where it is about neither. Each once."""
    found: list[Callback] = []
    if letter.request_id is not None:
        found += work.callbacks.open_for_request(letter.request_id)
    if letter.appointment_id is not None:
        found += work.callbacks.open_for_appointment(letter.appointment_id)
    if letter.patient_id is not None:
        found += (call for call in work.callbacks.open_for_patient(letter.patient_id) if _is_about(call, letter))
    return _once(call for call in found if call.kind is CallbackKind.LETTER)


def _is_about(call: Callback, letter: Letter) -> bool:
    about_patient = letter.request_id is None and letter.appointment_id is None
    return about_patient or call.id == letter.callback_id or (call.request_id is None and call.appointment_id is None)


def _once(calls: Iterable[Callback]) -> tuple[Callback, ...]:
    return tuple({call.id: call for call in calls}.values())
