"""The whole schema as SQL text, as the first revision's files have it; a later revision says only what it changes."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.dialects import registry
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from db.released import SEPARATOR
from db.schema import metadata
from db.schema.columns import WHERE
from db.schema.guards import postgresql_guards, sqlite_guards


def statements(dialect: Dialect, guards: list[str]) -> list[str]:
    """Tables in the order of their references, their indexes, then the guards."""
    made = []
    for table in metadata.sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        for index in indexes:
            if WHERE in index.info:
                index.dialect_options[dialect.name]["where"] = text(index.info[WHERE])
        made += [str(CreateIndex(index).compile(dialect=dialect)).strip() for index in indexes]
    return made + [guard.strip() for guard in guards]


def texts() -> dict[str, str]:
    """Database name to its whole script."""
    return {
        "sqlite": SEPARATOR.join(statements(registry.load("sqlite")(), sqlite_guards())) + "\n",
        "postgresql": SEPARATOR.join(statements(registry.load("postgresql")(), postgresql_guards())) + "\n",
    }
