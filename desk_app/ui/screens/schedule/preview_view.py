"""The board with a start that is only offered: its chain in selection frames, over whatever is booked."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from desk_app.ui.screens.schedule.board_layout import GUTTER, Placed
from desk_app.ui.screens.schedule.board_view import BoardView
from desk_app.ui.screens.schedule.camera import Camera
from desk_app.ui.screens.schedule.overlay_painter import OverlayPainter
from desk_app.ui.screens.schedule.painted_board import WALK_MARGIN
from desk_app.ui.screens.schedule.preview import Preview, preview_blocks
from desk_app.ui.screens.schedule.scene import Scene


class PreviewView(BoardView):
    """Nothing of it can be selected, dragged or hit: it is not there yet."""

    _preview: Preview | None = None
    _previewed: tuple[Placed, ...] = ()

    def show_preview(self, preview: Preview | None) -> None:
        """Shows a start, on its day and as soon as that day is shown; or none any more."""
        self._preview = preview
        self._place_preview()
        self._bring_preview_into_view()
        self.viewport().update()

    @property
    def previewed(self) -> tuple[Placed, ...]:
        return self._previewed

    def show_scene(self, scene: Scene, changed: frozenset[int] = frozenset()) -> None:
        other_day = scene.axis.day != self._state.scene.axis.day
        super().show_scene(scene, changed)
        if other_day:
            self._bring_preview_into_view()

    def _settle(self) -> None:
        super()._settle()
        self._place_preview()

    def _place_preview(self) -> None:
        state = self._state
        self._previewed = preview_blocks(state.layout, self._preview, state.now) if self._preview is not None else ()

    def _bring_preview_into_view(self) -> None:
        """Scrolls as little as needed up or down to the first of its blocks."""
        if not self._previewed:
            return
        box, camera, bar = self._previewed[0].box, self._camera(), self.verticalScrollBar()
        if box.bottom + WALK_MARGIN > camera.bottom:
            bar.setValue(bar.value() + box.bottom + WALK_MARGIN - camera.bottom)
        if box.y - WALK_MARGIN < self._camera().top:
            bar.setValue(max(0, box.y - WALK_MARGIN))

    def _paint_overlay(self, painter: QPainter, camera: Camera) -> None:
        if self._previewed and self._state.drag is None:
            painter.save()
            painter.setClipRect(QRect(GUTTER, camera.head, camera.width - GUTTER, camera.height - camera.head))
            painter.translate(camera.origin_x, camera.origin_y)
            OverlayPainter(painter, self._inks).paint_ghosts(self._state.layout, self._previewed)
            painter.restore()
        super()._paint_overlay(painter, camera)
