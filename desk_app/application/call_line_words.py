"""A call in words: what kind it is, what it is about, how far the payer's clock has run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from desk_app.application import wording
from desk_app.application.call_rows import CallLine
from desk_app.domain.call_order import PAYER_CALLS
from desk_app.domain.practice import Catalogue
from desk_app.domain.procedure_codes import codes_for
from desk_app.domain.statuses import CallbackKind
from desk_app.domain.zone import local_date

KINDS: Mapping[str, str] = {
    CallbackKind.CALL_PATIENT: "Call back",
    CallbackKind.CALL_PAYER: "Authorization",
    CallbackKind.BOOK: "Book",
    CallbackKind.DENIED: "Denied",
    CallbackKind.PREPARATION: "Prepare",
    CallbackKind.CONFIRMATION: "Confirm",
    CallbackKind.HOW_ARE_YOU: "How are you?",
    CallbackKind.FOLLOW_UP: "Follow-up",
    CallbackKind.NO_SHOW: "Missed visit",
    CallbackKind.REBOOK: "Rebook or close",
    CallbackKind.SHORT_NOTICE: "Earlier slot",
    CallbackKind.SEND_RECORDS: "Send records",
    CallbackKind.PEER_TO_PEER: "Peer to peer",
    CallbackKind.NURSE: "Nurse to call",
    CallbackKind.LETTER: "Letter",
    CallbackKind.MOVED: "New time",
}
"""What is done, in a word or two."""

PRIORITIES: Mapping[int, str] = {1: "before others", 2: "first of all"}
SUBMITTED = frozenset({"submitted", "pended", "appealed"})


def is_payers(line: CallLine) -> bool:
    """Whether the payer is called, not the person."""
    return line.kind in PAYER_CALLS


def kind_words(line: CallLine) -> str:
    return KINDS.get(line.kind, line.kind.replace("_", " "))


def name_words(line: CallLine) -> str:
    return " ".join(line.name.split()) or "no name"


def payer_words(line: CallLine, now: datetime) -> str:
    """Where a payer's decision stands: ``pended, 70 of 72 h``, ``submitted, day 4 of 7``, ``to submit``."""
    if line.kind != CallbackKind.CALL_PAYER:
        return ", ".join(part for part in (kind_words(line).lower(), whose_words(line)) if part)
    status = wording.AUTHORIZATION_WORDS.get(line.authorization, line.authorization)
    clock = clock_words(line, now) if line.authorization in SUBMITTED else ""
    told = (status if line.authorization else "to submit", clock, whose_words(line))
    return ", ".join(part for part in told if part)


def clock_words(line: CallLine, now: datetime) -> str:
    """``70 of 72 h`` up to three days, else ``day 4 of 7``; nothing where no clock runs."""
    if line.submitted_at is None or line.decide_by is None:
        return ""
    span = line.decide_by - line.submitted_at
    hours = round(span.total_seconds() / 3600)
    if now >= line.decide_by:
        return f"over {hours} h" if hours <= 72 else f"over {line.clock_days} days"
    if hours <= 72:
        return f"{int((now - line.submitted_at).total_seconds() // 3600)} of {hours} h"
    return f"day {line.clock_day} of {line.clock_days}"


def about_words(line: CallLine, now: datetime, zone: ZoneInfo) -> str:
    """What a call to a person is about: urgency, the visit, the procedure."""
    urgency = line.urgency if line.urgency in ("urgent", "soon") and line.visit_start is None else ""
    what = (urgency, visit_words(line, now, zone), " ".join(line.why.split()), whose_words(line))
    return ", ".join(part for part in what if part)


def whose_words(line: CallLine) -> str:
    """``for nurse``"""
    return f"for {line.assigned_to}" if line.assigned_to else ""


def visit_words(line: CallLine, now: datetime, zone: ZoneInfo) -> str:
    """``today 13:20``, ``Fri 4 Dec 09:00``; nothing where it is about no visit."""
    if line.visit_start is None:
        return ""
    today = local_date(now, zone)
    words = wording.moment(line.visit_start, zone, today)
    return f"today {words}" if local_date(line.visit_start, zone) == today else words


def codes_words(line: CallLine, catalogue: Catalogue) -> str:
    """``22514, +22515``: those of further levels behind a plus, as insurers read them.

    An authorization's own codes as they are; else the procedure's, of the region that its levels lie in.
    """
    known = line.procedure is not None and catalogue.has_procedure(line.procedure)
    if not known:
        return ", ".join(line.cpt)
    procedure = catalogue.procedure(line.procedure or "")
    extra = procedure.cpt_extra_level
    whole = (*procedure.cpt, *(extra if line.levels > 1 else ()))
    codes = [code for code, _ in codes_for(procedure, line.levels, line.level_names)] if line.cpt == whole else line.cpt
    return ", ".join(f"+{code}" if code in extra else code for code in codes)


def minutes_left(line: CallLine, now: datetime) -> int:
    """Whole minutes until the claim ends, counted up."""
    if line.claimed_until is None:
        return 0
    return max(0, -int(-(line.claimed_until - now).total_seconds() // 60))
