"""A lock file beside a SQLite database: every running program shares it; migrating and restoring need it alone."""

from __future__ import annotations

import os
from pathlib import Path

from db.plain_faults import system_code
from desk_app.domain.faults import StorageUnavailable


class FileLock:
    """Held until closed. Raises StorageUnavailable ``in_use`` where another program stands in the way."""

    def __init__(self, database: Path, *, alone: bool) -> None:
        self._path = database.with_name(database.name + ".lock")
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StorageUnavailable(system_code(error), path=str(database)) from None
        if not _take(self._file, alone):
            os.close(self._file)
            raise StorageUnavailable("in_use", path=str(database))

    def close(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __enter__(self) -> FileLock:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


if os.name == "nt":
    import msvcrt

    def _take(file: int, alone: bool) -> bool:
        """Windows has no shared byte locks here: each program takes one of many bytes, migrating takes all."""
        places = [(0, 1024)] if alone else [(place, 1) for place in range(1024)]
        for place, count in places:
            os.lseek(file, place, os.SEEK_SET)
            try:
                msvcrt.locking(file, msvcrt.LK_NBLCK, count)  # type: ignore[attr-defined]
            except OSError:
                continue
            return True
        return False

else:
    import fcntl

    def _take(file: int, alone: bool) -> bool:
        try:
            fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
