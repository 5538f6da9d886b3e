"""The hand at work: it moves by the pointer or by keys, over this page and others.

Holding it at the left or right edge turns the page while it stays in hand. Esc lets go and returns to its page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Generic

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from desk_app.ui.screens.schedule.board_layout import GUTTER, Box
from desk_app.ui.screens.schedule.camera import Camera
from desk_app.ui.screens.schedule.grasp import B, Grasp, H
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.painted_board import WALK_MARGIN
from desk_app.ui.widgets.speech import announce

EDGE_REACH, EDGE_STEP = 20, 12
"""A chain held this near a rim turns the view by so many pixels a move."""

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


class HandBoard(Grasp[H, B], Generic[H, B]):
    """A board whose hand is moved."""

    def __init__(self, inks: Inks, cell_minutes: int, parent: QWidget | None = None) -> None:
        super().__init__(inks, cell_minutes, parent)
        self._pressed: tuple[QPoint, B] | None = None
        self._side = 0
        self._page = QTimer(self)
        self._page.setInterval(HOLD_MILLISECONDS)
        self._page.timeout.connect(self._turn_page)

    # Asked of each board

    def _moved_to(self, held: H, x: int, y: int) -> H:
        """What is in hand with the pointer at a place of the content."""
        raise NotImplementedError

    def _can_take(self, placed: B) -> bool:
        """Whether a visit is still to come."""
        raise NotImplementedError

    def _take(self, place: QPoint, placed: B) -> None:
        """The pointer takes hold of a visit."""
        raise NotImplementedError

    def _selected_ahead(self) -> int | None:
        """The selected visit, where it is still to come."""
        raise NotImplementedError

    def _grasp_selected(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Takes the selected visit by a key; False where the key means something else."""
        raise NotImplementedError

    def _steps_of(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> tuple[int, int]:
        """Columns and cells that an arrow moves it by."""
        return STEPS[key]

    def _hand_box(self, held: H) -> Box:
        """Where it hangs, in its own column."""
        raise NotImplementedError

    def _page_on(self, by: int) -> date:
        """The day to show so many pages on."""
        raise NotImplementedError

    def let_go(self) -> None:
        self._pressed = None
        self._hold_at(0)
        super().let_go()

    def _paint_overlay(self, painter: QPainter, camera: Camera) -> None:
        super()._paint_overlay(painter, camera)
        if self._side and self.held is not None:
            left = GUTTER if self._side < 0 else camera.width - PAGE_BAR
            painter.fillRect(QRect(left, camera.head, PAGE_BAR, camera.height), self._inks.color("accent"))

    # By the pointer

    def drag_to(self, place: QPoint) -> None:
        """The pointer is elsewhere: the chain follows in steps of a cell, the label freely."""
        held = self.held
        if held is None or held.by_key:
            return
        self._turn_view(place)
        self._pointer = place
        moved = self._moved_to(held, *self._camera().to_content(place.x(), place.y()))
        over_tray = held.can_leave and self.lay_elsewhere(self.viewport().mapToGlobal(place))
        self._hang(replace(moved, is_over_tray=over_tray))
        if held.can_leave:
            self._hold_at(self._side_of(place))
            self.dragged_to.emit(self.viewport().mapToGlobal(place))

    def _pull(self, place: QPoint, pressed: tuple[QPoint, B]) -> None:
        """The pointer moves with its button down on a visit: once it is far enough, the visit is taken."""
        origin, placed = pressed
        far = (place - origin).manhattanLength() >= QApplication.startDragDistance()
        if far and self._can_take(placed):
            self._take(origin, placed)
            self.drag_to(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        held = self.held
        if event.button() is Qt.MouseButton.LeftButton and held is not None and not held.by_key:
            self.release(event.position().toPoint())

    def _pointed(self) -> tuple[int, int]:
        """The pointer's place in the content; the middle of the view's left edge where it is elsewhere."""
        place, camera = self.viewport().mapFromGlobal(QCursor.pos()), self._camera()
        if not self.viewport().rect().contains(place):
            place = QPoint(camera.origin_x, (camera.head + camera.height) // 2)
        return camera.to_content(place.x(), place.y())

    def _turn_view(self, place: QPoint) -> None:
        """Near a rim the view turns on, as far as there is more of it."""
        bar, side, camera = self.verticalScrollBar(), self.horizontalScrollBar(), self._camera()
        if place.y() < camera.head + EDGE_REACH:
            bar.setValue(bar.value() - EDGE_STEP)
        elif place.y() > camera.height - EDGE_REACH:
            bar.setValue(bar.value() + EDGE_STEP)
        if place.x() < GUTTER:
            side.setValue(side.value() - EDGE_STEP)
        elif place.x() >= camera.width - PAGE_REACH:
            side.setValue(side.value() + EDGE_STEP)

    def _side_of(self, place: QPoint) -> int:
        """−1 over the hours at the left, 1 at the right edge or beyond it, else 0; 0 where the view turns on itself."""
        view, side = self.viewport(), self.horizontalScrollBar()
        if not 0 <= place.y() < view.height():
            return 0
        if place.x() < GUTTER:
            return -1 if side.value() == side.minimum() else 0
        return 1 if place.x() >= view.width() - PAGE_REACH and side.value() == side.maximum() else 0

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
        if self.held is None:
            self._hold_at(0)
        else:
            self.day_wanted.emit(self._page_on(self._side))

    # By keys

    def _take_by_key(self, event: QKeyEvent) -> bool:
        """M or Shift with an arrow takes the selected visit; Ctrl+X and Ctrl+V are the tray."""
        key, modifiers, number = Qt.Key(event.key()), event.modifiers(), self._selected_ahead()
        if key == Qt.Key.Key_V and modifiers == CONTROL:
            self.paste_wanted.emit()
            return True
        if number is None:
            return False
        if key == Qt.Key.Key_X and modifiers == CONTROL:
            self.tray_wanted.emit(number)
            return True
        return self._grasp_selected(key, modifiers)

    def _key_in_hand(self, event: QKeyEvent) -> None:
        key, modifiers, held = Qt.Key(event.key()), event.modifiers(), self.held
        if held is None:
            return
        if key == Qt.Key.Key_Escape:
            self.put_back()
        elif key in PAGES:
            self.day_wanted.emit(self._page_on(PAGES[key]))
        elif key == Qt.Key.Key_X and modifiers == CONTROL and held.can_leave:
            self.put_back()
            if not held.is_from_tray:
                self.tray_wanted.emit(held.number)
        elif held.by_key and key in STEPS:
            self._step(*self._steps_of(key, modifiers))
        elif held.by_key and key in ENTER:
            self.drop()

    def _step(self, columns: int, cells: int) -> None:
        held = self.held
        if held is not None:
            self._hang(held.stepped(columns, cells))
            self._follow()
            self._say_where()

    def _say_where(self) -> None:
        """Whoever works by keys without the screen hears what the label says, once."""
        held = self.held
        if held is None or not held.by_key:
            return
        label = held.label()
        said = f"{label.head}, {label.tail}" if label.tail else label.head
        if said != self._said:
            self._said = said
            announce(self, said)

    def _follow(self) -> None:
        """What hangs on the pointer stays there; what follows the keys is kept in view."""
        held = self.held
        if held is None:
            return
        if not held.by_key:
            self.drag_to(self._pointer)
            return
        box = self._hand_box(held)
        self._bring_box_into_view(box)
        seen = self._camera().to_view(box)
        self._pointer = QPoint(seen.x + seen.width // 2, seen.bottom - WALK_MARGIN)
        self._hang(held)


AnyBoard = HandBoard[Any, Any]
"""A board whose hand is asked for nothing that differs between a day and a week."""
