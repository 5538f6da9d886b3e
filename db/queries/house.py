"""Who is in the house, and what is taken of it in the hours to come: for whoever moves a patient on."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, bindparam, or_, select

from db.convert import at
from db.day_rows import NIGHTS_BACK
from db.schema.people import patient
from db.schema.practice import resource
from db.schema.visits import allocation, appointment
from desk_app.application.read_models import BookedUse, InHouse
from desk_app.domain.statuses import PRESENT_VISITS, AppointmentStatus

_a, _p, _u = appointment.c, patient.c, allocation.c
_PRESENT = (
    select(_a.id, _a.status, _a.status_since_s, _a.start_s, _a.phases)
    .where(
        _a.active == 1,
        _a.void == 0,
        _a.status.in_(sorted(PRESENT_VISITS)),
        or_(
            _a.day == bindparam("day"),
            _a.day.between(bindparam("before"), bindparam("day")) & (_a.end_s > bindparam("begin")),
        ),
    )
    .order_by(_a.start_s, _a.id)
)
_USES = (
    select(_u.appointment_id, resource.c.code, _u.lane, _u.start_s, _u.blocked_until_s, _u.kind, _a.status, _p.sex)
    .join(resource, resource.c.id == _u.resource_id)
    .join(appointment, _a.id == _u.appointment_id)
    .join(patient, _p.id == _a.patient_id)
    .where(
        _a.day.between(bindparam("early"), bindparam("late")),
        _u.active == 1,
        _u.blocked_until_s > _u.start_s,
        _u.start_s < bindparam("last"),
        _u.blocked_until_s > bindparam("first"),
    )
    .order_by(_u.start_s, _u.id)
)


def in_house(connection: Connection, today: date, begin_s: int) -> tuple[InHouse, ...]:
    """Those of today, and those of the days before whose visit had not ended by today's midnight."""
    number = today.toordinal()
    found = connection.execute(_PRESENT, {"day": number, "before": number - NIGHTS_BACK, "begin": begin_s})
    return tuple(
        InHouse(visit, AppointmentStatus(status), at(start if since is None else since), at(start), phases)
        for visit, status, since, start, phases in found
    )


def uses_between(connection: Connection, start: datetime, end: datetime) -> tuple[BookedUse, ...]:
    """Everything that is taken at some time in ``[start, end)``."""
    first, last = int(start.timestamp()), int(end.timestamp())
    early, late = start.date().toordinal() - NIGHTS_BACK - 1, end.date().toordinal() + 1
    found = connection.execute(_USES, {"first": first, "last": last, "early": early, "late": late})
    return tuple(
        BookedUse(visit, code, lane, at(first), at(until), kind, status, sex)
        for visit, code, lane, first, until, kind, status, sex in found
    )
