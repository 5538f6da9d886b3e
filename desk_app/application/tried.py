"""What somebody says of a call they made."""

from __future__ import annotations

from datetime import datetime

from desk_app.application.authorization_steps import Decision
from desk_app.domain.call_answers import Answers
from desk_app.domain.dataclass import dataclass
from desk_app.domain.records import Phone
from desk_app.domain.statuses import CallOutcome, CancelReason


@dataclass(frozen=True, slots=True)
class Tried:
    """The outcome, and what goes with it.

    ``dialled`` is the number that was called where it was not the call's own; ``phone`` another one that was given.
    ``again_at`` belongs to call again, ``reason`` to a visit that is declined, ``decision`` to a payer that decided
    (with ``override_reason`` where a firm visit cannot stand on it), ``answers`` to a call that asks questions.
    """

    outcome: CallOutcome
    note: str = ""
    spoken_to: str = ""
    call_reference: str = ""
    hold_minutes: int = 0
    dialled: str = ""
    phone: Phone | None = None
    again_at: datetime | None = None
    reason: CancelReason | None = None
    decision: Decision | None = None
    override_reason: str = ""
    answers: Answers = ()
    alarms: str = ""
    """In words, which answers the nurse has to know of: found as the call is recorded."""
