"""The week at work: select a visit, walk by keys, open a day, drag a visit to another time or day."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from desk_app.domain.zone import wall_instant
from desk_app.ui.screens.schedule.hand import ENTER
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.week_hand import WeekHand
from desk_app.ui.screens.schedule.week_scene import WHOLE_DAY, WeekBlock, WeekScene
from desk_app.ui.screens.schedule.week_words import details, why_shut
from desk_app.ui.widgets.hover import Hover


class WeekBoard(WeekHand):
    """Days in signals are dates, instants aware UTC datetimes, visits their numbers."""

    day_opened = Signal(object, object)
    """A day, and the visit that was selected there or None."""

    turned = Signal(int, object)
    """Walked out of the week: −1 or +1, and the day that is wanted then."""

    visit_selected = Signal(int)
    selection_cleared = Signal()
    context_requested = Signal(object, str, object, QPoint)

    def __init__(self, inks: Inks, scene: WeekScene, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(inks, scene, now, parent)
        self._hover = Hover(self.viewport(), self._words_at)

    # Selection

    def _stand(self, day: date, block: WeekBlock | None) -> None:
        """The keyboard moves to a day, and to a visit or none."""
        before, self._day, self._expected = self._visit, day, None
        self._visit = block.id if block is not None else None
        if block is not None:
            self._bring_into_view(block)
        self._announce()
        self.viewport().update()
        if self._visit is not None and self._visit != before:
            self.visit_selected.emit(self._visit)
        elif self._visit is None and before is not None:
            self.selection_cleared.emit()

    def _words_at(self, place: QPoint) -> str:
        hit = self._hit(place)
        if hit is None or self.held is not None:
            return ""
        return details(hit.placed.block, self.scene) if hit.placed is not None else why_shut(hit, self.scene)

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hover.stop()
        place = event.position().toPoint()
        hit = self._hit(place)
        if event.button() is not Qt.MouseButton.LeftButton or hit is None or self.held is not None:
            return
        day = self.scene.days[hit.column].day
        if place.y() < self._camera().head:
            self.day_opened.emit(day, None)
        else:
            self._stand(day, hit.placed.block if hit.placed is not None else None)
            self._pressed = (place, hit.placed) if hit.placed is not None else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self.held is not None:
            self.drag_to(place)
        elif self._pressed is None:
            self._hover.moved(place)
        else:
            self._pull(place, self._pressed)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position().toPoint())
        if hit is not None:
            self.day_opened.emit(self.scene.days[hit.column].day, hit.placed.block.id if hit.placed else None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.held is not None:
            return
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
        if self.held is not None:
            self._key_in_hand(event)
        elif self._take_by_key(event):
            return
        elif plain and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
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
