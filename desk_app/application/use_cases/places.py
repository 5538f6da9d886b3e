"""Bays and beds at work: another one for somebody, a bed for the night in one step, a place made free or shut."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from desk_app.application.asked import check_resources
from desk_app.application.bookability import OVERRIDE_RIGHT, Said, settle
from desk_app.application.desk import Desk
from desk_app.application.firming import overridden
from desk_app.application.lost_race import told_who_was_faster
from desk_app.application.objections import Kind, Objection, codes_of
from desk_app.application.outcome import Outcome
from desk_app.application.places import (
    Night,
    against,
    bed_for,
    has_bed,
    night_ends,
    served_by,
    taken,
    with_night,
)
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import done_once, repeated
from desk_app.application.use_cases.visit_changes import free_lapsed, lock, told, unchanged
from desk_app.application.visit_steps import NO_BED, How, moved_to, stepped
from desk_app.domain.dataclass import dataclass
from desk_app.domain.day_moves import PHASE_OF, without_night
from desk_app.domain.day_records import BedCondition, BedState
from desk_app.domain.faults import NeedsConfirmation, RuleViolation
from desk_app.domain.practice import ResourceKind
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import GONE_VISITS, AppointmentStatus
from desk_app.domain.visit_parts import BedWish

S = AppointmentStatus
MAY_STAY = frozenset({S.BOOKED, S.CONFIRMED, S.ARRIVED, S.READY, S.IN_PROCEDURE, S.IN_RECOVERY, S.AMBULATING})
IN_RECOVERY = frozenset({S.IN_RECOVERY, S.AMBULATING})


@dataclass(frozen=True, slots=True)
class PutInPlace:
    """A bay or bed by its code for a visit, from now on where the patient lies in one of that kind already."""

    appointment_id: int
    code: str
    version: int | None = None
    override_reason: str = ""
    acknowledged: frozenset[str] | None = None
    write_id: UUID | None = None


@repeated
def put_in_place(desk: Desk, wish: PutInPlace) -> Outcome[Appointment]:
    """Another bay, or another bed for the night; a transfer of somebody who lies there keeps its history.

    Raises RuleViolation ``place_of_others``, ``place_over``, ``place_unfit``, and as ``bookability.settle``.
    """
    with (
        done_once(desk, wish.write_id),
        told_who_was_faster(desk) as bid,
        desk.open_work(desk.actor, wish.write_id) as work,
    ):
        check_resources(desk.catalogue(), (wish.code,))
        before = work.appointments.get(wish.appointment_id)
        lock(desk, work, before.start, before.end)
        unchanged(before, wish.version)
        free_lapsed(desk, work, before.start, desk.now())
        bid.visit = before
        visit, found = _placed(desk, work, before, wish)
        facts = {**told(visit), "place": wish.code, "status": visit.status.value}
        changes = work.commit("patient_moved", {**facts, "doubts": list(codes_of(found, Kind.DOUBTED))})
    return Outcome(visit, desk.committed(work, changes), changes.seq, codes_of(found))


@repeated
def put_all_in_place(desk: Desk, moves: tuple[tuple[int, str], ...], reason: str = "") -> Outcome[int]:
    """Several at once, in the order given and as one step: all of them, or none. Answers how many.

    Raises as :func:`put_in_place`.
    """
    with told_who_was_faster(desk) as bid, desk.open_work(desk.actor) as work:
        visits = [work.appointments.get(number) for number, _ in moves]
        lock(desk, work, desk.now(), *(visit.start for visit in visits))
        for before, (number, code) in zip(visits, moves, strict=True):
            bid.visit = before
            free_lapsed(desk, work, before.start)
            _placed(desk, work, before, PutInPlace(number, code, override_reason=reason))
        facts = {"moves": [{"appointment": number, "place": code} for number, code in moves]}
        changes = work.commit("patients_moved", facts)
    return Outcome(len(moves), desk.committed(work, changes), changes.seq)


def _placed(
    desk: Desk, work: UnitOfWork, visit: Appointment, wish: PutInPlace
) -> tuple[Appointment, tuple[Objection, ...]]:
    resource = desk.catalogue().resource(wish.code)
    mine = taken(visit, resource.kind)
    if not mine or visit.status in GONE_VISITS:
        raise RuleViolation("place_unfit", resource=resource.name, kind="place for this patient")
    where = mine[-1].resource
    if where == wish.code:
        raise RuleViolation("place_in_use", resource=resource.name)
    there = PHASE_OF.get(visit.status) is mine[-1].kind
    if not there and _has_left(visit, resource.kind):
        raise RuleViolation("place_over")
    would = served_by(visit, resource, where)
    if there:  # what is over was lain in where it was
        would = replace(
            would,
            allocations=tuple(
                replace(each, start=max(each.start, desk.now())) if each.resource == wish.code else each
                for each in would.allocations
            ),
        )
    found = against(desk, work, would, resource)
    passed = settle(desk, found, Said(wish.override_reason, wish.acknowledged))
    if there:
        moved = moved_to(desk, work, visit, wish.code)
        return (work.appointments.save(overridden(moved, passed, wish.override_reason)) if passed else moved), found
    return work.appointments.save(overridden(would, passed, wish.override_reason)), found


def _has_left(visit: Appointment, kind: ResourceKind) -> bool:
    over = {S.DISCHARGED} if kind is ResourceKind.OVERNIGHT_BED else {S.AMBULATING, S.OVERNIGHT, S.DISCHARGED}
    return visit.status in over


@dataclass(frozen=True, slots=True)
class StayTonight:
    """Somebody who was to go home stays. ``bed``: a code, None where the program finds one.

    ``place`` says where they go instead where no bed is free: a manager's override, with ``reason``.
    """

    appointment_id: int
    bed: str | None = None
    version: int | None = None
    place: str = ""
    reason: str = ""
    write_id: UUID | None = None


@repeated
def stay_tonight(desk: Desk, wish: StayTonight) -> Outcome[Appointment]:
    """Gives a bed for the night from the end of the rest on; whoever has left recovery already goes there now.

    Raises RuleViolation ``stays_already``, ``cannot_stay``, ``place_of_others``, NeedsConfirmation ``no_bed``.
    """
    with (
        done_once(desk, wish.write_id),
        told_who_was_faster(desk) as bid,
        desk.open_work(desk.actor, wish.write_id) as work,
    ):
        visit = work.appointments.get(wish.appointment_id)
        lock(desk, work, visit.start, desk.now())
        unchanged(visit, wish.version)
        if visit.status is S.OVERNIGHT or has_bed(visit):
            raise RuleViolation("stays_already")
        if visit.status not in MAY_STAY:
            raise RuleViolation("cannot_stay", status=visit.status.value)
        free_lapsed(desk, work, visit.start, desk.now())
        bid.visit = visit
        visit = _elsewhere(desk, work, visit, wish) if wish.place.strip() else _given(desk, work, visit, wish)
        beds = taken(visit, ResourceKind.OVERNIGHT_BED)
        facts = {**told(visit), "status": visit.status.value, "bed": beds[-1].resource if beds else ""}
        changes = work.commit("stay_given", facts)
    return Outcome(visit, desk.committed(work, changes), changes.seq)


def _given(desk: Desk, work: UnitOfWork, visit: Appointment, wish: StayTonight) -> Appointment:
    begin = max([desk.now(), *(each.end for each in taken(visit, ResourceKind.RECOVERY_BAY))])
    begin = begin.replace(second=0, microsecond=0)
    begin = max(begin, max(phase.end for phase in visit.phases if not phase.beside)) if _is_ahead(visit) else begin
    until = night_ends(desk, visit, begin)
    night = Night(visit, work.patients.get(visit.patient_id).sex, begin, until)
    code = wish.bed or bed_for(desk, work, work.beds.all(), night)
    if code is None:
        raise NeedsConfirmation((NO_BED,), may_override=OVERRIDE_RIGHT in desk.actor.rights)
    check_resources(desk.catalogue(), (code,))
    bed = desk.catalogue().resource(code)
    if bed.kind is not ResourceKind.OVERNIGHT_BED:
        raise RuleViolation("place_unfit", resource=bed.name, kind="bed")
    given = with_night(visit, bed, begin, until)
    found = against(desk, work, given, bed)
    passed = settle(desk, found, Said(wish.reason, None))
    given = overridden(given, passed, wish.reason)
    if visit.status is S.AMBULATING:
        ready = replace(visit, override_codes=given.override_codes, override_reason=given.override_reason)
        return stepped(desk, work, ready, S.OVERNIGHT, How(to=code))
    return work.appointments.save(given)


def _is_ahead(visit: Appointment) -> bool:
    """Whether the rest is still to begin, so that its booked end counts."""
    return visit.status not in IN_RECOVERY


def _elsewhere(desk: Desk, work: UnitOfWork, visit: Appointment, wish: StayTonight) -> Appointment:
    """The night somewhere else."""
    if visit.status not in IN_RECOVERY:
        raise RuleViolation("cannot_stay", status=visit.status.value)
    return stepped(desk, work, visit, S.OVERNIGHT, How(place=wish.place.strip(), reason=wish.reason.strip()))


@repeated
def home_after_all(desk: Desk, appointment_id: int, version: int | None = None) -> Outcome[Appointment]:
    """Gives the night's bed back: the patient goes home the same day. Raises RuleViolation ``no_night_to_give_back``.

    A visit that was booked for the night stays one that may need it.
    """
    with desk.open_work(desk.actor) as work:
        visit = work.appointments.get(appointment_id)
        lock(desk, work, visit.start, desk.now())
        unchanged(visit, version)
        if not has_bed(visit) or visit.status is S.OVERNIGHT or visit.status not in MAY_STAY:
            raise RuleViolation("no_night_to_give_back")
        visit = work.appointments.save(without_night(visit))
        changes = work.commit("stay_given_back", told(visit))
    return Outcome(visit, desk.committed(work, changes), changes.seq)


@repeated
def wish_for_bed(
    desk: Desk, appointment_id: int, wishes: tuple[BedWish, ...], version: int | None = None
) -> Outcome[Appointment]:
    """What the patient's bed for the night should have, or be."""
    with desk.open_work(desk.actor) as work:
        visit = work.appointments.get(appointment_id)
        unchanged(visit, version)
        visit = work.appointments.save(replace(visit, bed_wishes=tuple(dict.fromkeys(wishes))))
        changes = work.commit("bed_wishes", {**told(visit), "wishes": [wish.value for wish in wishes]})
    return Outcome(visit, desk.committed(work, changes), changes.seq)


