"""What the rooms are used for, whether days begin on time, and what lies between two visits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from desk_app.application.outcome import Record
from desk_app.application.reports.facts import FlowFact, UseFact
from desk_app.application.reports.report import (
    Chart,
    ChartKind,
    Column,
    Figure,
    Period,
    Report,
    ReportRow,
    Unit,
    bars,
    number,
)
from desk_app.application.reports.waiting import grouped
from desk_app.application.wording import WEEKDAYS, count
from desk_app.domain.practice import Catalogue, ResourceKind
from desk_app.domain.report_math import median, percentile, share

ON_TIME_S = 5 * 60
"""The first visit of a room is on time when its procedure begins at most five minutes after the planned minute."""

LONGEST_TURNOVER_S = 90 * 60
"""A longer pause between two visits is a gap in the plan, no turnover (*est.*)."""

OpenSeconds = Mapping[tuple[str, date], int]
"""Seconds by room and day: how long it is open (sessions, less blockouts), or taken."""


def room_use(
    facts: Sequence[UseFact], period: Period, rooms: Mapping[int, str], opened: OpenSeconds, catalogue: Catalogue
) -> Report:
    """Booked room time over open room time, by room, and by weekday as a heat map."""
    days = [period.first + timedelta(days=ahead) for ahead in range(period.days)]
    by_day = grouped(facts, lambda fact: (rooms.get(fact.resource_id, ""), date.fromordinal(fact.day)))
    taken = {key: sum(fact.seconds for fact in found) for key, found in by_day.items()}
    by_room = grouped(facts, lambda fact: rooms.get(fact.resource_id, ""))
    rows, heat = [], {}
    for room in catalogue.of_kind(ResourceKind.PROCEDURE_ROOM):
        visits = tuple(fact.appointment_id for fact in by_room.get(room.code, ()))
        used = sum(taken.get((room.code, day), 0) for day in days)
        open_s = sum(opened.get((room.code, day), 0) for day in days)
        cells = (room.name, len(visits), used / 3600, open_s / 3600, share(used, open_s))
        rows.append(ReportRow(cells, visits, Record.APPOINTMENT))
        heat[room.name] = tuple(_weekday_share(room.code, weekday, days, taken, opened) for weekday in range(7))
    columns = (
        Column("Room"), Column("Visits", Unit.COUNT), Column("Used", Unit.HOURS), Column("Open", Unit.HOURS),
        Column("Use", Unit.SHARE),
    )  # fmt: skip
    hours = [sum(number(row.cells[place]) or 0.0 for row in rows) for place in (2, 3)]
    everybody = tuple(dict.fromkeys(each for row in rows for each in row.records))
    return Report(
        "rooms",
        "Room time used",
        "Hours that visits take of a room (setup, procedure and turnover, as they stood in the end) over the hours it "
        "is open by its sessions, less what is blocked.",
        columns,
        tuple(rows),
        _use_chart(rows, heat, period) if any(hours) else None,
        figure=Figure(
            "Room time used",
            share(*hours),
            Unit.SHARE,
            f"of {hours[1]:.0f} open hours",
            ReportRow((), everybody, Record.APPOINTMENT),
        ),
    )


def _use_chart(rows: Sequence[ReportRow], heat: Mapping[str, tuple[float | None, ...]], period: Period) -> Chart | None:
    """By weekday; of a single day by room."""
    if period.days == 1:
        return bars(rows, Unit.SHARE, use=4)
    return Chart(ChartKind.HEAT, WEEKDAYS, heat, Unit.SHARE)


def first_starts(facts: Sequence[FlowFact], rooms: Mapping[int, str]) -> Report:
    """Whether the first procedure of each room's day began on time."""
    begun = [fact for fact in facts if fact.started_s is not None]
    firsts: dict[tuple[int, int], FlowFact] = {}
    for fact in sorted(begun, key=lambda fact: fact.planned_s):
        firsts.setdefault((fact.resource_id, fact.day), fact)
    groups = grouped(firsts.values(), lambda fact: rooms.get(fact.resource_id, ""))
    rows = [_start_row(room, found) for room, found in sorted(groups.items())]
    columns = (
        Column("Room"), Column("Days", Unit.COUNT), Column("On time", Unit.SHARE), Column("Median late", Unit.MINUTES),
        Column("9 of 10", Unit.MINUTES),
    )  # fmt: skip
    return Report(
        "first_starts",
        "First visit on time",
        "The first visit of a room on a day is on time when its procedure starts at most 5 min after the planned "
        "minute. Only days whose steps were stamped count.",
        columns,
        tuple(rows),
        bars(rows, Unit.SHARE, on_time=2),
        figure=_first_figure(list(firsts.values())),
    )


def _first_figure(firsts: Sequence[FlowFact]) -> Figure:
    """Of all rooms together, with the late ones behind it."""
    row = _start_row("All rooms", firsts)
    told = f"{len(row.records)} of {len(firsts)} late" if firsts else ""
    return Figure("First visit on time", number(row.cells[2]), Unit.SHARE, told, row, bool(row.records))


