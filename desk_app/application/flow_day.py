"""A day as the flow board shows it: who is where, who is still to come, what is missing, and tonight's beds.

Frozen values made on the database worker and read by the screen. What a value says of the present (how long, how late)
is asked with an instant, so that a minute that passes needs no new look at the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from desk_app.application.day_plan import DayPlanLine, decode_further
from desk_app.application.read_models import FlowLine
from desk_app.domain.authorization_status import GRANTED
from desk_app.domain.dataclass import dataclass
from desk_app.domain.day_moves import place_of
from desk_app.domain.flow_limits import FlowCode, flow_limits
from desk_app.domain.practice import Catalogue, PhaseKind, ProcedureType, Sedation
from desk_app.domain.practice_rules import GateKind, ReadinessGate
from desk_app.domain.readiness import STATES, GateState, asked_gates
from desk_app.domain.statuses import AppointmentStatus, AuthorizationStatus
from desk_app.domain.zone import local_date, zone_of

S = AppointmentStatus
BEFORE_PROCEDURE = frozenset({S.HELD, S.BOOKED, S.CONFIRMED, S.ARRIVED, S.READY})
STANDING = GRANTED | {AuthorizationStatus.USED}


class FlowColumn(StrEnum):
    """The columns of the board, in order; ``GONE`` are at its foot."""

    EXPECTED = "expected"
    ARRIVED = "arrived"
    READY = "ready"
    IN_PROCEDURE = "in_procedure"
    IN_RECOVERY = "in_recovery"
    GOING_HOME = "going_home"
    OVERNIGHT = "overnight"
    GONE = "gone"


COLUMN_OF: Mapping[AppointmentStatus, FlowColumn] = {
    S.HELD: FlowColumn.EXPECTED,
    S.BOOKED: FlowColumn.EXPECTED,
    S.CONFIRMED: FlowColumn.EXPECTED,
    S.ARRIVED: FlowColumn.ARRIVED,
    S.READY: FlowColumn.READY,
    S.IN_PROCEDURE: FlowColumn.IN_PROCEDURE,
    S.IN_RECOVERY: FlowColumn.IN_RECOVERY,
    S.AMBULATING: FlowColumn.GOING_HOME,
    S.OVERNIGHT: FlowColumn.OVERNIGHT,
    S.DISCHARGED: FlowColumn.GONE,
    S.NO_SHOW: FlowColumn.GONE,
    S.CANCELLED: FlowColumn.GONE,
}
PHASE_OF = {S.IN_PROCEDURE: PhaseKind.PROCEDURE, S.IN_RECOVERY: PhaseKind.RECOVERY}


class MissingKind(StrEnum):
    """What a visit can be short of; ``OUTCOME``: its day is over, and nobody has noted whether the patient came."""

    OUTCOME = "outcome"
    CONFIRMATION = "confirmation"
    AUTHORIZATION = "authorization"
    ESCORT = "escort"
    THINNER = "thinner"
    READINESS = "readiness"


class Missing(NamedTuple):
    """One thing that is missing; ``gate`` and its ``state`` where it is one of the practice's."""

    kind: MissingKind
    gate: ReadinessGate | None = None
    state: GateState = GateState.OPEN


class Late(StrEnum):
    """What is suggested of somebody who has not come."""

    CALL = "call"
    NO_SHOW = "no_show"


class BedUse(StrEnum):
    """What a bed is to a night."""

    HERE = "here"
    PLANNED = "planned"
    KEPT = "kept"
    FREE = "free"


class BedTonight(NamedTuple):
    """A bed of the night: who lies or will lie there, or that it is kept or free. Without ``code`` it is elsewhere."""

    use: BedUse
    code: str | None
    visit: int | None = None


@dataclass(frozen=True, slots=True)
class Night:
    """Tonight: every bed that is staffed or taken, the number ``staffed``, and the ``chance`` of running out."""

    beds: tuple[BedTonight, ...] = ()
    staffed: int = 0
    planned: int = 0
    kept: int = 0
    chance: float = 0.0


@dataclass(frozen=True, slots=True)
class FlowDay:
    """``lines`` are today's and those of who is still in the house; ``ahead`` the visits of the days that follow.

    ``left_open`` are those of the days before of which nobody has noted whether the patient came.
    """

    day: date
    catalogue: Catalogue
    lines: tuple[FlowLine, ...] = ()
    ahead: tuple[FlowLine, ...] = ()
    left_open: tuple[FlowLine, ...] = ()
    night: Night = Night()

    def line(self, appointment_id: int) -> FlowLine | None:
        return next((line for line in self.lines if line.visit.appointment_id == appointment_id), None)


