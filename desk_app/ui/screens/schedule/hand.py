"""A painted board with a visit in hand: by the pointer or by keys, over this page and others, until it is dropped.

Holding it at the left or right edge turns the page while it stays in hand. Esc lets go and returns to its page.
The boards of a day and of a week have this one hand; each says where in it a place lies and how a chain is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent, QPainter, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from desk_app.application.read_models import DayPlan
from desk_app.domain.faults import Conflict
from desk_app.domain.practice import Catalogue
from desk_app.ui.screens.schedule.board_layout import GUTTER, Box
from desk_app.ui.screens.schedule.camera import Camera
from desk_app.ui.screens.schedule.held import Held
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.overlay_painter import OverlayPainter, framed, label_place
from desk_app.ui.screens.schedule.painted_board import WALK_MARGIN, PaintedBoard, rect_of
from desk_app.ui.screens.schedule.speech import announce

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


class Boxed(Protocol):
    """A block of either board as it is placed."""

    @property
    def box(self) -> Box: ...


H = TypeVar("H", bound=Held)
B = TypeVar("B", bound=Boxed)


class HandBoard(PaintedBoard, Generic[H, B]):
    """Instants in signals are aware UTC datetimes, columns are resource codes, visits their numbers."""

    drag_started = Signal(int)
    drag_ended = Signal()
    drag_lost = Signal(int)
    """Somebody else changed the visit in hand: it has been let go."""

    fits_wanted = Signal()
    """Where the chain in hand fits on this page is to be read."""

    visit_dropped = Signal(int, object, str)
    request_dropped = Signal(int, object, str)
    day_wanted = Signal(object)
    """The page of another day is to be shown, with whatever is in hand."""

    tray_wanted = Signal(int)
    """The visit is to be laid into the tray."""

    paste_wanted = Signal()
    dragged_to = Signal(QPoint)
    """Where the pointer is with the visit in hand, on the screen."""

    def __init__(self, inks: Inks, cell_minutes: int, parent: QWidget | None = None) -> None:
        super().__init__(inks, parent)
        self._cell = cell_minutes
        self._pressed: tuple[QPoint, B] | None = None
        self._ghosts: tuple[B, ...] = ()
        self._covered = QRegion()
        self._pointer = QPoint()
        self._said = ""
        self._carried: frozenset[int] = frozenset()
        self.lay_elsewhere: Callable[[QPoint], bool] = lambda _: False
        """Whether what is let go at a place of the screen is laid there, and not onto the board."""

        self._side = 0
        self._expected: tuple[int, date] | None = None
        """Selected as soon as it is on the board: what was dropped on another day, or is back on its own."""

        self._page = QTimer(self)
        self._page.setInterval(HOLD_MILLISECONDS)
        self._page.timeout.connect(self._turn_page)

    # Asked of each board

    @property
    def held(self) -> H | None:
        """What is in hand."""
        raise NotImplementedError

    def carried(self, plan: DayPlan, catalogue: Catalogue, by: str, now: datetime, by_key: bool) -> H | None:
        """What lies alone on a plan, to be taken out of the tray; None where no column here is of its kind."""
        raise NotImplementedError

    def select(self, appointment_id: int | None) -> None:
        """Selects a visit from outside, without a signal."""
        raise NotImplementedError

    def _keep(self, held: H | None) -> None:
        raise NotImplementedError

    def _moved_to(self, held: H, x: int, y: int) -> H:
        """What is in hand with the pointer at a place of the content."""
        raise NotImplementedError

    def _ghosts_of(self, held: H) -> tuple[B, ...]:
        raise NotImplementedError

    def _hand_box(self, held: H) -> Box:
        """Where it hangs, in its own column."""
        raise NotImplementedError

    def _page_on(self, by: int) -> date:
        """The day to show so many pages on."""
        raise NotImplementedError

    def _shows(self, appointment_id: int, day: date) -> bool:
        """Whether that visit is on that day of the board."""
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

    def _paint_marks(self, overlay: OverlayPainter) -> None:
        """What is selected while nothing is in hand, and what has just changed. Content coordinates."""
        raise NotImplementedError

    def _paint_ghosts(self, painter: QPainter, overlay: OverlayPainter) -> None:
        raise NotImplementedError

    def _steps_of(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> tuple[int, int]:
        """Columns and cells that an arrow moves it by."""
        return STEPS[key]

    # What is in hand

    def show_carried(self, visits: frozenset[int]) -> None:
        """Visits that lie in the tray keep their place, dimmed."""
        if visits != self._carried:
            self._carried = visits
            self._invalidate()

    def grasp(self, held: H, place: QPoint | None = None) -> None:
        """Takes something into the hand; it hangs at a place of the viewport, or follows the keys."""
        self._pointer = place if place is not None else self._pointer
        self._hang(held)
        if not held.by_key:
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._follow()
        self.viewport().update()
        self.drag_started.emit(held.number)
        self._want_fits()

    def lose(self, appointment_id: int) -> None:
        """Somebody else changed that visit: if it is in hand it snaps back."""
        held = self.held
        if held is not None and held.number == appointment_id and held.is_away:
            self.let_go()
            self._lose(held)
            self.day_wanted.emit(held.home_day)

    def release(self, place: QPoint) -> None:
        """The pointer lets go: into the tray where that lies under it, else onto the board."""
        held = self.held
        if held is None or not held.can_leave or not self.lay_elsewhere(self.viewport().mapToGlobal(place)):
            self.drop()
            return
        self.let_go()
        if not held.is_from_tray:
            self.tray_wanted.emit(held.number)

    def drop(self) -> None:
        """What is in hand stays where it hangs."""
        held = self.held
        if held is None:
            return
        self.let_go()
        if held.has_moved:
            is_elsewhere = held.day != held.home_day or held.is_from_tray
            self._expected = (held.number, held.day) if is_elsewhere else None
            self._tell_drop(held)

    def put_back(self) -> None:
        """Lets go and returns to the page it came from; what came from the tray lies in it still."""
        held = self.held
        self.let_go()
        if held is not None and held.is_away and not held.is_from_tray:
            self._expected = held.number, held.home_day
            self.day_wanted.emit(held.home_day)

    def _tell_drop(self, held: H) -> None:
        if held.is_request:
            self.request_dropped.emit(-held.number, held.start, held.column_code)
        else:
            self.visit_dropped.emit(held.number, held.start, held.column_code)

    def _after_scene(self, before: H | None) -> None:
        """Another scene is shown: a chain is let go where its visit is no longer as it was taken."""
        held = self.held
        if self._expected is not None and self._shows(*self._expected):
            (expected, _), self._expected = self._expected, None
            self.select(expected)
        if before is not None and held is None:
            self._lose(before)
        elif held is not None:
            self._follow()
            self._want_fits()

    def _hang(self, held: H | None) -> None:
        """The chain hangs elsewhere, or is let go: repaints where it was and is."""
        if held != self.held or held is None or not self._ghosts:
            self._ghosts = self._ghosts_of(held) if held is not None else ()
        self._keep(held)
        covers = self._region_of(self._ghosts)
        if held is not None:
            covers += self._label_place(held)
        self.viewport().update(self._covered.united(covers))
        self._covered = covers

    def _rehang(self) -> None:
        """Everything lies elsewhere now."""
        self._ghosts = ()
        self._hang(self.held)

    def _region_of(self, blocks: tuple[B, ...]) -> QRegion:
        camera, region = self._camera(), QRegion()
        for placed in blocks:
            region += rect_of(camera.to_view(framed(placed.box)))
        return region

    def _label_place(self, held: Held) -> QRect:
        bounds = self.viewport().rect().adjusted(GUTTER, self._head_height(), 0, 0)
        return label_place(held.label(), self._pointer, bounds, self._inks)

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

    # Letting go

    def _want_fits(self) -> None:
        if self.held is not None and self.held.can_leave:
            self.fits_wanted.emit()

    def _lose(self, held: H) -> None:
        self.let_go()
        self.drag_lost.emit(held.number)

    def let_go(self) -> None:
        """Nothing is in hand any more, and nothing has changed."""
        self._pressed = None
        self._said = ""
        self._hold_at(0)
        self._hang(None)
        self.viewport().unsetCursor()
        self._invalidate()
        self.drag_ended.emit()

    # Painting

    def _paint_overlay(self, painter: QPainter, camera: Camera) -> None:
        overlay, held = OverlayPainter(painter, self._inks), self.held
        painter.setClipRect(QRect(GUTTER, camera.head, camera.width - GUTTER, camera.height - camera.head))
        painter.save()
        painter.translate(camera.origin_x, camera.origin_y)
        self._paint_marks(overlay)
        if held is not None:
            self._paint_ghosts(painter, overlay)
        painter.restore()
        painter.setClipping(False)
        if held is None:
            return
        overlay.paint_label(held.label(), self._label_place(held))
        if self._side:
            left = GUTTER if self._side < 0 else camera.width - PAGE_BAR
            painter.fillRect(QRect(left, camera.head, PAGE_BAR, camera.height), self._inks.color("accent"))


AnyBoard = HandBoard[Any, Any]
"""A board whose hand is asked for nothing that differs between a day and a week."""


def changed_meanwhile(appointment_id: int) -> Conflict:
    """What is said when the visit in hand was changed by somebody else."""
    return Conflict("changed", record="appointment", record_id=appointment_id)
