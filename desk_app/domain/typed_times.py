"""Times of day as people type them: "8", "8:30", "0830", "13.15", "24:00"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from desk_app.domain.zone import wall_instant

DAY = 24 * 60
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm|a|p)?$")


def typed_clock(text: str) -> int | None:
    """Minutes of the wall clock from 0 to 1440 (24:00, the day's end), or None where it is no time."""
    match = _CLOCK.match(text.strip().casefold())
    if match is None:
        return None
    hours, minutes = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if match[3].startswith("p") else 0)
    total = hours * 60 + minutes
    return total if minutes < 60 and total <= DAY else None


def shown_clock(minutes: int) -> str:
    """``08:30``; the day's end as ``24:00``."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def clock_instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """The instant of a typed time on a day; 24:00 is the next day's midnight."""
    if minutes == DAY:
        return wall_instant(day + timedelta(days=1), time(), zone)
    return wall_instant(day, time(minutes // 60, minutes % 60), zone)
