"""Which letter a card is printed for, and to whom it goes."""

from __future__ import annotations

from desk_app.application.call_rows import CallCard
from desk_app.application.read_models import PatientCard, RequestCard, VisitCard
from desk_app.application.use_cases.letters import LetterWish
from desk_app.domain.letters import LetterKind
from desk_app.domain.statuses import CallbackKind

BEFORE_VISIT = frozenset({CallbackKind.PREPARATION, CallbackKind.CONFIRMATION})
"""Calls in which the instructions are gone through: their sheet is what is sent after them."""

CardWithLetter = VisitCard | RequestCard | PatientCard | CallCard


def letter_of(card: CardWithLetter) -> tuple[LetterWish, str]:
    """A visit's instructions, and to whoever is to be reached the letter that asks them to call."""
    if isinstance(card, VisitCard):
        return LetterWish(LetterKind.PREPARATION, appointment_id=card.appointment.id), card.patient.name
    if isinstance(card, RequestCard):
        whose = card.patient.name if card.patient is not None else card.request.contact.name
        return LetterWish(LetterKind.UNREACHABLE, request_id=card.request.id), whose
    if isinstance(card, CallCard):
        return _of_call(card), card.line.name
    return LetterWish(LetterKind.UNREACHABLE, patient_id=card.patient.id), card.patient.name


def _of_call(card: CallCard) -> LetterWish:
    """About what the call is about. One that is to be a letter is settled by it.

    Who is prepared for a visit, or wishes no calls, is sent the preparation sheet; whoever could not be reached is not
    told what it is about.
    """
    line, is_letter = card.line, card.callback.kind is CallbackKind.LETTER
    wishes_no_calls = card.patient is not None and card.patient.do_not_contact
    is_prepared = wishes_no_calls or card.callback.kind in BEFORE_VISIT
    kind = LetterKind.PREPARATION if is_prepared and line.appointment_id is not None else LetterKind.UNREACHABLE
    number = line.id if is_letter else None
    if line.appointment_id is not None:
        return LetterWish(kind, appointment_id=line.appointment_id, callback_id=number)
    if line.request_id is not None:
        return LetterWish(kind, request_id=line.request_id, callback_id=number)
    return LetterWish(kind, patient_id=line.patient_id, callback_id=number)
