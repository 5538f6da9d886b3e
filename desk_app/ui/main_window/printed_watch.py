"""Whether a sheet that lies about still holds: looked at after every commit of any desk, and each minute."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desk_app.printing.content.changes import OutdatedDay, outdated_days
from desk_app.ui.services import Services

MINUTE_MS = 60_000


class PrintedWatch(QObject):
    """``found`` with the days whose printed sheets are out of date, the next one first; none where all hold."""

    found = Signal(object)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.days: tuple[OutdatedDay, ...] = ()
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self.look)
        services.bus.changed.connect(self._on_changed)

    def follow(self) -> None:
        """A database is open."""
        self._minute.start()
        self.look()

    def stop(self) -> None:
        self._minute.stop()
        self._on_found(())

    def look(self) -> None:
        office = self._services.office
        if office.is_open:
            self._services.tasks.submit(
                lambda: outdated_days(office.desk), self._on_found, self._services.feedback.refuse, "printed_watch"
            )

    def _on_changed(self, *_: object) -> None:
        if self._minute.isActive():
            self.look()

    def _on_found(self, days: tuple[OutdatedDay, ...]) -> None:
        self.days = days
        self.found.emit(days)
