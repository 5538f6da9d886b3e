"""A week and a month as the schedule shows them: frozen values made on the database worker. Instants are aware UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from desk_app.domain.calendar_pages import WEEK_DAYS
from desk_app.domain.dataclass import dataclass

if TYPE_CHECKING:
    from desk_app.application.read_models import WeekLine
    from desk_app.application.schedule_view import Shade
    from desk_app.domain.practice import Catalogue


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
