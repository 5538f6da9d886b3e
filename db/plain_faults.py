"""Faults of the plain SQLite driver and of the system: files are looked at before SQLAlchemy is imported."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from db.driver import sqlite_module
from desk_app.domain.faults import StorageUnavailable

SQLITE_WORDS = (
    ("locked", "locked"),
    ("busy", "locked"),
    ("disk is full", "full"),
    ("readonly", "read_only"),
    ("unable to open", "no_rights"),
    ("malformed", "damaged"),
    ("not a database", "foreign"),
    ("disk i/o", "disk_error"),
)
SYSTEM: Mapping[int | None, str] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EROFS: "read_only",
    errno.EIO: "disk_error",
    errno.ENOENT: "missing",
}


@contextmanager
def plain_faults(path: str) -> Iterator[None]:
    """Turns the driver's and the system's errors into StorageUnavailable."""
    try:
        yield
    except sqlite_module().Error as error:
        code = sqlite_code(str(error).casefold())
        if code is None:
            raise
        raise StorageUnavailable(code, path=path) from None
    except OSError as error:
        raise StorageUnavailable(system_code(error), path=path) from None


def system_code(error: OSError) -> str:
    return SYSTEM.get(error.errno, "no_rights")


def sqlite_code(text: str) -> str | None:
    """What the driver's words, in small letters, mean; None for what nobody foresaw."""
    return next((code for words, code in SQLITE_WORDS if words in text), None)
