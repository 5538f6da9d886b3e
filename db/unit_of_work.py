"""One transaction that can write: rolls back unless told to commit; one audit event holds all it did."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from types import TracebackType
from typing import Any, Self
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, bindparam, insert, select
from sqlalchemy.exc import SQLAlchemyError

from db import reserve
from db.audit import FIRST, fingerprint, link
from db.bulk import SqlBulkLoader
from db.convert import dump, to_s
from db.faults import sorted_fault, storage_faults
from db.follow import ledgers, vacate
from db.mapping import Codes
from db.queries.call_gaps import call_gaps
from db.queries.concerned import concerned_visits
from db.queries.house import in_house, uses_between
from db.queries.index import changes_since, rows_of
from db.repositories.calls import (
    SqlAttemptRepository,
    SqlContactRepository,
    SqlDocumentRepository,
    SqlLetterRepository,
)
from db.repositories.day_records import SqlBedStateRepository, SqlDischargeCheckRepository, SqlVisitStepRepository
from db.repositories.letter_templates import SqlLetterTemplateRepository
from db.repositories.openings import SqlOpeningsRepository
from db.repositories.people import SqlPatientRepository, SqlUserRepository
from db.repositories.practice import SqlPracticeRepository, load_codes
from db.repositories.readiness import SqlReadinessRepository
from db.repositories.requests import (
    SqlAuthorizationRepository,
    SqlCallbackRepository,
    SqlImportLedger,
    SqlRequestRepository,
)
from db.repositories.saved_views import SqlSavedViewRepository
from db.repositories.short_notice import SqlOfferRepository, SqlShortNoticeRepository
from db.repositories.tray import SqlTrayRepository
from db.repositories.visits import SqlAppointmentRepository, SqlSheetRepository
from db.rows import Rows
from db.schema.practice import practice
from db.schema.visits import audit_event, audit_touch
from desk_app.application.call_rows import CallGaps
from desk_app.application.outcome import Changes, Record
from desk_app.application.ports import Actor, Clock
from desk_app.application.read_models import AuditEnd, BookedUse, ConcernedVisit, IndexRows, InHouse, Stretch
from desk_app.domain.faults import StorageUnavailable
from desk_app.domain.statuses import CallbackKind
from desk_app.domain.zone import midnight

OF_PRACTICE = frozenset({Record.BLOCKOUT, Record.SESSION, Record.LETTER_TEMPLATE})
"""Records that are part of the practice: whoever knows it reads it anew after them."""

NO_ROOM = ("full", "disk_error")
"""SQLite tells a full disk by either."""

AUDIT_LOCK = 0x46446B41
DAY_LOCK = 0x46446B00
CALL_LOCK = 0x46446B45
_add_event = insert(audit_event)
_add_touch = insert(audit_touch)
_last_chain = select(audit_event.c.chain).order_by(audit_event.c.seq.desc()).limit(1)
_event = select(audit_event.c.action, audit_event.c.facts, audit_event.c.images, audit_event.c.days).where(
    audit_event.c.seq == bindparam("seq")
)
_written = select(audit_event.c.seq).where(audit_event.c.write_id == bindparam("write_id"))
_head = select(practice.c.version, practice.c.time_zone, practice.c.audit_key)


class Known:
    """What stays the same between units of work: codes, zone and audit key, by the practice's version."""

    def __init__(self) -> None:
        self.version = -1
        self.codes = Codes({}, {}, {})
        self.zone = ZoneInfo("UTC")
        self.audit_key = ""
        self.ledgers = ledgers(lambda: self.codes.resources)
        self.own: set[int] | None = None
        """Numbers of this desk's own commits, where a change feed wants to tell them from others'."""

        self.told: Callable[[AuditEnd], None] | None = None
        """Whoever wants to know where the audit trail ends after each of this desk's own commits."""


