"""What a search has to find room for, in words."""

from __future__ import annotations

from desk_app.application import wording
from desk_app.application.use_cases.find_slots import FindSlots
from desk_app.domain.authorization_need import payer_of
from desk_app.domain.coverage import reminders
from desk_app.domain.practice import Catalogue, ProcedureType
from desk_app.ui.panels.preparation_facts import reminder_words


def summary(procedure: ProcedureType | None, wish: FindSlots | None, catalogue: Catalogue, payer: str | None) -> str:
    """``2 levels: setup 10, procedure 60, turnover 15, recovery 90 min``, and what the payer asks for before."""
    if procedure is None or wish is None:
        return ""
    levels = min(wish.levels, procedure.max_levels)
    parts = [
        f"{phase.kind.value} {phase.length(levels)}" if phase.until is None else "then the night"
        for phase in procedure.booked_phases(wish.stay or procedure.overnight)
    ]
    rules = reminders(catalogue, procedure, payer_of(catalogue, payer))
    asked = [f"Payers ask for {reminder_words(rule.conservative_weeks or 0)}." for rule in rules]
    return "\n".join([f"{wording.count(levels, 'level', 'levels')}: {', '.join(parts)} min", *asked])
