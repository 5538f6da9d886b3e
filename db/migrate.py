"""Making a database and bringing one up to date, so that no half-made state can ever be left behind.

A SQLite file is migrated as a copy that is verified, synced to disk and only then takes the file's place; the file as
it was is kept beside it. PostgreSQL is migrated in one transaction under an advisory lock.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from db import files
from db.driver import APPLICATION_ID, connect
from db.faults import file_faults, storage_faults
from db.location import check_place, sqlite_path
from db.locks import FileLock
from db.revision import CURRENT, REVISIONS
from desk_app.domain.faults import StorageUnavailable

ADVISORY_LOCK = 0x46446B4D
MIGRATIONS = Path(__file__).resolve().parent / "migrations"
SERVER = "the database server"


def prepare(address: str, *, create: bool) -> None:
    """Sees to it that the database is there (``create``) and at this program's revision.

    Raises StorageUnavailable: missing, missing_folder, foreign, damaged, too_new, read_only, no_rights, full,
    disk_error, locked, in_use, network_drive; for a server unreachable too.
    """
    path = sqlite_path(address)
    if path is None:
        _prepare_server(address, create)
        return
    if create and not path.parent.exists():
        with file_faults(str(path.parent)):
            path.parent.mkdir(parents=True, exist_ok=True)
    check_place(path)
    if not is_there(path):
        if not create:
            raise StorageUnavailable("missing", path=str(path))
        _make(path)
    elif _older(path) is not None:
        with FileLock(path, alone=True):
            revision = _older(path)  # somebody may have been faster
            if revision is not None:
                _replace(path, revision)


def is_there(path: Path) -> bool:
    """An empty file is none: some programs make one just to have the name."""
    return path.exists() and path.stat().st_size > 0


def current_revision(address: str) -> str | None:
    """The stored revision, read through the plain driver; None for an empty database."""
    path = sqlite_path(address)
    if path is None:
        return _server_revision(address)
    with file_faults(str(path)), closing(files.open_plain(path)) as connection:
        return _file_revision(connection, path)


def refuse_unknown(revision: str | None, path: str) -> None:
    """Raises StorageUnavailable ``too_new`` for a revision that this program has never heard of."""
    if revision is not None and revision not in REVISIONS:
        raise StorageUnavailable("too_new", path=path, revision=revision)


def require_current(address: str) -> None:
    """Raises StorageUnavailable ``missing``, ``too_new`` or ``too_old`` unless it is of this program's revision."""
    path = str(sqlite_path(address) or SERVER)
    revision = current_revision(address)
    refuse_unknown(revision, path)
    if revision != CURRENT:
        raise StorageUnavailable("missing" if revision is None else "too_old", path=path)


def migrate_file(path: Path) -> None:
    """Brings a file that nobody else uses to the current revision, and verifies it."""
    from db.engine import file_engine

    engine = file_engine(path, "BEGIN IMMEDIATE")
    try:
        with engine.begin() as connection:
            _upgrade(connection)
    finally:
        engine.dispose()
    with closing(connect(path)) as connection:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    files.check_health(path)


def _older(path: Path) -> str | None:
    """The revision of a file that has to be brought up to date, else None."""
    revision = current_revision(str(path))
    if revision is None:
        raise StorageUnavailable("foreign", path=str(path))
    refuse_unknown(revision, str(path))
    return revision if revision != CURRENT else None


def _file_revision(connection: Any, path: Path) -> str | None:
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not ours or "alembic_version" not in tables:
        raise StorageUnavailable("foreign", path=str(path))
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return row[0] if row else None


def _make(path: Path) -> None:
    with FileLock(path, alone=True), file_faults(str(path)):
        files.remove_leftovers(path)
        if is_there(path):
            return
        with files.fresh_beside(path) as fresh:
            migrate_file(fresh)
            files.put_in_place(fresh, path)


def _replace(path: Path, revision: str) -> None:
    """Migrates a copy beside the file, keeps the file as it was, and puts the copy in its place."""
    with file_faults(str(path)):
        files.remove_leftovers(path)
        with files.fresh_beside(path) as fresh:
            files.copy(path, fresh)
            migrate_file(fresh)
            files.duplicate(path, files.unused(path, f"before-{CURRENT}"))
            files.empty_log(path)
            files.put_in_place(fresh, path)


def _upgrade(connection: Any) -> None:
    """Alembic's steps on an open transaction; the caller commits."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _prepare_server(address: str, create: bool) -> None:
    revision = _server_revision(address)
    if revision == CURRENT:
        return
    refuse_unknown(revision, SERVER)
    if revision is None and not create:
        raise StorageUnavailable("missing", path=SERVER)
    from db.engine import server_engine

    engine = server_engine(address)
    try:
        with storage_faults(SERVER), engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
            if _stored(connection) != CURRENT:
                _upgrade(connection)
    finally:
        engine.dispose()


def _server_revision(address: str) -> str | None:
    from db.engine import server_engine

    engine = server_engine(address)
    try:
        with storage_faults(SERVER), engine.connect() as connection:
            return _stored(connection)
    finally:
        engine.dispose()


def _stored(connection: Any) -> str | None:
    """Raises StorageUnavailable ``foreign`` where the database is another program's."""
    tables = "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = current_schema()"
    found = {name for (name,) in connection.exec_driver_sql(tables)}
    if not found:
        return None
    if not {"alembic_version", "audit_event"} <= found:
        raise StorageUnavailable("foreign", path=SERVER)
    revision: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return revision
