"""Two visits of one room change places on their day, in one transaction: whoever is here goes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from desk_app.application.bookability import Said
from desk_app.application.case_of import case_of
from desk_app.application.chain import allocations, booked_phases, procedure_as_booked
from desk_app.application.desk import Desk
from desk_app.application.lost_race import told_who_was_faster
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import repeated
from desk_app.application.use_cases.moving import place, settled
from desk_app.application.use_cases.visit_changes import free_lapsed, lock
from desk_app.application.visit_callbacks import tell_new_time
from desk_app.domain.faults import RuleViolation
from desk_app.domain.practice import ResourceKind, Stay
from desk_app.domain.records import Appointment
from desk_app.domain.slots import Slot, SlotIndex, SlotQuery, VisitLoad
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.zone import local_date

KEPT = (ResourceKind.PROCEDURE_ROOM, ResourceKind.CLINICIAN)
BEFORE_PROCEDURE = frozenset(
    {AppointmentStatus.BOOKED, AppointmentStatus.CONFIRMED, AppointmentStatus.ARRIVED, AppointmentStatus.READY}
)
CLOSE = timedelta(minutes=15)
"""A start that is later than this is not the other one's place any more."""

AROUND = timedelta(days=2)
"""A night that began the day before, and the one that ends the day after."""


@repeated
def swap(desk: Desk, first_id: int, second_id: int) -> Outcome[tuple[Appointment, Appointment]]:
    """The second goes at the first one's time (now, where that has passed), the first once the room is free again.

    Both keep their people and the room. Raises RuleViolation ``not_swappable`` or ``no_swap``, and as a move does.
    """
    with told_who_was_faster(desk) as bid, desk.open_work(desk.actor) as work:
        first, second = work.appointments.get(first_id), work.appointments.get(second_id)
        lock(desk, work, first.start, second.start)
        _check(desk, first, second)
        free_lapsed(desk, work, first.start)
        sooner, later = _slots(desk, first, second)
        moved = [(second, _moved(desk, work, second, sooner)), (first, _moved(desk, work, first, later))]
        work.appointments.vacate(visit.id for before, visit in moved if visit.allocations != before.allocations)
        stored = []
        for before, visit in moved:
            bid.visit = visit
            stored.append(place(desk, work, visit))
            if visit.start != before.start:
                tell_new_time(desk, work, stored[-1], "changed places with another visit")
        changes = work.commit("appointments_swapped", {"appointment": first.id, "other": second.id})
    return Outcome((stored[1], stored[0]), desk.committed(work, changes), changes.seq)


def can_swap(desk: Desk, first_id: int, second_id: int) -> bool:
    """Whether both would find a place, as far as the plan goes."""
    first, second = (desk.queries.visit_card(number).appointment for number in (first_id, second_id))
    try:
        _check(desk, first, second)
        _slots(desk, first, second)
    except RuleViolation:
        return False
    return True


def _check(desk: Desk, first: Appointment, second: Appointment) -> None:
    for visit in (first, second):
        if visit.status not in BEFORE_PROCEDURE:
            raise RuleViolation("not_movable", status=visit.status.value)
    days = {local_date(visit.start, desk.zone()) for visit in (first, second)}
    rooms = [set(_kept(desk, visit, KEPT[:1])) for visit in (first, second)]
    if len(days) != 1 or not rooms[0] & rooms[1] or second.start <= first.start:
        raise RuleViolation("not_swappable")


def _slots(desk: Desk, first: Appointment, second: Appointment) -> tuple[Slot, Slot]:
    """Where both go, in an index of those days in which neither has a place."""
    catalogue, now = desk.catalogue(), desk.now()
    day = local_date(first.start, desk.zone())
    rows = desk.queries.index_rows(day - AROUND, day + AROUND, now)
    index = SlotIndex(catalogue, day - AROUND, 5)
    index.load_rows(rows.uses, rows.visits)
    index.remove(first.id)
    index.remove(second.id)
    begin = max(first.start, now)
    sooner = next((slot for slot in index.slots_on(_query(desk, second), day, now) if slot.start >= begin), None)
    if sooner is None or sooner.start - begin >= CLOSE:
        raise RuleViolation("no_swap", name=_name(desk, second))
    share = second.unplanned_stay if second.stay is Stay.POSSIBLE else None
    index.put(VisitLoad(second.id, day, sooner.uses(catalogue), share))
    after = _room_free(desk, sooner, _kept(desk, first, KEPT[:1]))
    later = next((slot for slot in index.slots_on(_query(desk, first), day, now) if slot.start >= after), None)
    if later is None:
        raise RuleViolation("no_swap", name=_name(desk, first))
    return sooner, later


def _name(desk: Desk, visit: Appointment) -> str:
    return desk.queries.visit_card(visit.id).patient.name


def _query(desk: Desk, visit: Appointment) -> SlotQuery:
    procedure, wanted = procedure_as_booked(visit, desk.catalogue()), _kept(desk, visit, KEPT)
    return SlotQuery(procedure, visit.levels, visit.stay, wanted=wanted, ignore_visit=visit.id)


def _kept(desk: Desk, visit: Appointment, kinds: tuple[ResourceKind, ...]) -> tuple[str, ...]:
    used = dict.fromkeys(allocation.resource for allocation in visit.allocations)
    return tuple(code for code in used if desk.catalogue().resource(code).kind in kinds)


def _room_free(desk: Desk, slot: Slot, rooms: tuple[str, ...]) -> datetime:
    uses = [use for use in slot.uses(desk.catalogue()) if use.resource in rooms]
    return max((use.blocked_until for use in uses), default=slot.end)


def _moved(desk: Desk, work: UnitOfWork, before: Appointment, slot: Slot) -> Appointment:
    phases, taken = booked_phases(slot), allocations(slot, desk.catalogue())
    visit = replace(before, start=slot.start, end=slot.end, phases=phases, allocations=taken)
    return settled(desk, case_of(desk, work, visit), before, Said())[0]
