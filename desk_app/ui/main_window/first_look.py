"""Today on the board before the database is open: read at a glance, and read again as soon as it is."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal

from desk_app.domain.faults import StorageUnavailable
from desk_app.ui.main_window.screens import SCHEDULE, SCREEN
from desk_app.ui.storage import opens_demo

if TYPE_CHECKING:
    from desk_app.ui.main_window.frame import Frame
    from desk_app.ui.screens.schedule.day_loader import Prepared
    from desk_app.ui.services import Services
    from desk_app.ui.storage import Storage

BOARD = "desk_app.ui.screens.schedule.schedule_screen"


class FirstLook(QObject):
    """The board is built and shown in two turns, while the worker imports and reads."""

    done = Signal()
    """Today is on the screen, or there is nothing to show yet: all the rest may be loaded."""

    def __init__(self, services: Services, frame: Frame, storage: Storage) -> None:
        super().__init__(frame)
        self._services, self._frame, self._storage = services, frame, storage

    def start(self) -> None:
        """Shows today, where a file of the practice's is there and the day was what was looked at last."""
        if self._services.memory.value(SCREEN, SCHEDULE) == SCHEDULE:
            self._services.tasks.submit(lambda: import_module(BOARD), lambda _: self._on_imported(), self._on_failed)
        else:
            self.done.emit()

    def _on_imported(self) -> None:
        schedule = self._frame.screens.schedule
        if not schedule.is_day:
            self.done.emit()
            return
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # its width is final from here on
        clock, storage, lay_out = self._services.clock, self._storage, schedule.lay_out()
        demo = opens_demo(self._services.memory, storage)

        def look() -> Prepared | None:
            view = storage.glance(clock.now(), demo)
            return lay_out(view) if view is not None else None

        self._services.tasks.submit(look, self._on_looked, self._on_failed)

    def _on_looked(self, today: Prepared | None) -> None:
        if today is not None:
            self._frame.show_day(today.view.plan.day)
            self._frame.uncover()
            self._frame.screens.schedule.show_glance(today)
        self.done.emit()

    def _on_failed(self, fault: Exception) -> None:
        """What keeps a file from being read is told when it is opened."""
        self.done.emit()
        if not isinstance(fault, StorageUnavailable):
            raise fault
