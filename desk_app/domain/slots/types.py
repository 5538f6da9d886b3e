"""What the slot engine takes and answers. Instants are aware UTC datetimes; days are local dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date, datetime, time
from typing import NamedTuple

from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue, PhaseKind, ProcedureType, Stay


@dataclass(frozen=True, slots=True)
class Use:
    """One resource held by one visit for ``[start, end)``, and kept from others until ``blocked_until``."""

    resource: str
    start: datetime
    end: datetime
    blocked_until: datetime
    label: str = ""
    overnight: bool = False
    lane: int = 0


@dataclass(frozen=True, slots=True)
class VisitLoad:
    """What one active visit takes. ``possible_stay``: its share of unplanned stays, None where it cannot stay."""

    visit: int
    day: date
    uses: tuple[Use, ...]
    possible_stay: float | None = None
    hold_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SlotQuery:
    """A search. ``wanted`` codes must each serve some label; ``ignore_visit`` is the visit being moved.

    ``stay`` PLANNED turns a ``possible`` procedure with an overnight phase into a planned one. ``overriding`` holds
    obstacle codes (closed, reserved, blocked, night) that are not to speak against a start.
    """

    procedure: ProcedureType
    levels: int = 1
    stay: Stay | None = None
    wanted: tuple[str, ...] = ()
    first_day: date = date.min
    days: int = 365
    weekdays: frozenset[int] | None = None
    after: time | None = None
    before: time | None = None
    limit: int = 20
    ignore_visit: int | None = None
    patient_busy: tuple[tuple[datetime, datetime], ...] = ()
    overriding: frozenset[str] = frozenset()

    def effective_stay(self) -> Stay:
        """The stay this visit is searched for."""
        asked = self.stay or self.procedure.overnight
        if asked is Stay.PLANNED and not self.procedure.has_overnight_phase():
            return self.procedure.overnight
        return asked


class SlotPhase(NamedTuple):
    """One phase of a slot with the resource that serves each label."""

    kind: PhaseKind
    start: datetime
    end: datetime
    resources: Mapping[str, str]
    beside: bool = False


class Slot(NamedTuple):
    """A start at which every phase fits; ``end`` is that of the last phase not beside."""

    start: datetime
    end: datetime
    phases: tuple[SlotPhase, ...]

    def uses(self, catalogue: Catalogue) -> tuple[Use, ...]:
        """One use a phase and label, in that order, with the turnover of its resource."""
        from desk_app.domain.slots.chain import blocked_until

        rows = [
            (code, phase.start, phase.end, label, phase.kind is PhaseKind.OVERNIGHT)
            for phase in self.phases
            for label, code in phase.resources.items()
        ]
        blocked = blocked_until(
            [(code, start, end) for code, start, end, _, _ in rows],
            {code: catalogue.resource(code).turnover_minutes for code, *_ in rows},
        )
        return tuple(
            Use(code, start, end, until, label, overnight)
            for (code, start, end, label, overnight), until in zip(rows, blocked, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that speaks against a start; ``params`` hold what its sentence needs."""

    code: str
    resource: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Night:
    """A night's beds: staffed, planned, kept for who may have to stay, free; and the chance of running out."""

    day: date
    staffed: int
    planned: int
    kept: int
    free: int
    overflow_chance: float


@dataclass(frozen=True, slots=True)
class NightBeds:
    """The beds of a night: ``staffed``, open and not blocked at its midnight; ``blocked`` ones each with the reason.

    A bed in neither has no session that night.
    """

    staffed: frozenset[str]
    blocked: Mapping[str, str]
    taken: frozenset[str]


Stretch = tuple[datetime, datetime]
Stretches = Iterable[Stretch]
