"""The practice and its catalogue: what is there, when it is open, and what is done with it.

Every value is frozen; codes (``"R1"``, ``"KYPHO"``) name resources and procedures throughout the program. Lengths are
whole minutes, instants are aware UTC datetimes, wall-clock times carry no zone and mean the practice's zone.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING

from desk_app.domain.dataclass import dataclass

if TYPE_CHECKING:
    from desk_app.domain.bed_rules import BedRule
    from desk_app.domain.flow_limits import FlowLimit
    from desk_app.domain.letters import LetterTemplate
    from desk_app.domain.practice_rules import CallRule, CoverageRule, ReadinessGate
    from desk_app.domain.recovery import RecoveryRule

EVERY_RESOURCE = "*"


class ResourceKind(StrEnum):
    """What can be in one place at a time."""

    PROCEDURE_ROOM = "procedure_room"
    CLINICIAN = "clinician"
    C_ARM = "c_arm"
    RECOVERY_BAY = "recovery_bay"
    OVERNIGHT_BED = "overnight_bed"


class PhaseKind(StrEnum):
    """One leg of a visit."""

    SETUP = "setup"
    PROCEDURE = "procedure"
    TURNOVER = "turnover"
    RECOVERY = "recovery"
    OVERNIGHT = "overnight"


class Sedation(StrEnum):
    """Depth of sedation; ``mac`` is monitored anaesthesia care."""

    NONE = "none"
    LIGHT = "light"
    MODERATE = "moderate"
    MAC = "mac"
    GENERAL = "general"


class Stay(StrEnum):
    """Whether the patient stays the night: never, perhaps (by ``unplanned_stay``), or as planned."""

    NEVER = "never"
    POSSIBLE = "possible"
    PLANNED = "planned"


class BlockoutKind(StrEnum):
    """Why a resource is closed for a while."""

    VACATION = "vacation"
    SICK = "sick"
    SERVICE = "service"
    HOLIDAY = "holiday"
    MEETING = "meeting"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the practice decided about itself. ``overflow_risk`` is a probability, ``cell_minutes`` divides 60.

    ``npi`` is its National Provider Identifier, which insurers ask for.
    """

    name: str
    time_zone: str
    cell_minutes: int = 5
    overflow_risk: float = 0.05
    stay_limit_hours: int = 23
    holidays: str | None = None
    phone_region: str = "US"
    phone: str = ""
    address: str = ""
    npi: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that serves one appointment at a time; ``turnover_minutes`` keeps it from its next visit.

    ``ward_room`` names the room that an overnight bed stands in, where several share one.
    """

    code: str
    kind: ResourceKind
    name: str
    capabilities: tuple[str, ...] = ()
    turnover_minutes: int = 0
    ward_room: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A repeating stretch in which a resource is open; an ``end`` not after ``start`` lies on the next day.

    With ``reserved_for`` the stretch belongs to those procedures alone until ``release_days`` before its day
    (``None``: for ever), and not at all on the days ``released`` by hand. ``id`` is 0 outside the database.
    """

    resource: str
    rrule: str
    first_day: date
    start: time
    end: time
    reserved_for: tuple[str, ...] = ()
    release_days: int | None = None
    released: tuple[date, ...] = ()
    id: int = field(default=0, compare=False)
    version: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Blockout:
    """A stretch ``[start, end)`` in UTC in which a resource (or ``"*"``, every one) is closed.

    ``series`` is shared by all that were entered together: several resources, or one that repeats.
    """

    resource: str
    start: datetime
    end: datetime
    reason: str = ""
    kind: BlockoutKind = BlockoutKind.OTHER
    series: str = ""
    id: int = field(default=0, compare=False)
    version: int = field(default=0, compare=False)

    @property
    def told(self) -> str:
        """Why, in words: the type and the reason, each where it says something."""
        kind = "" if self.kind is BlockoutKind.OTHER else self.kind.value
        if not self.reason or not kind:
            return self.reason or kind
        return self.reason if kind in self.reason.casefold() else f"{kind}, {self.reason}"


