"""One visit as the board draws it: its line with phases and alerts decoded once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from desk_app.application.read_models import DayPlanLine
from desk_app.domain.practice import PhaseKind, ResourceKind
from desk_app.domain.records import Alert, BookedPhase
from desk_app.domain.statuses import GONE_VISITS, AppointmentStatus


@dataclass(frozen=True, slots=True)
class Visit:
    """A line of the day's plan; ``rooms`` are the codes of its procedure rooms."""

    line: DayPlanLine
    status: AppointmentStatus
    phases: tuple[BookedPhase, ...]
    alerts: tuple[Alert, ...]
    rooms: tuple[str, ...]

    @property
    def id(self) -> int:
        return self.line.appointment_id

    @property
    def is_gone(self) -> bool:
        """Cancelled or a no-show: it takes no resource any more."""
        return self.status in GONE_VISITS

    @property
    def procedure(self) -> BookedPhase | None:
        """The phase whose start is the visit's time; None for a visit without a procedure phase."""
        return next((phase for phase in self.phases if phase.kind is PhaseKind.PROCEDURE), None)

    @property
    def procedure_start(self) -> datetime:
        return self.procedure.start if self.procedure else self.line.start

    @property
    def procedure_end(self) -> datetime:
        return self.procedure.end if self.procedure else self.line.end

    def room_ends(self) -> Iterator[tuple[str, datetime]]:
        """Each room with the instant at which this visit leaves it, as planned."""
        for room in self.rooms:
            yield room, max(phase.end for phase in self.phases if room in codes_of(phase))

    def uses(self, code: str) -> tuple[BookedPhase, ...]:
        """The phases in which a resource takes part."""
        return tuple(phase for phase in self.phases if code in codes_of(phase))


def codes_of(phase: BookedPhase) -> tuple[str, ...]:
    """The codes of a phase's resources."""
    return tuple(code for _, code in phase.resources)


def visit_of(line: DayPlanLine, kinds: Mapping[str, ResourceKind]) -> Visit:
    """Decodes a line; ``kinds`` tells the kind of each resource code (one no longer in the practice is left out)."""
    phases = line.phases()
    codes = dict.fromkeys(code for phase in phases for code in codes_of(phase))
    rooms = tuple(code for code in codes if kinds.get(code) is ResourceKind.PROCEDURE_ROOM)
    return Visit(line, AppointmentStatus(line.status), phases, line.alerts(), rooms)
