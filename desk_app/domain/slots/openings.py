"""When each resource is open, for whom: sessions, reserved blocks and their release, blockouts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from desk_app.domain.practice import EVERY_RESOURCE, Catalogue, Session
from desk_app.domain.slots.calendar_of_cells import TAIL_DAYS, Run
from desk_app.domain.slots.cells import from_spans
from desk_app.domain.slots.rrules import session_days
from desk_app.domain.zone import local_date, wall_instant

LONGEST_S = 2 * 86_400


class OpenStretch(NamedTuple):
    """One day of a session: epoch seconds ``[start, end)``, and the local date it begins on."""

    day: date
    start: int
    end: int
    session: Session

    def admits(self, procedure: str | None, today: date) -> bool:
        """Whether that procedure may use it today; ``None`` is any procedure that no block is kept for."""
        return not self.session.reserved_for or procedure in self.session.reserved_for or self.is_released(today)

    def is_released(self, today: date) -> bool:
        days = self.session.release_days
        in_time = days is not None and today >= self.day - timedelta(days=days)
        return in_time or self.is_released_by_hand

    @property
    def is_released_by_hand(self) -> bool:
        return self.day in self.session.released


class Openings:
    """The open stretches of every resource over the days of an index, with a day before and the tail after."""

    def __init__(self, catalogue: Catalogue, first_day: date, days: int, zone: ZoneInfo) -> None:
        begin, end = first_day - timedelta(days=2), first_day + timedelta(days=days + TAIL_DAYS)
        self._stretches: dict[str, list[OpenStretch]] = {resource.code: [] for resource in catalogue.resources}
        found: dict[tuple[object, ...], list[tuple[date, int, int]]] = {}
        for session in catalogue.sessions:
            alike = session.rrule, session.first_day, session.start, session.end
            if alike not in found:
                found[alike] = list(_days(session, begin, end, zone))
            self._stretches[session.resource] += [OpenStretch(*day, session) for day in found[alike]]
        for stretches in self._stretches.values():
            stretches.sort(key=lambda stretch: (stretch.start, stretch.end))
        self._blocked: dict[str, list[tuple[int, int, str]]] = {code: [] for code in self._stretches}
        for blockout in catalogue.blockouts:
            codes = self._blocked if blockout.resource == EVERY_RESOURCE else (blockout.resource,)
            row = (int(blockout.start.timestamp()), int(blockout.end.timestamp()), blockout.told)
            for code in codes:
                self._blocked[code].append(row)
        self._reserved = {
            code: [stretch for stretch in stretches if stretch.session.reserved_for]
            for code, stretches in self._stretches.items()
        }
        self._masks: dict[tuple[object, ...], int] = {}
        self._usable: dict[tuple[object, ...], int] = {}

    def of(self, resource: str) -> list[OpenStretch]:
        return self._stretches[resource]

    def blockouts(self, resource: str) -> list[tuple[int, int, str]]:
        """(start, end, reason) in epoch seconds."""
        return self._blocked[resource]

    def usable_mask(self, run: Run, resource: str, procedure: str | None, today: date) -> int:
        """Open to that procedure today and not blocked."""
        key = (run.first_day, resource, procedure, today) if self._reserved[resource] else (run.first_day, resource)
        mask = self._usable.get(key)
        if mask is None:
            shut = self.reserved_mask(run, resource, procedure, today) | self.blocked_mask(run, resource)
            mask = self._usable[key] = self.open_mask(run, resource) & ~shut
        return mask

    def open_mask(self, run: Run, resource: str) -> int:
        """Open in any session, whoever it is kept for; rounded inward."""
        return self._cached(run, resource, "open", lambda: _inward(run, _within(run, self._stretches[resource])))

    def blocked_mask(self, run: Run, resource: str) -> int:
        """Blocked out; rounded outward."""
        rows = self._blocked[resource]
        return self._cached(run, resource, "blocked", lambda: outward(run, ((s, e) for s, e, _ in rows)))

    def reserved_mask(self, run: Run, resource: str, procedure: str | None, today: date) -> int:
        """Kept for others: the stretches of blocks that are not released and do not admit the procedure."""
        kept = self._reserved[resource]
        if not kept:
            return 0
        key = (procedure, today)
        return self._cached(run, resource, key, lambda: _kept(run, _within(run, kept), procedure, today))

    def _cached(self, run: Run, resource: str, what: object, make: Callable[[], int]) -> int:
        key = (run.first_day, resource, what)
        mask = self._masks.get(key)
        if mask is None:
            mask = self._masks[key] = make()
        return mask

    def is_open_at(self, resource: str, instant: int) -> bool:
        """Open by any session and not blocked at an instant (epoch seconds), exactly."""
        blocked = any(start <= instant < end for start, end, _ in self._blocked[resource])
        return not blocked and any(s.start <= instant < s.end for s in self._stretches[resource])


def session_at(catalogue: Catalogue, resource: str, instant: datetime, zone: ZoneInfo) -> tuple[Session, date] | None:
    """The block of a resource that covers an instant, and its day there; None where there is none."""
    day, at = local_date(instant, zone), int(instant.timestamp())
    for session in catalogue.sessions:
        if session.resource != resource or not session.reserved_for:
            continue
        for own, start, end in _days(session, day - timedelta(days=1), day + timedelta(days=1), zone):
            if start <= at < end:
                return session, own
    return None


def _days(session: Session, begin: date, end: date, zone: ZoneInfo) -> Iterable[tuple[date, int, int]]:
    """The days of a session with its start and end in epoch seconds."""
    over_night = session.end <= session.start
    for day in session_days(session.rrule, session.first_day, begin, end):
        start = int(wall_instant(day, session.start, zone).timestamp())
        stop = int(wall_instant(day + timedelta(days=1) if over_night else day, session.end, zone).timestamp())
        if stop > start:
            yield day, start, stop


def _within(run: Run, stretches: list[OpenStretch]) -> list[OpenStretch]:
    """Those that may touch a run: none is longer than a day and an hour."""
    low = bisect_left(stretches, run.start_s - LONGEST_S, key=_start_of)
    return stretches[low : bisect_left(stretches, run.seconds(run.size), key=_start_of)]


def _start_of(stretch: OpenStretch) -> int:
    return stretch.start


def _inward(run: Run, stretches: Iterable[OpenStretch]) -> int:
    """Touching and overlapping stretches join before they are rounded."""
    joined: list[list[int]] = []
    for stretch in stretches:
        if joined and stretch.start <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], stretch.end)
        else:
            joined.append([stretch.start, stretch.end])
    return from_spans(((run.cell_up(start), run.cell(end)) for start, end in joined), run.size)


def outward(run: Run, spans: Iterable[tuple[int, int]]) -> int:
    """Every cell that a span touches."""
    return from_spans(((run.cell(start), run.cell_up(end)) for start, end in spans if end > start), run.size)


def _kept(run: Run, stretches: list[OpenStretch], procedure: str | None, today: date) -> int:
    refused = [(s.start, s.end) for s in stretches if not s.admits(procedure, today)]
    return outward(run, refused)


def as_instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
