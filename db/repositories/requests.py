"""Requests, what came in, authorizations and callbacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, update

from db.convert import to_day, to_s
from db.mapping import (
    Codes,
    authorization_of,
    authorization_row,
    callback_of,
    callback_row,
    message_row,
    request_of,
    request_row,
)
from db.repositories.people import alike
from db.rows import Rows
from db.schema.requests import callback, import_item, payer_authorization, request
from db.terms import ZERO, given, unseen
from desk_app.application.outcome import Record
from desk_app.application.ports import Clock, ImportItem
from desk_app.application.read_models import PersonMatch
from desk_app.domain.authorization_status import GRANTED, UNDECIDED
from desk_app.domain.records import Authorization, Callback, Message, Request
from desk_app.domain.statuses import OPEN_REQUESTS, CallbackKind, CallbackStatus

OPEN_CALLS = (CallbackStatus.DUE.value, CallbackStatus.CLAIMED.value)
UNCLAIMED: Mapping[str, Any] = {"status": "due", "claimed_by": None, "claimed_until_s": None}

_c, _about = callback.c, given("about", callback.c.id)
_OPEN = select(callback).where(_c.void == ZERO, unseen(_c.status).in_(OPEN_CALLS)).order_by(unseen(_c.due_s))
_OPEN_OF_REQUEST = _OPEN.where(_c.request_id == _about)
_OPEN_OF_VISIT = _OPEN.where(_c.appointment_id == _about)
_OPEN_OF_PATIENT = _OPEN.where(
    or_(
        _c.patient_id == _about,
        _c.request_id.in_(select(request.c.id).where(request.c.patient_id == _about)),
    )
)


def _ran_out(now: datetime) -> ColumnElement[bool]:
    return or_(callback.c.claimed_until_s.is_(None), callback.c.claimed_until_s <= to_s(now))


class SqlRequestRepository:
    """Requests with their messages."""

    def __init__(self, rows: Rows, codes: Codes) -> None:
        self._rows, self._codes = rows, codes

    def get(self, request_id: int) -> Request:
        return request_of(self._rows.get("request", request_id), self._codes)

    def find(self, request_id: int) -> Request | None:
        row = self._rows.find("request", request_id)
        return request_of(row, self._codes) if row is not None else None

    def open_of_patient(self, patient_id: int) -> tuple[Request, ...]:
        query = select(request).where(
            request.c.patient_id == patient_id,
            request.c.status.in_(sorted(status.value for status in OPEN_REQUESTS)),
            request.c.void == 0,
        )
        rows = self._rows.connection.execute(query.order_by(request.c.id)).mappings()
        return tuple(request_of(row, self._codes) for row in rows)

    def add(self, value: Request) -> Request:
        return self.get(self._rows.add("request", request_row(value, self._codes)))

    def save(self, value: Request) -> Request:
        self._rows.save("request", value.id, value.version, request_row(value, self._codes))
        return self.get(value.id)

    def add_message(self, request_id: int, message: Message) -> None:
        self._rows.add("request_message", message_row(request_id, message))

    def alike(self, family: str, given: str, birth_date: date | None, phones: Sequence[str]) -> tuple[PersonMatch, ...]:
        open_only = sorted(status.value for status in OPEN_REQUESTS)
        return alike(self._rows.connection, request, family, given, birth_date, phones, open_only)


class SqlImportLedger:
    """Recognises what has been taken in, or set aside, before."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def seen(self, fingerprint: str, message_id: str) -> bool:
        same = import_item.c.fingerprint == fingerprint
        if message_id:
            same = or_(same, import_item.c.message_id == message_id)
        query = select(import_item.c.id).where(import_item.c.void == 0, same).limit(1)
        return self._rows.connection.execute(query).first() is not None

    def add(self, item: ImportItem) -> None:
        row = {
            "fingerprint": item.fingerprint,
            "message_id": item.message_id,
            "source": item.source,
            "result": item.result,
            "received_s": to_s(item.received_at),
            "request_id": item.request_id,
            "reason": item.reason,
            "preview": item.preview,
            "original": item.original,
        }
        self._rows.add("import_item", row)


