"""The slot engine: when every phase of a procedure fits, with which resources, and why not. Pure."""

from desk_app.domain.slots.chain import blocked_until, overnight_end, phase_times
from desk_app.domain.slots.index import SlotIndex
from desk_app.domain.slots.rrules import validate_rrule
from desk_app.domain.slots.surroundings import Around
from desk_app.domain.slots.types import Night, NightBeds, Obstacle, Slot, SlotPhase, SlotQuery, Use, VisitLoad

__all__ = [
    "Around",
    "Night",
    "NightBeds",
    "Obstacle",
    "Slot",
    "SlotIndex",
    "SlotPhase",
    "SlotQuery",
    "Use",
    "VisitLoad",
    "blocked_until",
    "overnight_end",
    "phase_times",
    "validate_rrule",
]
