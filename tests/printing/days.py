"""Days for sheets, made in memory: a practice of three rooms, and as many visits as a test asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from desk_app.application.day_plan import DayPlan, DayPlanLine, encode_alerts, encode_phases
from desk_app.application.read_models import PrintedSheet
from desk_app.application.schedule_view import DayView
from desk_app.domain.practice import Catalogue, PhaseKind, Resource, ResourceKind, Settings
from desk_app.domain.slots import Night
from desk_app.domain.visit_parts import Alert, BookedPhase
from desk_app.domain.zone import midnight
from desk_app.printing.content.facts import DayFacts
from desk_app.printing.content.marks import printed_line
from desk_app.printing.content.profiles import PROFILES
from desk_app.printing.content.sheet import SheetContent
from desk_app.printing.content.visits import SheetVisit, standing
from desk_app.printing.sheets import content_of
from tests.helpers.small_practice import ZONE

DAY = date(2026, 11, 23)
NOW = datetime.fromisoformat("2026-11-23T07:38-05:00")
PRACTICE = Catalogue(
    Settings("Bay State Pain", "America/New_York"),
    (
        *(Resource(f"R{n}", ResourceKind.PROCEDURE_ROOM, f"Room {n}") for n in (1, 2, 3)),
        Resource("ALG", ResourceKind.CLINICIAN, "Dr. Algendy", ("physician",)),
        Resource("OSE", ResourceKind.CLINICIAN, "Dr. Osei", ("physician",)),
        Resource("NP1", ResourceKind.CLINICIAN, "M. Lindahl RN", ("sedation",)),
        Resource("C1", ResourceKind.C_ARM, "C-arm A"),
        *(Resource(f"B{n}", ResourceKind.RECOVERY_BAY, f"Bay {n}") for n in (1, 2)),
        Resource("N1", ResourceKind.OVERNIGHT_BED, "Bed 1"),
    ),
)


def line(number: int, minutes: int = 480, room: str = "R1", bed: str = "", **said: object) -> DayPlanLine:
    """A visit that arrives so many minutes after midnight; ``said`` replaces what a line says."""
    start = midnight(DAY, ZONE) + timedelta(minutes=minutes)
    doctor = "OSE" if room == "R2" else "ALG"
    legs = [
        (PhaseKind.SETUP, 10, (("room", room),)),
        (PhaseKind.PROCEDURE, 30, (("room", room), ("physician", doctor), ("c_arm", "C1"))),
        (PhaseKind.RECOVERY, 60, (("bay", f"B{number % 2 + 1}"),)),
        *([(PhaseKind.OVERNIGHT, 600, (("bed", bed),))] if bed else []),
    ]
    phases, at = [], start
    for kind, length, resources in legs:
        phases.append(BookedPhase(kind, at, at + timedelta(minutes=length), False, tuple(resources)))
        at += timedelta(minutes=length)
    values: dict[str, object] = {
        "appointment_id": number,
        "version": 1,
        "patient_id": number,
        "family": f"Ortiz{number}",
        "given": "Marisol",
        "birth_date": date(1951, 3, 12),
        "mrn": f"{204000 + number}",
        "sex": "F",
        "procedure": "KYPHO",
        "procedure_name": "Kyphoplasty",
        "levels": 2,
        "level_names": "T12 L1",
        "side": "",
        "sedation": "moderate",
        "status": "confirmed",
        "stay": "possible",
        "start": start,
        "end": at,
        "status_since": None,
        "hold_until": None,
        "needs_authorization": True,
        "authorization": "approved",
        "authorized_to": None,
        "escort": "Luis O. 555-0187",
        "note": "",
        "override_reason": "",
        "alerts_text": "",
        "phases_text": encode_phases(tuple(phases)),
    }
    return DayPlanLine(**{**values, **said})  # type: ignore[arg-type]


def alerts(*given: Alert) -> str:
    return encode_alerts(given)


def facts(
    lines: Iterable[DayPlanLine] = (), last: Mapping[int, str] | None = None, gone: tuple[SheetVisit, ...] = ()
) -> DayFacts:
    """A day of these visits; ``last`` are the lines of the version printed before."""
    plan = DayPlan(DAY, tuple(lines))
    visits = tuple(standing(each, PRACTICE) for each in plan.lines)
    before = PrintedSheet(1, NOW, dict(last)) if last is not None else None
    night = Night(DAY, 4, 1, 2, 1, 0.01)
    kept = {visit.id: printed_line(visit, ZONE) for visit in visits}
    return DayFacts(DAY, NOW, ZONE, "A. Reyes", DayView(plan, PRACTICE), visits, gone, night, before, kept)


def sheet(day: DayFacts, profile: str = "desk", kind: str = "rooms") -> SheetContent:
    return content_of(day, kind, PROFILES[profile])


def full_day(visits: int, rooms: int = 3) -> tuple[DayPlanLine, ...]:
    """So many visits one after the other in the rooms, with escorts and notes as they come."""
    notes = ("", "driver: wife", "second block; pain diary; call the daughter at noon", "fasting from 06:15")
    return tuple(
        line(
            number,
            480 + 5 * (number // rooms) % 600,
            f"R{number % rooms + 1}",
            family=("Nakamura", "Ortiz", "Ibarra-Núñez", "Castellanos", "Okonkwo")[number % 5],
            note=notes[number % len(notes)],
        )
        for number in range(1, visits + 1)
    )


def texts(content: SheetContent) -> list[str]:
    """Every text of every row."""
    return [each.text for section in content.sections for row in section.rows for cell in row.cells for each in cell]
