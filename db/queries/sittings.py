"""The authorization of a sitting of several procedures, as a day shows it: that of the one which stands worst."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, func, or_, select

from db.authorization_need import payer_id_of
from db.convert import from_day
from db.schema.people import patient
from db.schema.practice import payer, procedure_type
from db.schema.requests import payer_authorization
from db.schema.visits import appointment
from desk_app.application.day_plan import DayPlanLine, decode_further
from desk_app.domain.authorization_status import GRANTED

_a, _z = appointment.c, payer_authorization.c
NOTHING = "[]"


def with_sittings(connection: Connection, lines: Sequence[DayPlanLine]) -> tuple[DayPlanLine, ...]:
    """The lines as they are, but for those with further procedures that need an authorization of their own."""
    several = {line.appointment_id: line for line in lines if line.further_text != NOTHING}
    if not several:
        return tuple(lines)
    asks = select(procedure_type.c.code).where(procedure_type.c.needs_authorization == 1, procedure_type.c.retired == 0)
    asked = frozenset(connection.execute(asks).scalars())
    for row in connection.execute(_who_pays(several)):
        line = several[row.id]
        for treated in decode_further(line.further_text):
            if treated.procedure in asked:
                several[row.id] = line = _worst(line, _best(connection, row, treated.procedure))
    return tuple(several.get(line.appointment_id, line) for line in lines)


def _who_pays(numbers: Iterable[int]) -> Any:
    """Visits whose payer may ask for an authorization."""
    return (
        select(_a.id, _a.patient_id, _a.request_id)
        .join(patient, patient.c.id == _a.patient_id)
        .outerjoin(payer, payer.c.id == payer_id_of(patient.c.payer_id, _a.request_id, appointment))
        .where(_a.id.in_(sorted(numbers)), _a.authorized_elsewhere == 0)
        .where(func.coalesce(payer.c.needs_authorization, 1) == 1)
    )


def _best(connection: Connection, row: Any, procedure: str) -> tuple[str, str | None]:
    """Status and last day of the patient's authorization for it: one that is granted first, newer before older."""
    query = select(_z.status, _z.valid_to).where(
        _z.procedure_code == procedure,
        _z.void == 0,
        or_(_z.patient_id == row.patient_id, _z.request_id == row.request_id),
    )
    found = [(status, last) for status, last in connection.execute(query.order_by(_z.id.desc()))]
    return next((each for each in found if each[0] in GRANTED), found[0] if found else ("", None))


def _worst(line: DayPlanLine, other: tuple[str, str | None]) -> DayPlanLine:
    """A procedure without an approval stands worse than one with; of two approvals the one that ends first."""
    status, last = other[0], from_day(other[1])
    if line.needs_authorization and line.authorization not in GRANTED:
        return line
    ends_later = last is None or (line.authorized_to is not None and line.authorized_to <= last)
    if line.needs_authorization and status in GRANTED and ends_later:
        return line
    return line._replace(needs_authorization=True, authorization=status, authorized_to=last)
