"""From a slot that fits to the visit's own records: phases as booked, allocations, and the way back for a move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desk_app.domain.faults import RuleViolation
from desk_app.domain.practice import Catalogue, Need, Phase, PhaseKind, ProcedureType
from desk_app.domain.records import Allocation, Appointment
from desk_app.domain.several import compose
from desk_app.domain.slots import Slot
from desk_app.domain.slots.types import SlotPhase
from desk_app.domain.visit_parts import BookedPhase
from desk_app.domain.zone import zone_of


def booked_phases(slot: Slot) -> tuple[BookedPhase, ...]:
    """The slot's phases as the snapshot a visit keeps."""
    return tuple(
        BookedPhase(phase.kind, phase.start, phase.end, phase.beside, tuple(phase.resources.items()))
        for phase in slot.phases
    )


def allocations(slot: Slot, catalogue: Catalogue) -> tuple[Allocation, ...]:
    """One allocation a phase and label, each kept from others until its turnover is over."""
    places = [(ordinal, phase.kind, label) for ordinal, phase in enumerate(slot.phases) for label in phase.resources]
    return tuple(
        Allocation(use.resource, label, ordinal, kind, use.start, use.end, use.blocked_until, use.lane)
        for (ordinal, kind, label), use in zip(places, slot.uses(catalogue), strict=True)
    )


def allocations_as_booked(visit: Appointment, catalogue: Catalogue) -> tuple[Allocation, ...]:
    """What the visit's phases say it takes, each resource in the lane it has."""
    lanes = {(each.resource, each.phase): each.lane for each in visit.allocations}
    phases = tuple(
        SlotPhase(phase.kind, phase.start, phase.end, dict(phase.resources), phase.beside) for phase in visit.phases
    )
    booked = allocations(Slot(visit.start, visit.end, phases), catalogue)
    return tuple(replace(each, lane=lanes.get((each.resource, each.phase), 0)) for each in booked)


def procedure_as_booked(visit: Appointment, catalogue: Catalogue) -> ProcedureType:
    """The procedure with the minutes this visit was booked with: a later edit of the catalogue does not move it."""
    needs = _needs_by_label(visit, catalogue)
    phases = tuple(_phase_as_booked(visit, ordinal, needs, catalogue) for ordinal in range(len(visit.phases)))
    return ProcedureType(
        code=visit.procedure,
        name=visit.procedure_name,
        phases=phases,
        max_levels=visit.levels,
        sedation=visit.sedation,
        unplanned_stay=visit.unplanned_stay,
        overnight=visit.stay,
    )


def procedure_in_catalogue(visit: Appointment, catalogue: Catalogue) -> ProcedureType | None:
    """What the catalogue says now of all that is done in the sitting; None where it no longer can."""
    if not all(catalogue.has_procedure(each.procedure) for each in visit.treated):
        return None
    try:
        return compose([(catalogue.procedure(each.procedure), each.levels) for each in visit.treated])
    except RuleViolation:
        return None  # the catalogue has changed since, and would not join them any more


def _phase_as_booked(visit: Appointment, ordinal: int, needs: Mapping[str, Need], catalogue: Catalogue) -> Phase:
    booked = visit.phases[ordinal]
    overnight = booked.kind is PhaseKind.OVERNIGHT
    until = booked.end.astimezone(zone_of(catalogue.settings)).time() if overnight else None
    minutes = 0 if overnight else int((booked.end - booked.start).total_seconds() // 60)
    labels = tuple(needs[label] for label, _ in booked.resources)
    return Phase(booked.kind, labels, minutes=minutes, until=until, beside=booked.beside)


def _needs_by_label(visit: Appointment, catalogue: Catalogue) -> dict[str, Need]:
    """What each label asks: the catalogue's words where it still has the label, else the kind it was booked with."""
    known: dict[str, Need] = {}
    procedure = procedure_in_catalogue(visit, catalogue)
    if procedure is not None:
        for phase in procedure.phases:
            known.update((need.label, need) for need in phase.needs)
    for booked in visit.phases:
        for label, code in booked.resources:
            known.setdefault(label, Need(label, catalogue.resource(code).kind))
    return known
