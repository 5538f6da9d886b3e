"""Undo and redo: the records of a commit go back to what they were, unless somebody has moved on since."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.domain.faults import Conflict, RuleViolation

Undone = Outcome[Mapping[str, object]]


def undo(desk: Desk) -> Undone:
    """Takes back the desk's newest step. Raises RuleViolation ``nothing_to_undo``, Conflict where it moved on."""
    seq = desk.history.next_undo()
    if seq is None:
        raise RuleViolation("nothing_to_undo")
    try:
        outcome = _restore(desk, seq, "undo")
    except Conflict:
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
    except Conflict:
        desk.history.drop_redo()
        raise
    desk.history.redone(outcome.changes.seq)
    return outcome


def _restore(desk: Desk, seq: int, action: str) -> Undone:
    with desk.open_work(desk.actor) as work:
        what = work.restore(seq)
        changes = work.commit(action, {"of": what.get("action"), **what}, undoes=seq)
    desk.slots.catch_up(desk.queries)
    return Outcome(what, changes, changes.seq)
