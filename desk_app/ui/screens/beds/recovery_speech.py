"""What the picture of recovery tells assistive technology: every bay, and every stay behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from desk_app.application.beds_view import BedsView
from desk_app.ui.screens.beds.bed_words import recovery_line, title
from desk_app.ui.widgets.speech import Speech

if TYPE_CHECKING:
    from desk_app.ui.screens.beds.recovery_board import Stop


class PaintedRecovery(Protocol):
    """What is asked of the board itself."""

    @property
    def view(self) -> BedsView: ...
    def stops(self) -> tuple[Stop, ...]: ...
    def current_stop(self) -> Stop | None: ...
    def spoken(self, stop: Stop) -> str: ...


class RecoverySpeech(Speech["Stop"]):
    """Speaks for one board; its children are made anew with every look."""

    def __init__(self, board: QWidget, painted: PaintedRecovery) -> None:
        self._painted = painted
        self._told: tuple[Stop, ...] = ()
        self._view: BedsView | None = None
        super().__init__(board)

    def name(self) -> str:
        return f"{title(self._painted.view)}: {recovery_line(self._painted.view)}"

    def current_stop(self) -> Stop | None:
        at = self._painted.current_stop()
        return next((stop for stop in self._told if at is not None and self._same(stop, at)), None)

    def spoken_stop(self, stop: Stop) -> str:
        return self._painted.spoken(stop)

    def is_selected(self, stop: Stop) -> bool:
        return stop is self.current_stop()

    def is_in_view(self, stop: Stop) -> bool:
        return True

    def _place(self, stop: Stop) -> QRect:
        """Where it lies now: the width may have changed since."""
        return next((each.rect for each in self._painted.stops() if self._same(each, stop)), stop.rect)

    def _renewed(self) -> tuple[Stop, ...] | None:
        if self._view is self._painted.view and self._told:
            return None
        self._view, self._told = self._painted.view, self._painted.stops()
        return self._told

    @staticmethod
    def _same(one: Stop, other: Stop) -> bool:
        if one.stay is None or other.stay is None:
            return one.stay is other.stay and one.row.bay is other.row.bay
        return one.stay.lying is other.stay.lying
