"""Brings weeks and months to the screen: the wanted one, its neighbours read ahead, changed ones anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from desk_app.application.outcome import Changes, Record
from desk_app.ui.tasks import Tasks

NIGHTS_BEFORE = timedelta(days=3)
"""A stay that began before the first day may still lie in it."""

EVERYTHING = (Record.PRACTICE, Record.BLOCKOUT, Record.SESSION)


class Kind(NamedTuple):
    """What makes a week or a month: how one is read, which it is, and the next ones."""

    read: Callable[[date], Any]
    """Called with the first day, on the window's thread; answers the work for the worker."""

    first: Callable[[date], date]
    turned: Callable[[date, int], date]


class SpanLoader(QObject):
    """Reads on the worker; answers by signal on the window's thread."""

    ready = Signal(object)
    failed = Signal(object)

    def __init__(self, kind: Kind, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._kind, self._tasks = kind, tasks
        self._known: dict[date, Any] = {}
        self._reading: dict[date, int] = {}
        self._ticket = 0
        self._wanted: date | None = None

    def want(self, day: date) -> None:
        """Shows what a day lies in as soon as it is there: at once where it was read ahead."""
        first = self._wanted = self._kind.first(day)
        near = {first, *self._neighbours(first)}
        self._known = {each: span for each, span in self._known.items() if each in near}
        if first in self._known:
            self._show(first)
        else:
            self._read(first)

    def apply(self, changes: Changes) -> None:
        """Forgets what a commit changed; what is shown is read anew."""
        everything = any(changes.touches(record) for record in EVERYTHING)
        for first in [*self._known, *self._reading]:
            begin, end = first - NIGHTS_BEFORE, self._kind.turned(first, 1) + timedelta(days=7)
            if everything or any(begin <= day < end for day in changes.days):
                self._known.pop(first, None)
                self._reading.pop(first, None)

    def renew(self) -> None:
        """Reads what is shown anew where it is no longer known."""
        if self._wanted is not None and self._wanted not in self._known:
            self._read(self._wanted)

    def forget(self) -> None:
        """Everything may be otherwise."""
        self._known.clear()
        self._reading.clear()

    def _neighbours(self, first: date) -> list[date]:
        return [near for near in (self._kind.turned(first, 1), self._kind.turned(first, -1)) if near != first]

    def _show(self, first: date) -> None:
        self.ready.emit(self._known[first])
        for near in self._neighbours(first):
            if near not in self._known:
                self._read(near)

    def _read(self, first: date) -> None:
        if first in self._reading:
            return
        self._ticket += 1
        ticket = self._reading[first] = self._ticket
        self._tasks.submit(
            self._kind.read(first),
            lambda span: self._on_read(first, ticket, span),
            lambda fault: self._on_failed(first, ticket, fault),
        )

    def _on_read(self, first: date, ticket: int, span: Any) -> None:
        if self._reading.get(first) == ticket:
            del self._reading[first]
            self._known[first] = span
            if first == self._wanted:
                self._show(first)
        elif first == self._wanted:
            self._read(first)

    def _on_failed(self, first: date, ticket: int, fault: Exception) -> None:
        if self._reading.get(first) == ticket:
            del self._reading[first]
            if first == self._wanted:
                self.failed.emit(fault)
