"""Who could take a gap: requests that are ready to book and whose whole chain truly fits there, best first.

A request that has a start on hold already is left out: it waits for its payer, not for a gap. So is whoever has just
cancelled a visit there: that request is ready to book again, but at another time.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from desk_app.application.day_plan import DayPlanLine
from desk_app.application.desk import Desk
from desk_app.application.read_models import RequestLine
from desk_app.application.use_cases.short_notice_fits import NOBODY, ShortFits, spare_minutes, who_can_come
from desk_app.domain.dataclass import dataclass
from desk_app.domain.slots import Slot, SlotQuery
from desk_app.domain.statuses import AppointmentStatus, RequestStatus
from desk_app.domain.zone import day_span, local_date

URGENCIES = ("urgent", "soon", "routine")
SHUT = frozenset({"closed", "blocked"})


@dataclass(frozen=True, slots=True)
class GapFit:
    """A request with its chain; ``spare`` minutes of the column stay empty after it."""

    line: RequestLine
    slot: Slot
    spare: int


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty stretch of a column, from where somebody pointed to its end, and who fits."""

    column: str
    start: datetime
    end: datetime
    fits: tuple[GapFit, ...]
    short: ShortFits = NOBODY
    """Who on the short-notice list can come, and who nearly can."""


def fits(desk: Desk, column: str, start: datetime) -> Gap:
    """Urgent ones first, then who waits longest, then what leaves the least empty.

    Who is on the short-notice list too stands there, with the wishes they have.
    """
    end = gap_end(desk, column, start)
    short = who_can_come(desk, column, start, end)
    gone = _cancelled_on(desk, start)
    found = []
    for line in desk.queries.requests(RequestStatus.READY_TO_BOOK.value, desk.now()):
        waits = line.held_start is None and line.request_id not in short.requests
        slot = _slot(desk, line, column, start) if waits else None
        if slot is not None and not any(_was_there(visit, line, slot) for visit in gone):
            found.append(GapFit(line, slot, spare_minutes(slot, column, end)))
    return Gap(column, start, end, tuple(sorted(found, key=_rank)), short)


def query_for_request(desk: Desk, line: RequestLine, column: str, start: datetime) -> SlotQuery | None:
    """The search for that request in that column on that day; None where its procedure is not known."""
    catalogue = desk.catalogue()
    if line.procedure is None or not catalogue.has_procedure(line.procedure):
        return None
    procedure = catalogue.procedure(line.procedure)
    if not 1 <= line.levels <= procedure.max_levels:
        return None
    day = local_date(start, desk.zone())
    busy: tuple[tuple[datetime, datetime], ...] = ()
    if line.patient_id is not None:
        busy = desk.queries.presence(line.patient_id, day, day + timedelta(days=1), desk.now())
    return SlotQuery(procedure, line.levels, wanted=(column,), first_day=day, days=1, limit=1, patient_busy=busy)


def gap_end(desk: Desk, column: str, start: datetime) -> datetime:
    """Until when a column stays empty: its next visit, closed stretch or blockout, or the end of the day.

    Where somebody is already, it ends as it begins.
    """
    desk.slots.catch_up(desk.queries)
    day = local_date(start, desk.zone())
    ends = [day_span(day, desk.zone())[1]]
    index = desk.slots.index(day, day)
    ends += [c.start for c in index.closings(column, day, desk.now()) if c.code in SHUT and c.start and c.start > start]
    uses = desk.queries.index_rows(day, day, desk.now()).uses
    later = [use.start_s for use in uses if use.resource == column and use.end_s > start.timestamp()]
    ends += [start + timedelta(seconds=min(later) - start.timestamp())] if later else []
    return max(start, min(ends))


def _cancelled_on(desk: Desk, start: datetime) -> list[DayPlanLine]:
    """The day's visits that were cancelled; not those whose hold lapsed, perhaps against the patient's will."""
    lines = desk.queries.day_plan(local_date(start, desk.zone()), desk.now(), with_gone=True).lines
    cancelled = AppointmentStatus.CANCELLED.value
    return [line for line in lines if line.status == cancelled and line.hold_until is None]


def _was_there(visit: DayPlanLine, line: RequestLine, slot: Slot) -> bool:
    return visit.patient_id == line.patient_id and visit.start < slot.end and slot.start < visit.end


def _slot(desk: Desk, line: RequestLine, column: str, start: datetime) -> Slot | None:
    query = query_for_request(desk, line, column, start)
    if query is None:
        return None
    return desk.slots.index(query.first_day, query.first_day).slot_at(query, start, desk.now())


def _rank(fit: GapFit) -> tuple[int, datetime, int]:
    urgency = fit.line.urgency
    place = URGENCIES.index(urgency) if urgency in URGENCIES else len(URGENCIES)
    return place, fit.line.received_at, fit.spare
