"""Migrates copies of a database in processes that kill themselves before one step after the other.

``python killed_migration.py DATABASE FOLDER`` prints a list: for each step what was found afterwards, and whether the
next start brought the file up to date. A step is a file operation of ours or a statement of the migration.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sqlalchemy import Engine, event

from db import files, migrate
from db.engine import open_database
from tests.db.revisions import release_next

STEPS = ("copy", "check_health", "duplicate", "empty_log", "sync", "put_in_place", "remove", "remove_leftovers")


class Patch:
    def setattr(self, target: Any, name: str, value: Any) -> None:
        setattr(target, name, value)


class Executioner:
    """Kills this process before step number ``last``."""

    def __init__(self, last: int) -> None:
        self._left = last

    def step(self, *_: Any, **__: Any) -> None:
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self._left -= 1

    def before(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*args: Any, **kwargs: Any) -> Any:
            self.step()
            return work(*args, **kwargs)

        return guarded


def migrate_until(path: Path, last: int) -> bool:
    """Answers whether the process was killed."""
    child = os.fork()
    if child == 0:
        executioner = Executioner(last)
        for name in STEPS:
            setattr(files, name, executioner.before(getattr(files, name)))
        os.replace = executioner.before(os.replace)
        event.listen(Engine, "before_cursor_execute", executioner.step)
        event.listen(Engine, "commit", executioner.step)
        migrate.prepare(str(path), create=False)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0:
        raise SystemExit("the migration failed by itself")
    return os.WIFSIGNALED(status)


def found(path: Path) -> dict[str, Any]:
    with closing(files.open_plain(path)) as connection:
        return {
            "revision": connection.execute("SELECT version_num FROM alembic_version").fetchone()[0],
            "integrity": connection.execute("PRAGMA integrity_check").fetchone()[0],
            "patients": connection.execute("SELECT count(*) FROM patient").fetchone()[0],
            "note": connection.execute("SELECT note FROM patient WHERE id = 1").fetchone()[0],
        }


def left_by_a_crash(source: Path) -> dict[str, bytes]:
    """The old file with its last commit in the log alone, as a program leaves it that was switched off."""
    database = open_database(str(source))
    with database.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE patient SET note = 'last' WHERE id = 1")
    parts = {tail: source.with_name(source.name + tail).read_bytes() for tail in ("", "-wal")}
    database.close()
    return parts


def main(source: Path, folder: Path) -> None:
    parts = left_by_a_crash(source)
    release_next(Patch(), folder)
    told: list[dict[str, Any]] = []
    killed = True
    while killed:
        path = folder / f"step-{len(told)}" / "desk.db"
        path.parent.mkdir()
        for tail, data in parts.items():
            path.with_name(path.name + tail).write_bytes(data)
        killed = migrate_until(path, len(told))
        state = found(path)
        migrate.prepare(str(path), create=False)
        after = found(path)
        if leftovers := [name.name for name in path.parent.iterdir() if ".new" in name.name]:
            raise SystemExit(f"left behind: {leftovers}")
        told.append({"killed": killed, **state, "after": after["revision"]})
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
