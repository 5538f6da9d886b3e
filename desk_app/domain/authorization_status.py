"""The one table of allowed steps between the statuses of an authorization, and the payers' own codes for them."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.domain.faults import RuleViolation
from desk_app.domain.statuses import AuthorizationStatus

Z = AuthorizationStatus

GRANTED = frozenset({Z.APPROVED, Z.APPROVED_IN_PART, Z.MODIFIED})
"""A firm visit may stand on one of these, as far as it goes."""

ONCE_GRANTED = GRANTED | {Z.EXPIRED}
"""What has run out was good for the days within its dates."""

ASKED = frozenset({Z.SUBMITTED, Z.MORE_INFO_NEEDED, Z.PEER_TO_PEER_DUE, Z.PENDED, Z.APPEALED})
"""The payer has it and has not decided: somebody calls there every business day."""

UNDECIDED = ASKED | {Z.TO_SUBMIT}
GONE = frozenset({Z.WITHDRAWN, Z.EXPIRED, Z.USED})
"""Kept, and done with."""

UNSENT = frozenset({Z.NOT_CHECKED, Z.NOT_REQUIRED, Z.TO_SUBMIT})
"""Nothing has gone to the payer yet."""

_DECISIONS = GRANTED | {Z.DENIED}

AUTHORIZATION_STEPS: Mapping[AuthorizationStatus, frozenset[AuthorizationStatus]] = {
    Z.NOT_CHECKED: frozenset({Z.NOT_REQUIRED, Z.TO_SUBMIT, Z.WITHDRAWN}),
    Z.NOT_REQUIRED: frozenset({Z.TO_SUBMIT, Z.WITHDRAWN}),
    Z.TO_SUBMIT: frozenset({Z.NOT_REQUIRED, Z.SUBMITTED, Z.WITHDRAWN}),
    Z.SUBMITTED: frozenset({*ASKED, *_DECISIONS, Z.NOT_REQUIRED, Z.WITHDRAWN} - {Z.APPEALED}),
    Z.MORE_INFO_NEEDED: frozenset({*ASKED, *_DECISIONS, Z.WITHDRAWN} - {Z.APPEALED}),
    Z.PENDED: frozenset({*ASKED, *_DECISIONS, Z.NOT_REQUIRED, Z.WITHDRAWN} - {Z.APPEALED}),
    Z.PEER_TO_PEER_DUE: frozenset({*ASKED, *_DECISIONS, Z.WITHDRAWN}),
    Z.DENIED: frozenset({*GRANTED, Z.PEER_TO_PEER_DUE, Z.APPEALED, Z.SUBMITTED, Z.WITHDRAWN}),
    Z.APPEALED: frozenset({*_DECISIONS, Z.PENDED, Z.MORE_INFO_NEEDED, Z.PEER_TO_PEER_DUE, Z.APPEALED, Z.WITHDRAWN}),
    Z.APPROVED: frozenset({*GRANTED, Z.WITHDRAWN, Z.EXPIRED, Z.USED}),
    Z.APPROVED_IN_PART: frozenset({*GRANTED, Z.APPEALED, Z.WITHDRAWN, Z.EXPIRED, Z.USED}),
    Z.MODIFIED: frozenset({*GRANTED, Z.APPEALED, Z.WITHDRAWN, Z.EXPIRED, Z.USED}),
    Z.EXPIRED: GRANTED,
    Z.WITHDRAWN: frozenset(),
    Z.USED: frozenset(),
}
"""A step onto itself is another of its kind: submitted anew, asked for more again, other dates for an approval."""

X12_306: Mapping[AuthorizationStatus, str] = {
    Z.APPROVED: "A1",
    Z.APPROVED_IN_PART: "A2",
    Z.DENIED: "A3",
    Z.PENDED: "A4",
    Z.MODIFIED: "A6",
}
"""X12 code list 306, as payers answer in it."""

CONTACT_PAYER = "CT"
"""X12 306 too: no status, but a call to make."""


def check_authorization_step(before: AuthorizationStatus, after: AuthorizationStatus) -> None:
    """Raises RuleViolation ``authorization_step`` unless the step is in the table."""
    if after not in AUTHORIZATION_STEPS[before]:
        raise RuleViolation("authorization_step", before=before.value, after=after.value)


def next_steps(status: AuthorizationStatus) -> frozenset[AuthorizationStatus]:
    """Where the desk may take it: what was never noted as sent counts as sent where it is answered."""
    steps = AUTHORIZATION_STEPS[status]
    if status in UNSENT:
        steps = steps | AUTHORIZATION_STEPS[Z.TO_SUBMIT] | AUTHORIZATION_STEPS[Z.SUBMITTED]
    return steps - {Z.TO_SUBMIT, Z.USED, Z.EXPIRED} - ({status} if status is Z.NOT_REQUIRED else frozenset())


def status_of_code(code: str) -> AuthorizationStatus | None:
    """The status that a payer's X12 306 code stands for; None for one that is no decision."""
    wanted = code.strip().upper()
    return next((status for status, known in X12_306.items() if known == wanted), None)
