"""What the painted day tells assistive technology: its visits and gaps."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from desk_app.ui.screens.schedule.board_layout import Box
from desk_app.ui.screens.schedule.board_state import BoardState
from desk_app.ui.screens.schedule.camera import Camera
from desk_app.ui.screens.schedule.gaps import Gap, spoken_gap
from desk_app.ui.screens.schedule.painted_board import rect_of
from desk_app.ui.screens.schedule.scene import Block, Scene
from desk_app.ui.screens.schedule.visit_details import spoken_text
from desk_app.ui.screens.schedule.visit_words import tr
from desk_app.ui.screens.schedule.walk import Stop
from desk_app.ui.widgets.speech import Speech


class Painted(Protocol):
    """What is asked of the board itself."""

    @property
    def state(self) -> BoardState: ...
    def gaps(self) -> tuple[Gap, ...]: ...
    def camera(self) -> Camera: ...


class BoardSpeech(Speech[Stop]):
    """Speaks for one day's board."""

    def __init__(self, board: QWidget, painted: Painted) -> None:
        self._painted = painted
        self._known: tuple[Scene, tuple[Gap, ...]] | None = None
        super().__init__(board)

    def name(self) -> str:
        return tr("Schedule")

    def current_stop(self) -> Stop | None:
        state = self._painted.state
        if state.gap is not None:
            return next((stop for stop in self._stops if stop == state.gap), None)
        return state.current

    def is_selected(self, stop: Stop) -> bool:
        return isinstance(stop, Block) and stop.id == self._painted.state.selected_id

    def spoken_stop(self, stop: Stop) -> str:
        scene = self._painted.state.scene
        return spoken_gap(stop, scene) if isinstance(stop, Gap) else spoken_text(stop, scene.columns[stop.column])

    def is_in_view(self, stop: Stop) -> bool:
        camera, box = self._painted.camera(), self._box(stop)
        return box.meets(camera.top, camera.bottom)

    def _place(self, stop: Stop) -> QRect:
        return rect_of(self._painted.camera().to_view(self._box(stop)))

    def _box(self, stop: Stop) -> Box:
        layout = self._painted.state.layout
        if isinstance(stop, Block):
            return layout.lane_box(stop.column, stop.lane, stop.lanes, stop.start, stop.end)
        return layout.lane_box(stop.column, 0, 1, stop.start, stop.end)

    def _renewed(self) -> tuple[Stop, ...] | None:
        scene, gaps = self._painted.state.scene, self._painted.gaps()
        if self._known is not None and self._known[0] is scene and self._known[1] == gaps:
            return None
        self._known = scene, gaps
        return (*scene.blocks, *gaps)
