"""What comes next after a call, by its kind and outcome: the rule that is shown before an outcome is confirmed. Pure.

=================  ==================================================================================================
reached nobody     the same again by the rule's back-off, before a visit at the latest; after so many tries a letter
call again at      then; outside the hours when they begin, and that is said
wrong number       at once at the other number; without one a letter, and the referrer is asked
patient will call  looked at again some business days later
declined           the offer is declined, the visit cancelled, or the request withdrawn
do not contact     no more calls to the patient; an open request keeps a letter
escalated          the nurse calls at once
payer pending      the same on the next business day
unreachable        a letter
=================  ==================================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from desk_app.domain.business_time import BusinessCalendar
from desk_app.domain.call_answers import Answers, alarming
from desk_app.domain.call_choices import REACHED_NOBODY, goes_to_payer, outcomes_of
from desk_app.domain.call_phones import number_of, other_phone
from desk_app.domain.call_times import end_of_day, fitting_time, last_chance
from desk_app.domain.callbacks import due_again, due_same_day
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import RuleViolation
from desk_app.domain.practice import Payer
from desk_app.domain.practice_rules import CallRule
from desk_app.domain.records import Phone
from desk_app.domain.statuses import CallbackKind, CallbackStatus, CallOutcome

K, W, S = CallbackKind, CallOutcome, CallbackStatus
BUSY_AGAIN = 0.5
"""Business hours after which a line that was busy is tried again."""

NO_LETTER = frozenset({K.SHORT_NOTICE})
"""Nobody is written to about these: the offer is over before a letter comes."""

NO_CALLS, NO_NUMBER, UNREACHED = "no_calls", "no_number", "unreached"
"""Why a letter is written: the patient wishes no calls, no number is right, or nobody was reached."""


class Ask(StrEnum):
    """What has to be known before the outcome can be recorded."""

    TIME = "time"
    DECISION = "decision"
    REASON = "reason"
    ANSWERS = "answers"


class Act(StrEnum):
    """What is done with the outcome, beside the call itself."""

    NONE = "none"
    BOOK = "book"
    CONFIRM_VISIT = "confirm_visit"
    CANCEL_VISIT = "cancel_visit"
    WITHDRAW_REQUEST = "withdraw_request"
    DECLINE_OFFER = "decline_offer"
    REVIEWED = "reviewed"
    DECIDE = "decide"
    MORE_INFO = "more_info"
    PEER_TO_PEER = "peer_to_peer"
    PENDING = "pending"
    MARK_WRONG = "mark_wrong"
    STOP_CALLS = "stop_calls"
    RECORDS_SENT = "records_sent"


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a call when its outcome is told.

    ``tries`` reached nobody since somebody was last reached; ``phone`` is the number that was dialled. ``visit_start``
    is that of the visit it is about, ``visit_stands`` whether it is still to come. ``goes_on`` is the call that takes
    the open request on (None: no request is open). ``no_calls``: the patient wishes none.
    """

    kind: CallbackKind
    rule: CallRule
    tries: int = 0
    phones: tuple[Phone, ...] = ()
    phone: Phone | None = None
    payer: Payer | None = None
    visit_start: datetime | None = None
    visit_stands: bool = False
    goes_on: CallbackKind | None = None
    is_offer: bool = False
    no_calls: bool = False
    referrer: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What was said in the call, as far as it decides what comes next."""

    again_at: datetime | None = None
    phone: Phone | None = None
    answers: Answers = ()


@dataclass(frozen=True, slots=True)
class Arising:
    """A call that the outcome makes necessary; ``reason`` is a letter's."""

    kind: CallbackKind
    due: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next: the call's new status, its new due time where it is made again, and the calls that arise.

    ``told`` is the code of its sentence; ``then`` when it would be tried after that, ``tries`` the one it was.
    ``moved``: the wished time lay outside the hours. ``phone`` is the number for the next try. ``refused`` is the
    code of why the outcome cannot be.
    """

    outcome: CallOutcome
    status: CallbackStatus
    told: str
    due: datetime | None = None
    arises: tuple[Arising, ...] = ()
    asks: tuple[Ask, ...] = ()
    act: Act = Act.NONE
    then: datetime | None = None
    tries: int = 0
    moved: bool = False
    phone: str = ""
    referrer: str = ""
    refused: str = ""


NOTHING_SAID = Said()


def what_next(
    call: Situation, outcome: CallOutcome, now: datetime, calendar: BusinessCalendar, said: Said = NOTHING_SAID
) -> Next:
    """Raises RuleViolation ``call_outcome`` for an outcome that such a call cannot have."""
    if outcome not in outcomes_of(call.kind):
        raise RuleViolation("call_outcome", outcome=outcome.value.replace("_", " "))
    if outcome in REACHED_NOBODY:
        return _again(call, outcome, now, calendar)
    return _AFTER[outcome](_Look(call, now, calendar, said))


@dataclass(frozen=True, slots=True)
class _Look:
    call: Situation
    now: datetime
    calendar: BusinessCalendar
    said: Said


def _again(call: Situation, outcome: CallOutcome, now: datetime, calendar: BusinessCalendar) -> Next:
    """Nobody was reached: by the back-off, then a letter."""
    if not goes_to_payer(call.kind):
        if call.phone is None:
            return Next(outcome, S.DUE, "refused", refused="call_no_phone")
        if outcome is W.VOICEMAIL and call.phone.messages == "no":
            return Next(outcome, S.DUE, "refused", refused="call_no_messages")
    tries = call.tries + 1
    when = _try_again(call, outcome, tries, now, calendar)
    if when is None:
        return _by_letter(call, outcome, now, calendar, UNREACHED, tries)
    if when <= now:
        return Next(outcome, S.DROPPED, "no_time", tries=tries)
    then = _try_again(call, W.NO_ANSWER, tries + 1, when, calendar)
    return Next(outcome, S.DUE, "again", when, then=then if then is None or then > when else None, tries=tries)


def _try_again(
    call: Situation, outcome: CallOutcome, tries: int, now: datetime, calendar: BusinessCalendar
) -> datetime | None:
    when = due_again(call.rule, tries, now, calendar)
    if when is not None and outcome is W.BUSY:
        when = calendar.add_hours(calendar.next_open(now), BUSY_AGAIN)
    return _in_time(call, when, calendar) if when is not None else None


def _in_time(call: Situation, when: datetime, calendar: BusinessCalendar) -> datetime:
    """Within the hours, and before the visit where it is about one that is still to come."""
    when = fitting_time(call.kind, call.payer, when, calendar)
    if not call.visit_stands or call.visit_start is None or when < call.visit_start:
        return when
    return last_chance(call.visit_start, calendar) or when


def _by_letter(
    call: Situation, outcome: CallOutcome, now: datetime, calendar: BusinessCalendar, why: str, tries: int = 0
) -> Next:
    if call.kind in NO_LETTER:
        return Next(outcome, S.DROPPED, "given_up", tries=tries)
    letter = Arising(K.LETTER, due_same_day(now, calendar), why)
    return Next(outcome, S.DROPPED, f"letter_{why}", arises=(letter,), tries=tries, referrer=call.referrer)


def _call_again(look: _Look) -> Next:
    wished = look.said.again_at
    if wished is None:
        return Next(W.CALL_AGAIN, S.DUE, "call_again", asks=(Ask.TIME,))
    when = _in_time(look.call, wished, look.calendar)
    if when <= look.now:
        return Next(W.CALL_AGAIN, S.DUE, "call_again", asks=(Ask.TIME,), refused="call_again_past")
    return Next(W.CALL_AGAIN, S.DUE, "call_again", when, asks=(Ask.TIME,), moved=when != wished)


def _wrong_number(look: _Look) -> Next:
    call = look.call
    if call.phone is None:
        return Next(W.WRONG_NUMBER, S.DUE, "refused", refused="call_no_phone")
    other = look.said.phone or other_phone(call.phones, number_of(call.phone))
    if other is None:
        answer = _by_letter(call, W.WRONG_NUMBER, look.now, look.calendar, NO_NUMBER)
        return replace(answer, act=Act.MARK_WRONG)
    when = _in_time(call, look.now, look.calendar)
    if when < look.now:
        return Next(W.WRONG_NUMBER, S.DROPPED, "no_time", act=Act.MARK_WRONG)
    return Next(W.WRONG_NUMBER, S.DUE, "other_phone", when, act=Act.MARK_WRONG, phone=number_of(other))


def _patient_will_call(look: _Look) -> Next:
    day = look.calendar.add_days(look.calendar.date_of(look.now), look.call.rule.wait_days)
    when = _in_time(look.call, look.calendar.closing(day), look.calendar)
    if when <= look.now:
        return Next(W.PATIENT_WILL_CALL, S.DROPPED, "no_time")
    return Next(W.PATIENT_WILL_CALL, S.DUE, "waits", when)


def _declined(look: _Look) -> Next:
    if look.call.is_offer:
        return Next(W.DECLINED, S.DONE, "declines_offer", act=Act.DECLINE_OFFER)
    if look.call.visit_stands:
        return Next(W.DECLINED, S.DONE, "cancels", asks=(Ask.REASON,), act=Act.CANCEL_VISIT)
    if look.call.goes_on is not None:
        return Next(W.DECLINED, S.DONE, "withdraws", asks=(Ask.REASON,), act=Act.WITHDRAW_REQUEST)
    return Next(W.DECLINED, S.DONE, "settled")


def _do_not_contact(look: _Look) -> Next:
    arises: tuple[Arising, ...] = ()
    if look.call.goes_on is not None:
        arises = (Arising(K.LETTER, due_same_day(look.now, look.calendar), NO_CALLS),)
    told = "stops_with_letter" if arises else "stops"
    return Next(W.DO_NOT_CONTACT, S.DROPPED, told, arises=arises, act=Act.STOP_CALLS)


def _escalated(look: _Look) -> Next:
    nurse = Arising(K.NURSE, look.calendar.next_open(look.now))
    asks = (Ask.ANSWERS,) if look.call.rule.questions and look.call.kind is K.HOW_ARE_YOU else ()
    return Next(W.ESCALATED, S.DONE, "nurse", arises=(nurse,), asks=asks)


def _pending(look: _Look) -> Next:
    return Next(W.PAYER_PENDING, S.DUE, "pending", _next_business_day(look), act=Act.PENDING)


def _decided(look: _Look) -> Next:
    return Next(W.PAYER_DECIDED, S.DONE, "decided", asks=(Ask.DECISION,), act=Act.DECIDE)


def _more_info(look: _Look) -> Next:
    """The records go out today, and the payer is asked again on the next business day."""
    return Next(W.MORE_INFO_NEEDED, S.DUE, "more_info", _next_business_day(look), act=Act.MORE_INFO)


def _peer_to_peer(look: _Look) -> Next:
    return Next(W.PEER_TO_PEER, S.DUE, "peer_to_peer", _next_business_day(look), act=Act.PEER_TO_PEER)


def _next_business_day(look: _Look) -> datetime:
    """By its end, for a payer by the end of the payer's hours."""
    calendar, days = look.calendar, max(1, look.call.rule.within)
    day = calendar.add_days(calendar.date_of(look.now), days)
    return end_of_day(look.call.kind, look.call.payer, day, calendar)


