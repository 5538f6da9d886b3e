"""Many records at once, with numbers given by the caller: for a new practice's demo and for measuring."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, insert, select

from db.audit import FIRST, link
from db.convert import dump, to_s
from db.follow import allocation_rows, phone_rows
from db.mapping import (
    Codes,
    appointment_row,
    authorization_row,
    callback_row,
    message_row,
    offer_row,
    patient_row,
    request_row,
    short_notice_row,
)
from db.repositories.calls import attempt_row, contact_row
from db.repositories.day_records import step_row
from db.repositories.readiness import readiness_row
from db.schema.people import patient, patient_phone
from db.schema.practice import practice
from db.schema.requests import (
    attempt,
    authorization_contact,
    callback,
    offer,
    payer_authorization,
    request,
    request_message,
    short_notice,
)
from db.schema.visits import allocation, appointment, audit_event, audit_touch, readiness, visit_step
from desk_app.application.ports import PastEvent
from desk_app.domain.call_records import Attempt, AuthorizationContact
from desk_app.domain.day_records import VisitStep
from desk_app.domain.readiness import Readiness
from desk_app.domain.records import Appointment, Authorization, Callback, Message, Offer, Patient, Request, ShortNotice

PIECE = 2000
FRESH = {"version": 1, "void": 0}
RecordT = TypeVar("RecordT")


class SqlBulkLoader:
    """Inserts under the same constraints as everything else; rows stored here carry no audit event of their own."""

    def __init__(
        self, connection: Connection, codes: Callable[[], Codes], zone: ZoneInfo, loaded: bool = False
    ) -> None:
        self._connection, self._codes, self._zone = connection, codes, zone
        self.loaded = loaded

    def patients(self, values: Iterable[Patient]) -> None:
        for piece in _pieces(values):
            rows = [self._kept(value.id, patient_row(value, self._codes())) for value in piece]
            self._insert(patient, rows)
            self._insert(patient_phone, [phone for row in rows for phone in phone_rows(row["id"], row["phones"])])

    def requests(self, values: Iterable[tuple[Request, Sequence[Message]]]) -> None:
        for piece in _pieces(values):
            self._insert(request, [self._kept(value.id, request_row(value, self._codes())) for value, _ in piece])
            messages = [{**message_row(value.id, message), **FRESH} for value, found in piece for message in found]
            self._insert(request_message, messages)

    def appointments(self, values: Iterable[Appointment]) -> None:
        codes = self._codes()
        for piece in _pieces(values):
            rows = [self._kept(value.id, appointment_row(value, codes, self._zone)) for value in piece]
            self._insert(appointment, rows)
            active = [row for row in rows if row["active"]]
            taken = [use for row in active for use in allocation_rows(row["id"], row["allocations"], codes.resources)]
            self._insert(allocation, taken)

    def authorizations(self, values: Iterable[Authorization]) -> None:
        for piece in _pieces(values):
            rows = [self._kept(value.id, authorization_row(value, self._codes())) for value in piece]
            self._insert(payer_authorization, rows)

    def callbacks(self, values: Iterable[Callback]) -> None:
        for piece in _pieces(values):
            self._insert(callback, [self._kept(value.id, callback_row(value, self._codes())) for value in piece])

    def attempts(self, values: Iterable[Attempt]) -> None:
        for piece in _pieces(values):
            self._insert(attempt, [{**attempt_row(value), **FRESH} for value in piece])

    def contacts(self, values: Iterable[AuthorizationContact]) -> None:
        for piece in _pieces(values):
            self._insert(authorization_contact, [{**contact_row(value), **FRESH} for value in piece])

    def short_notice(self, values: Iterable[ShortNotice]) -> None:
        for piece in _pieces(values):
            self._insert(short_notice, [self._kept(value.id, short_notice_row(value)) for value in piece])

    def readiness(self, values: Iterable[Readiness]) -> None:
        for piece in _pieces(values):
            self._insert(readiness, [{**readiness_row(value), **FRESH} for value in piece])

    def steps(self, values: Iterable[VisitStep]) -> None:
        for piece in _pieces(values):
            rows = [{**step_row(value, self._codes()), **FRESH} for value in piece]
            self._insert(visit_step, rows)

    def offers(self, values: Iterable[Offer]) -> None:
        for piece in _pieces(values):
            self._insert(offer, [{**offer_row(value, self._codes()), **FRESH} for value in piece])

    def past(self, values: Iterable[PastEvent]) -> None:
        """Chained one to the next, and to whatever is there already."""
        codes, key = self._codes(), self._connection.execute(select(practice.c.audit_key)).scalar_one()
        last = self._connection.execute(
            select(audit_event.c.seq, audit_event.c.chain).order_by(audit_event.c.seq.desc()).limit(1)
        ).first()
        seq, chain = (last.seq, last.chain) if last is not None else (0, FIRST)
        for piece in _pieces(sorted(values, key=lambda event: event.at)):
            events, touches = [], []
            for value in piece:
                seq, event = seq + 1, self._event(value, codes)
                event["chain"] = chain = link(key, chain, event)
                events.append({**event, "seq": seq})
                touches += [{"seq": seq, "record": kind.value, "record_id": number} for kind, number in value.touches]
            self._insert(audit_event, events)
            self._insert(audit_touch, touches)

    def _event(self, value: PastEvent, codes: Codes) -> dict[str, Any]:
        images = [
            (appointment.name, number, None if before is None else self._image(number, before, codes), 1)
            for number, before in value.images
        ]
        return {
            "at_s": to_s(value.at),
            "user_id": value.actor.user_id,
            "user_name": value.actor.user_name,
            "desk": value.actor.desk,
            "action": value.action,
            "facts": dump(value.facts),
            "images": dump(images) if images else "[]",
            "days": dump([day.toordinal() for day in value.days]) if value.days else "[]",
            "write_id": None,
            "undoes": None,
        }

    def _image(self, number: int, visit: Appointment, codes: Codes) -> dict[str, Any]:
        return self._kept(number, appointment_row(visit, codes, self._zone))

    def settle_numbers(self) -> None:
        """On PostgreSQL the next number follows the greatest that was given."""
        if not self.loaded or self._connection.dialect.name != "postgresql":
            return
        for table in (patient, request, appointment, payer_authorization, callback, short_notice):
            self._connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                f"greatest((SELECT max(id) FROM {table.name}), 1))"
            )
        self._connection.exec_driver_sql(
            "SELECT setval(pg_get_serial_sequence('audit_event', 'seq'), max(seq)) FROM audit_event HAVING max(seq) > 0"
        )

    def _kept(self, number: int, row: Mapping[str, Any]) -> dict[str, Any]:
        return {**row, "id": number, **FRESH}

    def _insert(self, table: Table, rows: list[dict[str, Any]]) -> None:
        if rows:
            self.loaded = True
            self._connection.execute(insert(table), rows)


def _pieces(values: Iterable[RecordT]) -> Iterator[list[RecordT]]:
    rest = iter(values)
    while piece := list(islice(rest, PIECE)):
        yield piece
