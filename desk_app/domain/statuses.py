"""Every status, its words' order, and the one table of allowed steps for each kind of record (see the glossary)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from desk_app.domain.faults import RuleViolation

LAPSES_SOON = timedelta(hours=1)
"""A hold that lapses within this time is amber, and asked about where it is moved."""


class RequestStatus(StrEnum):
    RECEIVED = "received"
    IN_REVIEW = "in_review"
    AWAITING_AUTHORIZATION = "awaiting_authorization"
    READY_TO_BOOK = "ready_to_book"
    BOOKED = "booked"
    CLOSED = "closed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"


class Urgency(StrEnum):
    ROUTINE = "routine"
    SOON = "soon"
    URGENT = "urgent"


class RequestSource(StrEnum):
    PHONE = "phone"
    WEB = "web"
    REFERRAL = "referral"
    WALK_IN = "walk_in"


class AppointmentStatus(StrEnum):
    HELD = "held"
    BOOKED = "booked"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    READY = "ready"
    IN_PROCEDURE = "in_procedure"
    IN_RECOVERY = "in_recovery"
    AMBULATING = "ambulating"
    OVERNIGHT = "overnight"
    DISCHARGED = "discharged"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class AuthorizationStatus(StrEnum):
    NOT_CHECKED = "not_checked"
    NOT_REQUIRED = "not_required"
    TO_SUBMIT = "to_submit"
    SUBMITTED = "submitted"
    MORE_INFO_NEEDED = "more_info_needed"
    PEER_TO_PEER_DUE = "peer_to_peer_due"
    PENDED = "pended"
    APPROVED = "approved"
    APPROVED_IN_PART = "approved_in_part"
    MODIFIED = "modified"
    DENIED = "denied"
    APPEALED = "appealed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    USED = "used"


class CallbackStatus(StrEnum):
    DUE = "due"
    CLAIMED = "claimed"
    DONE = "done"
    DROPPED = "dropped"


class CallbackKind(StrEnum):
    CALL_PATIENT = "call_patient"
    CALL_PAYER = "call_payer"
    BOOK = "book"
    DENIED = "denied"
    PREPARATION = "preparation"
    CONFIRMATION = "confirmation"
    HOW_ARE_YOU = "how_are_you"
    FOLLOW_UP = "follow_up"
    NO_SHOW = "no_show"
    REBOOK = "rebook"
    MOVED = "moved"
    SHORT_NOTICE = "short_notice"
    SEND_RECORDS = "send_records"
    PEER_TO_PEER = "peer_to_peer"
    NURSE = "nurse"
    LETTER = "letter"


class CallOutcome(StrEnum):
    BOOKED = "booked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    CALL_AGAIN = "call_again"
    VOICEMAIL = "voicemail"
    OTHER_PERSON = "other_person"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    WRONG_NUMBER = "wrong_number"
    PATIENT_WILL_CALL = "patient_will_call"
    PAYER_PENDING = "payer_pending"
    PAYER_DECIDED = "payer_decided"
    MORE_INFO_NEEDED = "more_info_needed"
    PEER_TO_PEER = "peer_to_peer"
    ESCALATED = "escalated"
    DO_NOT_CONTACT = "do_not_contact"
    UNREACHABLE = "unreachable"
    DONE = "done"


class CancelReason(StrEnum):
    """Why a visit was cancelled.

    Two are the program's own: ``lapsed`` for a hold past its time, ``offer`` for that of an offer which was answered.
    """

    PATIENT = "patient"
    ILL = "ill"
    AUTHORIZATION = "authorization"
    PRACTICE = "practice"
    WEATHER = "weather"
    NO_ESCORT = "no_escort"
    NOT_PREPARED = "not_prepared"
    DIED = "died"
    MISTAKE = "mistake"
    OTHER = "other"
    LAPSED = "lapsed"
    OFFER = "offer"


class EndReason(StrEnum):
    """Why a request ended without a visit: what the practice says of one it declines, or the person who withdraws."""

    UNSUITABLE = "unsuitable"
    NOT_COVERED = "not_covered"
    NO_RECORDS = "no_records"
    NOT_WANTED = "not_wanted"
    BETTER = "better"
    ELSEWHERE = "elsewhere"
    UNREACHABLE = "unreachable"
    DIED = "died"
    OTHER = "other"


class OfferStatus(StrEnum):
    """What became of an offer: ``withdrawn`` is the desk's word, ``lapsed`` nobody's."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


PROGRAM_REASONS = frozenset({CancelReason.LAPSED, CancelReason.OFFER})
"""Nobody chooses these."""

