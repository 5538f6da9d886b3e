"""Making a database and bringing one up to date, so that no half-made state can ever be left behind.

A SQLite file is migrated as a copy that is verified, synced to disk and only then takes the file's place; the file as
it was is kept beside it. PostgreSQL is migrated in one transaction under an advisory lock.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from db.driver import APPLICATION_ID, connect, sqlite_module
from db.location import check_place, sqlite_path
from db.locks import FileLock
from db.revision import CURRENT, REVISIONS
from desk_app.domain.faults import StorageUnavailable

ADVISORY_LOCK = 0x46446B4D
MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def prepare(address: str, *, create: bool) -> None:
    """Sees to it that the database is there (``create``) and at this program's revision.

    Raises StorageUnavailable: missing, foreign, damaged, too_new, read_only, no_rights, full, in_use, network_drive.
    """
    path = sqlite_path(address)
    if path is None:
        _prepare_server(address, create)
        return
    if create and not path.parent.exists():
        _make_folder(path.parent)
    check_place(path)
    if not path.exists() or path.stat().st_size == 0:
        if not create:
            raise StorageUnavailable("missing", path=str(path))
        _replace(path, None)
        return
    revision = current_revision(address)
    if revision == CURRENT:
        return
    _refuse_unknown(revision, str(path))
    with FileLock(path, alone=True):
        _replace(path, revision)


def current_revision(address: str) -> str | None:
    """The stored revision, read through the plain driver; None for an empty database."""
    path = sqlite_path(address)
    if path is None:
        return _server_revision(address)
    module = sqlite_module()
    try:
        connection = module.connect(f"file:{_quoted(path)}?mode=ro", uri=True, timeout=5)
        try:
            return _file_revision(connection, path)
        finally:
            connection.close()
    except module.OperationalError as error:
        code = "locked" if "lock" in str(error) else "no_rights"
        raise StorageUnavailable(code, path=str(path)) from None
    except module.DatabaseError as error:
        code = "foreign" if "not a database" in str(error) else "damaged"
        raise StorageUnavailable(code, path=str(path)) from None


def _file_revision(connection: Any, path: Path) -> str | None:
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not ours or "alembic_version" not in tables:
        if tables or not ours:
            raise StorageUnavailable("foreign", path=str(path))
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return row[0] if row else None


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path))


def _refuse_unknown(revision: str | None, path: str) -> None:
    if revision is not None and revision not in REVISIONS:
        raise StorageUnavailable("too_new", path=path, revision=revision)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise StorageUnavailable("no_rights", path=str(folder)) from None


def _replace(path: Path, revision: str | None) -> None:
    """Makes or migrates beside the file, verifies, and puts the result in its place."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        if revision is not None:
            _copy(path, fresh)
        _migrate_file(fresh)
        _sync(fresh)
        if revision is not None:
            _copy(path, path.with_name(f"{path.name}.before-{CURRENT}"))
            _forget_log(path)
        fresh.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise StorageUnavailable("full" if error.errno == 28 else "no_rights", path=str(path)) from None
    except sqlite_module().OperationalError as error:
        raise StorageUnavailable("full" if "full" in str(error) else "no_rights", path=str(path)) from None
    finally:
        for leftover in path.parent.glob(f"{fresh.name}*"):
            leftover.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    """A consistent copy through the backup API."""
    module = sqlite_module()
    begin, end = module.connect(str(source)), module.connect(str(target))
    try:
        begin.backup(end)
    finally:
        begin.close()
        end.close()


def _forget_log(path: Path) -> None:
    """The log belongs to the file that is about to go."""
    connection = sqlite_module().connect(str(path), isolation_level=None)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()


def _migrate_file(path: Path) -> None:
    from db.engine import file_engine

    engine = file_engine(path, "BEGIN IMMEDIATE")
    try:
        with engine.begin() as connection:
            _upgrade(connection)
    finally:
        engine.dispose()
    check = connect(path)
    try:
        check.execute(f"PRAGMA application_id={APPLICATION_ID}")
        check.execute("PRAGMA journal_mode=DELETE")
        healthy = check.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        if not healthy or check.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise StorageUnavailable("damaged", path=str(path))
    finally:
        check.close()


def _upgrade(connection: Any) -> None:
    """Alembic's steps on an open transaction; the caller commits."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        if os.name != "nt":
            os.fsync(handle)
    finally:
        os.close(handle)


def _prepare_server(address: str, create: bool) -> None:
    revision = _server_revision(address)
    if revision == CURRENT:
        return
    _refuse_unknown(revision, "the database server")
    if revision is None and not create:
        raise StorageUnavailable("missing", path="the database server")
    from db.engine import open_database
    from db.faults import storage_faults

    database = open_database(address)
    try:
        with storage_faults("the database server"), database.writer.begin() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
            if _stored(connection) != CURRENT:
                _upgrade(connection)
    finally:
        database.close()


def _server_revision(address: str) -> str | None:
    from db.engine import open_database
    from db.faults import storage_faults

    database = open_database(address)
    try:
        with storage_faults("the database server"), database.reader.connect() as connection:
            return _stored(connection)
    finally:
        database.close()


def _stored(connection: Any) -> str | None:
    there = connection.exec_driver_sql("SELECT to_regclass('alembic_version')").scalar()
    if there is None:
        return None
    revision: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return revision


def duplicate(source: Path, target: Path) -> None:
    """A verified, synced copy of a database in use, put in place by a rename."""
    fresh = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        _copy(source, fresh)
        check = sqlite_module().connect(str(fresh))
        healthy = check.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        check.close()
        if not healthy:
            raise StorageUnavailable("damaged", path=str(source))
        _sync(fresh)
        fresh.replace(target)
    except OSError as error:
        raise StorageUnavailable("full" if error.errno == 28 else "no_rights", path=str(target)) from None
    finally:
        fresh.unlink(missing_ok=True)


def move_aside(path: Path) -> Path:
    """Keeps what is there under a new name, before a restore."""
    number = 1
    while path.with_name(f"{path.name}.before-restore-{number}").exists():
        number += 1
    kept = path.with_name(f"{path.name}.before-restore-{number}")
    duplicate(path, kept)
    return kept
