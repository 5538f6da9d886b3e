"""Cards of the inspector: everything about one visit, request or patient."""

from __future__ import annotations

import json
from collections.abc import Sequence
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
from db.queries.approvals import approvals_of, visits_on_units
from db.queries.day import LINES
from db.queries.request_ends import end_of
from db.queries.requests import lines_of_patient
from db.queries.short_notice import entry_of, offer_line
from db.queries.treatments import treatments
from db.repositories.calls import contact_of, document_of, letter_of
from db.repositories.day_records import steps_of_visit
from db.repositories.readiness import readiness_of_visit
from db.schema.people import patient, user_account
from db.schema.practice import payer
from db.schema.requests import (
    authorization_contact,
    authorization_document,
    callback,
    letter,
    offer,
    payer_authorization,
    request,
    request_message,
    short_notice,
)
from db.schema.visits import appointment, audit_event, audit_touch
from desk_app.application.outcome import Record
from desk_app.application.read_models import (
    HistoryLine,
    MessageLine,
    PatientCard,
    RequestCard,
    VisitCard,
)
from desk_app.domain.call_records import AuthorizationContact, AuthorizationDocument, Letter
from desk_app.domain.faults import WrongInput
from desk_app.domain.likeness import likeness, person
from desk_app.domain.records import Authorization, Callback, Patient
from desk_app.domain.statuses import OPEN_REQUESTS, AuthorizationStatus

HISTORY = 40
_a, _n, _o, _l = appointment.c, short_notice.c, offer.c, letter.c


def visit_card(connection: Connection, codes: Codes, number: int) -> VisitCard:
    """Raises WrongInput where there is no such visit."""
    visit = appointment_of(_one(connection, appointment, number))
    who = _patient(connection, codes, visit.patient_id)
    assert who is not None
    asked = _request_payer(connection, codes, visit.request_id)
    letters = and_(_l.patient_id == visit.patient_id, _l.appointment_id == number)
    approvals = approvals_of(connection, codes, visit.patient_id, visit.request_id)
    contacts, documents = _told_to_payers(connection, approvals)
    return VisitCard(
        visit,
        who,
        _payer_name(connection, who.payer or asked),
        _authorization(connection, codes, visit.request_id, visit.patient_id, visit.procedure),
        _callbacks(connection, codes, callback.c.appointment_id == number),
        history(connection, Record.APPOINTMENT, number, letters),
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
        letters=_letters(connection, letters),
        approvals=approvals,
        elsewhere=visits_on_units(connection, visit.patient_id, number),
        contacts=contacts,
        documents=documents,
        users=_users(connection, contacts, documents),
    )


def request_card(connection: Connection, codes: Codes, number: int, now_s: int) -> RequestCard:
    """Raises WrongInput where there is no such request."""
    asked = request_of(_one(connection, request, number), codes)
    suggestion = _patient(connection, codes, asked.suggested_patient_id)
    m = request_message.c
    messages = connection.execute(
        select(m.received_s, m.source_name, m.body).where(m.request_id == number, m.void == 0).order_by(m.received_s)
    )
    # by the index on patients: a letter went to the chart of then, or to a caller without one
    letters = and_(or_(_l.patient_id == asked.patient_id, _l.patient_id.is_(None)), _l.request_id == number)
    visits = LINES.where(_a.request_id == number).order_by(_a.start_s.desc()).limit(20)
    approvals = approvals_of(connection, codes, asked.patient_id, number)
    contacts, documents = _told_to_payers(connection, approvals)
    is_open = asked.status in OPEN_REQUESTS
    ended_at, end_reason = (None, "") if is_open else end_of(connection, number)
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
        history(connection, Record.REQUEST, number, letters),
        short_notice=entry_of(connection, _n.request_id == number),
        offer=offer_line(connection, codes, _n.request_id == number),
        letters=_letters(connection, letters),
        approvals=approvals,
        elsewhere=visits_on_units(connection, asked.patient_id),
        contacts=contacts,
        documents=documents,
        users=_users(connection, contacts, documents),
        ended_at=ended_at,
        end_reason=end_reason,
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
        history(connection, Record.PATIENT, number, _l.patient_id == number),
        _letters(connection, _l.patient_id == number),
    )


def history(connection: Connection, record: Record, number: int, letters: Any = None) -> tuple[HistoryLine, ...]:
    """What was done to a record, newest first, with the letters of that test."""
    e, t = audit_event.c, audit_touch.c
    test = and_(t.record == record.value, t.record_id == number)
    if letters is not None:
        made = select(letter.c.id).where(letters)
        test = or_(test, and_(t.record == Record.LETTER.value, t.record_id.in_(made)))
    query = (
        select(e.at_s, e.user_name, e.action, e.facts)
        .join(audit_touch, t.seq == e.seq)
        .where(test)
        .order_by(e.seq.desc())
        .limit(HISTORY)
    )
    return tuple(HistoryLine(at(s), who, what, json.loads(facts)) for s, who, what, facts in connection.execute(query))


def _letters(connection: Connection, test: Any) -> tuple[Letter, ...]:
    query = select(letter).where(test, letter.c.void == 0).order_by(letter.c.id)
    return tuple(letter_of(row) for row in connection.execute(query).mappings())


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
    approved = [value for value in found if value.is_granted]
    live = [value for value in found if value.status is not AuthorizationStatus.WITHDRAWN]
    best = approved or live or found
    return best[0] if best else None


def _told_to_payers(
    connection: Connection, approvals: Sequence[Authorization]
) -> tuple[tuple[AuthorizationContact, ...], tuple[AuthorizationDocument, ...]]:
    """Contacts and documents of these authorizations, oldest first."""
    if not approvals:
        return (), ()
    numbers = [each.id for each in approvals]
    c, d = authorization_contact.c, authorization_document.c
    contacts = select(authorization_contact).where(c.authorization_id.in_(numbers), c.void == 0)
    documents = select(authorization_document).where(d.authorization_id.in_(numbers), d.void == 0)
    return (
        tuple(map(contact_of, connection.execute(contacts.order_by(c.at_s, c.id)).mappings())),
        tuple(map(document_of, connection.execute(documents.order_by(d.sent_s, d.id)).mappings())),
    )


def _users(
    connection: Connection, contacts: Sequence[AuthorizationContact], documents: Sequence[AuthorizationDocument]
) -> dict[int, str]:
    numbers = {each.user_id for each in contacts} | {each.user_id for each in documents}
    u = user_account.c
    rows = connection.execute(select(u.id, u.name).where(u.id.in_(numbers))) if numbers else ()
    return {row.id: row.name for row in rows}


def _callbacks(connection: Connection, codes: Codes, test: Any) -> tuple[Callback, ...]:
    rows = connection.execute(select(callback).where(test, callback.c.void == 0).order_by(callback.c.due_s)).mappings()
    return tuple(callback_of(row, codes) for row in rows)
