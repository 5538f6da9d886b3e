"""A longer or shorter procedure: this visit's chain anew with other minutes, which are kept on this visit alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from desk_app.application.bookability import AUTHORIZATION, OVERRIDABLE, Said, choose_slot, free_patient, settle
from desk_app.application.case_of import case_of
from desk_app.application.chain import allocations, booked_phases, procedure_as_booked
from desk_app.application.desk import Desk
from desk_app.application.firming import joined_reasons
from desk_app.application.lost_race import told_who_was_faster
from desk_app.application.objections import Kind, codes_of
from desk_app.application.outcome import Outcome
from desk_app.application.repeating import done_once, repeated
from desk_app.application.use_cases.moving import movable, new_objections
from desk_app.application.use_cases.visit_changes import free_lapsed, lock, told
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import RuleViolation, WrongInput
from desk_app.domain.practice import Catalogue, PhaseKind, ProcedureType, ResourceKind
from desk_app.domain.records import Appointment
from desk_app.domain.slots import Obstacle, Slot, SlotQuery
from desk_app.domain.zone import local_date

LONGEST = timedelta(hours=12)
STAYS = (ResourceKind.PROCEDURE_ROOM, ResourceKind.CLINICIAN)
"""What a visit keeps where its whole chain cannot be kept."""


@dataclass(frozen=True, slots=True)
class LengthenVisit:
    """``minutes`` of the procedure phase; setup, turnover and recovery keep theirs."""

    appointment_id: int
    minutes: int
    version: int | None = None
    override_reason: str = ""
    write_id: UUID | None = None
    acknowledged: frozenset[str] | None = None


@repeated
def lengthen(desk: Desk, wish: LengthenVisit) -> Outcome[Appointment]:
    """The same start with other minutes. Raises as a move does where the chain does not fit any more."""
    with (
        done_once(desk, wish.write_id),
        told_who_was_faster(desk) as bid,
        desk.open_work(desk.actor, wish.write_id) as work,
    ):
        before = work.appointments.get(wish.appointment_id)
        just_booked = lock(desk, work, before.start)
        movable(desk, before, wish.version)
        procedure = with_minutes(desk.catalogue(), before, wish.minutes)
        free_lapsed(desk, work, before.start)
        slot, already, obstacles = _slot(desk, before, procedure, just_booked)
        visit = replace(
            before, end=slot.end, phases=booked_phases(slot), allocations=allocations(slot, desk.catalogue())
        )
        case = case_of(desk, work, visit, obstacles)
        free_patient(desk, case)
        found = new_objections(case, before)
        kept = frozenset({*already, AUTHORIZATION} & set(before.override_codes))
        passed = settle(desk, found, Said(wish.override_reason, wish.acknowledged), kept)
        codes = tuple(sorted({*passed, *kept}))
        reason = joined_reasons(before.override_reason if kept else "", wish.override_reason) if codes else ""
        bid.visit = replace(visit, override_codes=codes, override_reason=reason)
        visit = work.appointments.save(bid.visit)
        facts = {**told(visit), "minutes": wish.minutes, "before": procedure_minutes(before)}
        changes = work.commit("appointment_lengthened", {**facts, "doubts": list(codes_of(found, Kind.DOUBTED))})
    return Outcome(visit, desk.committed(work, changes), changes.seq, codes_of(found))


def procedure_minutes(visit: Appointment) -> int:
    """How long the procedure phase is booked; 0 where there is none."""
    lengths = [phase.end - phase.start for phase in visit.phases if phase.kind is PhaseKind.PROCEDURE]
    return int(lengths[0].total_seconds() // 60) if lengths else 0


def with_minutes(catalogue: Catalogue, visit: Appointment, minutes: int) -> ProcedureType:
    """As booked, but for the first procedure phase. Raises WrongInput beyond the lengths that can be asked for."""
    cell = catalogue.settings.cell_minutes
    if minutes < cell or minutes % cell or timedelta(minutes=minutes) > LONGEST:
        raise WrongInput("minutes", cell_minutes=cell, field="minutes")
    procedure = procedure_as_booked(visit, catalogue)
    place = next((at for at, phase in enumerate(procedure.phases) if phase.kind is PhaseKind.PROCEDURE), None)
    if place is None:
        raise RuleViolation("no_procedure_phase")
    phases = list(procedure.phases)
    phases[place] = replace(phases[place], minutes=minutes)
    return replace(procedure, phases=tuple(phases))


def _slot(
    desk: Desk, visit: Appointment, procedure: ProcedureType, just_booked: frozenset[int]
) -> tuple[Slot, frozenset[str], tuple[Obstacle, ...]]:
    """Everything as it is where that fits, else the same room and people; what was overridden stays so.

    The slot, the codes that stay overridden, and the obstacles that a new override has to pass.
    """
    already, query = frozenset(visit.override_codes) & OVERRIDABLE, length_query(desk, visit, procedure)
    slot = slot_as_it_is(desk, visit, query)
    if slot is not None:
        return slot, already, ()
    slot, obstacles = choose_slot(desk, query, visit.start, just_booked)
    return slot, frozenset(), obstacles


def length_query(desk: Desk, visit: Appointment, procedure: ProcedureType) -> SlotQuery:
    """The search for the same start with the same room and people."""
    day = local_date(visit.start, desk.zone())
    stays = tuple(code for code in _used(visit) if desk.catalogue().resource(code).kind in STAYS)
    return SlotQuery(
        procedure, visit.levels, visit.stay, wanted=stays, first_day=day, days=1, limit=1, ignore_visit=visit.id
    )


def slot_as_it_is(desk: Desk, visit: Appointment, query: SlotQuery) -> Slot | None:
    """With everything the visit has where that fits, else with its room and people; what was overridden stays so."""
    index, now, already = desk.slots.index(query.first_day), desk.now(), frozenset(visit.override_codes) & OVERRIDABLE
    for wanted in (_used(visit), query.wanted):
        slot = index.slot_at(replace(query, wanted=wanted, overriding=already), visit.start, now)
        if slot is not None:
            return slot
    return None


def _used(visit: Appointment) -> tuple[str, ...]:
    return tuple(dict.fromkeys(allocation.resource for allocation in visit.allocations))
