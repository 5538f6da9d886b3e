"""When a patient has to be there before a visit begins. Pure.

Starting values: an hour ahead, two where labs are drawn on the day; a practice sets its own with its gates.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from desk_app.domain.practice_rules import GateKind, ReadinessGate

USUAL_MINUTES, LABS_MINUTES = 60, 120


def is_on_the_day(gate: ReadinessGate) -> bool:
    """Labs that need not be there ahead are drawn on the day."""
    return gate.kind is GateKind.LABS and gate.lead_hours == 0


def minutes_ahead(gates: Iterable[ReadinessGate]) -> int:
    """The longest time that one of a visit's gates asks for; the usual where none says any."""
    asked = [gate.arrive_minutes or (LABS_MINUTES if is_on_the_day(gate) else 0) for gate in gates]
    return max(asked, default=0) or USUAL_MINUTES


def arrival(start: datetime, gates: Iterable[ReadinessGate]) -> datetime:
    """When to be there for a visit that begins at ``start``."""
    return start - timedelta(minutes=minutes_ahead(gates))
