"""A request's row in the inbox, as words with their roles; no Qt, so that a row can be read as a text picture."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from desk_app.application import wording
from desk_app.application.authorization_words import short_lack, status_words
from desk_app.application.read_models import RequestLine
from desk_app.domain.authorization_match import Planned, lacks
from desk_app.domain.authorization_need import payer_of
from desk_app.domain.authorization_status import GRANTED
from desk_app.domain.call_order import NOT_THE_PATIENT
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue
from desk_app.domain.records import Authorization
from desk_app.domain.slots import Slot
from desk_app.domain.statuses import LAPSES_SOON, AuthorizationStatus, Urgency
from desk_app.domain.waiting import is_long
from desk_app.domain.zone import local_date
from desk_app.ui.models.cell import Cell

COLUMNS = ("Waiting", "Urgency", "Patient or caller", "Procedure", "Payer", "Authorization", "Next action", "Due")
ENDED_COLUMNS = ("Waited", *COLUMNS[1:6], "Why", "When")
"""Of requests that are closed, declined, withdrawn or duplicates."""

WAITING, URGENCY, NAME, PROCEDURE, PAYER, AUTHORIZATION, NEXT_ACTION, DUE = range(len(COLUMNS))

NEAR_DAYS = 20
SOURCE_ICONS = {"phone": "phone", "web": "web", "referral": "letter", "walk_in": "walk-in"}


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
        _due(line, context),
    )


GONE = frozenset({"declined", "withdrawn", "duplicate"})


def _waiting(line: RequestLine, context: RowContext) -> Cell:
    """How long they wait, or have waited; amber once it is too long for the urgency."""
    until = _ended(line) or context.now
    waits = bool(line.next_kind)
    long = waits and is_long(line.received_at, context.now, Urgency(line.urgency))
    return Cell(wording.waiting(line.received_at, until), "warn" if long else "text2")


def _ended(line: RequestLine) -> datetime | None:
    """When a request ended: one that was fulfilled, with its visit."""
    return line.visit_start if line.status == "closed" and line.visit_start is not None else line.ended_at


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
    if status in GRANTED or status == "used":
        lack = _lack(line, context)
        return Cell(lack, "warn", "warning") if lack else Cell(_clock_words(line, context), "text2", "auth")
    if status == "denied":
        more = ", peer to peer" if line.next_kind == "peer_to_peer" else ""
        return Cell(word + more, "bad", "auth-denied")
    if status in ("more_info_needed", "expired", "peer_to_peer_due"):
        return Cell(word, "warn", "warning")
    words = _clock_words(line, context)
    if words.startswith("clock"):
        return Cell(words, "warn", "late")
    return Cell(words, "text2", "check" if status == "not_required" else "auth-wait")


def _clock_words(line: RequestLine, context: RowContext) -> str:
    """``submitted, day 4 of 7``"""
    payer = payer_of(context.catalogue, line.authorization_payer)
    return status_words(
        line.authorization, line.submitted_at, line.expedited, payer, context.now, context.zone, line.authorized_to
    )


def _lack(line: RequestLine, context: RowContext) -> str:
    """What an approval is not good for, as far as a row knows: procedure, levels, the day that is held or booked."""
    start = line.visit_start or line.held_start
    approval = Authorization(
        None,
        None,
        None,
        line.authorized_procedure,
        AuthorizationStatus(line.authorization),
        valid_to=line.authorized_to,
        levels=line.authorized_levels,
    )
    day = context.day_of(start) if start is not None else None
    wanted = Planned(line.procedure or line.authorized_procedure, line.levels, day=day)
    found = lacks(approval, wanted) if line.authorization in GRANTED else ()
    return short_lack(found[0], context.catalogue) if found else ""


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
        return Cell(why_ended(line), "text3")
    words = wording.CALL_WORDS.get(line.next_kind, line.next_kind)
    if not line.phone and line.next_kind not in NOT_THE_PATIENT:
        return Cell(f"{words}: no phone", "warn", "warning")
    return Cell(words)


def why_ended(line: RequestLine) -> str:
    """Why a request ended, as far as it was said; else the word of its status."""
    if line.status == "duplicate" and line.possible_duplicate_of is not None:
        return f"Same as request {line.possible_duplicate_of}"
    reason = wording.END_WORDS.get(line.end_reason, "")
    if line.status not in GONE:
        return wording.STATUS_WORDS.get(line.status, line.status)
    told = reason if reason and line.end_reason != "other" else " ".join(line.note.split()) or reason
    return told or wording.STATUS_WORDS.get(line.status, line.status)


def _held(start: datetime, until: datetime | None, context: RowContext) -> Cell:
    """The start that is held and when that lapses: the time today, else the day; amber within the hour."""
    day = context.day_of(start)
    words = f"Held {wording.day_month(day)} {wording.clock(start, context.zone)}"
    if until is None:
        return Cell(words)
    last, soon = context.day_of(until), until < context.now + LAPSES_SOON
    lapse = wording.clock(until, context.zone) if last == context.today else wording.day_month(last)
    return Cell(f"{words} to {lapse}", "warn" if soon else "text", "late" if soon else "")


def _due(line: RequestLine, context: RowContext) -> Cell:
    """The next action's time; of a request that has ended, when it did."""
    if (ended := _ended(line)) is not None:
        day = context.day_of(ended)
        return Cell(_short(wording.weekday_date(day), day, context.today), "text2")
    return due_cell(line.next_due, context)


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
