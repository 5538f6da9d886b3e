"""The days read lately: the one shown and its neighbours, each kept until a change touches it. No Qt."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Generic, TypeVar

from desk_app.application.outcome import Changes, Record
from desk_app.application.schedule_view import DayView

NEIGHBOURS = 1
"""Days kept before and after the one shown: one key away, they are there at once."""


V = TypeVar("V")


class DayCache(Generic[V]):
    """What was read, by day. A read is begun with a ticket; an answer that a change has overtaken is not kept."""

    def __init__(self) -> None:
        self._views: dict[date, V] = {}
        self._reading: dict[date, int] = {}
        self._ticket = 0

    def view(self, day: date) -> V | None:
        """The day as last read, unless something has changed it since."""
        return self._views.get(day)

    def begin(self, day: date) -> int | None:
        """A ticket for reading a day; None where it is being read already."""
        if day in self._reading:
            return None
        self._ticket += 1
        self._reading[day] = self._ticket
        return self._ticket

    def answer(self, day: date, ticket: int, view: V) -> bool:
        """Keeps what was read; False where a change came in between and it must be read anew."""
        if self._reading.get(day) != ticket:
            return False
        del self._reading[day]
        self._views[day] = view
        return True

    def improve(self, day: date, view: V) -> None:
        """Keeps the same day made up otherwise, where it is kept at all."""
        if day in self._views:
            self._views[day] = view

    def failed(self, day: date, ticket: int) -> None:
        """The read came to nothing; the next one may begin."""
        if self._reading.get(day) == ticket:
            del self._reading[day]

    def keep_around(self, day: date) -> None:
        """Drops every day that is no neighbour of this one."""
        near = {day + timedelta(days=offset) for offset in range(-NEIGHBOURS, NEIGHBOURS + 1)}
        self._views = {each: view for each, view in self._views.items() if each in near}

    def apply(self, changes: Changes) -> None:
        """Forgets what a commit has changed: its days, or everything where the practice itself changed."""
        everything = changes.touches(Record.PRACTICE)
        touched = set(self._views) | set(self._reading) if everything else changes.days
        for day in touched:
            self._views.pop(day, None)
            self._reading.pop(day, None)

    def clear(self) -> None:
        """Forgets every day."""
        self._views.clear()
        self._reading.clear()


def changed_visits(before: DayView | None, after: DayView) -> frozenset[int]:
    """The visits of a day that are new or different in the later view of the same day."""
    if before is None or before.plan.day != after.plan.day:
        return frozenset()
    old = {line.appointment_id: line for line in before.plan.lines}
    return frozenset(line.appointment_id for line in after.plan.lines if old.get(line.appointment_id) != line)
