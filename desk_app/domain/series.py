"""The days of a series of visits: a rule from daily to yearly, counted and bounded."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

from desk_app.domain.faults import WrongInput
from desk_app.domain.slots.rrules import session_days, validate_rrule

MOST = 30
LONGEST = timedelta(days=MOST * 366)
FREQUENCIES = {"days": "DAILY", "weeks": "WEEKLY", "months": "MONTHLY", "years": "YEARLY"}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKS_OF_A_MONTH = 4


def series_rule(first: date, unit: str, every: int, count: int) -> str:
    """``FREQ=WEEKLY;INTERVAL=2;COUNT=6``; by months the same weekday of the month, such as its second Tuesday."""
    rule = f"FREQ={FREQUENCIES[unit]};INTERVAL={every};COUNT={count}"
    if unit != "months":
        return rule
    number = (first.day - 1) // 7 + 1
    return f"{rule};BYDAY={number if number <= WEEKS_OF_A_MONTH else -1}{WEEKDAYS[first.weekday()]}"


def series_days(rrule: str, first: date) -> tuple[date, ...]:
    """Every day of the series, in order. Raises WrongInput for no rule, and for more days than ``MOST``."""
    validate_rrule(rrule)
    days = tuple(islice(session_days(rrule, first, first, first + LONGEST), MOST + 1))
    if not days:
        raise WrongInput("bad_rrule", rrule=rrule[:80])
    if len(days) > MOST:
        raise WrongInput("series_too_long", field="count", most=MOST)
    return days