class SqlAuthorizationRepository:
    def __init__(self, rows: Rows, codes: Codes) -> None:
        self._rows, self._codes = rows, codes

    def get(self, authorization_id: int) -> Authorization:
        return authorization_of(self._rows.get("payer_authorization", authorization_id), self._codes)

    def add(self, value: Authorization) -> Authorization:
        row_id = self._rows.add("payer_authorization", authorization_row(value, self._codes))
        return authorization_of(self._rows.get("payer_authorization", row_id), self._codes)

    def save(self, value: Authorization) -> Authorization:
        self._rows.save("payer_authorization", value.id, value.version, authorization_row(value, self._codes))
        return authorization_of(self._rows.get("payer_authorization", value.id), self._codes)

    def for_request(self, request_id: int) -> tuple[Authorization, ...]:
        return self._where(payer_authorization.c.request_id == request_id)

    def for_patient(self, patient_id: int) -> tuple[Authorization, ...]:
        return self._where(payer_authorization.c.patient_id == patient_id)

    def ran_out(self, today: date) -> tuple[Authorization, ...]:
        z = payer_authorization.c
        granted = z.status.in_(sorted(each.value for each in GRANTED))
        return self._where(and_(granted, z.valid_to < to_day(today)))

    def unasked(self) -> tuple[Authorization, ...]:
        z, r, c = payer_authorization.c, request.c, callback.c
        waits = exists().where(
            r.id == z.request_id, r.status.in_(sorted(each.value for each in OPEN_REQUESTS)), r.void == 0
        )
        asked = exists().where(
            c.request_id == z.request_id,
            c.kind == CallbackKind.CALL_PAYER.value,
            c.status.in_(OPEN_CALLS),
            c.void == 0,
        )
        return self._where(and_(z.status.in_(sorted(each.value for each in UNDECIDED)), waits, ~asked))

    def _where(self, test: ColumnElement[bool]) -> tuple[Authorization, ...]:
        query = select(payer_authorization).where(test, payer_authorization.c.void == 0)
        rows = self._rows.connection.execute(query.order_by(payer_authorization.c.id)).mappings()
        return tuple(authorization_of(row, self._codes) for row in rows)


class SqlCallbackRepository:
    """A call is stamped with when it arose and when it was settled; one that is settled is nobody's any more."""

    def __init__(self, rows: Rows, codes: Codes, clock: Clock) -> None:
        self._rows, self._codes, self._clock = rows, codes, clock

    def get(self, callback_id: int) -> Callback:
        return callback_of(self._rows.get("callback", callback_id), self._codes)

    def add(self, value: Callback) -> Callback:
        value = self._stamped(replace(value, arisen_at=value.arisen_at or self._clock.now()))
        row_id = self._rows.add("callback", callback_row(value, self._codes))
        return self._with(value, row_id, 1)

    def save(self, value: Callback) -> Callback:
        value = self._stamped(value)
        version = self._rows.save("callback", value.id, value.version, callback_row(value, self._codes))
        return self._with(value, value.id, version)

    def open_for_request(self, request_id: int) -> tuple[Callback, ...]:
        return self._open(_OPEN_OF_REQUEST, request_id)

    def open_for_appointment(self, appointment_id: int) -> tuple[Callback, ...]:
        return self._open(_OPEN_OF_VISIT, appointment_id)

    def open_for_patient(self, patient_id: int) -> tuple[Callback, ...]:
        return self._open(_OPEN_OF_PATIENT, patient_id)

    def claim(self, callback_id: int, user_id: int, until: datetime, now: datetime) -> bool:
        free = or_(callback.c.claimed_by.is_(None), callback.c.claimed_by == user_id, _ran_out(now))
        return self._marked(callback_id, free, status="claimed", claimed_by=user_id, claimed_until_s=to_s(until))

    def release(self, callback_id: int, user_id: int) -> bool:
        return self._marked(callback_id, callback.c.claimed_by == user_id, **UNCLAIMED)

    def release_run_out(self, now: datetime) -> tuple[int, ...]:
        query = select(callback.c.id).where(callback.c.status == "claimed", _ran_out(now), callback.c.void == 0)
        found = tuple(self._rows.connection.execute(query.order_by(callback.c.id)).scalars())
        return tuple(number for number in found if self._marked(number, _ran_out(now), **UNCLAIMED))

    def _marked(self, callback_id: int, test: ColumnElement[bool], **values: Any) -> bool:
        """In one statement, so that of two desks one finds it done."""
        still = (callback.c.id == callback_id, callback.c.void == 0, callback.c.status.in_(OPEN_CALLS))
        done = self._rows.connection.execute(update(callback).where(*still, test).values(values)).rowcount == 1
        if done:
            self._rows.forget()
            self._rows.touch(Record.CALLBACK, callback_id)
        return done

    def _stamped(self, value: Callback) -> Callback:
        if value.status in (CallbackStatus.DUE, CallbackStatus.CLAIMED):
            return replace(value, settled_at=None) if value.settled_at is not None else value
        settled_at = value.settled_at or self._clock.now()
        return replace(value, settled_at=settled_at, claimed_by=None, claimed_until=None)

    def _open(self, query: Select[Any], about: int) -> tuple[Callback, ...]:
        found = []
        for row in self._rows.connection.execute(query, {"about": about}).mappings():
            self._rows.remember("callback", dict(row))
            found.append(callback_of(row, self._codes))
        return tuple(found)

    def _with(self, value: Callback, row_id: int, version: int) -> Callback:
        return replace(value, id=row_id, version=version)
