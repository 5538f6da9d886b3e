"""Whether the audit trail still has the end that this computer has seen.

The chain of the trail shows what was changed or left out within it, not that its end was cut off. Where it ended is
therefore kept outside the database as well; whoever cuts it would have to reach both.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

from desk_app.application.ports import Clock, Queries
from desk_app.application.read_models import AuditEnd, Breach
from desk_app.domain.faults import StorageUnavailable

KEPT_EVERY = timedelta(minutes=1)
CUT = (
    "This computer has seen it, and it is not there as it was: the end of the audit trail was cut off, or an older "
    "copy of the database was put in its place."
)


class AuditEnds(Protocol):
    """Where the trails ended, by practice and the place of its database; implemented in ``interop``.

    A copy elsewhere has a trail of its own: looking into a backup, or trying something in a copy, is no cut.
    """

    def known(self, practice: str, place: str) -> AuditEnd | None: ...
    def keep(self, end: AuditEnd, place: str) -> None:
        """Instead of what was known of the practice there."""


class AuditWatch:
    """Told of every commit of a desk's own. An end that was seen and is gone is never forgotten for a new one."""

    def __init__(self, ends: AuditEnds, queries: Queries, clock: Clock, place: str) -> None:
        self._ends, self._queries, self._clock, self._place = ends, queries, clock, place
        self._is_lost: bool | None = None
        self._newest: AuditEnd | None = None
        self._kept_at: datetime | None = None

    def breaches(self) -> tuple[Breach, ...]:
        end = self._queries.audit_end()
        lost = self._lost(end.practice) if end is not None else None
        return () if lost is None else (Breach("audit_cut", f"audit event {lost.seq}", CUT),)

    def did(self, end: AuditEnd) -> None:
        """A commit: its end is kept at most once a minute, and when the desk is closed."""
        if self._is_lost is None:
            with suppress(StorageUnavailable):  # the commit stands: it is looked for after the next one
                self._is_lost = self._lost(end.practice) is not None
        self._newest, now = end, self._clock.now()
        if self._kept_at is None or now - self._kept_at >= KEPT_EVERY:
            self._kept_at = now
            self.close()

    def close(self) -> None:
        """Before the desk is. Another desk of this computer may have seen a later end."""
        if self._newest is not None and self._is_lost is False:
            seen = self._ends.known(self._newest.practice, self._place)
            if seen is None or seen.seq < self._newest.seq:
                self._ends.keep(self._newest, self._place)

    def begin_anew(self) -> None:
        """The trail ends where it does now, whatever was seen before: somebody has put a copy back."""
        end = self._queries.audit_end()
        if end is not None:
            self._ends.keep(end, self._place)
            self._is_lost = False

    def _lost(self, practice: str) -> AuditEnd | None:
        """What was seen and is gone."""
        seen = self._ends.known(practice, self._place)
        return seen if seen is not None and self._queries.audit_chain(seen.seq) != seen.chain else None
