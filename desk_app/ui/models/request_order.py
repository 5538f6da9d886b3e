"""How the inbox is ordered: by status, by what is to be done next, or as one list by due time or by waiting time.

Other segments than the open ones have no next action: they stand by status, the last that ended first, and what was
declined, withdrawn or a duplicate before the many whose visit is over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from desk_app.application import wording
from desk_app.application.read_models import RequestLine
from desk_app.domain.dataclass import dataclass
from desk_app.ui.models.request_cells import DUE, NEXT_ACTION, WAITING

STATUSES = (
    "received", "in_review", "awaiting_authorization", "ready_to_book",
    "booked", "declined", "withdrawn", "duplicate", "closed",
)  # fmt: skip
GROUP_HINTS: Mapping[str, str] = {
    "received": "call back: urgent in 2 business hours",
    "awaiting_authorization": "call the payer every business day until decided",
    "ready_to_book": "first slot shown; B books it",
}
STATUS, ACTION, DUE_TIME, WAITED = "status", "action", "due", "waiting"
ORDERS = (STATUS, DUE_TIME, ACTION, WAITED)
"""In the order in which the key walks through them."""

ORDERED_BY: Mapping[str, int] = {ACTION: NEXT_ACTION, DUE_TIME: DUE, WAITED: WAITING}
"""The column whose head a click on turns the order on; a second one turns back to the statuses."""

ORDER_WORDS: Mapping[str, str] = {
    STATUS: "by status",
    ACTION: "by next action",
    DUE_TIME: "one list by due time",
    WAITED: "one list by waiting time",
}
NEVER = datetime.max.replace(tzinfo=UTC)
Key = Callable[[RequestLine], datetime]


@dataclass(frozen=True, slots=True)
class Heading:
    """A group before its rows are made."""

    key: str
    title: str
    hint: str
    lines: tuple[RequestLine, ...]


def in_order(lines: Iterable[RequestLine], order: str) -> tuple[Heading, ...]:
    """The groups with their lines; empty ones are left out."""
    found = list(lines)
    if not found:
        return ()
    if order == DUE_TIME:
        return (Heading(DUE_TIME, "By due time", "late ones first", tuple(sorted(found, key=_due))),)
    if order == WAITED:
        return (Heading(WAITED, "By waiting time", "longest first", tuple(sorted(found, key=_received))),)
    if order == ACTION:
        found.sort(key=_due)
        kinds = dict.fromkeys(line.next_kind for line in found)
        return tuple(
            Heading(f"action:{kind}", wording.CALL_WORDS.get(kind, kind), "", _of(found, "next_kind", kind))
            for kind in kinds
        )
    return tuple(_by_status(found))


def _by_status(found: Sequence[RequestLine]) -> Iterable[Heading]:
    for status in STATUSES:
        lines = _of(found, "status", status)
        if any(line.ended_at is not None for line in lines):
            lines = tuple(sorted(lines, key=_ended, reverse=True))
        if lines:
            yield Heading(status, wording.STATUS_WORDS.get(status, status), GROUP_HINTS.get(status, ""), lines)


def _of(lines: Iterable[RequestLine], field: str, value: str) -> tuple[RequestLine, ...]:
    return tuple(line for line in lines if getattr(line, field) == value)


def _due(line: RequestLine) -> datetime:
    return line.next_due or NEVER


def _ended(line: RequestLine) -> datetime:
    return (line.visit_start if line.status == "closed" else line.ended_at) or line.received_at


def _received(line: RequestLine) -> datetime:
    return line.received_at
