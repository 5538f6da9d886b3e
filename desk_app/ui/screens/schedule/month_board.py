"""The month at work: walk by arrows, open a day by Enter or a click. Painted, without a widget for a day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from desk_app.application.span_view import DayLoad, MonthView
from desk_app.domain.calendar_pages import WEEK_DAYS
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.month_layout import MonthLayout, stepped
from desk_app.ui.screens.schedule.month_painter import MonthPainter, month_head
from desk_app.ui.screens.schedule.month_speech import MonthSpeech
from desk_app.ui.screens.schedule.month_words import spoken
from desk_app.ui.widgets.layered import Layered

KEYS = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MonthBoard(Layered):
    """Days in signals are dates."""

    day_opened = Signal(object, object)
    """A day, and None: no visit is selected on a month."""

    turned = Signal(int, object)
    """Walked out of the month's weeks: −1 or +1, and the day that is wanted then."""

    def __init__(self, inks: Inks, view: MonthView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inks, self._view = inks, view
        self._day = view.month
        self.setMinimumSize(300, 200)
        self._speech = MonthSpeech(self, self)
        self.setAccessibleName(self._speech.name())

    @property
    def view(self) -> MonthView:
        return self._view

    @property
    def day(self) -> date:
        """The day that the keyboard stands on."""
        return self._day

    def show_view(self, view: MonthView, day: date) -> None:
        """Shows a month with the keyboard on a day of it."""
        self._view = view
        self._stand(day)
        self._redraw()

    def stand_on(self, day: date) -> None:
        """Another day is meant from outside; one of another month changes nothing."""
        if day.replace(day=1) == self._view.month:
            self._stand(day)

    def show_inks(self, inks: Inks) -> None:
        self._inks = inks
        self._redraw()

    def layout_now(self) -> MonthLayout:
        weeks = max(1, -(-len(self._view.days) // WEEK_DAYS))
        return MonthLayout(self.width(), self.height(), month_head(self._inks), weeks)

    def _place(self) -> int | None:
        return next((place for place, load in enumerate(self._view.days) if load.day == self._day), None)

    def _at(self, place: QPoint) -> date | None:
        found = self.layout_now().place_at(place.x(), place.y())
        return self._view.days[found].day if found is not None and found < len(self._view.days) else None

    def _words_at(self, place: QPoint) -> str:
        day = self._at(place)
        load = self._view.of(day) if day is not None else None
        return spoken(load).replace(", ", "\n") if load is not None else ""

    def current_stop(self) -> DayLoad | None:
        """The day that the keyboard stands on."""
        return self._view.of(self._day)

    def _stand(self, day: date) -> None:
        self._day = day
        self._tell()
        self.update()

    def _tell(self) -> None:
        """The day and its load."""
        load = self.current_stop()
        self.setAccessibleName(spoken(load) if load is not None else self._speech.name())
        self._speech.tell()

    # Painting

    def _paint_picture(self, painter: QPainter) -> None:
        MonthPainter(painter, self._inks, self.layout_now(), self._view).paint()

    def _paint_over(self, painter: QPainter) -> None:
        place = self._place()
        if place is not None:
            box = self.layout_now().cell(place)
            width = 2 if self.hasFocus() else 1
            for inset in range(width):
                painter.setPen(self._inks.color("accent"))
                painter.drawRect(
                    QRect(box.x + inset, box.y + inset, box.width - 2 - 2 * inset, box.height - 2 - 2 * inset)
                )

    # Pointer and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hover.stop()
        day = self._at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and day is not None:
            self._stand(day)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self._at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and day is not None and day == self._day:
            self.day_opened.emit(day, None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover.moved(event.position().toPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and self._view.days:
            days = [load.day for load in self._view.days]
            wanted = stepped(self._day, KEYS[key], days)
            if wanted in days and wanted.month == self._view.month.month:
                self._stand(wanted)
            elif wanted != self._day:
                self.turned.emit(1 if wanted > self._day else -1, wanted)
        elif key in ENTER:
            self.day_opened.emit(self._day, None)
        else:
            super().keyPressEvent(event)
