"""The board with a visit in hand: by the pointer or by keys, within the day and across days, until it is dropped.

Holding it at the left or right edge turns the page while it stays in hand. Esc lets go and returns to its day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from desk_app.application.schedule_view import FitMap
from desk_app.domain.faults import Conflict
from desk_app.ui.screens.schedule.board_layout import GUTTER, Placed
from desk_app.ui.screens.schedule.board_view import WALK_MARGIN
from desk_app.ui.screens.schedule.camera import Camera
from desk_app.ui.screens.schedule.drag import Drag, begin_drag
from desk_app.ui.screens.schedule.expected import AHEAD
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.preview_view import PreviewView
from desk_app.ui.screens.schedule.scene import Scene
from desk_app.ui.screens.schedule.stretch import LEAST_HEIGHT, NEAR, Stretch, begin_stretch, can_stretch

EDGE_REACH, EDGE_STEP = 20, 12
"""A chain held this near the upper or lower rim turns the view by so many pixels a move."""

PAGE_REACH, HOLD_MILLISECONDS = 24, 700
"""Held this near the right edge (or over the hours at the left) for so long, the page turns; and again."""

PAGE_BAR = 5
STEPS: Mapping[Qt.Key, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
PAGES: Mapping[Qt.Key, int] = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class HandView(PreviewView):
    """Instants in signals are aware UTC datetimes, columns are resource codes, visits their numbers."""

    drag_started = Signal(int)
    drag_ended = Signal()
    drag_lost = Signal(int)
    """Somebody else changed the visit in hand: it has been let go."""

    fits_wanted = Signal()
    """Where the chain in hand fits on this board is to be read, and shown by :meth:`show_fit_map`."""

    visit_dropped = Signal(int, object, str)
    request_dropped = Signal(int, object, str)
    visit_stretched = Signal(int, int)
    """The visit, and its procedure's new minutes."""

    day_wanted = Signal(object)
    """Another day is to be shown, with whatever is in hand."""

    tray_wanted = Signal(int)
    """The visit is to be laid into the tray."""

    paste_wanted = Signal()
    dragged_to = Signal(QPoint)
    """Where the pointer is with the visit in hand, on the screen."""

    def __init__(
        self, inks: Inks, scene: Scene, now: datetime, cell_minutes: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(inks, scene, now, parent)
        self._cell = cell_minutes
        self._pressed: tuple[QPoint, Placed] | None = None
        self.lay_elsewhere: Callable[[QPoint], bool] = lambda _: False
        """Whether what is let go at a place of the screen is laid there, and not onto the board."""

        self._side = 0
        self._expected: int | None = None
        """Selected as soon as it is on the board: what was dropped on another day, or is back on its own."""

        self._page = QTimer(self)
        self._page.setInterval(HOLD_MILLISECONDS)
        self._page.timeout.connect(self._turn_page)

    @property
    def day(self) -> date:
        """The day on the board."""
        return self._state.scene.axis.day

    def show_scene(self, scene: Scene, changed: frozenset[int] = frozenset()) -> None:
        """As the view does; a chain in hand is let go where its visit is no longer as it was taken."""
        before = self._state.drag
        super().show_scene(scene, changed)
        drag = self._state.drag
        if self._expected is not None and self._state.scene.main_block(self._expected) is not None:
            expected, self._expected = self._expected, None
            self.select(expected)
        if before is not None and drag is None:
            self._lose(before)
        elif drag is not None:
            self._follow()
            self._want_fits()

    def show_fit_map(self, fit_map: FitMap) -> None:
        """Shades where the chain that is being moved fits; ignored once it has been let go."""
        drag = self._state.drag
        if drag is not None and drag.block.id == fit_map.appointment_id:
            self._hang(replace(drag, fit_map=fit_map))
            self._invalidate()

    def select(self, appointment_id: int | None) -> None:
        """Selects a visit from outside, without a signal."""
        self._stand_on(self._state.selecting(appointment_id).current)

    def grasp(self, drag: Drag, place: QPoint | None = None) -> None:
        """Takes something into the hand; it hangs at a place of the viewport, or follows the keys."""
        self._pointer = place if place is not None else self._pointer
        self._hang(drag)
        if not drag.by_key:
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._follow()
        self.viewport().update()
        self.drag_started.emit(drag.block.id)
        self._want_fits()

    def lose(self, appointment_id: int) -> None:
        """Somebody else changed that visit: if it is in hand it snaps back."""
        drag = self._state.drag
        if drag is not None and drag.block.id == appointment_id and drag.is_away:
            self._let_go()
            self._lose(drag)
            self.day_wanted.emit(drag.home_day)

    def release(self, place: QPoint) -> None:
        """The pointer lets go: into the tray where that lies under it, else onto the board."""
        drag = self._state.drag
        if drag is None or isinstance(drag, Stretch) or not self.lay_elsewhere(self.viewport().mapToGlobal(place)):
            self.drop()
            return
        self._let_go()
        if not drag.is_from_tray:
            self.tray_wanted.emit(drag.block.id)

    def keyboard_place(self) -> tuple[int | None, int]:
        """Column and minute of what the keyboard stands on, else of the pointer, else of the middle of the view."""
        state, camera = self._state, self._camera()
        if state.current is not None:
            return state.current.column, state.current.start
        if state.gap is not None:
            return state.gap.column, state.gap.start
        place = self.viewport().mapFromGlobal(QCursor.pos())
        if not self.viewport().rect().contains(place):
            place = QPoint(camera.origin_x, (camera.head + camera.height) // 2)
        x, y = camera.to_content(place.x(), place.y())
        return state.layout.column_at(x), state.scene.axis.minute_at(y)

    def drop(self) -> None:
        """What is in hand stays where it hangs."""
        drag = self._state.drag
        if drag is None:
            return
        self._let_go()
        if not drag.has_moved:
            return
        self._expected = drag.block.id if drag.is_away or drag.is_from_tray else None
        if isinstance(drag, Stretch):
            self.visit_stretched.emit(drag.block.id, drag.minutes)
        elif drag.is_request:
            self.request_dropped.emit(-drag.block.id, drag.start, drag.column_code)
        else:
            self.visit_dropped.emit(drag.block.id, drag.start, drag.column_code)

    def put_back(self) -> None:
        """Lets go and returns to the day it came from; what came from the tray lies in it still."""
        drag = self._state.drag
        self._let_go()
        if drag is not None and drag.is_away and not drag.is_from_tray:
            self._expected = drag.block.id
            self.day_wanted.emit(drag.home_day)

    # By the pointer

    def drag_to(self, place: QPoint) -> None:
        """The pointer is elsewhere: the chain follows in steps of a cell, the label freely."""
        drag = self._state.drag
        if drag is None or drag.by_key:
            return
        self._turn_view(place)
        x, y = self._camera().to_content(place.x(), place.y())
        self._pointer = place
        moved = drag.moved(self._state.layout.column_at(x), self._state.scene.axis.minute_at(y))
        over_tray = not isinstance(drag, Stretch) and self.lay_elsewhere(self.viewport().mapToGlobal(place))
        self._hang(replace(moved, is_over_tray=over_tray))
        if not isinstance(drag, Stretch):
            self._hold_at(self._side_of(place))
            self.dragged_to.emit(self.viewport().mapToGlobal(place))

    def _take(self, place: QPoint, placed: Placed) -> None:
        minute = self._state.scene.axis.minute_at(place.y() - self._camera().origin_y)
        if self._is_edge(place, placed):
            self.grasp(begin_stretch(self._state.scene, placed.block, minute, self._cell), place)
        else:
            self.grasp(begin_drag(self._state.scene, placed.block, minute, self._cell), place)

    def _show_edge(self, place: QPoint) -> None:
        """The pointer says where an edge can be drawn."""
        hit = self._hit(place)
        if hit is not None and hit.placed is not None and self._is_edge(place, hit.placed):
            self.viewport().setCursor(Qt.CursorShape.SizeVerCursor)
        else:
            self.viewport().unsetCursor()

    def _is_edge(self, place: QPoint, placed: Placed) -> bool:
        block = placed.block
        if not can_stretch(block) or block.visit.status not in AHEAD or placed.body.height < LEAST_HEIGHT:
            return False
        y = place.y() - self._camera().origin_y
        return any(abs(y - edge) <= NEAR for edge in (placed.body.bottom, placed.box.bottom))

    def _turn_view(self, place: QPoint) -> None:
        """Near the upper or lower rim the view turns on."""
        bar, camera = self.verticalScrollBar(), self._camera()
        if place.y() < camera.head + EDGE_REACH:
            bar.setValue(bar.value() - EDGE_STEP)
        elif place.y() > camera.height - EDGE_REACH:
            bar.setValue(bar.value() + EDGE_STEP)

    def _side_of(self, place: QPoint) -> int:
        """−1 over the hours at the left, 1 at the right edge or beyond it, else 0."""
        view = self.viewport()
        if not 0 <= place.y() < view.height():
            return 0
        if place.x() < GUTTER:
            return -1
        return 1 if place.x() >= view.width() - PAGE_REACH else 0

    def _hold_at(self, side: int) -> None:
        if side == self._side:
            return
        self._side = side
        if side:
            self._page.start()
        else:
            self._page.stop()
        self.viewport().update()

    def _turn_page(self) -> None:
        if self._state.drag is None:
            self._hold_at(0)
        else:
            self.day_wanted.emit(self.day + timedelta(days=self._side))

    def _paint_overlay(self, painter: QPainter, camera: Camera) -> None:
        super()._paint_overlay(painter, camera)
        if self._side and self._state.drag is not None:
            left = GUTTER if self._side < 0 else camera.width - PAGE_BAR
            painter.fillRect(QRect(left, camera.head, PAGE_BAR, camera.height), self._inks.color("accent"))

    # By keys

    def _take_by_key(self, event: QKeyEvent) -> bool:
        """M or Shift with an arrow takes the selected visit, Ctrl with one its edge; Ctrl+X and Ctrl+V are the tray."""
        key, modifiers, current = Qt.Key(event.key()), event.modifiers(), self._state.current
        if key == Qt.Key.Key_V and modifiers == CONTROL:
            self.paste_wanted.emit()
            return True
        if current is None or current.visit.status not in AHEAD:
            return False
        if key == Qt.Key.Key_X and modifiers == CONTROL:
            self.tray_wanted.emit(current.id)
            return True
        return self._grasp_current(key, modifiers)

    def _grasp_current(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        scene, current = self._state.scene, self._state.current
        block = scene.main_block(current.id) if current else None
        step = STEPS.get(key) if modifiers & (SHIFT | CONTROL) else None
        if block is None:
            return False
        if step is not None and modifiers & CONTROL and step[1] and can_stretch(block):
            self.grasp(replace(begin_stretch(scene, block, block.body.end, self._cell), by_key=True))
        elif (step is not None and modifiers & SHIFT) or (key == Qt.Key.Key_M and not modifiers):
            self.grasp(replace(begin_drag(scene, block, block.start, self._cell), by_key=True))
        else:
            return False
        if step is not None:
            self._step(*step)
        return True

    def _key_in_hand(self, event: QKeyEvent) -> None:
        key, drag = Qt.Key(event.key()), self._state.drag
        if drag is None:
            return
        if key == Qt.Key.Key_Escape:
            self.put_back()
        elif key in PAGES:
            self.day_wanted.emit(self.day + timedelta(days=PAGES[key]))
        elif key == Qt.Key.Key_X and event.modifiers() == CONTROL and not isinstance(drag, Stretch):
            self.put_back()
            if not drag.is_from_tray:
                self.tray_wanted.emit(drag.block.id)
        elif drag.by_key and key in STEPS:
            self._step(*STEPS[key])
        elif drag.by_key and key in ENTER:
            self.drop()

    def _step(self, columns: int, cells: int) -> None:
        drag = self._state.drag
        if drag is not None:
            self._hang(drag.stepped(columns, cells))
            self._follow()

    def _follow(self) -> None:
        """What hangs on the pointer stays there; what follows the keys is kept in view."""
        drag = self._state.drag
        if drag is None:
            return
        if not drag.by_key:
            self.drag_to(self._pointer)
            return
        ghost = next((each for each in self._ghosts if each.block.column == drag.column), None)
        axis, camera, bar = self._state.scene.axis, self._camera(), self.verticalScrollBar()
        top = ghost.box.y if ghost else axis.y_of(drag.minute)
        bottom = ghost.box.bottom if ghost else top + axis.zoom
        if bottom + WALK_MARGIN > camera.bottom:
            bar.setValue(bar.value() + bottom + WALK_MARGIN - camera.bottom)
        if top - WALK_MARGIN < self._camera().top:
            bar.setValue(max(0, top - WALK_MARGIN))
        strip, camera = self._state.layout.strips[drag.column], self._camera()
        self._pointer = QPoint(strip.x + strip.width // 2 + camera.origin_x, bottom + camera.origin_y - WALK_MARGIN)
        self._hang(drag)

    # Letting go

    def _want_fits(self) -> None:
        if self._state.drag is not None and not isinstance(self._state.drag, Stretch):
            self.fits_wanted.emit()

    def _lose(self, drag: Drag) -> None:
        self._let_go()
        self.drag_lost.emit(drag.block.id)

    def _let_go(self) -> None:
        self._pressed = None
        self._hold_at(0)
        self._hang(None)
        self.viewport().unsetCursor()
        self._invalidate()
        self.drag_ended.emit()


def changed_meanwhile(appointment_id: int) -> Conflict:
    """What is said when the visit in hand was changed by somebody else."""
    return Conflict("changed", record="appointment", record_id=appointment_id)
