"""Everything that speaks against a booking, in one list, and what may be overridden by a manager's reason.

Sources: the rules of the practice that always hold (one appointment a resource, a patient in one place, recovery,
nights, authorization). A clash with another visit and a patient in two places are never overridden.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from desk_app.application.desk import Desk
from desk_app.application.ports import UnitOfWork
from desk_app.application.wording import moment
from desk_app.domain.faults import Conflict, NeedsConfirmation, RuleViolation
from desk_app.domain.practice import ProcedureType
from desk_app.domain.records import Authorization
from desk_app.domain.slots import Obstacle, Slot, SlotIndex, SlotQuery
from desk_app.domain.zone import local_date

NOBODY: frozenset[int] = frozenset()
OVERRIDABLE = frozenset({"closed", "reserved", "blocked", "night"})
"""Obstacles that a manager's override with a reason may pass; the rest are refused."""

AUTHORIZATION = "authorization"
OVERRIDE_RIGHT = "override"


def choose_slot(
    desk: Desk, query: SlotQuery, start: datetime, override_reason: str, just_booked: frozenset[int] = NOBODY
) -> tuple[Slot, tuple[str, ...]]:
    """The slot at ``start`` and the codes that an override had to pass.

    Raises RuleViolation ``does_not_fit`` with ``obstacles``; NeedsConfirmation where a reason would let it pass;
    Conflict ``taken`` where it did fit until one of the visits ``just_booked`` by somebody else came in.
    """
    index, now = desk.slots.index(query.first_day), desk.now()
    slot = index.slot_at(query, start, now)
    if slot is not None:
        return slot, ()
    obstacles = index.explain(query, start, now)
    passed = _overridden(index, query, start, now)
    if passed is None:
        _tell_who_was_faster(desk, obstacles, just_booked)
        raise RuleViolation("does_not_fit", obstacles=obstacles)
    codes = tuple(sorted({obstacle.code for obstacle in obstacles} & OVERRIDABLE))
    require_override(desk, codes, override_reason, obstacles)
    return passed, codes


def _tell_who_was_faster(desk: Desk, obstacles: tuple[Obstacle, ...], just_booked: frozenset[int]) -> None:
    """Only where nothing else is in the way: what never fitted was not lost to somebody else."""
    if any(obstacle.code != "taken" or obstacle.resource is None for obstacle in obstacles):
        return
    for obstacle in obstacles:
        visit = obstacle.params.get("visit")
        if obstacle.resource is not None and visit in just_booked:
            raise Conflict("taken", resource=desk.catalogue().resource(obstacle.resource).name, appointment=visit)


def _overridden(index: SlotIndex, query: SlotQuery, start: datetime, now: datetime) -> Slot | None:
    return index.slot_at(replace(query, overriding=OVERRIDABLE), start, now)


def require_override(desk: Desk, codes: tuple[str, ...], reason: str, obstacles: Iterable[Obstacle] = ()) -> None:
    """Raises unless whoever acts has the right and gave a reason."""
    if OVERRIDE_RIGHT not in desk.actor.rights:
        raise RuleViolation("override_right", codes=codes, obstacles=tuple(obstacles))
    if not reason.strip():
        raise NeedsConfirmation(codes, obstacles=tuple(obstacles))


def free_patient(desk: Desk, work: UnitOfWork, patient_id: int, slot: Slot, ignore: int | None = None) -> None:
    """Raises Conflict ``patient_elsewhere`` where the patient is in another visit then."""
    for visit in work.appointments.for_patient(patient_id, slot.start, slot.end):
        if visit.id != ignore and visit.is_active(desk.now()):
            when = moment(visit.start, desk.zone(), desk.today())
            raise Conflict("patient_elsewhere", appointment=visit.id, start=when)


def authorized(
    desk: Desk, approvals: Iterable[Authorization], procedure: ProcedureType, levels: int, start: datetime
) -> bool:
    """Whether a firm visit may be booked: nothing needed, or an approval good for that day and those levels."""
    if not procedure.needs_authorization:
        return True
    day = local_date(start, desk.zone())
    return any(approval.covers(day, procedure.code, levels) for approval in approvals)
