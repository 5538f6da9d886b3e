"""A database that is only looked at: a file in a copy of one's own, a server by transactions that only read.

A file on a read-only medium opens only as immutable, and what its log holds, the last bookings, is then not seen. So
file and log are copied to a folder that nobody else may read, and the copy refuses every write.
"""

from __future__ import annotations

import shutil
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from db.engine import Database, file_engine, open_database
from db.faults import file_faults
from db.files import BESIDE, open_plain
from db.location import sqlite_path
from db.locks import FileLock
from db.migrate import migrate_file
from db.revision import CURRENT, is_there, refuse_unknown, stored_revision
from desk_app.domain.faults import StorageUnavailable

LOG = BESIDE[0]
TRIES = 3
PREFIX = "front-desk-view-"
HELD = "held"


def open_view(address: str) -> Database:
    """A file as it is now, whatever is done to it later, or a server as it goes on.

    Raises StorageUnavailable: missing, foreign, too_new, damaged, no_rights, full, locked (written all the time); for
    a server as :func:`db.engine.open_database` does.
    """
    path = sqlite_path(address)
    if path is None:
        server = open_database(address)
        return Database(address, server.reader, server.reader, only_looks=True)
    return _view_of_file(path)


def _view_of_file(path: Path) -> Database:
    """An older one is brought up to date in the copy."""
    with file_faults(str(path)):
        if not is_there(path):
            raise StorageUnavailable("missing", path=str(path))
        _clear_away()
        folder = TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)
        lock = FileLock(Path(folder.name) / HELD, alone=False)
        try:
            copy = _copied(path, Path(folder.name))
            with closing(open_plain(copy)) as connection:
                revision = stored_revision(connection, path)
            refuse_unknown(revision, str(path))
            if revision is None:
                raise StorageUnavailable("foreign", path=str(path))
            if revision != CURRENT:
                migrate_file(copy)
            engine = file_engine(copy, "BEGIN", can_write=False)
        except BaseException:
            lock.close()
            folder.cleanup()
            raise
    return Database(str(path), engine, engine, lock, only_looks=True, folder=folder)


def _clear_away() -> None:
    """Copies of programs that were ended before they could: people's details stay nowhere."""
    for left in Path(gettempdir()).glob(f"{PREFIX}*/{HELD}*"):
        with suppress(StorageUnavailable), FileLock(left.parent / HELD, alone=True):  # else it is still looked at
            shutil.rmtree(left.parent, ignore_errors=True)


def _copied(path: Path, folder: Path) -> Path:
    """File and log of one moment: copied again where either was written meanwhile."""
    copy = folder / path.name
    for _ in range(TRIES):
        before = _state(path)
        for tail in ("", LOG):
            source = path.with_name(path.name + tail)
            target = copy.with_name(copy.name + tail)
            target.unlink(missing_ok=True)
            if source.exists():
                shutil.copyfile(source, target)
        if _state(path) == before:
            return copy
    raise StorageUnavailable("locked", path=str(path))


def _state(path: Path) -> list[tuple[int, int] | None]:
    found: list[tuple[int, int] | None] = []
    for tail in ("", LOG):
        part = path.with_name(path.name + tail)
        found.append((part.stat().st_size, part.stat().st_mtime_ns) if part.exists() else None)
    return found
