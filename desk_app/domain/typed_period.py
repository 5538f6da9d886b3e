"""Periods as people type them: "1 Oct to 15 Nov", "2026-10-01..2026-10-31", "october", "2025", "yesterday"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from desk_app.domain.typed_dates import MONTHS, typed_date

_BETWEEN = re.compile(r"\s*(?:\.\.|–|—|\bto\b|\buntil\b| - )\s*")
_MONTH = re.compile(r"([a-z]{3,9})(?: (\d{4}))?$")
_YEAR = re.compile(r"(\d{4})$")


def typed_period(text: str, today: date) -> tuple[date, date] | None:
    """First and last day, or None. What has no year is the last one that has begun: reports look back."""
    words = " ".join(text.casefold().split())
    if match := _YEAR.match(words):
        return _year(int(match[1]))
    if (match := _MONTH.match(words)) and (number := _month(match[1])):
        year = int(match[2]) if match[2] else today.year - (number > today.month)
        return _whole_month(year, number)
    parts = _BETWEEN.split(words)
    if len(parts) == 1:
        day = _past(parts[0], today)
        return (day, day) if day else None
    if len(parts) != 2:
        return None
    last = _past(parts[1], today)
    first = _past(parts[0], last or today)
    return (first, last) if first and last and first <= last else None


def _past(words: str, today: date) -> date | None:
    """A day that has come; one that is to come this year was meant last year, unless its year was typed."""
    found = typed_date(words, today)
    if found is None or found <= today or re.search(r"\d{4}", words):
        return found
    weekday = not any(ch.isdigit() for ch in words)
    if weekday:
        return date.fromordinal(found.toordinal() - 7)
    return found.replace(year=found.year - 1) if (found.month, found.day) != (2, 29) else None


def _month(name: str) -> int:
    found = [number for number, month in enumerate(MONTHS, start=1) if month.startswith(name)]
    return found[0] if len(found) == 1 else 0


def _year(year: int) -> tuple[date, date] | None:
    return (date(year, 1, 1), date(year, 12, 31)) if year >= 1 else None


def _whole_month(year: int, month: int) -> tuple[date, date] | None:
    return (date(year, month, 1), date(year, month, monthrange(year, month)[1])) if year >= 1 else None
