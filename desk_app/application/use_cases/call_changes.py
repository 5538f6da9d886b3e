"""What is said of an open call without making it: later, somebody's, before others, a note. Each can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import repeated
from desk_app.application.use_cases.calls import OPEN, is_of_another, refusal
from desk_app.application.use_cases.tray import user_of
from desk_app.domain.call_times import fitting_time
from desk_app.domain.faults import RuleViolation, WrongInput
from desk_app.domain.records import Callback

ROLES = ("receptionist", "manager", "nurse", "physician")
"""A call can be a role's; whoever has it is meant."""

MOST_PRIORITY = 2
"""0 is usual, then soon, then first of all."""


def snooze(desk: Desk, callback_id: int, until: datetime) -> Outcome[Callback]:
    """Puts a call off. Outside the desk's (or the payer's) hours it is due when they begin: the answer says when.

    Raises RuleViolation ``call_again_past`` for a time that has passed.
    """
    if until <= desk.now():
        raise RuleViolation("call_again_past", field="again_at")

    def later(work: UnitOfWork, call: Callback) -> Callback:
        payer = next((each for each in desk.catalogue().payers if each.code == call.payer), None)
        return replace(call, due=fitting_time(call.kind, payer, until, desk.calendar()))

    return _changed(desk, callback_id, "call_snoozed", later)


def assign(desk: Desk, callback_id: int, to: str) -> Outcome[Callback]:
    """Makes it somebody's by name, a role's, or anybody's (""). Raises WrongInput ``unknown_assignee``."""

    def given(work: UnitOfWork, call: Callback) -> Callback:
        if to and to not in (*ROLES, *(user.name for user in work.users.all())):
            raise WrongInput("unknown_assignee", name=to)
        return replace(call, assigned_to=to)

    return _changed(desk, callback_id, "call_assigned", given)


def prioritise(desk: Desk, callback_id: int, priority: int) -> Outcome[Callback]:
    """From 0 (usual) to ``MOST_PRIORITY``; raises RuleViolation ``call_priority`` beyond."""
    if not 0 <= priority <= MOST_PRIORITY:
        raise RuleViolation("call_priority", most=MOST_PRIORITY)
    return _changed(desk, callback_id, "call_prioritised", lambda _, call: replace(call, priority=priority))


def note(desk: Desk, callback_id: int, text: str) -> Outcome[Callback]:
    """What whoever calls next should know."""
    return _changed(desk, callback_id, "call_noted", lambda _, call: replace(call, note=text.strip()))


Change = Callable[[UnitOfWork, Callback], Callback]


@repeated
def _changed(desk: Desk, callback_id: int, action: str, change: Change) -> Outcome[Callback]:
    """Raises Conflict ``call_over`` or ``call_claimed`` where it is settled, or somebody else's just now."""
    user = user_of(desk)
    with desk.open_work(desk.actor) as work:
        before = work.callbacks.get(callback_id)
        if before.status not in OPEN or is_of_another(before, user, desk.now()):
            raise refusal(desk, work, before)
        call = change(work, before)
        if call == before:
            return Outcome(before)
        call = work.callbacks.save(call)
        changes = work.commit(action, {"callback": call.id})
    return Outcome(call, desk.committed(work, changes), changes.seq)
