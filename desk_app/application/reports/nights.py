"""The beds by night: who had them, planned or not, which stood empty though staffed, and how many were kept."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from desk_app.application.outcome import Record
from desk_app.application.reports.facts import MayStayFact, NightFact
from desk_app.application.reports.report import Chart, ChartKind, Column, Figure, Report, ReportRow, Unit, bars
from desk_app.application.reports.waiting import grouped
from desk_app.application.wording import WEEKDAYS
from desk_app.domain.dataclass import dataclass
from desk_app.domain.night_rule import kept_of_groups
from desk_app.domain.practice import Catalogue, ResourceKind, Stay
from desk_app.domain.report_math import share

EVERY_BED = "All beds"
COLUMNS = (
    Column("Bed"), Column("Nights", Unit.COUNT), Column("Planned", Unit.COUNT), Column("Unplanned", Unit.COUNT),
    Column("Staffed", Unit.COUNT), Column("Empty", Unit.COUNT), Column("Kept", Unit.COUNT), Column("Use", Unit.SHARE),
)  # fmt: skip
USE = 7


@dataclass(frozen=True, slots=True)
class Nights:
    """The nights of a period: which beds were staffed in each, and the epoch second of the midnight it is counted at.

    Both follow the days in order.
    """

    staffed: Mapping[date, frozenset[str]]
    midnights: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Night:
    bed: str
    day: date
    fact: NightFact


def bed_nights(
    facts: Sequence[NightFact],
    may: Sequence[MayStayFact],
    nights: Nights,
    codes: Mapping[int, str],
    catalogue: Catalogue,
) -> Report:
    """Nights by bed, and of all beds together with those that were kept."""
    beds = {bed.code: bed.name for bed in catalogue.of_kind(ResourceKind.OVERNIGHT_BED)}
    by_bed = grouped(_nights_of(facts, nights, codes), lambda night: night.bed)
    found = {code: _row(name, code, by_bed.get(code, ()), nights) for code, name in beds.items()}
    rows = [row for row in found.values() if any(row.cells[1:5])]
    every = _every(rows, _kept(may, catalogue.settings.overflow_risk))
    return Report(
        "bed_nights",
        "Bed nights",
        "A night is counted at the midnight that ends its day. Planned: booked for the night; unplanned: was to go "
        "home the same day. Empty: staffed, not blocked, and nobody in it; use is of staffed nights. Kept: what the "
        "night rule keeps for those of the day who may stay, counted before any of them went home.",
        COLUMNS,
        (every, *rows) if rows else (),
        _chart(found, rows, by_bed, beds, nights) if rows else None,
        figure=_figure(every) if rows else Figure("Bed nights", None, Unit.COUNT),
    )


def _nights_of(facts: Iterable[NightFact], nights: Nights, codes: Mapping[int, str]) -> list[_Night]:
    """Each stay once for every midnight of the period that lies in it."""
    days = tuple(nights.staffed)
    return [
        _Night(codes.get(fact.resource_id, ""), day, fact)
        for fact in facts
        for day in days[bisect_left(nights.midnights, fact.start_s) : bisect_left(nights.midnights, fact.end_s)]
    ]


def _row(name: str, code: str, taken: Sequence[_Night], nights: Nights) -> ReportRow:
    planned = sum(night.fact.stay == Stay.PLANNED for night in taken)
    staffed = sum(code in beds for beds in nights.staffed.values())
    used = sum(code in nights.staffed[night.day] for night in taken)
    cells = (name, len(taken), planned, len(taken) - planned, staffed, staffed - used, None, share(used, staffed))
    visits = tuple(dict.fromkeys(night.fact.appointment_id for night in taken))
    return ReportRow(cells, visits, Record.APPOINTMENT)


def _every(rows: Sequence[ReportRow], kept: int) -> ReportRow:
    taken, planned, unplanned, staffed, empty = (sum(int(row.cells[at] or 0) for row in rows) for at in range(1, 6))
    visits = tuple(dict.fromkeys(visit for row in rows for visit in row.records))
    cells = (EVERY_BED, taken, planned, unplanned, staffed, empty, kept, share(staffed - empty, staffed))
    return ReportRow(cells, visits, Record.APPOINTMENT)


def _kept(may: Iterable[MayStayFact], risk: float) -> int:
    """Added up over the nights."""
    by_day = grouped(may, lambda fact: fact.day)
    return sum(kept_of_groups(((fact.share, fact.visits) for fact in found), risk) for found in by_day.values())


def _chart(
    found: Mapping[str, ReportRow],
    rows: Sequence[ReportRow],
    by_bed: Mapping[str, Sequence[_Night]],
    beds: Mapping[str, str],
    nights: Nights,
) -> Chart | None:
    """The staffed nights that were taken, by bed and weekday; of a single night by bed."""
    if len(nights.staffed) == 1:
        return bars(rows, Unit.SHARE, use=USE)
    heat = {
        beds[code]: tuple(_weekday_use(code, weekday, by_bed.get(code, ()), nights) for weekday in range(7))
        for code, row in found.items()
        if row in rows
    }
    return Chart(ChartKind.HEAT, WEEKDAYS, heat, Unit.SHARE)


def _weekday_use(code: str, weekday: int, taken: Sequence[_Night], nights: Nights) -> float | None:
    staffed = {day for day, beds in nights.staffed.items() if day.weekday() == weekday and code in beds}
    return share(sum(night.day in staffed for night in taken), len(staffed))


def _figure(every: ReportRow) -> Figure:
    taken, unplanned, staffed, kept = (int(every.cells[at] or 0) for at in (1, 3, 4, 6))
    return Figure("Bed nights", taken, Unit.COUNT, f"{unplanned} unplanned, {kept} kept", every, of=staffed)
