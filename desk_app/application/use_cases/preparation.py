"""How far a visit is prepared: what was noted of each gate that is asked of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from desk_app.application.case_of import procedure_of_visit
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import repeated
from desk_app.application.use_cases.visit_changes import told, unchanged
from desk_app.application.use_cases.visit_notes import GONE
from desk_app.domain.faults import RuleViolation, WrongInput
from desk_app.domain.practice_rules import GateKind, ReadinessGate
from desk_app.domain.readiness import STATES, GateState, Readiness, standings
from desk_app.domain.records import Appointment


@dataclass(frozen=True, slots=True)
class GateNote:
    """What is to be noted of a gate, by its code."""

    gate: str
    state: GateState
    note: str = ""


@repeated
def prepare(
    desk: Desk, appointment_id: int, notes: Iterable[GateNote], version: int | None = None
) -> Outcome[Appointment]:
    """Keeps what is new of them; an escort is named on the visit itself.

    Raises Conflict ``changed``, RuleViolation ``visit_over``, and WrongInput ``unknown_gate`` for a gate that is not
    asked of this visit or cannot stand so.
    """
    with desk.open_work(desk.actor) as work:
        visit = work.appointments.get(appointment_id)
        unchanged(visit, version)
        if visit.status in GONE:
            raise RuleViolation("visit_over", status=visit.status.value)
        asked, known = _gates(desk, work, visit), {each.gate: each for each in work.readiness.of_visit(visit.id)}
        facts = {}
        for note in notes:
            _check(asked, note)
            if _keep(work, visit, note, known.get(note.gate)):
                facts[note.gate] = note.state.value
        if not facts:
            return Outcome(visit)
        visit = work.appointments.save(visit)
        changes = work.commit("appointment_prepared", {**told(visit), "gates": facts})
    return Outcome(visit, desk.committed(work, changes), changes.seq)


def _gates(desk: Desk, work: UnitOfWork, visit: Appointment) -> dict[str, ReadinessGate]:
    patient, procedure = work.patients.get(visit.patient_id), procedure_of_visit(desk, visit)
    found = standings(desk.catalogue(), visit, procedure, patient)
    return {each.gate.code: each.gate for each in found if each.gate.kind is not GateKind.ESCORT}


def _check(asked: dict[str, ReadinessGate], note: GateNote) -> None:
    if note.gate not in asked or note.state not in STATES[asked[note.gate].kind]:
        raise WrongInput("unknown_gate", gate=note.gate, state=note.state.value)


def _keep(work: UnitOfWork, visit: Appointment, note: GateNote, before: Readiness | None) -> bool:
    """Answers whether anything was new."""
    now = replace(before or Readiness(visit.id, note.gate), state=note.state, note=note.note.strip())
    if now == (before or Readiness(visit.id, note.gate)):
        return False
    if before is None:
        work.readiness.add(now)
    else:
        work.readiness.save(now)
    return True
