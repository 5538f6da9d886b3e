"""The flow board's look at today: one look at its visits and the next two business days', and tonight's beds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from desk_app.application.desk import Desk
from desk_app.application.flow_day import (
    BedTonight,
    BedUse,
    FlowColumn,
    FlowDay,
    Night,
    bed_of,
    column_of,
    lies_in,
    may_stay,
)
from desk_app.application.house import is_staffed
from desk_app.application.read_models import FlowLine
from desk_app.domain.day_records import BedCondition
from desk_app.domain.night_rule import kept_beds, overflow_chance
from desk_app.domain.practice import Catalogue, ResourceKind
from desk_app.domain.statuses import FIRM_VISITS, AppointmentStatus
from desk_app.domain.zone import day_span, local_date

DAYS_AHEAD = 2


def flow_day(desk: Desk) -> FlowDay:
    """Today as of now."""
    desk.slots.catch_up(desk.queries)
    today, zone = desk.today(), desk.zone()
    last = desk.calendar().add_days(today, DAYS_AHEAD)
    found = desk.queries.flow_lines(today, last, desk.now())
    until_now = [line for line in found if local_date(line.visit.start, zone) <= today]
    midnight = day_span(today, zone)[0]
    left_open = tuple(line for line in until_now if _is_left_open(line, midnight))
    lines = tuple(line for line in until_now if not _is_left_open(line, midnight) and _is_of(desk, line, today))
    ahead = tuple(
        line
        for line in found
        if local_date(line.visit.start, zone) > today and column_of(line) is FlowColumn.EXPECTED and _stands(desk, line)
    )
    return FlowDay(today, desk.catalogue(), lines, ahead, left_open, _night(desk, lines, today))


def _is_left_open(line: FlowLine, midnight: datetime) -> bool:
    """A visit of a day before that nobody has begun."""
    return line.status in FIRM_VISITS and line.visit.end <= midnight


def _is_of(desk: Desk, line: FlowLine, today: date) -> bool:
    """Who went home on a day before is no more of today, nor is a hold that has lapsed."""
    if column_of(line) is FlowColumn.GONE:
        return local_date(line.since, desk.zone()) == today or local_date(line.visit.start, desk.zone()) == today
    return _stands(desk, line)


def _stands(desk: Desk, line: FlowLine) -> bool:
    until = line.visit.hold_until
    return line.status is not AppointmentStatus.HELD or until is None or until > desk.now()


def _night(desk: Desk, lines: Iterable[FlowLine], today: date) -> Night:
    """Every staffed bed once, and every bed that somebody has: who lies there still, and who comes tonight."""
    catalogue, closing = desk.catalogue(), day_span(today, desk.zone())[1]
    staying = [line for line in lines if column_of(line) is not FlowColumn.GONE]
    tonight = {bed for line in staying if (bed := bed_of(line, closing)) is not None}
    staffed = _usable_beds(desk, closing)
    shares = may_stay(staying, today, catalogue)
    free = [code for code in staffed if code not in tonight]
    kept = set(free[: kept_beds(shares, catalogue.settings.overflow_risk)])
    beds = [bed for line in staying for bed in _taken(line, catalogue, closing)]
    beds += [BedTonight(BedUse.KEPT if code in kept else BedUse.FREE, code) for code in free]
    place = {bed.code: number for number, bed in enumerate(catalogue.of_kind(ResourceKind.OVERNIGHT_BED))}
    order = list(BedUse)
    beds.sort(key=lambda bed: (order.index(bed.use), place.get(bed.code or "", len(place))))
    chance = overflow_chance(shares, len(free))
    return Night(tuple(beds), len(staffed), len(tonight), len(kept), chance)


def _taken(line: FlowLine, catalogue: Catalogue, closing: datetime) -> Iterator[BedTonight]:
    number = line.visit.appointment_id
    if line.status is AppointmentStatus.OVERNIGHT:
        yield BedTonight(BedUse.HERE, lies_in(line, catalogue), number)
    elif (bed := bed_of(line, closing)) is not None:
        yield BedTonight(BedUse.PLANNED, bed, number)


def _usable_beds(desk: Desk, closing: datetime) -> list[str]:
    """Beds that are staffed at the end of the day and not closed."""
    now, zone = desk.now(), desk.zone()
    instant, hours = closing - timedelta(minutes=1), desk.slots.hours(desk.today())
    shut = {state.resource for state in desk.queries.bed_states() if state.at(now) is BedCondition.CLOSED}
    return [
        bed.code
        for bed in desk.catalogue().of_kind(ResourceKind.OVERNIGHT_BED)
        if bed.code not in shut and is_staffed(hours, bed.code, instant, zone, now)
    ]
