"""The views of the schedule and how each turns its pages. No Qt."""

from __future__ import annotations

from datetime import date

from desk_app.domain.calendar_pages import WEEK_DAYS, months_on

DAY, WEEK, MONTH = "day", "week", "month"
VIEWS = (DAY, WEEK, MONTH)

FIRST, LAST = date(1900, 1, 1), date(9998, 12, 31)
"""The calendar of the schedule: instants beyond cannot be told in every zone."""


def bounded(day: date) -> date:
    """The nearest day that the schedule can show."""
    return max(FIRST, min(day, LAST))


def turned(kind: str, day: date, by: int) -> date:
    """The day so many pages of a view on (or back)."""
    if kind == MONTH:
        return bounded(months_on(day, by))
    number = day.toordinal() + by * (WEEK_DAYS if kind == WEEK else 1)
    return bounded(date.fromordinal(max(1, min(number, date.max.toordinal()))))
