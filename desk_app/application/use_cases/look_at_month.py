"""A month's load, day by day: visits, room minutes booked and free, the bays' peak, and the beds of each night."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from desk_app.application.desk import Desk
from desk_app.application.read_models import ShareRow, StretchRow
from desk_app.application.schedule_view import BLOCKED, open_stretches
from desk_app.application.span_view import DayLoad, MonthView, month_grid
from desk_app.application.use_cases.look_at_day import shades_of
from desk_app.application.use_cases.look_at_week import holidays_of
from desk_app.domain.night_rule import kept_of_groups
from desk_app.domain.practice import ResourceKind
from desk_app.domain.slots import SlotIndex
from desk_app.domain.zone import day_span, midnight

Span = tuple[int, int]


class Taken(NamedTuple):
    """The stretches of one day: of each room by its code, and of all bays together."""

    rooms: dict[str, list[Span]]
    bays: list[Span]


def month_view(desk: Desk, day: date) -> MonthView:
    """The load of the whole weeks that a day's month lies in, as of now."""
    desk.slots.catch_up(desk.queries)
    days = month_grid(day)
    rows = desk.queries.month_rows(days[0], days[-1], desk.now())
    index, holidays = desk.slots.hours(days[0], len(days)), holidays_of(desk, days[0], days[-1])
    counted, taken = _counted(rows.shares), _taken(desk, rows.stretches, rows.codes)
    planned = _planned(desk, rows.stretches, rows.codes, days)
    loads = []
    for each in days:
        load = _of_rooms(desk, index, each, taken[each.toordinal()])
        visits, groups = counted.get(each.toordinal(), ((0, 0), ()))
        loads.append(
            load._replace(
                visits=visits[0],
                held=visits[1],
                bays_peak=peak(taken[each.toordinal()].bays),
                bays=len(desk.catalogue().of_kind(ResourceKind.RECOVERY_BAY)),
                planned=len(planned[each]),
                kept=kept_of_groups(groups, desk.catalogue().settings.overflow_risk),
                staffed=index.night(each).staffed,
                holiday=holidays.get(each, ""),
            )
        )
    return MonthView(day.replace(day=1), desk.today(), tuple(loads))


def peak(spans: Sequence[Span]) -> int:
    """The most half-open spans at one instant."""
    ends = sorted([end for _, end in spans])
    starts = sorted([start for start, _ in spans])
    return max((number - bisect_right(ends, start) for number, start in enumerate(starts, start=1)), default=0)


def _counted(rows: Iterable[ShareRow]) -> dict[int, tuple[tuple[int, int], tuple[tuple[float, int], ...]]]:
    """Visits and held ones of a day, and how many may stay with which share."""
    found: dict[int, tuple[tuple[int, int], tuple[tuple[float, int], ...]]] = {}
    for number, share, visits, held in rows:
        (all_visits, all_held), groups = found.get(number, ((0, 0), ()))
        groups = groups if share is None else (*groups, (share, visits))
        found[number] = ((all_visits + visits, all_held + held), groups)
    return found


def _taken(desk: Desk, rows: Iterable[StretchRow], codes: Mapping[int, str]) -> defaultdict[int, Taken]:
    kinds = {resource.code: resource.kind for resource in desk.catalogue().resources}
    by_number = {number: (code, kinds.get(code)) for number, code in codes.items()}
    found: defaultdict[int, Taken] = defaultdict(lambda: Taken(defaultdict(list), []))
    for day, resource, start, end in rows:
        code, kind = by_number[resource]
        if kind is ResourceKind.PROCEDURE_ROOM:
            found[day].rooms[code].append((start, end))
        elif kind is ResourceKind.RECOVERY_BAY:
            found[day].bays.append((start, end))
    return found


def _planned(
    desk: Desk, rows: Iterable[StretchRow], codes: Mapping[int, str], days: Sequence[date]
) -> dict[date, set[str]]:
    """The beds taken at the midnight that ends each day."""
    beds = {bed.code for bed in desk.catalogue().of_kind(ResourceKind.OVERNIGHT_BED)}
    closing = {each: int(midnight(each + timedelta(days=1), desk.zone()).timestamp()) for each in days}
    stays = [(codes[row.resource_id], row.start_s, row.end_s) for row in rows if codes[row.resource_id] in beds]
    return {each: {bed for bed, start, end in stays if start <= at < end} for each, at in closing.items()}


def _of_rooms(desk: Desk, index: SlotIndex, day: date, taken: Taken) -> DayLoad:
    """Minutes of rooms; a visit outside the open hours is booked, but leaves them no less free."""
    begin, end = day_span(day, desk.zone())
    opened = covered = booked = 0
    reasons: list[str] = []
    for room in desk.catalogue().of_kind(ResourceKind.PROCEDURE_ROOM):
        shades = shades_of(index, room.code, day, desk)
        spans = taken.rooms.get(room.code, ())
        booked += sum([stop - start for start, stop in spans])
        for first, last in open_stretches(shades, begin, end):
            low, high = int(first.timestamp()), int(last.timestamp())
            opened += high - low
            covered += sum([min(stop, high) - max(start, low) for start, stop in spans if start < high and stop > low])
        reasons += [shade.text for shade in shades if shade.code == BLOCKED]
    closed = _why_closed(reasons) if not opened else ""
    return DayLoad(day, 0, 0, booked // 60, max(0, opened - covered) // 60, opened // 60, closed=closed)


def _why_closed(reasons: Sequence[str]) -> str:
    """``blocked: winter break`` where every reason is that one, else no more than that it is closed."""
    return reasons[0] if len(set(reasons)) == 1 else "closed"
