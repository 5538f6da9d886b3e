"""Recovery at work: one picture, walked by arrows, changed by pulling a stay into another bay."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from desk_app.application.beds_view import BedsView
from desk_app.domain.bay_course import Nearness
from desk_app.domain.dataclass import dataclass
from desk_app.ui.screens.beds.bed_words import bay_words, spoken_bay, spoken_lying
from desk_app.ui.screens.beds.pull_painter import paint_frame, paint_pull
from desk_app.ui.screens.beds.recovery_layout import RecoveryLayout, Row, Stay
from desk_app.ui.screens.beds.recovery_painter import RecoveryPainter
from desk_app.ui.screens.beds.recovery_speech import RecoverySpeech
from desk_app.ui.theme import Theme
from desk_app.ui.widgets.layered import Layered

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class Stop:
    """What the keyboard can stand on: a stay, or its bay where there is none."""

    row: Row
    stay: Stay | None = None

    @property
    def rect(self) -> QRect:
        return self.stay.block if self.stay is not None else self.row.rect


@dataclass
class Pull:
    """A stay in the hand: where it was taken, and where the pointer is."""

    stay: Stay
    origin: QPoint
    place: QPoint
    is_moving: bool = False


class RecoveryBoard(Layered):
    """Visits are told by number, bays by code."""

    visit_selected = Signal(int)
    visit_opened = Signal(int)
    place_selected = Signal(str)
    selection_cleared = Signal()
    context_requested = Signal(int, QPoint)
    bay_wanted = Signal(int, str)
    """A stay was dropped on another bay."""

    pulled_out = Signal(int, QPoint)
    """A stay is being pulled beyond this picture: where the pointer is, in the window."""

    dropped_out = Signal(int, QPoint)
    left_below = Signal()
    """Down from the last bay: to the nights."""

    def __init__(self, theme: Theme, view: BedsView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._view = theme, view
        self._layout: RecoveryLayout | None = None
        self._number: int | None = None
        self._place = ""
        self._pull: Pull | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._speech = RecoverySpeech(self, self)
        self._fit_height()

    # Shown from outside

    def show_view(self, view: BedsView) -> None:
        """Another look: the selection stays where its visit is still shown."""
        self._view = view
        self._redraw()
        if self._pull is not None and self.layout_now().stay_of(self._pull.stay.number) is None:
            self._pull = None
        self._tell()

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._redraw()

    def select(self, number: int | None, place: str = "") -> None:
        """A visit, or a bay by itself, or nothing; no signal."""
        self._number, self._place = number, place
        self._tell()
        self.update()

    @property
    def selected(self) -> int | None:
        return self._number

    def layout_now(self) -> RecoveryLayout:
        """The picture's places at the present width."""
        if self._layout is None or self._layout.width != self.width():
            self._layout = RecoveryLayout(self._view, max(self.width(), 300))
        return self._layout

    @property
    def view(self) -> BedsView:
        return self._view

    def stops(self) -> tuple[Stop, ...]:
        """Every bay with its stays behind it, in the order they are walked."""
        layout = self.layout_now()
        found = []
        for row in layout.rows:
            found.append(Stop(row))
            found += [Stop(row, stay) for stay in layout.stays if stay.bay is row.bay]
        return tuple(found)

    def current_stop(self) -> Stop | None:
        stops = self.stops()
        if self._number is not None:
            mine = [stop for stop in stops if stop.stay is not None and stop.stay.number == self._number]
            if mine:
                return mine[-1]
        return next((s for s in stops if s.stay is None and s.row.bay.resource.code == self._place), None)

    def spoken(self, stop: Stop) -> str:
        if stop.stay is None:
            return spoken_bay(self._view, stop.row.bay)
        return spoken_lying(self._view, stop.stay.lying)

    # Painting

    def _redraw(self) -> None:
        self._layout = None
        self._fit_height()
        super()._redraw()

    def _fit_height(self) -> None:
        self.setFixedHeight(self.layout_now().height)

    def _paint_picture(self, painter: QPainter) -> None:
        RecoveryPainter(painter, self._theme, self.layout_now()).paint()

    def _paint_over(self, painter: QPainter) -> None:
        stop = self.current_stop()
        if stop is not None:
            paint_frame(painter, self._theme, stop.rect, strong=self.hasFocus(), whole_row=stop.stay is None)
        if self._pull is not None and self._pull.is_moving:
            paint_pull(painter, self._theme, self.layout_now(), self._pull.stay, self._pull.place)

    def _tell(self) -> None:
        stop = self.current_stop()
        self.setAccessibleName(self.spoken(stop) if stop is not None else self._speech.name())
        self._speech.tell()

    def _words_at(self, place: QPoint) -> str:
        stay = self.layout_now().stay_at(place)
        if stay is None:
            return ""
        words = bay_words(self._view, stay.lying)
        return "\n".join(part for part in (spoken_lying(self._view, stay.lying).replace(", ", "\n"), words[0]) if part)

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hover.stop()
        place = event.position().toPoint()
        stay, row = self.layout_now().stay_at(place), self.layout_now().row_at(place)
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return
        if stay is not None:
            self._choose(Stop(Row(stay.bay, stay.block), stay))
            movable = stay.lying.course.nearness is not Nearness.OVER
            if event.button() is Qt.MouseButton.LeftButton and movable:
                self._pull = Pull(stay, place, place)
        elif row is not None:
            self._choose(Stop(row))
        else:
            self._choose(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._pull is None:
            self._hover.moved(place)
            return
        far = (place - self._pull.origin).manhattanLength() >= QApplication.startDragDistance()
        if not (self._pull.is_moving or far):
            return
        self._pull.is_moving, self._pull.place = True, place
        if not self.rect().contains(place):
            self.pulled_out.emit(self._pull.stay.number, self.mapToGlobal(place))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pull, self._pull = self._pull, None
        if pull is None or event.button() is not Qt.MouseButton.LeftButton or not pull.is_moving:
            return
        self.update()
        place = event.position().toPoint()
        row = self.layout_now().row_at(place)
        if not self.rect().contains(place):
            self.dropped_out.emit(pull.stay.number, self.mapToGlobal(place))
        elif row is not None and row.bay.resource.code != pull.stay.bay.resource.code:
            self.bay_wanted.emit(pull.stay.number, row.bay.resource.code)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        stay = self.layout_now().stay_at(event.position().toPoint())
        if stay is not None:
            self.visit_opened.emit(stay.number)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        stop = self.current_stop()
        if stop is not None and stop.stay is not None:
            by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
            place = event.globalPos() if by_mouse else self.mapToGlobal(stop.rect.bottomLeft())
            self.context_requested.emit(stop.stay.number, place)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = Qt.Key(event.key()), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key == Qt.Key.Key_Escape and self._pull is not None:
            self._pull = None
            self.update()
        elif plain and key in ENTER and self._number is not None:
            self.visit_opened.emit(self._number)
        elif not (plain and self._walk(key)):
            super().keyPressEvent(event)

    def _walk(self, key: Qt.Key) -> bool:
        stops, at = self.stops(), self.current_stop()
        if key not in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down) or not stops:
            return False
        if at is None:
            self._choose(self._first(stops))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            place = stops.index(at) + (1 if key == Qt.Key.Key_Right else -1)
            if 0 <= place < len(stops):
                self._choose(stops[place])
        else:
            self._walk_rows(stops, at, 1 if key == Qt.Key.Key_Down else -1)
        return True

    def _walk_rows(self, stops: tuple[Stop, ...], at: Stop, by: int) -> None:
        bays = [row.bay for row in self.layout_now().rows]
        place = bays.index(at.row.bay) + by
        if place >= len(bays):
            self.left_below.emit()
        elif place >= 0:
            mine = [stop for stop in stops if stop.row.bay is bays[place]]
            middle = at.rect.center().x() if at.stay is not None else 0
            stays = [stop for stop in mine if stop.stay is not None]
            to_stay = at.stay is not None and stays
            self._choose(min(stays, key=lambda s: abs(s.rect.center().x() - middle)) if to_stay else mine[0])

    def _first(self, stops: tuple[Stop, ...]) -> Stop:
        """Who lies there now; else whoever comes next; else the first bay."""
        stays = [stop for stop in stops if stop.stay is not None]
        there = [s for s in stays if s.stay and s.stay.lying.course.nearness is Nearness.THERE]
        ahead = [s for s in stays if s.stay and s.stay.lying.course.is_ahead]
        coming = min(ahead, key=lambda s: s.rect.left(), default=stops[0])
        return there[0] if there else coming

    def choose_one(self) -> None:
        """The keyboard comes here and stands on something."""
        if self.current_stop() is None and self.stops():
            self._choose(self._first(self.stops()))

    def _choose(self, stop: Stop | None) -> None:
        number = stop.stay.number if stop is not None and stop.stay is not None else None
        place = stop.row.bay.resource.code if stop is not None and stop.stay is None else ""
        if (number, place) == (self._number, self._place):
            return
        self.select(number, place)
        if number is not None:
            self.visit_selected.emit(number)
        elif place:
            self.place_selected.emit(place)
        else:
            self.selection_cleared.emit()
