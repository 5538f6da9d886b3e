"""Small practices made up by hypothesis: awkward hours, blocks, closings, visits, and days on which clocks change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from desk_app.domain.practice import (
    Blockout,
    Catalogue,
    Need,
    Phase,
    PhaseKind,
    ProcedureType,
    Resource,
    ResourceKind,
    Session,
    Settings,
    Stay,
)
from desk_app.domain.slots import SlotQuery, Use, VisitLoad

ROOM, CLINICIAN, BAY, BED = (
    ResourceKind.PROCEDURE_ROOM,
    ResourceKind.CLINICIAN,
    ResourceKind.RECOVERY_BAY,
    ResourceKind.OVERNIGHT_BED,
)
DAYS = 3
PLACES = (
    ("America/New_York", date(2026, 10, 31)),
    ("America/New_York", date(2026, 3, 7)),
    ("Europe/London", date(2026, 10, 24)),
    ("Australia/Lord_Howe", date(2026, 10, 3)),
    ("Australia/Lord_Howe", date(2026, 4, 4)),
    ("America/Havana", date(2026, 3, 7)),
    ("America/Havana", date(2026, 10, 31)),
    ("Asia/Kolkata", date(2026, 5, 4)),
)
"""Zones with the first of three days in which their clocks change (in Havana at midnight, on Lord Howe by half)."""

RULES = (
    "FREQ=DAILY",
    "FREQ=DAILY",
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=2",
    "FREQ=WEEKLY;BYDAY=MO,TU,SA,SU",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU,MO",
    "FREQ=MONTHLY;BYDAY=1SU,2SU,-1SA",
    "FREQ=DAILY;COUNT=5",
    "FREQ=YEARLY;BYMONTH=3,4,5,10,11;BYMONTHDAY=1,4,5,8,25",
)
SESSION_HOURS = ((7, 17), (0, 0), (8, 8), (0, 0), (20, 6), (0, 2), (2, 12), (1, 3), (12, 0), (9, 14))


@dataclass(frozen=True)
class Question:
    """A practice, its visits and what is asked of it at an instant."""

    catalogue: Catalogue
    loads: tuple[VisitLoad, ...]
    query: SlotQuery
    now: datetime
    first_day: date


def clocks(cell: int) -> st.SearchStrategy[time]:
    minutes = st.sampled_from([0, 0, 0, 15, 30, 45, 2, 59])
    return st.builds(time, st.integers(0, 23), minutes)


@st.composite
def resources(draw: st.DrawFn) -> tuple[Resource, ...]:
    kinds = [
        ROOM,
        BED,
        *draw(st.lists(st.sampled_from([ROOM, CLINICIAN, CLINICIAN, BAY, BED]), min_size=1, max_size=4)),
    ]
    return tuple(
        Resource(
            f"{kind.value[0].upper()}{number}",
            kind,
            f"number {number}",
            tuple(sorted(draw(st.sets(st.sampled_from("ab"), max_size=2)))),
            draw(st.sampled_from([0, 0, 0, 5, 7, 30])),
        )
        for number, kind in enumerate(kinds)
    )


@st.composite
def sessions(draw: st.DrawFn, resource: Resource, first_day: date, cell: int) -> list[Session]:
    made = []
    for _ in range(draw(st.sampled_from([1, 1, 1, 2, 3, 0]))):
        start, end = draw(st.sampled_from(SESSION_HOURS))
        odd = draw(st.sampled_from([0, 0, 0, 0, 2, 30]))
        reserved = draw(st.sampled_from([(), (), (), ("P",), ("Q",)]))
        made.append(
            Session(
                resource.code,
                draw(st.sampled_from(RULES)),
                first_day + timedelta(days=draw(st.integers(-40, 2))),
                time(start, odd),
                time(end, draw(st.sampled_from([odd, 0, 32]))),
                reserved,
                draw(st.sampled_from([None, 0, 1, 2, 7])) if reserved else None,
            )
        )
    return made


@st.composite
def phases(draw: st.DrawFn, present: list[ResourceKind], cell: int, overnight: Stay) -> tuple[Phase, ...]:
    kind_of = {label: draw(st.sampled_from([kind for kind in present if kind is not BED])) for label in "xyz"}
    made = []
    kinds = [PhaseKind.SETUP, PhaseKind.PROCEDURE, PhaseKind.TURNOVER, PhaseKind.RECOVERY]
    for number in range(draw(st.integers(1, 4))):
        needs = tuple(
            Need(label, kind_of[label], tuple(draw(st.sampled_from([(), (), ("a",), ("b",)]))))
            for label in sorted(draw(st.sets(st.sampled_from("xyz"), max_size=2)))
        )
        length = cell * draw(st.integers(1, max(1, 120 // cell)))
        beside = draw(st.sampled_from([False, False, True]))
        made.append(Phase(kinds[number], needs, length, cell * draw(st.integers(0, 1)), beside=beside))
    if overnight is Stay.PLANNED or draw(st.booleans()):
        needs = (Need("bed", BED), *draw(st.sampled_from([(), (), (Need("x", kind_of["x"]),), (Need("two", BED),)])))
        made.append(Phase(PhaseKind.OVERNIGHT, needs, until=draw(clocks(cell))))
        if draw(st.sampled_from([False, False, True])):
            made.append(Phase(PhaseKind.RECOVERY, (Need("x", kind_of["x"]),), cell * draw(st.integers(1, 3))))
    return tuple(made)


@st.composite
def visits(draw: st.DrawFn, catalogue: Catalogue, first_day: date, zone: ZoneInfo) -> tuple[VisitLoad, ...]:
    begin = datetime.combine(first_day, time(), zone).astimezone(UTC) - timedelta(days=1)
    made = []
    for number in range(draw(st.integers(0, 5))):
        start = begin + timedelta(minutes=draw(st.integers(0, 24 * (DAYS + 2)) | st.integers(0, 4)) * 60)
        start += timedelta(minutes=draw(st.sampled_from([0, 0, 5, 13, 30])))
        uses = []
        for _ in range(draw(st.integers(0, 3))):
            resource = draw(st.sampled_from(catalogue.resources))
            length = draw(st.sampled_from([5, 30, 47, 90, 480, 1500]))
            end = start + timedelta(minutes=length)
            uses.append(Use(resource.code, start, end, end + timedelta(minutes=resource.turnover_minutes)))
        day = start.astimezone(zone).date()
        possible = draw(st.sampled_from([None, None, 0.04, 0.2, 0.5]))
        hold = draw(st.sampled_from([None, None, begin + timedelta(hours=30)]))
        made.append(VisitLoad(number + 1, day, tuple(uses), possible, hold))
    return tuple(made)


@st.composite
def blockouts(draw: st.DrawFn, codes: list[str], first_day: date) -> tuple[Blockout, ...]:
    begin = datetime.combine(first_day, time(), UTC)
    made = []
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        start = begin + timedelta(minutes=draw(st.integers(-600, 60 * 24 * DAYS)))
        length = timedelta(minutes=draw(st.sampled_from([1, 30, 60, 200, 1440])))
        made.append(Blockout(draw(st.sampled_from([*codes, "*"])), start, start + length, "closed"))
    return tuple(made)


@st.composite
def practices(draw: st.DrawFn) -> tuple[Catalogue, date]:
    place, first_day = draw(st.sampled_from(PLACES))
    cell = draw(st.sampled_from([5, 10, 15, 15, 30, 60]))
    things = draw(resources())
    stays = [draw(st.sampled_from(list(Stay))) for _ in "PQ"]
    present = [thing.kind for thing in things]
    procedures = tuple(
        ProcedureType(
            code,
            code,
            draw(phases(present, cell, stay)),
            max_levels=2,
            overnight=stay,
            unplanned_stay=draw(st.sampled_from([0.0, 0.04, 0.1, 0.3])),
        )
        for code, stay in zip("PQ", stays, strict=True)
    )
    made = tuple(session for thing in things for session in draw(sessions(thing, first_day, cell)))
    settings = Settings("made up", place, cell, draw(st.sampled_from([0.05, 0.25, 0.04, 0.0, 1.0])))
    codes = [thing.code for thing in things]
    return Catalogue(settings, things, made, draw(blockouts(codes, first_day)), procedures), first_day


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """A practice, its visits and a search."""
    catalogue, first_day = draw(practices())
    zone = ZoneInfo(catalogue.settings.time_zone)
    loads = draw(visits(catalogue, first_day, zone))
    begin = datetime.combine(first_day, time(), zone).astimezone(UTC)
    ahead = timedelta(minutes=draw(st.integers(0, 1500)))
    wanted = [r.code for r in catalogue.resources if r.kind is CLINICIAN]
    asleep = (begin + ahead, begin + ahead + timedelta(hours=3))
    query = SlotQuery(
        draw(st.sampled_from(catalogue.procedures)),
        levels=draw(st.integers(1, 2)),
        stay=draw(st.sampled_from([None, None, Stay.PLANNED])),
        wanted=draw(st.sampled_from([(), (), (), *((code,) for code in wanted)])),
        first_day=first_day + timedelta(days=draw(st.integers(0, 1))),
        days=draw(st.integers(1, DAYS - 1)),
        weekdays=draw(st.sampled_from([None, None, None, frozenset({5, 6}), frozenset({0})])),
        after=draw(st.none() | clocks(5)),
        before=draw(st.none() | st.just(time(23)) | clocks(5)),
        limit=10_000,
        ignore_visit=draw(st.sampled_from([None, None, 1])),
        patient_busy=draw(st.sampled_from([(), (), (asleep,)])),
        overriding=draw(
            st.sampled_from([frozenset(), frozenset(), frozenset({"closed"}), frozenset({"reserved", "night"})])
        ),
    )
    now = draw(st.sampled_from([begin - timedelta(days=3), begin - timedelta(hours=5), begin + ahead]))
    return Question(catalogue, loads, query, now, first_day)
