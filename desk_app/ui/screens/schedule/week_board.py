"""The week at work: select a visit, walk by keys, open a day. Painted as one picture, without a widget for a visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desk_app.domain.zone import wall_instant
from desk_app.ui.screens.schedule.board_layout import GUTTER
from desk_app.ui.screens.schedule.camera import Camera
from desk_app.ui.screens.schedule.hover import Hover
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.overlay_painter import OverlayPainter
from desk_app.ui.screens.schedule.time_axis import bounded_zoom
from desk_app.ui.screens.schedule.visit_words import tr
from desk_app.ui.screens.schedule.week_layout import WeekHit, WeekLayout, lay_out_week
from desk_app.ui.screens.schedule.week_painter import WeekPainter, week_head
from desk_app.ui.screens.schedule.week_scene import WHOLE_DAY, WeekBlock, WeekScene, spoken_block, spoken_day
from desk_app.ui.screens.schedule.week_words import details, why_shut

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
MARGIN = 24


class WeekBoard(QAbstractScrollArea):
    """Days in signals are dates, instants aware UTC datetimes, visits their numbers."""

    day_opened = Signal(object, object)
    """A day, and the visit that was selected there or None."""

    turned = Signal(int, object)
    """Walked out of the week: −1 or +1, and the day that is wanted then."""

    visit_selected = Signal(int)
    selection_cleared = Signal()
    context_requested = Signal(object, str, object, QPoint)

    def __init__(self, inks: Inks, scene: WeekScene, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inks, self._now, self._cell = inks, now, 5
        self._layout: WeekLayout = lay_out_week(scene, 0)
        self._day = scene.days[0].day
        self._visit: int | None = None
        self._layer: QPixmap | None = None
        self._hover = Hover(self.viewport(), self._words_at)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(tr("Week"))

    # What is shown

    @property
    def scene(self) -> WeekScene:
        return self._layout.scene

    @property
    def day(self) -> date:
        """The day that the keyboard stands on."""
        return self._day

    @property
    def visit(self) -> int | None:
        return self._visit

    def show_scene(self, scene: WeekScene, day: date, now: datetime, cell_minutes: int = 5) -> None:
        """Shows a week with the keyboard on a day; the selection stays where its visit is still there."""
        other_week = scene.days[0].day != self.scene.days[0].day
        scene = replace(scene, axis=replace(scene.axis, zoom=self.scene.axis.zoom))
        self._now, self._cell = now, cell_minutes
        self._layout = lay_out_week(scene, self._room())
        self._day = day if scene.column_of(day) is not None else scene.days[-1].day
        if self._visit is not None and self._block() is None:
            self._visit = None
        self._settle()
        if other_week:
            self.verticalScrollBar().setValue(0)
        self._announce()

    def stand_on(self, day: date) -> None:
        """Another day is meant from outside; one that is not here changes nothing."""
        if self.scene.column_of(day) is not None:
            self._day = day

    def show_now(self, now: datetime) -> None:
        self._now = now
        self._invalidate()

    def show_inks(self, inks: Inks) -> None:
        self._inks = inks
        self._settle()

    def set_zoom(self, pixels: int) -> None:
        scene = self.scene
        self._layout = lay_out_week(replace(scene, axis=replace(scene.axis, zoom=bounded_zoom(pixels))), self._room())
        self._settle()

    def select(self, appointment_id: int | None) -> None:
        """Selects a visit from outside, without a signal."""
        self._visit = appointment_id
        block = self._block()
        self._visit = block.id if block is not None else None
        if block is not None:
            self._day = self.scene.days[block.column].day
            self._bring_into_view(block)
        self._announce()
        self.viewport().update()

    # Geometry

    def _camera(self) -> Camera:
        view = self.viewport()
        scroll_x, scroll_y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return Camera(view.width(), view.height(), week_head(self._inks), scroll_x, scroll_y)

    def _room(self) -> int:
        return max(0, self.viewport().width() - GUTTER)

    def _settle(self) -> None:
        layout, head = self._layout, week_head(self._inks)
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, layout.height + head - self.viewport().height()))
        vertical.setPageStep(max(1, self.viewport().height() - head))
        vertical.setSingleStep(layout.scene.axis.zoom)
        horizontal.setRange(0, max(0, layout.width - self._room()))
        horizontal.setPageStep(max(1, self._room()))
        horizontal.setSingleStep(MARGIN)
        self._invalidate()

    def _invalidate(self) -> None:
        self._layer = None
        self.viewport().update()

    def _hit(self, place: QPoint) -> WeekHit | None:
        camera = self._camera()
        if place.x() < GUTTER:
            return None
        x, y = camera.to_content(place.x(), place.y())
        return self._layout.hit(x, y if place.y() >= camera.head else -1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._layout = lay_out_week(self.scene, self._room())
        self._settle()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._invalidate()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        camera, painter = self._camera(), QPainter(self.viewport())
        if self._layer is None:
            self._layer = self._painted(camera)
        painter.drawPixmap(QRectF(self.viewport().rect()), self._layer, QRectF(self._layer.rect()))
        painter.setClipRect(QRect(GUTTER, camera.head, camera.width - GUTTER, camera.height - camera.head))
        painter.translate(camera.origin_x, camera.origin_y)
        placed = self._layout.of_visit(self._visit) if self._visit is not None else ()
        OverlayPainter(painter, self._inks).paint_frames(each.box for each in placed)
        painter.resetTransform()
        painter.setClipRect(QRect(GUTTER, 0, camera.width - GUTTER, camera.head))
        column = self.scene.column_of(self._day)
        if column is not None and self.hasFocus():
            strip = self._layout.strips[column]
            mark = QRect(strip.x + camera.origin_x + 1, camera.head - 3, strip.width - 1, 3)
            painter.fillRect(mark, self._inks.color("accent"))
        painter.end()

    def _painted(self, camera: Camera) -> QPixmap:
        ratio = self.viewport().devicePixelRatioF()
        layer = QPixmap(self.viewport().size() * ratio)
        layer.setDevicePixelRatio(ratio)
        painter = QPainter(layer)
        WeekPainter(painter, self._inks, self._layout, camera).paint(self._now_minute())
        painter.end()
        return layer

    def _now_minute(self) -> int:
        local = self._now.astimezone(self.scene.axis.zone)
        return local.hour * 60 + local.minute

    # Selection

    def _block(self) -> WeekBlock | None:
        own = [block for block in self.scene.blocks if block.id == self._visit]
        at = [block for block in own if self.scene.days[block.column].day == self._day]
        return next(iter(at or own), None)

    def _stand(self, day: date, block: WeekBlock | None) -> None:
        """The keyboard moves to a day, and to a visit or none."""
        before, self._day = self._visit, day
        self._visit = block.id if block is not None else None
        if block is not None:
            self._bring_into_view(block)
        self._announce()
        self.viewport().update()
        if self._visit is not None and self._visit != before:
            self.visit_selected.emit(self._visit)
        elif self._visit is None and before is not None:
            self.selection_cleared.emit()

    def _announce(self) -> None:
        block, column = self._block(), self.scene.column_of(self._day)
        name = spoken_block(block, self.scene) if block else spoken_day(self.scene, column or 0)
        if name != self.accessibleName():
            self.setAccessibleName(name)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def _bring_into_view(self, block: WeekBlock) -> None:
        placed = next((each for each in self._layout.placed if each.block is block), None)
        if placed is None:
            return
        camera, box = self._camera(), placed.box
        vertical, side = self.verticalScrollBar(), self.horizontalScrollBar()
        if box.bottom + MARGIN > camera.bottom:
            vertical.setValue(vertical.value() + box.bottom + MARGIN - camera.bottom)
        if box.y - MARGIN < vertical.value():
            vertical.setValue(max(0, box.y - MARGIN))
        if box.right > side.value() + self._room():
            side.setValue(box.right + MARGIN - self._room())
        elif box.x < side.value():
            side.setValue(max(0, box.x - MARGIN))

    def _words_at(self, place: QPoint) -> str:
        hit = self._hit(place)
        if hit is None:
            return ""
        return details(hit.placed.block, self.scene) if hit.placed is not None else why_shut(hit, self.scene)

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hover.stop()
        place = event.position().toPoint()
        hit = self._hit(place)
        if event.button() is not Qt.MouseButton.LeftButton or hit is None:
            return
        day = self.scene.days[hit.column].day
        if place.y() < self._camera().head:
            self.day_opened.emit(day, None)
        else:
            self._stand(day, hit.placed.block if hit.placed is not None else None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover.moved(event.position().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position().toPoint())
        if hit is not None:
            self.day_opened.emit(self.scene.days[hit.column].day, hit.placed.block.id if hit.placed else None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        place = self._current_place() if by_key else event.pos()
        hit = self._hit(place) if place is not None else None
        if place is None or hit is None or hit.minute < 0 or not self.scene.lanes:
            return
        day = self.scene.days[hit.column].day
        self._stand(day, hit.placed.block if hit.placed is not None else None)
        lane = self.scene.lanes[max(0, hit.lane)]
        self.context_requested.emit(self._visit, lane.code, self._instant(day, hit.minute), event.globalPos())

    def _instant(self, day: date, minute: int) -> datetime:
        cells = max(0, min(minute, WHOLE_DAY - self._cell)) // self._cell * self._cell
        clock = datetime(2000, 1, 1, cells // 60, cells % 60).time()
        return wall_instant(day, clock, self.scene.axis.zone)

    def _current_place(self) -> QPoint | None:
        placed = self._layout.of_visit(self._visit) if self._visit is not None else ()
        if not placed:
            return None
        box = self._camera().to_view(placed[0].box)
        return QPoint(box.x + box.width // 2, box.y + min(box.height, 20) // 2)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip:
            return True
        if event.type() is QEvent.Type.Leave:
            self._hover.stop()
        return bool(super().viewportEvent(event))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._hover.stop()
        super().wheelEvent(event)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._walk_days(-1 if key == Qt.Key.Key_Left else 1)
        elif plain and key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            self._walk_visits(key)
        elif key in ENTER:
            self.day_opened.emit(self._day, self._visit)
        elif key == Qt.Key.Key_Escape and self._visit is not None:
            self._stand(self._day, None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def _walk_days(self, by: int) -> None:
        """To the next day, standing on its visit nearest in time where one was selected; beyond the rim turns on."""
        column = self.scene.column_of(self._day)
        place = (column or 0) + by
        if not 0 <= place < len(self.scene.days):
            self.turned.emit(by, self._day)
            return
        block, visits = self._block(), self.scene.of_day(place)
        near = min(visits, key=lambda each: abs(each.start - block.start), default=None) if block else None
        self._stand(self.scene.days[place].day, near)

    def _walk_visits(self, key: Qt.Key) -> None:
        visits = self.scene.of_day(self.scene.column_of(self._day) or 0)
        if not visits:
            return
        numbers = [block.id for block in visits]
        at = numbers.index(self._visit) if self._visit in numbers else -1
        if key == Qt.Key.Key_End:
            place = len(visits) - 1
        elif key == Qt.Key.Key_Home or at < 0:
            place = 0
        else:
            place = max(0, min(at + (1 if key == Qt.Key.Key_Down else -1), len(visits) - 1))
        self._stand(self._day, visits[place])