@dataclass(frozen=True, slots=True)
class Need:
    """One resource that a phase needs: the same ``label`` in several phases is the same resource throughout."""

    label: str
    kind: ResourceKind
    capabilities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """One leg of a procedure. ``beside`` runs beside what follows; an overnight phase lasts ``until`` a wall clock."""

    kind: PhaseKind
    needs: tuple[Need, ...]
    minutes: int = 0
    minutes_per_extra_level: int = 0
    until: time | None = None
    beside: bool = False

    def length(self, levels: int) -> int:
        """Minutes for that many treated levels; 0 for an overnight phase, whose end is a wall-clock time."""
        return self.minutes + self.minutes_per_extra_level * (levels - 1)


@dataclass(frozen=True, slots=True)
class ProcedureType:
    """A catalogue row. ``unplanned_stay`` is the share of same-day patients who stay the night."""

    code: str
    name: str
    phases: tuple[Phase, ...]
    cpt: tuple[str, ...] = ()
    cpt_extra_level: tuple[str, ...] = ()
    max_levels: int = 1
    sedation: Sedation = Sedation.NONE
    needs_authorization: bool = False
    unplanned_stay: float = 0.0
    overnight: Stay = Stay.NEVER
    follow_up_days: tuple[int, ...] = ()

    def booked_phases(self, stay: Stay) -> tuple[Phase, ...]:
        """The phases a visit of this kind takes: the overnight phase only for a planned stay."""
        if stay is Stay.PLANNED:
            return self.phases
        return tuple(phase for phase in self.phases if phase.kind is not PhaseKind.OVERNIGHT)

    def has_overnight_phase(self) -> bool:
        return any(phase.kind is PhaseKind.OVERNIGHT for phase in self.phases)


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """When the desk answers calls: ``weekday`` 0 is Monday."""

    weekday: int
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Payer:
    """An insurer. Clocks are the payer's own limits for an authorization: urgent in hours, standard in days.

    ``phone`` is its line for providers, ``phone_option`` what to press there; it answers from ``opens`` to ``closes``
    on the practice's clock on business days (None: as long as the desk works).
    """

    code: str
    name: str
    short_name: str = ""
    phone: str = ""
    aliases: tuple[str, ...] = ()
    urgent_hours: int = 72
    standard_days: int = 7
    needs_authorization: bool | None = None
    phone_option: str = ""
    opens: time | None = None
    closes: time | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The whole practice as one value, in the practice file's order (which breaks ties).

    Its rules are only those of its own; ``domain.practice_rules`` says which are in force.
    """

    settings: Settings
    resources: tuple[Resource, ...] = ()
    sessions: tuple[Session, ...] = ()
    blockouts: tuple[Blockout, ...] = ()
    procedures: tuple[ProcedureType, ...] = ()
    business_hours: tuple[BusinessHours, ...] = ()
    payers: tuple[Payer, ...] = ()
    coverage_rules: tuple[CoverageRule, ...] = ()
    readiness_gates: tuple[ReadinessGate, ...] = ()
    call_rules: tuple[CallRule, ...] = ()
    flow_limits: tuple[FlowLimit, ...] = ()
    recovery_rules: tuple[RecoveryRule, ...] = ()
    bed_rules: tuple[BedRule, ...] = ()
    letter_templates: tuple[LetterTemplate, ...] = ()
    _by_code: dict[str, Resource] = field(init=False, repr=False, compare=False, default_factory=dict)
    _procedures: dict[str, ProcedureType] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_code.update((resource.code, resource) for resource in self.resources)
        self._procedures.update((procedure.code, procedure) for procedure in self.procedures)

    def without_rules(self) -> Catalogue:
        """What a day is drawn from."""
        return Catalogue(
            self.settings,
            self.resources,
            self.sessions,
            self.blockouts,
            self.procedures,
            self.business_hours,
            self.payers,
        )

    def resource(self, code: str) -> Resource:
        """The resource of that code; raises KeyError."""
        return self._by_code[code]

    def procedure(self, code: str) -> ProcedureType:
        """The procedure of that code; raises KeyError."""
        return self._procedures[code]

    def has_procedure(self, code: str) -> bool:
        return code in self._procedures

    def of_kind(self, kind: ResourceKind) -> tuple[Resource, ...]:
        return tuple(resource for resource in self.resources if resource.kind is kind)
