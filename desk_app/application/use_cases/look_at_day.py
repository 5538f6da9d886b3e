"""A day for the schedule: visits, the practice, and the shading of every resource that has a column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from desk_app.application.desk import Desk
from desk_app.application.obstacle_text import obstacle_text
from desk_app.application.schedule_view import ColumnFit, DayView, Fit, FitMap, FitPhase, Shade, Unfit
from desk_app.application.use_cases.moving import query_for_move
from desk_app.domain.practice import Catalogue, ResourceKind
from desk_app.domain.slots import Obstacle, Slot, SlotIndex, SlotQuery
from desk_app.domain.zone import day_span, zone_of

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
