"""What the painted week tells assistive technology: each day and, after it, its visits."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from desk_app.ui.screens.schedule.board_layout import GUTTER
from desk_app.ui.screens.schedule.camera import Camera
from desk_app.ui.screens.schedule.painted_board import rect_of
from desk_app.ui.screens.schedule.visit_words import tr
from desk_app.ui.screens.schedule.week_layout import WeekLayout
from desk_app.ui.screens.schedule.week_scene import WeekBlock, WeekDay, WeekScene, spoken_block, spoken_day
from desk_app.ui.widgets.speech import Speech

WeekStop = WeekDay | WeekBlock


class PaintedWeek(Protocol):
    """What is asked of the board itself."""

    @property
    def scene(self) -> WeekScene: ...
    @property
    def layout_now(self) -> WeekLayout: ...
    @property
    def visit(self) -> int | None: ...
    def current_stop(self) -> WeekStop | None: ...
    def camera(self) -> Camera: ...


class WeekSpeech(Speech[WeekStop]):
    """Speaks for one week."""

    def __init__(self, board: QWidget, painted: PaintedWeek) -> None:
        self._painted = painted
        self._known: tuple[tuple[WeekDay, ...], tuple[WeekBlock, ...]] | None = None
        super().__init__(board)

    def name(self) -> str:
        title = self._painted.scene.title
        return f"{tr('Week')}, {title}" if title else tr("Week")

    def current_stop(self) -> WeekStop | None:
        return self._painted.current_stop()

    def spoken_stop(self, stop: WeekStop) -> str:
        scene = self._painted.scene
        if isinstance(stop, WeekBlock):
            return spoken_block(stop, scene)
        return spoken_day(scene, scene.days.index(stop))

    def is_selected(self, stop: WeekStop) -> bool:
        return isinstance(stop, WeekBlock) and stop.id == self._painted.visit

    def is_in_view(self, stop: WeekStop) -> bool:
        camera, place = self._painted.camera(), self._place(stop)
        top = camera.head if isinstance(stop, WeekBlock) else 0
        return QRect(GUTTER, top, camera.width - GUTTER, camera.height - top).intersects(place)

    def _place(self, stop: WeekStop) -> QRect:
        """A visit where it is painted, a day by its head."""
        layout, camera = self._painted.layout_now, self._painted.camera()
        if isinstance(stop, WeekBlock):
            return rect_of(camera.to_view(layout.place(stop).box))
        strip = layout.strips[layout.scene.days.index(stop)]
        return QRect(strip.x + camera.origin_x, 0, strip.width, camera.head)

    def _renewed(self) -> tuple[WeekStop, ...] | None:
        scene, known = self._painted.scene, self._known
        if known is not None and known[0] is scene.days and known[1] is scene.blocks:
            return None
        self._known = scene.days, scene.blocks
        stops: list[WeekStop] = []
        for column, day in enumerate(scene.days):
            own = [block for block in scene.blocks if block.column == column]
            stops += [day, *sorted(own, key=_heard)]
        return tuple(stops)


def _heard(block: WeekBlock) -> tuple[int, int, int]:
    """Visits are heard by time, then by room."""
    return block.start, block.lane, block.id
