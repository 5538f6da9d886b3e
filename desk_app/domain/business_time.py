"""Business hours: when the desk works, and what "two business hours" or "the next business day" mean.

Hours are wall-clock stretches a weekday; holidays are local dates. Instants are aware UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from desk_app.domain.practice import BusinessHours
from desk_app.domain.zone import local_date, wall_instant

USUAL_HOURS = tuple(BusinessHours(day, time(8), time(17)) for day in range(5))
"""Monday to Friday, eight to five, for a practice that names none."""

FAR = 370
"""A practice that is closed for more than a year has no next business day."""


class BusinessCalendar:
    """The hours and holidays of one practice."""

    def __init__(self, hours: Iterable[BusinessHours], holidays: Mapping[date, str], zone: ZoneInfo) -> None:
        self._hours: dict[int, list[BusinessHours]] = {}
        for stretch in sorted(tuple(hours) or USUAL_HOURS, key=lambda stretch: stretch.start):
            self._hours.setdefault(stretch.weekday, []).append(stretch)
        self._holidays = holidays
        self._zone = zone

    @property
    def zone(self) -> ZoneInfo:
        return self._zone

    def is_business_day(self, day: date) -> bool:
        return day.weekday() in self._hours and day not in self._holidays

    def stretches(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The open stretches of a date as instants."""
        if not self.is_business_day(day):
            return ()
        return tuple(
            (wall_instant(day, stretch.start, self._zone), wall_instant(day, stretch.end, self._zone))
            for stretch in self._hours[day.weekday()]
        )

    def next_open(self, instant: datetime) -> datetime:
        """The instant itself within business hours, else the next opening."""
        for start, end in self._from(instant):
            if instant < end:
                return max(instant, start)
        return instant

    def add_hours(self, instant: datetime, hours: float) -> datetime:
        """That many business hours later."""
        left = timedelta(hours=hours)
        for start, end in self._from(instant):
            begin = max(instant, start)
            if begin >= end:
                continue
            if left <= end - begin:
                return begin + left
            left -= end - begin
        return instant

    def add_days(self, day: date, days: int) -> date:
        """That many business days later (or earlier, where negative)."""
        step = timedelta(days=1 if days >= 0 else -1)
        for _ in range(abs(days)):
            day = self._next(day + step, step)
        return day

    def same_or_next(self, day: date) -> date:
        return self._next(day, timedelta(days=1))

    def opening(self, day: date) -> datetime:
        """When that business day begins; midday of a day without hours."""
        found = self.stretches(day)
        return found[0][0] if found else wall_instant(day, time(12), self._zone)

    def closing(self, day: date) -> datetime:
        """When that business day ends; midday of a day without hours."""
        found = self.stretches(day)
        return found[-1][1] if found else wall_instant(day, time(12), self._zone)

    def date_of(self, instant: datetime) -> date:
        return local_date(instant, self._zone)

    def _next(self, day: date, step: timedelta) -> date:
        for ahead in range(FAR):
            if self.is_business_day(day + ahead * step):
                return day + ahead * step
        return day

    def _from(self, instant: datetime) -> Iterable[tuple[datetime, datetime]]:
        day = local_date(instant, self._zone)
        for ahead in range(FAR):
            yield from self.stretches(day + timedelta(days=ahead))
