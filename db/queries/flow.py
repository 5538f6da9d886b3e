"""The visits of a day and the next as the flow board shows them: one select, with what the day has brought so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, ScalarSelect, String, and_, bindparam, cast, func, literal_column, or_, select

from db.day_rows import NIGHTS_BACK, lines
from db.queries.approvals import Practice
from db.queries.day import COLUMNS, LINES
from db.queries.lacks import with_lacks
from db.queries.sittings import with_sittings
from db.schema.requests import callback
from db.schema.visits import appointment, readiness, visit_step
from desk_app.application.day_plan import DayPlanLine
from desk_app.application.read_models import FlowLine
from desk_app.domain.statuses import FIRM_VISITS, PRESENT_VISITS
from desk_app.domain.zone import day_span

_a, _s, _c, _g = appointment.c, visit_step.c, callback.c, readiness.c
FORGOTTEN_DAYS = 14
"""Who came and was never noted as gone home, or never noted at all, stays on the board for so long."""

WIDTH, START = len(COLUMNS), next(place for place, column in enumerate(COLUMNS) if column is _a.start_s)
"""How many columns are a day's, and which of them is the visit's start."""

_of_visit = and_(_s.appointment_id == _a.id, _s.void == 0)
_came = select(func.max(_s.at_s)).where(_of_visit, _s.status == "arrived").correlate(appointment).scalar_subquery()
_place = select(_s.place).where(_of_visit).order_by(_s.id.desc()).limit(1).correlate(appointment).scalar_subquery()
_gates = (
    select(func.aggregate_strings(_g.gate + literal_column("'='", String) + _g.state, ","))
    .where(_g.appointment_id == _a.id, _g.void == 0)
    .correlate(appointment)
    .scalar_subquery()
)


def _confirmation(column: Any) -> ScalarSelect[Any]:
    """Of the open call that confirms the visit."""
    query = select(column).where(
        _c.appointment_id == _a.id,
        _c.kind == "confirmation",
        or_(_c.status == "due", _c.status == "claimed"),
        _c.void == 0,
    )
    return query.order_by(_c.id).limit(1).correlate(appointment).scalar_subquery()


FLOW = (
    LINES.add_columns(
        _a.unplanned_stay, _came, _place, _confirmation(_c.attempts), _confirmation(_c.due_s), cast(_gates, String)
    )
    .where(
        or_(
            _a.day.between(bindparam("first"), bindparam("last")),
            and_(
                _a.day.between(bindparam("before"), bindparam("first")),
                _a.active == 1,
                or_(
                    _a.status.in_(sorted(PRESENT_VISITS | FIRM_VISITS)),
                    and_(_a.day > bindparam("nights"), _a.end_s > bindparam("begin")),
                ),
                or_(_a.hold_until_s.is_(None), _a.hold_until_s > bindparam("now")),
            ),
        )
    )
    .order_by(_a.start_s, _a.id)
)


def bounds_of(first: date, last: date, begin_s: int, now_s: int) -> dict[str, int]:
    """The values of the select's parameters."""
    number = first.toordinal()
    return {
        "first": number,
        "last": last.toordinal(),
        "before": number - FORGOTTEN_DAYS,
        "nights": number - NIGHTS_BACK - 1,
        "begin": begin_s,
        "now": now_s,
    }


def flow_lines(connection: Connection, practice: Practice, first: date, last: date, now_s: int) -> tuple[FlowLine, ...]:
    """Of local days ``[first, last]``."""
    begin, closing = (int(instant.timestamp()) for instant in day_span(first, practice.zone))
    rows = connection.execute(FLOW, bounds_of(first, last, begin, now_s)).all()
    today = [row for row in rows if row[START] < closing]
    found = [*_lines(connection, practice, today, first), *_lines(connection, practice, rows[len(today) :], last)]
    return tuple(FlowLine.of(visit, *row[WIDTH:]) for visit, row in zip(found, rows, strict=True))


def _lines(connection: Connection, practice: Practice, rows: Sequence[Row[Any]], day: date) -> tuple[DayPlanLine, ...]:
    """As a day's are made; ``day`` is the last that an approval has to reach."""
    made = lines([row[:WIDTH] for row in rows], day)
    return with_lacks(connection, practice, with_sittings(connection, made))
