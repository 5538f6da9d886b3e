"""The periods that a manager chooses by one button: whole weeks that have ended, so that weekdays compare."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from desk_app.application.reports.report import Period
from desk_app.domain.report_math import week_of

DAY, WEEK, MONTH, QUARTER, YEAR = "day", "week", "month", "quarter", "year"
SPANS: Mapping[str, tuple[str, int]] = {
    DAY: ("Day", 0),
    WEEK: ("Week", 1),
    MONTH: ("4 weeks", 4),
    QUARTER: ("Quarter", 13),
    YEAR: ("Year", 52),
}
"""By code: the word, and how many weeks; a day is today."""


def span_period(code: str, today: date) -> Period:
    """The last so many whole weeks before the one that is under way."""
    weeks = SPANS[code][1]
    if not weeks:
        return Period(today, today)
    monday = week_of(today)
    return Period(monday - timedelta(weeks=weeks), monday - timedelta(days=1))


def span_of(period: Period, today: date) -> str | None:
    """The button whose period it is, if it is any's."""
    return next((code for code in SPANS if span_period(code, today) == period), None)


def turned(period: Period, by: int) -> Period:
    """As many days earlier or later as it has."""
    days = timedelta(days=period.days * by)
    return Period(period.first + days, period.last + days)
