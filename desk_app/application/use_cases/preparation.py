"""How far a visit is prepared: what was noted of each gate that is asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from desk_app.application.case_of import procedure_in
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import repeated
from desk_app.application.use_cases.visit_changes import told
from desk_app.application.use_cases.visit_notes import GONE
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import Conflict, RuleViolation, WrongInput
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
    desk: Desk, appointment_id: int, notes: Iterable[GateNote], seen: Iterable[GateNote] | None = None
) -> Outcome[Appointment]:
    """Keeps what is new of them; an escort is named on the visit itself.

    The visit may have moved on since the gates were ``seen``, but not a gate that is to be noted: Conflict
    ``changed``. Raises RuleViolation ``visit_over``, and WrongInput ``unknown_gate`` for a gate that is not asked of
    this visit or cannot stand so.
    """
    before = {note.gate: note for note in seen} if seen is not None else None
    with desk.open_work(desk.actor) as work:
        visit = work.appointments.get(appointment_id)
        if visit.status in GONE:
            raise RuleViolation("visit_over", status=visit.status.value)
        asked, known = _gates(desk, work, visit), {each.gate: each for each in work.readiness.of_visit(visit.id)}
        facts = {}
        for note in _new(notes, before):
            _check(asked, note)
            there = known.get(note.gate) or Readiness(visit.id, note.gate)
            if before is not None and before.get(note.gate) != GateNote(note.gate, there.state, there.note):
                raise Conflict("changed", record="appointment", record_id=appointment_id)
            if _keep(work, there, note):
                facts[note.gate] = note.state.value
        if not facts:
            return Outcome(visit)
        visit = work.appointments.save(visit)
        changes = work.commit("appointment_prepared", {**told(visit), "gates": facts})
    return Outcome(visit, desk.committed(work, changes), changes.seq)


def _new(notes: Iterable[GateNote], seen: Mapping[str, GateNote] | None) -> list[GateNote]:
    """Those that are noted otherwise than they were seen."""
    stripped = [replace(note, note=note.note.strip()) for note in notes]
    return [note for note in stripped if seen is None or note != seen.get(note.gate)]


def _gates(desk: Desk, work: UnitOfWork, visit: Appointment) -> dict[str, ReadinessGate]:
    patient, procedure = work.patients.get(visit.patient_id), procedure_in(desk.catalogue(), visit)
    found = standings(desk.catalogue(), visit, procedure, patient)
    return {each.gate.code: each.gate for each in found if each.gate.kind is not GateKind.ESCORT}


def _check(asked: dict[str, ReadinessGate], note: GateNote) -> None:
    if note.gate not in asked or note.state not in STATES[asked[note.gate].kind]:
        raise WrongInput("unknown_gate", gate=note.gate, state=note.state.value)


def _keep(work: UnitOfWork, there: Readiness, note: GateNote) -> bool:
    """Answers whether anything was new."""
    now = replace(there, state=note.state, note=note.note)
    if now == there:
        return False
    if there.id:
        work.readiness.save(now)
    else:
        work.readiness.add(now)
    return True
