"""Which outcomes fit each kind of call: the seven behind the keys 1 to 7 and the rest behind 8; and its rule. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.domain.call_order import PAYER_CALLS
from desk_app.domain.practice_rules import USUAL_CALL_RULES, CallEvent, CallRule, CallRules
from desk_app.domain.statuses import CallbackKind, CallOutcome, Urgency

K, W, E = CallbackKind, CallOutcome, CallEvent

REACHED_NOBODY = frozenset({W.VOICEMAIL, W.OTHER_PERSON, W.NO_ANSWER, W.BUSY})
"""The person was not spoken to: the call is made again until the tries have run out."""

_TRIED = (W.CALL_AGAIN, W.VOICEMAIL, W.NO_ANSWER, W.OTHER_PERSON)
_BOOKING = (W.BOOKED, *_TRIED, W.DECLINED, W.WRONG_NUMBER)
_PATIENT_REST = (W.BUSY, W.PATIENT_WILL_CALL, W.ESCALATED, W.UNREACHABLE, W.DO_NOT_CONTACT)

FITTING: Mapping[CallbackKind, tuple[CallOutcome, ...]] = {
    K.CALL_PATIENT: (W.DONE, *_TRIED, W.WRONG_NUMBER, W.DECLINED),
    K.CALL_PAYER: (
        W.PAYER_DECIDED,
        W.PAYER_PENDING,
        W.MORE_INFO_NEEDED,
        W.NO_ANSWER,
        W.BUSY,
        W.PEER_TO_PEER,
        W.CALL_AGAIN,
    ),
    K.BOOK: _BOOKING,
    K.DENIED: (W.DONE, *_TRIED, W.WRONG_NUMBER, W.DECLINED),
    K.PREPARATION: (W.DONE, *_TRIED, W.ESCALATED, W.WRONG_NUMBER),
    K.CONFIRMATION: (W.CONFIRMED, *_TRIED, W.DECLINED, W.WRONG_NUMBER),
    K.HOW_ARE_YOU: (W.DONE, W.ESCALATED, *_TRIED, W.WRONG_NUMBER),
    K.FOLLOW_UP: _BOOKING,
    K.NO_SHOW: _BOOKING,
    K.REBOOK: _BOOKING,
    K.MOVED: (W.CONFIRMED, *_TRIED, W.DECLINED, W.WRONG_NUMBER),
    K.SHORT_NOTICE: _BOOKING,
    K.SEND_RECORDS: (W.DONE, W.CALL_AGAIN),
    K.PEER_TO_PEER: (
        W.PAYER_DECIDED,
        W.PAYER_PENDING,
        W.MORE_INFO_NEEDED,
        W.CALL_AGAIN,
        W.NO_ANSWER,
        W.BUSY,
        W.DONE,
    ),
    K.NURSE: (W.DONE, *_TRIED, W.BUSY, W.WRONG_NUMBER),
    K.LETTER: (W.DONE, W.CALL_AGAIN),
    K.MOVED: (W.DONE, *_TRIED, W.DECLINED, W.WRONG_NUMBER),
}
"""In the order of the keys."""

REST: Mapping[CallbackKind, tuple[CallOutcome, ...]] = {
    K.CALL_PATIENT: _PATIENT_REST,
    K.CALL_PAYER: (W.OTHER_PERSON, W.DONE),
    K.BOOK: _PATIENT_REST,
    K.DENIED: _PATIENT_REST,
    K.PREPARATION: (W.CONFIRMED, W.DECLINED, W.BUSY, W.PATIENT_WILL_CALL, W.UNREACHABLE, W.DO_NOT_CONTACT),
    K.CONFIRMATION: _PATIENT_REST,
    K.HOW_ARE_YOU: (W.BUSY, W.PATIENT_WILL_CALL, W.UNREACHABLE, W.DO_NOT_CONTACT),
    K.FOLLOW_UP: (*_PATIENT_REST, W.DONE),
    K.NO_SHOW: (*_PATIENT_REST, W.DONE),
    K.REBOOK: (*_PATIENT_REST, W.DONE),
    K.MOVED: (W.DONE, *_PATIENT_REST),
    K.SHORT_NOTICE: (W.BUSY, W.PATIENT_WILL_CALL, W.UNREACHABLE, W.DO_NOT_CONTACT),
    K.SEND_RECORDS: (W.PAYER_PENDING, W.PAYER_DECIDED),
    K.PEER_TO_PEER: (W.OTHER_PERSON,),
    K.NURSE: (W.PATIENT_WILL_CALL, W.UNREACHABLE, W.DO_NOT_CONTACT),
    K.LETTER: (W.BOOKED, W.DECLINED),
    K.MOVED: _PATIENT_REST,
}

_EVENTS: Mapping[CallbackKind, CallEvent] = {
    K.CALL_PAYER: E.UNDECIDED,
    K.SEND_RECORDS: E.UNDECIDED,
    K.PEER_TO_PEER: E.UNDECIDED,
    K.BOOK: E.APPROVED,
    K.DENIED: E.APPROVED,
    K.SHORT_NOTICE: E.APPROVED,
    K.PREPARATION: E.PREPARATION,
    K.CONFIRMATION: E.CONFIRMATION,
    K.HOW_ARE_YOU: E.HOW_ARE_YOU,
    K.NURSE: E.HOW_ARE_YOU,
    K.FOLLOW_UP: E.FOLLOW_UP,
    K.NO_SHOW: E.NO_SHOW,
    K.REBOOK: E.CANCELLED,
    K.MOVED: E.CANCELLED,
    K.LETTER: E.CANCELLED,
    K.MOVED: E.CONFIRMATION,
}
_RECEIVED: Mapping[Urgency, CallEvent] = {
    Urgency.URGENT: E.RECEIVED_URGENT,
    Urgency.SOON: E.RECEIVED_SOON,
    Urgency.ROUTINE: E.RECEIVED_ROUTINE,
}


def outcomes_of(kind: CallbackKind) -> tuple[CallOutcome, ...]:
    """All that can come of such a call: the keys' first."""
    return (*FITTING[kind], *REST[kind])


def rule_of(kind: CallbackKind, urgency: Urgency, rules: CallRules) -> CallRule:
    """How often it is tried, and how far apart. A call that arose although its rule is off now has the usual one."""
    event = _EVENTS.get(kind) or _RECEIVED[urgency]
    return rules.get(event) or USUAL_CALL_RULES[event]


def goes_to_payer(kind: CallbackKind) -> bool:
    return kind in PAYER_CALLS
