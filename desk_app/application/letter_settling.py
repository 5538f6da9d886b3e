"""A letter has gone out: the call that it stands in for is settled, and an open request keeps its next action."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desk_app.application.desk import Desk
from desk_app.application.ports import UnitOfWork
from desk_app.application.request_callbacks import CALL_OF_STAGE, callback_for, ensure_next_action, is_open
from desk_app.domain.call_records import Letter
from desk_app.domain.letters import LetterKind
from desk_app.domain.records import Callback
from desk_app.domain.statuses import CallbackKind, CallbackStatus

ANSWER_DAYS = 5
"""Business days in which whoever got a letter may call, before the desk tries again."""


def settle_letter_calls(desk: Desk, work: UnitOfWork, kind: LetterKind, letter: Letter) -> list[int]:
    """Answers the numbers of the calls that are done with it.

    The call for which it was printed; to whoever could not be reached, every letter that was still to be written to
    them about this matter.
    """
    settled = []
    for call in _open_calls(work, letter):
        is_for_it = call.id == letter.callback_id
        if is_for_it or (kind is LetterKind.UNREACHABLE and call.kind is CallbackKind.LETTER):
            work.callbacks.save(replace(call, status=CallbackStatus.DONE))
            settled.append(call.id)
            if call.request_id is not None:
                _keep_next_action(desk, work, call.request_id)
    return settled


def _open_calls(work: UnitOfWork, letter: Letter) -> Iterator[Callback]:
    """Those about the letter's request or visit, or about the patient alone; each once."""
    found: dict[int, Callback] = {}
    if letter.request_id is not None:
        found |= {call.id: call for call in work.callbacks.open_for_request(letter.request_id)}
    if letter.appointment_id is not None:
        found |= {call.id: call for call in work.callbacks.open_for_appointment(letter.appointment_id)}
    if letter.patient_id is not None:
        of_patient = work.callbacks.open_for_patient(letter.patient_id)
        about_nothing_else = letter.request_id is None and letter.appointment_id is None
        found |= {
            call.id: call
            for call in of_patient
            if about_nothing_else or call.id == letter.callback_id or (call.request_id or call.appointment_id) is None
        }
    yield from found.values()


def _keep_next_action(desk: Desk, work: UnitOfWork, request_id: int) -> None:
    """Where the letter was the last thing to do, the desk waits some days for an answer and calls again."""
    request = work.requests.get(request_id)
    if not is_open(request) or work.callbacks.open_for_request(request_id):
        return
    kind = CALL_OF_STAGE[request.status]
    if kind is CallbackKind.CALL_PAYER:
        ensure_next_action(desk, work, request)
        return
    calendar = desk.calendar()
    when = calendar.closing(calendar.add_days(calendar.date_of(desk.now()), ANSWER_DAYS))
    work.callbacks.add(callback_for(request, kind, when))
