"""How long the procedure of a visit may be made where it stands: each length, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from desk_app.application.bookability import OVERRIDABLE
from desk_app.application.desk import Desk
from desk_app.application.schedule_view import LengthFit, LengthMap
from desk_app.application.use_cases.lengthening import (
    LONGEST,
    STAYS,
    length_query,
    procedure_minutes,
    slot_as_it_is,
    with_minutes,
)
from desk_app.application.use_cases.why_not import in_words, obstacles_in
from desk_app.domain.practice import ResourceKind
from desk_app.domain.records import Appointment
from desk_app.domain.slots import Obstacle
from desk_app.domain.zone import local_date

ROOM = ResourceKind.PROCEDURE_ROOM


def lengths_of(desk: Desk, appointment_id: int) -> LengthMap:
    """Every length of that visit's procedure from one cell to twelve hours, as lengthening it would find it."""
    desk.slots.catch_up(desk.queries)
    visit, cell = desk.queries.visit_card(appointment_id).appointment, desk.catalogue().settings.cell_minutes
    found = _lengths(desk, visit, cell) if procedure_minutes(visit) else ()
    return LengthMap(appointment_id, cell, tuple(found))


def _lengths(desk: Desk, visit: Appointment, cell: int) -> Iterator[LengthFit]:
    longest = int(LONGEST.total_seconds() // 60) // cell * cell
    day = local_date(visit.start, desk.zone())
    room = next((code for code in _kept(desk, visit) if desk.catalogue().resource(code).kind is ROOM), None)
    busy = desk.queries.presence(visit.patient_id, day, day + timedelta(days=1), desk.now(), visit.id)
    for minutes in range(cell, longest + 1, cell):
        query = replace(length_query(desk, visit, with_minutes(desk.catalogue(), visit, minutes)), patient_busy=busy)
        if slot_as_it_is(desk, visit, query) is not None:
            yield LengthFit(minutes, True)
            continue
        index, now = desk.slots.index(day), desk.now()
        against = obstacles_in(index, query, visit.start, now, room, desk.catalogue())
        reason = in_words(against, desk.catalogue())
        passes = index.slot_at(replace(query, overriding=OVERRIDABLE), visit.start, now) is not None
        yield LengthFit(minutes, passes, reason)
        if not passes and _stays_so(desk, visit, against):
            yield from (LengthFit(longer, False, reason) for longer in range(minutes + cell, longest + 1, cell))
            return


def _stays_so(desk: Desk, visit: Appointment, against: Iterable[Obstacle]) -> bool:
    """Whether its own room or people are taken by then: they are for every longer length as well."""
    kept = _kept(desk, visit)
    return any(obstacle.code == "taken" and obstacle.resource in kept for obstacle in against)


def _kept(desk: Desk, visit: Appointment) -> list[str]:
    used = dict.fromkeys(allocation.resource for allocation in visit.allocations)
    return [code for code in used if desk.catalogue().resource(code).kind in STAYS]