class SqlUnitOfWork:
    """Implements ``ports.UnitOfWork``."""

    def __init__(
        self, engine: Engine, known: Known, actor: Actor, clock: Clock, write_id: UUID | None, path: str = ""
    ) -> None:
        self._engine, self._known, self._actor, self._clock = engine, known, actor, clock
        self._write_id = str(write_id or uuid4())
        self._path = path
        self._stack = ExitStack()
        self._days: set[int] = set()

    def __enter__(self) -> Self:
        with storage_faults(self._path), ExitStack() as stack:
            self._connection = stack.enter_context(self._engine.connect())
            self._transaction = self._connection.begin()
            self._server = self._connection.dialect.name == "postgresql"
            self._refresh()
            self._stack = stack.pop_all()
        rows = self._rows = Rows(self._connection, self._known.ledgers)
        codes, zone = self._known.codes, self._known.zone
        self.patients = SqlPatientRepository(rows, codes)
        self.requests = SqlRequestRepository(rows, codes)
        self.imports = SqlImportLedger(rows)
        self.appointments = SqlAppointmentRepository(rows, codes, zone)
        self.readiness = SqlReadinessRepository(rows)
        self.steps = SqlVisitStepRepository(rows, codes)
        self.discharge_checks = SqlDischargeCheckRepository(rows)
        self.beds = SqlBedStateRepository(rows, codes)
        self.authorizations = SqlAuthorizationRepository(rows, codes)
        self.callbacks = SqlCallbackRepository(rows, codes, self._clock)
        self.attempts = SqlAttemptRepository(rows)
        self.contacts = SqlContactRepository(rows)
        self.documents = SqlDocumentRepository(rows)
        self.letters = SqlLetterRepository(rows)
        self.letter_templates = SqlLetterTemplateRepository(rows)
        self.short_notice = SqlShortNoticeRepository(rows)
        self.offers = SqlOfferRepository(rows, codes)
        self.practice = _Practice(self)
        self.openings = SqlOpeningsRepository(rows, lambda: self._known.codes)
        self.users = SqlUserRepository(rows)
        self.tray = SqlTrayRepository(rows)
        self.views = SqlSavedViewRepository(rows)
        self.sheets = SqlSheetRepository(rows)
        self.bulk = SqlBulkLoader(self._connection, lambda: self._known.codes, self._known.zone)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._transaction.is_active:
                self._transaction.rollback()
                self._known.version = -1 if self.practice.stored else self._known.version
        finally:
            self._stack.close()
        told = sorted_fault(fault, self._path) if isinstance(fault, SQLAlchemyError) else fault
        if isinstance(told, StorageUnavailable) and told.code in NO_ROOM and reserve.give_up(self._path):
            raise StorageUnavailable("full_reserve", path=self._path) from None
        if told is not None and told is not fault:
            raise told from None

    def lock_days(self, days: Iterable[date]) -> None:
        if self._server:
            for day in sorted(days):
                self._connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({DAY_LOCK}, {day.toordinal()})")
            self._rows.forget()

    def lock_calls(self) -> None:
        if self._server:
            self._connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({CALL_LOCK})")
            self._rows.forget()

    def call_gaps(self, now: datetime, kinds: Collection[CallbackKind], limit: int) -> CallGaps:
        return call_gaps(self._connection, now, kinds, limit)

    def changes_since(self, seq: int) -> Changes:
        return changes_since(self._connection, seq)

    def index_rows_of(self, appointment_ids: Iterable[int]) -> IndexRows:
        return rows_of(self._connection, appointment_ids)

    def concerned(self, stretches: Sequence[Stretch], now: datetime) -> tuple[ConcernedVisit, ...]:
        return concerned_visits(self._connection, stretches, int(now.timestamp()))

    def in_house(self, today: date) -> tuple[InHouse, ...]:
        return in_house(self._connection, today, int(midnight(today, self._known.zone).timestamp()))

    def uses_between(self, start: datetime, end: datetime) -> tuple[BookedUse, ...]:
        return uses_between(self._connection, start, end)

    def hand_over(self, patient_id: int, into: int) -> int:
        moved = self._rows.point_elsewhere("patient", patient_id, into)
        self._days |= {row["day"] for table, row in moved if table == "appointment"}
        return len(moved)

    def restore(self, seq: int) -> Mapping[str, object]:
        action, facts, text, days = self._connection.execute(_event, {"seq": seq}).one()
        images = json.loads(text)[::-1]
        images.sort(key=_takes_something)
        vacate(self._connection, [row_id for table, row_id, before, _ in images if self._moves(table, row_id, before)])
        for table, row_id, before, after in images:
            self._rows.restore(table, row_id, before, after, seq)
        for table, row_id, before, _ in images:
            if before is None:
                self._rows.check_unused(table, row_id)
        self._days |= set(json.loads(days))
        return {"action": action, **json.loads(facts)}

    def _moves(self, table: str, row_id: int, before: Mapping[str, Any] | None) -> bool:
        """Whether a visit goes back to other places than it has."""
        now = self._rows.peek(table, row_id) if table == "appointment" and before is not None else None
        return now is not None and before is not None and now["allocations"] != before["allocations"]

    def commit(self, action: str, data: Mapping[str, object] | None = None, undoes: int | None = None) -> Changes:
        with storage_faults(self._path):
            if self._server:
                self._connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({AUDIT_LOCK})")
            touched = self._rows.touched()
            if self.practice.stored or any(record in OF_PRACTICE for record, _ in touched):
                touched.add((Record.PRACTICE, 1))
            self.bulk.settle_numbers()
            days = self._days | self.appointments.days
            end = self._append(action, data or {}, days, undoes)
            seq = end.seq
            if touched:
                rows = [{"seq": seq, "record": kind.value, "record_id": number} for kind, number in sorted(touched)]
                self._connection.execute(_add_touch, rows)
            if self._server:
                self._connection.exec_driver_sql(f"SELECT pg_notify('front_desk', '{seq}')")
            self._make_lasting(seq)
            if self._known.own is not None:
                self._known.own.add(seq)
        if self._known.told is not None:
            self._known.told(end)
        return Changes(frozenset(touched), frozenset(date.fromordinal(day) for day in days), seq)

    def _make_lasting(self, seq: int) -> None:
        """Commits. Where a server's answer is lost, the write is looked up by its own number: it may be stored."""
        try:
            self._transaction.commit()
        except SQLAlchemyError:
            if not self._server:
                raise
            with self._engine.connect() as connection:
                if connection.execute(_written, {"write_id": self._write_id}).scalar() != seq:
                    raise

    def _append(self, action: str, data: Mapping[str, object], days: set[int], undoes: int | None) -> AuditEnd:
        event = {
            "at_s": to_s(self._clock.now()),
            "user_id": self._actor.user_id,
            "user_name": self._actor.user_name,
            "desk": self._actor.desk,
            "action": action,
            "facts": dump(data),
            "images": dump(self._rows.images),
            "days": dump(sorted(days)),
            "write_id": self._write_id,
            "undoes": undoes,
        }
        before = self._connection.execute(_last_chain).scalar() or FIRST
        event["chain"] = chain = link(self._known.audit_key, before, event)
        key = self._connection.execute(_add_event, event).inserted_primary_key
        assert key is not None
        return AuditEnd(fingerprint(self._known.audit_key), int(key[0]), chain)

    def _refresh(self) -> None:
        """Reads codes anew where the practice has changed since."""
        head = self._connection.execute(_head).first()
        if head is None:
            return
        if head.version != self._known.version:
            self._known.codes = load_codes(self._connection)
            self._known.zone = ZoneInfo(head.time_zone)
            self._known.audit_key = head.audit_key
            self._known.version = head.version

    def practice_stored(self) -> None:
        """Codes that were just given numbers are known to this unit of work from now on."""
        self._refresh()
        self._rows.forget()
        codes, zone = self._known.codes, self._known.zone
        self.patients = SqlPatientRepository(self._rows, codes)
        self.requests = SqlRequestRepository(self._rows, codes)
        self.appointments = SqlAppointmentRepository(self._rows, codes, zone)
        self.authorizations = SqlAuthorizationRepository(self._rows, codes)
        self.callbacks = SqlCallbackRepository(self._rows, codes, self._clock)
        self.offers = SqlOfferRepository(self._rows, codes)
        self.steps = SqlVisitStepRepository(self._rows, codes)
        self.beds = SqlBedStateRepository(self._rows, codes)
        self.bulk = SqlBulkLoader(self._connection, lambda: codes, zone, self.bulk.loaded)

    @property
    def connection(self) -> Any:
        return self._connection


def _takes_something(image: tuple[str, int, Mapping[str, Any] | None, int]) -> bool:
    """What gives up its place goes back first, so that no constraint sees both."""
    before = image[2]
    return before is not None and bool(before.get("active", True))


class _Practice(SqlPracticeRepository):
    """Tells its unit of work when codes have changed."""

    def __init__(self, work: SqlUnitOfWork) -> None:
        super().__init__(work.connection)
        self._work = work

    def store(self, catalogue: Any) -> None:
        super().store(catalogue)
        self._work.practice_stored()
