"""Several days at once, for week and month: a select each, rows as the driver gives them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
)

from db.day_rows import NIGHTS_BACK
from db.schema.people import patient
from db.schema.visits import allocation, appointment
from db.terms import unseen
from desk_app.application.read_models import MonthRows, ShareRow, WeekLine

_a, _p, _u = appointment.c, patient.c, allocation.c

_unlapsed = or_(_a.hold_until_s.is_(None), _a.hold_until_s > bindparam("now"))
_standing = and_(_a.active == literal_column("1"), _unlapsed)
_kept = _a.void == literal_column("0")
_days = _a.day.between(bindparam("first"), bindparam("last"))

_lines = (
    select(
        _a.id,
        _a.day,
        _p.family,
        _p.given,
        _a.procedure_name,
        _a.level_names,
        _a.side,
        _a.status,
        _a.hold_until_s,
        _a.phases,
        _a.further,
    )
    .join(patient, _p.id == _a.patient_id)
    .where(_kept, _days)
)
_order = (_a.start_s, _a.id)
WEEK_STANDING: Select[Any] = _lines.where(_standing).order_by(*_order)
WEEK_WITH_GONE: Select[Any] = _lines.where(or_(_standing, _a.active == literal_column("0"))).order_by(*_order)

_may_stay = and_(
    _a.stay == literal_column("'possible'", String),
    _a.holds_bed == literal_column("0"),
    _a.status != literal_column("'discharged'", String),
    _a.status != literal_column("'overnight'", String),
)
_share = case((_may_stay, _a.unplanned_stay))
SHARES: Select[Any] = (
    select(_a.day, _share, func.count(), func.count(_a.hold_until_s))
    .where(_kept, _standing, _days)
    .group_by(_a.day, _share)
)
_ids: BindParameter[Any] = bindparam("ids", expanding=True)
STRETCHES: Select[Any] = (
    select(_a.day, _u.resource_id, _u.start_s, _u.end_s)
    .select_from(appointment)
    .join(allocation, _u.appointment_id == _a.id)
    .where(_kept, _standing, _days, _u.active == literal_column("1"), unseen(_u.resource_id).in_(_ids))
)


def week_lines(connection: Connection, first: date, last: date, now_s: int, with_gone: bool) -> tuple[WeekLine, ...]:
    """The visits of ``[first, last]`` by start, and of the day before: one may run over midnight."""
    bound = {"first": first.toordinal() - 1, "last": last.toordinal(), "now": now_s}
    found = connection.execute(WEEK_WITH_GONE if with_gone else WEEK_STANDING, bound)
    assert found.cursor is not None
    return tuple([WeekLine(*row) for row in found.cursor.fetchall()])


def month_rows(connection: Connection, first: date, last: date, now_s: int, resources: Collection[int]) -> MonthRows:
    """What ``[first, last]`` hold, and the nights before that still lie in them."""
    bound = {"first": first.toordinal(), "last": last.toordinal(), "now": now_s}
    shares = connection.execute(SHARES, bound)
    assert shares.cursor is not None
    counted = tuple([ShareRow(*row) for row in shares.cursor.fetchall()])
    if not resources:
        return MonthRows(counted, ())
    bound["first"] -= NIGHTS_BACK
    stretches = connection.execute(STRETCHES, {**bound, "ids": sorted(resources)})
    assert stretches.cursor is not None
    return MonthRows(counted, tuple(stretches.cursor.fetchall()))