def _unreachable(look: _Look) -> Next:
    return _by_letter(look.call, W.UNREACHABLE, look.now, look.calendar, UNREACHED)


def _done(look: _Look) -> Next:
    """A letter that was sent is waited for; answers that alarm go to the nurse at once."""
    call = look.call
    if call.kind is K.LETTER and call.goes_on is not None:
        return _letter_sent(look, call.goes_on)
    if call.kind is K.HOW_ARE_YOU and call.rule.questions:
        found = alarming(call.rule.questions, look.said.answers)
        answer = _escalated(look) if found else Next(W.DONE, S.DONE, "settled")
        return replace(answer, outcome=W.DONE, asks=(Ask.ANSWERS,))
    if call.kind is K.CALL_PATIENT and call.goes_on is K.CALL_PATIENT:
        return Next(W.DONE, S.DONE, "reviewed", act=Act.REVIEWED)
    if call.kind is K.SEND_RECORDS:
        return Next(W.DONE, S.DONE, "records_sent", act=Act.RECORDS_SENT)
    return Next(W.DONE, S.DONE, "settled")


def _letter_sent(look: _Look, goes_on: CallbackKind) -> Next:
    calendar = look.calendar
    day = calendar.add_days(calendar.date_of(look.now), look.call.rule.letter_days)
    kind, why = (K.LETTER, NO_CALLS) if look.call.no_calls else (goes_on, "")
    return Next(W.DONE, S.DONE, "letter_sent", arises=(Arising(kind, calendar.closing(day), why),))


_AFTER: Mapping[CallOutcome, Callable[[_Look], Next]] = {
    W.BOOKED: lambda _: Next(W.BOOKED, S.DONE, "books", act=Act.BOOK),
    W.CONFIRMED: lambda _: Next(W.CONFIRMED, S.DONE, "confirms", act=Act.CONFIRM_VISIT),
    W.DECLINED: _declined,
    W.CALL_AGAIN: _call_again,
    W.WRONG_NUMBER: _wrong_number,
    W.PATIENT_WILL_CALL: _patient_will_call,
    W.PAYER_PENDING: _pending,
    W.PAYER_DECIDED: _decided,
    W.MORE_INFO_NEEDED: _more_info,
    W.PEER_TO_PEER: _peer_to_peer,
    W.ESCALATED: _escalated,
    W.DO_NOT_CONTACT: _do_not_contact,
    W.UNREACHABLE: _unreachable,
    W.DONE: _done,
}
