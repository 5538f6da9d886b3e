"""When a call can be made: within the desk's hours, for a payer within its own too, and before the visit it is for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from desk_app.domain.business_time import FAR, BusinessCalendar
from desk_app.domain.call_order import PAYER_CALLS
from desk_app.domain.practice import Payer
from desk_app.domain.statuses import CallbackKind
from desk_app.domain.zone import wall_instant


def hours_of(kind: str, payer: Payer | None) -> tuple[time | None, time | None]:
    """A payer's opening and closing where the call goes to the payer; else None twice: the desk's own hours."""
    return (payer.opens, payer.closes) if payer is not None and kind in PAYER_CALLS else (None, None)


def fitting_time(kind: CallbackKind, payer: Payer | None, wished: datetime, calendar: BusinessCalendar) -> datetime:
    """The wished time where the call can be made then; else when the hours next begin."""
    opens, closes = hours_of(kind, payer)
    first = calendar.date_of(wished)
    for ahead in range(FAR):
        for start, end in open_stretches(first + timedelta(days=ahead), calendar, opens, closes):
            if wished <= end:
                return max(wished, start)
    return calendar.next_open(wished)  # the payer's hours never meet the desk's


def open_stretches(
    day: date, calendar: BusinessCalendar, opens: time | None = None, closes: time | None = None
) -> Iterator[tuple[datetime, datetime]]:
    """The desk's hours of a date, as far as they lie between these wall clocks."""
    for start, end in calendar.stretches(day):
        begin = max(start, wall_instant(day, opens, calendar.zone)) if opens is not None else start
        until = min(end, wall_instant(day, closes, calendar.zone)) if closes is not None else end
        if begin < until:
            yield begin, until


def end_of_day(kind: CallbackKind, payer: Payer | None, day: date, calendar: BusinessCalendar) -> datetime:
    """When a business day ends for such a call."""
    found = list(open_stretches(day, calendar, *hours_of(kind, payer)))
    return found[-1][1] if found else calendar.closing(day)


def last_chance(start: datetime, calendar: BusinessCalendar) -> datetime | None:
    """The last instant of business time before a visit; None where a month has none."""
    day = calendar.date_of(start)
    for back in range(31):
        for begin, end in reversed(calendar.stretches(day - timedelta(days=back))):
            if begin < start:
                return min(end, start - timedelta(minutes=1))
    return None
