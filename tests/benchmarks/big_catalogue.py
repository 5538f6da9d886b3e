"""A practice as large as one can imagine it: twelve rooms that see 383 patients a working day."""

from __future__ import annotations

from datetime import date, time

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

FLUOROSCOPY_ROOMS, OTHER_ROOMS, BAYS, NURSES, BEDS = 8, 4, 26, 4, 6
OPENS, CLOSES = 7 * 60 + 30, 17 * 60 + 30
WEEK = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
SINCE = date(2015, 1, 5)

ROOM = Need("room", ResourceKind.PROCEDURE_ROOM, ("fluoroscopy",))
ANY_ROOM = Need("room", ResourceKind.PROCEDURE_ROOM)
PHYSICIAN = Need("physician", ResourceKind.CLINICIAN, ("physician",))
SEDATION = Need("sedation", ResourceKind.CLINICIAN, ("sedation",))
C_ARM = Need("c_arm", ResourceKind.C_ARM)
BAY = Need("bay", ResourceKind.RECOVERY_BAY)

KYPHO = ProcedureType(
    "KYPHO",
    "Kyphoplasty",
    (
        Phase(PhaseKind.SETUP, (ROOM,), 10),
        Phase(PhaseKind.PROCEDURE, (ROOM, PHYSICIAN, SEDATION, C_ARM), 40, 20),
        Phase(PhaseKind.TURNOVER, (ROOM,), 15, beside=True),
        Phase(PhaseKind.RECOVERY, (BAY,), 90),
        Phase(PhaseKind.OVERNIGHT, (Need("bed", ResourceKind.OVERNIGHT_BED),), until=time(9)),
    ),
    cpt=("22513", "22514"),
    max_levels=3,
    sedation=Sedation.MODERATE,
    needs_authorization=True,
    unplanned_stay=0.04,
    overnight=Stay.POSSIBLE,
)
EPIDURAL = ProcedureType(
    "ESI-T",
    "Transforaminal epidural",
    (Phase(PhaseKind.PROCEDURE, (ROOM, PHYSICIAN, C_ARM), 15), Phase(PhaseKind.RECOVERY, (BAY,), 30)),
    cpt=("64483",),
    max_levels=2,
    needs_authorization=True,
)
JOINT = ProcedureType(
    "JOINT",
    "Large joint injection",
    (Phase(PhaseKind.PROCEDURE, (ANY_ROOM, PHYSICIAN), 15), Phase(PhaseKind.RECOVERY, (BAY,), 10)),
    cpt=("20610",),
)
PAYERS = tuple(
    Payer(code, name, name)
    for code, name in (
        ("OLDCOL", "Old Colony Health"),
        ("MEDB", "Medicare Part B"),
        ("HARBOR", "Harbor Mutual"),
        ("PIONEER", "Pioneer Valley Plan"),
    )
)


def _resources() -> tuple[Resource, ...]:
    rooms = range(1, FLUOROSCOPY_ROOMS + OTHER_ROOMS + 1)
    kinds = ResourceKind
    return (
        *(
            Resource(f"R{n}", kinds.PROCEDURE_ROOM, f"Room {n}", ("fluoroscopy",) if n <= FLUOROSCOPY_ROOMS else ())
            for n in rooms
        ),
        *(Resource(f"D{n}", kinds.CLINICIAN, f"Dr. Number {n}", ("physician",)) for n in rooms),
        *(Resource(f"S{n}", kinds.CLINICIAN, f"Nurse {n}", ("sedation",)) for n in range(1, NURSES + 1)),
        *(Resource(f"C{n}", kinds.C_ARM, f"C-arm {n}") for n in range(1, FLUOROSCOPY_ROOMS + 1)),
        *(Resource(f"B{n}", kinds.RECOVERY_BAY, f"Bay {n}") for n in range(1, BAYS + 1)),
        *(Resource(f"N{n}", kinds.OVERNIGHT_BED, f"Bed {n}") for n in range(1, BEDS + 1)),
    )


def _session(resource: Resource) -> Session:
    if resource.kind is ResourceKind.OVERNIGHT_BED:
        return Session(resource.code, "FREQ=DAILY", SINCE, time(9), time(9))
    end = time(19) if resource.kind is ResourceKind.RECOVERY_BAY else _clock(CLOSES)
    return Session(resource.code, WEEK, SINCE, _clock(OPENS), end)


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


RESOURCES = _resources()
CATALOGUE = Catalogue(
    Settings("Twelve Rooms Pain", "America/New_York", holidays="US-MA"),
    resources=RESOURCES,
    sessions=tuple(_session(resource) for resource in RESOURCES),
    procedures=(KYPHO, EPIDURAL, JOINT),
    business_hours=tuple(BusinessHours(day, time(8), time(17)) for day in range(5)),
    payers=PAYERS,
)
