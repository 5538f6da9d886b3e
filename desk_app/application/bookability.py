"""Whether a visit may be booked where it is wanted: what speaks against it, weighed against what the desk says to it.

Sources: the rules of the practice that always hold (one appointment a resource, a patient in one place, recovery,
nights, authorization). A clash with another visit and a patient in two places are never overridden.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import combinations

from desk_app.application.desk import Desk
from desk_app.application.objections import AUTHORIZATION, Case, Kind, Objection, codes_of, refusals
from desk_app.application.wording import moment
from desk_app.domain.authorization_match import Planned, standing
from desk_app.domain.authorization_need import AuthorizationNeed, authorization_need
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import Conflict, NeedsConfirmation, RuleViolation
from desk_app.domain.practice import Payer
from desk_app.domain.records import Authorization
from desk_app.domain.slots import Obstacle, Slot, SlotIndex, SlotQuery

__all__ = ["AUTHORIZATION", "OVERRIDABLE", "OVERRIDE_RIGHT", "Said", "authorized", "choose_slot", "settle"]

NOBODY: frozenset[int] = frozenset()
NOTHING: frozenset[str] = frozenset()
OVERRIDABLE = frozenset({"closed", "reserved", "blocked", "night"})
"""Obstacles that a manager's override with a reason may pass; the rest are refused."""

OVERRIDE_RIGHT = "override"


@dataclass(frozen=True, slots=True)
class Said:
    """What the desk says to it: a manager's reason, and the codes of what was seen and acknowledged.

    ``seen`` is None where nobody can be asked (the command line): a reason then passes all that a reason can pass,
    and doubts become warnings. Otherwise a reason passes only what was seen.
    """

    reason: str = ""
    seen: frozenset[str] | None = None


def choose_slot(
    desk: Desk, query: SlotQuery, start: datetime, just_booked: frozenset[int] = NOBODY
) -> tuple[Slot, tuple[Obstacle, ...]]:
    """The slot at ``start``, and the obstacles that an override has to pass for it: as few kinds as possible.

    Raises RuleViolation ``does_not_fit`` with ``obstacles`` where not even an override helps; Conflict ``taken`` where
    it did fit until one of the visits ``just_booked`` by somebody else came in.
    """
    index, now = desk.slots.index(query.first_day), desk.now()
    slot = index.slot_at(query, start, now)
    if slot is not None:
        return slot, ()
    for codes in _passing(index, query, start, now):
        slot = index.slot_at(replace(query, overriding=codes), start, now)
        if slot is not None:
            return slot, tuple(_passed(index, query, start, now, codes, slot))
    obstacles = index.explain(query, start, now)
    _tell_who_was_faster(desk, obstacles, just_booked)
    raise RuleViolation("does_not_fit", obstacles=obstacles, objections=refusals(obstacles))


def _passing(index: SlotIndex, query: SlotQuery, start: datetime, now: datetime) -> Iterator[frozenset[str]]:
    """Sets of codes to try, the smaller ones first; none where even all of them together would not help."""
    if index.slot_at(replace(query, overriding=OVERRIDABLE), start, now) is not None:
        for size in range(1, len(OVERRIDABLE) + 1):
            yield from (frozenset(codes) for codes in combinations(sorted(OVERRIDABLE), size))


def _passed(
    index: SlotIndex, query: SlotQuery, start: datetime, now: datetime, codes: frozenset[str], slot: Slot
) -> Iterator[Obstacle]:
    """What each of these codes lets pass, of the resources that then serve."""
    used = {code for phase in slot.phases for code in phase.resources.values()}
    for code in sorted(codes):
        against = index.explain(replace(query, overriding=codes - {code}), start, now)
        mine = [obstacle for obstacle in against if obstacle.code == code]
        yield from [each for each in mine if each.resource is None or each.resource in used] or mine


def _tell_who_was_faster(desk: Desk, obstacles: tuple[Obstacle, ...], just_booked: frozenset[int]) -> None:
    """Only where nothing else is in the way: what never fitted was not lost to somebody else."""
    if any(obstacle.code != "taken" or obstacle.resource is None for obstacle in obstacles):
        return
    for obstacle in obstacles:
        visit = obstacle.params.get("visit")
        if obstacle.resource is not None and visit in just_booked:
            raise Conflict("taken", resource=desk.catalogue().resource(obstacle.resource).name, appointment=visit)


def free_patient(desk: Desk, case: Case) -> None:
    """Raises Conflict ``patient_elsewhere`` where the patient is in another visit then."""
    for other in case.others:
        if other.start < case.visit.end and case.visit.start < other.end:
            when = moment(other.start, desk.zone(), desk.today())
            raise Conflict("patient_elsewhere", appointment=other.id, start=when)


def settle(
    desk: Desk, found: tuple[Objection, ...], said: Said, kept: Iterable[str] = (), can_hold: bool = False
) -> tuple[str, ...]:
    """The codes that the desk passes by its reason; raises where something is left to be answered.

    ``kept`` are codes that the visit's earlier reason passes still. ``can_hold``: a hold would need no reason.
    Raises RuleViolation ``override_right`` without the right, ``authorization_missing`` where that is all and nobody
    can be asked; NeedsConfirmation with all ``objections`` otherwise.
    """
    open_ones = tuple(each for each in found if each.code not in frozenset(kept))
    needed, codes = codes_of(open_ones, Kind.OVERRIDE), codes_of(open_ones)
    may, words = OVERRIDE_RIGHT in desk.actor.rights, {"objections": open_ones, "obstacles": _obstacles(open_ones)}
    is_unseen = said.seen is not None and not said.seen.issuperset(codes)
    hold_helps = can_hold and needed == (AUTHORIZATION,)
    if needed and not may and not (hold_helps and not said.reason.strip()):
        raise RuleViolation("override_right", codes=needed, **words)
    if hold_helps and said.seen is None and not said.reason.strip():
        missing = next(each for each in open_ones if each.code == AUTHORIZATION)
        raise RuleViolation("authorization_missing", **missing.params, objections=open_ones)
    if (needed and not said.reason.strip()) or is_unseen:
        raise NeedsConfirmation(codes, may_override=may, **words)
    return tuple(sorted(codes_of(found, Kind.OVERRIDE)))


def _obstacles(found: Iterable[Objection]) -> tuple[Obstacle, ...]:
    return tuple(each.obstacle for each in found if each.obstacle is not None)


def authorized(
    approvals: Iterable[Authorization],
    planned: Planned,
    payer: Payer | None = None,
    units_taken: Mapping[int, int] | None = None,
) -> bool:
    """Whether a firm visit may be booked: nothing needed, or an approval good for all that is planned."""
    procedure = planned.type
    needs = procedure is not None and procedure.needs_authorization
    if authorization_need(needs, payer) is AuthorizationNeed.NOT_NEEDED:
        return True
    return standing(approvals, planned, units_taken).is_good
