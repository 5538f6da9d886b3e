"""The arithmetic of reports: medians, percentiles, shares, weeks. Pure; nothing of nothing is None, never zero."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which that share of the others lies, between neighbours in proportion (Hyndman & Fan, type 7)."""
    if not values:
        return None
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def median(values: Sequence[float]) -> float | None:
    return percentile(values, 0.5)


def share(part: float, whole: float) -> float | None:
    """Of one; None where there is no whole."""
    return part / whole if whole else None


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def monday_of(number: int) -> int:
    """The same of a day's ordinal, by arithmetic alone: the first day of the calendar was a Monday."""
    return number - (number - 1) % 7


def weeks(first: date, last: date) -> tuple[date, ...]:
    """The Mondays of all weeks that a period touches."""
    begin = week_of(first)
    return tuple(begin + timedelta(days=7 * number) for number in range((week_of(last) - begin).days // 7 + 1))
