"""What the inbox shows, read on the worker in one go; and which of it a filter lets through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime
from statistics import median

from desk_app.application.desk import Desk
from desk_app.application.read_models import RequestLine, SetAsideLine
from desk_app.application.use_cases.first_slots import first_slots
from desk_app.application.wording import count
from desk_app.domain.dataclass import dataclass
from desk_app.domain.names import fold_name
from desk_app.domain.slots import Slot
from desk_app.domain.statuses import Urgency
from desk_app.domain.waiting import is_long
from desk_app.ui.models.request_cells import why_ended


@dataclass(frozen=True, slots=True)
class Inbox:
    """``counts`` are the numbers on the segments."""

    segment: str
    lines: tuple[RequestLine, ...] = ()
    slots: Mapping[int, Slot] = field(default_factory=dict)
    set_aside: tuple[SetAsideLine, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


def read_inbox(desk: Desk, segment: str) -> Inbox:
    """On the worker."""
    now = desk.now()
    known = desk.queries.counts(now)
    counts = {"open": known.open_requests, "set_aside": known.set_aside}
    if segment == "set_aside":
        return Inbox(segment, set_aside=desk.queries.set_aside(), counts=counts)
    lines = desk.queries.requests(segment, now)
    slots = first_slots(desk, lines) if segment == "open" else {}
    return Inbox(segment, lines, slots, counts=counts)


def filtered(lines: Iterable[RequestLine], typed: str, payer: str | None) -> tuple[RequestLine, ...]:
    """Every typed word is found somewhere in the row."""
    words = fold_name(typed).split()
    return tuple(
        line
        for line in lines
        if (payer is None or line.payer == payer) and all(word in _searched(line) for word in words)
    )


def _searched(line: RequestLine) -> str:
    parts = (line.name, line.mrn, line.procedure or "", line.procedure_text, line.level_names, line.payer, line.urgency)
    digits = "".join(ch for ch in line.phone if ch.isdigit())
    ended = f"{why_ended(line)} {line.note}" if line.ended_at is not None else ""
    return f"{fold_name(' '.join((*parts, ended)))} {digits} {line.authorization.replace('_', ' ')}"


def waiting_words(lines: Iterable[RequestLine], now: datetime) -> str:
    """``median wait 5 days, longest 12, 2 too long``"""
    waiting = list(lines)
    days = [(now - line.received_at).days for line in waiting]
    if not days:
        return ""
    long = sum(is_long(line.received_at, now, Urgency(line.urgency)) for line in waiting)
    more = f", {long} too long" if long else ""
    return f"median wait {count(round(median(days)), 'day', 'days')}, longest {max(days)}{more}"
