"""From an address to engines: one that reads, one that writes; for SQLite through our driver, else psycopg."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from db.driver import connect, sqlite_module
from db.location import check_place, sqlite_path
from db.locks import FileLock
from db.revision import is_there, require_current, revision_of
from db.server_revision import SERVER, server_revision
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import StorageUnavailable, WrongInput

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

CONNECT_SECONDS = 5
ONE_LOOK: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""Reading on a server: all selects of one answer see the same state, as they do in a file."""

LOCAL_HOSTS = frozenset({"", "localhost", "127.0.0.1", "::1"})


@dataclass
class Database:
    """Both engines of one database, and the lock that says a program is running on it.

    Where it ``only_looks`` both refuse every write.
    """

    address: str
    reader: Engine
    writer: Engine
    lock: FileLock | None = None
    only_looks: bool = False
    folder: TemporaryDirectory[str] | None = None
    """Of a file's copy that is only looked at; it goes when that is closed."""

    attached: list[Callable[[], None]] = field(default_factory=list)
    """What has to be closed before it."""

    def close(self) -> None:
        while self.attached:
            self.attached.pop()()
        self.reader.dispose()
        if self.writer is not self.reader:
            self.writer.dispose()
        if self.lock is not None:
            self.lock.close()
        if self.folder is not None:
            self.folder.cleanup()


def open_database(address: str) -> Database:
    """Engines on a database of this program's revision. Raises StorageUnavailable where it cannot be used."""
    path = sqlite_path(address)
    if path is None:
        engine = server_engine(address)
        try:
            require_current(server_revision(engine), SERVER)
        except BaseException:
            engine.dispose()
            raise
        return Database(address, engine.execution_options(**ONE_LOOK), engine)
    check_place(path)
    if not is_there(path):
        raise StorageUnavailable("missing", path=str(path))
    lock = FileLock(path, alone=False)
    try:
        require_current(revision_of(path), str(path))  # while the lock keeps others from migrating it
    except BaseException:
        lock.close()
        raise
    return Database(address, file_engine(path, "BEGIN"), file_engine(path, "BEGIN IMMEDIATE"), lock)


def file_engine(path: Path, begin: str, can_write: bool = True) -> Engine:
    """An engine on a SQLite file whose transactions begin in the given way."""

    def connected() -> Any:
        connection = connect(path)
        if not can_write:
            connection.execute("PRAGMA query_only=ON")
        return connection

    engine = create_engine(
        "sqlite://",
        module=sqlite_module(),
        creator=connected,
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=4,
        query_cache_size=1200,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def server_engine(address: str) -> Engine:
    """psycopg with every time-out, and a verified certificate unless the server is this computer."""
    url = _server_url(address)
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
    try:
        engine = create_engine(url, connect_args=args, pool_pre_ping=True, pool_size=4)
    except ImportError:
        raise StorageUnavailable("no_driver", driver="psycopg") from None
    # Several rows go in one statement: psycopg's pipeline logs a warning where a constraint refuses one of them.
    engine.dialect.use_insertmanyvalues_wo_returning = True
    return engine


def _server_url(address: str) -> URL:
    try:
        return make_url(address).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise WrongInput("bad_address") from None
