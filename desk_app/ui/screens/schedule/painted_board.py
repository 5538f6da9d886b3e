"""A board painted as one picture: it scrolls, keeps its static part in one layer and paints the rest over it.

The layer is as large as the view. The selection and a moved chain are painted over it, so that a step of a drag
repaints only where the chain was and is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desk_app.ui.screens.schedule.board_layout import GUTTER, Box
from desk_app.ui.screens.schedule.camera import Camera
from desk_app.ui.screens.schedule.inks import Inks

WALK_MARGIN = 24
"""What is brought into view keeps this much ground around it."""


class PaintedBoard(QAbstractScrollArea):
    """What the boards of a day and of a week have in common as pictures: a gutter, a sticky head, a layer."""

    def __init__(self, inks: Inks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inks = inks
        self._layer: QPixmap | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setViewport(QWidget(self))  # for Qt's own PySide first makes every class of widget: 10 ms of a start
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)

    # Asked of each board

    def _head_height(self) -> int:
        raise NotImplementedError

    def _content_size(self) -> tuple[int, int]:
        """Width and height of everything that scrolls."""
        raise NotImplementedError

    def _side_step(self) -> int:
        """Pixels of one step to the side."""
        return WALK_MARGIN

    def _line_step(self) -> int:
        """Pixels of one step down."""
        raise NotImplementedError

    def _paint_layer(self, painter: QPainter, camera: Camera) -> None:
        """Everything that follows neither the pointer nor the selection. Viewport coordinates."""
        raise NotImplementedError

    def _paint_overlay(self, painter: QPainter, camera: Camera) -> None:
        """The rest, over the layer."""
        raise NotImplementedError

    # Geometry

    def _camera(self) -> Camera:
        view = self.viewport()
        scroll_x, scroll_y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return Camera(view.width(), view.height(), self._head_height(), scroll_x, scroll_y)

    def camera(self) -> Camera:
        """What is in view."""
        return self._camera()

    def _room(self) -> int:
        """Pixels for the columns."""
        return max(0, self.viewport().width() - GUTTER)

    def _set_ranges(self) -> None:
        """After anything that moves boxes: how far can be scrolled."""
        (width, height), head, view = self._content_size(), self._head_height(), self.viewport()
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, height + head - view.height()))
        vertical.setPageStep(max(1, view.height() - head))
        vertical.setSingleStep(self._line_step())
        horizontal.setRange(0, max(0, width - self._room()))
        horizontal.setPageStep(max(1, self._room()))
        horizontal.setSingleStep(self._side_step())

    def _bring_box_into_view(self, box: Box) -> None:
        """Scrolls as little as needed to show a box of the content."""
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

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._invalidate()

    # Painting

    def _invalidate(self) -> None:
        self._layer = None
        self.viewport().update()

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
        self._paint_layer(painter, camera)
        painter.end()
        return layer


def rect_of(box: Box) -> QRect:
    return QRect(box.x, box.y, box.width, box.height)
