"""The calls: all that are open in one select, and one call's card."""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, case, func, select

from db.convert import at, from_day, from_s, load_phones, to_s
from db.mapping import Codes, appointment_of, authorization_of, callback_of, patient_of, request_of
from db.repositories.calls import attempt_of, contact_of
from db.repositories.requests import OPEN_CALLS
from db.schema.people import patient, user_account
from db.schema.practice import payer, procedure_type
from db.schema.requests import attempt, authorization_contact, callback, payer_authorization, request
from db.schema.visits import appointment
from desk_app.application.call_rows import CallCard, CallCounts, CallLine
from desk_app.domain.call_order import PAYER_CALLS
from desk_app.domain.call_phones import number_of, phone_to_call
from desk_app.domain.faults import WrongInput
from desk_app.domain.records import Phone

_c, _r, _a, _p, _z = callback.c, request.c, appointment.c, patient.c, payer_authorization.c
_y, _t, _u = payer.c, procedure_type.c, user_account.c
_first = patient.alias("first_chart")
_asked_for = func.coalesce(_c.request_id, _a.request_id)
_latest = (
    select(func.max(_z.id)).where(_z.request_id == _asked_for, _z.void == 0).correlate(callback, appointment)
).scalar_subquery()
_now: ColumnElement[int] = bindparam("now", type_=_c.due_s.type)
_claimed = and_(_c.status == "claimed", _c.claimed_until_s > _now)

LINES: Select[Any] = (
    select(
        _c.id, _c.version, _c.kind, _c.status, _c.due_s, _c.attempts, _c.priority, _c.assigned_to,
        _c.note, _c.reason, _c.arisen_s, _c.request_id, _c.appointment_id, _c.phone,
        case((_claimed, 1), else_=0).label("is_claimed"), _u.name.label("claimed_by"), _c.claimed_until_s,
        _p.id.label("patient_id"), _p.family, _p.given, _p.mrn, _p.birth_date, _p.phones, _p.call_window,
        _p.do_not_contact, _p.member_id,
        _r.family.label("asked_family"), _r.given.label("asked_given"), _r.birth_date.label("asked_born"),
        _r.phones.label("asked_phones"), _r.call_window.label("asked_window"), _r.member_id.label("asked_member"),
        _r.urgency, _r.procedure_text, _r.referrer,
        func.coalesce(_a.procedure_code, _r.procedure_code).label("procedure"),
        func.coalesce(_a.levels, _r.levels).label("levels"),
        func.coalesce(_a.level_names, _r.level_names).label("level_names"),
        func.coalesce(_a.side, _r.side).label("side"),
        _a.start_s, _a.status.label("visit_status"), _a.procedure_name,
        _t.name.label("catalogue_name"), _t.cpt, _t.cpt_extra_level,
        _z.id.label("authorization_id"), _z.status.label("authorization"), _z.submission_reference, _z.cpt.label("own"),
        _z.units, _z.submitted_s, _z.expedited,
        _y.code.label("payer"), _y.name.label("payer_name"), _y.short_name, _y.phone.label("payer_phone"),
        _y.phone_option, _y.urgent_hours, _y.standard_days,
    )
    .select_from(callback)
    .outerjoin(appointment, _a.id == _c.appointment_id)
    .outerjoin(request, _r.id == _asked_for)
    .outerjoin(_first, _first.c.id == func.coalesce(_c.patient_id, _a.patient_id, _r.patient_id))
    .outerjoin(patient, _p.id == func.coalesce(_first.c.merged_into, _first.c.id))
    .outerjoin(payer_authorization, _z.id == _latest)
    .outerjoin(payer, _y.id == func.coalesce(_c.payer_id, _z.payer_id, _p.payer_id, _r.payer_id))
    .outerjoin(procedure_type, _t.code == func.coalesce(_a.procedure_code, _r.procedure_code))
    .outerjoin(user_account, _u.id == _c.claimed_by)
    .where(_c.void == 0)
)  # fmt: skip
_named: Any = namedtuple  # its fields are the select's own
_Found: Any = _named("_Found", LINES.selected_columns.keys())
"""A row by its columns' names, quicker to ask than the library's own: there are thousands."""

