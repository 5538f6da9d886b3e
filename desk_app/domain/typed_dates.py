"""Dates as people type them into the search box: "fri", "tomorrow", "12/4", "4 dec", "+2w", "2026-12-04"."""

from __future__ import annotations

import re
from datetime import date, timedelta

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_WORDS = {"today": 0, "tomorrow": 1, "yesterday": -1}
_STEP = re.compile(r"([+-])(\d{1,3})([dwmy]?)$")
_NUMBERS = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{2}|\d{4}))?$")
_YEARED = re.compile(r"(?:/\d{1,2}/\d{2}|\d{4})$")
_SHORT_YEAR = re.compile(r"/\d{1,2}/\d{2}$")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_DAY_MONTH = re.compile(r"(\d{1,2})\.? ?([a-z]{3,9})\.?(?: (\d{4}))?$")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:,? (\d{4}))?$")


def typed_date(text: str, today: date) -> date | None:
    """The date meant, or None. A weekday is the next one after today; a day without year the nearest to come.

    Month comes before day in "12/4", as it is written where the practice is.
    """
    words = " ".join(text.casefold().split())
    if words in _WORDS:
        return today + timedelta(days=_WORDS[words])
    return _weekday(words, today) or _step(words, today) or _calendar(words, today)


def typed_birth_date(text: str, today: date) -> date | None:
    """A birth date with its year; two digits mean the latest such year that is not to come. None where it is none.

    A whole year that is still to come is a slip, not a birth a century ago.
    """
    words = " ".join(text.casefold().split())
    if not _YEARED.search(words) and not _ISO.match(words):
        return None
    born = _calendar(words, today)
    if born is None or born <= today:
        return born
    return _clamped(born.year - 100, born.month, born.day) if _SHORT_YEAR.search(words) else None


def _weekday(words: str, today: date) -> date | None:
    plain = words.removeprefix("next ")
    if len(plain) < 2:
        return None
    found = [number for number, name in enumerate(_DAYS) if name.startswith(plain)]
    if len(found) != 1:
        return None
    ahead = (found[0] - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=ahead)


def _step(words: str, today: date) -> date | None:
    match = _STEP.match(words)
    if match is None:
        return None
    count = int(match[2]) * (1 if match[1] == "+" else -1)
    if match[3] in ("", "d"):
        return today + timedelta(days=count)
    if match[3] == "w":
        return today + timedelta(weeks=count)
    months = today.month - 1 + count * (12 if match[3] == "y" else 1)
    return _clamped(today.year + months // 12, months % 12 + 1, today.day)


def _clamped(year: int, month: int, day: int) -> date | None:
    for last in range(day, 27, -1):
        found = _real(year, month, last)
        if found is not None:
            return found
    return _real(year, month, day)


def _calendar(words: str, today: date) -> date | None:
    if match := _ISO.match(words):
        return _real(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.match(words):
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0) if match[3] else None
        return _nearest(int(match[1]), int(match[2]), year, today)
    if match := _DAY_MONTH.match(words):
        return _nearest(_month(match[2]), int(match[1]), int(match[3]) if match[3] else None, today)
    if match := _MONTH_DAY.match(words):
        return _nearest(_month(match[1]), int(match[2]), int(match[3]) if match[3] else None, today)
    return None


def _month(name: str) -> int:
    found = [number for number, month in enumerate(MONTHS, start=1) if month.startswith(name)]
    return found[0] if len(found) == 1 else 0


def _nearest(month: int, day: int, year: int | None, today: date) -> date | None:
    """Without a year the date lies between two months ago and ten months ahead."""
    if year is not None:
        return _real(year, month, day)
    years = (today.year - 1, today.year, today.year + 1)
    return next(
        (found for year in years if (found := _real(year, month, day)) and found > today - timedelta(days=61)), None
    )


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
