"""When something fits: the same search for the command line, the find-slot panel and a caller's question."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from desk_app.application.asked import (
    check_levels,
    check_resources,
    check_stay,
    clinician_of,
    procedure_of,
    sitting_of,
)
from desk_app.application.desk import Desk
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Stay
from desk_app.domain.several import AndAlso
from desk_app.domain.slots import Obstacle, Slot, SlotQuery
from desk_app.domain.zone import local_date

YEAR = 365


@dataclass(frozen=True, slots=True)
class FindSlots:
    """A search: ``first_day`` None is today; ``clinician`` and ``wanted`` are codes.

    ``further`` procedures are done in the same sitting. ``level_names`` and ``payer`` (a code) say no start out, but
    let payers' rules speak against its day.
    """

    procedure: str
    levels: int = 1
    stay: Stay | None = None
    clinician: str | None = None
    wanted: tuple[str, ...] = ()
    first_day: date | None = None
    days: int = YEAR
    weekdays: frozenset[int] | None = None
    after: time | None = None
    before: time | None = None
    limit: int = 20
    patient_id: int | None = None
    ignore_visit: int | None = None
    level_names: str = ""
    payer: str | None = None
    further: tuple[AndAlso, ...] = ()


def find(desk: Desk, wish: FindSlots) -> tuple[Slot, ...]:
    """The first starts at which the whole chain fits, earliest first. Raises WrongInput for unknown codes."""
    query = query_for(desk, wish)
    if query.days < 1:
        return ()
    index = desk.slots.index(query.first_day, query.first_day + timedelta(days=query.days))
    return index.find(query, desk.now())


def explain(desk: Desk, wish: FindSlots, start: datetime) -> tuple[Obstacle, ...]:
    """Every obstacle that speaks against this start; none where it fits."""
    query = query_for(desk, wish)
    day = local_date(start, desk.zone())
    return desk.slots.index(day, day).explain(query, start, desk.now())


def query_for(desk: Desk, wish: FindSlots) -> SlotQuery:
    """The search as the engine takes it. Raises WrongInput for unknown codes and impossible levels."""
    desk.slots.catch_up(desk.queries)
    catalogue, today = desk.catalogue(), desk.today()
    procedure = procedure_of(catalogue, wish.procedure)
    check_levels(procedure, wish.levels)
    procedure = sitting_of(catalogue, procedure, wish.levels, wish.further)
    check_stay(procedure, wish.stay)
    check_resources(catalogue, wish.wanted)
    asked = wish.first_day or today
    first = max(asked, today)  # days that have passed count, but hold no start
    return SlotQuery(
        procedure,
        wish.levels,
        wish.stay,
        wanted=wish.wanted + clinician_of(catalogue, procedure, wish.clinician),
        first_day=first,
        days=wish.days - (first - asked).days,
        weekdays=wish.weekdays,
        after=wish.after,
        before=wish.before,
        limit=wish.limit,
        ignore_visit=wish.ignore_visit,
        patient_busy=_patient_busy(desk, wish, first),
    )


def _patient_busy(desk: Desk, wish: FindSlots, first: date) -> tuple[tuple[datetime, datetime], ...]:
    if wish.patient_id is None:
        return ()
    last = first + timedelta(days=wish.days)
    return desk.queries.presence(wish.patient_id, first, last, desk.now(), wish.ignore_visit)
