"""The inbox: each request with its computed next action, the open callback of least due time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, func, select

from db.convert import at, from_day, from_s, load_phones
from db.mapping import Codes, request_of
from db.next_action import next_call
from db.queries.request_ends import with_ends
from db.schema.people import patient
from db.schema.practice import payer
from db.schema.requests import callback, payer_authorization, request, request_message
from db.schema.visits import appointment
from desk_app.application.read_models import RequestLine
from desk_app.domain.records import Request
from desk_app.domain.statuses import OPEN_REQUESTS, RequestStatus

AT_ONCE = 500
_r, _p, _a, _c, _z = request.c, patient.c, appointment.c, callback.c, payer_authorization.c
_m = request_message.c

_messages = select(func.count(_m.id)).where(_m.request_id == _r.id, _m.void == 0).correlate(request).scalar_subquery()
_paying = payer.alias("paying")
_latest = (
    select(func.max(_z.id))
    .where(_z.request_id == _r.id, _z.void == 0, _z.status != "withdrawn")
    .correlate(request)
    .scalar_subquery()
)
_asked_payer = payer.alias("asked_payer")
_mine = and_(_a.request_id == _r.id, _a.void == 0, _a.active == 1)
_held = (
    select(func.min(_a.start_s))
    .where(_mine, _a.status == "held", _a.hold_until_s > bindparam("now"))
    .correlate(request)
    .scalar_subquery()
)
_lapses = (
    select(func.min(_a.hold_until_s))
    .where(_mine, _a.status == "held", _a.hold_until_s > bindparam("now"))
    .correlate(request)
    .scalar_subquery()
)
_visit = select(func.max(_a.start_s)).where(_mine, _a.status != "held").correlate(request).scalar_subquery()

LINES: Select[Any] = (
    select(
        _r.id,
        _r.version,
        _r.status,
        _r.urgency,
        _r.source,
        _r.received_s,
        _r.patient_id,
        _r.family,
        _r.given,
        _p.family,
        _p.given,
        _p.mrn,
        _r.birth_date,
        _p.birth_date,
        _r.phones,
        _p.phones,
        _r.procedure_code,
        _r.procedure_text,
        _r.levels,
        _r.level_names,
        payer.c.short_name,
        payer.c.name,
        _r.payer_text,
        _z.status,
        _z.valid_to,
        _messages,
        _c.kind,
        _c.due_s,
        _r.possible_duplicate_of,
        _r.suggested_patient_id,
        _held,
        _visit,
        _lapses,
        _paying.c.needs_authorization,
        _r.note,
        _z.submitted_s,
        _z.expedited,
        _asked_payer.c.code,
        _z.levels,
        _z.procedure_code,
    )
    .select_from(request)
    .outerjoin(patient, _p.id == _r.patient_id)
    .outerjoin(payer, payer.c.id == _r.payer_id)
    .outerjoin(_paying, _paying.c.id == func.coalesce(_p.payer_id, _r.payer_id))
    .outerjoin(callback, _c.id == next_call)
    .outerjoin(payer_authorization, _z.id == _latest)
    .outerjoin(_asked_payer, _asked_payer.c.id == _z.payer_id)
    .where(_r.void == 0)
)
_OPEN = tuple(sorted(status.value for status in OPEN_REQUESTS))
CLOSED_LIMIT = 500
ENDED = tuple(status.value for status in RequestStatus if status.value not in (*_OPEN, RequestStatus.BOOKED.value))
"""What the group ``closed`` is made of."""


def request_lines(connection: Connection, group: str, now_s: int) -> tuple[RequestLine, ...]:
    """Open requests by next action; others newest first, at most ``CLOSED_LIMIT`` of each status."""
    bound = {"now": now_s}
    if group in ("open", *_OPEN):
        statuses = _OPEN if group == "open" else (group,)
        by_action = LINES.where(_r.status.in_(statuses)).order_by(_c.due_s.is_(None), _c.due_s, _r.received_s, _r.id)
        return lines(connection.execute(by_action, bound))
    newest = LINES.order_by(_r.received_s.desc(), _r.id).limit(CLOSED_LIMIT)
    if group == "all":
        return lines(connection.execute(newest, bound))
    wanted = ENDED if group == "closed" else (group,)  # the many whose visits are over crowd nobody else out
    found = [line for each in wanted for line in lines(connection.execute(newest.where(_r.status == each), bound))]
    return tuple(found) if group == RequestStatus.BOOKED.value else with_ends(connection, found)


def lines_of_patient(connection: Connection, patient_id: int, now_s: int) -> tuple[RequestLine, ...]:
    query = LINES.where(_r.patient_id == patient_id).order_by(_r.received_s.desc()).limit(40)
    return lines(connection.execute(query, {"now": now_s}))


def lines(rows: Iterable[Any]) -> tuple[RequestLine, ...]:
    """Rows of ``LINES`` as read models."""
    return tuple(RequestLine._make((*_asked(row), *_wanted(row), *_next_step(row), None, "")) for row in rows)


def _asked(row: Any) -> tuple[Any, ...]:
    """The request and its person; a chart's name, birth date and phones come before what the request says."""
    family, given, chart_family, chart_given, mrn, born, chart_born, phones, chart_phones = row[7:16]
    last, first = (chart_family, chart_given) if chart_family is not None else (family, given)
    numbers = load_phones(chart_phones if chart_phones and chart_phones != "[]" else phones)
    return (
        *row[:5],
        at(row[5]),
        row[6],
        f"{last}, {first}" if first else last,
        mrn or "",
        from_day(chart_born or born),
        numbers[0].e164 or numbers[0].raw if numbers else "",
    )


def _wanted(row: Any) -> tuple[Any, ...]:
    """Procedure, payer and the payer's authorization."""
    short, name, words, authorization, until = row[20:25]
    return (*row[16:20], short or name or words, authorization or "", from_day(until))


def _next_step(row: Any) -> tuple[Any, ...]:
    """Messages, the next action, look-alikes and visits."""
    messages, kind, due, duplicate_of, suggested, held, visit, lapses, asks, note = row[25:35]
    dues = (from_s(held), from_s(visit), from_s(lapses))
    sent, expedited, asked_payer, levels, procedure = row[35:40]
    paper = (from_s(sent), bool(expedited), asked_payer, levels, procedure or "")
    return messages, kind or "", from_s(due), duplicate_of, suggested, *dues, asks != 0, *paper, note


def request_records(connection: Connection, codes: Codes, numbers: Sequence[int]) -> dict[int, Request]:
    """Those requests by their numbers, a few hundred a look."""
    found: dict[int, Request] = {}
    for begin in range(0, len(numbers), AT_ONCE):
        query = select(request).where(_r.id.in_(numbers[begin : begin + AT_ONCE]), _r.void == 0)
        found.update((row["id"], request_of(row, codes)) for row in connection.execute(query).mappings())
    return found
