"""What can happen to an authorization at the desk, and what the form asks for each."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.application.authorization_steps import Decision, PayerContact, Submission
from desk_app.domain.authorization_status import GRANTED, X12_306, next_steps
from desk_app.domain.dataclass import dataclass
from desk_app.domain.records import Authorization
from desk_app.domain.statuses import AuthorizationStatus

Z = AuthorizationStatus
SPOKEN, SENT = "spoken", "sent"
"""Steps that leave the status alone: a call, and documents."""

WORDS: Mapping[str, str] = {
    Z.SUBMITTED: "Submitted to the payer",
    Z.APPROVED: "Approved",
    Z.APPROVED_IN_PART: "Approved in part",
    Z.MODIFIED: "Approved with changes",
    Z.DENIED: "Denied",
    Z.PENDED: "Pended",
    Z.MORE_INFO_NEEDED: "More information needed",
    Z.PEER_TO_PEER_DUE: "Peer to peer offered",
    Z.NOT_REQUIRED: "Not required",
    Z.APPEALED: "Appealed",
    Z.WITHDRAWN: "Withdrawn",
    SPOKEN: "Spoke to the payer",
    SENT: "Documents sent",
}
LIMITS = ("codes", "levels", "units", "side", "clinician", "place")
FIELDS: Mapping[str, tuple[str, ...]] = {
    Z.SUBMITTED: ("reference", "at", "expedited", *LIMITS, "note"),
    **dict.fromkeys(GRANTED, ("number", "valid_from", "valid_to", *LIMITS, "note")),
    Z.DENIED: ("note",),
    Z.PENDED: ("note",),
    Z.MORE_INFO_NEEDED: ("note", "until"),
    Z.PEER_TO_PEER_DUE: ("until", "note"),
    Z.NOT_REQUIRED: ("note",),
    Z.APPEALED: ("note",),
    Z.WITHDRAWN: ("note",),
    SPOKEN: ("note",),
    SENT: ("name", "way", "note"),
}
NOTES: Mapping[str, str] = {Z.DENIED: "Reason", Z.MORE_INFO_NEEDED: "What is asked for", SPOKEN: "What was said"}
"""What the note is called; else it is a note."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was filled in. ``step`` is a status, or :data:`SPOKEN` or :data:`SENT`."""

    step: str
    contact: PayerContact
    submission: Submission | None = None
    decision: Decision | None = None
    name: str = ""
    way: str = ""
    note: str = ""


def offered(authorization: Authorization) -> tuple[tuple[str, str], ...]:
    """The steps from where it stands, with X12 codes, in the order of the words."""
    steps = next_steps(authorization.status)
    return tuple(
        (code, f"{words} ({X12_306[Z(code)]})" if code in X12_306 else words)
        for code, words in WORDS.items()
        if code in (SPOKEN, SENT) or code in steps
    )


def likely(authorization: Authorization) -> str:
    """What is noted most often from where it stands."""
    steps = next_steps(authorization.status)
    return next((step for step in (Z.SUBMITTED, Z.APPROVED) if step in _first(authorization, steps)), SPOKEN)


def _first(authorization: Authorization, steps: frozenset[AuthorizationStatus]) -> frozenset[AuthorizationStatus]:
    """What the payer has already is answered next, not sent again; what is decided is only spoken about."""
    if authorization.status in GRANTED or authorization.status is Z.DENIED:
        return frozenset()
    return steps - {Z.SUBMITTED} if authorization.submitted_at is not None else steps
