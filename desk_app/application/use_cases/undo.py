"""Undo and redo: the records of a commit go back to what they were, unless somebody has moved on since."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.application.authorization_holds import uncovered
from desk_app.application.desk import Desk
from desk_app.application.lost_race import PATIENT_ELSEWHERE, TAKEN
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import repeated
from desk_app.application.use_cases.visit_status import sweep_lapsed
from desk_app.domain.faults import Conflict, RuleViolation, WrongInput

Undone = Outcome[Mapping[str, object]]

PASSING = frozenset({"busy"})
"""What the next try may overcome; after any other conflict the step cannot be taken back any more."""


def undo(desk: Desk) -> Undone:
    """Takes back the desk's newest step. Raises RuleViolation ``nothing_to_undo``, Conflict where it moved on."""
    seq = desk.history.next_undo()
    if seq is None:
        raise RuleViolation("nothing_to_undo")
    try:
        outcome = _restore(desk, seq, "undo")
    except Conflict as fault:
        if fault.code not in PASSING:
            desk.history.drop_undo()
        raise
    desk.history.undone(outcome.changes.seq)
    return outcome


def redo(desk: Desk) -> Undone:
    """Does again what undo took back last. Raises as :func:`undo` does."""
    seq = desk.history.next_redo()
    if seq is None:
        raise RuleViolation("nothing_to_redo")
    try:
        outcome = _restore(desk, seq, "redo")
    except Conflict as fault:
        if fault.code not in PASSING:
            desk.history.drop_redo()
        raise
    desk.history.redone(outcome.changes.seq)
    return outcome


@repeated
def _restore(desk: Desk, seq: int, action: str) -> Undone:
    """A hold past its time is free to everybody: where one is in the way it goes, and the step is tried once more."""
    try:
        return _restored(desk, seq, action)
    except Conflict as fault:
        if fault.code not in (TAKEN, PATIENT_ELSEWHERE) or not sweep_lapsed(desk).value:
            raise
    return _restored(desk, seq, action)


def _leaves_nobody_without(desk: Desk, work: UnitOfWork, what: Mapping[str, object]) -> None:
    """A firm visit that stands on what would be taken back keeps its authorization. Raises Conflict ``built_upon``."""
    patient, request = what.get("patient"), what.get("request")
    if not isinstance(patient, int) and isinstance(request, int):
        patient = _whose(work, request)
    if isinstance(patient, int) and uncovered(desk, work, patient):
        raise Conflict("built_upon")


def _whose(work: UnitOfWork, request: int) -> int | None:
    """The chart of a request; None where the step that is taken back was its beginning."""
    try:
        return work.requests.get(request).patient_id
    except WrongInput:
        return None


def _restored(desk: Desk, seq: int, action: str) -> Undone:
    with desk.open_work(desk.actor) as work:
        what = work.restore(seq)
        _leaves_nobody_without(desk, work, what)
        changes = work.commit(action, {"of": what.get("action"), **what}, undoes=seq)
    desk.slots.catch_up(desk.queries)
    return Outcome(what, changes, changes.seq)
