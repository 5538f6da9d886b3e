"""What the migrations make is what the tables say, and every released script is what it was made from."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import inspect
from sqlalchemy.engine.interfaces import Dialect

from db.engine import Database, open_database
from db.released import SEPARATOR, SQL
from db.revision import REVISIONS
from db.schema import metadata
from db.schema.ddl import texts
from tests.db.plain import plain


@pytest.fixture
def database(address: str) -> Any:
    opened = open_database(address)
    yield opened
    opened.close()


def test_a_fresh_database_has_the_tables_and_columns_of_the_metadata(database: Database) -> None:
    there = inspect(database.reader)
    made = {name for name in there.get_table_names() if not name.startswith("patient_search")}
    assert made == {*metadata.tables, "alembic_version"}
    dialect = database.reader.dialect
    for name, table in metadata.tables.items():
        columns = there.get_columns(name)
        told = {column["name"]: (_kind(column["type"], dialect), column["nullable"]) for column in columns}
        assert told == {column.name: (_kind(column.type, dialect), column.nullable) for column in table.columns}


def _kind(kind: Any, dialect: Dialect) -> str:
    return str(kind.compile(dialect=dialect)).replace("DOUBLE PRECISION", "FLOAT")


def test_a_fresh_database_has_the_indexes_of_the_metadata(database: Database) -> None:
    there = inspect(database.reader)
    for name, table in metadata.tables.items():
        told = {index["name"]: (index["column_names"], bool(index["unique"])) for index in there.get_indexes(name)}
        wanted = {str(index.name): ([c.name for c in index.columns], index.unique) for index in table.indexes}
        assert {key: value for key, value in told.items() if key in wanted} == wanted


def test_every_constraint_has_a_name_and_is_in_the_database_under_it(database: Database) -> None:
    """All but one: SQLite's row number is its key by kind, is never dropped and needs no name."""
    there = inspect(database.reader)
    for name, table in metadata.tables.items():
        wanted = {str(item.name) if item.name is not None else None for item in table.constraints}
        told = {there.get_pk_constraint(name)["name"], *(key["name"] for key in there.get_foreign_keys(name))}
        told |= {key["name"] for key in there.get_unique_constraints(name)}
        told |= {key["name"] for key in there.get_check_constraints(name)}
        if database.reader.dialect.name == "sqlite" and len(table.primary_key.columns) == 1:
            wanted -= {str(table.primary_key.name)}
            told -= {None, str(table.primary_key.name)}
        assert None not in wanted | told
        assert wanted == told, name


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_the_released_scripts_together_are_what_the_tables_make(name: str) -> None:
    """A change of the tables goes into a new revision: the files of those before are never written again."""
    files = [(SQL / f"{revision}_{name}.sql").read_text(encoding="utf-8") for revision in REVISIONS]
    assert made([statement for text in files for statement in text.split(SEPARATOR)]) == made(
        texts()[name].split(SEPARATOR)
    )


def made(statements: list[str]) -> dict[str, set[str]]:
    """What each statement makes: a table its lines, which a later revision may add to, anything else itself.

    An index may be dropped, to be made otherwise.
    """
    found: dict[str, set[str]] = {}
    for statement in statements:
        first, *lines = statement.strip().splitlines()
        table, adds, line = first.partition(" ADD COLUMN ")
        if first.startswith("DROP INDEX "):
            (dropped,) = (each for each in found if each.startswith(f"{first.replace('DROP', 'CREATE')} ON "))
            del found[dropped]
        elif adds:
            found[table.replace("ALTER", "CREATE") + " ("].add(line)
        else:
            found[first] = {each.strip().rstrip(",").strip() for each in lines}
    return found


def test_every_trigger_and_exclusion_that_guards_the_data_is_there(address: str) -> None:
    with plain(address) as program:
        if program.is_file:
            found = {name for (name,) in program.run("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
            assert found == {
                "tr_allocation_insert",
                "tr_allocation_update",
                "tr_appointment_insert",
                "tr_appointment_update",
                "tr_audit_event_delete",
                "tr_audit_event_insert",
                "tr_audit_event_update",
                "tr_audit_touch_delete",
                "tr_audit_touch_update",
                "tr_patient_search_insert",
                "tr_patient_search_update",
            }
        else:
            found = {name for (name,) in program.run("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")}
            found |= {name for (name,) in program.run("SELECT conname FROM pg_constraint WHERE contype = 'x'")}
            assert found == {
                "ex_allocation_taken",
                "ex_patient_elsewhere",
                "tr_allocation_lane",
                "tr_audit_event_change",
                "tr_audit_touch_change",
            }
