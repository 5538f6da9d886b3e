"""A practice small enough to reason about: one room, one C-arm, two bays, a physician, a nurse and one bed."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from desk_app.domain.practice import (
    BusinessHours,
    Catalogue,
    Need,
    Payer,
    Phase,
    PhaseKind,
    ProcedureType,
    Resource,
    ResourceKind,
    Sedation,
    Session,
    Settings,
    Stay,
)
from desk_app.domain.zone import to_utc

ZONE = ZoneInfo("America/New_York")
WEEK = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
FIRST = date(2026, 1, 5)

ROOM = Need("room", ResourceKind.PROCEDURE_ROOM, ("fluoroscopy",))
BAY = Need("bay", ResourceKind.RECOVERY_BAY)
BED = Need("bed", ResourceKind.OVERNIGHT_BED)
STAFF = (
    Need("physician", ResourceKind.CLINICIAN, ("physician",)),
    Need("sedation", ResourceKind.CLINICIAN, ("sedation",)),
    Need("c_arm", ResourceKind.C_ARM),
)

KYPHO = ProcedureType(
    "KYPHO",
    "Kyphoplasty",
    (
        Phase(PhaseKind.SETUP, (ROOM,), 10),
        Phase(PhaseKind.PROCEDURE, (ROOM, *STAFF), 40, 20),
        Phase(PhaseKind.TURNOVER, (ROOM,), 15, beside=True),
        Phase(PhaseKind.RECOVERY, (BAY,), 90),
        Phase(PhaseKind.OVERNIGHT, (BED,), until=time(9)),
    ),
    max_levels=3,
    sedation=Sedation.MODERATE,
    needs_authorization=True,
    unplanned_stay=0.04,
    overnight=Stay.POSSIBLE,
)
JOINT = ProcedureType(
    "JOINT",
    "Large joint injection",
    (Phase(PhaseKind.PROCEDURE, (ROOM, STAFF[0]), 15), Phase(PhaseKind.RECOVERY, (BAY,), 10)),
)


def _open(code: str, start: time, end: time, rrule: str = WEEK) -> Session:
    return Session(code, rrule, FIRST, start, end)


CATALOGUE = Catalogue(
    Settings("Small practice", "America/New_York"),
    resources=(
        Resource("R1", ResourceKind.PROCEDURE_ROOM, "Room 1", ("fluoroscopy",)),
        Resource("ALG", ResourceKind.CLINICIAN, "Dr. Algendy", ("physician",)),
        Resource("NP1", ResourceKind.CLINICIAN, "Nurse One", ("sedation",)),
        Resource("C1", ResourceKind.C_ARM, "C-arm A"),
        Resource("B1", ResourceKind.RECOVERY_BAY, "Bay 1"),
        Resource("B2", ResourceKind.RECOVERY_BAY, "Bay 2"),
        Resource("N1", ResourceKind.OVERNIGHT_BED, "Bed 1"),
    ),
    sessions=(
        *(_open(code, time(8), time(17)) for code in ("R1", "ALG", "NP1", "C1")),
        *(_open(code, time(8), time(18)) for code in ("B1", "B2")),
        _open("N1", time(9), time(9)),
    ),
    procedures=(KYPHO, JOINT),
    business_hours=tuple(BusinessHours(day, time(8), time(17)) for day in range(5)),
    payers=(Payer("OLDCOL", "Old Colony Health", "Old Colony"),),
)


def at(text: str) -> datetime:
    """An instant from the practice's wall clock, such as ``2026-11-25T09:00``."""
    return to_utc(datetime.fromisoformat(text), ZONE)


class StandingClock:
    """A clock that stands until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.instant = now

    def now(self) -> datetime:
        return self.instant
