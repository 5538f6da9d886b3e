"""A day for the schedule: visits, the practice, and the shading of every resource that has a column."""

from __future__ import annotations

from datetime import date

from desk_app.application.desk import Desk
from desk_app.application.schedule_view import DayView
from desk_app.domain.practice import ResourceKind
from desk_app.domain.zone import zone_of

SHADED = frozenset(ResourceKind) - {ResourceKind.OVERNIGHT_BED}


def day_view(desk: Desk, day: date, with_gone: bool = False) -> DayView:
    """The day as of now."""
    desk.slots.catch_up(desk.queries)
    catalogue, index = desk.catalogue(), desk.slots.index(day, day)
    shading = {
        resource.code: _shades(index, resource.code, day, zone_of(catalogue.settings), catalogue)
        for resource in catalogue.resources
        if resource.kind in SHADED
    }
    return DayView(desk.queries.day_plan(day, desk.now(), with_gone), catalogue, shading)
