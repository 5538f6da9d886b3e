"""Days made by hand for the tests of the schedule: a small practice and visits in any status."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from desk_app.application.day_plan import DayPlan, DayPlanLine, encode_alerts, encode_phases
from desk_app.application.schedule_view import DayView, Shade
from desk_app.domain.practice import Catalogue, PhaseKind, Resource, ResourceKind, Settings
from desk_app.domain.visit_parts import Alert, BookedPhase
from desk_app.domain.zone import day_span

ZONE = ZoneInfo("America/New_York")
MONDAY = date(2026, 11, 23)

CATALOGUE = Catalogue(
    Settings("Bay State Pain", "America/New_York"),
    resources=(
        Resource("R1", ResourceKind.PROCEDURE_ROOM, "Room 1"),
        Resource("R2", ResourceKind.PROCEDURE_ROOM, "Room 2"),
        Resource("R3", ResourceKind.PROCEDURE_ROOM, "Room 3"),
        Resource("ALG", ResourceKind.CLINICIAN, "Dr. Algendy", ("physician", "augmentation")),
        Resource("OSE", ResourceKind.CLINICIAN, "Dr. Osei", ("physician",)),
        Resource("LIN", ResourceKind.CLINICIAN, "Dr. Lindqvist", ("physician",)),
        Resource("NP1", ResourceKind.CLINICIAN, "N. Petrov", ("sedation",)),
        Resource("C1", ResourceKind.C_ARM, "C-arm A"),
        Resource("C2", ResourceKind.C_ARM, "C-arm B"),
        *(Resource(f"B{place}", ResourceKind.RECOVERY_BAY, f"Bay {place}") for place in range(1, 7)),
    ),
)

DOCTORS = {"R1": "ALG", "R2": "OSE", "R3": "LIN"}


def at(clock: str, day: date = MONDAY) -> datetime:
    """A wall-clock time of a day as an instant."""
    hours, minutes = clock.split(":")
    wall = datetime(day.year, day.month, day.day, int(hours), int(minutes), tzinfo=ZONE)
    return wall.astimezone(UTC)


@dataclass
class Chain:
    """The phases of a visit: minutes of setup, procedure, turnover, recovery, and what they take."""

    room: str
    minutes: tuple[int, int, int, int]
    c_arm: str | None = "C1"
    bay: str | None = "B1"
    staff: str | None = None
    phases: list[BookedPhase] = field(default_factory=list)

    def from_start(self, start: datetime) -> tuple[BookedPhase, ...]:
        setup, procedure, turnover, recovery = (timedelta(minutes=length) for length in self.minutes)
        room = ("room", self.room)
        begun = start + setup
        ended = begun + procedure
        arm = (("c_arm", self.c_arm),) if self.c_arm else ()
        staff = (("sedation", self.staff),) if self.staff else ()
        phases = [
            BookedPhase(PhaseKind.SETUP, start, begun, False, (room,)),
            BookedPhase(
                PhaseKind.PROCEDURE, begun, ended, False, (room, ("physician", DOCTORS[self.room]), *staff, *arm)
            ),
            BookedPhase(PhaseKind.TURNOVER, ended, ended + turnover, True, (room,)),
        ]
        if self.bay:
            phases.append(BookedPhase(PhaseKind.RECOVERY, ended, ended + recovery, False, (("bay", self.bay),)))
        return tuple(phase for phase in phases if phase.end > phase.start)


def line(
    number: int,
    name: str = "Ortiz, Marisol",
    start: datetime | None = None,
    chain: Chain | None = None,
    alerts: tuple[Alert, ...] = (),
    **fields: object,
) -> DayPlanLine:
    """A line of the day's plan; any field can be given by name."""
    phases = (chain or Chain("R1", (10, 60, 15, 90))).from_start(start or at("08:00"))
    family, _, given = name.partition(", ")
    values: dict[str, object] = {
        "appointment_id": number,
        "version": 1,
        "patient_id": number,
        "family": family,
        "given": given,
        "birth_date": date(1951, 3, 12),
        "mrn": f"204{number:03}",
        "sex": "F",
        "procedure": "KYPHO",
        "procedure_name": "Kyphoplasty",
        "levels": 2,
        "level_names": "T12 L1",
        "side": "",
        "sedation": "mac",
        "status": "confirmed",
        "stay": "never",
        "start": phases[0].start,
        "end": max(phase.end for phase in phases if not phase.beside),
        "status_since": None,
        "hold_until": None,
        "needs_authorization": True,
        "authorization": "approved",
        "authorized_to": None,
        "escort": "Luis Ortiz",
        "note": "",
        "override_reason": "",
        "alerts_text": encode_alerts(alerts),
        "phases_text": encode_phases(phases),
    }
    return DayPlanLine(**(values | fields))  # type: ignore[arg-type]


def view(*lines: DayPlanLine, day: date = MONDAY, opens: str = "08:00", closes: str = "17:00") -> DayView:
    """A day on which every resource is open from ``opens`` to ``closes``."""
    start, end = day_span(day, ZONE)
    shades = (
        Shade(start, at(opens, day), "closed", f"opens {opens}"),
        Shade(at(closes, day), end, "closed", "closed"),
    )
    shading = {resource.code: shades for resource in CATALOGUE.resources}
    return DayView(DayPlan(day, tuple(sorted(lines, key=lambda each: each.start))), CATALOGUE, shading)
