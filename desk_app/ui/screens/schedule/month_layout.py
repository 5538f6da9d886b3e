"""Where a month's days lie, in whole pixels, and which day a step of the keyboard leads to. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from desk_app.domain.calendar_pages import WEEK_DAYS
from desk_app.domain.dataclass import dataclass
from desk_app.ui.screens.schedule.board_layout import Box


@dataclass(frozen=True, slots=True)
class MonthLayout:
    """Weeks under one another below a head with the weekdays; every pixel is given to some day."""

    width: int
    height: int
    head: int
    weeks: int

    def cell(self, place: int) -> Box:
        """The box of the day at a place, counted from the first Monday."""
        week, weekday = divmod(place, WEEK_DAYS)
        left, right = self._edge(weekday, self.width, WEEK_DAYS), self._edge(weekday + 1, self.width, WEEK_DAYS)
        room = max(0, self.height - self.head)
        top, bottom = self._edge(week, room, self.weeks), self._edge(week + 1, room, self.weeks)
        return Box(left, self.head + top, right - left, bottom - top)

    def place_at(self, x: int, y: int) -> int | None:
        """The place under a point; None on the head and outside."""
        places = range(self.weeks * WEEK_DAYS)
        return next((place for place in places if self.cell(place).contains(x, y)), None)

    @staticmethod
    def _edge(number: int, room: int, parts: int) -> int:
        return number * room // parts


def stepped(day: date, key: str, days: Sequence[date]) -> date:
    """``left``, ``right``, ``up`` and ``down`` by days and weeks, ``first`` and ``last`` of the week; within reach."""
    if key == "first":
        return max(day - timedelta(days=day.weekday()), days[0])
    if key == "last":
        return min(day + timedelta(days=WEEK_DAYS - 1 - day.weekday()), days[-1])
    step = {"left": -1, "right": 1, "up": -WEEK_DAYS, "down": WEEK_DAYS}[key]
    number = day.toordinal() + step
    return date.fromordinal(max(date.min.toordinal(), min(number, date.max.toordinal())))
