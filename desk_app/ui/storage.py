"""What the window needs from the program around it: the practice's database, or the demo's beside it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desk_app.application.desk import Desk
    from desk_app.application.ports import ChangeFeed
    from desk_app.application.schedule_view import DayView
    from desk_app.ui.memory import SettingsMemory

IN_DEMO = "start/demo"


class Storage(Protocol):
    """Called on the database worker only; ``bootstrap`` provides it. Every call may raise StorageUnavailable."""

    @property
    def is_shared(self) -> bool:
        """Whether several desks may work on it through a server."""

    @property
    def was_named(self) -> bool:
        """Whether somebody named the database, or asked only to look at theirs, when starting the program."""

    def glance(self, now: datetime, demo: bool) -> DayView | None:
        """Today, before anything is opened; None where it cannot be had so quickly, or there is no practice yet."""

    def open(self) -> Desk:
        """The practice's own database. Before the first run it is ``missing``, or has ``no_practice``."""

    def look(self) -> Desk:
        """The same, only to be looked at: nothing can be changed. A file is a copy of it as it is now."""

    def set_up(self, file: Path) -> Desk:
        """Loads a practice file into the practice's own database. WrongInput loads nothing."""

    def open_demo(self, fresh: bool) -> Desk:
        """The demo practice, kept apart from real data; made (anew, if ``fresh``) around the present day."""

    def feed(self, desk: Desk) -> ChangeFeed:
        """The commits of other desks on that desk's database, from now on."""


def opens_demo(memory: SettingsMemory, storage: Storage) -> bool:
    """Whether the demo practice was open last; a database that somebody named is opened whatever was."""
    return memory.value(IN_DEMO) == "yes" and not storage.was_named
