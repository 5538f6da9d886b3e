"""Somebody's tray, with what each item is about as it stands now."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, and_, select

from db.convert import at, from_s
from db.schema.people import patient, tray_item, user_account
from db.schema.requests import request
from db.schema.visits import appointment
from desk_app.application.day_plan import further_words
from desk_app.application.read_models import TrayLine
from desk_app.domain.statuses import OPEN_REQUESTS, AppointmentStatus

_t, _a, _r = tray_item.c, appointment.c, request.c
_of_visit, _of_request = patient.alias("of_visit"), patient.alias("of_request")
CARRIED = frozenset({AppointmentStatus.HELD, AppointmentStatus.BOOKED, AppointmentStatus.CONFIRMED})

_LINES = (
    select(
        _t.id,
        _t.put_s,
        _a.id,
        _of_visit.c.family,
        _of_visit.c.given,
        _a.procedure_code,
        _a.procedure_name,
        _a.level_names,
        _a.further,
        _a.status,
        _a.start_s,
        _a.hold_until_s,
        _a.void,
        _r.id,
        _of_request.c.family,
        _of_request.c.given,
        _r.family,
        _r.given,
        _r.procedure_code,
        _r.procedure_text,
        _r.level_names,
        _r.status,
        _r.void,
    )
    .join(user_account, user_account.c.id == _t.user_id)
    .outerjoin(appointment, _a.id == _t.appointment_id)
    .outerjoin(_of_visit, _of_visit.c.id == _a.patient_id)
    .outerjoin(request, _r.id == _t.request_id)
    .outerjoin(_of_request, _of_request.c.id == _r.patient_id)
    .order_by(_t.position, _t.id)
)


def tray_lines(connection: Connection, user_name: str, now_s: int) -> tuple[TrayLine, ...]:
    rows = connection.execute(_LINES.where(and_(user_account.c.name == user_name, _t.void == 0)))
    return tuple(_visit_line(row, now_s) if row[2] is not None else _request_line(row) for row in rows)


def _visit_line(row: Any, now_s: int) -> TrayLine:
    item, put, number, family, given, code, name, levels, further, status, start, hold, void, *_ = row
    lapsed = hold is not None and hold <= now_s
    gone = bool(void) or lapsed or status not in CARRIED
    what = " ".join(part for part in (name, levels, further_words(further)) if part)
    return TrayLine(item, "visit", number, _name(family, given), code, what, status, from_s(start), at(put), gone)


def _request_line(row: Any) -> TrayLine:
    item, put, *_, number, charted, charted_given, family, given, code, text, levels, status, void = row
    name = _name(charted, charted_given) if charted else _name(family, given)
    gone = bool(void) or status not in OPEN_REQUESTS
    return TrayLine(item, "request", number, name, code or "", f"{text} {levels}".strip(), status, None, at(put), gone)


def _name(family: str, given: str) -> str:
    return f"{family}, {given}" if given else family
