"""What is wrong with the calls as a whole: what has none and should, what has one and is settled. For the nightly
pass and for the check; ``domain.call_matters`` says of one call what is said here of all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, or_, select

from db.convert import to_s
from db.repositories.requests import OPEN_CALLS
from db.schema.people import patient
from db.schema.requests import callback, request
from db.schema.visits import appointment
from db.terms import unseen
from desk_app.application.call_rows import CallGaps
from desk_app.domain import call_matters as matters
from desk_app.domain.call_order import NOT_THE_PATIENT, PAYER_CALLS
from desk_app.domain.statuses import OPEN_REQUESTS, AppointmentStatus, CallbackKind

K, A = CallbackKind, AppointmentStatus
_c, _r, _a, _p = callback.c, request.c, appointment.c, patient.c
_OPEN = (_c.status.in_(OPEN_CALLS), _c.void == 0)
_ASKED = tuple(sorted(status.value for status in OPEN_REQUESTS))
BEGINNING = 0
"""As of then no time has passed yet."""


def call_gaps(connection: Connection, now: datetime, kinds: Collection[CallbackKind], limit: int) -> CallGaps:
    """At most ``limit`` of each; ``kinds`` are the calls that the practice makes before a visit."""
    return CallGaps(
        _numbers(connection, _unasked(), limit),
        tuple(
            (number, kind)
            for kind in sorted(kinds)
            for number in _numbers(connection, _visits_without(kind, now), limit)
        ),
        settled_calls(connection, now, limit),
        _numbers(connection, _of_merged_charts(), limit),
    )


def looks(now: datetime, kinds: Collection[CallbackKind]) -> tuple[Select[Any], ...]:
    """Every select of :func:`call_gaps`, for whoever measures them."""
    without = (_visits_without(kind, now) for kind in kinds)
    return (_unasked(), *without, *_settled(to_s(now) or 0), _of_merged_charts())


def settled_calls(
    connection: Connection, now: datetime, limit: int | None = None, by_time: bool = True
) -> tuple[int, ...]:
    """Open calls about something that is settled; ``by_time``: also where nothing but time has settled it."""
    looks = _settled(to_s(now) or 0 if by_time else BEGINNING)
    found = dict.fromkeys(number for look in looks for number in _numbers(connection, look, limit))
    return tuple(found)


def claims_ran_out(connection: Connection, now: datetime) -> bool:
    over = or_(_c.claimed_until_s.is_(None), _c.claimed_until_s <= to_s(now))
    look = select(_c.id).where(_c.status == "claimed", _c.void == 0, over).limit(1)
    return connection.execute(look).first() is not None


def _numbers(connection: Connection, look: Select[Any], limit: int | None) -> tuple[int, ...]:
    return tuple(connection.execute(look.limit(limit)).scalars())


def _unasked() -> Select[Any]:
    """Open requests without any open call."""
    waits = exists().where(_c.request_id == _r.id, *_OPEN)
    return select(_r.id).where(_r.status.in_(_ASKED), _r.void == 0, ~waits).order_by(_r.id)


def _visits_without(kind: CallbackKind, now: datetime) -> Select[Any]:
    """Firm visits to come that never had such a call; a letter is a preparation for whoever wishes no calls."""
    alike = (kind, K.LETTER) if kind is K.PREPARATION else (kind,)
    had = exists().where(_c.appointment_id == _a.id, _c.kind.in_(_words(alike)), _c.void == 0)
    firm = (A.BOOKED,) if kind is K.CONFIRMATION else (A.BOOKED, A.CONFIRMED)
    to_come = (_a.day >= now.date().toordinal() - 1, _a.start_s > to_s(now))
    tests = [_a.status.in_(_words(firm)), _a.active == 1, _a.void == 0, *to_come, ~had]
    if kind is K.CONFIRMATION:
        tests.append(~exists().where(_p.id == _a.patient_id, _p.do_not_contact == 1))
    return select(_a.id).where(*tests).order_by(unseen(_a.id))


def _settled(now_s: int) -> Iterable[Select[Any]]:
    calls = select(_c.id).where(*_OPEN).order_by(_c.id)
    gone = or_(_r.id.is_(None), _r.void == 1, _r.status.not_in(_ASKED))
    yield calls.outerjoin(request, _r.id == _c.request_id).where(_c.request_id.is_not(None), gone)
    over = or_(_a.id.is_(None), _a.void == 1, *_over(now_s))
    yield calls.outerjoin(appointment, _a.id == _c.appointment_id).where(_c.appointment_id.is_not(None), over)
    unwished = exists().where(_p.id == _c.patient_id, _p.do_not_contact == 1)
    yield calls.where(unwished, _c.kind.not_in(_words(NOT_THE_PATIENT)))


def _over(now_s: int) -> Iterable[ColumnElement[bool]]:
    """A visit that needs its call no more, by the kind of the call."""
    status = _a.status
    yield and_(
        _c.kind.in_(_words(matters.BEFORE_VISIT)),
        or_(status.not_in(_words(matters.COMING)), _a.end_s <= now_s),
    )
    yield and_(_c.kind == K.CONFIRMATION.value, status == A.CONFIRMED.value)
    for kind, ended in matters.AFTER_VISIT.items():
        yield and_(_c.kind == kind.value, status != ended.value)
    lapsed = and_(_a.hold_until_s.is_not(None), _a.hold_until_s <= now_s)
    yield and_(_c.kind == K.SHORT_NOTICE.value, or_(status != A.HELD.value, lapsed))
    yield and_(_c.kind == K.REBOOK.value, status.not_in(_words(matters.ANOTHER_DATE)))
    yield and_(_c.kind.in_(_words(PAYER_CALLS)), status.in_((A.NO_SHOW.value, A.DISCHARGED.value)))
    of_its_own = {*matters.AFTER_VISIT, *matters.ABOUT_THE_CASE, K.SHORT_NOTICE, K.REBOOK}
    yield and_(_c.kind.not_in(_words(of_its_own)), status == A.CANCELLED.value)


def _of_merged_charts() -> Select[Any]:
    merged = exists().where(_p.id == _c.patient_id, _p.merged_into.is_not(None))
    return select(_c.id).where(*_OPEN, merged).order_by(_c.id)


def _words(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(sorted(value.value for value in values))
