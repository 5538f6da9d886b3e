"""What a visit has to be prepared with, by when, and how far it is. Pure.

A gate's date is counted back from the visit, so that it moves with it; only how far it is, is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue, ProcedureType, Sedation
from desk_app.domain.practice_rules import GateKind, ReadinessGate, readiness_gates
from desk_app.domain.records import Appointment, Patient
from desk_app.domain.visit_parts import AlertKind


class GateState(StrEnum):
    """``open``: nothing has been done yet."""

    OPEN = "open"
    PLAN_RECEIVED = "plan_received"
    TOLD = "told"
    HELD = "held"
    DONE = "done"


STATES: Mapping[GateKind, tuple[GateState, ...]] = {
    GateKind.FASTING: (GateState.OPEN, GateState.TOLD),
    GateKind.THINNER: (GateState.OPEN, GateState.PLAN_RECEIVED, GateState.TOLD, GateState.HELD),
    GateKind.ESCORT: (GateState.OPEN, GateState.DONE),
    GateKind.LABS: (GateState.OPEN, GateState.DONE),
    GateKind.IMAGING: (GateState.OPEN, GateState.DONE),
    GateKind.CONSENT: (GateState.OPEN, GateState.DONE),
}
"""The states of each kind, in order; only the last means that nothing is missing. An escort is named on the visit."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far a visit is with one gate; ``note`` is free text ("since 3 Dec", "INR 1.1")."""

    appointment_id: int
    gate: str
    state: GateState = GateState.OPEN
    note: str = ""
    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class GateStanding:
    """A gate that is asked of a visit: ``due`` is by when it has to be passed."""

    gate: ReadinessGate
    due: datetime
    state: GateState = GateState.OPEN
    note: str = ""

    @property
    def is_missing(self) -> bool:
        return self.state is not STATES[self.gate.kind][-1]


def standings(
    catalogue: Catalogue,
    visit: Appointment,
    procedure: ProcedureType,
    patient: Patient,
    kept: Iterable[Readiness] = (),
) -> tuple[GateStanding, ...]:
    """Every gate that is asked of a visit, in the practice's order, with what is known of it."""
    known = {each.gate: each for each in kept}
    alerts = {alert.kind for alert in patient.alerts}
    found = []
    known_further = (each.procedure for each in visit.further if catalogue.has_procedure(each.procedure))
    done = (procedure, *(catalogue.procedure(code) for code in known_further))
    for gate in asked_gates(catalogue, done, visit.sedation, alerts):
        state, note = _state(gate, visit, known.get(gate.code))
        found.append(GateStanding(gate, visit.start - timedelta(hours=gate.lead_hours), state, note))
    return tuple(found)


def asked_gates(
    catalogue: Catalogue, done: Iterable[ProcedureType], sedation: Sedation, alerts: Collection[AlertKind]
) -> tuple[ReadinessGate, ...]:
    """The gates that are asked of what is done in a sitting, for a patient with these alerts."""
    procedures = tuple(done)
    return tuple(
        gate
        for gate in readiness_gates(catalogue)
        if any(gate.is_about(each, sedation) for each in procedures) and (gate.alert is None or gate.alert in alerts)
    )


def _state(gate: ReadinessGate, visit: Appointment, known: Readiness | None) -> tuple[GateState, str]:
    if gate.kind is GateKind.ESCORT:
        return (GateState.DONE, visit.escort) if visit.escort else (GateState.OPEN, "")
    if known is None or known.state not in STATES[gate.kind]:
        return GateState.OPEN, known.note if known is not None else ""
    return known.state, known.note