_OPEN = _c.status.in_(OPEN_CALLS)
DAY_S = 86_400


def call_lines(connection: Connection, now: datetime, due_before: datetime | None = None) -> tuple[CallLine, ...]:
    """Every open call that is due before an instant (None: all of them), by its due time."""
    query = LINES.where(_OPEN).order_by(_c.due_s, _c.id)
    if due_before is not None:
        query = query.where(_c.due_s < to_s(due_before))
    read = _reader(now)
    return tuple(read(row) for row in connection.execute(query, {"now": to_s(now)}))


def call_counts(connection: Connection, now: datetime, today: tuple[datetime, datetime]) -> CallCounts:
    begin, end = (to_s(instant) for instant in today)
    opened = select(func.count()).select_from(callback).where(_OPEN, _c.void == 0)
    done = select(func.count()).select_from(callback).where(_c.settled_s >= begin, _c.status == "done", _c.void == 0)
    tries = select(func.count()).select_from(attempt).where(attempt.c.at_s >= begin, attempt.c.void == 0)
    looks = (opened.where(_c.due_s < end), opened.where(_c.due_s < to_s(now)), done, tries)
    return CallCounts(*(int(connection.execute(look).scalar() or 0) for look in looks))


def hold_minutes(connection: Connection, since: datetime) -> dict[str, int]:
    """Minutes that were waited in each payer's line since an instant, by the payer's code."""
    tried = attempt.c
    query = (
        select(_y.code, func.sum(tried.hold_minutes))
        .select_from(attempt)
        .join(callback, _c.id == tried.callback_id)
        .join(payer, _y.id == _c.payer_id)
        .where(tried.at_s >= to_s(since), tried.hold_minutes > 0, tried.void == 0)
        .group_by(_y.code)
    )
    return {code: int(minutes) for code, minutes in connection.execute(query)}


def call_card(connection: Connection, codes: Codes, number: int, now: datetime) -> CallCard:
    """Raises WrongInput where there is no such call; one that is settled has its card too."""
    row = connection.execute(LINES.where(_c.id == number), {"now": to_s(now)}).first()
    kept = connection.execute(select(callback).where(_c.id == number, _c.void == 0)).mappings().first()
    if row is None or kept is None:
        raise WrongInput("unknown_record", record="callback", record_id=number)
    line, tried, talked = _reader(now)(row), attempt.c, authorization_contact.c
    visit = _one(connection, appointment, line.appointment_id)
    asked_for = line.request_id or (visit["request_id"] if visit is not None else None)
    wanted, chart = _one(connection, request, asked_for), _one(connection, patient, line.patient_id)
    paper = _one(connection, payer_authorization, line.authorization_id)
    tries = _rows(connection, attempt, tried.callback_id == number, tried.id)
    contacts = _rows(connection, authorization_contact, talked.authorization_id == line.authorization_id, talked.at_s)
    users = {found["user_id"] for found in (*tries, *contacts)} - {None}
    named = connection.execute(select(_u.id, _u.name).where(_u.id.in_(users))) if users else ()
    return CallCard(
        line,
        callback_of(kept, codes),
        tuple(attempt_of(found) for found in tries),
        patient_of(chart, codes) if chart is not None else None,
        request_of(wanted, codes) if wanted is not None else None,
        appointment_of(visit) if visit is not None else None,
        authorization_of(paper, codes) if paper is not None else None,
        tuple(contact_of(found) for found in contacts),
        {found.id: found.name for found in named},
    )


def _one(connection: Connection, table: Any, number: int | None) -> Any:
    if number is None:
        return None
    return connection.execute(select(table).where(table.c.id == number, table.c.void == 0)).mappings().first()


