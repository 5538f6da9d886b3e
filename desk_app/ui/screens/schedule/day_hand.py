"""The day's board with a visit in hand, and a visit's lower edge that is drawn to another length."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QPoint, Qt, Signal

from desk_app.application.day_plan import DayPlan
from desk_app.application.schedule_view import DayView, FitMap, LengthMap
from desk_app.domain.practice import Catalogue
from desk_app.ui.screens.schedule.board_layout import Box, Placed
from desk_app.ui.screens.schedule.day_scene import build_scene
from desk_app.ui.screens.schedule.drag import Drag, begin_drag
from desk_app.ui.screens.schedule.expected import AHEAD
from desk_app.ui.screens.schedule.hand import CONTROL, SHIFT, STEPS
from desk_app.ui.screens.schedule.held import CARRIED_GRIP
from desk_app.ui.screens.schedule.preview_view import PreviewView
from desk_app.ui.screens.schedule.scene import ColumnChoice, Scene
from desk_app.ui.screens.schedule.stretch import LEAST_HEIGHT, NEAR, Stretch, begin_stretch, can_stretch
from desk_app.ui.screens.schedule.time_axis import DEFAULT_ZOOM
from desk_app.ui.screens.schedule.turning import DAY, turned


class DayHand(PreviewView):
    """Instants in signals are aware UTC datetimes, columns are resource codes, visits their numbers."""

    visit_stretched = Signal(int, int)
    """The visit, and its procedure's new minutes."""

    lengths_wanted = Signal(int)
    """How long the procedure of the visit whose edge is in hand may be is to be read."""

    @property
    def day(self) -> date:
        """The day on the board."""
        return self._state.scene.axis.day

    def show_scene(self, scene: Scene, changed: frozenset[int] = frozenset()) -> None:
        """As the view does; a chain in hand is let go where its visit is no longer as it was taken."""
        before = self._state.drag
        super().show_scene(scene, changed)
        self._after_scene(before)

    def show_fit_map(self, fit_map: FitMap) -> None:
        """Shades where the chain that is being moved fits; ignored once it has been let go."""
        drag = self._state.drag
        if drag is not None and drag.can_leave and drag.block.id == fit_map.appointment_id:
            self._hang(replace(drag, fit_map=fit_map))
            self._invalidate()
            self._say_where()

    def show_lengths(self, lengths: LengthMap) -> None:
        """Shades how far the edge that is being drawn may go; ignored once it has been let go."""
        drag = self._state.drag
        if isinstance(drag, Stretch) and drag.block.id == lengths.appointment_id:
            self._hang(drag.knowing(lengths))
            self._invalidate()
            self._say_where()

    def select(self, appointment_id: int | None) -> None:
        self._stand_on(self._state.selecting(appointment_id).current)

    def carried(self, plan: DayPlan, catalogue: Catalogue, by: str, now: datetime, by_key: bool) -> Drag | None:
        home = build_scene(DayView(plan, catalogue), ColumnChoice(by), now, DEFAULT_ZOOM)
        block = home.main_block(plan.lines[0].appointment_id)
        if block is None:
            return None
        held = begin_drag(home, block, block.start + CARRIED_GRIP, catalogue.settings.cell_minutes)
        here = held.over(self._state.scene)
        return here.from_tray(*self._keyboard_place(), by_key) if here is not None else None

    def _keyboard_place(self) -> tuple[int | None, int]:
        """Column and minute of what the keyboard stands on, else of the pointer, else of the middle of the view."""
        state = self._state
        if state.current is not None:
            return state.current.column, state.current.start
        if state.gap is not None:
            return state.gap.column, state.gap.start
        x, y = self._pointed()
        return state.layout.column_at(x), state.scene.axis.minute_at(y)

    # By the pointer

    def _moved_to(self, held: Drag, x: int, y: int) -> Drag:
        return held.moved(self._state.layout.column_at(x), self._state.scene.axis.minute_at(y))

    def _hand_box(self, held: Drag) -> Box:
        ghost = next((each for each in self._ghosts if each.block.column == held.column), None)
        if ghost is not None:
            return ghost.box
        axis, strip = self._state.scene.axis, self._state.layout.strips[held.column]
        return Box(strip.x, axis.y_of(held.minute), strip.width, axis.zoom)

    def _page_on(self, by: int) -> date:
        return turned(DAY, self.day, by)

    def _shows(self, appointment_id: int, day: date) -> bool:
        return day == self.day and self._state.scene.main_block(appointment_id) is not None

    def _want_fits(self) -> None:
        if isinstance(self._state.drag, Stretch):
            self.lengths_wanted.emit(self._state.drag.number)
        else:
            super()._want_fits()

    def _tell_drop(self, held: Drag) -> None:
        if isinstance(held, Stretch):
            self.visit_stretched.emit(held.number, held.minutes)
        else:
            super()._tell_drop(held)

    def _can_take(self, placed: Placed) -> bool:
        return placed.block.visit.status in AHEAD

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

    # By keys

    def _selected_ahead(self) -> int | None:
        current = self._state.current
        return current.id if current is not None and current.visit.status in AHEAD else None

    def _grasp_selected(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Ctrl with an arrow takes its edge."""
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
