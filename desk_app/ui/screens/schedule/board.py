"""The day's board at work: select, open, walk by keyboard, and drag a visit to another time or column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from desk_app.ui.screens.schedule.board_layout import Hit
from desk_app.ui.screens.schedule.board_speech import BoardSpeech
from desk_app.ui.screens.schedule.board_state import BoardState, same_columns
from desk_app.ui.screens.schedule.day_hand import DayHand
from desk_app.ui.screens.schedule.gaps import Gap, gaps_of, same_gap, spoken_gap
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.scene import Block, Scene
from desk_app.ui.screens.schedule.time_axis import QUARTER
from desk_app.ui.screens.schedule.visit_details import detail_text, spoken_text
from desk_app.ui.screens.schedule.visit_words import tr
from desk_app.ui.screens.schedule.walk import Step, next_stop
from desk_app.ui.widgets.hover import Hover

STEPS = {
    Qt.Key.Key_Up: Step.UP,
    Qt.Key.Key_Down: Step.DOWN,
    Qt.Key.Key_Left: Step.LEFT,
    Qt.Key.Key_Right: Step.RIGHT,
    Qt.Key.Key_Home: Step.FIRST,
    Qt.Key.Key_End: Step.LAST,
}
TURNS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
ZOOM_STEP = 2
ZOOM_KEYS = {Qt.Key.Key_Plus: ZOOM_STEP, Qt.Key.Key_Equal: ZOOM_STEP, Qt.Key.Key_Minus: -ZOOM_STEP}
WHEEL_NOTCH = 120


class Board(DayHand):
    """Instants in signals are aware UTC datetimes, columns are resource codes, visits their numbers."""

    visit_selected = Signal(int)
    selection_cleared = Signal()
    visit_opened = Signal(int)
    cancel_requested = Signal(int)
    gap_activated = Signal(str, object)
    slot_wanted = Signal(str, object)
    """A slot is sought from a gap on: column and instant."""

    who_fits_wanted = Signal(str, object)
    """Who waits and could take a gap: column and instant."""

    request_wanted = Signal(object)
    """A caller is taken down for a gap: its first instant."""

    context_requested = Signal(object, str, object, QPoint)
    """Visit or None, column, instant, global place."""

    def __init__(
        self, inks: Inks, scene: Scene, now: datetime, cell_minutes: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(inks, scene, now, cell_minutes, parent)
        self._names: Mapping[str, str] = {}
        self._hover = Hover(self.viewport(), self._words_at)
        self._speech = BoardSpeech(self, self)
        self.setAccessibleName(tr("Schedule"))

    def show_names(self, names: Mapping[str, str], cell_minutes: int) -> None:
        """The name of each resource code, and the practice's grid of starts."""
        self._names = names
        self._cell = cell_minutes

    def show_scene(self, scene: Scene, changed: frozenset[int] = frozenset()) -> None:
        """As the view does; the keyboard stays where it can, and a screen reader is told."""
        before, gaps = self._state, self._gaps()
        super().show_scene(scene, changed)
        self._keep_gap(is_part=self._state.gap not in gaps)
        self._stand_where_it_was(before)
        self._announce()

    def reveal(self, appointment_id: int) -> None:
        """Selects a visit from outside, without a signal, and brings it into view."""
        self.select(appointment_id)
        self._bring_into_view()

    # Selection

    def _stand_on(self, block: Block | None, gap: Gap | None = None) -> None:
        super()._stand_on(block, gap)
        self._announce()

    def _keep_gap(self, is_part: bool) -> None:
        """After a change the keyboard stays on what is left of its gap; on a part of one, where that is still free."""
        gap = self._state.gap
        if gap is None:
            return
        left = same_gap(self._gaps(), gap)
        if not (is_part and left is not None and left.start <= gap.start and gap.end <= left.end):
            self._stand_on(None, left)

    def _stand_where_it_was(self, before: BoardState) -> None:
        """The visit under the keyboard is gone: what it leaves free is there instead."""
        gone, state = before.current, self._state
        if gone is None or state.current is not None or state.gap is not None or state.drag is not None:
            return
        left = Gap(gone.column, gone.start, gone.end)
        around = same_gap(self._gaps(), left) if same_columns(state.scene, before.scene) else None
        if around is not None:
            self._stand_on(None, replace(left, start=max(left.start, around.start), end=min(left.end, around.end)))

    def _gaps(self) -> tuple[Gap, ...]:
        return gaps_of(self._state.scene, self._state.now_minute, self._cell)

    def _choose(self, block: Block | None) -> None:
        """The person at the desk selected a visit, or none."""
        before, self._expected = self._state.selected_id, None
        self._stand_on(block)
        if block is None:
            self.selection_cleared.emit()
        elif block.id != before:
            self.visit_selected.emit(block.id)

    def _announce(self) -> None:
        """A screen reader hears the current visit, or the gap that the keyboard stands on."""
        block, text = self._state.current, self._spoken()
        if text != self.accessibleName():
            self.setAccessibleName(text)
            self.setAccessibleDescription(self._details(block) if block else "")
        self._speech.tell()

    def gaps(self) -> tuple[Gap, ...]:
        """Where nobody is, from now on."""
        return self._gaps()

    def _spoken(self) -> str:
        state = self._state
        if state.current is not None:
            return spoken_text(state.current, state.scene.columns[state.current.column])
        return spoken_gap(state.gap, state.scene) if state.gap is not None else tr("Schedule")

    def _details(self, block: Block) -> str:
        return detail_text(block.visit, block.words, self._names, self._state.scene.axis.zone)

    def _words_at(self, place: QPoint) -> str:
        hit = self._hit(place)
        if hit is None or hit.placed is None or self._state.drag is not None:
            return ""
        return self._details(hit.placed.block)

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hover.stop()
        if event.button() is not Qt.MouseButton.LeftButton or self._state.drag is not None:
            return
        place = event.position().toPoint()
        hit = self._hit(place)
        if hit is not None:
            self._choose(hit.placed.block if hit.placed else None)
            self._pressed = (place, hit.placed) if hit.placed else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._state.drag is not None:
            self.drag_to(place)
        elif self._pressed is None:
            self._hover.moved(place)
            self._show_edge(place)
        else:
            self._pull(place, self._pressed)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position().toPoint())
        if hit is None:
            return
        if hit.placed is not None:
            self.visit_opened.emit(hit.placed.block.id)
        else:
            self.gap_activated.emit(*self._gap(hit))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.held is not None:
            return
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        place = self._current_place() if by_key else event.pos()
        hit = self._hit(place) if place is not None else None
        if hit is None or place is None:
            return
        if not by_key:
            self._choose(hit.placed.block if hit.placed else None)
        gap = self._state.gap if by_key else None
        at = self._begin_of(gap) if gap is not None else self._gap(hit)
        self.context_requested.emit(self._state.selected_id, *at, self.viewport().mapToGlobal(place))

    def _gap(self, hit: Hit) -> tuple[str, datetime]:
        scene = self._state.scene
        return scene.columns[hit.column].code, scene.axis.instant_of(hit.minute // self._cell * self._cell)

    def _begin_of(self, gap: Gap) -> tuple[str, datetime]:
        scene = self._state.scene
        return scene.columns[gap.column].code, scene.axis.instant_of(gap.start)

    def _current_place(self) -> QPoint | None:
        box = self._state.current_box()
        if box is None:
            return None
        view = self._camera().to_view(box)
        return QPoint(view.x + view.width // 2, view.y + min(view.height, 20) // 2)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip:
            return True
        if event.type() is QEvent.Type.Leave:
            self._hover.stop()
        return bool(super().viewportEvent(event))

    # Keyboard and wheel

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, current = Qt.Key(event.key()), self._state.current
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._state.drag is not None:
            self._key_in_hand(event)
        elif self._take_by_key(event):
            return
        elif key in STEPS and plain:
            self._walk(STEPS[key])
        elif key in TURNS and plain:
            self._turn_hours(TURNS[key])
        elif self._state.gap is not None and plain and self._take_gap_key(key, self._state.gap):
            return
        elif key in ZOOM_KEYS:
            self.set_zoom(self.zoom + ZOOM_KEYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self.visit_opened.emit(current.id)
        elif key == Qt.Key.Key_Delete and current is not None:
            self.cancel_requested.emit(current.id)
        elif key == Qt.Key.Key_Escape and current is not None:
            self._choose(None)
        else:
            super().keyPressEvent(event)

    def _walk(self, step: Step) -> None:
        stop = next_stop(self._state.scene, self._gaps(), self._state.current or self._state.gap, step)
        if isinstance(stop, Gap):
            had_visit = self._state.current is not None
            self._stand_on(None, stop)
            if had_visit:
                self.selection_cleared.emit()
        elif stop is not None:
            self._choose(stop)
        self._bring_into_view()

    def _take_gap_key(self, key: Qt.Key, gap: Gap) -> bool:
        """What its menu offers by the same keys; Enter does what a double click does, Esc lets go."""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.gap_activated.emit(*self._begin_of(gap))
        elif key == Qt.Key.Key_F:
            self.slot_wanted.emit(*self._begin_of(gap))
        elif key == Qt.Key.Key_N:
            self.request_wanted.emit(self._begin_of(gap)[1])
        elif key == Qt.Key.Key_G:
            self.who_fits_wanted.emit(*self._begin_of(gap))
        elif key == Qt.Key.Key_Escape:
            self._stand_on(None)
        else:
            return False
        return True

    def _turn_hours(self, direction: int) -> None:
        """Turns the view by the whole hours in it, less one, so that the eye keeps its place."""
        camera, hour = self._camera(), self.zoom * (60 // QUARTER)
        hours = max(1, (camera.bottom - camera.top) // hour - 1)
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + direction * hours * hour)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._hover.stop()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            notches = event.angleDelta().y() // WHEEL_NOTCH
            self.set_zoom(self.zoom + ZOOM_STEP * notches, round(event.position().y()))
            event.accept()
        else:
            super().wheelEvent(event)
