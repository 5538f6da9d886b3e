"""The painted day as a picture: scrolls, zooms, keeps its static part in one layer and paints the rest over it.

The layer is as large as the view. The selection and a moved chain are painted over it, so that a step of a drag
repaints only where the chain was and is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desk_app.ui.screens.schedule.board_layout import GUTTER, Box, Hit, Placed, lay_out_board
from desk_app.ui.screens.schedule.board_state import BoardState
from desk_app.ui.screens.schedule.camera import Camera
from desk_app.ui.screens.schedule.column_facts import first_opening
from desk_app.ui.screens.schedule.drag import Drag
from desk_app.ui.screens.schedule.gaps import Gap
from desk_app.ui.screens.schedule.head_painter import head_height
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.overlay_painter import OverlayPainter, framed, ghost_blocks, label_place
from desk_app.ui.screens.schedule.painter import paint_board
from desk_app.ui.screens.schedule.scene import Block, Scene
from desk_app.ui.screens.schedule.time_axis import QUARTER, bounded_zoom

OPENING_MARGIN_MINUTES = 75
"""On today's first showing the now-line stands this far below the head."""

WALK_MARGIN = 24
FLASH_MILLISECONDS = 2000


class BoardView(QAbstractScrollArea):
    """Shows a scene with its selection and, while there is one, a chain that is being moved."""

    zoom_changed = Signal(int)

    def __init__(self, inks: Inks, scene: Scene, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inks = inks
        self._state = BoardState(lay_out_board(scene, 0), now)
        self._layer: QPixmap | None = None
        self._ghosts: tuple[Placed, ...] = ()
        self._covered = QRegion()
        self._pointer = QPoint()
        self._flashing: frozenset[int] = frozenset()
        self._carried: frozenset[int] = frozenset()
        self._has_opened = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setViewport(QWidget(self))  # for Qt's own PySide first makes every class of widget: 10 ms of a start
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # What is shown

    @property
    def state(self) -> BoardState:
        return self._state

    def show_scene(self, scene: Scene, changed: frozenset[int] = frozenset()) -> None:
        """Shows a scene in place of the one before; visits ``changed`` by another desk are framed for two seconds."""
        other_day = scene.axis.day != self._state.scene.axis.day
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

    def show_carried(self, visits: frozenset[int]) -> None:
        """Visits that lie in the tray keep their place, dimmed."""
        if visits != self._carried:
            self._carried = visits
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

    def _camera(self) -> Camera:
        view = self.viewport()
        scroll_x, scroll_y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return Camera(view.width(), view.height(), head_height(self._inks), scroll_x, scroll_y)

    def _room(self) -> int:
        """Pixels for the columns."""
        return max(0, self.viewport().width() - GUTTER)

    def _hit(self, place: QPoint) -> Hit | None:
        """What lies at a place of the viewport; None on the head, the gutter and between groups."""
        camera = self._camera()
        if not camera.shows(place.x(), place.y()):
            return None
        return self._state.layout.hit(*camera.to_content(place.x(), place.y()))

    def _settle(self) -> None:
        """After anything that moves boxes: scroll ranges, a fresh layer."""
        layout, view = self._state.layout, self.viewport()
        head = head_height(self._inks)
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, layout.height + head - view.height()))
        vertical.setPageStep(max(1, view.height() - head))
        vertical.setSingleStep(layout.scene.axis.zoom)
        horizontal.setRange(0, max(0, layout.width - self._room()))
        horizontal.setPageStep(max(1, self._room()))
        self._ghosts = ()  # they lie elsewhere now
        self._hang(self._state.drag)
        self._invalidate()

    def _invalidate(self) -> None:
        self._layer = None
        self.viewport().update()

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
        if box is None:
            return
        camera, bar = self._camera(), self.verticalScrollBar()
        if box.bottom + WALK_MARGIN > camera.bottom:
            bar.setValue(bar.value() + box.bottom + WALK_MARGIN - camera.bottom)
        if box.y - WALK_MARGIN < self._camera().top:
            bar.setValue(max(0, box.y - WALK_MARGIN))
        side, left = self.horizontalScrollBar(), self.horizontalScrollBar().value()
        if box.right > left + self._room():
            side.setValue(box.right + WALK_MARGIN - self._room())
        elif box.x < left:
            side.setValue(box.x - WALK_MARGIN)

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

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._invalidate()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        camera = self._camera()
        painter = QPainter(self.viewport())
        if self._layer is None:
            self._layer = self._painted_layer(camera)
        ratio = self._layer.devicePixelRatio()
        for rect in cast("Iterable[QRect]", event.region()):
            source = QRectF(rect.x() * ratio, rect.y() * ratio, rect.width() * ratio, rect.height() * ratio)
            painter.drawPixmap(QRectF(rect), self._layer, source)
        self._paint_overlay(painter, camera)
        painter.end()

    def _painted_layer(self, camera: Camera) -> QPixmap:
        ratio = self.viewport().devicePixelRatioF()
        layer = QPixmap(self.viewport().size() * ratio)
        layer.setDevicePixelRatio(ratio)
        painter = QPainter(layer)
        state = self._state
        paint_board(painter, self._inks, state.layout, camera, state.now_minute, state.fit_map, self._carried)
        painter.end()
        return layer

    def _paint_overlay(self, painter: QPainter, camera: Camera) -> None:
        overlay = OverlayPainter(painter, self._inks)
        painter.setClipRect(QRect(GUTTER, camera.head, camera.width - GUTTER, camera.height - camera.head))
        painter.save()
        painter.translate(camera.origin_x, camera.origin_y)
        for placed in self._state.layout.placed if self._flashing else ():
            if placed.block.id in self._flashing:
                overlay.paint_hairline(placed.box)
        if self._state.drag is None:
            overlay.paint_frames(placed.box for placed in self._state.selected())
            self._paint_gap(overlay)
        else:
            overlay.paint_ghosts(self._state.layout, self._ghosts)
        painter.restore()
        painter.setClipping(False)
        if self._state.drag is not None:
            overlay.paint_label(self._state.drag.label(), self._label_place(self._state.drag))

    def _paint_gap(self, overlay: OverlayPainter) -> None:
        box = self._state.current_box() if self._state.gap is not None else None
        if box is not None:
            overlay.paint_gap(box)

    def _on_flash_over(self) -> None:
        self._flashing = frozenset()
        self.viewport().update()

    # Selection and the moved chain

    def _stand_on(self, block: Block | None, gap: Gap | None = None) -> None:
        """Moves the selection, or the keyboard to a gap, repainting only the frames."""
        before = self._frames_region()
        self._state = replace(self._state, current=block, gap=gap)
        self.viewport().update(before.united(self._frames_region()))

    def _frames_region(self) -> QRegion:
        region, box = self._region_of(self._state.selected()), self._state.current_box()
        if box is not None:
            region += _rect(self._camera().to_view(framed(box)))
        return region

    def _region_of(self, blocks: tuple[Placed, ...]) -> QRegion:
        camera, region = self._camera(), QRegion()
        for placed in blocks:
            region += _rect(camera.to_view(framed(placed.box)))
        return region

    def _hang(self, drag: Drag | None) -> None:
        """The chain hangs elsewhere, or is let go: repaints where it was and is."""
        if drag != self._state.drag or drag is None or not self._ghosts:
            self._ghosts = ghost_blocks(self._state.layout, drag) if drag else ()
        self._state = replace(self._state, drag=drag)
        covers = self._region_of(self._ghosts)
        if drag is not None:
            covers += self._label_place(drag)
        self.viewport().update(self._covered.united(covers))
        self._covered = covers

    def _label_place(self, drag: Drag) -> QRect:
        bounds = self.viewport().rect().adjusted(GUTTER, head_height(self._inks), 0, 0)
        return label_place(drag.label(), self._pointer, bounds, self._inks)


def _rect(box: Box) -> QRect:
    return QRect(box.x, box.y, box.width, box.height)
