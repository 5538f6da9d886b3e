"""Finding a patient: letters anywhere in the name, phone digits from either end, chart number, birth date.

Names that begin with what was typed come first, straight from an index; the trigram index fills what room is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    column,
    func,
    or_,
    select,
    table,
    text,
)

from db.convert import from_day, from_s, load_phones
from db.schema.people import patient, patient_phone
from db.schema.visits import appointment
from desk_app.application.read_models import SearchHit
from desk_app.domain.names import fold_name
from desk_app.domain.typed_dates import typed_birth_date

_p, _a = patient.c, appointment.c
TRIGRAM = 3
LAST_LETTER = "\U0010ffff"
_next = (
    select(func.min(_a.start_s))
    .where(_a.patient_id == _p.id, _a.active == 1, _a.void == 0, _a.start_s >= bindparam("now"))
    .where(_a.hold_until_s.is_(None) | (_a.hold_until_s > bindparam("now")))
    .correlate(patient)
    .scalar_subquery()
)
_hits: Select[Any] = select(_p.id, _p.family, _p.given, _p.mrn, _p.birth_date, _p.phones, _next).where(
    _p.void == 0, _p.merged_into.is_(None)
)
_words = table("patient_search", column("rowid", Integer))
_with_trigrams = _hits.select_from(_words.join(patient, _p.id == _words.c.rowid)).where(
    text("patient_search MATCH :words")
)


def find_patients(connection: Connection, typed: str, today: date, now_s: int, limit: int) -> tuple[SearchHit, ...]:
    """Best first: a family name that begins with the first word comes before other places."""
    bound: dict[str, Any] = {"now": now_s}
    if (born := typed_birth_date(typed, today)) is not None:
        query = _hits.where(_p.birth_date == born.isoformat()).order_by(_p.folded, _p.id)
        return _answer(connection.execute(query.limit(limit), bound))
    digits = "".join(ch for ch in typed if ch.isdecimal())
    if digits and not any(ch.isalpha() for ch in typed):
        return _answer(connection.execute(_of_digits(connection, digits).limit(limit), bound))
    words = fold_name(typed).split()
    if not words:
        return ()
    begun = _answer(connection.execute(_beginning(connection, words).limit(limit), bound))
    room = limit - len(begun)
    if room == 0 or all(len(word) < TRIGRAM for word in words):
        return begun
    bound |= {"words": " AND ".join(f'"{word}"' for word in words if len(word) >= TRIGRAM)}
    return begun + _answer(connection.execute(_elsewhere(connection, words).limit(room), bound))


def _beginning(connection: Connection, words: Sequence[str]) -> Select[Any]:
    """Family names that begin with the first word, in their order."""
    first = _begins(connection, _p.folded, words[0])
    return _hits.where(first, *(_inside(word) for word in words[1:])).order_by(_p.folded, _p.id)


def _elsewhere(connection: Connection, words: Sequence[str]) -> Select[Any]:
    """The words in other places; one too short for the trigram index begins some part of the name."""
    other = ~_begins(connection, _p.folded, words[0])
    if connection.dialect.name == "sqlite":
        return _with_trigrams.where(other, *(_inside(word) for word in words if len(word) < TRIGRAM))
    return _hits.where(other, *(_inside(word) for word in words)).order_by(_p.folded, _p.id)


def _inside(word: str) -> ColumnElement[bool]:
    """Anywhere in the name or chart number; one or two letters only where a part of the name begins."""
    if len(word) < TRIGRAM:
        return or_(_p.folded.startswith(word), _p.folded.contains(f" {word}"))
    return or_(_p.folded.contains(word), _p.mrn.contains(word))


def _of_digits(connection: Connection, digits: str) -> Select[Any]:
    """The beginning of a chart number, or either end of a phone number, with or without the country's 1."""
    phones = patient_phone.c
    test = _begins(connection, _p.mrn, digits)
    if len(digits) >= TRIGRAM:
        forms = {digits, digits[1:]} if len(digits) == 11 and digits.startswith("1") else {digits}
        ends = [_begins(connection, phones.digits, form) for form in forms]
        ends += [_begins(connection, phones.reversed, form[::-1]) for form in forms]
        test = or_(test, _p.id.in_(select(phones.patient_id).where(or_(*ends))))
    return _hits.where(test).order_by(_p.folded, _p.id)


def _begins(connection: Connection, of: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """A stretch of the column's index: SQLite uses none for LIKE, PostgreSQL has one made for it."""
    if connection.dialect.name == "sqlite":
        return and_(of >= words, of < words + LAST_LETTER)
    return of.startswith(words, autoescape=True)


def _answer(rows: Iterable[Any]) -> tuple[SearchHit, ...]:
    return tuple(_hit(*row) for row in rows)


def _hit(
    number: int, family: str, given: str, mrn: str, born: str | None, phones: str, upcoming: int | None
) -> SearchHit:
    numbers = load_phones(phones)
    name = f"{family}, {given}" if given else family
    phone = numbers[0].e164 or numbers[0].raw if numbers else ""
    return SearchHit(number, name, mrn, from_day(born), phone, from_s(upcoming))
