"""What the slot index is built from and changed by: plain tuples of active visits and their allocations."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Connection, String, and_, bindparam, func, literal_column, or_, select

from db.schema.practice import resource
from db.schema.visits import allocation, appointment, audit_event, audit_touch
from db.terms import ONE, ZERO, given
from desk_app.application.outcome import Changes, Record
from desk_app.application.read_models import IndexRows, UseRow, VisitRow
from desk_app.domain.made_once import MadeOnce

_a, _u = appointment.c, allocation.c
_unlapsed = or_(_a.hold_until_s.is_(None), _a.hold_until_s > given("now", _a.hold_until_s))
_overnight = _u.kind == literal_column("'overnight'", String)
_standing = and_(_a.active == ONE, _a.void == ZERO)
_visits = select(_a.id, _a.day, _a.stay, _a.holds_bed, _a.status, _a.unplanned_stay, _a.hold_until_s).where(_standing)
_uses = (
    select(_u.appointment_id, resource.c.code, _u.start_s, _u.end_s, _u.blocked_until_s, _overnight, _u.lane)
    .join(resource, resource.c.id == _u.resource_id)
    .where(_u.active == ONE)
)
_days = _a.day.between(given("first", _a.day), given("last", _a.day))
_visits_of_days = _visits.where(_days, _unlapsed)
_uses_of_days = _uses.join(appointment, _a.id == _u.appointment_id).where(_standing, _days, _unlapsed)
_ids: BindParameter[Any] = bindparam("ids", expanding=True)
_of_ids = (
    _visits.add_columns(resource.c.code, _u.start_s, _u.end_s, _u.blocked_until_s, _overnight, _u.lane)
    .select_from(appointment)
    .outerjoin(allocation, and_(_u.appointment_id == _a.id, _u.active == ONE))
    .outerjoin(resource, resource.c.id == _u.resource_id)
    .where(_a.id.in_(_ids))
)
_last_seq = select(func.coalesce(func.max(audit_event.c.seq), 0))

EARLIER = 3
"""Days before the first whose visits may still hold something (a night, a chain over midnight)."""


def rows_of_days(connection: Connection, first: date, last: date, now_s: int) -> IndexRows:
    """Every active visit of local days ``[first, last]``, and of the few days before."""
    bound = {"first": first.toordinal() - EARLIER, "last": last.toordinal(), "now": now_s}
    seq = last_seq(connection)
    return _rows(connection.execute(_visits_of_days, bound), connection.execute(_uses_of_days, bound), seq)


def rows_of(connection: Connection, appointment_ids: Iterable[int]) -> IndexRows:
    """Those visits as they stand; one that is gone is missing. Whoever asks knows already as of which commit."""
    ids = sorted(appointment_ids)
    if not ids:
        return IndexRows((), (), 0)
    visits, uses = {}, []
    for number, day, stay, holds_bed, status, unplanned, hold, *use in connection.execute(_of_ids, {"ids": ids}):
        visits[number] = (number, day, stay, holds_bed, status, unplanned, hold)
        if use[0] is not None:
            uses.append((number, *use))
    return _rows(visits.values(), uses, 0)


def _rows(visits: Iterable[Any], uses: Iterable[Any], seq: int) -> IndexRows:
    days, new = MadeOnce(date.fromordinal), tuple.__new__
    found = tuple([_visit(days, *row) for row in visits])
    return IndexRows(found, tuple([new(UseRow, row) for row in uses]), seq)


def _visit(
    days: MadeOnce[int, date],
    number: int,
    day: int,
    stay: str,
    holds_bed: int,
    status: str,
    unplanned: float,
    hold: int | None,
) -> VisitRow:
    possible = stay == "possible" and not holds_bed and status not in ("discharged", "overnight")
    return VisitRow(number, days[day], unplanned if possible else None, hold)


def last_seq(connection: Connection) -> int:
    return int(connection.execute(_last_seq).scalar() or 0)


_since = (
    select(audit_event.c.seq, audit_event.c.days, audit_touch.c.record, audit_touch.c.record_id)
    .outerjoin(audit_touch, audit_touch.c.seq == audit_event.c.seq)
    .where(audit_event.c.seq > given("seq", audit_event.c.seq))
)


def changes_since(connection: Connection, seq: int) -> Changes:
    """What was committed after ``seq``."""
    found = connection.execute(_since, {"seq": seq}).all()
    if not found:
        return Changes(seq=seq)
    records = frozenset((Record(kind), record_id) for _, _, kind, record_id in found if kind is not None)
    days = frozenset(date.fromordinal(day) for text in {row[1] for row in found} for day in json.loads(text))
    return Changes(records, days, max(row[0] for row in found))
