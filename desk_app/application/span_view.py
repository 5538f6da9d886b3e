"""A week and a month as the schedule shows them: frozen values made on the database worker. Instants are aware UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from desk_app.domain.dataclass import dataclass

if TYPE_CHECKING:
    from desk_app.application.read_models import WeekLine
    from desk_app.application.schedule_view import Shade
    from desk_app.domain.practice import Catalogue

WEEK_DAYS = 7


def week_of(day: date) -> date:
    """The Monday of a day's week; the very first day where the calendar begins later."""
    return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))


def month_grid(day: date) -> tuple[date, ...]:
    """The whole weeks that a day's month lies in, Monday first; they end where the calendar ends."""
    first = week_of(day.replace(day=1))
    weeks = (next_month(day.replace(day=1)) - first).days
    count = -(-weeks // WEEK_DAYS) * WEEK_DAYS
    return tuple(first + timedelta(days=number) for number in range(min(count, (date.max - first).days + 1)))


def next_month(first: date) -> date:
    """The first of the month after; the last day there is where no further one comes."""
    if first.month == 12 and first.year == date.max.year:
        return date.max
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1, day=1)


def months_on(day: date, count: int) -> date:
    """The same day so many months later (or earlier): the month's last where it is shorter, within the calendar."""
    months = min(max(day.year * 12 + day.month - 1 + count, 12), date.max.year * 12 + 11)
    first = date(months // 12, months % 12 + 1, 1)
    last = first + timedelta(days=min(30, (date.max - first).days))
    last = last if last.month == first.month else last.replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


@dataclass(frozen=True, slots=True)
class WeekView:
    """Seven days from a Monday: their visits, and each day's shading of rooms and clinicians by resource code."""

    first: date
    catalogue: Catalogue
    lines: tuple[WeekLine, ...] = ()
    shading: Mapping[date, Mapping[str, tuple[Shade, ...]]] = field(default_factory=dict)
    holidays: Mapping[date, str] = field(default_factory=dict)

    @property
    def days(self) -> tuple[date, ...]:
        count = min(WEEK_DAYS, (date.max - self.first).days + 1)
        return tuple(self.first + timedelta(days=number) for number in range(count))


class DayLoad(NamedTuple):
    """How full a day is. Minutes are of rooms, ``bays_peak`` patients at one time; nights as the night rule counts."""

    day: date
    visits: int = 0
    held: int = 0
    booked_minutes: int = 0
    free_minutes: int = 0
    open_minutes: int = 0
    bays_peak: int = 0
    bays: int = 0
    planned: int = 0
    kept: int = 0
    staffed: int = 0
    holiday: str = ""
    closed: str = ""

    @property
    def is_closed(self) -> bool:
        """No room is open at any minute."""
        return self.open_minutes == 0


@dataclass(frozen=True, slots=True)
class MonthView:
    """The whole weeks that a month lies in, day by day."""

    month: date
    today: date
    days: tuple[DayLoad, ...] = ()

    def of(self, day: date) -> DayLoad | None:
        return next((load for load in self.days if load.day == day), None)