def turnovers(facts: Sequence[FlowFact], rooms: Mapping[int, str]) -> Report:
    """From one patient's leaving the room to the next procedure's start in it."""
    found: dict[str, list[tuple[float, int]]] = {}
    for (room, _), day in grouped(facts, lambda fact: (fact.resource_id, fact.day)).items():
        real = sorted((fact for fact in day if fact.started_s is not None), key=lambda fact: fact.started_s or 0)
        for before, after in pairwise(real):
            if before.left_s is None or after.started_s is None:
                continue
            pause = after.started_s - before.left_s
            if 0 <= pause <= LONGEST_TURNOVER_S:
                found.setdefault(rooms.get(room, ""), []).append((pause / 60, after.appointment_id))
    rows = [_pause_row(room, pauses) for room, pauses in sorted(found.items())]
    columns = (
        Column("Room"), Column("Changes", Unit.COUNT), Column("Median", Unit.MINUTES), Column("9 of 10", Unit.MINUTES),
    )  # fmt: skip
    return Report(
        "turnovers",
        "Between two visits",
        "Minutes from a patient's leaving a room to the start of the next procedure in it, on one day; pauses over 90 "
        "min are gaps of the plan and left out.",
        columns,
        tuple(rows),
        bars(rows, Unit.MINUTES, median_minutes=2),
        figure=_pause_figure([pause for pauses in found.values() for pause in pauses]),
    )


def _pause_figure(pauses: Sequence[tuple[float, int]]) -> Figure:
    row = _pause_row("All rooms", pauses)
    told = count(len(pauses), "change", "changes") if pauses else ""
    return Figure("Between two visits, median", number(row.cells[2]), Unit.MINUTES, told, row)


def lateness(facts: Sequence[FlowFact], hours: Iterable[int], zone_hour: Mapping[int, tuple[int, int]]) -> Report:
    """How late procedures begin, by weekday and hour; ``zone_hour`` is (weekday, hour) of each visit."""
    late = {fact.appointment_id: max(0, fact.started_s - fact.planned_s) / 60 for fact in facts if fact.started_s}
    cells: dict[tuple[int, int], list[float]] = {}
    for visit, minutes in late.items():
        cells.setdefault(zone_hour[visit], []).append(minutes)
    shown = tuple(hours)
    heat = {
        WEEKDAYS[day]: tuple(median(cells.get((day, hour), ())) for hour in shown)
        for day in range(7)
        if any(at == day for at, _ in cells)
    }
    every = tuple(late.values())
    figures = ("All visits", len(every), median(every), percentile(every, 0.9))
    row = ReportRow(figures, tuple(late), Record.APPOINTMENT, every, Unit.MINUTES, "late")
    return Report(
        "lateness",
        "How late procedures begin",
        "Minutes from the planned to the real start of the procedure; early starts count as on time. The map shows the "
        "median by weekday and hour of the planned start.",
        (Column(""), Column("Visits", Unit.COUNT), Column("Median", Unit.MINUTES), Column("9 of 10", Unit.MINUTES)),
        (row,) if every else (),
        Chart(ChartKind.HEAT, tuple(f"{hour:02}" for hour in shown), heat, Unit.MINUTES) if heat else None,
        figure=Figure("Minutes late, median", figures[2], Unit.MINUTES, f"of {len(every)} procedures", row),
    )


def _weekday_share(
    room: str,
    weekday: int,
    days: Sequence[date],
    taken: OpenSeconds,
    opened: OpenSeconds,
) -> float | None:
    mine = [day for day in days if day.weekday() == weekday]
    used = sum(taken.get((room, day), 0) for day in mine)
    return share(used, sum(opened.get((room, day), 0) for day in mine))


def _start_row(room: str, facts: Sequence[FlowFact]) -> ReportRow:
    late = [max(0, (fact.started_s or 0) - fact.planned_s) for fact in facts]
    on_time = share(sum(each <= ON_TIME_S for each in late), len(late))
    minutes = [each / 60 for each in late]
    behind = [(fact.appointment_id, each / 60) for fact, each in zip(facts, late, strict=True) if each > ON_TIME_S]
    cells = (room, len(facts), on_time, median(minutes), percentile(minutes, 0.9))
    numbers, values = tuple(visit for visit, _ in behind), tuple(each for _, each in behind)
    return ReportRow(cells, numbers, Record.APPOINTMENT, values, Unit.MINUTES, "late")


def _pause_row(room: str, pauses: Sequence[tuple[float, int]]) -> ReportRow:
    minutes = [pause for pause, _ in pauses]
    cells = (room, len(pauses), median(minutes), percentile(minutes, 0.9))
    visits = tuple(visit for _, visit in pauses)
    return ReportRow(cells, visits, Record.APPOINTMENT, tuple(minutes), Unit.MINUTES, "after the one before")
