"""Visits that a stretch would get in the way of: who is booked on these resources then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, or_, select

from db.convert import at, load_phones
from db.day_rows import NIGHTS_BACK
from db.schema.people import patient
from db.schema.practice import resource
from db.schema.visits import allocation, appointment
from db.terms import unseen
from desk_app.application.read_models import ConcernedVisit, Stretch
from desk_app.domain.practice import EVERY_RESOURCE
from desk_app.domain.statuses import AppointmentStatus

_a, _u, _p, _r = appointment.c, allocation.c, patient.c, resource.c
_COLUMNS = (
    _a.id, _a.version, _a.patient_id, _p.family, _p.given, _p.phones, _a.procedure_name, _a.status, _a.start_s,
    _r.code, _u.start_s.label("use_start"), _u.end_s.label("use_end"),
)  # fmt: skip


def concerned_visits(connection: Connection, stretches: Sequence[Stretch], now_s: int) -> tuple[ConcernedVisit, ...]:
    """Each visit once, in order of its start, with every resource of these it would miss."""
    if not stretches:
        return ()
    found: dict[int, ConcernedVisit] = {}
    for row in connection.execute(_query(stretches, now_s)):
        if not any(_meets(stretch, row) for stretch in stretches):
            continue
        known = found.get(row.id)
        if known is None:
            found[row.id] = _visit(row)
        elif row.code not in known.resources:
            found[row.id] = known._replace(resources=(*known.resources, row.code))
    return tuple(found.values())


def _query(stretches: Sequence[Stretch], now_s: int) -> Any:
    first = min(int(start.timestamp()) for _, start, _ in stretches)
    last = max(int(end.timestamp()) for _, _, end in stretches)
    codes = {code for code, _, _ in stretches}
    tests = [
        _a.active == 1,
        _a.void == 0,
        _u.active == 1,
        or_(_a.hold_until_s.is_(None), _a.hold_until_s > now_s),
        _a.status != AppointmentStatus.DISCHARGED.value,
        _a.day.between(_ordinal(first) - NIGHTS_BACK - 1, _ordinal(last) + 1),
        _u.start_s < last,
        _u.end_s > first,
    ]
    if EVERY_RESOURCE not in codes:
        tests.append(_r.code.in_(sorted(codes)))
    return (
        select(*_COLUMNS)
        .join(allocation, _u.appointment_id == _a.id)
        .join(resource, _r.id == unseen(_u.resource_id))
        .join(patient, _p.id == _a.patient_id)
        .where(*tests)
        .order_by(_a.start_s, _a.id, _u.id)
    )


def _ordinal(seconds: int) -> int:
    return at(seconds).date().toordinal()


def _meets(stretch: Stretch, row: Any) -> bool:
    code, start, end = stretch
    same = code in (EVERY_RESOURCE, row.code)
    return same and bool(row.use_start < end.timestamp() and row.use_end > start.timestamp())


def _visit(row: Any) -> ConcernedVisit:
    phones = load_phones(row.phones)
    phone = phones[0].e164 or phones[0].raw if phones else ""
    return ConcernedVisit(
        row.id,
        row.version,
        row.patient_id,
        f"{row.family}, {row.given}" if row.given else row.family,
        phone,
        row.procedure_name,
        row.status,
        at(row.start_s),
        (row.code,),
        phones[0].raw if phones else "",
    )
