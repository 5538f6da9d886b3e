"""The slot index of the running program: built once from rows, then kept true by every commit's changes.

Used on one thread only (the database worker's, or the command line's). Before a use case decides, it lets the index
catch up inside its own transaction, so that what the index says is what that transaction sees.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol

from desk_app.application import read_models as rm
from desk_app.application.outcome import Changes, Record
from desk_app.application.ports import Clock, Queries
from desk_app.domain.faults import StorageUnavailable
from desk_app.domain.practice import Catalogue
from desk_app.domain.slots import SlotIndex
from desk_app.domain.zone import local_date, zone_of

DAYS_BEFORE = 2
DAYS_AHEAD = 400
"""The index reaches over a year, so that a search of 365 days never has to extend it."""

FAR = 800
"""Days beyond this, before or after today, get an index of their own: the one that is kept never grows over years."""


class IndexSource(Protocol):
    """Where changed visits are read from: a unit of work, or the read side."""

    def changes_since(self, seq: int) -> Changes: ...
    def index_rows_of(self, appointment_ids: Iterable[int]) -> rm.IndexRows: ...


class SlotService:
    """Holds the catalogue and the slot index, and brings both up to date."""

    def __init__(self, queries: Queries, clock: Clock) -> None:
        self._queries = queries
        self._clock = clock
        self._catalogue: Catalogue | None = None
        self._index: SlotIndex | None = None
        self._first = date.min
        self._last = date.min
        self._seq = 0
        self._own: frozenset[tuple[Record, int]] = frozenset()
        self._own_seq = 0

    def catalogue(self) -> Catalogue:
        """The practice as loaded; raises StorageUnavailable ``no_practice`` where none is."""
        if self._catalogue is None:
            self._seq = self._queries.last_seq()  # before the look: what comes in between is only read twice
            self._catalogue = self._queries.catalogue()
        if self._catalogue is None:
            raise StorageUnavailable("no_practice")
        return self._catalogue

    def today(self) -> date:
        return local_date(self._clock.now(), zone_of(self.catalogue().settings))

    def index(self, first: date | None = None, last: date | None = None) -> SlotIndex:
        """The index over at least ``[first, last]`` (that one day, or today), with lapsed holds dropped as of now."""
        today = self.today()
        first = first or today
        last = last or first
        if abs((first - today).days) > FAR or (last - today).days > FAR:
            return self._read(first - timedelta(days=DAYS_BEFORE), last)[0]
        if self._index is None or first < self._first or last > self._last:
            self._build(min(first, today), max(last, today + timedelta(days=DAYS_AHEAD)))
        assert self._index is not None
        self._index.expire_holds(self._clock.now())
        return self._index

    def hours(self, day: date, days: int = 1) -> SlotIndex:
        """What is open on a day and those after it, at once: an index that need not know of any visit."""
        if days == 1 and self._index is not None and self._first <= day <= self._last:
            return self._index
        return SlotIndex(self.catalogue(), day, days)

    def catch_up(self, source: IndexSource) -> Changes:
        """Applies what was committed since the index was last true, as ``source`` sees it, and answers what that was.

        Without an index no start was ever said to be free, and no visit counts as news.
        """
        if self._catalogue is None:
            return Changes()
        changes = source.changes_since(self._seq)
        if changes.seq <= self._seq:
            return Changes()
        if changes.touches(Record.PRACTICE):
            self.forget()
            return changes
        self._seq = changes.seq
        own, self._own = self._own, frozenset()
        if self._index is None:
            return Changes()
        self._apply(source.index_rows_of(changes.ids(Record.APPOINTMENT)), changes.ids(Record.APPOINTMENT))
        return Changes(changes.records - own, changes.days, changes.seq)

    def did(self, changes: Changes) -> None:
        """A commit of this desk, which is news to nobody here.

        Whoever next asks the index brings it up to that; at once only where others' commits lie in between.
        """
        follows = changes.seq == max(self._seq, self._own_seq) + 1
        self._own |= changes.records
        self._own_seq = changes.seq
        if not follows:
            self.catch_up(self._queries)

    def forget(self) -> None:
        """Drops everything; it is read anew when next asked for."""
        self._catalogue = None
        self._index = None

    def _build(self, first: date, last: date) -> None:
        self._index, self._seq = self._read(first - timedelta(days=DAYS_BEFORE), last)
        self._first, self._last = first, last

    def _read(self, first: date, last: date) -> tuple[SlotIndex, int]:
        """An index of just these days, and the commit it is true as of; catalogue and visits are of one moment."""
        while True:
            catalogue, since = self.catalogue(), self._seq
            rows = self._queries.index_rows(first, last, self._clock.now())
            if rows.seq <= since or not self._queries.changes_since(since).touches(Record.PRACTICE):
                break
            self.forget()
        index = SlotIndex(catalogue, first, (last - first).days + 1)
        index.load_rows(rows.uses, rows.visits)
        return index, rows.seq

    def _apply(self, rows: rm.IndexRows, touched: frozenset[int]) -> None:
        assert self._index is not None
        for appointment_id in touched:
            self._index.remove(appointment_id)
        visits = [
            visit for visit in rows.visits if self._first - timedelta(days=DAYS_BEFORE) <= visit.day <= self._last
        ]
        kept = {visit.appointment_id for visit in visits}
        self._index.load_rows([use for use in rows.uses if use.appointment_id in kept], visits)
