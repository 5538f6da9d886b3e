"""When something fits: the same search for the command line, the find-slot panel and a caller's question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desk_app.application.desk import Desk
from desk_app.application.use_cases.booking import check_stay
from desk_app.domain.faults import WrongInput
from desk_app.domain.practice import ResourceKind, Stay
from desk_app.domain.slots import Obstacle, Slot, SlotQuery
from desk_app.domain.zone import local_date

YEAR = 365


@dataclass(frozen=True, slots=True)
class FindSlots:
    """A search: ``first_day`` None is today; ``clinician`` and ``wanted`` are codes."""

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


def find(desk: Desk, wish: FindSlots) -> tuple[Slot, ...]:
    """The first starts at which the whole chain fits, earliest first. Raises WrongInput for unknown codes."""
    query = query_for(desk, wish)
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
    catalogue = desk.catalogue()
    if not catalogue.has_procedure(wish.procedure):
        raise WrongInput("unknown_procedure", procedure=wish.procedure, field="procedure")
    procedure = catalogue.procedure(wish.procedure)
    if not 1 <= wish.levels <= procedure.max_levels:
        raise WrongInput("levels", procedure=procedure.code, max_levels=procedure.max_levels, field="levels")
    check_stay(procedure, wish.stay)
    first = wish.first_day or desk.today()
    return SlotQuery(
        procedure,
        wish.levels,
        wish.stay,
        wanted=wish.wanted + _clinician(desk, wish),
        first_day=first,
        days=wish.days,
        weekdays=wish.weekdays,
        after=wish.after,
        before=wish.before,
        limit=wish.limit,
        ignore_visit=wish.ignore_visit,
        patient_busy=_patient_busy(desk, wish, first),
    )


def _clinician(desk: Desk, wish: FindSlots) -> tuple[str, ...]:
    if wish.clinician is None:
        return ()
    clinicians = {resource.code for resource in desk.catalogue().of_kind(ResourceKind.CLINICIAN)}
    if wish.clinician not in clinicians:
        raise WrongInput("unknown_clinician", resource=wish.clinician, field="clinician")
    phases = desk.catalogue().procedure(wish.procedure).phases
    if not any(need.kind is ResourceKind.CLINICIAN for phase in phases for need in phase.needs):
        raise WrongInput("no_such_clinician_need", procedure=wish.procedure, field="clinician")
    return (wish.clinician,)


def _patient_busy(desk: Desk, wish: FindSlots, first: date) -> tuple[tuple[datetime, datetime], ...]:
    if wish.patient_id is None:
        return ()
    last = first + timedelta(days=wish.days)
    return desk.queries.presence(wish.patient_id, first, last, desk.now(), wish.ignore_visit)
