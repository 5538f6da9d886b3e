"""Works on a disk with no room left, in a process of its own, and prints what came of it.

``python full_disk.py FOLDER mount`` puts a small disk in memory at the folder (inside a mount namespace of its own);
``… limit`` forbids this process to let files grow, where no disk may be mounted.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from db import files, migrate, reserve
from db.backup import backup, restore
from desk_app.application.desk import Desk
from desk_app.application.use_cases import practice
from desk_app.bootstrap.graph import build_desk
from desk_app.domain.faults import StorageUnavailable
from tests.db.revisions import release_next
from tests.db.work import add_patient
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

DISK = 8 << 20
LEFT = 40_000


class Patch:
    def setattr(self, target: Any, name: str, value: Any) -> None:
        setattr(target, name, value)


class Disk:
    """A disk that can be filled and emptied."""

    def __init__(self, folder: Path, mounted: bool) -> None:
        self.folder, self._mounted = folder, mounted
        if mounted:
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)], check=True)

    @contextmanager
    def full(self) -> Iterator[None]:
        if self._mounted:
            filler = self.folder / "filler"
            with filler.open("wb") as file:
                file.write(bytes(self._free() - LEFT))
            yield
            filler.unlink()
        else:
            before = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (LEFT, before[1]))
            yield
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    def _free(self) -> int:
        found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize

    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir() if path.name not in ("filler", "desk.db.lock"))


def code_of(work: Callable[[], object]) -> str:
    try:
        work()
    except StorageUnavailable as fault:
        return fault.code
    return "done"


def fill(desk: Desk) -> None:
    """Commits until there is no room; a disk that is full is met within a few hundred charts."""
    for number in range(3000):
        add_patient(desk, f"Chart{number}", "x" * 200)


def facts(path: Path) -> dict[str, object]:
    with closing(files.open_plain(path)) as connection:
        (integrity,) = connection.execute("PRAGMA integrity_check").fetchone()
        (charts,) = connection.execute("SELECT count(*) FROM patient").fetchone()
        (events,) = connection.execute("SELECT count(*) FROM audit_event WHERE action = 'patient_added'").fetchone()
    return {"integrity": integrity, "whole": charts == events}


def main(folder: Path, mounted: bool) -> dict[str, object]:
    disk, path = Disk(folder, mounted), folder / "desk.db"
    told: dict[str, object] = {}
    with disk.full():
        told["making"] = code_of(lambda: migrate.prepare(str(path), create=True)), disk.names()
    migrate.prepare(str(path), create=True)
    desk = build_desk(str(path), "somebody", StandingClock(at("2026-11-24T10:00")))
    practice.load(desk, CATALOGUE)
    with disk.full():
        told["writing"] = code_of(lambda: fill(desk))
        told["reading"] = desk.queries.catalogue() == CATALOGUE
    told["after writing"] = facts(path)
    told["writing again"] = code_of(lambda: add_patient(desk, "Again"))
    Patch().setattr(reserve, "SCARCE", 0)
    Patch().setattr(reserve, "SIZE", 500_000)
    reserve.keep(str(path))
    with disk.full():
        told["with a reserve"] = code_of(lambda: fill(desk))
        told["out of the reserve"] = code_of(lambda: add_patient(desk, "After"))
    told["rules"] = [breach.rule for breach in desk.queries.breaches(desk.now())]
    with disk.full():
        told["backup"] = code_of(lambda: backup(str(path), folder / "copy.db")), (folder / "copy.db").exists()
    backup(str(path), folder / "copy.db")
    desk.close()
    before = path.read_bytes()
    with disk.full():
        told["restore"] = code_of(lambda: restore(str(path), folder / "copy.db")), path.read_bytes() == before
        release_next(Patch(), Path(sys.argv[3]))
        told["migrating"] = code_of(lambda: migrate.prepare(str(path), create=False)), path.read_bytes() == before
    told["names"] = disk.names()
    return told


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2] == "mount")))
