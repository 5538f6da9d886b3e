"""Dates and times as people and their programs write them into forms."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from desk_app.domain.zone import to_utc

OLDEST_YEARS = 120
_MONTH_FIRST = frozenset({"US", "PR", "GU", "VI", "AS", "MP", "PH", "FM", "MH", "PW"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPANISH = {"ene": 1, "abr": 4, "ago": 8, "dic": 12}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]00:00(?::00(?:\.0+)?)?z?)?")
_PAIR = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|'?\d{2})")
_EIGHT = re.compile(r"(\d{4})(\d{4})")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b|\b(?:de|of|the)\b")
_AROUND = re.compile(r" *([-/.]) *")
_DAY_MONTH = re.compile(r"(\d{1,2})[. -]+([a-z]{3,10})[., -]+(\d{4}|'?\d{2})")
_MONTH_DAY = re.compile(r"([a-z]{3,10})[. -]+(\d{1,2})[, -]+(\d{4}|'?\d{2})")
_STAMPS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y",
)

Parts = tuple[int, int, int]


def is_month_first(region: str) -> bool:
    """Whether 3/4 is the fourth of March where the practice is."""
    return region.upper() in _MONTH_FIRST


def birth_date(text: str, today: date, month_first: bool = True) -> date | None:
    """The birth date meant; None where it is no day, can be read in two ways, is to come, or over 120 years ago.

    Two digits of a year mean the last such year that has passed.
    """
    words = _AROUND.sub(r"\1", " ".join(_ORDINAL.sub(" ", text.casefold()).split()))
    readings = _readings(words, month_first)
    found = {day for parts in readings if (day := _born(parts, today)) is not None}
    return found.pop() if len(found) == 1 else None


def _born(parts: Parts, today: date) -> date | None:
    year, month, day = parts
    two_digits = year < 100
    if two_digits:
        year += today.year // 100 * 100
        year -= 100 if year > today.year else 0
    born = _real(year, month, day)
    if two_digits and born is not None and born > today:
        born = _real(year - 100, month, day)
    return born if born and today - timedelta(days=OLDEST_YEARS * 366) <= born <= today else None


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _readings(text: str, month_first: bool) -> list[Parts]:
    """Every reading of the words that is not plainly another country's."""
    if match := _ISO.fullmatch(text):
        return [(int(match[1]), int(match[2]), int(match[3]))]
    if match := _PAIR.fullmatch(text):
        return _pair(int(match[1]), int(match[3]), _year(match[4]), match[2], month_first)
    if match := _EIGHT.fullmatch(text):
        first, last = match[1], match[2]
        return [
            (int(first), int(last[:2]), int(last[2:])),
            *_pair(int(first[:2]), int(first[2:]), int(last), "/", month_first),
        ]
    if match := _DAY_MONTH.fullmatch(text):
        return [(_year(match[3]), _month(match[2]), int(match[1]))]
    if match := _MONTH_DAY.fullmatch(text):
        return [(_year(match[3]), _month(match[1]), int(match[2]))]
    return []


def _pair(one: int, two: int, year: int, between: str, month_first: bool) -> list[Parts]:
    """With points a day comes first in most of the world, a month in none of it for sure: both readings count."""
    month_day, day_month = (year, one, two), (year, two, one)
    if between == "." and month_first:
        return [month_day, day_month]
    usual, other = (month_day, day_month) if month_first else (day_month, month_day)
    return [usual] if usual[1] <= 12 else [other]


def _year(text: str) -> int:
    return int(text.lstrip("'"))


def _month(name: str) -> int:
    """1 to 12, or 0 for what is no month."""
    short = name[:3]
    return _MONTHS.index(short) + 1 if short in _MONTHS else _SPANISH.get(short, 0)


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
