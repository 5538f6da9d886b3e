"""A painted board with something in hand: how it hangs there, is let go, dropped or lost.

The boards of a day and of a week have this one hand; each says where in it a place lies and how a chain is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QWidget

from desk_app.application.day_plan import DayPlan
from desk_app.domain.faults import Conflict
from desk_app.domain.practice import Catalogue
from desk_app.ui.screens.schedule.board_layout import GUTTER, Box
from desk_app.ui.screens.schedule.camera import Camera
from desk_app.ui.screens.schedule.held import Held
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.overlay_painter import OverlayPainter, framed, label_place
from desk_app.ui.screens.schedule.painted_board import PaintedBoard, rect_of


class Boxed(Protocol):
    """A block of either board as it is placed."""

    @property
    def box(self) -> Box: ...


H = TypeVar("H", bound=Held)
B = TypeVar("B", bound=Boxed)


class Grasp(PaintedBoard, Generic[H, B]):
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
        self._ghosts: tuple[B, ...] = ()
        self._covered = QRegion()
        self._pointer = QPoint()
        self._said = ""
        self._carried: frozenset[int] = frozenset()
        self.lay_elsewhere: Callable[[QPoint], bool] = lambda _: False
        """Whether what is let go at a place of the screen is laid there, and not onto the board."""

        self._expected: tuple[int, date] | None = None
        """Selected as soon as it is on the board: what was dropped on another day, or is back on its own."""

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

    def _ghosts_of(self, held: H) -> tuple[B, ...]:
        raise NotImplementedError

    def _shows(self, appointment_id: int, day: date) -> bool:
        """Whether that visit is on that day of the board."""
        raise NotImplementedError

    def _follow(self) -> None:
        """What hangs on the pointer stays there; what follows the keys is kept in view."""
        raise NotImplementedError

    def _paint_marks(self, overlay: OverlayPainter) -> None:
        """What is selected while nothing is in hand, and what has just changed. Content coordinates."""
        raise NotImplementedError

    def _paint_ghosts(self, painter: QPainter, overlay: OverlayPainter) -> None:
        raise NotImplementedError

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

    # Letting go

    def _want_fits(self) -> None:
        if self.held is not None and self.held.can_leave:
            self.fits_wanted.emit()

    def _lose(self, held: H) -> None:
        self.let_go()
        self.drag_lost.emit(held.number)

    def let_go(self) -> None:
        """Nothing is in hand any more, and nothing has changed."""
        self._said = ""
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
        if held is not None:
            overlay.paint_label(held.label(), self._label_place(held))


def changed_meanwhile(appointment_id: int) -> Conflict:
    """What is said when the visit in hand was changed by somebody else."""
    return Conflict("changed", record="appointment", record_id=appointment_id)
