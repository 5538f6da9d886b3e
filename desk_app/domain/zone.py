"""Wall clock and UTC. A day is a local date; its minutes are elapsed minutes from its local midnight.

An ambiguous wall time is the first one; a missing one is shifted forward by the gap (PEP 495, ``fold=0``).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from desk_app.domain.practice import Settings


def to_utc(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a wall-clock time; a time that carries an offset keeps its instant."""
    if wall.tzinfo is not None:
        return wall.astimezone(UTC)
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def wall_instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The instant of a wall-clock time on a local date."""
    return to_utc(datetime.combine(day, clock), zone)


@lru_cache(maxsize=4096)
def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a local date begins."""
    return wall_instant(day, time(), zone)


def day_span(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """``[start, end)`` of a local date: 23, 24 or 25 hours."""
    return midnight(day, zone), midnight(day + timedelta(days=1), zone)


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """The local date an instant falls on."""
    return instant.astimezone(zone).date()


def minutes_into_day(instant: datetime, zone: ZoneInfo) -> int:
    """Whole elapsed minutes since that day's local midnight (not the wall clock after a clock change)."""
    return int((instant - midnight(local_date(instant, zone), zone)).total_seconds() // 60)


def zone_of(settings: Settings) -> ZoneInfo:
    """The practice's time zone."""
    from zoneinfo import ZoneInfo  # the window's frame stands before anybody needs a zone

    return ZoneInfo(settings.time_zone)
