"""Times of day as people type them, alone or behind a date: "10:30", "2pm", "fri 9", "12/4 at 2 pm"."""

from __future__ import annotations

import re
from datetime import date, time

from desk_app.domain.typed_dates import typed_date

_WORDS = {"noon": time(12), "midnight": time(0)}
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2}) ?(am|pm|a|p)?$")
_HOUR = re.compile(r"(\d{1,2}) ?(am|pm|a|p|h)$")
_BARE = re.compile(r"(\d{1,2})$")

When = tuple[date | None, time | None]


def typed_time(text: str) -> time | None:
    """The time meant, or None. A bare number is an hour of the clock of 24."""
    words = " ".join(text.casefold().split()).removeprefix("at ")
    if words in _WORDS:
        return _WORDS[words]
    if match := _CLOCK.match(words):
        return _real(int(match[1]), int(match[2]), match[3])
    if match := _HOUR.match(words):
        return _real(int(match[1]), 0, match[2])
    return _real(int(match[1]), 0, None) if (match := _BARE.match(words)) else None


def typed_when(text: str, today: date) -> When | None:
    """A date, a time, or a date with a time behind it; None where it is none of them."""
    day = typed_date(text, today)
    if day is not None:
        return day, None
    clock = typed_time(text)
    if clock is not None:
        return None, clock
    words = text.split()
    for count in (1, 2, 3):
        head, tail = " ".join(words[:-count]), " ".join(words[-count:])
        day, clock = typed_date(head, today), typed_time(tail)
        if day is not None and clock is not None:
            return day, clock
    return None


def _real(hour: int, minute: int, half: str | None) -> time | None:
    if half in ("am", "pm", "a", "p"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
