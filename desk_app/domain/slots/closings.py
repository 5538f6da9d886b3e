"""Why a resource is not simply open on a day, for shading: exact stretches, not rounded to cells."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from desk_app.domain.slots.masks import instant_of
from desk_app.domain.slots.openings import Openings
from desk_app.domain.slots.types import Obstacle
from desk_app.domain.zone import day_span


def closings(openings: Openings, resource: str, day: date, today: date, zone: ZoneInfo) -> tuple[Obstacle, ...]:
    """Stretches of the day by start: ``closed`` (no session), ``reserved`` (an unreleased block), ``blocked``.

    ``released`` is a block that was let go by hand: open to everybody, and worth a word.
    """
    begin, end = (int(instant.timestamp()) for instant in day_span(day, zone))
    stretches = [s for s in openings.of(resource) if s.start < end and s.end > begin]
    found = _gaps(resource, [(s.start, s.end) for s in stretches], begin, end)
    for stretch in stretches:
        if stretch.session.reserved_for and stretch.is_released_by_hand:
            told: dict[str, object] = {"reserved_for": stretch.session.reserved_for}
            found.append(_piece("released", resource, stretch.start, stretch.end, begin, end, told))
        elif stretch.session.reserved_for and not stretch.is_released(today):
            days = stretch.session.release_days
            opens = stretch.day - timedelta(days=days) if days is not None else None
            params: dict[str, object] = {"reserved_for": stretch.session.reserved_for, "opens": opens}
            found.append(_piece("reserved", resource, stretch.start, stretch.end, begin, end, params))
    for start, stop, reason in openings.blockouts(resource):
        if start < end and stop > begin:
            found.append(_piece("blocked", resource, start, stop, begin, end, {"reason": reason}))
    return tuple(sorted(found, key=lambda piece: (str(piece.start), piece.code)))


def _gaps(resource: str, opened: list[tuple[int, int]], begin: int, end: int) -> list[Obstacle]:
    at, found = begin, []
    for start, stop in sorted(opened):
        if start > at:
            found.append(Obstacle("closed", resource, instant_of(at), instant_of(start)))
        at = max(at, stop)
    if at < end:
        found.append(Obstacle("closed", resource, instant_of(at), instant_of(end)))
    return found


def _piece(
    code: str, resource: str, start: int, stop: int, begin: int, end: int, params: dict[str, object]
) -> Obstacle:
    return Obstacle(code, resource, instant_of(max(start, begin)), instant_of(min(stop, end)), params)
