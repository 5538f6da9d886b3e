"""The board on which a stretch is drawn: pull over the empty ground of a column, and it can be blocked or kept.

A click selects what shades the ground instead. Where a visit lies the pointer is the visit's, as on any board.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication

from desk_app.application.schedule_view import BLOCKED, CLOSED
from desk_app.ui.screens.schedule.board import Board
from desk_app.ui.screens.schedule.board_layout import GUTTER, Box, Hit
from desk_app.ui.screens.schedule.camera import Camera
from desk_app.ui.screens.schedule.gaps import Gap, same_gap
from desk_app.ui.screens.schedule.head_painter import head_height
from desk_app.ui.screens.schedule.held import Label
from desk_app.ui.screens.schedule.overlay_painter import OverlayPainter, label_place
from desk_app.ui.screens.schedule.scene import Block, Group, ShadeSpan
from desk_app.ui.screens.schedule.time_axis import TimeAxis
from desk_app.ui.screens.schedule.visit_words import tr
from desk_app.ui.screens.schedule.walk import Step


class _Origin(NamedTuple):
    """Where the button went down on empty ground."""

    place: QPoint
    hit: Hit


def stretch_between(axis: TimeAxis, one: int, other: int, cell: int) -> tuple[int, int]:
    """Whole cells from one minute to another, in either direction, within the hours that are shown."""
    low, high = sorted((max(axis.first, min(one, axis.last)), max(axis.first, min(other, axis.last))))
    start, end = low // cell * cell, -(-high // cell) * cell
    return start, min(max(end, start + cell), axis.last)


class DrawingBoard(Board):
    """Beside what a board tells: a stretch that was drawn, and a shade that was clicked."""

    stretch_drawn = Signal(str, object, object)
    """Column, start and end."""

    shade_chosen = Signal(str, str, object)
    """The shade's code, column, and an instant in it."""

    _origin: _Origin | None = None
    _is_drawing = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        place = event.position().toPoint()
        hit = self._hit(place)
        is_ours = event.button() is Qt.MouseButton.LeftButton and self._state.drag is None and self._pressed is None
        self._origin = _Origin(place, hit) if is_ours and hit is not None and hit.placed is None else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._origin is None:
            super().mouseMoveEvent(event)
            return
        far = (place - self._origin.place).manhattanLength() >= QApplication.startDragDistance()
        if self._is_drawing or far:
            self._draw_to(place, self._origin)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        origin, was_drawing = self._origin, self._is_drawing
        self._origin, self._is_drawing = None, False
        if origin is None or event.button() is not Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
        elif was_drawing:
            self.viewport().update()
            self._tell_stretch()
        else:
            self._tell_shade(origin.hit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up a stretch that is being drawn; B blocks the gap that the keyboard stands on.

        On what is blocked already Enter shows its card.
        """
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shade = self._shade_under_keyboard()
        if plain and shade is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose_shade(shade)
        elif self._is_drawing and event.key() == Qt.Key.Key_Escape:
            self._origin, self._is_drawing = None, False
            self._stand_on(None)
            self.viewport().update()
        elif plain and event.key() == Qt.Key.Key_B and self._state.gap is not None and shade is None:
            self._tell_stretch()
        else:
            super().keyPressEvent(event)

    def _draw_to(self, place: QPoint, origin: _Origin) -> None:
        self._is_drawing = True
        self._turn_view(place)
        _, y = self._camera().to_content(place.x(), place.y())
        axis = self._state.scene.axis
        self._pointer = place
        self._stand_on(
            None, Gap(origin.hit.column, *stretch_between(axis, origin.hit.minute, axis.minute_at(y), self._cell))
        )
        self.viewport().update()

    def _tell_stretch(self) -> None:
        gap, scene = self._state.gap, self._state.scene
        if gap is not None:
            code = scene.columns[gap.column].code
            self.stretch_drawn.emit(code, scene.axis.instant_of(gap.start), scene.axis.instant_of(gap.end))

    def _tell_shade(self, hit: Hit) -> None:
        shades = self._state.scene.columns[hit.column].shades
        at = hit.minute
        shade = next((s for s in shades if s.start <= at < s.end and s.code != CLOSED), None)
        if shade is not None:
            self._stand_on(None, Gap(hit.column, max(shade.start, self._state.scene.axis.first), shade.end))
            self._emit_shade(shade, hit.column, at)

    def _choose_shade(self, shade: ShadeSpan) -> None:
        gap = self._state.gap
        if gap is not None:
            self._emit_shade(shade, gap.column, gap.start)

    def _emit_shade(self, shade: ShadeSpan, column: int, minute: int) -> None:
        scene = self._state.scene
        self.shade_chosen.emit(shade.code, scene.columns[column].code, scene.axis.instant_of(minute))

    def _gaps(self) -> tuple[Gap, ...]:
        """The keyboard walks over what is blocked too."""
        scene = self._state.scene
        blocked = [
            Gap(place, max(shade.start, scene.axis.first), min(shade.end, scene.axis.last))
            for place, column in enumerate(scene.columns)
            if column.group is Group.MAIN
            for shade in column.shades
            if shade.code == BLOCKED and shade.start < scene.axis.last and shade.end > scene.axis.first
        ]
        return tuple(sorted([*super()._gaps(), *blocked], key=lambda gap: (gap.column, gap.start)))

    def _walk(self, step: Step) -> None:
        """From a stretch that was drawn the keyboard goes on from the gap it lies in."""
        drawn, gaps = self._state.gap, self._gaps()
        if drawn is not None and drawn not in gaps:
            self._stand_on(None, same_gap(gaps, drawn))
        super()._walk(step)

    def _shade_under_keyboard(self) -> ShadeSpan | None:
        """What is blocked, or kept and was clicked, where the keyboard stands."""
        gap, scene = self._state.gap, self._state.scene
        if gap is None:
            return None
        shades = (s for s in scene.columns[gap.column].shades if s.code != CLOSED)
        return next((s for s in shades if (max(s.start, scene.axis.first), s.end) == (gap.start, gap.end)), None)

    def _spoken(self) -> str:
        gap = self._state.gap
        if self._is_drawing and gap is not None:
            return f"{self._label(gap).head}, {self._state.scene.columns[gap.column].title}"
        shade = self._shade_under_keyboard()
        if shade is not None and gap is not None:
            return f"{shade.text}, {self._label(gap).head}, {self._state.scene.columns[gap.column].title}"
        return super()._spoken()

    def _stand_on(self, block: Block | None, gap: Gap | None = None) -> None:
        """A stretch's frame is wider than the frames that the view repaints by itself."""
        had_gap = self._state.gap is not None
        super()._stand_on(block, gap)
        if had_gap or gap is not None:
            self.viewport().update()

    def _paint_gap(self, overlay: OverlayPainter) -> None:
        """Framed in the whole width of its column, so that the frame leaves the words on the ground alone."""
        gap = self._state.gap
        if gap is not None:
            strip, axis = self._state.layout.strips[gap.column], self._state.scene.axis
            top = axis.y_of(gap.start)
            overlay.paint_gap(Box(strip.x + 1, top, strip.width - 1, axis.y_of(min(gap.end, axis.last)) - top))

    def _paint_overlay(self, painter: QPainter, camera: Camera) -> None:
        super()._paint_overlay(painter, camera)
        gap = self._state.gap
        if self._is_drawing and gap is not None:
            label = self._label(gap)
            bounds = self.viewport().rect().adjusted(GUTTER, head_height(self._inks), 0, 0)
            OverlayPainter(painter, self._inks).paint_label(
                label, label_place(label, self._pointer, bounds, self._inks)
            )

    def _label(self, gap: Gap) -> Label:
        """``10:20–11:40 · 80 min``"""
        clock = self._state.scene.axis.clock
        minutes = tr("{count} min").format(count=gap.end - gap.start)
        return Label(f"{clock(gap.start)}–{clock(gap.end)}", minutes, False)
