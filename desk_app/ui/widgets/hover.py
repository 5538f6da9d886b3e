"""The whole detail of what lies under a resting pointer, after half a second."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QWidget

from desk_app.ui.widgets import texts

REST_MILLISECONDS = 500


class Hover(QObject):
    """Asks ``words_at`` (viewport coordinates) once the pointer has rested, and shows what it answers."""

    def __init__(self, widget: QWidget, words_at: Callable[[QPoint], str]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._words_at = words_at
        self._place = QPoint()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MILLISECONDS)
        self._timer.timeout.connect(self._on_rested)

    def moved(self, place: QPoint) -> None:
        """The pointer is elsewhere: wait anew."""
        self._place = place
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _on_rested(self) -> None:
        words = self._words_at(self._place)
        if words:
            texts.show_tool_tip(self._widget.mapToGlobal(self._place), words, self._widget)
