"""A connection of somebody else's program: a plain driver that knows nothing of ours.

It is the same SQLite library as ours: two libraries in one process do not see each other's locks.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
import pytest
from sqlcipher3 import dbapi2

from db.location import sqlite_path


class Plain:
    """Runs one statement after the other, each lasting at once."""

    def __init__(self, address: str) -> None:
        path = sqlite_path(address)
        self.is_file = path is not None
        self.connection: Any = (
            dbapi2.connect(str(path), isolation_level=None)
            if path is not None
            else psycopg.connect(address.replace("+psycopg", ""), autocommit=True)
        )

    def run(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        cursor = self.connection.execute(statement if self.is_file else statement.replace("?", "%s"), values)
        return list(cursor.fetchall()) if cursor.description else []

    def one(self, statement: str, *values: object) -> Any:
        return self.run(statement, *values)[0][0]

    def insert(self, table: str, **values: object) -> None:
        places = ", ".join("?" * len(values))
        self.run(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})", *values.values())

    @contextmanager
    def refuses(self, words: str) -> Iterator[None]:
        """What is tried inside is refused by the database itself, with these words."""
        with pytest.raises((dbapi2.IntegrityError, psycopg.Error), match=words):
            yield


@contextmanager
def plain(address: str) -> Iterator[Plain]:
    program = Plain(address)
    with closing(program.connection):
        yield program
