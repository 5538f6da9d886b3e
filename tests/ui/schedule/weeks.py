"""Weeks and months made by hand, and pictures of them as text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from desk_app.application.read_models import WeekLine
from desk_app.application.schedule_view import Shade
from desk_app.application.span_view import DayLoad, MonthView, WeekView
from desk_app.domain.calendar_pages import month_grid, week_of
from desk_app.domain.practice import Catalogue
from desk_app.domain.zone import day_span
from desk_app.ui.screens.schedule.week_scene import WeekScene
from tests.ui.schedule.days import CATALOGUE, MONDAY, ZONE, Chain, at, line

NOW = at("09:00", MONDAY + timedelta(days=1))


def visit(
    number: int, start: datetime, name: str = "Ortiz, Marisol", room: str = "R1", status: str = "confirmed"
) -> WeekLine:
    """A kyphoplasty: 10 minutes of setup, 60 of procedure, 15 of turnover."""
    day = line(number, name, start, Chain(room, (10, 60, 15, 90)), status=status)
    local = start.astimezone(ZONE).date()
    return WeekLine(
        number, local.toordinal(), day.family, day.given, day.procedure_name, day.level_names, day.side, status,
        None, day.phases_text,
    )  # fmt: skip


def week(
    *lines: WeekLine,
    day: date = MONDAY,
    catalogue: Catalogue = CATALOGUE,
    opens: str = "08:00",
    closes: str = "17:00",
    weekend: bool = False,
) -> WeekView:
    """A week open from Monday to Friday."""
    first = week_of(day)
    shading = {}
    for number in range(7):
        each = first + timedelta(days=number)
        start, end = day_span(each, ZONE)
        shades: tuple[Shade, ...] = (Shade(start, end, "closed", "closed"),)
        if number < 5 or weekend:
            shades = (Shade(start, at(opens, each), "closed", ""), Shade(at(closes, each), end, "closed", ""))
        shading[each] = {resource.code: shades for resource in catalogue.resources}
    return WeekView(first, catalogue, tuple(lines), shading)


def picture(scene: WeekScene) -> list[str]:
    """A line a visit: day, lane, from–to, body, name."""
    return [
        f"{scene.days[b.column].day:%a} {scene.lanes[b.lane].code} {_clock(b.start)}–{_clock(b.end)}"
        f" ({_clock(b.body[0])}–{_clock(b.body[1])}) {b.line.family} {b.part + 1}/{b.parts} {b.near.value}"
        for b in scene.blocks
    ]


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def instant(text: str, zone: ZoneInfo = ZONE) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def month(day: date = MONDAY, **loads: DayLoad) -> MonthView:
    """A month of empty working days; ``d24`` gives the load of the 24th."""
    days = []
    for each in month_grid(day):
        usual = DayLoad(each, open_minutes=540 if each.weekday() < 5 else 0, free_minutes=540, bays=6, staffed=4)
        own = loads.get(f"d{each.day}") if each.month == day.month else None
        days.append(own._replace(day=each) if own is not None else usual)
    return MonthView(day.replace(day=1), MONDAY, tuple(days))
