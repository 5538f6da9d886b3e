"""One visit as the board draws it: its line with phases and alerts decoded once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from desk_app.application.day_plan import DayPlanLine
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import PhaseKind, ResourceKind
from desk_app.domain.statuses import GONE_VISITS, AppointmentStatus
from desk_app.domain.visit_parts import Alert, BookedPhase


@dataclass(frozen=True, slots=True)
class Visit:
    """A line of the day's plan; ``rooms`` are its procedure rooms' codes, ``uses`` its phases by resource code.

    ``procedure_start`` is the visit's time: where its procedure phase begins, else where the visit does.
    """

    line: DayPlanLine
    status: AppointmentStatus
    phases: tuple[BookedPhase, ...]
    alerts: tuple[Alert, ...]
    rooms: tuple[str, ...]
    uses: Mapping[str, tuple[BookedPhase, ...]]
    procedure_start: datetime
    procedure_end: datetime

    @property
    def id(self) -> int:
        return self.line.appointment_id

    @property
    def is_gone(self) -> bool:
        """Cancelled or a no-show: it takes no resource any more."""
        return self.status in GONE_VISITS

    def room_ends(self) -> Iterator[tuple[str, datetime]]:
        """Each room with the instant at which this visit leaves it, as planned."""
        for room in self.rooms:
            yield room, max(phase.end for phase in self.uses[room])


def codes_of(phase: BookedPhase) -> tuple[str, ...]:
    """The codes of a phase's resources."""
    return tuple(code for _, code in phase.resources)


def visit_of(line: DayPlanLine, kinds: Mapping[str, ResourceKind]) -> Visit:
    """Decodes a line; ``kinds`` tells the kind of each resource code (one no longer in the practice has none)."""
    phases = line.phases()
    uses: dict[str, tuple[BookedPhase, ...]] = {}
    start, end = line.start, line.end
    for phase in reversed(phases):
        for _, code in phase.resources:
            uses[code] = (phase, *uses.get(code, ()))
        if phase.kind is PhaseKind.PROCEDURE:
            start, end = phase.start, phase.end
    rooms = tuple(code for code in uses if kinds.get(code) is ResourceKind.PROCEDURE_ROOM)
    return Visit(line, AppointmentStatus(line.status), phases, line.alerts(), rooms, uses, start, end)
