"""An address, a path or a SQLAlchemy URL, taken apart; where a database file may lie, and where it may not."""

from __future__ import annotations

import os
from pathlib import Path

from desk_app.domain.faults import StorageUnavailable

NETWORK_SYSTEMS = ("nfs", "cifs", "smb", "fuse.", "9p", "ncpfs", "afs")
"""Beginnings of the names of file systems that do not keep a lock as a disk of this computer does."""


def sqlite_path(address: str) -> Path | None:
    """The file of a SQLite address, None for a server's."""
    scheme, is_url, rest = address.partition("://")
    if not is_url:
        return Path(address).expanduser().absolute()
    if scheme.partition("+")[0] == "postgresql":
        return None
    if scheme.partition("+")[0] == "sqlite":
        return Path(rest.removeprefix("/")).expanduser().absolute()
    raise StorageUnavailable("no_driver", driver=scheme)


def check_place(path: Path) -> None:
    """Raises StorageUnavailable where a database file would be lost or cannot be written."""
    folder = path.parent
    if not folder.is_dir():
        raise StorageUnavailable("missing_folder", path=str(folder))
    if path.is_dir():
        raise StorageUnavailable("foreign", path=str(path))
    if _file_system(folder).startswith(NETWORK_SYSTEMS):
        raise StorageUnavailable("network_drive", path=str(path))
    if path.exists() and not os.access(path, os.R_OK):
        raise StorageUnavailable("no_rights", path=str(path))
    if path.exists() and not os.access(path, os.W_OK):
        raise StorageUnavailable("read_only", path=str(path))
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StorageUnavailable("no_rights", path=str(folder))


def _file_system(folder: Path) -> str:
    """The kind of file system a folder lies on, where the system tells (Linux)."""
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    real = os.path.realpath(folder)
    for line in lines:
        parts = line.split(" ")
        if len(parts) > 2:
            mount = parts[1].replace("\\040", " ")
            inside = real == mount or real.startswith(mount.rstrip("/") + "/")
            if inside and len(mount) >= len(best):
                best, kind = mount, parts[2]
    return kind
