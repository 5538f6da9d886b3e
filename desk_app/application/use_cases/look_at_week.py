"""A week for the schedule: its visits, and when rooms and clinicians are not simply open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desk_app.application.desk import Desk
from desk_app.application.span_view import WeekView
from desk_app.application.use_cases.look_at_day import shades_of
from desk_app.domain.calendar_pages import week_of
from desk_app.domain.practice import ResourceKind

WIDE = (ResourceKind.PROCEDURE_ROOM, ResourceKind.CLINICIAN)


def week_view(desk: Desk, day: date, with_gone: bool = False) -> WeekView:
    """The week of a day as of now."""
    desk.slots.catch_up(desk.queries)
    bare = WeekView(week_of(day), desk.catalogue())
    index, now = desk.slots.hours(bare.first, len(bare.days)), desk.now()
    wide = [resource for kind in WIDE for resource in bare.catalogue.of_kind(kind)]
    shading = {
        each: {resource.code: shades_of(index, resource.code, each, desk.catalogue(), desk.now()) for resource in wide}
        for each in bare.days
    }
    lines = desk.queries.week_lines(bare.first, bare.days[-1], now, with_gone)
    return WeekView(bare.first, bare.catalogue, lines, shading, holidays_of(desk, bare.first, bare.days[-1]))


def holidays_of(desk: Desk, first: date, last: date) -> Mapping[date, str]:
    """Public holidays of the practice's region, by day."""
    return desk.holidays.holidays(desk.catalogue().settings.holidays, first, last)
