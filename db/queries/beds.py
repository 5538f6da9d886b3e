"""Who lies where: the stretches of recovery bays on a day and of overnight beds over many nights, in one select."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, String, and_, bindparam, literal_column, or_, select

from db.convert import at, from_s, strings
from db.day_rows import NIGHTS_BACK
from db.repositories.day_records import check_of
from db.schema.people import patient
from db.schema.practice import resource
from db.schema.visits import allocation, appointment, discharge_check
from desk_app.application.read_models import BedUse
from desk_app.domain.day_records import DischargeCheck
from desk_app.domain.visit_parts import BedWish

_a, _p, _u, _r = appointment.c, patient.c, allocation.c, resource.c
_bay = _r.kind == literal_column("'recovery_bay'", String)
_bed = _r.kind == literal_column("'overnight_bed'", String)

USES: Select[Any] = (
    select(
        _a.id,
        _a.version,
        _a.patient_id,
        _p.family,
        _p.given,
        _p.sex,
        _p.alerts,
        _a.procedure_code,
        _a.procedure_name,
        _a.levels,
        _a.status,
        _a.stay,
        _a.escort,
        _a.phases,
        _a.start_s,
        _a.end_s,
        _a.status_since_s,
        _a.hold_until_s,
        _r.code,
        _r.kind,
        _u.start_s,
        _u.end_s,
        _u.blocked_until_s,
        _a.bed_wishes,
        _a.override_codes,
    )
    .select_from(appointment)
    .join(allocation, _u.appointment_id == _a.id)
    .join(resource, _r.id == _u.resource_id)
    .join(patient, _p.id == _a.patient_id)
    .where(
        _a.void == 0,
        _a.active == 1,
        _u.active == 1,
        or_(_a.hold_until_s.is_(None), _a.hold_until_s > bindparam("now")),
        _a.day.between(bindparam("first"), bindparam("last")),
        _u.blocked_until_s > bindparam("begin"),
        or_(
            and_(_bay, _u.start_s < bindparam("day_end")),
            and_(_bed, _u.start_s <= bindparam("nights_end")),
        ),
    )
    .order_by(_u.start_s, _a.id)
)


def bed_uses(
    connection: Connection, first: int, last: int, begin_s: int, day_end_s: int, nights_end_s: int, now_s: int
) -> tuple[BedUse, ...]:
    """``first`` and ``last`` are ordinals of local days; a visit of some days before may still be in its bed."""
    bound = {
        "first": first - NIGHTS_BACK,
        "last": last,
        "begin": begin_s,
        "day_end": day_end_s,
        "nights_end": nights_end_s,
        "now": now_s,
    }
    return tuple(_use(row) for row in connection.execute(USES, bound))


def last_check(connection: Connection, appointment_id: int) -> DischargeCheck | None:
    """The newest check of a visit before it goes home."""
    c = discharge_check.c
    query = select(discharge_check).where(c.appointment_id == appointment_id, c.void == 0).order_by(c.id.desc())
    row = connection.execute(query.limit(1)).mappings().first()
    return check_of(row) if row is not None else None


def _use(row: Any) -> BedUse:
    head, (begins, ends, since, until), place, stretch = row[:14], row[14:18], row[18:20], row[20:23]
    instants = (at(begins), at(ends), from_s(since), from_s(until))
    wishes = tuple(BedWish(wish) for wish in strings(row[23]))
    return BedUse._make((*head, *instants, *place, *(at(each) for each in stretch), wishes, strings(row[24])))
