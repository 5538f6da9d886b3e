"""Weeks and months of the calendar as pages are turned: arithmetic of dates within those there are."""

from __future__ import annotations

from datetime import date, timedelta

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
