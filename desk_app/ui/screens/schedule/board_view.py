"""The painted day as a picture: zooms, opens where the day is, shows the selection and what has just changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QTimer, Signal
from PySide6.QtGui import QPainter, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget

from desk_app.ui.screens.schedule.board_layout import Hit, Placed, lay_out_board
from desk_app.ui.screens.schedule.board_state import BoardState
from desk_app.ui.screens.schedule.camera import Camera
from desk_app.ui.screens.schedule.column_facts import first_opening
from desk_app.ui.screens.schedule.drag import Drag
from desk_app.ui.screens.schedule.gaps import Gap
from desk_app.ui.screens.schedule.hand import HandBoard
from desk_app.ui.screens.schedule.head_painter import head_height
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.overlay_painter import OverlayPainter, framed, ghost_blocks
from desk_app.ui.screens.schedule.painted_board import rect_of
from desk_app.ui.screens.schedule.painter import paint_board
from desk_app.ui.screens.schedule.scene import Block, Scene
from desk_app.ui.screens.schedule.time_axis import QUARTER, bounded_zoom

OPENING_MARGIN_MINUTES = 75
"""On today's first showing the now-line stands this far below the head."""

FLASH_MILLISECONDS = 2000


class BoardView(HandBoard[Drag, Placed]):
    """Shows a scene with its selection and, while there is one, a chain that is being moved."""

    zoom_changed = Signal(int)

    def __init__(
        self, inks: Inks, scene: Scene, now: datetime, cell_minutes: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(inks, cell_minutes, parent)
        self._state = BoardState(lay_out_board(scene, 0), now)
        self._flashing: frozenset[int] = frozenset()
        self._has_opened = False

    # What is shown

    @property
    def room(self) -> int:
        """Pixels for the columns."""
        return self._room()

    @property
    def state(self) -> BoardState:
        return self._state

    def show_scene(self, scene: Scene, changed: frozenset[int] = frozenset()) -> None:
        """Shows a scene in place of the one before; visits ``changed`` by another desk are framed for two seconds."""
        other_day = scene.axis.day != self._state.scene.axis.day
        if scene.axis.zoom != self.zoom:
            scene = replace(scene, axis=replace(scene.axis, zoom=self.zoom))
        self._state = self._state.with_scene(scene, self._room())
        self._settle()
        if (other_day and self._state.drag is None) or not self._has_opened:
            self._scroll_to_opening()
        if changed:
            self._flashing = changed
            QTimer.singleShot(FLASH_MILLISECONDS, self, self._on_flash_over)

    def show_now(self, now: datetime) -> None:
        """Moves the now-line."""
        self._state = replace(self._state, now=now)
        self._invalidate()

    def show_inks(self, inks: Inks) -> None:
        """Another theme or another size of letters."""
        self._inks = inks
        self._settle()

    @property
    def zoom(self) -> int:
        """Pixels to the quarter of an hour."""
        return self._state.scene.axis.zoom

    def set_zoom(self, pixels: int, anchor: int | None = None) -> None:
        """Zooms within the bounds; the minute at viewport y ``anchor`` (the middle by default) stays where it is."""
        axis, zoom = self._state.scene.axis, bounded_zoom(pixels)
        if zoom == axis.zoom:
            return
        camera = self._camera()
        at = anchor if anchor is not None else (camera.head + camera.height) // 2
        minute = axis.minute_at(at - camera.origin_y)
        scene = replace(self._state.scene, axis=replace(axis, zoom=zoom))
        self._state = self._state.with_scene(scene, self._room())
        self._settle()
        self.verticalScrollBar().setValue(scene.axis.y_of(minute) + camera.head - at)
        self.zoom_changed.emit(zoom)

    # Geometry

    def _head_height(self) -> int:
        return head_height(self._inks)

    def _content_size(self) -> tuple[int, int]:
        return self._state.layout.width, self._state.layout.height

    def _line_step(self) -> int:
        return self.zoom

    def _hit(self, place: QPoint) -> Hit | None:
        """What lies at a place of the viewport; None on the head, the gutter and between groups."""
        camera = self._camera()
        if not camera.shows(place.x(), place.y()):
            return None
        return self._state.layout.hit(*camera.to_content(place.x(), place.y()))

    def _settle(self) -> None:
        """After anything that moves boxes: scroll ranges, a fresh layer."""
        self._set_ranges()
        self._rehang()
        self._invalidate()

    def _scroll_to_opening(self) -> None:
        """Today a little above the now-line; before the practice opens, and on any other day, at its first opening."""
        axis, minute = self._state.scene.axis, self._state.now_minute
        self._has_opened = self.isVisible()
        opens = first_opening(self._state.scene)
        is_today = opens <= minute <= axis.last
        top = minute - OPENING_MARGIN_MINUTES if is_today else opens - QUARTER
        at = axis.y_of(max(axis.first, top))
        self.verticalScrollBar().setValue(at if at > axis.zoom else 0)

    def _bring_into_view(self) -> None:
        """Scrolls as little as needed to show where the keyboard stands."""
        box = self._state.current_box()
        if box is not None:
            self._bring_box_into_view(box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._state = self._state.resized(self._room())
        self._settle()
        if not self._has_opened:
            self._scroll_to_opening()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            self.viewport().update()

    # Painting

    def _paint_layer(self, painter: QPainter, camera: Camera) -> None:
        state = self._state
        paint_board(painter, self._inks, state.layout, camera, state.now_minute, state.fit_map, self._carried)

    def _paint_marks(self, overlay: OverlayPainter) -> None:
        for placed in self._state.layout.placed if self._flashing else ():
            if placed.block.id in self._flashing:
                overlay.paint_hairline(placed.box)
        if self._state.drag is None:
            overlay.paint_frames(placed.box for placed in self._state.selected())
            self._paint_gap(overlay)

    def _paint_ghosts(self, painter: QPainter, overlay: OverlayPainter) -> None:
        overlay.paint_ghosts(self._state.layout, self._ghosts)

    def _paint_gap(self, overlay: OverlayPainter) -> None:
        box = self._state.current_box() if self._state.gap is not None else None
        if box is not None:
            overlay.paint_gap(box)

    def _on_flash_over(self) -> None:
        self._flashing = frozenset()
        self.viewport().update()

    # Selection and the moved chain

    @property
    def held(self) -> Drag | None:
        return self._state.drag

    def _keep(self, held: Drag | None) -> None:
        self._state = replace(self._state, drag=held)

    def _ghosts_of(self, held: Drag) -> tuple[Placed, ...]:
        return ghost_blocks(self._state.layout, held)

    def _stand_on(self, block: Block | None, gap: Gap | None = None) -> None:
        """Moves the selection, or the keyboard to a gap, repainting only the frames."""
        before = self._frames_region()
        self._state = replace(self._state, current=block, gap=gap)
        self.viewport().update(before.united(self._frames_region()))

    def _frames_region(self) -> QRegion:
        region, box = self._region_of(self._state.selected()), self._state.current_box()
        if box is not None:
            region += rect_of(self._camera().to_view(framed(box)))
        return region
