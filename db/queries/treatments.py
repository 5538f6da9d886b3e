"""Visits as payers count them: every procedure of every sitting that stands, by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, Connection, select

from db.schema.visits import appointment
from desk_app.application.day_plan import decode_further
from desk_app.domain.coverage import Treatment

_a = appointment.c


def treatments(
    connection: Connection, patient_id: int, test: ColumnElement[bool], ignore: int | None
) -> tuple[Treatment, ...]:
    """A patient's visits that stand, by day, as payers count them; all but one."""
    query = select(_a.day, _a.procedure_code, _a.level_names, _a.further).where(
        _a.patient_id == patient_id, _a.active == 1, _a.void == 0, test
    )
    if ignore is not None:
        query = query.where(_a.id != ignore)
    rows = connection.execute(query.order_by(_a.start_s))
    return tuple(treatment for row in rows for treatment in treatments_of_row(*row))


def treatments_of_row(day: int, code: str, names: str, further: str) -> Iterator[Treatment]:
    """A visit's day (its ordinal), procedure, levels and further procedures, as payers count them."""
    on = date.fromordinal(day)
    yield Treatment(on, code, names)
    for each in decode_further(further):
        yield Treatment(on, each.procedure, each.level_names)
