"""The practice of the search's figures: 4 rooms, 6 physicians, 3 C-arms, 8 bays, 6 beds and 40 bookings a day.

A year of working days is filled at random; Dr. Algendy's days so that never 80 minutes are left in one piece.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from db.migrate import prepare
from desk_app.application.chain import allocations, booked_phases
from desk_app.application.use_cases import practice
from desk_app.bootstrap.graph import build_desk
from desk_app.domain.practice import (
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
from desk_app.domain.records import Appointment, Patient
from desk_app.domain.slots import Slot, SlotIndex, SlotQuery, VisitLoad
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.zone import to_utc, zone_of
from tests.benchmarks.big_practice import NOW, TODAY, StandingClock, schema_mark

VERSION = 1
SEED = 20_261_124
BOOKINGS = 40
YEAR = 365
WEEK = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
SINCE = date(2026, 1, 5)
FULL = "ALG"
"""The physician whose days have no room for a long procedure."""

KINDS = ResourceKind
ROOM = Need("room", KINDS.PROCEDURE_ROOM, ("fluoroscopy",))
PHYSICIAN = Need("physician", KINDS.CLINICIAN, ("physician",))
AUGMENTATION = Need("physician", KINDS.CLINICIAN, ("physician", "augmentation"))
C_ARM = Need("c_arm", KINDS.C_ARM)
BAY = Need("bay", KINDS.RECOVERY_BAY)

KYPHO = ProcedureType(
    "KYPHO",
    "Kyphoplasty",
    (
        Phase(PhaseKind.SETUP, (ROOM,), 10),
        Phase(PhaseKind.PROCEDURE, (ROOM, AUGMENTATION, C_ARM), 40, 20),
        Phase(PhaseKind.TURNOVER, (ROOM,), 15, beside=True),
        Phase(PhaseKind.RECOVERY, (BAY,), 90),
        Phase(PhaseKind.OVERNIGHT, (Need("bed", KINDS.OVERNIGHT_BED),), until=time(9)),
    ),
    max_levels=3,
    unplanned_stay=0.1,
    overnight=Stay.POSSIBLE,
)


def _injection(code: str, name: str, minutes: int, recovery: int, *needs: Need) -> ProcedureType:
    phases = (Phase(PhaseKind.PROCEDURE, needs, minutes), Phase(PhaseKind.RECOVERY, (BAY,), recovery))
    return ProcedureType(code, name, phases, max_levels=2)


EPIDURAL = _injection("ESI", "Epidural", 25, 30, ROOM, PHYSICIAN, C_ARM)
ABLATION = _injection("RFA", "Radiofrequency", 60, 45, ROOM, PHYSICIAN, C_ARM)
JOINT = _injection("JOINT", "Joint injection", 20, 10, Need("room", KINDS.PROCEDURE_ROOM), PHYSICIAN)
MIX = (*(KYPHO,) * 7, *(EPIDURAL,) * 13, *(ABLATION,) * 7, *(JOINT,) * 13)
PHYSICIANS = {
    FULL: ("physician", "augmentation"),
    "OSE": ("physician", "augmentation"),
    "LIN": ("physician",),
    "MAR": ("physician",),
    "BEL": ("physician",),
    "VOG": ("physician",),
}
RESOURCES = (
    *(Resource(f"R{n}", KINDS.PROCEDURE_ROOM, f"Room {n}", ("fluoroscopy",) if n < 4 else ()) for n in range(1, 5)),
    *(Resource(code, KINDS.CLINICIAN, code, able) for code, able in PHYSICIANS.items()),
    *(Resource(f"C{n}", KINDS.C_ARM, f"C-arm {n}") for n in range(1, 4)),
    *(Resource(f"B{n}", KINDS.RECOVERY_BAY, f"Bay {n}") for n in range(1, 9)),
    *(Resource(f"N{n}", KINDS.OVERNIGHT_BED, f"Bed {n}") for n in range(1, 7)),
)


def _session(resource: Resource) -> Session:
    if resource.kind is KINDS.OVERNIGHT_BED:
        return Session(resource.code, "FREQ=DAILY", SINCE, time(9), time(9))
    return Session(
        resource.code, WEEK, SINCE, time(7, 30), time(19) if resource.kind is KINDS.RECOVERY_BAY else time(17)
    )


CATALOGUE = Catalogue(
    Settings("Four Rooms Pain", "America/New_York"),
    resources=RESOURCES,
    sessions=tuple(_session(resource) for resource in RESOURCES),
    procedures=(KYPHO, EPIDURAL, ABLATION, JOINT),
)
ZONE = zone_of(CATALOGUE.settings)


def ensure(folder: Path) -> Path:
    """The filled database, made first where it is not there yet."""
    path = folder / f"slots-{VERSION}-{schema_mark()}.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(f".{os.getpid()}.part")
        _generate(half)
        half.replace(path)
        half.with_name(f"{half.name}.lock").unlink(missing_ok=True)
    return path


def _generate(path: Path) -> None:
    prepare(str(path), create=True)
    desk = build_desk(str(path), "benchmark", StandingClock())
    practice.load(desk, CATALOGUE)
    visits = list(_visits())
    with desk.open_work(desk.actor) as work:
        work.bulk.patients(Patient(str(300_000 + n), "Made", f"Up {n}", id=n) for n in range(1, len(visits) + 1))
        work.bulk.appointments(visits)
        work.commit("measured", {"visits": len(visits)})
    desk.close()


def _visits() -> Iterator[Appointment]:
    """40 a working day of the coming year, each with a patient of its own."""
    chosen, number = random.Random(SEED), 0
    for ahead in range(1, YEAR + 1):
        day = TODAY + timedelta(days=ahead)
        if day.weekday() < 5:
            for procedure, slot in _filled(day, chosen):
                number += 1
                yield _visit(number, procedure, slot)


def _filled(day: date, chosen: random.Random) -> list[tuple[ProcedureType, Slot]]:
    index, found = SlotIndex(CATALOGUE, day, 1), []
    wishes = [(EPIDURAL, (FULL,), time(8 + n, chosen.choice((0, 5, 10, 15)))) for n in range(9)]
    wishes += [(procedure, (), None) for procedure in chosen.sample(MIX, len(MIX))]
    for procedure, wanted, at in wishes:
        if len(found) == BOOKINGS:
            break
        query = SlotQuery(procedure, wanted=wanted, first_day=day, days=1, limit=10_000)
        slots = index.find(query, NOW)
        if at is not None:
            slots = tuple(slot for slot in slots if slot.start == to_utc(datetime.combine(day, at), ZONE))
        if slots:
            slot = chosen.choice(slots)
            found.append((procedure, slot))
            index.put(VisitLoad(len(found), day, slot.uses(CATALOGUE)))
    return found


def _visit(number: int, procedure: ProcedureType, slot: Slot) -> Appointment:
    return Appointment(
        patient_id=number,
        procedure=procedure.code,
        procedure_name=procedure.name,
        levels=1,
        status=AppointmentStatus.BOOKED,
        stay=procedure.overnight,
        unplanned_stay=procedure.unplanned_stay,
        sedation=procedure.sedation,
        start=slot.start,
        end=slot.end,
        phases=booked_phases(slot),
        allocations=allocations(slot, CATALOGUE),
        id=number,
    )


def search(procedure: ProcedureType, levels: int = 1, wanted: tuple[str, ...] = ()) -> SlotQuery:
    """A search over twelve months from tomorrow."""
    return SlotQuery(procedure, levels, wanted=wanted, first_day=TODAY + timedelta(days=1), days=YEAR)