@repeated
def set_place(
    desk: Desk, code: str, condition: BedCondition, note: str = "", until: datetime | None = None
) -> Outcome[BedState]:
    """What is true of a bay or bed itself: free again, being cleaned, or out of order until somebody says otherwise.

    A place that is free before its cleaning was to end can be booked from now on. Raises RuleViolation
    ``place_in_use`` where somebody lies there.
    """
    now = desk.now()
    with told_who_was_faster(desk), desk.open_work(desk.actor) as work:
        check_resources(desk.catalogue(), (code,))
        lock(desk, work, now)
        cleaned = _cleaned(work, code, now) if condition is BedCondition.FREE else None
        if _lies_there(desk, work, code):
            raise RuleViolation("place_in_use", resource=desk.catalogue().resource(code).name)
        before = work.beds.of(code)
        state = BedState(code, condition, now, until, before.appointment_id if before else None, note.strip())
        if before is not None:
            state = replace(state, id=before.id, version=before.version)
        state = work.beds.put(state)
        facts = {"place": code, "condition": condition.value, "appointment": cleaned}
        changes = work.commit("place_state", facts)
    return Outcome(state, desk.committed(work, changes), changes.seq)


def _lies_there(desk: Desk, work: UnitOfWork, code: str) -> bool:
    for each in work.in_house(desk.today()):
        kind = PHASE_OF.get(each.status)
        codes = {used for phase in each.phases() if phase.kind is kind for _, used in phase.resources}
        if code in codes:
            return True
    return False


def _cleaned(work: UnitOfWork, code: str, now: datetime) -> int | None:
    """Lets the next visit begin at once where the cleaning after the last one is over early; answers that one."""
    instant = now.replace(second=0, microsecond=0)
    for use in work.uses_between(instant, instant + timedelta(minutes=1)):
        if use.resource != code:
            continue
        visit = work.appointments.get(use.appointment_id)
        over = [each for each in visit.allocations if each.resource == code and each.end <= instant]
        if over and all(each.end <= instant for each in visit.allocations if each.resource == code):
            cut = tuple(
                replace(each, blocked_until=max(each.end, instant)) if each is over[-1] else each
                for each in visit.allocations
            )
            work.appointments.save(replace(visit, allocations=cut))
            return visit.id
    return None
