"""Finding a patient: letters anywhere in the name, phone digits from either end, chart number, birth date.

Names that begin with what was typed come first, straight from an index; the trigram index fills what room is left.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    text,
    union_all,
)

from db.convert import from_day, from_s
from db.schema.people import patient, patient_phone
from db.schema.visits import appointment
from db.terms import LAST_LETTER, ONE, ZERO, between
from desk_app.application.read_models import SearchHit
from desk_app.domain.names import fold_name
from desk_app.domain.typed_dates import typed_birth_date

_p, _a = patient.c, appointment.c
_m, _n = patient.alias("replaced").c, patient.alias("numbered").c
TRIGRAM = 3
_decode = json.JSONDecoder().raw_decode
MOST_OF_A_WAY = 400
"""So many who have a number that begins so are put in order: an area code's thousands help nobody."""

_next = (
    select(func.min(_a.start_s))
    .where(_a.patient_id == _p.id, _a.active == ONE, _a.void == ZERO, _a.start_s >= bindparam("now"))
    .where(_a.end_s >= bindparam("now"))  # says no more, but lets the index pass over all past visits
    .where(_a.hold_until_s.is_(None) | (_a.hold_until_s > bindparam("now")))
    .correlate(patient)
    .scalar_subquery()
)
_hits: Select[Any] = select(_p.id, _p.family, _p.given, _p.mrn, _p.birth_date, _p.phones, _next).where(
    _p.void == ZERO, _p.merged_into.is_(None)
)
_by_letters: ColumnElement[str] = literal_column("patient.folded USING ~<~")
"""PostgreSQL's index of stretches has this order, whatever the language that the server sorts by."""

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
    shape = tuple(len(word) < TRIGRAM for word in words)
    bound |= {f"word_{number}": word for number, word in enumerate(words)}
    bound |= {"words": " AND ".join(f'"{word}"' for word in words if len(word) >= TRIGRAM)}
    bound |= {"most": limit, "after": words[0] + LAST_LETTER}
    dialect = connection.dialect.name
    found = connection.execute(_beginning(dialect, shape), bound).all()
    if len(found) < limit and not all(shape):  # where there is no room left, others are not even looked for
        bound["most"] = limit - len(found)
        found = [*found, *connection.execute(_elsewhere(dialect, shape), bound).all()]  # row by row takes longer
    return _answer(found)


Shape = tuple[bool, ...]
"""For each word, whether it is too short for the trigram index. Statements are made once a shape."""


@lru_cache(maxsize=200)
def _beginning(dialect: str, shape: Shape) -> Select[Any]:
    """Family names that begin with the first word, in their order."""
    inside = [_inside(number, shape) for number in range(1, len(shape))]
    order: ColumnElement[str] = _p.folded if dialect == "sqlite" else _by_letters
    return _hits.where(_begins_first(dialect), *inside).order_by(order, _p.id).limit(bindparam("most"))


@lru_cache(maxsize=200)
def _elsewhere(dialect: str, shape: Shape) -> Select[Any]:
    """The words in other places; one too short for the trigram index begins some part of the name."""
    other, numbers = ~_begins_first(dialect), range(len(shape))
    if dialect == "sqlite":
        short = [_inside(number, shape) for number in numbers if shape[number]]
        return _with_trigrams.where(other, *short).limit(bindparam("most"))
    inside = [_inside(number, shape) for number in numbers]
    return _hits.where(other, *inside).limit(bindparam("most"))  # in no order: the first that are found will do


def _begins_first(dialect: str) -> ColumnElement[bool]:
    first, after = bindparam("word_0", type_=String), bindparam("after", type_=String)
    return between(dialect, _p.folded, first, after)


def _inside(number: int, shape: Shape) -> ColumnElement[bool]:
    """Anywhere in the name or chart number; one or two letters only where a part of the name begins."""
    word = bindparam(f"word_{number}", type_=String)
    if shape[number]:
        return or_(_p.folded.startswith(word), _p.folded.contains(literal(" ") + word))
    return or_(_p.folded.contains(word), _p.mrn.contains(word))


def _of_digits(connection: Connection, digits: str) -> Select[Any]:
    """The beginning of a chart number, or either end of a phone number, with or without the country's 1.

    The number of a chart that was merged finds the one that has replaced it.
    """
    phones, replaced = patient_phone.c, select(_m.merged_into).where(_m.merged_into.is_not(None), _m.void == 0)
    ways = [
        select(_n.id).where(_numbered(connection, _n.mrn, digits), _n.void == 0),
        replaced.where(_numbered(connection, _m.mrn, digits)),
    ]
    if len(digits) >= TRIGRAM:
        forms = {digits, digits[1:]} if len(digits) == 11 and digits.startswith("1") else {digits}
        ends = [(phones.digits, form) for form in forms] + [(phones.reversed, form[::-1]) for form in forms]
        dialect = connection.dialect.name
        ways += [
            select(phones.patient_id).where(between(dialect, of, literal(words), literal(words + LAST_LETTER)))
            for of, words in ends
        ]
    some = (select(way.limit(MOST_OF_A_WAY).subquery()) for way in ways)
    return _hits.where(_p.id.in_(union_all(*some))).order_by(_p.folded, _p.id)


def _numbered(connection: Connection, of: ColumnElement[str], digits: str) -> ColumnElement[bool]:
    """The chart number has no index of that kind on a server."""
    if connection.dialect.name == "sqlite":
        return and_(of >= digits, of < digits + LAST_LETTER)
    return of.startswith(digits, autoescape=True)


def _answer(rows: Iterable[Any]) -> tuple[SearchHit, ...]:
    return tuple([_hit(*row) for row in rows])


def _hit(
    number: int, family: str, given: str, mrn: str, born: str | None, phones: str, upcoming: int | None
) -> SearchHit:
    name = f"{family}, {given}" if given else family
    numbers = _decode(phones)[0] if phones != "[]" else []
    phone = numbers[0][1] or numbers[0][0] if numbers else ""
    return SearchHit(number, name, mrn, from_day(born), phone, from_s(upcoming))
