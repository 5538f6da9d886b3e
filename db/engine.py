"""From an address to engines: one that reads, one that writes; for SQLite through our driver, else psycopg."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import QueuePool

from db.driver import connect, sqlite_module
from db.faults import storage_faults
from db.location import check_place, sqlite_path
from db.locks import FileLock
from desk_app.domain.faults import StorageUnavailable

CONNECT_SECONDS = 5
LOCAL_HOSTS = frozenset({"", "localhost", "127.0.0.1", "::1"})


@dataclass
class Database:
    """Both engines of one database, and the lock that says a program is running on it."""

    address: str
    reader: Engine
    writer: Engine
    lock: FileLock | None = None

    def close(self) -> None:
        self.reader.dispose()
        if self.writer is not self.reader:
            self.writer.dispose()
        if self.lock is not None:
            self.lock.close()


def open_database(address: str) -> Database:
    """Engines on an existing database. Raises StorageUnavailable where it cannot be used."""
    path = sqlite_path(address)
    if path is None:
        engine = _server_engine(make_url(address))
        with storage_faults(engine.url.render_as_string(hide_password=True)), engine.connect():
            return Database(address, engine, engine)
    check_place(path)
    if not path.exists():
        raise StorageUnavailable("missing", path=str(path))
    lock = FileLock(path, alone=False)
    return Database(address, file_engine(path, "BEGIN"), file_engine(path, "BEGIN IMMEDIATE"), lock)


def file_engine(path: Path, begin: str) -> Engine:
    """An engine on a SQLite file whose transactions begin in the given way."""
    engine = create_engine(
        "sqlite://",
        module=sqlite_module(),
        creator=lambda: connect(path),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=4,
        query_cache_size=1200,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _server_engine(url: URL) -> Engine:
    """psycopg with every time-out, and a verified certificate unless the server is this computer."""
    args: dict[str, Any] = {
        "connect_timeout": CONNECT_SECONDS,
        "keepalives": 1,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,
        "options": "-c lock_timeout=5000 -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000",
    }
    host = url.host or str(url.query.get("host", ""))
    if "sslmode" not in url.query and not (host in LOCAL_HOSTS or host.startswith("/")):
        args["sslmode"] = "verify-full"
    engine = create_engine(url.set(drivername="postgresql+psycopg"), connect_args=args, pool_pre_ping=True, pool_size=4)
    # Several rows go in one statement: psycopg's pipeline logs a warning where a constraint refuses one of them.
    engine.dialect.use_insertmanyvalues_wo_returning = True
    return engine
