"""A month's load, day by day: visits, room minutes booked and free, the bays' peak, and the beds of each night."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from desk_app.application.desk import Desk
from desk_app.application.read_models import ShareRow, StretchRow
from desk_app.application.schedule_view import BLOCKED, SHUT
from desk_app.application.span_view import DayLoad, MonthView
from desk_app.application.use_cases.look_at_day import shades_of
from desk_app.application.use_cases.look_at_week import holidays_of
from desk_app.domain.calendar_pages import month_grid
from desk_app.domain.night_rule import kept_of_groups
from desk_app.domain.practice import ResourceKind
from desk_app.domain.slots import Obstacle, SlotIndex
from desk_app.domain.zone import day_span, midnight

Span = tuple[int, int]


def month_view(desk: Desk, day: date) -> MonthView:
    """The load of the whole weeks that a day's month lies in, as of now."""
    return MonthView(day.replace(day=1), desk.today(), day_loads(desk, month_grid(day)))


def day_loads(desk: Desk, days: Sequence[date]) -> tuple[DayLoad, ...]:
    """How full each of these successive days is, as of now."""
    desk.slots.catch_up(desk.queries)
    rows = desk.queries.month_rows(days[0], days[-1], desk.now())
    index, holidays = desk.slots.hours(days[0], len(days)), holidays_of(desk, days[0], days[-1])
    counted, taken, numbers = _counted(rows.shares), _taken(rows.stretches), _numbers(desk, rows.codes)
    planned = _planned(desk, taken, numbers[ResourceKind.OVERNIGHT_BED], days)
    loads = []
    for each in days:
        number = each.toordinal()
        rooms = {rows.codes[room]: taken.get((number, room), []) for room in numbers[ResourceKind.PROCEDURE_ROOM]}
        in_bays = [span for bay in numbers[ResourceKind.RECOVERY_BAY] for span in taken.get((number, bay), ())]
        visits, groups = counted.get(number, ((0, 0), ()))
        loads.append(
            _of_rooms(desk, index, each, rooms)._replace(
                visits=visits[0],
                held=visits[1],
                bays_peak=peak(in_bays),
                bays=len(desk.catalogue().of_kind(ResourceKind.RECOVERY_BAY)),
                planned=planned[each],
                kept=kept_of_groups(groups, desk.catalogue().settings.overflow_risk),
                staffed=index.night(each).staffed,
                holiday=holidays.get(each, ""),
            )
        )
    return tuple(loads)


def peak(spans: Sequence[Span]) -> int:
    """The most half-open spans at one instant."""
    ends = sorted([end for _, end in spans])
    starts = sorted([start for start, _ in spans])
    return max((number - bisect_right(ends, start) for number, start in enumerate(starts, start=1)), default=0)


def _numbers(desk: Desk, codes: Mapping[int, str]) -> Mapping[ResourceKind, list[int]]:
    """The numbers of the practice's resources, by kind."""
    kinds = {resource.code: resource.kind for resource in desk.catalogue().resources}
    found: dict[ResourceKind, list[int]] = {kind: [] for kind in ResourceKind}
    for number, code in codes.items():
        if code in kinds:
            found[kinds[code]].append(number)
    return found


def _counted(rows: Iterable[ShareRow]) -> dict[int, tuple[tuple[int, int], tuple[tuple[float, int], ...]]]:
    """Visits and held ones of a day, and how many may stay with which share."""
    found: dict[int, tuple[tuple[int, int], tuple[tuple[float, int], ...]]] = {}
    for number, share, visits, held in rows:
        (all_visits, all_held), groups = found.get(number, ((0, 0), ()))
        groups = groups if share is None else (*groups, (share, visits))
        found[number] = ((all_visits + visits, all_held + held), groups)
    return found


def _taken(rows: Iterable[StretchRow]) -> Mapping[tuple[int, int], list[Span]]:
    """The stretches by day and number of a resource."""
    found: defaultdict[tuple[int, int], list[Span]] = defaultdict(list)
    for day, resource, start, end in rows:
        found[day, resource].append((start, end))
    return found


def _planned(
    desk: Desk, taken: Mapping[tuple[int, int], list[Span]], beds: Iterable[int], days: Sequence[date]
) -> dict[date, int]:
    """How many beds are taken at the midnight that ends each day."""
    numbers = frozenset(beds)
    stays = [(bed, *span) for (_, bed), spans in taken.items() if bed in numbers for span in spans]
    closing = {each: int(midnight(each + timedelta(days=1), desk.zone()).timestamp()) for each in days}
    return {each: len({bed for bed, start, end in stays if start <= at < end}) for each, at in closing.items()}


def _of_rooms(desk: Desk, index: SlotIndex, day: date, taken: Mapping[str, list[Span]]) -> DayLoad:
    """Minutes of rooms; a visit outside the open hours is booked, but leaves them no less free."""
    begin, end = (int(instant.timestamp()) for instant in day_span(day, desk.zone()))
    opened = covered = booked = 0
    for room in desk.catalogue().of_kind(ResourceKind.PROCEDURE_ROOM):
        spans = taken.get(room.code, [])
        booked += sum([stop - start for start, stop in spans])
        for low, high in _open(index.closings(room.code, day, desk.now()), begin, end):
            opened += high - low
            covered += _within(spans, low, high)
    closed = "" if opened else _why_closed(desk, index, day)
    return DayLoad(day, 0, 0, booked // 60, max(0, opened - covered) // 60, opened // 60, closed=closed)


def _open(pieces: Iterable[Obstacle], begin: int, end: int) -> list[Span]:
    """What remains of a day outside what is closed or blocked."""
    shut = [(_s(piece.start), _s(piece.end)) for piece in pieces if piece.code in SHUT]
    left, at = [], begin
    for start, stop in sorted(shut):
        if start > at:
            left.append((at, min(start, end)))
        at = max(at, stop)
    return [*left, (at, end)] if at < end else left


def _s(instant: datetime | None) -> int:
    assert instant is not None
    return int(instant.timestamp())


def _within(spans: Iterable[Span], low: int, high: int) -> int:
    """Seconds of the spans that lie in a stretch."""
    total = 0
    for start, stop in spans:
        if start >= high or stop <= low:
            continue
        total += (stop if stop < high else high) - (start if start > low else low)
    return total


def _why_closed(desk: Desk, index: SlotIndex, day: date) -> str:
    """``blocked: winter break`` where every room's reason is that one, else no more than that it is closed."""
    rooms = desk.catalogue().of_kind(ResourceKind.PROCEDURE_ROOM)
    shades = [shade for room in rooms for shade in shades_of(index, room.code, day, desk.catalogue(), desk.now())]
    reasons = {shade.text for shade in shades if shade.code == BLOCKED}
    return reasons.pop() if len(reasons) == 1 else "closed"
