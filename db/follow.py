"""Rows that only follow a record: a visit's allocations, a patient's phone digits; and the ledgers of all tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, update

from db.rows import Ledger, Row, SettingsLedger
from db.schema.people import coverage, patient, patient_phone, saved_view, tray_item, user_account
from db.schema.practice import blockout, letter_template, session
from db.schema.requests import (
    attempt,
    authorization_contact,
    authorization_document,
    callback,
    import_item,
    letter,
    offer,
    payer_authorization,
    request,
    request_message,
    short_notice,
)
from db.schema.visits import allocation, appointment, bed_state, discharge_check, printed_sheet, readiness, visit_step
from desk_app.application.outcome import Record

_release = (
    update(allocation)
    .where(allocation.c.appointment_id == bindparam("the_id"), allocation.c.active == 1)
    .values(active=0)
)
_take = insert(allocation)
_forget_phones = delete(patient_phone).where(patient_phone.c.patient_id == bindparam("the_id"))
_note_phones = insert(patient_phone)

ResourceIds = Callable[[], Mapping[str, int]]


def allocation_rows(appointment_id: int, text: str, ids: Mapping[str, int]) -> list[dict[str, Any]]:
    """The allocation rows of a visit, from the list its own row keeps."""
    return [
        {
            "appointment_id": appointment_id,
            "resource_id": ids[code],
            "label": label,
            "phase": phase,
            "kind": kind,
            "start_s": start,
            "end_s": end,
            "blocked_until_s": until,
            "lane": lane,
            "active": 1,
        }
        for code, label, phase, kind, start, end, until, lane in json.loads(text)
    ]


def phone_rows(patient_id: int, phones: str) -> list[dict[str, Any]]:
    """Digits as typed into a search, forwards and backwards, so that either end is found by a prefix."""
    rows = []
    for raw, e164, *_ in json.loads(phones):
        digits = "".join(ch for ch in (e164.removeprefix("+1") or raw) if ch.isdigit())
        if digits:
            rows.append({"patient_id": patient_id, "digits": digits, "reversed": digits[::-1]})
    return rows


def vacate(connection: Connection, appointment_ids: Iterable[int]) -> None:
    """These visits give up their places before any of them takes another's: they are written again at once."""
    for number in appointment_ids:
        connection.execute(_release, {"the_id": number})


def _follow_appointment(ids: ResourceIds) -> Callable[[Connection, Row, Row | None], None]:
    def follow(connection: Connection, row: Row, before: Row | None) -> None:
        active = bool(row["active"]) and not row["void"]
        was = before is not None and bool(before["active"]) and not before["void"]
        if was and active and before is not None and row["allocations"] == before["allocations"]:
            return
        if was:
            connection.execute(_release, {"the_id": row["id"]})
        rows = allocation_rows(row["id"], row["allocations"], ids()) if active else []
        if rows:
            connection.execute(_take, rows)

    return follow


def _follow_patient(connection: Connection, row: Row, before: Row | None) -> None:
    if before is not None and before["phones"] == row["phones"] and before["void"] == row["void"]:
        return
    if before is not None:
        connection.execute(_forget_phones, {"the_id": row["id"]})
    rows = [] if row["void"] else phone_rows(row["id"], row["phones"])
    if rows:
        connection.execute(_note_phones, rows)


def _with_claim_of(row: Row, now: Row) -> Row:
    """Whoever has a call open keeps it while a step is taken back; nobody gets it anew by that."""
    open_now, open_then = (each["status"] in ("due", "claimed") for each in (now, row))
    if not open_then or row["void"]:
        return row
    kept = now if open_now else {"status": "due", "claimed_by": None, "claimed_until_s": None}
    return {**row, **{name: kept[name] for name in ("status", "claimed_by", "claimed_until_s")}}


def ledgers(ids: ResourceIds) -> Mapping[str, Ledger]:
    """Every table whose records are written one by one."""
    return {
        "patient": Ledger(patient, Record.PATIENT, _follow_patient),
        "coverage": Ledger(coverage, None),
        "request": Ledger(request, Record.REQUEST),
        "request_message": Ledger(request_message, None),
        "import_item": Ledger(import_item, Record.IMPORT_ITEM),
        "appointment": Ledger(appointment, Record.APPOINTMENT, _follow_appointment(ids)),
        "readiness": Ledger(readiness, Record.READINESS),
        "visit_step": Ledger(visit_step, Record.VISIT_STEP),
        "discharge_check": Ledger(discharge_check, Record.DISCHARGE_CHECK),
        "bed_state": Ledger(bed_state, Record.BED, binds=False),
        "payer_authorization": Ledger(payer_authorization, Record.AUTHORIZATION),
        "authorization_contact": Ledger(authorization_contact, Record.AUTHORIZATION_CONTACT),
        "authorization_document": Ledger(authorization_document, Record.AUTHORIZATION_DOCUMENT),
        "callback": Ledger(callback, Record.CALLBACK, passing=_with_claim_of),
        "attempt": Ledger(attempt, Record.ATTEMPT),
        "letter": Ledger(letter, Record.LETTER),
        "letter_template": SettingsLedger(letter_template, Record.LETTER_TEMPLATE),
        "user_account": Ledger(user_account, Record.USER),
        "printed_sheet": Ledger(printed_sheet, Record.PRINTED_SHEET),
        "saved_view": Ledger(saved_view, Record.SAVED_VIEW, binds=False),
        "tray_item": Ledger(tray_item, Record.TRAY_ITEM, binds=False),
        "blockout": Ledger(blockout, Record.BLOCKOUT),
        "session": Ledger(session, Record.SESSION),
        "short_notice": Ledger(short_notice, Record.SHORT_NOTICE),
        "offer": Ledger(offer, Record.OFFER),
    }
