"""A request's row in the inbox, as words with their roles; no Qt, so that a row can be read as a text picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from desk_app.application import wording
from desk_app.application.read_models import RequestLine
from desk_app.domain.practice import Catalogue
from desk_app.domain.slots import Slot
from desk_app.domain.statuses import LAPSES_SOON
from desk_app.domain.zone import local_date
from desk_app.ui.models.cell import Cell

COLUMNS = ("Waiting", "Urgency", "Patient or caller", "Procedure", "Payer", "Authorization", "Next action", "Due")
WAITING, URGENCY, NAME, PROCEDURE, PAYER, AUTHORIZATION, NEXT_ACTION, DUE = range(len(COLUMNS))

NEAR_DAYS = 20
LONG_WAIT = timedelta(days=9)
"""From here on a waiting time is amber: the practice promises short waits."""

SOURCE_ICONS = {"phone": "phone", "web": "web", "referral": "letter", "walk_in": "walk-in"}
GROUP_HINTS: Mapping[str, str] = {
    "received": "call back: urgent in 2 business hours",
    "awaiting_authorization": "call the payer every business day until decided",
    "ready_to_book": "first slot shown; B books it",
}


@dataclass(frozen=True, slots=True)
class RowContext:
    """What every row needs beside its own line."""

    now: datetime
    zone: ZoneInfo
    catalogue: Catalogue
    slots: Mapping[int, Slot]

    @property
    def today(self) -> date:
        return local_date(self.now, self.zone)

    def day_of(self, instant: datetime) -> date:
        return local_date(instant, self.zone)


def cells(line: RequestLine, context: RowContext) -> tuple[Cell, ...]:
    """The row, a cell a column."""
    return (
        _waiting(line, context),
        _urgency(line),
        Cell(
            " ".join(line.name.split()) or "no name",
            icon=SOURCE_ICONS.get(line.source, "phone"),
            bold=True,
            struck=line.status in GONE,
        ),
        _procedure(line, context),
        Cell(line.payer, "text2"),
        _authorization(line, context),
        _next_action(line, context),
        due_cell(line.next_due, context),
    )


GONE = frozenset({"declined", "withdrawn", "duplicate"})


def _name(line: RequestLine) -> Cell:
    name = " ".join(line.name.split()) or "no name"
    return Cell(name, icon=SOURCE_ICONS.get(line.source, "phone"), bold=True, struck=line.status in GONE)


def _waiting(line: RequestLine, context: RowContext) -> Cell:
    long = context.now - line.received_at >= LONG_WAIT and bool(line.next_kind)
    return Cell(wording.waiting(line.received_at, context.now), "warn" if long else "text2")


def _urgency(line: RequestLine) -> Cell:
    if line.urgency == "urgent":
        return Cell("urgent", "bad", "warning")
    return Cell(line.urgency, "text" if line.urgency == "soon" else "text3")


def _procedure(line: RequestLine, context: RowContext) -> Cell:
    if line.procedure is None:
        words = " ".join(line.procedure_text.split())
        return Cell(f"“{words}”" if words else "not chosen", "text3")
    known = context.catalogue.has_procedure(line.procedure)
    name = context.catalogue.procedure(line.procedure).name if known else line.procedure
    where = line.level_names or (f"{line.levels} levels" if line.levels > 1 else "")
    return Cell(f"{name} {where}".rstrip(), tail=where)


def _authorization(line: RequestLine, context: RowContext) -> Cell:
    status = line.authorization
    word = wording.AUTHORIZATION_WORDS.get(status, status)
    if not status and not _needed(line, context):
        return Cell("not required", "text2", "check")
    if status in ("approved", "approved_in_part", "used"):
        until = f", to {wording.day_month(line.authorized_to)}" if line.authorized_to else ""
        return Cell(word + until, "text2", "auth")
    if status == "denied":
        return Cell(word, "bad", "auth-denied")
    if status in ("more_info_needed", "expired", "peer_to_peer_due"):
        return Cell(word, "warn", "warning")
    return Cell(word, "text2", "check" if status == "not_required" else "auth-wait")


def _needed(line: RequestLine, context: RowContext) -> bool:
    catalogue = context.catalogue
    known = line.procedure is not None and catalogue.has_procedure(line.procedure)
    return line.payer_asks and (not known or catalogue.procedure(line.procedure or "").needs_authorization)


def _next_action(line: RequestLine, context: RowContext) -> Cell:
    if line.visit_start is not None:
        return Cell(f"Visit {wording.moment(line.visit_start, context.zone, context.today)}", "text2")
    slot = context.slots.get(line.request_id)
    if line.held_start is not None:
        return _held(line.held_start, line.held_until, context)
    if slot is not None:
        return Cell(f"Book {wording.moment(slot.start, context.zone, context.today)}")
    if not line.next_kind:
        return Cell(wording.STATUS_WORDS.get(line.status, line.status), "text3")
    return Cell(wording.CALL_WORDS.get(line.next_kind, line.next_kind))


def _held(start: datetime, until: datetime | None, context: RowContext) -> Cell:
    """The start that is held and when that lapses: the time today, else the day; amber within the hour."""
    day = context.day_of(start)
    words = f"Held {wording.day_month(day)} {wording.clock(start, context.zone)}"
    if until is None:
        return Cell(words)
    last, soon = context.day_of(until), until < context.now + LAPSES_SOON
    lapse = wording.clock(until, context.zone) if last == context.today else wording.day_month(last)
    return Cell(f"{words} to {lapse}", "warn" if soon else "text", "late" if soon else "")


def due_cell(due: datetime | None, context: RowContext) -> Cell:
    """When something is due; amber once that has passed."""
    if due is None:
        return Cell("")
    late = due < context.now
    words = _short(wording.due(due, context.now, context.zone), context.day_of(due), context.today)
    return Cell(words, "warn" if late else "text2", "late" if late else "")


def _short(words: str, day: date, today: date) -> str:
    """``Tue 24`` instead of ``Tue 24 Nov`` where no other Tuesday the 24th could be meant."""
    return words.removesuffix(f" {wording.MONTHS[day.month - 1]}") if abs((day - today).days) <= NEAR_DAYS else words
