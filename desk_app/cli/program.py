"""What the command line needs from the program around it; ``bootstrap`` provides it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from desk_app.application.desk import Desk


class Program(Protocol):
    """The opened, or still to be opened, database at the address that was given."""

    def desk(self) -> Desk:
        """A desk on an existing, migrated database. Raises StorageUnavailable."""

    def create(self) -> Desk:
        """A desk on that database, made or brought up to date where needed."""

    def migrate(self) -> str:
        """Brings the database up to date and answers its revision."""

    def fill_demo(self, desk: Desk) -> int:
        """Loads the demo practice into an empty database and answers its number of visits."""

    def close(self) -> None:
        """Lets go of whatever was opened."""

    def backup(self, target: Path) -> None: ...
    def restore(self, source: Path) -> None: ...
