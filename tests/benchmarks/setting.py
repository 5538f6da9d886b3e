"""What every benchmark is handed: the databases, and desks that work on copies of them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.driver import connect
from desk_app.application.desk import Desk
from desk_app.bootstrap.graph import build_desk
from tests.benchmarks.big_practice import StandingClock, ensure


@dataclass(frozen=True)
class Setting:
    """The generated database is read only; what writes works on its own copy in ``scratch``."""

    folder: Path
    scratch: Path
    small: bool = False

    @property
    def database(self) -> Path:
        return ensure(self.folder, self.small)

    def desk(self, path: Path | None = None) -> Desk:
        return build_desk(str(path or self.database), "benchmark", StandingClock())

    def driver(self, path: Path | None = None) -> Any:
        """A connection of the plain driver, set as the program sets its own."""
        return connect(path or self.database)

    def copy(self, name: str) -> Path:
        """A copy of the closed database to write in."""
        target = self.scratch / name
        shutil.copyfile(self.database, target)
        return target
