"""The computer's clock as the program's one source of the present."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """Aware UTC, whole seconds: the database keeps no finer instants."""

    def now(self) -> datetime:
        return datetime.now(UTC).replace(microsecond=0)
