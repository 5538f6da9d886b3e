"""What a search has to find room for, in words."""

from __future__ import annotations

from desk_app.application import wording
from desk_app.application.use_cases.find_slots import FindSlots
from desk_app.domain.practice import ProcedureType


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
