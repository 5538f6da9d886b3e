"""Finding a patient: letters anywhere in the name, phone digits from either end, chart number, birth date."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, case, func, or_, select, text

from db.convert import from_day, from_s, load_phones
from db.schema.people import patient, patient_phone
from db.schema.visits import appointment
from desk_app.application.read_models import SearchHit
from desk_app.domain.names import fold_name

_p, _a = patient.c, appointment.c
_DATE = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$|^(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})$")
TRIGRAM = 3
_next = (
    select(func.min(_a.start_s))
    .where(_a.patient_id == _p.id, _a.active == 1, _a.void == 0, _a.start_s >= bindparam("now"))
    .correlate(patient)
    .scalar_subquery()
)
_hits: Select[Any] = select(_p.id, _p.family, _p.given, _p.mrn, _p.birth_date, _p.phones, _next).where(
    _p.void == 0, _p.merged_into.is_(None)
)
_fts = text("SELECT rowid FROM patient_search WHERE patient_search MATCH :words LIMIT :most")


def find_patients(connection: Connection, typed: str, now_s: int, limit: int) -> tuple[SearchHit, ...]:
    """Best first: a family name that begins with the first word comes before other places."""
    if (born := typed_birth_date(typed)) is not None:
        return _answer(connection, _hits.where(_p.birth_date == born.isoformat()), now_s, limit, "")
    digits = "".join(ch for ch in typed if ch.isdigit())
    if digits and not any(ch.isalpha() for ch in typed):
        return _by_digits(connection, digits, now_s, limit)
    words = fold_name(typed).split()
    if not words:
        return ()
    if connection.dialect.name == "sqlite" and any(len(word) >= TRIGRAM for word in words):
        return _by_trigram(connection, words, now_s, limit)
    anywhere = and_(*(_p.folded.contains(word, autoescape=True) for word in words[1:]))
    begins = _p.folded.startswith(words[0], autoescape=True)
    first = or_(begins, _p.folded.contains(words[0], autoescape=True)) if len(words[0]) >= TRIGRAM else begins
    query = _hits.where(first, anywhere) if len(words) > 1 else _hits.where(first)
    return _answer(connection, query, now_s, limit, words[0])


def _by_trigram(connection: Connection, words: list[str], now_s: int, limit: int) -> tuple[SearchHit, ...]:
    quoted = " AND ".join(f'"{word}"' for word in words if len(word) >= TRIGRAM)
    found = [row[0] for row in connection.execute(_fts, {"words": quoted, "most": 40 * limit})]
    query = _hits.where(_p.id.in_(found))
    for word in words:
        if len(word) < TRIGRAM:
            query = query.where(_p.folded.contains(f" {word}", autoescape=True) | _p.folded.startswith(word))
    return _answer(connection, query, now_s, limit, words[0])


def _by_digits(connection: Connection, digits: str, now_s: int, limit: int) -> tuple[SearchHit, ...]:
    phones = patient_phone.c
    forms = {digits, digits[1:]} if len(digits) == 11 and digits.startswith("1") else {digits}
    tests = [phones.digits.startswith(form) for form in forms] + [
        phones.reversed.startswith(form[::-1]) for form in forms
    ]
    owners = select(phones.patient_id).where(or_(*tests)) if len(digits) >= TRIGRAM else None
    test = _p.mrn.startswith(digits)
    query = _hits.where(or_(test, _p.id.in_(owners)) if owners is not None else test)
    return _answer(connection, query, now_s, limit, "")


def _answer(connection: Connection, query: Select[Any], now_s: int, limit: int, first: str) -> tuple[SearchHit, ...]:
    begins = case((_p.folded.startswith(first, autoescape=True), 0), else_=1) if first else _p.merged_into
    rows = connection.execute(query.order_by(begins, _p.folded, _p.id).limit(limit), {"now": now_s})
    return tuple(_hit(*row) for row in rows)


def _hit(
    number: int, family: str, given: str, mrn: str, born: str | None, phones: str, upcoming: int | None
) -> SearchHit:
    numbers = load_phones(phones)
    name = f"{family}, {given}" if given else family
    phone = numbers[0].e164 or numbers[0].raw if numbers else ""
    return SearchHit(number, name, mrn, from_day(born), phone, from_s(upcoming))


def typed_birth_date(typed: str) -> date | None:
    """A whole date with its year: ``1951-03-12``, ``3/12/1951``, ``3/12/51`` (a year to come is the century before)."""
    match = _DATE.match(typed.strip())
    if match is None:
        return None
    if match[1]:
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    else:
        month, day, year = int(match[4]), int(match[5]), int(match[6])
        if year < 100:
            year += 2000 if 2000 + year <= date.today().year else 1900
    try:
        return date(year, month, day)
    except ValueError:
        return None
