"""Moving a visit: the whole chain to another start, with the minutes it was booked with."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from desk_app.application import visit_callbacks
from desk_app.application.asked import check_resources
from desk_app.application.bookability import AUTHORIZATION, Said, choose_slot, free_patient, settle
from desk_app.application.carried import leave_tray
from desk_app.application.case_of import case_of
from desk_app.application.chain import allocations, booked_phases, procedure_as_booked
from desk_app.application.desk import Desk
from desk_app.application.firming import joined_reasons
from desk_app.application.lost_race import told_who_was_faster
from desk_app.application.objections import Case, Kind, Objection, codes_of, objections
from desk_app.application.outcome import Outcome
from desk_app.application.places import in_the_best_bed
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import done_once, repeated
from desk_app.application.use_cases.visit_changes import free_lapsed, lock, told, unchanged
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import NeedsConfirmation, RuleViolation
from desk_app.domain.practice import ResourceKind
from desk_app.domain.records import Appointment
from desk_app.domain.slots import Obstacle, Slot, SlotQuery
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.zone import local_date

MOVE_REASON = "move_reason"


@dataclass(frozen=True, slots=True)
class MoveAppointment:
    """Another start, and perhaps another column: ``wanted`` codes must serve; else the same clinicians are kept.

    ``reason`` is a code of :data:`wording.MOVE_WORDS` or any words. With ``asks_reason`` a move to another day is a
    question until there is one; the reason of an override will do.
    """

    appointment_id: int
    start: datetime
    wanted: tuple[str, ...] = ()
    version: int | None = None
    override_reason: str = ""
    reason: str = ""
    asks_reason: bool = False
    write_id: UUID | None = None
    acknowledged: frozenset[str] | None = None


@repeated
def move(desk: Desk, wish: MoveAppointment) -> Outcome[Appointment]:
    """Moves the whole chain to another start, with the minutes it was booked with."""
    with (
        done_once(desk, wish.write_id),
        told_who_was_faster(desk) as bid,
        desk.open_work(desk.actor, wish.write_id) as work,
    ):
        before = work.appointments.get(wish.appointment_id)
        just_booked = lock(desk, work, before.start, wish.start)
        movable(desk, before, wish.version)
        check_resources(desk.catalogue(), wish.wanted)
        free_lapsed(desk, work, wish.start)
        slot, obstacles = _slot_for_move(desk, before, wish, just_booked)
        visit = replace(
            before,
            start=slot.start,
            end=slot.end,
            phases=booked_phases(slot),
            allocations=allocations(slot, desk.catalogue()),
        )
        visit = in_the_best_bed(desk, work, visit, wish.wanted)
        visit, found = settled(desk, case_of(desk, work, visit, obstacles), before, _said(wish))
        _reason_for_move(desk, before, wish)
        bid.visit = visit
        visit = place(desk, work, visit)
        facts = {**told(visit), "from": before.start.isoformat(), "reason": wish.reason}
        changes = work.commit("appointment_moved", {**facts, "doubts": list(codes_of(found, Kind.DOUBTED))})
    return Outcome(visit, desk.committed(work, changes), changes.seq, codes_of(found))


def settled(desk: Desk, case: Case, before: Appointment, said: Said) -> tuple[Appointment, tuple[Objection, ...]]:
    """The visit of a case with what its move passes, and what speaks against it; raises as ``bookability.settle``."""
    free_patient(desk, case)
    found = new_objections(case, before)
    kept = frozenset(before.override_codes) & {AUTHORIZATION}
    passed = settle(desk, found, said, kept)
    earlier = before.override_reason if kept.intersection(passed) else ""
    reason = joined_reasons(earlier, said.reason) if passed else ""
    return replace(case.visit, override_codes=passed, override_reason=reason), found


def place(desk: Desk, work: UnitOfWork, visit: Appointment) -> Appointment:
    """Stores a visit where it has moved to; its calls move with it."""
    visit = work.appointments.save(visit)
    visit_callbacks.moved(desk, work, visit)
    leave_tray(desk, work, appointment_id=visit.id)
    return visit


def _said(wish: MoveAppointment) -> Said:
    return Said(wish.override_reason, wish.acknowledged)


def _reason_for_move(desk: Desk, visit: Appointment, wish: MoveAppointment) -> None:
    """Asked last, once nothing else speaks against the move. Raises NeedsConfirmation ``move_reason``."""
    another_day = local_date(visit.start, desk.zone()) != local_date(wish.start, desk.zone())
    if wish.asks_reason and another_day and not (wish.reason.strip() or wish.override_reason.strip()):
        raise NeedsConfirmation((MOVE_REASON,))


def new_objections(case: Case, before: Appointment) -> tuple[Objection, ...]:
    """Within its day a visit is asked only about doubts that it did not stand under before."""
    found = objections(case)
    if case.day_of(before.start) != case.day_of(case.visit.start):
        return found
    known = codes_of(objections(replace(case, visit=before, obstacles=())), Kind.DOUBTED)
    return tuple(each for each in found if each.code not in known)


def _slot_for_move(
    desk: Desk, visit: Appointment, wish: MoveAppointment, just_booked: frozenset[int]
) -> tuple[Slot, tuple[Obstacle, ...]]:
    """The same clinicians and the wanted column where that fits, else whoever can; an override only as asked."""
    day = local_date(wish.start, desk.zone())
    procedure = procedure_as_booked(visit, desk.catalogue())
    query = SlotQuery(procedure, visit.levels, visit.stay, first_day=day, days=1, limit=1, ignore_visit=visit.id)
    index, now = desk.slots.index(day), desk.now()
    for wanted in _preferences(desk, visit, wish.wanted):
        slot = index.slot_at(replace(query, wanted=wanted), wish.start, now)
        if slot is not None:
            return slot, ()
    return choose_slot(desk, replace(query, wanted=wish.wanted), wish.start, just_booked)


def has_place(desk: Desk, visit: Appointment, wish: MoveAppointment) -> bool:
    """Whether the plan has that place for it, without anything that had to be overridden."""
    try:
        return not _slot_for_move(desk, visit, wish, frozenset())[1]
    except RuleViolation:
        return False


def _preferences(desk: Desk, visit: Appointment, asked: tuple[str, ...]) -> list[tuple[str, ...]]:
    catalogue = desk.catalogue()
    used = dict.fromkeys(allocation.resource for allocation in visit.allocations)
    staff = tuple(code for code in used if catalogue.resource(code).kind is ResourceKind.CLINICIAN)
    if asked:
        return [tuple(dict.fromkeys(asked + staff)), asked]
    rooms = tuple(code for code in used if catalogue.resource(code).kind is ResourceKind.PROCEDURE_ROOM)
    return [staff + rooms, staff, ()]


def movable(desk: Desk, visit: Appointment, version: int | None) -> None:
    """Raises unless the visit is still to come, is held firmly enough, and is as it was seen."""
    unchanged(visit, version)
    ahead = (AppointmentStatus.HELD, AppointmentStatus.BOOKED, AppointmentStatus.CONFIRMED)
    if visit.status not in ahead:
        raise RuleViolation("not_movable", status=visit.status.value)
    if not visit.is_active(desk.now()):
        raise RuleViolation("hold_lapsed")