R, A, C = RequestStatus, AppointmentStatus, CallbackStatus

OPEN_REQUESTS = frozenset({R.RECEIVED, R.IN_REVIEW, R.AWAITING_AUTHORIZATION, R.READY_TO_BOOK})
"""A request in one of these has exactly one next action; a held visit changes nothing."""

FIRM_VISITS = frozenset({A.BOOKED, A.CONFIRMED})
GONE_VISITS = frozenset({A.CANCELLED, A.NO_SHOW})
"""A visit in one of these takes no resource."""

OPEN_CALLS = frozenset({C.DUE, C.CLAIMED})
"""A call in one of these is still to be made."""

PRESENT_VISITS = frozenset({A.ARRIVED, A.READY, A.IN_PROCEDURE, A.IN_RECOVERY, A.AMBULATING, A.OVERNIGHT})

REQUEST_STEPS: Mapping[RequestStatus, frozenset[RequestStatus]] = {
    R.RECEIVED: frozenset(
        {
            R.IN_REVIEW,
            R.AWAITING_AUTHORIZATION,
            R.READY_TO_BOOK,
            R.BOOKED,
            R.DECLINED,
            R.WITHDRAWN,
            R.DUPLICATE,
        }
    ),
    R.IN_REVIEW: frozenset({R.AWAITING_AUTHORIZATION, R.READY_TO_BOOK, R.BOOKED, R.DECLINED, R.WITHDRAWN, R.DUPLICATE}),
    R.AWAITING_AUTHORIZATION: frozenset({R.IN_REVIEW, R.READY_TO_BOOK, R.BOOKED, R.DECLINED, R.WITHDRAWN, R.DUPLICATE}),
    R.READY_TO_BOOK: frozenset({R.IN_REVIEW, R.AWAITING_AUTHORIZATION, R.BOOKED, R.DECLINED, R.WITHDRAWN, R.DUPLICATE}),
    R.BOOKED: frozenset({R.READY_TO_BOOK, R.CLOSED, R.WITHDRAWN}),
    R.CLOSED: frozenset({R.READY_TO_BOOK}),
    R.DECLINED: frozenset({R.IN_REVIEW}),
    R.WITHDRAWN: frozenset({R.IN_REVIEW}),
    R.DUPLICATE: frozenset({R.IN_REVIEW}),
}

APPOINTMENT_STEPS: Mapping[AppointmentStatus, frozenset[AppointmentStatus]] = {
    A.HELD: frozenset({A.BOOKED, A.CANCELLED}),
    A.BOOKED: frozenset({A.CONFIRMED, A.ARRIVED, A.NO_SHOW, A.CANCELLED}),
    A.CONFIRMED: frozenset({A.ARRIVED, A.NO_SHOW, A.CANCELLED}),
    A.ARRIVED: frozenset({A.READY, A.CANCELLED}),
    A.READY: frozenset({A.IN_PROCEDURE, A.CANCELLED}),
    A.IN_PROCEDURE: frozenset({A.IN_RECOVERY}),
    A.IN_RECOVERY: frozenset({A.AMBULATING, A.OVERNIGHT, A.DISCHARGED}),
    A.AMBULATING: frozenset({A.IN_RECOVERY, A.OVERNIGHT, A.DISCHARGED}),
    A.OVERNIGHT: frozenset({A.DISCHARGED}),
    A.NO_SHOW: frozenset({A.ARRIVED}),
    A.DISCHARGED: frozenset(),
    A.CANCELLED: frozenset(),
}

CALLBACK_STEPS: Mapping[CallbackStatus, frozenset[CallbackStatus]] = {
    C.DUE: frozenset({C.CLAIMED, C.DONE, C.DROPPED}),
    C.CLAIMED: frozenset({C.DUE, C.DONE, C.DROPPED}),
    C.DONE: frozenset(),
    C.DROPPED: frozenset(),
}


def check_request_step(before: RequestStatus, after: RequestStatus) -> None:
    """Raises RuleViolation ``request_step`` unless the step is in the table."""
    if after not in REQUEST_STEPS[before]:
        raise RuleViolation("request_step", before=before.value, after=after.value)


def check_appointment_step(before: AppointmentStatus, after: AppointmentStatus, *, same_day: bool) -> None:
    """Raises RuleViolation ``appointment_step`` unless it is in the table; no_show → arrived the same day only."""
    late_arrival = before is A.NO_SHOW and not same_day
    if after not in APPOINTMENT_STEPS[before] or late_arrival:
        raise RuleViolation("appointment_step", before=before.value, after=after.value)
