"""The next free day: on which somebody's procedure fits, or, without one, on which a room has an hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desk_app.application.desk import Desk
from desk_app.application.use_cases.find_slots import YEAR, FindSlots, find
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Need, Phase, PhaseKind, ProcedureType, ResourceKind
from desk_app.domain.slots import Slot, SlotQuery

HOUR = ProcedureType(
    "", "a free hour", (Phase(PhaseKind.PROCEDURE, (Need("room", ResourceKind.PROCEDURE_ROOM),), minutes=60),)
)
"""Any room, whoever works in it, within its open hours and not within a block that is kept for others."""


@dataclass(frozen=True, slots=True)
class Free:
    """The first start there, and of what it is: a procedure's code, or the empty text for an hour of a room."""

    slot: Slot
    procedure: str = ""


def next_free(desk: Desk, weekday: int | None, wish: FindSlots | None = None) -> Free | None:
    """The first such day: from now on, or after today where a weekday is asked for. None within a year: there is none.

    Raises WrongInput as a search does.
    """
    weekdays = None if weekday is None else frozenset({weekday})
    first = desk.today() + timedelta(days=0 if weekday is None else 1)
    if wish is not None:
        slots = find(desk, replace(wish, first_day=first, weekdays=weekdays, limit=1))
        return Free(slots[0], wish.procedure) if slots else None
    desk.slots.catch_up(desk.queries)
    index = desk.slots.index(first, first + timedelta(days=YEAR))
    slots = index.find(SlotQuery(HOUR, first_day=first, days=YEAR, weekdays=weekdays, limit=1), desk.now())
    return Free(slots[0]) if slots else None
