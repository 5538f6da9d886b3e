"""What the painted day tells assistive technology: its visits and gaps, where each lies, and where the keyboard is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QAbstractScrollArea

from desk_app.ui.screens.schedule.board_access import interface_of, introduce
from desk_app.ui.screens.schedule.board_layout import Box
from desk_app.ui.screens.schedule.board_state import BoardState
from desk_app.ui.screens.schedule.camera import Camera
from desk_app.ui.screens.schedule.gaps import Gap, spoken_gap
from desk_app.ui.screens.schedule.scene import Block, Scene
from desk_app.ui.screens.schedule.visit_details import spoken_text
from desk_app.ui.screens.schedule.walk import Stop


class Painted(Protocol):
    """What is asked of the board itself."""

    @property
    def state(self) -> BoardState: ...
    def gaps(self) -> tuple[Gap, ...]: ...
    def camera(self) -> Camera: ...


class BoardSpeech(QObject):
    """Speaks for one board."""

    def __init__(self, board: QAbstractScrollArea, painted: Painted) -> None:
        super().__init__(board)
        self._board, self._painted = board, painted
        self._known: tuple[Scene, tuple[Gap, ...]] | None = None
        self._stops: tuple[Stop, ...] = ()
        introduce(board, self)

    def tell(self) -> None:
        """After anything changed: children that are gone are taken back, and whoever listens hears of the current."""
        if not QAccessible.isActive():
            return
        interface = interface_of(self._board)
        if interface is not None and self._refresh():
            interface.renew()
            QAccessible.updateAccessibility(QAccessibleEvent(self._board, QAccessible.Event.ObjectReorder))
        current = self.current_stop()
        if current is not None and self._board.hasFocus():
            event = QAccessibleEvent(self._board, QAccessible.Event.Focus)
            event.setChild(next(place for place, stop in enumerate(self._stops) if stop is current))
            QAccessible.updateAccessibility(event)

    def stops(self) -> Sequence[Stop]:
        return self._stops

    def ready(self) -> None:
        """Before the children are counted for the first time."""
        if self._known is None:
            self._refresh()

    def current_stop(self) -> Stop | None:
        state = self._painted.state
        if state.gap is not None:
            return next((stop for stop in self._stops if stop == state.gap), None)
        return next((stop for stop in self._stops if stop is state.current), None)

    def is_selected(self, stop: Stop) -> bool:
        if isinstance(stop, Gap):
            return False
        return stop.id == self._painted.state.selected_id

    def spoken_stop(self, stop: Stop) -> str:
        scene = self._painted.state.scene
        return spoken_gap(stop, scene) if isinstance(stop, Gap) else spoken_text(stop, scene.columns[stop.column])

    def place_of_stop(self, stop: Stop) -> QRect:
        """Its rectangle on the screen."""
        box = self._painted.camera().to_view(self._box(stop))
        corner = self._board.viewport().mapToGlobal(QPoint(box.x, box.y))
        return QRect(corner.x(), corner.y(), box.width, box.height)

    def is_in_view(self, stop: Stop) -> bool:
        camera, box = self._painted.camera(), self._box(stop)
        return box.meets(camera.top, camera.bottom)

    def _box(self, stop: Stop) -> Box:
        layout = self._painted.state.layout
        if isinstance(stop, Block):
            return layout.lane_box(stop.column, stop.lane, stop.lanes, stop.start, stop.end)
        return layout.lane_box(stop.column, 0, 1, stop.start, stop.end)

    def _refresh(self) -> bool:
        """Whether the stops are others than before."""
        scene, gaps = self._painted.state.scene, self._painted.gaps()
        if self._known is not None and self._known[0] is scene and self._known[1] == gaps:
            return False
        self._known, self._stops = (scene, gaps), (*scene.blocks, *gaps)
        return True
