"""SQLite files as wholes: consistent copies, verified and synced to disk before a rename puts them in place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from db import driver
from db.plain_faults import plain_faults
from desk_app.domain.faults import StorageUnavailable

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file; it belongs to that file and must never meet another."""


def open_plain(path: Path, mode: str = "rw") -> Any:
    """A bare connection that makes no file; ``rw`` so that a crashed writer's journal can be rolled back."""
    address = f"file:{quote(str(path))}?mode={mode}"
    return driver.sqlite_module().connect(address, uri=True, timeout=driver.BUSY_MS / 1000, isolation_level=None)


@contextmanager
def fresh_beside(path: Path) -> Iterator[Path]:
    """A name in the same folder to build under; nothing of it is left behind."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    remove(fresh)
    try:
        yield fresh
    finally:
        remove(fresh)


def remove_leftovers(path: Path) -> None:
    """What programs left that were killed while building; only while holding the lock alone."""
    for found in path.parent.iterdir():
        if found.name.startswith(f".{path.name}.") and ".new" in found.name:
            found.unlink(missing_ok=True)


def remove(path: Path) -> None:
    """A file with everything beside it."""
    for name in (path.name, *(path.name + tail for tail in BESIDE)):
        path.with_name(name).unlink(missing_ok=True)


def unused(path: Path, what: str) -> Path:
    """A name beside the file under which nothing is kept yet."""
    kept, number = path.with_name(f"{path.name}.{what}"), 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"{path.name}.{what}-{number}")
    return kept


def copy(source: Path, target: Path) -> None:
    """A consistent copy through the backup API, while others may be writing."""
    with closing(open_plain(source)) as begin, closing(open_plain(target, "rwc")) as end:
        begin.backup(end)


def check_health(path: Path) -> None:
    """Raises StorageUnavailable ``damaged`` where the file or its references are; leaves no log beside it."""
    with closing(open_plain(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        healthy = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        if not healthy or connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise StorageUnavailable("damaged", path=str(path))


def empty_log(path: Path) -> None:
    """Everything into the file itself, and its log gone, before another takes its place."""
    with closing(open_plain(path)) as connection:
        if connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
            raise StorageUnavailable("locked", path=str(path))


def sync(path: Path) -> None:
    """Waits until the disk has it. Windows syncs no folders."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_in_place(fresh: Path, path: Path) -> None:
    """The finished file takes the name, at one stroke; a log that is still there belonged to a file that is gone."""
    sync(fresh)
    for tail in BESIDE:
        path.with_name(path.name + tail).unlink(missing_ok=True)
    fresh.replace(path)
    sync(path.parent)


def duplicate(source: Path, target: Path) -> None:
    """A verified, synced copy of a database in use. Raises StorageUnavailable and leaves no half of one."""
    with plain_faults(str(target)), fresh_beside(target) as fresh:
        copy(source, fresh)
        check_health(fresh)
        put_in_place(fresh, target)
