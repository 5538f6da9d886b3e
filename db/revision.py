"""The schema's revision that this program needs, and the one that a file has: read through the plain driver, before
Alembic or even SQLAlchemy is imported.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from db import files
from db.driver import APPLICATION_ID
from db.plain_faults import plain_faults
from desk_app.domain.faults import StorageUnavailable

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
"""Every released revision, oldest first."""

CURRENT = REVISIONS[-1]


def is_there(path: Path) -> bool:
    """An empty file is none: some programs make one just to have the name."""
    return path.exists() and path.stat().st_size > 0


def revision_of(path: Path) -> str | None:
    """The stored revision of a file; None for an empty database. Raises StorageUnavailable."""
    with plain_faults(str(path)), closing(files.open_plain(path)) as connection:
        return stored_revision(connection, path)


def stored_revision(connection: Any, path: Path) -> str | None:
    """The same on an open connection of the plain driver; ``foreign`` where the file is another program's."""
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not ours or "alembic_version" not in tables:
        raise StorageUnavailable("foreign", path=str(path))
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return row[0] if row else None


def refuse_unknown(revision: str | None, path: str) -> None:
    """Raises StorageUnavailable ``too_new`` for a revision that this program has never heard of."""
    if revision is not None and revision not in REVISIONS:
        raise StorageUnavailable("too_new", path=path, revision=revision)


def require_current(revision: str | None, path: str) -> None:
    """Raises StorageUnavailable ``missing``, ``too_new`` or ``too_old`` unless it is this program's revision."""
    refuse_unknown(revision, path)
    if revision != CURRENT:
        raise StorageUnavailable("missing" if revision is None else "too_old", path=path)
