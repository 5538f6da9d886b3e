"""Copies of a database while it is in use, and the way back: verified before anything is replaced."""

from __future__ import annotations

from pathlib import Path

from db.location import check_place, sqlite_path
from db.locks import FileLock
from db.migrate import current_revision, duplicate, move_aside, prepare
from desk_app.domain.faults import StorageUnavailable


def backup(address: str, target: Path) -> None:
    """A consistent copy through the backup API. A server has its own tools for that."""
    path = _file_of(address)
    if not path.exists():
        raise StorageUnavailable("missing", path=str(path))
    check_place(target.absolute())
    duplicate(path, target.absolute())


def restore(address: str, source: Path) -> None:
    """Puts a copy back. What is there is kept first; nothing else may run on it meanwhile."""
    path = _file_of(address)
    if not source.exists():
        raise StorageUnavailable("missing", path=str(source))
    current_revision(str(source.absolute()))  # a foreign or damaged file ends here
    check_place(path)
    with FileLock(path, alone=True):
        if path.exists():
            move_aside(path)
            for tail in ("-wal", "-shm"):
                path.with_name(path.name + tail).unlink(missing_ok=True)
        fresh = path.with_name(f".{path.name}.restored")
        duplicate(source.absolute(), fresh)
        fresh.replace(path)
    prepare(address, create=False)


def _file_of(address: str) -> Path:
    path = sqlite_path(address)
    if path is None:
        raise StorageUnavailable("server_backup")
    return path
