"""Tries at calls, contacts with payers, documents sent to them, and letters."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from db.convert import at, dump, from_s, to_s
from db.rows import Rows
from db.schema.requests import attempt, authorization_contact, authorization_document, letter
from desk_app.domain.call_records import Attempt, AuthorizationContact, AuthorizationDocument, Letter
from desk_app.domain.statuses import CallOutcome


class SqlAttemptRepository:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def add(self, value: Attempt) -> Attempt:
        return replace(value, id=self._rows.add("attempt", attempt_row(value)), version=1)

    def of_callback(self, callback_id: int) -> tuple[Attempt, ...]:
        query = select(attempt).where(attempt.c.callback_id == callback_id, attempt.c.void == 0).order_by(attempt.c.id)
        return tuple(attempt_of(row) for row in self._rows.connection.execute(query).mappings())


class SqlContactRepository:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def add(self, value: AuthorizationContact) -> AuthorizationContact:
        return replace(value, id=self._rows.add("authorization_contact", contact_row(value)), version=1)

    def of_authorization(self, authorization_id: int) -> tuple[AuthorizationContact, ...]:
        table = authorization_contact
        query = select(table).where(table.c.authorization_id == authorization_id, table.c.void == 0)
        rows = self._rows.connection.execute(query.order_by(table.c.at_s, table.c.id)).mappings()
        return tuple(contact_of(row) for row in rows)


class SqlDocumentRepository:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def add(self, value: AuthorizationDocument) -> AuthorizationDocument:
        return replace(value, id=self._rows.add("authorization_document", _document_row(value)), version=1)

    def of_authorization(self, authorization_id: int) -> tuple[AuthorizationDocument, ...]:
        table = authorization_document
        query = select(table).where(table.c.authorization_id == authorization_id, table.c.void == 0)
        rows = self._rows.connection.execute(query.order_by(table.c.sent_s, table.c.id)).mappings()
        return tuple(document_of(row) for row in rows)


class SqlLetterRepository:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def add(self, value: Letter) -> Letter:
        return replace(value, id=self._rows.add("letter", _letter_row(value)), version=1)

    def of_patient(self, patient_id: int) -> tuple[Letter, ...]:
        query = select(letter).where(letter.c.patient_id == patient_id, letter.c.void == 0).order_by(letter.c.id)
        return tuple(letter_of(row) for row in self._rows.connection.execute(query).mappings())

    def of_caller(self, request_id: int) -> tuple[Letter, ...]:
        of_nobody = letter.c.patient_id.is_(None) & (letter.c.request_id == request_id)
        query = select(letter).where(of_nobody, letter.c.void == 0).order_by(letter.c.id)
        return tuple(letter_of(row) for row in self._rows.connection.execute(query).mappings())


def attempt_row(value: Attempt) -> dict[str, Any]:
    return {
        "callback_id": value.callback_id,
        "at_s": to_s(value.at),
        "user_id": value.user_id,
        "outcome": value.outcome.value,
        "spoken_to": value.spoken_to,
        "note": value.note,
        "phone": value.phone,
        "call_reference": value.call_reference,
        "hold_minutes": value.hold_minutes,
        "answers": dump(dict(value.answers)),
        "next_s": to_s(value.next_due),
    }


def attempt_of(row: Any) -> Attempt:
    return Attempt(
        callback_id=row["callback_id"],
        at=at(row["at_s"]),
        user_id=row["user_id"],
        outcome=CallOutcome(row["outcome"]),
        spoken_to=row["spoken_to"],
        note=row["note"],
        phone=row["phone"],
        call_reference=row["call_reference"],
        hold_minutes=row["hold_minutes"],
        answers=tuple(json.loads(row["answers"]).items()),
        next_due=from_s(row["next_s"]),
        id=row["id"],
        version=row["version"],
    )


def contact_row(value: AuthorizationContact) -> dict[str, Any]:
    return {
        "authorization_id": value.authorization_id,
        "at_s": to_s(value.at),
        "user_id": value.user_id,
        "spoken_to": value.spoken_to,
        "call_reference": value.call_reference,
        "hold_minutes": value.hold_minutes,
        "note": value.note,
        "outcome": value.outcome.value if value.outcome else "",
    }


def contact_of(row: Any) -> AuthorizationContact:
    return AuthorizationContact(
        authorization_id=row["authorization_id"],
        at=at(row["at_s"]),
        user_id=row["user_id"],
        spoken_to=row["spoken_to"],
        call_reference=row["call_reference"],
        hold_minutes=row["hold_minutes"],
        note=row["note"],
        outcome=CallOutcome(row["outcome"]) if row["outcome"] else None,
        id=row["id"],
        version=row["version"],
    )


def _document_row(value: AuthorizationDocument) -> dict[str, Any]:
    return {
        "authorization_id": value.authorization_id,
        "sent_s": to_s(value.sent_at),
        "user_id": value.user_id,
        "name": value.name,
        "way": value.way,
        "note": value.note,
    }


def document_of(row: Any) -> AuthorizationDocument:
    return AuthorizationDocument(
        authorization_id=row["authorization_id"],
        sent_at=at(row["sent_s"]),
        user_id=row["user_id"],
        name=row["name"],
        way=row["way"],
        note=row["note"],
        id=row["id"],
        version=row["version"],
    )


def _letter_row(value: Letter) -> dict[str, Any]:
    return {
        "code": value.code,
        "language": value.language,
        "made_s": to_s(value.made_at),
        "user_id": value.user_id,
        "text": value.text,
        "patient_id": value.patient_id,
        "request_id": value.request_id,
        "appointment_id": value.appointment_id,
        "callback_id": value.callback_id,
    }


def letter_of(row: Any) -> Letter:
    return Letter(
        code=row["code"],
        language=row["language"],
        made_at=at(row["made_s"]),
        user_id=row["user_id"],
        text=row["text"],
        patient_id=row["patient_id"],
        request_id=row["request_id"],
        appointment_id=row["appointment_id"],
        callback_id=row["callback_id"],
        id=row["id"],
        version=row["version"],
    )
