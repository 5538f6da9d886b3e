"""Finding a patient by whatever somebody remembers, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql

from db import migrate
from db.engine import file_engine, server_engine
from db.queries import search
from desk_app.application.desk import Desk
from desk_app.application.use_cases import patients, undo
from tests.db.work import add_patient, book
from tests.helpers.small_practice import StandingClock, at


@pytest.fixture
def people(desk: Desk) -> Desk:
    add_patient(desk, "Ibarra-Núñez", "María José", date(1951, 3, 12), "5085550101", "204411")
    add_patient(desk, "Nuñez", "Pilar", date(1926, 3, 12), "6175550199", "204412")
    add_patient(desk, "O’Brien", "Séamus", date(1949, 12, 4), "4135550101", "311100")
    add_patient(desk, "Müller", "Björn", date(2003, 1, 2), "5085550777", "311101")
    add_patient(desk, "Le", "Thi Anh", None, "7815551234", "311102")
    return desk


def names(desk: Desk, typed: str, limit: int = 20) -> list[str]:
    return [hit.name for hit in desk.queries.find_patients(typed, desk.now(), limit)]


BY_NAME = {
    "nun": ["Nuñez, Pilar", "Ibarra-Núñez, María José"],
    "NÚÑ": ["Nuñez, Pilar", "Ibarra-Núñez, María José"],
    "uñe": ["Ibarra-Núñez, María José", "Nuñez, Pilar"],
    "obrien": ["O’Brien, Séamus"],
    "O'Bri": ["O’Brien, Séamus"],
    "mull": ["Müller, Björn"],
    "le": ["Le, Thi Anh"],
    "l": ["Le, Thi Anh"],
    "le th": ["Le, Thi Anh"],
    "maria nun": ["Ibarra-Núñez, María José"],
    "nun ma": ["Ibarra-Núñez, María José"],
    "brien s": ["O’Brien, Séamus"],
    "brien x": [],
    "nobody": [],
    "": [],
    '"': [],
    "100% OR nun*": [],
    "_": [],
}
BY_PHONE = {
    "508555": ["Ibarra-Núñez, María José", "Müller, Björn"],
    "(508) 555-0101": ["Ibarra-Núñez, María José"],
    "+1 508 555 0101": ["Ibarra-Núñez, María José"],
    "0101": ["Ibarra-Núñez, María José", "O’Brien, Séamus"],
    "1234": ["Le, Thi Anh"],
    "555": [],
}
BY_CHART = {"204411": 1, "2044": 2, "3111": 3, "31": 3, "999999": 0}
BORN = ("1951-03-12", "3/12/1951", "3/12/51", "12 mar 1951", "Mar 12, 1951")


def test_letters_find_a_name_in_any_place_and_in_any_spelling(people: Desk) -> None:
    assert {typed: names(people, typed) for typed in BY_NAME} == BY_NAME


def test_digits_find_a_phone_number_from_either_end(people: Desk) -> None:
    assert {typed: names(people, typed) for typed in BY_PHONE} == BY_PHONE


def test_a_chart_number_is_found_by_its_beginning(people: Desk) -> None:
    assert {typed: len(names(people, typed)) for typed in BY_CHART} == BY_CHART


def test_a_birth_date_is_found_however_it_is_written(people: Desk) -> None:
    assert {typed: names(people, typed) for typed in BORN} == {typed: ["Ibarra-Núñez, María José"] for typed in BORN}


def test_a_year_of_two_digits_is_the_latest_that_is_not_to_come(people: Desk, clock: StandingClock) -> None:
    assert names(people, "1/2/03") == ["Müller, Björn"]
    assert names(people, "3/12/26") == []
    clock.instant = at("2026-03-11T10:00")
    assert names(people, "3/12/26") == ["Nuñez, Pilar"]


def test_an_edited_chart_is_found_by_its_new_name_alone(people: Desk) -> None:
    number = people.queries.find_patients("mull", people.now())[0].patient_id
    chart = people.queries.patient_card(number, people.now()).patient
    patients.edit(people, replace(chart, family="Jansson"))
    assert names(people, "jans") == ["Jansson, Björn"]
    assert names(people, "mull") == []
    assert names(people, "5085550777") == ["Jansson, Björn"]


def test_a_chart_that_undo_took_back_is_not_found_and_redo_finds_it_again(people: Desk) -> None:
    for typed in ("le", "thi", "7815551234", "311102"):
        assert names(people, typed) == ["Le, Thi Anh"]
    undo.undo(people)
    for typed in ("le", "thi", "7815551234", "311102"):
        assert names(people, typed) == []
    undo.redo(people)
    for typed in ("le", "thi", "7815551234", "311102"):
        assert names(people, typed) == ["Le, Thi Anh"]


def test_names_that_begin_so_come_first_however_many_hold_the_letters_elsewhere(desk: Desk) -> None:
    for number in range(12):
        add_patient(desk, f"Zamar{chr(97 + number)}")
    add_patient(desk, "Marten")
    assert names(desk, "mar", limit=3)[0] == "Marten"
    assert len(names(desk, "mar", limit=3)) == 3


def test_a_hit_tells_the_next_visit_but_not_a_hold_that_has_lapsed(desk: Desk, clock: StandingClock) -> None:
    who = add_patient(desk, "Okafor", "Ngozi")
    book(desk, "09:00", who, hold_until=at("2026-11-24T12:00"))
    assert desk.queries.find_patients("okafor", desk.now())[0].next_visit == at("2026-11-25T09:00")
    clock.instant = at("2026-11-24T12:00")
    assert desk.queries.find_patients("okafor", desk.now())[0].next_visit is None


MANY = (
    "INSERT INTO patient (mrn, family, folded) "
    "SELECT number::text, md5(number::text), md5(number::text) FROM generate_series(1, 5000) AS number"
)


@pytest.mark.parametrize("shape", [(False,), (True,), (False, True)])
def test_a_server_finds_the_beginning_by_an_index_even_in_a_statement_that_is_planned_once_for_all_words(
    shape: tuple[bool, ...], postgresql_address: str
) -> None:
    """A prepared statement is: what the planner knew of the word it was first planned for it knows no more."""
    compiled = search._beginning("postgresql", shape).compile(dialect=postgresql.dialect(paramstyle="numeric_dollar"))
    given = {"now": "0", "most": "20", "words": "''", "word_0": "'ort'", "word_1": "'ma'", "after": "'ort~'"}
    values = ", ".join(given.get(name) or repr(compiled.params[name]) for name in compiled.positiontup or ())
    engine = server_engine(postgresql_address)
    with engine.connect() as connection:
        connection.exec_driver_sql(MANY)
        connection.exec_driver_sql("ANALYZE patient")
        connection.exec_driver_sql("SET plan_cache_mode = force_generic_plan")
        connection.exec_driver_sql(f"PREPARE finding AS {compiled}".replace("%", "%%"))
        plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN EXECUTE finding ({values})").scalars())
    engine.dispose()
    begun = plan[plan.index("ix_patient_folded_prefix") :]
    assert "Index Cond: ((folded ~>=~ ($" in begun.splitlines()[1]
    assert "Sort Key: patient.folded\n" not in plan, "the index has the order"


@pytest.mark.parametrize("digits", ["508", "0142", "5085550142", "15085550142"])
def test_no_table_is_read_through_for_a_number(digits: str, sqlite_address: str) -> None:
    migrate.prepare(sqlite_address, create=True)
    engine = file_engine(Path(sqlite_address), "BEGIN")
    with engine.connect() as connection:
        query = search._of_digits(connection, digits).limit(20).params(now=0)
        told = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
        steps = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {told}")]
    engine.dispose()
    tables = ("patient", "patient_phone", "appointment", "numbered", "replaced")
    assert [step for step in steps if step.startswith(tuple(f"SCAN {table}" for table in tables))] == []
    assert any("ix_patient_phone_reversed" in step for step in steps)
