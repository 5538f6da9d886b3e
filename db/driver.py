"""The SQLite driver and what every connection is set to.

``sqlcipher3`` is used for plain files too: it brings an SQLite without the WAL-reset race that 3.7.0 to 3.51.2 have.
With an older library (the standard module as a fallback) the rollback journal is used instead of WAL.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

SAFE_WAL = (3, 51, 3)
BUSY_MS = 5000
APPLICATION_ID = 0x46446B31
"""Marks a file as ours ("FDk1"), so that a foreign database is recognised."""


def sqlite_module() -> ModuleType:
    """The DB-API module."""
    try:
        return import_module("sqlcipher3.dbapi2")
    except ImportError:
        return import_module("sqlite3")


def connect(path: Path | str, *, uri: bool = False) -> Any:
    """A connection with every setting made and asserted; transactions are begun explicitly."""
    module = sqlite_module()
    connection = module.connect(
        str(path), timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False, uri=uri
    )
    try:
        configure(connection, module.sqlite_version_info)
    except BaseException:
        connection.close()
        raise
    return connection


def configure(connection: Any, version: tuple[int, ...]) -> None:
    """WAL where the library is safe, FULL sync, foreign keys, no trust in what a file's schema says."""
    run = connection.execute
    newer = version >= SAFE_WAL
    journal = "wal" if newer else "delete"
    if run("PRAGMA journal_mode").fetchone()[0] != journal:
        run(f"PRAGMA journal_mode={journal}")
    run("PRAGMA synchronous=FULL")
    run("PRAGMA foreign_keys=ON")
    run(f"PRAGMA busy_timeout={BUSY_MS}")
    # older libraries take the search index for unsafe in a trigger, and would store no patient
    run(f"PRAGMA trusted_schema={'OFF' if newer else 'ON'}")
    run("PRAGMA cell_size_check=ON")
    if run("PRAGMA synchronous").fetchone()[0] != 2 or run("PRAGMA foreign_keys").fetchone()[0] != 1:
        raise RuntimeError("this SQLite library does not take the settings that keep the data safe")
