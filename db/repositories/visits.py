"""Appointments and printed sheets."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Select, select

from db.convert import at, dump, to_s
from db.follow import vacate
from db.mapping import Codes, appointment_of, appointment_row
from db.rows import Rows
from db.schema.visits import appointment, printed_sheet
from db.terms import ONE, ZERO, given
from desk_app.application.read_models import PrintedSheet
from desk_app.domain.records import Appointment

_a = appointment.c


def _select(*tests: ColumnElement[bool]) -> Select[Any]:
    return select(appointment).where(_a.void == ZERO, *tests).order_by(_a.start_s)


_OF_REQUEST = _select(_a.request_id == given("request", _a.request_id))
_OF_PATIENT = _select(
    _a.patient_id == given("patient", _a.patient_id),
    _a.active == ONE,
    _a.end_s > given("start", _a.end_s),
    _a.start_s < given("end", _a.start_s),
)
_ALL_OF_PATIENT = _select(_a.patient_id == given("patient", _a.patient_id), _a.active == ONE)
_LAPSED = _select(
    _a.active == ONE, _a.hold_until_s.is_not(None), _a.hold_until_s <= given("now", _a.hold_until_s)
).with_for_update(skip_locked=True)  # on a server: one that somebody else is writing now is theirs to cancel


class SqlAppointmentRepository:
    """Visits with their allocations, which the database refuses to let overlap."""

    def __init__(self, rows: Rows, codes: Codes, zone: ZoneInfo) -> None:
        self._rows, self._codes, self._zone = rows, codes, zone
        self.days: set[int] = set()
        """Ordinals of the local days whose visits were written."""

    def get(self, appointment_id: int) -> Appointment:
        return appointment_of(self._rows.get("appointment", appointment_id))

    def find(self, appointment_id: int) -> Appointment | None:
        row = self._rows.find("appointment", appointment_id)
        return appointment_of(row) if row is not None else None

    def add(self, value: Appointment) -> Appointment:
        row = appointment_row(value, self._codes, self._zone)
        self.days.add(row["day"])
        return replace(value, id=self._rows.add("appointment", row), version=1)

    def save(self, value: Appointment) -> Appointment:
        before = self._rows.get("appointment", value.id)
        row = appointment_row(value, self._codes, self._zone)
        self.days |= {row["day"], before["day"]}
        version = self._rows.save("appointment", value.id, value.version, row)
        return replace(value, version=version)

    def vacate(self, appointment_ids: Iterable[int]) -> None:
        vacate(self._rows.connection, appointment_ids)

    def for_request(self, request_id: int) -> tuple[Appointment, ...]:
        return self._visits(_OF_REQUEST, {"request": request_id})

    def of_patient(self, patient_id: int) -> tuple[Appointment, ...]:
        return self._visits(_ALL_OF_PATIENT, {"patient": patient_id})

    def for_patient(self, patient_id: int, start: datetime, end: datetime) -> tuple[Appointment, ...]:
        bound = {"patient": patient_id, "start": to_s(start), "end": to_s(end)}
        return self._visits(_OF_PATIENT, bound)

    def lapsed_holds(
        self, now: datetime, resources: Iterable[str] | None = None, patient_id: int | None = None
    ) -> tuple[Appointment, ...]:
        found = self._visits(_LAPSED, {"now": to_s(now)})
        wanted = frozenset(resources) if resources is not None else None
        return tuple(visit for visit in found if self._concerned(visit, wanted, patient_id))

    def _concerned(self, visit: Appointment, resources: frozenset[str] | None, patient_id: int | None) -> bool:
        if resources is None and patient_id is None:
            return True
        used = {allocation.resource for allocation in visit.allocations}
        return visit.patient_id == patient_id or bool(resources and used & resources)

    def _visits(self, query: Select[Any], bound: Mapping[str, Any]) -> tuple[Appointment, ...]:
        return tuple(appointment_of(row) for row in self._rows.connection.execute(query, bound).mappings())


class SqlSheetRepository:
    """What was printed, version by version."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def last(self, day: date, kind: str) -> PrintedSheet | None:
        return last_printed(self._rows.connection, day, kind)

    def add(self, day: date, kind: str, profile: str, sheet: PrintedSheet) -> int:
        row = {
            "day": day.isoformat(),
            "kind": kind,
            "profile": profile,
            "sheet_version": sheet.version,
            "printed_s": to_s(sheet.printed_at),
            "lines": dump({str(key): text for key, text in sheet.lines.items()}),
        }
        return self._rows.add("printed_sheet", row)


def last_printed(connection: Connection, day: date, kind: str) -> PrintedSheet | None:
    """The newest printed version of a sheet."""
    p = printed_sheet.c
    query = select(p.sheet_version, p.printed_s, p.lines).where(p.day == day.isoformat(), p.kind == kind, p.void == 0)
    row = connection.execute(query.order_by(p.sheet_version.desc()).limit(1)).first()
    return None if row is None else _printed(*row)


def sheets_printed(connection: Connection, first: date, last: date) -> dict[date, dict[str, PrintedSheet]]:
    """The newest printed version of every kind, by the day."""
    p, newer = printed_sheet.c, printed_sheet.alias("newer")
    later = select(newer.c.id).where(
        newer.c.day == p.day, newer.c.kind == p.kind, newer.c.sheet_version > p.sheet_version, newer.c.void == 0
    )
    query = select(p.day, p.kind, p.sheet_version, p.printed_s, p.lines).where(
        p.day.between(first.isoformat(), last.isoformat()), p.void == 0, ~later.exists()
    )
    found: dict[date, dict[str, PrintedSheet]] = {}
    for day, kind, *sheet in connection.execute(query):
        found.setdefault(date.fromisoformat(day), {})[kind] = _printed(*sheet)
    return found


def slips_printed(connection: Connection, appointment_ids: Collection[int]) -> dict[int, PrintedSheet]:
    """The newest slip of each of these visits, whatever day it was printed for."""
    p = printed_sheet.c
    kinds = {f"slip:{number}": number for number in appointment_ids}
    query = select(p.kind, p.sheet_version, p.printed_s, p.lines).where(p.kind.in_(list(kinds)), p.void == 0)
    rows = connection.execute(query.order_by(p.sheet_version))
    return {kinds[kind]: _printed(*sheet) for kind, *sheet in rows}


def _printed(version: int, printed_s: int, lines: str) -> PrintedSheet:
    return PrintedSheet(version, at(printed_s), {int(key): text for key, text in json.loads(lines).items()})
