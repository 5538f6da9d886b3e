"""The facts of a period for reports, a select each; nothing is counted that a definition might count otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from itertools import starmap
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Connection, Select, and_, case, cast, exists, func, or_, select

from db.queries.report_records import records_query
from db.queries.stood import stood
from db.schema.practice import payer, resource
from db.schema.requests import authorization_contact, callback, offer, payer_authorization, request
from db.schema.visits import allocation, appointment, audit_event, visit_step
from db.terms import unseen
from desk_app.application.outcome import Record
from desk_app.application.reports import facts
from desk_app.domain.zone import midnight

_a, _u, _r, _z, _c, _o = appointment.c, allocation.c, request.c, payer_authorization.c, callback.c, offer.c
_s, _e, _m, _k = visit_step.c, audit_event.c, resource.c, authorization_contact.c
DONE = ("discharged", "overnight")
OPEN = ("due", "claimed")
ENDED = ("discharged", "no_show", "cancelled")
PROGRAM = ("lapsed", "offer")
"""Cancelled by the program itself: no visit was lost by that."""

NOTED_LATE_S = 12 * 3600
"""A step that was noted so long after the visit's end says nothing of its time: somebody made up for it later."""

FactT = TypeVar("FactT")
Look = Callable[[], Any]


class SqlReportQueries:
    """Implements ``reports.facts.ReportQueries``; ``look`` opens a connection, ``zone`` is the practice's."""

    def __init__(self, look: Look, zone: Callable[[Connection], ZoneInfo]) -> None:
        self._look, self._zone = look, zone

    def waits(self, first: date, last: date) -> Sequence[facts.WaitFact]:
        query = (
            select(_a.id, _r.payer_id, _a.procedure_code, _a.day, _r.received_s, _a.start_s)
            .join(request, _r.id == _a.request_id)
            .where(_days(first, last), _a.void == 0, _a.status.in_(DONE))
        )
        return self._read(facts.WaitFact, query)

    def decisions(self, first: date, last: date) -> Sequence[facts.DecisionFact]:
        contacts = (
            select(func.count())
            .where(_k.authorization_id == _z.id, _k.void == 0)
            .correlate(payer_authorization)
            .scalar_subquery()
        )
        columns = (_z.id, _z.payer_id, _z.procedure_code, _z.status, _z.submitted_s, _z.decided_s, contacts)
        return self._within(facts.DecisionFact, select(*columns).where(_z.void == 0), _z.decided_s, first, last)

    def uses(self, first: date, last: date) -> Sequence[facts.UseFact]:
        """Of rooms; what overlaps by plan in one room is counted twice, which no constraint lets happen."""
        query = (
            select(_u.resource_id, _a.day, _a.id, cast(func.sum(_u.end_s - _u.start_s), BigInteger))
            .join(appointment, _a.id == _u.appointment_id)
            .join(resource, _m.id == _u.resource_id)
            .where(_days(first, last), _u.active == 1, _m.kind == "procedure_room")
            .group_by(_u.resource_id, _a.day, _a.id)
        )
        return self._read(facts.UseFact, query)

    def stretches(self, first: date, last: date, resources: Sequence[int]) -> Sequence[facts.StretchFact]:
        """What visits took of these resources."""
        query = (
            select(_u.resource_id, _a.day, _a.id, _a.procedure_code, _u.start_s, _u.end_s)
            .join(appointment, _a.id == _u.appointment_id)
            .where(_days(first, last), _u.active == 1, _a.void == 0, unseen(_u.resource_id).in_(resources))
        )
        return self._read(facts.StretchFact, query) if resources else []

    def flows(self, first: date, last: date) -> Sequence[facts.FlowFact]:
        columns = (
            _a.id, _u.resource_id, _a.day, _a.procedure_code, func.min(_u.start_s), func.max(_u.end_s),
            _first_step("in_procedure"), _first_step("in_recovery"),
        )  # fmt: skip
        query = (
            select(*columns)
            .join(appointment, _a.id == _u.appointment_id)
            .join(resource, _m.id == _u.resource_id)
            .where(_days(first, last), _u.kind == "procedure", _m.kind == "procedure_room")
            .where(_u.active == 1, _a.void == 0)
            .group_by(_a.id, _u.resource_id, _a.day, _a.procedure_code)
            .order_by(_a.day, _u.resource_id, func.min(_u.start_s))
        )
        return self._read(facts.FlowFact, query)

    def rests(self, first: date, last: date) -> Sequence[facts.RestFact]:
        begun, left = visit_step.alias("begun"), visit_step.alias("bay_left")
        query = (
            select(_a.id, _a.procedure_code, _a.levels, func.min(begun.c.at_s), func.min(left.c.at_s))
            .join(begun, and_(begun.c.appointment_id == _a.id, begun.c.status == "in_recovery", begun.c.void == 0))
            .join(
                left,
                and_(
                    left.c.appointment_id == _a.id,
                    left.c.status.in_(("ambulating", "overnight", "discharged")),
                    left.c.void == 0,
                ),
            )
            .where(_days(first, last), _a.void == 0, begun.c.at_s <= _a.end_s + NOTED_LATE_S)
            .group_by(_a.id, _a.procedure_code, _a.levels)
        )
        return self._read(facts.RestFact, query)

    def stays(self, first: date, last: date) -> Sequence[facts.StayFact]:
        slept = exists().where(_s.appointment_id == _a.id, _s.status == "overnight", _s.void == 0)
        stayed = case((or_(slept, _a.status == "overnight"), 1), else_=0)
        query = select(_a.id, _a.procedure_code, _a.day, _a.stay, _a.unplanned_stay, stayed).where(
            _days(first, last), _a.void == 0, _a.status.in_(DONE), _a.stay != "never"
        )
        return self._read(facts.StayFact, query)

    def nights(self, first: date, last: date) -> Sequence[facts.NightFact]:
        """Stretches in overnight beds that hold one of the midnights that end these days."""
        with self._look() as connection:
            zone = self._zone(connection)
            begin, end = (int(midnight(day + timedelta(days=1), zone).timestamp()) for day in (first, last))
            beds = select(_m.id).where(_m.kind == "overnight_bed")
            query = (
                select(_a.id, _u.resource_id, _a.stay, _u.start_s, _u.end_s)
                .join(allocation, _u.appointment_id == _a.id)
                .where(_u.resource_id.in_(beds), _u.active == 1, _u.lane == 0, _u.blocked_until_s > begin)
                .where(_u.start_s <= end, _u.end_s > begin, _a.void == 0)
                .order_by(_u.start_s, _a.id)
            )
            return _made(facts.NightFact, connection, query)

    def may_stay(self, first: date, last: date) -> Sequence[facts.MayStayFact]:
        query = (
            select(_a.day, _a.unplanned_stay, func.count())
            .where(_days(first, last), _a.void == 0, _a.active == 1, _a.stay == "possible")
            .group_by(_a.day, _a.unplanned_stay)
        )
        return self._read(facts.MayStayFact, query)

    def ends(self, first: date, last: date) -> Sequence[facts.EndFact]:
        query = select(_a.id, _a.procedure_code, _a.day, _a.status, _a.cancel_reason).where(
            _days(first, last), _a.void == 0, _a.status.in_(ENDED), _a.cancel_reason.not_in(PROGRAM)
        )
        return self._read(facts.EndFact, query)

    def calls(self, first: date, last: date) -> Sequence[facts.CallFact]:
        columns = (_c.id, _c.kind, _c.due_s, _c.settled_s, _c.status, _c.attempts)
        return self._within(facts.CallFact, select(*columns).where(_c.void == 0), _c.settled_s, first, last)

    def offers(self, first: date, last: date) -> Sequence[facts.OfferFact]:
        query = select(_o.id, _o.start_s, _o.status).where(_o.void == 0, _o.status != "open")
        return self._within(facts.OfferFact, query, _o.start_s, first, last)

    def work(self, first: date, last: date) -> Sequence[facts.WorkFact]:
        query = select(_e.user_name, _e.action, func.count()).group_by(_e.user_name, _e.action)
        return self._within(facts.WorkFact, query, _e.at_s, first, last)

    def late_calls(self, day: date, now: datetime) -> Sequence[facts.LateCallFact]:
        with self._look() as connection:
            zone = self._zone(connection)
            begin, end = midnight(day, zone), min(midnight(day + timedelta(days=1), zone), now)
            still = and_(_c.settled_s.is_(None), _c.status.in_(OPEN))
            at_last = and_(_c.settled_s > _c.due_s, _c.settled_s >= int(begin.timestamp()), _c.status == "done")
            query = select(_c.id, _c.due_s, _c.settled_s).where(
                _c.void == 0, _c.due_s < int(end.timestamp()), or_(still, at_last)
            )
            return _made(facts.LateCallFact, connection, query)

    def records(self, record: Record, numbers: Sequence[int]) -> Sequence[facts.RecordFact]:
        if not numbers:
            return []
        return self._read(facts.RecordFact, records_query(record, numbers))

    def stood(self, day: date, at: datetime) -> Sequence[facts.StoodFact]:
        with self._look() as connection:
            return stood(connection, day, int(at.timestamp()))

    def names(self) -> tuple[dict[int, str], dict[int, str]]:
        with self._look() as connection:
            payers = connection.execute(select(payer.c.id, payer.c.name)).all()
            resources = connection.execute(select(_m.id, _m.code)).all()
        return {row.id: row.name for row in payers}, {row.id: row.code for row in resources}

    def _read(self, make: Callable[..., FactT], query: Select[Any]) -> Sequence[FactT]:
        with self._look() as connection:
            return _made(make, connection, query)

    def _within(
        self, make: Callable[..., FactT], query: Select[Any], instant: Any, first: date, last: date
    ) -> Sequence[FactT]:
        with self._look() as connection:
            zone = self._zone(connection)
            begin, end = midnight(first, zone), midnight(last + timedelta(days=1), zone)
            inside = query.where(instant >= int(begin.timestamp()), instant < int(end.timestamp()))
            return _made(make, connection, inside)


def _made(make: Callable[..., FactT], connection: Connection, query: Select[Any]) -> Sequence[FactT]:
    """Straight from the driver's rows: a year has a hundred thousand of them."""
    found = connection.execute(query)
    assert found.cursor is not None
    return list(starmap(make, found.cursor.fetchall()))


def _days(first: date, last: date) -> Any:
    return _a.day.between(first.toordinal(), last.toordinal())


def _first_step(status: str) -> Any:
    return (
        select(func.min(_s.at_s))
        .where(_s.appointment_id == _a.id, _s.status == status, _s.void == 0, _s.at_s <= _a.end_s + NOTED_LATE_S)
        .correlate(appointment)
        .scalar_subquery()
    )
