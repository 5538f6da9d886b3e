"""Recurrence rules of sessions: daily to yearly only, expanded only within our own bounded window.

dateutil is right but searches without end on rules that never come true (30 February), so what it is given is checked
first, and what it answers is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import takewhile

from desk_app.domain.faults import WrongInput

MAX_LENGTH = 500
_PARTS = re.compile(r"^[A-Z0-9=;,+\-:T]+$")
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_KEYS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYYEARDAY", "BYWEEKNO"})
_KEYS |= {"BYSETPOS", "WKST", "BYEASTER"}
_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_MONTH_LENGTHS = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}


def validate_rrule(text: str) -> None:
    """Raises WrongInput ``bad_rrule`` for what is no rule for days, or one that could search without end."""
    parts = _parts(text)
    if parts.get("FREQ") not in _FREQUENCIES or not set(parts) <= _KEYS:
        raise WrongInput("bad_rrule", rrule=text[:80])
    for key, most in (("INTERVAL", 1000), ("COUNT", 10_000)):
        if key in parts and not (parts[key].isdecimal() and 1 <= int(parts[key]) <= most):
            raise WrongInput("bad_rrule", rrule=text[:80])
    if not _can_happen(parts):
        raise WrongInput("bad_rrule", rrule=text[:80])
    try:
        _dateutil(text, date(2026, 1, 1))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError):
        raise WrongInput("bad_rrule", rrule=text[:80]) from None


def _parts(text: str) -> dict[str, str]:
    upper = text.strip().upper().removeprefix("RRULE:")
    if len(text) > MAX_LENGTH or not _PARTS.match(upper):
        raise WrongInput("bad_rrule", rrule=text[:80])
    pairs = [part.partition("=") for part in upper.split(";") if part]
    if any(not equals or not value for _, equals, value in pairs) or len({key for key, _, _ in pairs}) != len(pairs):
        raise WrongInput("bad_rrule", rrule=text[:80])
    return {key: value for key, _, value in pairs}


def _can_happen(parts: dict[str, str]) -> bool:
    """Whether some day of the month exists in some month of the rule; odd combinations need a positive start."""
    if "BYMONTHDAY" not in parts:
        return True
    numbers = [part.lstrip("+-") for part in parts["BYMONTHDAY"].split(",")]
    months = parts.get("BYMONTH", "1").split(",")
    if not all(part.isdecimal() and 1 <= int(part) <= 31 for part in numbers):
        return False
    if not all(month.isdecimal() and 1 <= int(month) <= 12 for month in months):
        return False
    longest = max(_MONTH_LENGTHS.get(int(month), 31) for month in months)
    return min(int(part) for part in numbers) <= longest


def session_days(text: str, first_day: date, start: date, end: date) -> Iterator[date]:
    """The local dates in ``[start, end)`` on which a session of that rule begins."""
    parts = _parts(text)
    if parts == {"FREQ": "DAILY"}:
        return _weekly(set(range(7)), max(first_day, start), end)
    if set(parts) <= {"FREQ", "BYDAY", "WKST"} and parts.get("FREQ") == "WEEKLY":
        names = parts.get("BYDAY", "").split(",") if "BYDAY" in parts else []
        if all(name in _DAYS for name in names):
            return _weekly({_DAYS[name] for name in names} or {first_day.weekday()}, max(first_day, start), end)
    return _expanded(text, first_day, start, end)


def _weekly(weekdays: set[int], start: date, end: date) -> Iterator[date]:
    for ahead in range((end - start).days):
        day = start + timedelta(days=ahead)
        if day.weekday() in weekdays:
            yield day


def _expanded(text: str, first_day: date, start: date, end: date) -> Iterator[date]:
    rule = _dateutil(text, first_day)
    limit = datetime.combine(end, time())
    for found in takewhile(lambda moment: moment < limit, rule):
        if found.date() >= start:
            yield found.date()


def _dateutil(text: str, first_day: date) -> Iterable[datetime]:
    from dateutil.rrule import rrulestr

    return rrulestr(text, dtstart=datetime.combine(first_day, time()))
