"""The read side as one object: each answer from one connection, in one look."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, func, select

from db.check import breaches
from db.convert import at, from_s, to_s
from db.day_rows import NIGHTS_BACK
from db.faults import storage_faults
from db.mapping import Codes
from db.queries import (
    audit,
    beds,
    call_gaps,
    calls,
    cards,
    day,
    flow,
    house,
    index,
    requests,
    search,
    short_notice,
    spread,
    tray,
    treatments,
)
from db.queries.approvals import Practice
from db.queries.concerned import concerned_visits
from db.repositories.day_records import bed_states
from db.repositories.practice import load_catalogue, load_codes
from db.repositories.requests import OPEN_CALLS
from db.repositories.visits import last_printed, sheets_printed, slips_printed
from db.reserve import little_room
from db.schema.people import saved_view, user_account
from db.schema.requests import callback, import_item, request
from db.schema.visits import appointment, audit_event
from desk_app.application import read_models as rm
from desk_app.application.call_rows import CallCard, CallCounts, CallGaps, CallLine
from desk_app.application.day_plan import DayPlan
from desk_app.application.outcome import Changes, Record
from desk_app.application.reports.facts import ReportQueries
from desk_app.domain.coverage import Treatment
from desk_app.domain.day_records import BedState, DischargeCheck
from desk_app.domain.practice import Catalogue, ResourceKind
from desk_app.domain.records import Request
from desk_app.domain.statuses import OPEN_REQUESTS, CallbackKind
from desk_app.domain.zone import day_span, local_date, midnight

_a = appointment.c
HEAD = "SELECT version, time_zone FROM practice"
MONTH_KINDS = frozenset({ResourceKind.PROCEDURE_ROOM, ResourceKind.RECOVERY_BAY, ResourceKind.OVERNIGHT_BED})
DAY = timedelta(days=1)
CardT = TypeVar("CardT")


class SqlQueries:
    """Implements ``ports.Queries``."""

    def __init__(self, engine: Engine, path: str = "") -> None:
        self._engine, self._path = engine, path
        self._version = -1
        self._codes = Codes({}, {}, {})
        self._zone = ZoneInfo("UTC")
        self._known: Practice | None = None

    @property
    def reports(self) -> ReportQueries:
        from db.queries.reports import SqlReportQueries  # asked by a manager now and then

        return SqlReportQueries(self._look, self._zone_of)

    def _zone_of(self, connection: Connection) -> ZoneInfo:
        self._refresh(connection)
        return self._zone

    def catalogue(self) -> Catalogue | None:
        with self._look() as connection:
            return load_catalogue(connection)

    def day_plan(self, on: date, now: datetime, with_gone: bool = False) -> DayPlan:
        with self._look() as connection:
            self._refresh(connection)
            begin = int(midnight(on, self._zone).timestamp())
            return day.day_plan(connection, self._practice(connection), on, begin, int(now.timestamp()), with_gone)

    def flow_lines(self, first: date, last: date, now: datetime) -> tuple[rm.FlowLine, ...]:
        with self._look() as connection:
            self._refresh(connection)
            return flow.flow_lines(connection, self._practice(connection), first, last, int(now.timestamp()))

    def in_house(self, today: date) -> tuple[rm.InHouse, ...]:
        with self._look() as connection:
            self._refresh(connection)
            return house.in_house(connection, today, int(midnight(today, self._zone).timestamp()))

    def uses_between(self, start: datetime, end: datetime) -> tuple[rm.BookedUse, ...]:
        with self._look() as connection:
            return house.uses_between(connection, start, end)

    def bed_states(self) -> tuple[BedState, ...]:
        return self._card(lambda c: bed_states(c, self._codes))

    def days_with_visits(self, first: date, last: date, now: datetime) -> Mapping[date, int]:
        query = (
            select(_a.day, func.count())
            .where(_a.day.between(first.toordinal(), last.toordinal()), _a.active == 1, _a.void == 0, _unlapsed(now))
            .group_by(_a.day)
        )
        with self._look() as connection:
            return {date.fromordinal(number): count for number, count in connection.execute(query)}

    def week_lines(self, first: date, last: date, now: datetime, with_gone: bool = False) -> tuple[rm.WeekLine, ...]:
        with self._look() as connection:
            return spread.week_lines(connection, first, last, int(now.timestamp()), with_gone)

    def month_rows(self, first: date, last: date, now: datetime) -> rm.MonthRows:
        with self._look() as connection:
            self._refresh(connection)
            codes = {
                number: code for code, number in self._codes.resources.items() if self._codes.kinds[code] in MONTH_KINDS
            }
            found = spread.month_rows(connection, first, last, int(now.timestamp()), codes)
            return replace(found, codes=codes)

    def bed_rows(self, on: date, last_night: date, now: datetime) -> rm.BedRows:
        with self._look() as connection:
            self._refresh(connection)
            midnights = [midnight(each, self._zone) for each in (on, on + DAY, max(on, last_night) + DAY)]
            begin, day_end, nights_end = (int(instant.timestamp()) for instant in midnights)
            first, last, now_s = on.toordinal(), max(on, last_night).toordinal(), int(now.timestamp())
            uses = beds.bed_uses(connection, first, last, begin, day_end, nights_end, now_s)
            return rm.BedRows(uses, bed_states(connection, self._codes))

    def discharge_check(self, appointment_id: int) -> DischargeCheck | None:
        with self._look() as connection:
            return beds.last_check(connection, appointment_id)

    def requests(self, group: str, now: datetime) -> tuple[rm.RequestLine, ...]:
        with self._look() as connection:
            return requests.request_lines(connection, group, int(now.timestamp()))

    def request_records(self, request_ids: Sequence[int]) -> Mapping[int, Request]:
        return self._card(lambda c: requests.request_records(c, self._codes, request_ids))

    def request_card(self, request_id: int, now: datetime) -> rm.RequestCard:
        return self._card(lambda c: cards.request_card(c, self._codes, request_id, int(now.timestamp())))

    def visit_card(self, appointment_id: int) -> rm.VisitCard:
        return self._card(lambda c: cards.visit_card(c, self._codes, appointment_id))

    def patient_card(self, patient_id: int, now: datetime) -> rm.PatientCard:
        return self._card(lambda c: cards.patient_card(c, self._codes, patient_id, int(now.timestamp())))

    def call_lines(self, now: datetime, due_before: datetime | None = None) -> tuple[CallLine, ...]:
        with self._look() as connection:
            return calls.call_lines(connection, now, due_before)

    def call_card(self, callback_id: int, now: datetime) -> CallCard:
        return self._card(lambda c: calls.call_card(c, self._codes, callback_id, now))

    def call_counts(self, now: datetime) -> CallCounts:
        return self._card(lambda c: calls.call_counts(c, now, day_span(local_date(now, self._zone), self._zone)))

    def call_gaps(self, now: datetime, kinds: Collection[CallbackKind], limit: int) -> CallGaps:
        with self._look() as connection:
            return call_gaps.call_gaps(connection, now, kinds, limit)

    def claims_ran_out(self, now: datetime) -> bool:
        with self._look() as connection:
            return call_gaps.claims_ran_out(connection, now)

    def hold_minutes_today(self, now: datetime) -> Mapping[str, int]:
        return self._card(lambda c: calls.hold_minutes(c, midnight(local_date(now, self._zone), self._zone)))

    def find_patients(self, text: str, now: datetime, limit: int = 20) -> tuple[rm.SearchHit, ...]:
        with self._look() as connection:
            if any(ch.isdigit() for ch in text):  # a date's century depends on today, and today on the zone
                self._refresh(connection)
            return search.find_patients(connection, text, local_date(now, self._zone), int(now.timestamp()), limit)

    def set_aside(self, limit: int = 200) -> tuple[rm.SetAsideLine, ...]:
        i = import_item.c
        query = (
            select(i.id, i.source, i.received_s, i.reason, i.preview)
            .where(i.result == "set_aside", i.void == 0)
            .order_by(i.id.desc())
            .limit(limit)
        )
        with self._look() as connection:
            rows = connection.execute(query)
            return tuple(rm.SetAsideLine(n, source, at(s), reason, text) for n, source, s, reason, text in rows)

    def set_aside_original(self, item_id: int) -> bytes:
        with self._look() as connection:
            found = connection.execute(select(import_item.c.original).where(import_item.c.id == item_id)).scalar()
            return bytes(found or b"")

    def counts(self, now: datetime) -> rm.Counts:
        with self._look() as connection:
            self._refresh(connection)
            tomorrow = midnight(local_date(now, self._zone) + timedelta(days=1), self._zone)
            numbers = (connection.execute(query).scalar() for query in _counts(now, tomorrow))
            return rm.Counts(*(int(number or 0) for number in numbers))

    def index_rows(self, first: date, last: date, now: datetime) -> rm.IndexRows:
        with self._look() as connection:
            return index.rows_of_days(connection, first, last, int(now.timestamp()))

    def index_rows_of(self, appointment_ids: Iterable[int]) -> rm.IndexRows:
        with self._look() as connection:
            return index.rows_of(connection, appointment_ids)

    def concerned(self, stretches: Sequence[rm.Stretch], now: datetime) -> tuple[rm.ConcernedVisit, ...]:
        with self._look() as connection:
            return concerned_visits(connection, stretches, int(now.timestamp()))

    def opening_history(self, record: Record, number: int) -> tuple[rm.HistoryLine, ...]:
        with self._look() as connection:
            return cards.history(connection, record, number)

    def presence(
        self, patient_id: int, first: date, last: date, now: datetime, ignore: int | None = None
    ) -> tuple[tuple[datetime, datetime], ...]:
        query = select(_a.start_s, _a.end_s).where(
            _a.patient_id == patient_id,
            _a.active == 1,
            _a.void == 0,
            _a.day.between(first.toordinal() - NIGHTS_BACK, last.toordinal()),
            _unlapsed(now),
        )
        if ignore is not None:
            query = query.where(_a.id != ignore)
        with self._look() as connection:
            return tuple((at(start), at(end)) for start, end in connection.execute(query.order_by(_a.start_s)))

    def short_notice(self, on: date, now: datetime) -> tuple[rm.ShortNoticePerson, ...]:
        return self._card(lambda c: short_notice.people(c, self._codes, on, int(now.timestamp())))

    def treatments(
        self, patient_id: int, first: date, last: date, now: datetime, ignore: int | None = None
    ) -> tuple[Treatment, ...]:
        span = _a.day.between(first.toordinal(), last.toordinal())
        with self._look() as connection:
            return treatments.treatments(connection, patient_id, and_(span, _unlapsed(now)), ignore)

    def last_seq(self) -> int:
        with self._look() as connection:
            return index.last_seq(connection)

    def changes_since(self, seq: int) -> Changes:
        with self._look() as connection:
            return index.changes_since(connection, seq)

    def write_result(self, write_id: UUID) -> int | None:
        e = audit_event.c
        with self._look() as connection:
            found: int | None = connection.execute(select(e.seq).where(e.write_id == str(write_id))).scalar()
            return found

    def last_printed(self, on: date, kind: str) -> rm.PrintedSheet | None:
        with self._look() as connection:
            return last_printed(connection, on, kind)

    def sheets_printed(self, first: date, last: date) -> dict[date, dict[str, rm.PrintedSheet]]:
        with self._look() as connection:
            return sheets_printed(connection, first, last)

    def slips_printed(self, appointment_ids: Collection[int]) -> dict[int, rm.PrintedSheet]:
        with self._look() as connection:
            return slips_printed(connection, appointment_ids)

    def saved_views(self, user_name: str) -> tuple[rm.SavedViewLine, ...]:
        v, u = saved_view.c, user_account.c
        query = (
            select(v.id, v.name, v.position, v.settings)
            .join(user_account, u.id == v.user_id)
            .where(u.name == user_name, v.void == 0)
            .order_by(v.position, v.id)
        )
        with self._look() as connection:
            return tuple(rm.SavedViewLine(*row) for row in connection.execute(query))

    def tray(self, user_name: str, now: datetime) -> tuple[rm.TrayLine, ...]:
        with self._look() as connection:
            return tray.tray_lines(connection, user_name, int(now.timestamp()))

    def breaches(self, now: datetime) -> tuple[rm.Breach, ...]:
        with self._look() as connection:
            return breaches(connection, now)

    def audit_end(self) -> rm.AuditEnd | None:
        with self._look() as connection:
            return audit.audit_end(connection)

    def audit_chain(self, seq: int) -> str | None:
        with self._look() as connection:
            return audit.audit_chain(connection, seq)

    def little_room(self) -> int | None:
        return little_room(self._path)

    def written_last(self) -> datetime | None:
        """When something was last committed."""
        with self._look() as connection:
            return from_s(connection.execute(select(func.max(audit_event.c.at_s))).scalar())

    def _look(self) -> AbstractContextManager[Connection]:
        return _looking(self._engine, self._path)

    def _card(self, make: Callable[[Connection], CardT]) -> CardT:
        with self._look() as connection:
            self._refresh(connection)
            return make(connection)

    def _practice(self, connection: Connection) -> Practice:
        """The catalogue as of the version that :meth:`_refresh` has seen."""
        if self._known is None:
            catalogue = load_catalogue(connection)
            assert catalogue is not None
            self._known = Practice(catalogue, self._codes, self._zone)
        return self._known

    def _refresh(self, connection: Connection) -> None:
        head = connection.exec_driver_sql(HEAD).first()  # asked with nearly every look
        if head is not None and head[0] != self._version:
            self._codes, self._zone = load_codes(connection), ZoneInfo(head[1])
            self._version, self._known = head[0], None


def _unlapsed(now: datetime) -> ColumnElement[bool]:
    """A hold past its time is free to every reader."""
    return _a.hold_until_s.is_(None) | (_a.hold_until_s > to_s(now))


def _counts(now: datetime, tomorrow: datetime) -> Iterator[Select[int]]:
    """Open requests, calls due today, calls that are late, items set aside."""
    c, opened = callback.c, [status.value for status in OPEN_REQUESTS]
    calls = select(func.count()).select_from(callback).where(c.status.in_(OPEN_CALLS), c.void == 0)
    yield select(func.count()).select_from(request).where(request.c.status.in_(opened), request.c.void == 0)
    yield calls.where(c.due_s < to_s(tomorrow))
    yield calls.where(c.due_s < to_s(now))
    aside = (import_item.c.result == "set_aside", import_item.c.void == 0)
    yield select(func.count()).select_from(import_item).where(*aside)


@contextmanager
def _looking(engine: Engine, path: str) -> Iterator[Connection]:
    with storage_faults(path), engine.connect() as connection:
        yield connection
