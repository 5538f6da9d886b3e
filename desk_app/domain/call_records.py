"""What was said and sent: tries at a call, contacts with a payer, documents, letters."""

from __future__ import annotations

from datetime import datetime

from desk_app.domain.dataclass import dataclass
from desk_app.domain.statuses import CallOutcome


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a callback. ``phone`` is the number that was dialled, ``next_due`` when the call is made again.

    ``hold_minutes`` were waited in the payer's line; ``answers`` are those of a follow-up call, by question.
    """

    callback_id: int
    at: datetime
    user_id: int | None
    outcome: CallOutcome
    spoken_to: str = ""
    note: str = ""
    phone: str = ""
    call_reference: str = ""
    hold_minutes: int = 0
    answers: tuple[tuple[str, str], ...] = ()
    next_due: datetime | None = None
    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class AuthorizationContact:
    """One contact with a payer about an authorization: who was spoken to, and the payer's reference of the call."""

    authorization_id: int
    at: datetime
    user_id: int | None
    spoken_to: str = ""
    call_reference: str = ""
    hold_minutes: int = 0
    note: str = ""
    outcome: CallOutcome | None = None
    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class AuthorizationDocument:
    """Something that was sent to a payer. ``way``: fax, portal, mail or what else the desk writes."""

    authorization_id: int
    sent_at: datetime
    user_id: int | None
    name: str
    way: str = ""
    note: str = ""
    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter or sheet that was made for a patient, with its text as it went out."""

    code: str
    language: str
    made_at: datetime
    user_id: int | None
    text: str
    patient_id: int | None = None
    request_id: int | None = None
    appointment_id: int | None = None
    callback_id: int | None = None
    id: int = 0
    version: int = 0
