"""What a start that is shown stands for: whom it takes, and how long."""

from __future__ import annotations

from desk_app.application import wording
from desk_app.application.use_cases.find_slots import FindSlots
from desk_app.domain.practice import Catalogue, ProcedureType, ResourceKind
from desk_app.domain.slots import Slot


def room_and_clinicians(slot: Slot, catalogue: Catalogue) -> tuple[str, ...]:
    """The room and the people that a list of starts showed: these are booked, or nothing is."""
    codes = dict.fromkeys(code for phase in slot.phases for code in phase.resources.values())
    kinds = (ResourceKind.PROCEDURE_ROOM, ResourceKind.CLINICIAN)
    return tuple(code for code in codes if catalogue.resource(code).kind in kinds)


def summary(procedure: ProcedureType | None, wish: FindSlots | None, cell_minutes: int) -> str:
    """``2 levels: setup 10, procedure 60, turnover 15, recovery 90 min``: what the search has to find room for."""
    if procedure is None or wish is None:
        return ""
    levels = min(wish.levels, procedure.max_levels)
    parts = [
        f"{phase.kind.value} {phase.length(levels)}" if phase.until is None else "then the night"
        for phase in procedure.booked_phases(wish.stay or procedure.overnight)
    ]
    return f"{wording.count(levels, 'level', 'levels')}: {', '.join(parts)} min"
