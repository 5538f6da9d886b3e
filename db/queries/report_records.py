"""The records behind a figure, each with the card that shows it and the words of its line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, select

from db.schema.people import patient
from db.schema.requests import callback, payer_authorization, request
from db.schema.visits import appointment
from desk_app.application.outcome import Record

_a, _p, _r, _z, _c = appointment.c, patient.c, request.c, payer_authorization.c, callback.c
VISIT, REQUEST, PATIENT, CALL = literal("visit"), literal("request"), literal("patient"), literal("call")


def records_query(record: Record, numbers: Sequence[int]) -> Select[Any]:
    """Number, card, its number, instant, family and given name, what it is about; of visits their phases too."""
    if record is Record.CALLBACK:
        return _calls().where(_c.id.in_(numbers)).order_by(_c.due_s, _c.id)
    if record is Record.AUTHORIZATION:
        return _authorizations().where(_z.id.in_(numbers)).order_by(_z.decided_s, _z.id)
    visits = select(_a.id, VISIT, _a.id, _a.start_s, _p.family, _p.given, _a.procedure_name, _a.phases)
    named = visits.join(patient, _p.id == _a.patient_id)
    return named.where(_a.id.in_(numbers)).order_by(_a.start_s, _a.id)


def _calls() -> Select[Any]:
    whose = func.coalesce(_c.patient_id, _a.patient_id, _r.patient_id)
    return (
        select(_c.id, CALL, _c.id, _c.due_s, *_name(), _c.kind)
        .select_from(callback)
        .outerjoin(appointment, _a.id == _c.appointment_id)
        .outerjoin(request, _r.id == func.coalesce(_c.request_id, _a.request_id))
        .outerjoin(patient, _p.id == whose)
    )


def _authorizations() -> Select[Any]:
    card = case((_z.request_id.is_not(None), REQUEST), else_=PATIENT)
    shown = func.coalesce(_z.request_id, _z.patient_id, 0)
    when = func.coalesce(_z.decided_s, _z.submitted_s, 0)
    return (
        select(_z.id, card, shown, when, *_name(), _z.procedure_code)
        .select_from(payer_authorization)
        .outerjoin(request, _r.id == _z.request_id)
        .outerjoin(patient, _p.id == func.coalesce(_z.patient_id, _r.patient_id))
    )


def _name() -> tuple[ColumnElement[str], ColumnElement[str]]:
    """The chart's, else the caller's."""
    return func.coalesce(_p.family, _r.family, ""), func.coalesce(_p.given, _r.given, "")
