"""A day's visits as the schedule and the sheets show them: one select, tuples made straight from its rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Select,
    String,
    and_,
    case,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
)

from db.authorization_need import needed, payer_id_of
from db.day_rows import bounds, lines
from db.day_statement import DAY
from db.queries.approvals import Practice
from db.queries.lacks import with_lacks
from db.queries.sittings import with_sittings
from db.schema.people import patient
from db.schema.practice import payer, practice, procedure_type
from db.schema.requests import callback, payer_authorization
from db.schema.visits import appointment, readiness
from db.terms import ONE, ZERO, given
from desk_app.application.day_plan import DayPlan
from desk_app.domain.readiness import GateState

_a, _p, _t, _z = appointment.c, patient.c, procedure_type.c, payer_authorization.c

APPROVED, IN_PART, MODIFIED = (
    literal_column(f"'{status}'", String) for status in ("approved", "approved_in_part", "modified")
)
NOTHING, NEVER, NO_CODES, QUOTED, QUOTED_END = (
    literal_column(f"'{text}'", String) for text in ("", "9", "[]", '%"', '"%')
)
TOLD, HELD = (literal_column(f"'{state.value}'", String) for state in (GateState.TOLD, GateState.HELD))
"""Written out rather than bound: SQLite looks at every bound value anew in each row of the inner select."""

_covering = (
    select(_z.id)
    .where(
        _z.patient_id == _a.patient_id,
        _z.procedure_code == _a.procedure_code,
        _z.void == ZERO,
        or_(_z.request_id.is_(None), _a.request_id.is_(None), _z.request_id == _a.request_id),
    )
    .order_by(
        case((or_(_z.status == APPROVED, _z.status == IN_PART, _z.status == MODIFIED), ZERO), else_=ONE), _z.id.desc()
    )
    .limit(ONE)
    .offset(ZERO)
    .correlate(appointment)
    .scalar_subquery()
)

_c = callback.c
_takes_thinner = _p.alerts.like(literal_column("'%\"anticoagulant\"%'", String))
_unprepared = (
    exists()
    .where(
        _c.appointment_id == _a.id,
        _c.kind == literal_column("'preparation'", String),
        or_(_c.status == literal_column("'due'", String), _c.status == literal_column("'claimed'", String)),
        _c.void == ZERO,
    )
    .correlate(appointment)
)
_told = (
    exists()
    .where(
        readiness.c.appointment_id == _a.id,
        readiness.c.gate == literal_column("'thinner'", String),
        readiness.c.state.in_((TOLD, HELD)),
        readiness.c.void == ZERO,
    )
    .correlate(appointment)
)
"""Both are looked at only where somebody takes a blood thinner: few do."""

_o = appointment.alias("other")
_shares = (
    exists()
    .where(
        _o.c.patient_id == _a.patient_id,
        _o.c.procedure_code == _a.procedure_code,
        _o.c.id != _a.id,
        _o.c.active == ONE,
    )
    .correlate(appointment)
)
_granted = or_(_z.status == APPROVED, _z.status == IN_PART, _z.status == MODIFIED)
_here = select(practice.c.name).limit(ONE).offset(ZERO).scalar_subquery()
_used = QUOTED + _z.clinician_code + QUOTED_END
_unsure = or_(
    _z.payer_id != payer.c.id,
    _z.levels < _a.levels,
    and_(_z.units.is_not(None), or_(_z.units < _a.levels, _shares)),
    and_(_z.side != NOTHING, _a.side != NOTHING, _z.side != _a.side),
    and_(_z.clinician_code != NOTHING, _a.phases.not_like(_used)),
    and_(_z.place != NOTHING, _z.place != _here),
    _z.cpt != NO_CODES,
)
"""Whether what an approval is limited to may not cover the visit: ``domain.authorization_match`` then looks closer."""

_good_from = case((not_(_granted), NOTHING), (_unsure, NEVER), else_=func.coalesce(_z.valid_from, NOTHING))
"""From which day on an approval is good as it stands; later than any day where that is not sure."""

COLUMNS = (
    _a.id,
    _a.version,
    _a.patient_id,
    _p.family,
    _p.given,
    _p.birth_date,
    _p.mrn,
    _p.sex,
    _a.procedure_code,
    _a.procedure_name,
    _a.levels,
    _a.level_names,
    _a.side,
    _a.sedation,
    _a.status,
    _a.stay,
    _a.start_s,
    _a.end_s,
    _a.status_since_s,
    _a.hold_until_s,
    case((_a.authorized_elsewhere == ONE, ZERO), else_=needed),
    _z.status,
    _z.valid_to,
    _a.escort,
    _a.note,
    _a.override_reason,
    _p.alerts,
    _a.phases,
    _a.override_codes,
    case((_takes_thinner, case((and_(_unprepared, not_(_told)), ONE), else_=ZERO)), else_=ZERO),
    _a.further,
    _good_from,
)

LINES: Select[Any] = (
    select(*COLUMNS)
    .select_from(appointment)
    .join(patient, _p.id == _a.patient_id)
    .join(procedure_type, _t.code == _a.procedure_code)
    .outerjoin(payer, payer.c.id == payer_id_of(_p.payer_id, _a.request_id, appointment))
    .outerjoin(payer_authorization, _z.id == _covering)
    .where(_a.void == ZERO)
)
_standing: ColumnElement[bool] = and_(
    _a.active == ONE, or_(_a.hold_until_s.is_(None), _a.hold_until_s > given("now", _a.hold_until_s))
)
_on_day = _a.day == given("day", _a.day)
_still_here = and_(_a.day.between(given("before", _a.day), given("day", _a.day)), _a.end_s > given("begin", _a.end_s))
_order = (_a.start_s, _a.id)
STANDING = LINES.where(_standing, or_(_on_day, _still_here)).order_by(*_order)
WITH_GONE = LINES.where(or_(_on_day, and_(_still_here, _standing))).order_by(*_order)


def day_plan(connection: Connection, known: Practice, day: date, begin_s: int, now_s: int, with_gone: bool) -> DayPlan:
    """The day's visits, and those still in the house from the days before."""
    bound = bounds(day, begin_s, now_s)
    if with_gone and connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql(DAY, bound)  # the same select, without a twentieth of its time
    else:
        found = connection.execute(WITH_GONE if with_gone else STANDING, bound)
    found_lines = lines(_driver_rows(found), day)
    return DayPlan(day, with_lacks(connection, known, with_sittings(connection, found_lines)))


def _driver_rows(result: CursorResult[Any]) -> Iterable[Any]:
    """The driver's own tuples: no column here is converted, and SQLAlchemy's rows would be dropped at once."""
    assert result.cursor is not None
    return result.cursor.fetchall()
