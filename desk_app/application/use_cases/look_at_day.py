"""A day for the schedule: visits and shading."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from desk_app.application.obstacle_text import clock_pair
from desk_app.application.schedule_view import DayView, Shade, open_stretches
from desk_app.application.wording import weekday_date
from desk_app.domain.practice import Catalogue, ResourceKind
from desk_app.domain.slots import Obstacle, SlotIndex
from desk_app.domain.zone import day_span, zone_of

if TYPE_CHECKING:
    from desk_app.application.day_plan import DayPlan
    from desk_app.application.desk import Desk

SHADED = frozenset(ResourceKind) - {ResourceKind.OVERNIGHT_BED}
LOOK_AHEAD = 60


def day_view(desk: Desk, day: date, with_gone: bool = False) -> DayView:
    """The day as of now."""
    desk.slots.catch_up(desk.queries)
    catalogue, now = desk.catalogue(), desk.now()
    shading = _shading(catalogue, desk.slots.hours(day), day, now)
    calendar = desk.calendar() if day > desk.today() else None  # today is shown before any holiday is looked up
    return DayView(desk.queries.day_plan(day, now, with_gone), catalogue, shading, calendar)


def glanced(catalogue: Catalogue, today: DayPlan, now: datetime) -> DayView:
    """The same of a today that was read before there was a desk."""
    return DayView(today, catalogue, _shading(catalogue, SlotIndex(catalogue, today.day, 1), today.day, now))


def shades_of(index: SlotIndex, resource: str, day: date, catalogue: Catalogue, now: datetime) -> tuple[Shade, ...]:
    """When a resource is not simply open on a day."""
    return tuple(_shade(piece, catalogue) for piece in index.closings(resource, day, now))


def _shading(catalogue: Catalogue, index: SlotIndex, day: date, now: datetime) -> dict[str, tuple[Shade, ...]]:
    shaded = [resource.code for resource in catalogue.resources if resource.kind in SHADED]
    return {code: shades_of(index, code, day, catalogue, now) for code in shaded}


def next_open_day(desk: Desk, after: date) -> date | None:
    """The next day on which some room is open, or None where none is within ``LOOK_AHEAD`` days."""
    desk.slots.catch_up(desk.queries)
    rooms = desk.catalogue().of_kind(ResourceKind.PROCEDURE_ROOM)
    for ahead in range(1, LOOK_AHEAD + 1):
        day = after + timedelta(days=ahead)
        index, (start, end) = desk.slots.hours(day), day_span(day, desk.zone())
        shut = [shades_of(index, r.code, day, desk.catalogue(), desk.now()) for r in rooms]
        if any(open_stretches(shades, start, end) for shades in shut):
            return day
    return None


def _shade(piece: Obstacle, catalogue: Catalogue) -> Shade:
    assert piece.start is not None
    assert piece.end is not None
    return Shade(piece.start, piece.end, piece.code, _shade_text(piece, catalogue))


def _shade_text(piece: Obstacle, catalogue: Catalogue) -> str:
    """``closed``, ``blocked: ultrasound service``, ``kept for Kyphoplasty, opens Mon 30 Nov``."""
    if piece.code == "blocked":
        reason = str(piece.params.get("reason") or "")
        return f"blocked: {reason}" if reason else "blocked"
    if piece.code in ("reserved", "released"):
        codes = piece.params.get("reserved_for")
        names = ", ".join(_name(code, catalogue) for code in codes) if isinstance(codes, tuple) else ""
        if piece.code == "released":
            return f"released by hand, was kept for {names}"
        opens = piece.params.get("opens")
        return f"kept for {names}" + (f", opens {weekday_date(opens)}" if isinstance(opens, date) else "")
    zone = zone_of(catalogue.settings)
    first, _ = day_span(piece.start.astimezone(zone).date(), zone) if piece.start else (None, None)
    opens_at, _ = clock_pair(piece.end, None, zone)
    return f"opens {opens_at}" if piece.start == first and opens_at != "00:00" else "closed"


def _name(code: str, catalogue: Catalogue) -> str:
    return catalogue.procedure(code).name if catalogue.has_procedure(code) else code
