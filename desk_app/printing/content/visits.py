"""The visits of a sheet, whether they stand or have gone since the last version."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from desk_app.application.authorization_words import lack_words
from desk_app.application.day_plan import DayPlanLine, encode_further, further_words
from desk_app.application.read_models import VisitCard
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue, PhaseKind, Resource, ResourceKind
from desk_app.domain.visit_parts import Alert, BookedPhase
from desk_app.printing.content.plain import plain, together

PHYSICIAN = "physician"


@dataclass(frozen=True, slots=True)
class SheetVisit:
    """One visit with the resources it takes, by kind and in the order of its phases."""

    id: int
    family: str
    given: str
    birth_date: date | None
    mrn: str
    procedure: str
    sedation: str
    status: str
    start: datetime
    end: datetime
    phases: tuple[BookedPhase, ...]
    resources: tuple[Resource, ...]
    hold_until: datetime | None = None
    status_since: datetime | None = None
    needs_authorization: bool = False
    authorization: str = ""
    authorized_to: date | None = None
    escort: str = ""
    note: str = ""
    override_reason: str = ""
    alerts: tuple[Alert, ...] = ()
    lack: str = ""
    """What its approval is not good for, in words."""

    is_authorization_passed: bool = False
    """Whether the override was given for a missing authorization."""

    @property
    def name(self) -> str:
        """The surname in capitals: ``ORTIZ, Marisol``."""
        return f"{self.family.upper()}, {self.given}" if self.given else self.family.upper()

    @property
    def procedure_start(self) -> datetime:
        found = self.phase(PhaseKind.PROCEDURE)
        return found.start if found is not None else self.start

    def phase(self, kind: PhaseKind) -> BookedPhase | None:
        return next((phase for phase in self.phases if phase.kind is kind), None)

    def of_kind(self, kind: ResourceKind) -> tuple[Resource, ...]:
        return tuple(resource for resource in self.resources if resource.kind is kind)

    def physicians(self) -> tuple[Resource, ...]:
        return tuple(c for c in self.of_kind(ResourceKind.CLINICIAN) if PHYSICIAN in c.capabilities)


def standing(line: DayPlanLine, catalogue: Catalogue) -> SheetVisit:
    """A visit of the day's plan."""
    phases = line.phases()
    return SheetVisit(
        line.appointment_id,
        plain(line.family),
        plain(line.given),
        line.birth_date,
        plain(line.mrn),
        procedure_words(line.procedure_name, line.levels, line.level_names, line.side, line.further_text),
        line.sedation,
        line.status,
        line.start,
        line.end,
        phases,
        _resources(phases, catalogue),
        line.hold_until,
        line.status_since,
        line.needs_authorization,
        line.authorization,
        line.authorized_to,
        plain(line.escort),
        plain(line.note),
        plain(line.override_reason),
        line.alerts(),
        lack_words(line.lack, catalogue) if line.lack is not None else "",
        line.has_override("authorization"),
    )


def gone(card: VisitCard, catalogue: Catalogue) -> SheetVisit:
    """A visit that was on the last version and is not on this one."""
    visit, patient = card.appointment, card.patient
    return SheetVisit(
        visit.id,
        plain(patient.family),
        plain(patient.given),
        patient.birth_date,
        plain(patient.mrn),
        procedure_words(
            visit.procedure_name, visit.levels, visit.level_names, visit.side, encode_further(visit.further)
        ),
        visit.sedation.value,
        visit.status.value,
        visit.start,
        visit.end,
        visit.phases,
        _resources(visit.phases, catalogue),
    )


def procedure_words(name: str, levels: int, level_names: str, side: str, further: str = "") -> str:
    """``Kyphoplasty T12 L1``, ``Kyphoplasty 2 levels``, ``Epidural L4-5 + Knee injection L``"""
    told = level_names or (f"{levels} levels" if levels > 1 else "")
    return " ".join(
        part for part in (plain(name), together(plain(f"{told} {side}")), plain(further_words(further))) if part
    )


def _resources(phases: Iterable[BookedPhase], catalogue: Catalogue) -> tuple[Resource, ...]:
    codes = dict.fromkeys(code for phase in phases for _, code in phase.resources)
    return tuple(catalogue.resource(code) for code in codes)
