"""The week with a visit in hand: what it shows, and a chain over the lanes of its days. Painted as one picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from desk_app.application.day_plan import DayPlan
from desk_app.application.schedule_view import FitMap
from desk_app.domain.practice import Catalogue
from desk_app.ui.screens.schedule.board_layout import GUTTER, Box
from desk_app.ui.screens.schedule.camera import Camera
from desk_app.ui.screens.schedule.expected import AHEAD
from desk_app.ui.screens.schedule.hand import CONTROL, SHIFT, STEPS, HandBoard
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.overlay_painter import OverlayPainter
from desk_app.ui.screens.schedule.painted_board import rect_of
from desk_app.ui.screens.schedule.time_axis import bounded_zoom
from desk_app.ui.screens.schedule.turning import WEEK, turned
from desk_app.ui.screens.schedule.week_block_painter import WeekBlockPainter
from desk_app.ui.screens.schedule.week_drag import WeekDrag, begin_week_drag, carried_drag
from desk_app.ui.screens.schedule.week_layout import PlacedVisit, WeekHit, WeekLayout, lay_out_week
from desk_app.ui.screens.schedule.week_painter import WeekPainter, week_head
from desk_app.ui.screens.schedule.week_scene import WeekBlock, WeekScene
from desk_app.ui.screens.schedule.week_speech import WeekSpeech, WeekStop

MARK = 3
"""Pixels of the line under the head of the day that the keyboard stands on."""


class WeekHand(HandBoard[WeekDrag, PlacedVisit]):
    """Days in signals are dates, instants aware UTC datetimes, visits their numbers."""

    reasons_wanted = Signal(object)
    """What is in hand has come over a day: why it does not fit there is to be read."""

    def __init__(self, inks: Inks, scene: WeekScene, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(inks, 5, parent)
        self._now = now
        self._layout: WeekLayout = lay_out_week(scene, 0)
        self._day = scene.days[0].day
        self._visit: int | None = None
        self._held: WeekDrag | None = None
        self._explained: set[date] = set()
        self._speech = WeekSpeech(self, self)
        self.setAccessibleName(self._speech.name())

    # What is shown

    @property
    def scene(self) -> WeekScene:
        return self._layout.scene

    @property
    def layout_now(self) -> WeekLayout:
        return self._layout

    @property
    def day(self) -> date:
        """The day that the keyboard stands on."""
        return self._day

    @property
    def visit(self) -> int | None:
        return self._visit

    def show_scene(self, scene: WeekScene, day: date, now: datetime, cell_minutes: int = 5) -> None:
        """Shows a week with the keyboard on a day; the selection stays where its visit is still there.

        A chain in hand is let go where its visit is no longer as it was taken.
        """
        other_week = scene.days[0].day != self.scene.days[0].day
        scene = replace(scene, axis=replace(scene.axis, zoom=self.scene.axis.zoom))
        self._now, self._cell, before = now, cell_minutes, self._held
        self._layout = lay_out_week(scene, self._room())
        self._day = day if scene.column_of(day) is not None else scene.days[-1].day
        if self._visit is not None and self._block() is None:
            self._visit = None
        self._held = before.over(scene) if before is not None else None
        self._settle()
        if other_week and before is None:
            self.verticalScrollBar().setValue(0)
        self._announce()
        self._after_scene(before)

    def show_fit_map(self, day: date, fit_map: FitMap, is_brief: bool = False) -> None:
        """Shades where the chain in hand fits on a day; ignored once it has been let go, or the page was turned.

        A brief map, which has no reasons, never takes those away that are read under the pointer.
        """
        held = self._held
        if held is None or held.number != fit_map.appointment_id or self.scene.column_of(day) is None:
            return
        if not is_brief or day != held.day or day not in held.fit_maps:
            held = held.shading(day, fit_map)
        self._hang(held)
        self._invalidate()
        self._say_where()

    def stand_on(self, day: date) -> None:
        """Another day is meant from outside; one that is not here changes nothing."""
        if self.scene.column_of(day) is not None:
            self._day = day
            self._announce()

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

    def _head_height(self) -> int:
        return week_head(self._inks)

    def _content_size(self) -> tuple[int, int]:
        return self._layout.width, self._layout.height

    def _line_step(self) -> int:
        return self.scene.axis.zoom

    def _settle(self) -> None:
        """After anything that moves boxes: scroll ranges, a fresh layer."""
        self._set_ranges()
        self._rehang()
        self._invalidate()

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

    # Painting

    def _paint_layer(self, painter: QPainter, camera: Camera) -> None:
        local = self._now.astimezone(self.scene.axis.zone)
        fit_maps = self._held.fit_maps if self._held is not None else {}
        week = WeekPainter(painter, self._inks, self._layout, camera, fit_maps)
        week.paint(local.hour * 60 + local.minute, self._carried)

    def _paint_overlay(self, painter: QPainter, camera: Camera) -> None:
        super()._paint_overlay(painter, camera)
        column = self.scene.column_of(self._day)
        if column is None or not self.hasFocus():
            return
        painter.setClipRect(QRect(GUTTER, 0, camera.width - GUTTER, camera.head))
        strip = self._layout.strips[column]
        mark = QRect(strip.x + camera.origin_x + 1, camera.head - MARK, strip.width - 1, MARK)
        painter.fillRect(mark, self._inks.color("accent"))

    def _paint_marks(self, overlay: OverlayPainter) -> None:
        placed = self._layout.of_visit(self._visit) if self._visit is not None and self._held is None else ()
        overlay.paint_frames(each.box for each in placed)

    def _paint_ghosts(self, painter: QPainter, overlay: OverlayPainter) -> None:
        for ghost in self._ghosts:
            painter.fillRect(rect_of(ghost.box), self._inks.color("base"))
        WeekBlockPainter(painter, self._inks).paint(self._ghosts)
        overlay.paint_frames(ghost.box for ghost in self._ghosts)

    # Selection

    def _block(self) -> WeekBlock | None:
        own = [block for block in self.scene.blocks if block.id == self._visit]
        at = [block for block in own if self.scene.days[block.column].day == self._day]
        return next(iter(at or own), None)

    def current_stop(self) -> WeekStop | None:
        """The visit that the keyboard stands on, else the day."""
        column = self.scene.column_of(self._day)
        return self._block() or (self.scene.days[column] if column is not None else None)

    def _announce(self) -> None:
        """A screen reader hears the current visit, or the day that the keyboard stands on."""
        current = self.current_stop()
        if current is not None:
            self.setAccessibleName(self._speech.spoken_stop(current))
        self._speech.tell()

    def _bring_into_view(self, block: WeekBlock) -> None:
        placed = next((each for each in self._layout.placed if each.block is block), None)
        if placed is not None:
            self._bring_box_into_view(placed.box)

    # The chain in hand

    @property
    def held(self) -> WeekDrag | None:
        return self._held

    def carried(self, plan: DayPlan, catalogue: Catalogue, by: str, now: datetime, by_key: bool) -> WeekDrag | None:
        held = carried_drag(self.scene, plan.lines[0], plan.day, catalogue, self._cell)
        if held is None:
            return None
        block = self._block()
        if block is not None:
            place, minute = (block.column, block.lane), block.start
        else:
            x, y = self._pointed()
            place, minute = self._layout.place_at(x) or (0, held.lane), self.scene.axis.minute_at(y)
        return replace(held, by_key=by_key).moved(place, minute + held.grip)

    def _keep(self, held: WeekDrag | None) -> None:
        self._held = held

    def _hang(self, held: WeekDrag | None) -> None:
        """Once it is known where it fits on a day that it has come over, the reasons are asked for."""
        super()._hang(held)
        if held is not None and held.day in held.fit_maps and held.day not in self._explained:
            self._explained.add(held.day)
            self.reasons_wanted.emit(held.day)

    def _want_fits(self) -> None:
        self._explained = set()
        super()._want_fits()

    def _ghosts_of(self, held: WeekDrag) -> tuple[PlacedVisit, ...]:
        return tuple(self._layout.place(block) for block in held.ghosts())

    def _moved_to(self, held: WeekDrag, x: int, y: int) -> WeekDrag:
        return held.moved(self._layout.place_at(x), self.scene.axis.minute_at(y))

    def _hand_box(self, held: WeekDrag) -> Box:
        own = next((each.box for each in self._ghosts if each.block.lane == held.lane), None)
        strip, axis = self._layout.lane(held.column, held.lane), self.scene.axis
        return own or Box(strip.x, axis.y_of(held.minute), strip.width, axis.zoom)

    def _page_on(self, by: int) -> date:
        return turned(WEEK, self._held.day if self._held is not None else self._day, by)

    def _shows(self, appointment_id: int, day: date) -> bool:
        column = self.scene.column_of(day)
        return any((block.id, block.column) == (appointment_id, column) for block in self.scene.blocks)

    def _can_take(self, placed: PlacedVisit) -> bool:
        return placed.block.line.status in AHEAD

    def _take(self, place: QPoint, placed: PlacedVisit) -> None:
        minute = self.scene.axis.minute_at(place.y() - self._camera().origin_y)
        self.grasp(begin_week_drag(self.scene, placed.block, minute, self._cell), place)

    def _selected_ahead(self) -> int | None:
        block = self._block()
        return block.id if block is not None and block.line.status in AHEAD else None

    def _grasp_selected(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        block, step = self._block(), key in STEPS and bool(modifiers & SHIFT)
        if block is None or not (step or (key == Qt.Key.Key_M and not modifiers)):
            return False
        self.grasp(replace(begin_week_drag(self.scene, block, block.start, self._cell), by_key=True))
        if step:
            self._step(*self._steps_of(key, modifiers))
        return True

    def _steps_of(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> tuple[int, int]:
        """To the side it goes by days, with Ctrl by lanes."""
        columns, cells = super()._steps_of(key, modifiers)
        return columns * (1 if modifiers & CONTROL else len(self.scene.lanes)), cells