def column_of(line: FlowLine) -> FlowColumn:
    return COLUMN_OF[line.status]


def limit_minutes(line: FlowLine, catalogue: Catalogue) -> int | None:
    """How long a patient may be in that status; None where there is no limit."""
    status = line.status
    if status is S.OVERNIGHT:
        return catalogue.settings.stay_limit_hours * 60
    code = status.value if status.value in tuple(FlowCode) else None
    limit = flow_limits(catalogue).get(FlowCode(code)) if code is not None else None
    if limit is None:
        return None
    return limit.minutes or _booked_minutes(line, PHASE_OF.get(status))


def _booked_minutes(line: FlowLine, kind: PhaseKind | None) -> int | None:
    length = sum((each.end - each.start for each in line.visit.phases() if each.kind is kind), timedelta())
    return int(length.total_seconds() // 60) or None


def late_suggestion(line: FlowLine, catalogue: Catalogue, now: datetime) -> Late | None:
    """What somebody should say yes or no to: the patient is late beyond the practice's limit."""
    if line.status not in (S.BOOKED, S.CONFIRMED):
        return None
    limits, late = flow_limits(catalogue), now - line.visit.start
    for code, suggestion in ((FlowCode.NO_SHOW, Late.NO_SHOW), (FlowCode.LATE, Late.CALL)):
        if code in limits and late >= timedelta(minutes=limits[code].minutes):
            return suggestion
    return None


def missing(line: FlowLine, catalogue: Catalogue) -> tuple[Missing, ...]:
    """What is not there yet of a visit whose procedure has not begun, the weightiest first."""
    if line.status not in BEFORE_PROCEDURE:
        return ()
    found = []
    if line.visit.needs_authorization and not _is_authorized(line, catalogue):
        found.append(Missing(MissingKind.AUTHORIZATION))
    if line.status is S.BOOKED:
        found.append(Missing(MissingKind.CONFIRMATION))
    states = line.states()
    for gate in _gates(line.visit, catalogue):
        if gate.kind is GateKind.ESCORT:
            if not line.visit.escort:
                found.append(Missing(MissingKind.ESCORT, gate))
            continue
        state = states.get(gate.code, GateState.OPEN)
        if state is not STATES[gate.kind][-1]:
            kind = MissingKind.THINNER if gate.kind is GateKind.THINNER else MissingKind.READINESS
            found.append(Missing(kind, gate, state))
    return tuple(found)


def _is_authorized(line: FlowLine, catalogue: Catalogue) -> bool:
    visit = line.visit
    granted = visit.authorization in STANDING and visit.lack is None
    day = local_date(visit.start, zone_of(catalogue.settings))
    return visit.has_override("authorization") or (
        granted and (visit.authorized_to is None or day <= visit.authorized_to)
    )


def _gates(visit: DayPlanLine, catalogue: Catalogue) -> tuple[ReadinessGate, ...]:
    codes = (visit.procedure, *(each.procedure for each in decode_further(visit.further_text)))
    done: list[ProcedureType] = [catalogue.procedure(code) for code in codes if catalogue.has_procedure(code)]
    return asked_gates(catalogue, done, Sedation(visit.sedation), {alert.kind for alert in visit.alerts()})


def lies_in(line: FlowLine, catalogue: Catalogue) -> str | None:
    """The room, bay or bed the patient lies in, by its code."""
    return None if line.place else place_of(catalogue, line.status, line.visit.phases())


def has_night(line: FlowLine) -> bool:
    """Whether a night is booked; told from the text, since few visits have one and all are asked."""
    return f'"{PhaseKind.OVERNIGHT.value}"' in line.visit.phases_text


def bed_of(line: FlowLine, closing: datetime) -> str | None:
    """The bed a visit is booked in at the midnight that ends the day, by its code."""
    for phase in line.visit.phases() if has_night(line) else ():
        if phase.kind is PhaseKind.OVERNIGHT and phase.end > closing:
            return next((code for _, code in phase.resources), None)
    return None


def may_stay(lines: Iterable[FlowLine], day: date, catalogue: Catalogue) -> list[float]:
    """The chance of each same-day visit that its patient stays, of who has not gone and has no bed yet."""
    zone = zone_of(catalogue.settings)
    return [
        line.unplanned_stay
        for line in lines
        if line.visit.stay == "possible"
        and column_of(line) is not FlowColumn.GONE
        and line.status is not S.OVERNIGHT
        and not has_night(line)
        and local_date(line.visit.start, zone) == day
    ]
