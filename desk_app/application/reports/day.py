"""The day at one look: the ten figures that a practice asks for, each with the records it was counted from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desk_app.application.day_plan import DayPlanLine
from desk_app.application.outcome import Record
from desk_app.application.reports.facts import EndFact, LateCallFact
from desk_app.application.reports.report import Figure, Report, ReportRow, Unit
from desk_app.application.span_view import DayLoad
from desk_app.application.wording import clock, count
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue, PhaseKind
from desk_app.domain.report_math import share
from desk_app.domain.visit_parts import BookedPhase
from desk_app.domain.zone import zone_of

GRANTED = ("approved", "approved_in_part")
GAP_MINUTES = 30
"""A free stretch of a room from here on is worth filling (*est.*)."""


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What the figures are counted from: the visits that stand, how full the day is, and what came of it so far."""

    lines: Sequence[DayPlanLine]
    load: DayLoad
    ends: Sequence[EndFact]
    late_calls: Sequence[LateCallFact]
    catalogue: Catalogue
    now: datetime


@dataclass(frozen=True, slots=True)
class DayFigure:
    """``definition`` says how it is counted."""

    code: str
    figure: Figure
    definition: str


def day_figures(facts: DayFacts, starts: Report, pauses: Report, late: Report) -> tuple[DayFigure, ...]:
    """In the order in which the day is looked at: rooms, time, patients in the house, what was lost, what is missing.

    ``starts``, ``pauses`` and ``late`` are the reports of that day on first starts, turnovers and lateness.
    """
    return (
        _room_use(facts),
        _of_report(starts, "First starts on time"),
        _of_report(pauses, "Between two visits"),
        _minutes_late(late),
        _bays(facts),
        _beds(facts),
        *_lost(facts),
        _unauthorized(facts),
        _calls(facts),
    )


def _room_use(facts: DayFacts) -> DayFigure:
    load = facts.load
    visits = tuple(line.appointment_id for line in facts.lines)
    free = load.free_minutes / 60
    told = f"{free:.1f} of {load.open_minutes / 60:.1f} h free" if load.open_minutes else "no room is open"
    used = share(load.open_minutes - load.free_minutes, load.open_minutes)
    figure = Figure("Rooms used", used, Unit.SHARE, told, ReportRow((), visits, Record.APPOINTMENT))
    return DayFigure(
        "room_use",
        figure,
        "Of the hours the rooms are open that day (sessions less what is blocked), those that a visit takes: setup, "
        "procedure and turnover. The rest is gaps.",
    )


def _of_report(report: Report, title: str) -> DayFigure:
    found = report.figure or Figure(title, None, Unit.COUNT)
    named = Figure(title, found.value, found.unit, found.more, found.behind, found.warns)
    return DayFigure(report.code, named, report.definition)


def _minutes_late(late: Report) -> DayFigure:
    """All minutes of the day together, with everybody who was late at all."""
    behind = late.figure.behind if late.figure is not None else ReportRow(())
    told = [(visit, value) for visit, value in zip(behind.records, behind.values, strict=True) if value >= 1]
    visits, values = tuple(visit for visit, _ in told), tuple(value for _, value in told)
    row = ReportRow((), visits, Record.APPOINTMENT, values, Unit.MINUTES, "late")
    total = sum(values) if behind.records else None
    more = f"{count(len(told), 'visit', 'visits')} of {len(behind.records)}" if behind.records else ""
    return DayFigure(
        "lateness",
        Figure("Minutes late", total, Unit.MINUTES, more, row),
        "Minutes from the planned to the real start of every procedure that has begun, added up; early starts count "
        "as on time.",
    )


def _bays(facts: DayFacts) -> DayFigure:
    """Who lies in a bay when most do, by the times that are booked now."""
    bays = [(line, phase) for line in facts.lines for phase in line.phases() if phase.kind is PhaseKind.RECOVERY]
    spans = [phase for _, phase in bays]
    at = _fullest(spans)
    there = tuple(line.appointment_id for line, phase in bays if at is not None and phase.start <= at < phase.end)
    zone, limit = zone_of(facts.catalogue.settings), facts.load.bays
    told = f"at {clock(at, zone)}" if at is not None else "nobody is booked"
    figure = Figure(
        "Bays, peak", len(there), Unit.COUNT, told, ReportRow((), there, Record.APPOINTMENT), len(there) > limit, limit
    )
    return DayFigure("bays", figure, "The most patients in recovery bays at one time, by the times as they stand now.")


