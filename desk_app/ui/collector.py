"""Garbage is collected on the window's thread only.

Python collects on whichever thread happens to make an object too many. A widget that is part of a circle would then be
destroyed by a worker, while the window paints it or its timer runs: Qt forbids that, and the program would die of it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500
THRESHOLDS = (20_000, 20, 20)
"""New objects before the youngest are looked at; how often those before the older ones are; likewise the oldest."""


class Collector(QObject):
    """Takes the place of Python's own collecting, with rarer and larger steps."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """From now on; what is there already is never garbage, and is not looked through again."""
        gc.disable()
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Python collects by itself again: the window is closed."""
        if self._timer.isActive():
            self._timer.stop()
            gc.unfreeze()
            gc.enable()

    def collect(self) -> int | None:
        """Collects the oldest generation whose turn it is, and answers which; None where none is due."""
        counts = gc.get_count()
        due = next((age for age in (2, 1, 0) if counts[age] >= THRESHOLDS[age]), None)
        if due is not None:
            gc.collect(due)
        return due
