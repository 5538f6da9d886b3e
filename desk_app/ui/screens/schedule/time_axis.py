"""Minutes to pixels and back.

A day's minutes are elapsed minutes from its local midnight, so that a day of a clock change has 23 or 25 hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from desk_app.domain.dataclass import dataclass
from desk_app.domain.zone import day_span

QUARTER, HALF_HOUR = 15, 30
MINUTE = timedelta(minutes=1)
MIN_ZOOM, DEFAULT_ZOOM, MAX_ZOOM = 12, 20, 40
"""Pixels for a quarter of an hour: whole pixels only."""

TOP_SPACE = 8
"""Ground above the first and below the last line, so that their labels are whole."""


def bounded_zoom(pixels: int) -> int:
    """The nearest zoom that the board allows."""
    return max(MIN_ZOOM, min(MAX_ZOOM, pixels))


class Line(NamedTuple):
    """A line across the board: ``label`` is the wall clock at a full hour, the empty text at a half hour."""

    minute: int
    label: str


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """The visible minutes ``[first, last)`` of a local day, ``zoom`` pixels to the quarter of an hour.

    ``day_minutes`` is the day's true length: 1380, 1440 or 1500 where a clock changes by an hour.
    """

    day: date
    zone: ZoneInfo
    first: int
    last: int
    zoom: int = DEFAULT_ZOOM
    midnight: datetime = field(init=False, repr=False)
    day_minutes: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        start, end = day_span(self.day, self.zone)
        object.__setattr__(self, "midnight", start)
        object.__setattr__(self, "day_minutes", (end - start) // MINUTE)

    @property
    def height(self) -> int:
        """The whole axis in pixels, with the space at both ends."""
        return self.y_of(self.last) + TOP_SPACE

    def y_of(self, minute: int) -> int:
        """The pixel at which a minute begins."""
        return TOP_SPACE + (minute - self.first) * self.zoom // QUARTER

    def minute_at(self, y: int) -> int:
        """The minute that a pixel shows; the inverse of :meth:`y_of` to within a pixel's worth of minutes."""
        return self.first + -(-(y - TOP_SPACE) * QUARTER // self.zoom)

    def minute_of(self, instant: datetime) -> int:
        """Whole elapsed minutes of an instant since this day's midnight; negative before it."""
        return (instant - self.midnight) // MINUTE

    def instant_of(self, minute: int) -> datetime:
        """The instant (UTC) of a minute of this day."""
        return self.midnight + timedelta(minutes=minute)

    def clock(self, minute: int) -> str:
        """The wall clock of a minute, ``HH:MM``; at the day's end 24:00 rather than 00:00."""
        if minute and minute == self.day_minutes:
            return "24:00"
        return f"{self.instant_of(minute).astimezone(self.zone):%H:%M}"

    def lines(self) -> Iterator[Line]:
        """Hour and half-hour lines in view by the wall clock, whatever a clock change does to it."""
        for minute in range(self.first - self.first % QUARTER, self.last + 1, QUARTER):
            past_hour = self.instant_of(minute).astimezone(self.zone).minute
            if minute >= self.first and past_hour % HALF_HOUR == 0:
                yield Line(minute, "" if past_hour else self.clock(minute))


def snapped(minute: int, cell: int) -> int:
    """The nearest start on the grid of cells."""
    return (minute + cell // 2) // cell * cell