def _fullest(phases: Sequence[BookedPhase]) -> datetime | None:
    """The first instant at which most of them overlap."""
    starts = sorted(phase.start for phase in phases)
    if not starts:
        return None
    return max(starts, key=lambda at: (sum(each.start <= at < each.end for each in phases), -at.timestamp()))


def _beds(facts: DayFacts) -> DayFigure:
    nights = [line for line in facts.lines if any(phase.kind is PhaseKind.OVERNIGHT for phase in line.phases())]
    may = [line for line in facts.lines if line.stay == "possible" and line not in nights]
    load = facts.load
    told = f"and {load.kept} kept for stays that may come" if load.kept else ""
    visits = tuple(line.appointment_id for line in (*nights, *may))
    behind = ReportRow((), visits, Record.APPOINTMENT)
    over = load.planned + load.kept > load.staffed
    figure = Figure("Beds tonight", load.planned, Unit.COUNT, told, behind, over, load.staffed)
    return DayFigure(
        "beds",
        figure,
        "Beds taken at the midnight that ends the day, of those staffed. Kept is the smallest number of beds that "
        "suffices for unplanned stays at the practice's own risk. Behind it: who stays, and who may.",
    )


def _lost(facts: DayFacts) -> tuple[DayFigure, DayFigure]:
    cancelled = [fact.appointment_id for fact in facts.ends if fact.status == "cancelled"]
    missed = [fact.appointment_id for fact in facts.ends if fact.status == "no_show"]
    return (
        DayFigure(
            "cancelled",
            Figure("Cancelled", len(cancelled), Unit.COUNT, behind=ReportRow((), tuple(cancelled), Record.APPOINTMENT)),
            "Visits of the day that were cancelled, whenever that was; holds that lapsed are not counted.",
        ),
        DayFigure(
            "no_shows",
            Figure(
                "No-shows",
                len(missed),
                Unit.COUNT,
                behind=ReportRow((), tuple(missed), Record.APPOINTMENT),
                warns=bool(missed),
            ),
            "Visits of the day whose patient did not come.",
        ),
    )


def _unauthorized(facts: DayFacts) -> DayFigure:
    needing = [line for line in facts.lines if line.needs_authorization]
    missing = tuple(line.appointment_id for line in needing if not _is_granted(line, facts.load))
    figure = Figure(
        "Authorization missing",
        len(missing),
        Unit.COUNT,
        "" if needing else "none needs one",
        ReportRow((), missing, Record.APPOINTMENT),
        bool(missing),
        len(needing),
    )
    return DayFigure(
        "authorizations",
        figure,
        "Visits of the day whose payer wants an authorization and that none granted, and still valid that day, covers.",
    )


def _is_granted(line: DayPlanLine, load: DayLoad) -> bool:
    if line.authorization == "used":
        return True
    return line.authorization in GRANTED and (line.authorized_to is None or line.authorized_to >= load.day)


def _calls(facts: DayFacts) -> DayFigure:
    late = facts.late_calls
    hours = tuple((fact.settled_s or int(facts.now.timestamp())) - fact.due_s for fact in late)
    behind = ReportRow(
        (),
        tuple(fact.callback_id for fact in late),
        Record.CALLBACK,
        tuple(each / 3600 for each in hours),
        Unit.HOURS,
        "late",
    )
    still = sum(fact.settled_s is None for fact in late)
    told = f"{still} still open" if still else ""
    figure = Figure("Calls late", len(late), Unit.COUNT, told, behind, bool(still))
    return DayFigure(
        "calls",
        figure,
        "Calls that were overdue at some time of that day: made after they were due, or open still. "
        "Dropped ones are left out.",
    )
