"""Who is on the short-notice list, with all that decides whether they can come: a handful of looks, whoever many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, and_, or_, select

from db.convert import at, from_s
from db.day_rows import NIGHTS_BACK
from db.mapping import (
    Codes,
    Row,
    appointment_of,
    authorization_of,
    offer_of,
    patient_of,
    request_of,
    short_notice_of,
)
from db.queries.treatments import treatments_of_row
from db.repositories.readiness import readiness_of
from db.schema.people import patient
from db.schema.requests import offer, payer_authorization, request, short_notice
from db.schema.visits import appointment, readiness
from desk_app.application.read_models import OfferLine, ShortNoticePerson
from desk_app.domain.coverage import Treatment
from desk_app.domain.readiness import Readiness
from desk_app.domain.records import Appointment, Authorization, Offer, ShortNotice
from desk_app.domain.statuses import OfferStatus

AT_ONCE = 500
LOOK_DAYS = 800
"""No rule of a payer looks further: two years, and something over."""

_n, _o, _a, _r, _z = short_notice.c, offer.c, appointment.c, request.c, payer_authorization.c
_g = readiness.c
_visit = appointment.alias("of_entry")
_on_the_list = (_n.active == 1, _n.void == 0)
RecordT = TypeVar("RecordT")
KeyT = TypeVar("KeyT")


def people(connection: Connection, codes: Codes, day: date, now_s: int) -> tuple[ShortNoticePerson, ...]:
    """In the order in which they were put on the list; whose chart, visit or request is gone is left out."""
    query = select(short_notice).where(*_on_the_list).order_by(_n.id)
    entries = [short_notice_of(row) for row in connection.execute(query).mappings()]
    visits = _by_id(connection, appointment, {entry.appointment_id for entry in entries}, appointment_of)
    asked = {entry.request_id for entry in entries} | {visit.request_id for visit in visits.values()}
    requests = _by_id(connection, request, asked, lambda row: request_of(row, codes))
    charts = {entry.patient_id for entry in entries}
    patients = _by_id(connection, patient, charts, lambda row: patient_of(row, codes))
    approvals = _approvals(connection, codes, charts, asked)
    others = _grouped(_about(connection, charts, day, now_s), lambda visit: visit.patient_id)
    offers = _grouped(
        _offers(connection, codes, {entry.id for entry in entries}, now_s), lambda each: each.short_notice_id
    )
    prepared = _grouped(_readiness(connection, visits), lambda each: each.appointment_id)
    counted = _treatments(connection, charts, day)
    found = []
    for entry in entries:
        visit = visits.get(entry.appointment_id or 0)
        wanted = requests.get(entry.request_id or (visit.request_id if visit is not None else None) or 0)
        who = patients.get(entry.patient_id)
        if who is None or (visit is None and wanted is None):
            continue
        beside = tuple(other for other in others.get(who.id, ()) if other.id != entry.appointment_id)
        known = _known(approvals, who.id, wanted.id if wanted is not None else None)
        found.append(
            ShortNoticePerson(
                entry,
                who,
                visit,
                wanted,
                known,
                beside,
                tuple(offers.get(entry.id, ())),
                tuple(prepared.get(entry.appointment_id or 0, ())),
                tuple(each for number, each in counted.get(who.id, ()) if number != entry.appointment_id),
            )
        )
    return tuple(found)


def entry_of(connection: Connection, test: ColumnElement[bool]) -> ShortNotice | None:
    """The place on the list that meets a test."""
    row = connection.execute(select(short_notice).where(test, *_on_the_list).limit(1)).mappings().first()
    return short_notice_of(row) if row is not None else None


def offer_line(connection: Connection, codes: Codes, test: ColumnElement[bool]) -> OfferLine | None:
    """The open offer that meets a test, else the last one: with the hold that keeps it, and the visit it is for."""
    held = (_a.hold_until_s, _a.start_s.label("held_s"))
    columns = (*held, _n.appointment_id.label("visit_id"), _visit.c.start_s.label("visit_s"))
    query = (
        select(offer, *columns)
        .join(appointment, _a.id == _o.appointment_id)
        .join(short_notice, _n.id == _o.short_notice_id)
        .outerjoin(_visit, _visit.c.id == _n.appointment_id)
        .where(test, _o.void == 0)
        .order_by((_o.status == OfferStatus.OPEN.value).desc(), _o.id.desc())
        .limit(1)
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    return OfferLine(
        offer_of(row, codes), from_s(row["hold_until_s"]), at(row["held_s"]), row["visit_id"], from_s(row["visit_s"])
    )


def _by_id(
    connection: Connection, table: Table, numbers: Iterable[int | None], read: Callable[[Row], RecordT]
) -> Mapping[int, RecordT]:
    found: dict[int, RecordT] = {}
    for piece in _pieces(numbers):
        query = select(table).where(table.c.id.in_(piece), table.c.void == 0)
        found.update((row["id"], read(row)) for row in connection.execute(query).mappings())
    return found


Approvals = tuple[Mapping[int | None, list[Authorization]], Mapping[int | None, list[Authorization]]]
"""By chart, and by request."""


def _approvals(
    connection: Connection, codes: Codes, charts: Iterable[int], requests: Iterable[int | None]
) -> Approvals:
    def read(column: ColumnElement[Any], numbers: Iterable[int | None]) -> list[Authorization]:
        return [
            authorization_of(row, codes)
            for piece in _pieces(numbers)
            for row in connection.execute(
                select(payer_authorization).where(column.in_(piece), _z.void == 0).order_by(_z.id)
            ).mappings()
        ]

    of_charts = _grouped(read(_z.patient_id, charts), lambda each: each.patient_id)
    return of_charts, _grouped(read(_z.request_id, requests), lambda each: each.request_id)


def _known(approvals: Approvals, patient_id: int, request_id: int | None) -> tuple[Authorization, ...]:
    """The patient's and the request's, each once."""
    mine = [*approvals[0].get(patient_id, ()), *(approvals[1].get(request_id, ()) if request_id is not None else ())]
    return tuple(dict.fromkeys(mine))


def _about(connection: Connection, charts: Iterable[int], day: date, now_s: int) -> tuple[Appointment, ...]:
    """Visits of these people on that day, and those before it that may last into it."""
    first = day.toordinal() - NIGHTS_BACK
    standing = and_(_a.active == 1, _a.void == 0, or_(_a.hold_until_s.is_(None), _a.hold_until_s > now_s))
    found: list[Appointment] = []
    for piece in _pieces(charts):
        query = select(appointment).where(
            standing, _a.day.between(first, day.toordinal() + 1), _a.patient_id.in_(piece)
        )
        found += [appointment_of(row) for row in connection.execute(query).mappings()]
    return tuple(found)


def _readiness(connection: Connection, visits: Iterable[int]) -> list[Readiness]:
    return [
        readiness_of(row)
        for piece in _pieces(visits)
        for row in connection.execute(
            select(readiness).where(_g.appointment_id.in_(piece), _g.void == 0).order_by(_g.id)
        ).mappings()
    ]


def _treatments(connection: Connection, charts: Iterable[int], day: date) -> dict[int, list[tuple[int, Treatment]]]:
    """By chart: every visit that stands within a payer's longest look, with its number."""
    found: dict[int, list[tuple[int, Treatment]]] = {}
    around = _a.day.between(day.toordinal() - LOOK_DAYS, day.toordinal() + LOOK_DAYS)
    for piece in _pieces(charts):
        query = (
            select(_a.patient_id, _a.id, _a.day, _a.procedure_code, _a.level_names, _a.further)
            .where(_a.patient_id.in_(piece), _a.active == 1, _a.void == 0, around)
            .order_by(_a.start_s)
        )
        for chart, number, *row in connection.execute(query):
            found.setdefault(chart, []).extend((number, each) for each in treatments_of_row(*row))
    return found


def _offers(connection: Connection, codes: Codes, entries: Iterable[int], now_s: int) -> list[Offer]:
    """One past its time has lapsed for every reader, swept or not."""
    found: list[Offer] = []
    for piece in _pieces(entries):
        query = (
            select(offer, _a.hold_until_s)
            .join(appointment, _a.id == _o.appointment_id)
            .where(_o.short_notice_id.in_(piece), _o.void == 0)
            .order_by(_o.id)
        )
        for row in connection.execute(query).mappings():
            made = offer_of(row, codes)
            is_over = made.status is OfferStatus.OPEN and (row["hold_until_s"] or 0) <= now_s
            found.append(replace(made, status=OfferStatus.LAPSED) if is_over else made)
    return found


def _grouped(records: Iterable[RecordT], by: Callable[[RecordT], KeyT]) -> dict[KeyT, list[RecordT]]:
    groups: dict[KeyT, list[RecordT]] = {}
    for record in records:
        groups.setdefault(by(record), []).append(record)
    return groups


def _pieces(numbers: Iterable[int | None]) -> Iterable[Sequence[int]]:
    known = sorted({number for number in numbers if number is not None})
    for begin in range(0, len(known), AT_ONCE):
        yield known[begin : begin + AT_ONCE]
