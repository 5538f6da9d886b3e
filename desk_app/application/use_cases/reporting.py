"""Reports of a period: made one by one, so that each can be looked at, cancelled and exported alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

from desk_app.application.desk import Desk
from desk_app.application.reports import blocks, nights, people, rooms, waiting
from desk_app.application.reports.behind import BehindLine, behind_line
from desk_app.application.reports.day import DayFacts, DayFigure, day_figures
from desk_app.application.reports.report import MOST_RECORDS, Period, Report, ReportRow
from desk_app.application.reports.stood import differences
from desk_app.application.use_cases.look_at_month import day_loads
from desk_app.application.use_cases.report_blocks import block_stretches
from desk_app.domain.faults import RuleViolation, WrongInput
from desk_app.domain.practice import ResourceKind
from desk_app.domain.slots import SlotIndex
from desk_app.domain.zone import day_span, local_date, midnight

LONGEST = 3 * 366
"""Days of the longest period."""

HOURS = range(7, 19)
Maker = Callable[[Desk, Period], Report]


def make(desk: Desk, code: str, period: Period) -> Report:
    """One report. Raises WrongInput ``report`` for an unknown one, RuleViolation for an impossible period."""
    if code not in REPORTS:
        raise WrongInput("report", report=code, known=", ".join(REPORTS))
    if period.last < period.first:
        raise RuleViolation("period_ends_before", field="last")
    if period.days > LONGEST:
        raise RuleViolation("period_too_long", field="last")
    desk.slots.catch_up(desk.queries)  # hours and blockouts as somebody has just changed them
    return REPORTS[code](desk, period)


def make_day(desk: Desk, day: date) -> tuple[DayFigure, ...]:
    """The ten figures of one day, as of now."""
    period, queries, now = Period(day, day), desk.queries, desk.now()
    lines = queries.day_plan(day, now).lines
    facts = DayFacts(
        [line for line in lines if local_date(line.start, desk.zone()) == day],
        day_loads(desk, (day,))[0],
        queries.reports.ends(day, day),
        queries.reports.late_calls(day, now),
        desk.catalogue(),
        now,
    )
    return day_figures(facts, *(make(desk, code, period) for code in ("first_starts", "turnovers", "lateness")))


def behind(desk: Desk, row: ReportRow) -> tuple[BehindLine, ...]:
    """The records behind a line, at most ``MOST_RECORDS``: those that say most first, else by time."""
    if row.record is None:
        return ()
    values = dict(zip(row.records, row.values, strict=True)) if row.values else {}
    numbers = sorted(row.records, key=lambda each: -values.get(each, 0.0))[:MOST_RECORDS]
    found = {fact.number: fact for fact in desk.queries.reports.records(row.record, numbers)}
    order = numbers if values else list(found)
    catalogue = desk.catalogue()
    return tuple(
        behind_line(found[each], row, values.get(each), catalogue, desk.zone()) for each in order if each in found
    )


def as_it_stood(desk: Desk, day: date, at: datetime) -> tuple[BehindLine, ...]:
    """What differs between a day as it stood at a moment and as it is now. Raises RuleViolation for one to come."""
    if at > desk.now():
        raise RuleViolation("moment_to_come", field="moment")
    facts = desk.queries.reports.stood(day, at)
    return differences(facts, day, desk.catalogue(), desk.zone(), desk.today())


def _waiting(desk: Desk, period: Period) -> Report:
    facts = desk.queries.reports.waits(period.first, period.last)
    return waiting.waiting(facts, period, desk.queries.reports.names()[0], desk.catalogue())


def _decisions(desk: Desk, period: Period) -> Report:
    facts = desk.queries.reports.decisions(period.first, period.last)
    return waiting.decisions(facts, desk.queries.reports.names()[0])


def _rooms(desk: Desk, period: Period) -> Report:
    facts = desk.queries.reports.uses(period.first, period.last)
    return rooms.room_use(facts, period, desk.queries.reports.names()[1], _opened(desk, period), desk.catalogue())


def _blocks(desk: Desk, period: Period) -> Report:
    catalogue, codes = desk.catalogue(), desk.queries.reports.names()[1]
    kept = {session.resource for session in catalogue.sessions if session.reserved_for}
    facts = desk.queries.reports.stretches(
        period.first, period.last, [number for number, code in codes.items() if code in kept]
    )
    return blocks.block_use(facts, block_stretches(catalogue, sorted(kept), period), codes, catalogue)


def _first_starts(desk: Desk, period: Period) -> Report:
    return rooms.first_starts(desk.queries.reports.flows(period.first, period.last), _rooms_by_number(desk))


def _turnovers(desk: Desk, period: Period) -> Report:
    return rooms.turnovers(desk.queries.reports.flows(period.first, period.last), _rooms_by_number(desk))


def _lateness(desk: Desk, period: Period) -> Report:
    facts, zone = desk.queries.reports.flows(period.first, period.last), desk.zone()
    hours = {}
    for fact in facts:
        wall = datetime.fromtimestamp(fact.planned_s, UTC).astimezone(zone)
        hours[fact.appointment_id] = (wall.weekday(), wall.hour)
    return rooms.lateness(facts, HOURS, hours)


def _recovery(desk: Desk, period: Period) -> Report:
    return people.recovery(desk.queries.reports.rests(period.first, period.last), desk.catalogue())


def _unplanned(desk: Desk, period: Period) -> Report:
    return people.unplanned_stays(desk.queries.reports.stays(period.first, period.last), desk.catalogue())


def _bed_nights(desk: Desk, period: Period) -> Report:
    catalogue, queries = desk.catalogue(), desk.queries.reports
    hours = SlotIndex(catalogue, period.first, period.days)
    days = [period.first + timedelta(days=ahead) for ahead in range(period.days)]
    of_period = nights.Nights(
        {day: hours.beds_of_night(day).staffed for day in days},
        [int(midnight(day + timedelta(days=1), desk.zone()).timestamp()) for day in days],
    )
    facts, may = queries.nights(period.first, period.last), queries.may_stay(period.first, period.last)
    return nights.bed_nights(facts, may, of_period, queries.names()[1], catalogue)


def _lost(desk: Desk, period: Period) -> Report:
    return people.lost_visits(desk.queries.reports.ends(period.first, period.last), period)


def _calls(desk: Desk, period: Period) -> Report:
    return people.calls(desk.queries.reports.calls(period.first, period.last))


def _refills(desk: Desk, period: Period) -> Report:
    return people.refills(desk.queries.reports.offers(period.first, period.last))


def _workload(desk: Desk, period: Period) -> Report:
    return people.workload(desk.queries.reports.work(period.first, period.last))


REPORTS: Mapping[str, Maker] = {
    "waiting": _waiting,
    "authorizations": _decisions,
    "rooms": _rooms,
    "blocks": _blocks,
    "first_starts": _first_starts,
    "turnovers": _turnovers,
    "lateness": _lateness,
    "recovery": _recovery,
    "unplanned_stays": _unplanned,
    "bed_nights": _bed_nights,
    "lost_visits": _lost,
    "calls": _calls,
    "refills": _refills,
    "workload": _workload,
}
"""Every report by its code, in the order in which a manager asks."""


def _rooms_by_number(desk: Desk) -> Mapping[int, str]:
    names = {resource.code: resource.name for resource in desk.catalogue().resources}
    return {number: names.get(code, code) for number, code in desk.queries.reports.names()[1].items()}


def _opened(desk: Desk, period: Period) -> rooms.OpenSeconds:
    """How long each room is open on each day, by its sessions less what is blocked."""
    catalogue, zone, now = desk.catalogue(), desk.zone(), desk.now()
    hours, found = SlotIndex(catalogue, period.first, period.days), {}
    for room in catalogue.of_kind(ResourceKind.PROCEDURE_ROOM):
        for ahead in range(period.days):
            day: date = period.first + timedelta(days=ahead)
            begin, end = day_span(day, zone)
            shut = [
                (max(each.start, begin), min(each.end, end))
                for each in hours.closings(room.code, day, now)
                if each.code in ("closed", "blocked") and each.start is not None and each.end is not None
            ]
            found[room.code, day] = int((end - begin).total_seconds()) - _covered(shut)
    return found


def _covered(stretches: list[tuple[datetime, datetime]]) -> int:
    """Seconds that any of them covers."""
    covered, until = 0, None
    for begin, end in sorted(stretches):
        start = begin if until is None or begin > until else until
        if end > start:
            covered += int((end - start).total_seconds())
            until = end
    return covered
