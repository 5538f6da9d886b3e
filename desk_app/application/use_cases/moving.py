"""Moving a visit: the whole chain to another start, with the minutes it was booked with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from desk_app.application import visit_callbacks
from desk_app.application.asked import check_resources
from desk_app.application.bookability import AUTHORIZATION, choose_slot, free_patient, require_override
from desk_app.application.chain import allocations, booked_phases, procedure_as_booked
from desk_app.application.desk import Desk
from desk_app.application.lost_race import told_who_was_faster
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import repeated
from desk_app.application.use_cases.visit_changes import free_lapsed, has_approval, lock, told, unchanged
from desk_app.domain.faults import NeedsConfirmation, RuleViolation
from desk_app.domain.practice import ResourceKind
from desk_app.domain.records import Appointment
from desk_app.domain.slots import Slot, SlotQuery
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


@repeated
def move(desk: Desk, wish: MoveAppointment) -> Outcome[Appointment]:
    """Moves the whole chain to another start, with the minutes it was booked with."""
    with told_who_was_faster(desk) as bid, desk.open_work(desk.actor, wish.write_id) as work:
        before = work.appointments.get(wish.appointment_id)
        just_booked = lock(desk, work, before.start, wish.start)
        movable(desk, before, wish.version)
        check_resources(desk.catalogue(), wish.wanted)
        free_lapsed(desk, work, wish.start)
        slot, passed = _slot_for_move(desk, before, wish, just_booked)
        free_patient(desk, work, before.patient_id, slot, ignore=before.id)
        passed += _authorization_for_move(desk, work, before, wish)
        _reason_for_move(desk, before, wish)
        bid.visit = replace(
            before,
            start=slot.start,
            end=slot.end,
            phases=booked_phases(slot),
            allocations=allocations(slot, desk.catalogue()),
            override_codes=passed,
            override_reason=wish.override_reason or (before.override_reason if passed else ""),
        )
        visit = work.appointments.save(bid.visit)
        visit_callbacks.moved(desk, work, visit)
        facts = {**told(visit), "from": before.start.isoformat(), "reason": wish.reason}
        changes = work.commit("appointment_moved", facts)
    return Outcome(visit, desk.committed(work, changes), changes.seq, passed)


def _authorization_for_move(desk: Desk, work: UnitOfWork, visit: Appointment, wish: MoveAppointment) -> tuple[str, ...]:
    firm = visit.status is not AppointmentStatus.HELD and not visit.authorized_elsewhere
    if not firm or not desk.catalogue().has_procedure(visit.procedure):
        return ()
    procedure = desk.catalogue().procedure(visit.procedure)
    if has_approval(desk, work, visit.request_id, visit.patient_id, procedure, visit.levels, wish.start):
        return ()
    if AUTHORIZATION not in visit.override_codes:
        require_override(desk, (AUTHORIZATION,), wish.override_reason)
    return (AUTHORIZATION,)


def _reason_for_move(desk: Desk, visit: Appointment, wish: MoveAppointment) -> None:
    """Asked last, once nothing else speaks against the move. Raises NeedsConfirmation ``move_reason``."""
    another_day = local_date(visit.start, desk.zone()) != local_date(wish.start, desk.zone())
    if wish.asks_reason and another_day and not (wish.reason.strip() or wish.override_reason.strip()):
        raise NeedsConfirmation((MOVE_REASON,))


def _slot_for_move(
    desk: Desk, visit: Appointment, wish: MoveAppointment, just_booked: frozenset[int]
) -> tuple[Slot, tuple[str, ...]]:
    """The same clinicians and the wanted column where that fits, else whoever can; an override only as asked."""
    day = local_date(wish.start, desk.zone())
    procedure = procedure_as_booked(visit, desk.catalogue())
    query = SlotQuery(procedure, visit.levels, visit.stay, first_day=day, days=1, limit=1, ignore_visit=visit.id)
    index, now = desk.slots.index(day), desk.now()
    for wanted in _preferences(desk, visit, wish.wanted):
        slot = index.slot_at(replace(query, wanted=wanted), wish.start, now)
        if slot is not None:
            return slot, ()
    return choose_slot(desk, replace(query, wanted=wish.wanted), wish.start, wish.override_reason, just_booked)


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
