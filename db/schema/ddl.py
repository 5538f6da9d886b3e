"""The schema as SQL text, from which a revision's files are written: ``python -m db.schema.ddl FOLDER``.

A new revision's files hold what no earlier one makes: new tables and indexes. What changes a table that is there
already is written by hand.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy.dialects import registry
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from db.released import SEPARATOR, SQL
from db.revision import CURRENT, REVISIONS
from db.schema import metadata
from db.schema.guards import postgresql_guards, sqlite_guards


def statements(dialect: Dialect, guards: list[str]) -> list[str]:
    """Tables in the order of their references, their indexes, then the guards."""
    made = []
    for table in metadata.sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        made += [str(CreateIndex(index).compile(dialect=dialect)).strip() for index in indexes]
    return made + [guard.strip() for guard in guards]


def schema() -> dict[str, list[str]]:
    """Database name to every statement that makes the whole schema."""
    return {
        "sqlite": statements(registry.load("sqlite")(), sqlite_guards()),
        "postgresql": statements(registry.load("postgresql")(), postgresql_guards()),
    }


def released(name: str, revisions: Iterable[str]) -> list[str]:
    """The statements of those revisions' files for a database."""
    found: list[str] = []
    for revision in revisions:
        text = (SQL / f"{revision}_{name}.sql").read_text(encoding="utf-8")
        found += [statement.strip() for statement in text.split(SEPARATOR)]
    return found


def main(folder: str) -> None:
    for name, whole in schema().items():
        earlier = set(released(name, REVISIONS[:-1]))
        added = [statement for statement in whole if statement not in earlier]
        (Path(folder) / f"{CURRENT}_{name}.sql").write_text(SEPARATOR.join(added) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
