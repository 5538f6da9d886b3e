"""Commits of other programs on the same database, as changes.

A file is asked whether anybody has written (``PRAGMA data_version`` on one connection kept for that); a server tells
by NOTIFY on a connection of its own. What was committed is then read from the audit trail, by commit number: where the
connection was lost meanwhile nothing is missed. Used on one thread only, the one that commits.
"""

from __future__ import annotations

from datetime import date
from json import loads
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, bindparam, select

from db.driver import connect
from db.engine import Database
from db.faults import file_faults, storage_faults
from db.location import sqlite_path
from db.queries.index import last_seq
from db.schema.visits import audit_event, audit_touch
from desk_app.application.outcome import Changes, Record

CHANNEL = "front_desk"
_events = select(audit_event.c.seq, audit_event.c.days).where(audit_event.c.seq > bindparam("seq"))
_touches = select(audit_touch.c.seq, audit_touch.c.record, audit_touch.c.record_id).where(
    audit_touch.c.seq > bindparam("seq")
)


class Bell(Protocol):
    """Tells that somebody may have committed."""

    def rang(self) -> bool: ...
    def close(self) -> None: ...


class SqlChangeFeed:
    """Implements ``ports.ChangeFeed``; ``own`` are the numbers of this desk's own commits, which are left out."""

    def __init__(self, reader: Engine, bell: Bell, own: set[int], path: str) -> None:
        self._reader, self._bell, self._own, self._path = reader, bell, own, path
        with storage_faults(path), reader.connect() as connection:
            self._seq = last_seq(connection)
        self._behind = False

    def poll(self) -> Changes | None:
        """What others have committed since it was last asked, at once. Raises StorageUnavailable."""
        self._behind |= self._bell.rang()
        if not self._behind:
            return None
        with storage_faults(self._path), self._reader.connect() as connection:
            changes = self._read(connection)
        self._behind = False
        return changes

    def close(self) -> None:
        self._bell.close()

    def _read(self, connection: Connection) -> Changes | None:
        events = connection.execute(_events, {"seq": self._seq}).all()
        others = {seq: days for seq, days in events if seq not in self._own}
        touches = connection.execute(_touches, {"seq": self._seq}).all() if others else []
        self._seq = max((seq for seq, _ in events), default=self._seq)
        self._own.difference_update([seq for seq in self._own if seq <= self._seq])
        if not others:
            return None
        days = frozenset(date.fromordinal(day) for text in others.values() for day in loads(text))
        records = frozenset((Record(kind), number) for seq, kind, number in touches if seq in others)
        return Changes(records, days, max(others))


class FileBell:
    """Another connection's commit changes the file's data version."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        with file_faults(self._path):
            self._connection = connect(path)
            self._version = self._look()

    def rang(self) -> bool:
        with file_faults(self._path):
            before, self._version = self._version, self._look()
        return before != self._version

    def close(self) -> None:
        self._connection.close()

    def _look(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


class ServerBell:
    """Listens on a connection of its own; one that was lost is made anew, and counts as a ring."""

    def __init__(self, engine: Engine, path: str) -> None:
        self._engine, self._path = engine, path
        self._error: Any = engine.dialect.loaded_dbapi.Error
        self._driver: Any = self._listen()

    def rang(self) -> bool:
        if self._driver is not None:
            try:
                return len(list(self._driver.notifies(timeout=0))) > 0
            except self._error:
                self.close()
        self._driver = self._listen()
        return True

    def close(self) -> None:
        driver, self._driver = self._driver, None
        if driver is not None:
            driver.close()

    def _listen(self) -> Any:
        """The driver's own connection, taken out of the pool for good."""
        with storage_faults(self._path):
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            connection.exec_driver_sql(f"LISTEN {CHANNEL}")
            connection.commit()
            connection.detach()
            return connection.connection.dbapi_connection


def open_feed(database: Database, own: set[int], path: str) -> SqlChangeFeed:
    """The commits of others from now on; it is closed with the database."""
    file = sqlite_path(database.address)
    bell: Bell = FileBell(file) if file is not None else ServerBell(database.writer, path)
    feed = SqlChangeFeed(database.reader, bell, own, path)
    database.attached.append(feed.close)
    return feed
