"""The present as the demo's data sees it: the clock, the day, the practice's business hours, and chance by a seed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from desk_app.application.ports import HolidayCalendar
from desk_app.domain.business_time import BusinessCalendar
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue
from desk_app.domain.zone import local_date, zone_of

DAYS_BACK = 120
DAYS_AHEAD = 60
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Present:
    """``seed`` and ``today`` decide everything that does not depend on the hour."""

    now: datetime
    today: date
    zone: ZoneInfo
    calendar: BusinessCalendar
    seed: int

    def chance(self, what: str, day: date | None = None) -> Random:
        """Its own stream for each purpose and day, so that one more draw in one place moves nothing elsewhere."""
        return Random(f"{self.seed}/{self.today}/{what}/{day or ''}")

    def moment(self, chance: Random, day: date) -> datetime:
        """Some whole minute of a business day's hours (of the business day before, where the desk is closed)."""
        if not self.calendar.is_business_day(day):
            day = self.calendar.add_days(day, -1)
        start, end = self.calendar.opening(day), self.calendar.closing(day)
        return start + timedelta(minutes=chance.randrange(5, int((end - start).total_seconds()) // 60 - 5))

    def business_days_ago(self, days: int) -> date:
        return self.calendar.add_days(self.today, -days) if days else self.today

    def hours_ago(self, hours: float) -> datetime:
        """That many business hours before now."""
        left, day = timedelta(hours=hours), self.today
        while True:
            for start, end in reversed(self.calendar.stretches(day)):
                end = min(end, self.now)
                if end > start and left <= end - start:
                    return end - left
                left -= max(end - start, timedelta())
            day -= timedelta(days=1)

    def end_of_business(self) -> datetime:
        """When the running (or the next) business day ends."""
        return self.calendar.closing(self.calendar.date_of(self.calendar.next_open(self.now)))

    def is_open(self) -> bool:
        return any(start <= self.now < end for start, end in self.calendar.stretches(self.today))


def present_of(now: datetime, holidays: HolidayCalendar, catalogue: Catalogue, seed: int) -> Present:
    """The practice is not stored yet, so its calendar is made here as :meth:`Desk.calendar` makes it."""
    zone = zone_of(catalogue.settings)
    today = local_date(now, zone)
    days = holidays.holidays(catalogue.settings.holidays, today - timedelta(days=366), today + timedelta(days=731))
    return Present(now, today, zone, BusinessCalendar(catalogue.business_hours, days, zone), seed)