def _rows(connection: Connection, table: Any, test: ColumnElement[bool], order: Any) -> list[Any]:
    return list(connection.execute(select(table).where(test, table.c.void == 0).order_by(order)).mappings())


def _reader(now: datetime) -> Callable[[Any], CallLine]:
    """Rows as lines; lists of numbers and codes are the same for many, and read once."""
    now_s, phones, texts = to_s(now) or 0, lru_cache(8192)(load_phones), lru_cache(512)(_texts)

    def read(found: Any) -> CallLine:
        row = _Found._make(found)
        claimed = bool(row.is_claimed)
        return CallLine._make(
            (
                row.id, row.version, row.kind, _status(row.status, claimed), at(row.due_s),
                row.due_s < now_s, row.attempts, row.priority, row.assigned_to, row.note, row.reason,
                _why(row), from_s(row.arisen_s), row.patient_id, row.request_id, row.appointment_id,
                row.authorization_id, *_person(row), *_phone(row, phones),
                row.call_window or row.asked_window or "", bool(row.do_not_contact),
                row.payer, row.short_name or row.payer_name or "", row.member_id or row.asked_member or "",
                row.urgency or "", row.procedure, row.levels or 1, row.level_names or "", row.side or "",
                _cpt(row, texts), row.units, *_paper(row, now_s), from_s(row.start_s), row.visit_status or "",
                row.referrer or "", row.claimed_by if claimed else "", from_s(row.claimed_until_s) if claimed else None,
            )
        )  # fmt: skip

    return read


def _status(status: str, claimed: bool) -> str:
    """A claim that ran out is nobody's."""
    return "claimed" if claimed else "due" if status == "claimed" else str(status)


def _person(row: Any) -> tuple[Any, ...]:
    """Name, chart number and birth date; a chart's come before what the request says."""
    chart = row.family is not None
    family, given = (row.family, row.given) if chart else (row.asked_family or "", row.asked_given or "")
    return f"{family}, {given}" if given else family, row.mrn or "", from_day(row.birth_date or row.asked_born)


def _phone(row: Any, phones: Callable[[str], tuple[Phone, ...]]) -> tuple[str, str, str]:
    """The number to dial, what is known of it, and whether messages may be left there."""
    if row.kind in PAYER_CALLS:
        return row.payer_phone or "", row.phone_option or "", ""
    kept = row.phones if row.phones and row.phones != "[]" else row.asked_phones
    found = phone_to_call(phones(kept or "[]"), row.phone)
    return (number_of(found), found.label, found.messages) if found is not None else ("", "", "")


def _why(row: Any) -> str:
    """The procedure with its levels and side; a reason in words of its own as it is."""
    name = row.procedure_name or row.catalogue_name or row.procedure_text or ""
    words = " ".join(part for part in (name, row.level_names, row.side) if part)
    return row.reason if row.reason and row.reason not in (row.procedure, row.procedure_text) else words


def _texts(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _cpt(row: Any, texts: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    """The authorization's own numbers, else the procedure's."""
    if row.own and row.own != "[]":
        return texts(row.own)
    extra = texts(row.cpt_extra_level) if row.cpt_extra_level and (row.levels or 1) > 1 else ()
    return (*texts(row.cpt), *extra) if row.cpt else ()


def _paper(row: Any, now_s: int) -> tuple[Any, ...]:
    """Reference and status of the authorization, and how far the payer's clock has run."""
    if row.submitted_s is None:
        return row.submission_reference or "", row.authorization or "", None, None, None, None
    asked, days = row.submitted_s, row.standard_days
    expedited = row.expedited or row.urgency == "urgent"
    span = timedelta(hours=row.urgent_hours or 0) if expedited else timedelta(days=days or 0)
    seconds = int(span.total_seconds())
    clock = (at(asked + seconds), (now_s - asked) // DAY_S + 1, -(-seconds // DAY_S)) if seconds else (None,) * 3
    return row.submission_reference, row.authorization, at(asked), *clock
