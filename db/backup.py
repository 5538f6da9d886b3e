"""Copies of a database while it is in use, and the way back: verified before anything is replaced."""

from __future__ import annotations

import shutil
from pathlib import Path

from db import files
from db.faults import file_faults
from db.location import check_place, sqlite_path
from db.locks import FileLock
from db.migrate import migrate_file
from db.revision import is_there, refuse_unknown, revision_of
from desk_app.domain.faults import StorageUnavailable


def backup(address: str, target: Path) -> None:
    """A consistent copy through the backup API. A server has its own tools for that."""
    path, target = _file_of(address), target.absolute()
    _there(path)
    check_place(target)
    if target.exists() and (target.samefile(path) or target.with_name(target.name + "-wal").exists()):
        raise StorageUnavailable("in_use", path=str(target))
    files.duplicate(path, target)


def restore(address: str, source: Path) -> None:
    """Puts a copy back. What is there is kept first; nothing else may run on it meanwhile."""
    path, source = _file_of(address), source.absolute()
    _there(source)
    refuse_unknown(revision_of(source), str(source))  # a foreign or damaged file ends here
    check_place(path)
    with FileLock(path, alone=True), file_faults(str(path)):
        files.remove_leftovers(path)
        with files.fresh_beside(path) as fresh:
            files.copy(source, fresh)
            files.check_health(fresh)
            migrate_file(fresh)
            _keep(path)
            files.put_in_place(fresh, path)


def _keep(path: Path) -> None:
    """What is there gets another name: as a sound copy, or byte by byte where it is not sound any more."""
    if not is_there(path):
        return
    kept = files.unused(path, "before-restore")
    try:
        files.duplicate(path, kept)
        files.empty_log(path)
    except StorageUnavailable as fault:
        if fault.code not in ("damaged", "foreign"):
            raise
        for tail in ("", *files.BESIDE):
            if (part := path.with_name(path.name + tail)).exists():
                shutil.copy2(part, kept.with_name(kept.name + tail))


def _there(path: Path) -> None:
    if not is_there(path):
        raise StorageUnavailable("missing", path=str(path))


def _file_of(address: str) -> Path:
    path = sqlite_path(address)
    if path is None:
        raise StorageUnavailable("server_backup")
    return path
