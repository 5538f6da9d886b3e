"""When somebody can be reached, from their own words: the plain ones are understood, nothing is guessed. Pure.

Understood: parts of the day ("mornings", "afternoon or evening"), "after 3 pm", "before 10:30", "between 9 and 11 am",
"8:30-10:00", weekdays before or after any of these ("Mondays after 3 pm", "weekdays"), and "any time". Words that
leave a doubt ("after work", "after 3", "not Fridays") make the whole text not understood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY = 24 * 60
NOON = 12 * 60
PARTS = {"morning": (0, NOON), "afternoon": (NOON, 17 * 60), "evening": (17 * 60, 21 * 60)}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FILLING = frozenset({"only", "best", "please", "call", "me", "in", "the", "on", "at", "is", "ideally", "time", "s"})
BEGINS, ENDS = frozenset({"after", "since"}), frozenset({"before", "until", "till"})
_DAY = re.compile(r"(mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(day)?s?$")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(am|pm)?$")
_SPACES = ((r"\ba\.\s?m\.?", "am"), (r"\bp\.\s?m\.?", "pm"), (r"(\d)\s+([ap]m)\b", r"\1\2"), (r"any\s?time", "anytime"))


class Window(NamedTuple):
    """``stretches`` of minutes of the wall clock, on these ``weekdays`` (0 is Monday)."""

    weekdays: frozenset[int]
    stretches: tuple[tuple[int, int], ...]

    def is_open(self, when: datetime, zone: ZoneInfo) -> bool:
        local = when.astimezone(zone)
        minute = local.hour * 60 + local.minute
        return local.weekday() in self.weekdays and any(start <= minute < end for start, end in self.stretches)


@lru_cache(maxsize=4096)
def window_of(words: str) -> Window | None:
    """The window that the words mean; None where they are empty or leave a doubt."""
    rest, days, stretches = _tokens(words), set[int](), list[tuple[int, int]]()
    if not rest:
        return None
    while rest:
        day, rest = _weekdays(rest)
        if day:
            days |= day
            continue
        stretch, rest = _stretch(rest)
        if stretch is None:
            return None
        stretches.append(stretch)
    return Window(frozenset(days or range(7)), tuple(stretches or [(0, DAY)]))


def _tokens(words: str) -> Sequence[str]:
    text = words.casefold().strip()
    for pattern, instead in _SPACES:
        text = re.sub(pattern, instead, text)
    found = re.findall(r"\d{1,2}[:.]\d{2}(?:am|pm)?|\d{1,2}(?:am|pm)?(?![\w])|[^\W\d]+|[-–]|[^\s,;.&/()'’]", text)
    return [token for token in found if token not in FILLING]


def _weekdays(tokens: Sequence[str]) -> tuple[frozenset[int], Sequence[str]]:
    """The days that the first words name; none where they name something else."""
    if tokens[0] in ("weekday", "weekdays"):
        return frozenset(range(5)), _joined(tokens[1:])
    first = _day(tokens[0])
    if first is None:
        return frozenset(), tokens
    last = _day(tokens[2]) if len(tokens) > 2 and tokens[1] in ("-", "–", "to", "through") else None
    if last is not None:
        return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1)), _joined(tokens[3:])
    return frozenset({first}), _joined(tokens[1:])


def _joined(tokens: Sequence[str]) -> Sequence[str]:
    """What follows an "and" or an "or" belongs to the same list; one that nothing follows says nothing."""
    return tokens[1:] if tokens and tokens[0] in ("and", "or", "to") and len(tokens) > 1 else tokens


def _day(token: str) -> int | None:
    match = _DAY.match(token)
    return DAYS.index(match[1][:3]) if match else None


def _stretch(tokens: Sequence[str]) -> tuple[tuple[int, int] | None, Sequence[str]]:
    first, rest = tokens[0], tokens[1:]
    if first == "anytime":
        return (0, DAY), _joined(rest)
    if first.removesuffix("s") in PARTS:
        return PARTS[first.removesuffix("s")], _joined(rest)
    if first in BEGINS or first in ENDS:
        at = _clock(rest[0]) if rest else None
        if at is None:
            return None, ()
        return ((at, DAY) if first in BEGINS else (0, at)), _joined(rest[1:])
    return _between(rest if first in ("between", "from") else tokens)


def _between(tokens: Sequence[str]) -> tuple[tuple[int, int] | None, Sequence[str]]:
    if len(tokens) < 3 or tokens[1] not in ("and", "to", "-", "–"):
        return None, ()
    end = _clock(tokens[2])
    start = _clock(tokens[0])
    if start is None and end is not None:
        start = _clock(tokens[0] + tokens[2][-2:])
    if start is None or end is None or start >= end:
        return None, ()
    return (start, end), _joined(tokens[3:])


def _clock(token: str) -> int | None:
    """Minutes of the wall clock; None for a bare hour, which may be one of two."""
    if token == "noon":
        return NOON
    match = _CLOCK.match(token)
    if match is None or (match[2] is None and match[3] is None):
        return None
    hours, minutes = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if match[3] == "pm" else 0)
    elif hours < 8:  # "3:30" without more is as likely the afternoon's
        return None
    return hours * 60 + minutes if hours < 24 and minutes < 60 else None
