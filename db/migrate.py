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
from db.engine import file_engine, server_engine
from db.faults import file_faults, storage_faults
from db.location import check_place, sqlite_path
from db.locks import FileLock
from db.revision import CURRENT, is_there, refuse_unknown, revision_of
from db.server_revision import SERVER, server_revision, stored_on_server
from desk_app.domain.faults import StorageUnavailable

ADVISORY_LOCK = 0x46446B4D
MIGRATIONS = Path(__file__).resolve().parent / "migrations"


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


def current_revision(address: str) -> str | None:
    """The stored revision of a file or on a server; None for an empty database."""
    path = sqlite_path(address)
    if path is not None:
        return revision_of(path)
    engine = server_engine(address)
    try:
        return server_revision(engine)
    finally:
        engine.dispose()


def migrate_file(path: Path) -> None:
    """Brings a file that nobody else uses to the current revision, and verifies it."""
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
    revision = revision_of(path)
    if revision is None:
        raise StorageUnavailable("foreign", path=str(path))
    refuse_unknown(revision, str(path))
    return revision if revision != CURRENT else None


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
    engine = server_engine(address)
    try:
        revision = server_revision(engine)
        if revision == CURRENT:
            return
        refuse_unknown(revision, SERVER)
        if revision is None and not create:
            raise StorageUnavailable("missing", path=SERVER)
        with storage_faults(SERVER), engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
            if stored_on_server(connection) != CURRENT:
                _upgrade(connection)
    finally:
        engine.dispose()
