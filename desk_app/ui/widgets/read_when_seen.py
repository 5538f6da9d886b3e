"""A screen that is read anew when something has changed that it shows: at once where it is seen, else once it is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import ClassVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desk_app.application.outcome import Changes, Record


class ReadWhenSeen(QWidget):
    """``is_open``: whether there is a database to read."""

    concerned: ClassVar[Collection[Record]] = ()
    """What it shows something of."""

    def __init__(self, is_open: Callable[[], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_open, self._is_stale = is_open, True

    def _read_anew(self) -> None:
        """Asked of each screen."""
        raise NotImplementedError

    def apply_changes(self, changes: Changes, by_this_desk: bool) -> None:
        """A commit, of this desk or another."""
        if any(changes.touches(record) for record in self.concerned):
            self.reload()

    def reload(self) -> None:
        """Reads anew, or later if nobody is looking or nothing is open."""
        self._is_stale = not (self.isVisible() and self._is_open())
        if not self._is_stale:
            self._read_anew()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale and self._is_open():
            self.reload()
