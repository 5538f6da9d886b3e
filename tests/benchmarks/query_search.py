"""The same search as other programs do it: for each start and each resource that might serve, a query.

The queries are as good as they can be: an index over resource and end, and a bound on how long anything lasts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from desk_app.domain.practice import Catalogue, ResourceKind
from desk_app.domain.slots import SlotQuery
from desk_app.domain.zone import day_span, zone_of

LONGEST_S = 26 * 3600
BUSY = (
    "SELECT 1 FROM allocation WHERE resource_id = ? AND lane = 0 AND active = 1 "
    "AND blocked_until_s > ? AND blocked_until_s < ? AND start_s < ? LIMIT 1"
)
Label = tuple[str, tuple[tuple[int, int], ...], tuple[str, ...]]


class QuerySearch:
    """Opening hours are looked up in memory; what is taken is asked of the database."""

    def __init__(self, connection: Any, catalogue: Catalogue) -> None:
        self._connection, self._catalogue = connection, catalogue
        self._zone = zone_of(catalogue.settings)
        self._ids = dict(connection.execute("SELECT code, id FROM resource"))
        self._hours = {
            session.resource: (_seconds(session.start), _seconds(session.end)) for session in catalogue.sessions
        }

    def find(self, query: SlotQuery) -> list[int]:
        """The first starts in epoch seconds."""
        labels, found = self._labels(query), []
        for start, opening in self._starts(query):
            if self._fits(labels, start, opening):
                found.append(start)
                if len(found) >= query.limit:
                    break
        return found

    def _labels(self, query: SlotQuery) -> list[Label]:
        """Each label with its stretches in seconds from the start, and who could serve."""
        stretches: dict[str, list[tuple[int, int]]] = {}
        asked: dict[str, tuple[ResourceKind, set[str]]] = {}
        at = 0
        for phase in query.procedure.booked_phases(query.effective_stay()):
            end = at + phase.length(query.levels) * 60
            for need in phase.needs:
                stretches.setdefault(need.label, []).append((at, end))
                asked.setdefault(need.label, (need.kind, set()))[1].update(need.capabilities)
            at = at if phase.beside else end
        return [
            (label, ((spans[0][0], spans[-1][1]),), self._able(*asked[label], query))
            for label, spans in stretches.items()
        ]

    def _able(self, kind: ResourceKind, capabilities: set[str], query: SlotQuery) -> tuple[str, ...]:
        able = [r.code for r in self._catalogue.of_kind(kind) if capabilities <= set(r.capabilities)]
        wanted = [code for code in able if code in query.wanted]
        return tuple(wanted or able)

    def _starts(self, query: SlotQuery) -> Iterator[tuple[int, int]]:
        """(start, local midnight) of every cell of the working days' hours."""
        cell = self._catalogue.settings.cell_minutes * 60
        first, last = min(start for start, _ in self._hours.values() if start), 17 * 3600
        for ahead in range(query.days):
            day = query.first_day + timedelta(days=ahead)
            if day.weekday() < 5:
                midnight = int(day_span(day, self._zone)[0].timestamp())
                for second in range(first, last, cell):
                    yield midnight + second, midnight

    def _fits(self, labels: list[Label], start: int, midnight: int) -> bool:
        return all(
            any(self._is_free(code, start, spans, midnight) for code in candidates) for _, spans, candidates in labels
        )

    def _is_free(self, code: str, start: int, spans: tuple[tuple[int, int], ...], midnight: int) -> bool:
        opens, closes = self._hours[code]
        resource = self._ids[code]
        for begin, end in spans:
            if start + begin < midnight + opens or start + end > midnight + closes:
                return False
            bound = resource, start + begin, start + end + LONGEST_S, start + end
            if self._connection.execute(BUSY, bound).fetchone():
                return False
        return True


def _seconds(clock: Any) -> int:
    return int(clock.hour) * 3600 + int(clock.minute) * 60
