"""A file replaced as a whole: written beside its target, synced, renamed. Whatever goes wrong, the old one stays."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

from desk_app.domain.faults import StorageUnavailable

_CODES = {
    errno.ENOSPC: "full",
    errno.EFBIG: "full",
    getattr(errno, "EDQUOT", errno.ENOSPC): "full",
    errno.EACCES: "no_rights",
    errno.EPERM: "no_rights",
    errno.EROFS: "no_rights",
    errno.EISDIR: "no_rights",
    errno.ENOENT: "missing_folder",
    errno.ENOTDIR: "missing_folder",
}


def replace_file(path: Path, data: bytes) -> None:
    """Raises StorageUnavailable; then the target is what it was before."""
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a pipe or a device takes it as it comes; a folder refuses
        else:
            _replace(target, data)
    except OSError as error:
        raise _unavailable(error, path) from None


def remove_file(path: Path) -> None:
    """Removes a file that may be gone already. Raises StorageUnavailable."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise _unavailable(error, path) from None


def names_in(folder: Path) -> tuple[str, ...]:
    """What lies in a folder. Raises StorageUnavailable ``missing_folder`` and the like."""
    try:
        return tuple(sorted(entry.name for entry in folder.iterdir()))
    except OSError as error:
        raise _unavailable(error, folder / "x") from None


def _unavailable(error: OSError, path: Path) -> StorageUnavailable:
    code = _CODES.get(error.errno or 0, "unwritable")
    place = path.parent if code == "missing_folder" else path
    return StorageUnavailable(code, path=str(place), reason=error.strerror or "")


def _replace(target: Path, data: bytes) -> None:
    beside = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        with suppress(FileNotFoundError):
            beside.unlink()
        raise
