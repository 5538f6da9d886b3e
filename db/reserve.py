"""Room that lies beside a database file for the day the disk is full: even a deletion needs some.

It is given up when a write finds no room. Nothing is stored by that, but the next write is.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from db.location import sqlite_path

SIZE = 4_000_000
"""Bytes: a few hundred bookings."""

SCARCE = 250_000_000
"""Bytes left on the disk, below which none are put aside and somebody should make room."""


def keep(address: str) -> None:
    """Puts it aside where there is none, and room for it. A folder that takes no file goes without."""
    path = sqlite_path(address)
    if path is None or little_room(address) is not None:
        return
    aside = _beside(path)
    with suppress(OSError):
        if not aside.exists() or aside.stat().st_size < SIZE:
            with aside.open("wb") as file:
                file.write(bytes(SIZE))  # a hole in the file would keep nothing
                file.flush()
                os.fsync(file.fileno())


def give_up(address: str) -> bool:
    """Whether there was any."""
    path = sqlite_path(address)
    if path is None:
        return False
    try:
        _beside(path).unlink()
    except OSError:
        return False
    return True


def little_room(address: str) -> int | None:
    """Bytes left on the disk of a file where they are few; None else, for a server, and where nobody knows."""
    path = sqlite_path(address)
    if path is None:
        return None
    try:
        left = shutil.disk_usage(path.parent).free
    except OSError:
        return None
    return left if left < SCARCE else None


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.reserve")
