"""Cards of the inspector: everything about one visit, request or patient."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, and_, not_, or_, select, true

from db.convert import at
from db.day_rows import lines
from db.mapping import (
    Codes,
    appointment_of,
    authorization_of,
    callback_of,
    patient_of,
    request_of,
)
from db.queries.day import LINES
from db.queries.requests import lines_of_patient
from db.queries.short_notice import entry_of, offer_line
from db.queries.treatments import treatments
from db.repositories.day_records import steps_of_visit
from db.repositories.readiness import readiness_of_visit
from db.schema.people import patient
from db.schema.practice import payer
from db.schema.requests import callback, offer, payer_authorization, request, request_message, short_notice
from db.schema.visits import appointment, audit_event, audit_touch
from desk_app.application.outcome import Record
from desk_app.application.read_models import (
    HistoryLine,
    MessageLine,
    PatientCard,
    RequestCard,
    VisitCard,
)
from desk_app.domain.faults import WrongInput
from desk_app.domain.likeness import likeness, person
from desk_app.domain.records import Authorization, Callback, Patient

HISTORY = 40
_a, _n, _o = appointment.c, short_notice.c, offer.c


def visit_card(connection: Connection, codes: Codes, number: int) -> VisitCard:
    """Raises WrongInput where there is no such visit."""
    visit = appointment_of(_one(connection, appointment, number))
    who = _patient(connection, codes, visit.patient_id)
    assert who is not None
    asked = _request_payer(connection, codes, visit.request_id)
    return VisitCard(
        visit,
        who,
        _payer_name(connection, who.payer or asked),
        _authorization(connection, codes, visit.request_id, visit.patient_id, visit.procedure),
        _callbacks(connection, codes, callback.c.appointment_id == number),
        history(connection, Record.APPOINTMENT, number),
        asked,
        readiness_of_visit(connection, number),
        treatments(connection, visit.patient_id, true(), number),
        tuple(
            _authorization(connection, codes, None, visit.patient_id, each.procedure)
            or _authorization(connection, codes, visit.request_id, None, each.procedure, alone=True)
            for each in visit.further
        ),
        short_notice=entry_of(connection, _n.appointment_id == number),
        offer=offer_line(connection, codes, or_(_o.appointment_id == number, _n.appointment_id == number)),
        steps=steps_of_visit(connection, codes, number),
    )


def request_card(connection: Connection, codes: Codes, number: int, now_s: int) -> RequestCard:
    """Raises WrongInput where there is no such request."""
    asked = request_of(_one(connection, request, number), codes)
    suggestion = _patient(connection, codes, asked.suggested_patient_id)
    m = request_message.c
    messages = connection.execute(
        select(m.received_s, m.source_name, m.body).where(m.request_id == number, m.void == 0).order_by(m.received_s)
    )
    visits = LINES.where(_a.request_id == number).order_by(_a.start_s.desc()).limit(20)
    return RequestCard(
        asked,
        _patient(connection, codes, asked.patient_id),
        suggestion,
        likeness(person(asked.contact), person(suggestion)) if suggestion else 0,
        _payer_name(connection, asked.payer),
        _authorization(connection, codes, number, None, asked.procedure),
        tuple(MessageLine(at(when), source, body) for when, source, body in messages),
        _callbacks(connection, codes, callback.c.request_id == number),
        lines(connection.execute(visits)),
        history(connection, Record.REQUEST, number),
        short_notice=entry_of(connection, _n.request_id == number),
        offer=offer_line(connection, codes, _n.request_id == number),
    )


def patient_card(connection: Connection, codes: Codes, number: int, now_s: int) -> PatientCard:
    """Raises WrongInput where there is no such patient."""
    who = patient_of(_one(connection, patient, number), codes)
    ahead = and_(_a.active == 1, _a.end_s >= now_s, _a.hold_until_s.is_(None) | (_a.hold_until_s > now_s))
    coming = LINES.where(_a.patient_id == number, ahead).order_by(_a.start_s).limit(40)
    past = LINES.where(_a.patient_id == number, not_(ahead))
    return PatientCard(
        who,
        _payer_name(connection, who.payer),
        lines(connection.execute(coming)),
        lines(connection.execute(past.order_by(_a.start_s.desc()).limit(40))),
        lines_of_patient(connection, number, now_s),
        history(connection, Record.PATIENT, number),
    )


def history(connection: Connection, record: Record, number: int) -> tuple[HistoryLine, ...]:
    """What was done to a record, newest first."""
    e, t = audit_event.c, audit_touch.c
    query = (
        select(e.at_s, e.user_name, e.action, e.facts)
        .join(audit_touch, t.seq == e.seq)
        .where(t.record == record.value, t.record_id == number)
        .order_by(e.seq.desc())
        .limit(HISTORY)
    )
    return tuple(HistoryLine(at(s), who, what, json.loads(facts)) for s, who, what, facts in connection.execute(query))


def _one(connection: Connection, table: Any, number: int) -> Any:
    row = connection.execute(select(table).where(table.c.id == number, table.c.void == 0)).mappings().first()
    if row is None:
        raise WrongInput("unknown_record", record=table.name, record_id=number)
    return row


def _patient(connection: Connection, codes: Codes, number: int | None) -> Patient | None:
    return patient_of(_one(connection, patient, number), codes) if number is not None else None


def _request_payer(connection: Connection, codes: Codes, number: int | None) -> str | None:
    if number is None:
        return None
    found = connection.execute(select(request.c.payer_id).where(request.c.id == number)).scalar()
    return codes.payer_codes.get(found) if found is not None else None


def _payer_name(connection: Connection, code: str | None) -> str:
    if code is None:
        return ""
    return connection.execute(select(payer.c.name).where(payer.c.code == code)).scalar() or ""


def _authorization(
    connection: Connection,
    codes: Codes,
    request_id: int | None,
    patient_id: int | None,
    procedure: str | None,
    alone: bool = False,
) -> Authorization | None:
    """The request's own, else the patient's for that procedure; an approved one before others, newer before older.

    One for that very procedure comes before the request's others, which are left out where it is asked for ``alone``.
    """
    z = payer_authorization.c
    tests = [z.request_id == request_id] if request_id is not None else []
    tests += [(z.patient_id == patient_id) & (z.procedure_code == procedure)] if patient_id is not None else []
    found: list[Authorization] = []
    for test in tests:
        rows = connection.execute(select(payer_authorization).where(test, z.void == 0).order_by(z.id.desc())).mappings()
        found += [authorization_of(row, codes) for row in rows]
    mine = [value for value in found if value.procedure == procedure]
    found = mine if alone or mine else found
    approved = [value for value in found if value.status.value.startswith("approved")]
    best = approved or found
    return best[0] if best else None


def _callbacks(connection: Connection, codes: Codes, test: Any) -> tuple[Callback, ...]:
    rows = connection.execute(select(callback).where(test, callback.c.void == 0).order_by(callback.c.due_s)).mappings()
    return tuple(callback_of(row, codes) for row in rows)
