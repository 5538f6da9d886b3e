"""Dates and times as people and their programs write them into forms."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from desk_app.domain.zone import to_utc

OLDEST_YEARS = 120
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_US = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$")
_WORDS = re.compile(r"(\d{1,2})\.? ([a-z]{3,9})\.?,? (\d{4})$|([a-z]{3,9})\.? (\d{1,2}),? (\d{4})$")
_STAMPS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M")


def birth_date(text: str, today: date) -> date | None:
    """The birth date meant; None where it is no day, to come, or more than 120 years ago.

    Two digits of a year mean the last such year that has passed.
    """
    parts = _parts(" ".join(text.split()).casefold())
    if parts is None:
        return None
    year, month, day = parts
    if year < 100:
        year += today.year // 100 * 100
        if year > today.year:
            year -= 100
    try:
        born = date(year, month, day)
    except ValueError:
        return None
    return born if today - timedelta(days=OLDEST_YEARS * 366) <= born <= today else None


def _parts(text: str) -> tuple[int, int, int] | None:
    if match := _ISO.match(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _US.match(text):
        return int(match[3]), int(match[1]), int(match[2])
    if match := _WORDS.match(text):
        name, day, year = (match[2], match[1], match[3]) if match[1] else (match[4], match[5], match[6])
        if name[:3] in _MONTHS:
            return int(year), _MONTHS.index(name[:3]) + 1, int(day)
    return None


def stamp(text: str, zone: ZoneInfo) -> datetime | None:
    """When a row was submitted: ISO with or without offset, or the American way; wall clock of the practice."""
    words = " ".join(text.split())
    try:
        return to_utc(datetime.fromisoformat(words), zone)
    except (ValueError, OverflowError):
        pass
    for form in _STAMPS:
        try:
            return to_utc(datetime.strptime(words, form), zone)
        except (ValueError, OverflowError):
            continue
    return None
