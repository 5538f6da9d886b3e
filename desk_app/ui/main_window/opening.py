"""Opening a database: the practice's own, the demo, or a new one from a practice file; and what is said meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desk_app.application.desk import Desk
from desk_app.application.ports import ChangeFeed
from desk_app.domain.faults import FrontDeskFault, StorageUnavailable
from desk_app.domain.practice import Catalogue
from desk_app.ui.feedback import fault_text
from desk_app.ui.office import Office
from desk_app.ui.services import Services
from desk_app.ui.storage import IN_DEMO, Storage, opens_demo

FIRST_RUN = frozenset({"missing", "missing_folder", "no_practice"})
UNWRITABLE = frozenset({"read_only", "no_rights", "full", "full_reserve", "disk_error", "network_drive"})
"""What keeps a file from being written does not keep it from being read."""


class Opening(QObject):
    """Everything runs on the worker; the window learns by signal."""

    opened = Signal(object, bool)
    """The feed of other desks' commits, and whether it is the demo practice."""

    first_run = Signal()
    refused = Signal(str)
    """A practice file could not be loaded; nothing was."""

    failed = Signal(str, bool)
    """The database cannot be used, and whether it can be looked at all the same."""

    busy = Signal(str)

    def __init__(self, services: Services, storage: Storage, demo: bool) -> None:
        super().__init__()
        self._services, self._storage, self._always_demo = services, storage, demo
        self._again: Callable[[], None] = self.start
        self._is_own = True

    def start(self) -> None:
        """The practice's own database; the demo where that was asked for, or was open last."""
        if self._always_demo:
            self.open_demo()
        elif opens_demo(self._services.memory, self._storage):
            self._open(lambda: self._storage.open_demo(fresh=False), self._on_failed, demo=True)
        else:
            self._open(self._storage.open, self._on_failed, demo=False)

    def try_again(self) -> None:
        self._again()

    def look_only(self) -> None:
        """At a copy of the practice's own database, which cannot be written."""
        self.busy.emit("Copying the database")
        self._open(self._storage.look, self._on_failed, demo=False)

    def open_demo(self) -> None:
        """A fresh demo practice."""
        self.busy.emit("Making the demo practice")
        self._open(lambda: self._storage.open_demo(fresh=True), self._on_failed, demo=True)

    def set_up(self, file: Path) -> None:
        self.busy.emit("Loading the practice")
        self._open(lambda: self._storage.set_up(file), self._on_file_refused, demo=False)

    def leave_demo(self) -> None:
        """Back to where the practice is set up."""
        self._services.memory.set_value(IN_DEMO, "no")
        self._open(self._storage.open, self._on_failed, demo=False)

    def _open(self, make: Callable[[], Desk], failed: Callable[[Exception], None], demo: bool) -> None:
        self._again, self._is_own = lambda: self._open(make, failed, demo), not demo
        office, storage = self._services.office, self._storage

        def work() -> tuple[Catalogue, ChangeFeed]:
            return _exchanged(office, storage, make)

        self._services.tasks.submit(work, lambda found: self._on_opened(*found, demo), failed)

    def _on_opened(self, catalogue: Catalogue, feed: ChangeFeed, demo: bool) -> None:
        self._services.office.catalogue = catalogue
        if not self._always_demo:
            self._services.memory.set_value(IN_DEMO, "yes" if demo else "no")
        self.opened.emit(feed, demo)

    def _on_failed(self, fault: Exception) -> None:
        if not isinstance(fault, FrontDeskFault):
            self.failed.emit("Something unexpected stands in the way; the log says what.", False)
            raise fault
        first = isinstance(fault, StorageUnavailable) and fault.code in FIRST_RUN and not self._storage.was_named
        if first or fault.code == "no_practice":
            self.first_run.emit()
        else:
            can_look = isinstance(fault, StorageUnavailable) and fault.code in UNWRITABLE
            self.failed.emit(fault_text(fault), can_look and self._is_own)

    def _on_file_refused(self, fault: Exception) -> None:
        if not isinstance(fault, FrontDeskFault):
            self.refused.emit("Something unexpected stands in the way; the log says what.")
            raise fault
        self.refused.emit(fault_text(fault))


def _exchanged(office: Office, storage: Storage, make: Callable[[], Desk]) -> tuple[Catalogue, ChangeFeed]:
    """Opens the one before it leaves the other: a database that cannot be opened costs nothing."""
    desk = make()
    try:
        catalogue = desk.catalogue()
        feed = storage.feed(desk)
    except BaseException:
        desk.close()
        raise
    office.close()
    office.open(desk)
    return catalogue, feed
