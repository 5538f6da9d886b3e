"""Beds by night at work: walked by arrows over beds and nights, changed by pulling a stay into another bed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollBar, QSizePolicy, QWidget

from desk_app.application.bed_fits import PlaceFit, bed_fit
from desk_app.application.beds_view import BedsView, Lying, NightColumn
from desk_app.domain.bay_course import Nearness
from desk_app.domain.practice import Resource
from desk_app.ui.screens.beds.bed_words import spoken_cell
from desk_app.ui.screens.beds.nights_layout import Cell, NightsLayout
from desk_app.ui.screens.beds.nights_painter import NightsPainter
from desk_app.ui.screens.beds.nights_speech import NightsSpeech
from desk_app.ui.screens.beds.pens import Pens
from desk_app.ui.screens.beds.pull_painter import fit_words, paint_frame, paint_label
from desk_app.ui.theme import Theme
from desk_app.ui.widgets.layered import Layered

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


class NightsBoard(Layered):
    """Visits are told by number, beds by code, nights by the day they begin on."""

    visit_selected = Signal(int)
    visit_opened = Signal(int)
    place_selected = Signal(str, object)
    context_requested = Signal(int, QPoint)
    bed_wanted = Signal(int, str)
    """A stay was dropped on another bed."""

    left_above = Signal()
    """Up from the first bed: to recovery."""

    def __init__(self, theme: Theme, view: BedsView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._view = theme, view
        self._layout: NightsLayout | None = None
        self._at: tuple[str, date] | None = None
        self._number: int | None = None
        self._origin: tuple[int, QPoint] | None = None
        self._pointer: QPoint | None = None
        self._carried: Lying | None = None
        self._bar = QScrollBar(Qt.Orientation.Horizontal, self)
        self._bar.valueChanged.connect(self._on_scrolled)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._speech = NightsSpeech(self, self)
        self._arrange()

    # Shown from outside

    def show_view(self, view: BedsView) -> None:
        self._view = view
        self._redraw()
        self._tell()

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._redraw()

    def select(self, number: int | None, at: tuple[str, date] | None = None) -> None:
        """A visit, or a bed on a night by itself, or nothing; no signal."""
        self._number, self._at = number, at
        cell = self.current_cell()
        if cell is not None:
            self._bring_into_view(cell)
        self._tell()
        self.update()

    def carry(self, lying: Lying | None, place: QPoint | None) -> None:
        """Somebody is being pulled here from recovery, or no more."""
        self._carried, self._pointer = lying, place
        self.update()

    def bed_at(self, place: QPoint) -> str | None:
        """The bed under a point of the first night that is shown."""
        cell = self.layout_now().cell_at(place)
        return self._view.beds[cell.bed].code if cell is not None and cell.night == 0 else None

    @property
    def view(self) -> BedsView:
        return self._view

    def layout_now(self) -> NightsLayout:
        if self._layout is None or (self._layout.width, self._layout.shift) != (self.width(), self._bar.value()):
            self._layout = NightsLayout(self._view, max(self.width(), 300), self._bar.value())
        return self._layout

    def cells(self) -> tuple[Cell, ...]:
        """Every bed of every night shown, night by night."""
        layout = self.layout_now()
        return tuple(Cell(bed, night) for night in range(len(layout.nights)) for bed in range(len(self._view.beds)))

    def current_cell(self) -> Cell | None:
        layout = self.layout_now()
        if self._at is not None:
            codes = [bed.code for bed in self._view.beds]
            days = [column.day for column in layout.nights]
            code, day = self._at
            return Cell(codes.index(code), days.index(day)) if code in codes and day in days else None
        return layout.cell_of(self._number) if self._number is not None else None

    def parts(self, cell: Cell) -> tuple[NightColumn, Resource]:
        """A cell's night and bed."""
        return self.layout_now().nights[cell.night], self._view.beds[cell.bed]

    def spoken(self, cell: Cell) -> str:
        column, bed = self.parts(cell)
        return spoken_cell(self._view, column, bed.code)

    # Painting

    def _redraw(self) -> None:
        self._layout = None
        self._arrange()
        super()._redraw()

    def _arrange(self) -> None:
        """The bar lies under the picture, where there is more to the side."""
        layout, height = self.layout_now(), self._bar.sizeHint().height()
        self._bar.setRange(0, layout.beyond)
        self._bar.setPageStep(max(1, self.width() - layout.gutter))
        self._bar.setSingleStep(layout.column)
        self._bar.setVisible(layout.beyond > 0)
        self._bar.setGeometry(layout.gutter, layout.height, max(0, self.width() - layout.gutter), height)
        self.setFixedHeight(layout.height + (height if layout.beyond else 0))

    def _paint_picture(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), self._theme.color("base"))
        NightsPainter(painter, self._theme, self.layout_now()).paint()

    def _paint_over(self, painter: QPainter) -> None:
        layout, cell = self.layout_now(), self.current_cell()
        painter.setClipRect(self.rect().adjusted(layout.gutter, 0, 0, 0))
        if cell is not None:
            inner = layout.cell_rect(cell).adjusted(5, 7, -4, -7)
            paint_frame(painter, self._theme, inner, strong=self.hasFocus())
        self._paint_pull(painter, layout)

    def _paint_pull(self, painter: QPainter, layout: NightsLayout) -> None:
        lying, place = self._lying_in_hand(), self._pointer
        if lying is None or place is None:
            return
        pens, target = Pens(painter, self._theme), layout.cell_at(place)
        night = 0 if self._carried is not None else self._night_of(lying)
        for bed in range(len(self._view.beds)):
            fit = self._fit(lying, bed, night)
            if fit.code != lying.use.resource:
                ground = layout.cell_rect(Cell(bed, night)).adjusted(2, 2, -1, -2)
                pens.outline(ground, pens.color("fit" if fit.fits else "closedhatch"), radius=2, width=2)
        if target is not None and target.night == night:
            fit = self._fit(lying, target.bed, night)
            paint_frame(painter, self._theme, layout.cell_rect(target).adjusted(5, 7, -4, -7), strong=True)
            paint_label(pens, f"{lying.use.family} · {fit_words(fit)}", place, self.rect(), fit.fits)

    def _fit(self, lying: Lying, bed: int, night: int) -> PlaceFit:
        return bed_fit(self._view, self._view.beds[bed], lying, [self.layout_now().nights[night]])

    def _lying_in_hand(self) -> Lying | None:
        if self._carried is not None:
            return self._carried
        if self._origin is None or self._pointer is None:
            return None
        return next((each for each in self._view.of_visit(self._origin[0]) if each.use.kind == "overnight_bed"), None)

    def _night_of(self, lying: Lying) -> int:
        cell = self.layout_now().cell_of(lying.use.appointment_id)
        return cell.night if cell is not None else 0

    def _on_scrolled(self) -> None:
        self._layer = self._layout = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Sideways here; up and down is the whole screen's."""
        by = event.angleDelta().x()
        if by and self._bar.isVisible():
            self._bar.setValue(self._bar.value() - by)
            event.accept()
        else:
            event.ignore()

    def _tell(self) -> None:
        cell = self.current_cell()
        self.setAccessibleName(self.spoken(cell) if cell is not None else self._speech.name())
        self._speech.tell()

    def _words_at(self, place: QPoint) -> str:
        cell = self.layout_now().cell_at(place)
        return self.spoken(cell).replace(", ", "\n") if cell is not None else ""

    def _bring_into_view(self, cell: Cell) -> None:
        rect, layout = self.layout_now().cell_rect(cell), self.layout_now()
        if rect.right() > self.width():
            self._bar.setValue(self._bar.value() + rect.right() - self.width() + 1)
        elif rect.left() < layout.gutter:
            self._bar.setValue(self._bar.value() - (layout.gutter - rect.left()))

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hover.stop()
        place = event.position().toPoint()
        cell = self.layout_now().cell_at(place)
        if cell is None or event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return
        self._choose(cell)
        column, bed = self.parts(cell)
        lying = column.lyings.get(bed.code)
        is_ours = event.button() is Qt.MouseButton.LeftButton
        if is_ours and lying is not None and lying.course.nearness is not Nearness.OVER:
            self._origin = lying.use.appointment_id, place

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._origin is None:
            self._hover.moved(place)
            return
        far = (place - self._origin[1]).manhattanLength() >= QApplication.startDragDistance()
        if self._pointer is not None or far:
            self._pointer = place
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        origin, was_pulled = self._origin, self._pointer is not None
        lying = self._lying_in_hand()
        self._origin = self._pointer = None
        self.update()
        cell = self.layout_now().cell_at(event.position().toPoint())
        if origin is not None and was_pulled and cell is not None and lying is not None:
            code = self._view.beds[cell.bed].code
            if code != lying.use.resource and cell.night == self._night_of(lying):
                self.bed_wanted.emit(origin[0], code)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._number is not None:
            self.visit_opened.emit(self._number)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        cell = self.current_cell()
        if self._number is not None and cell is not None:
            by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
            below = self.mapToGlobal(self.layout_now().cell_rect(cell).bottomLeft())
            self.context_requested.emit(self._number, event.globalPos() if by_mouse else below)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = Qt.Key(event.key()), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key == Qt.Key.Key_Escape and self._pointer is not None:
            self._origin = self._pointer = None
            self.update()
        elif plain and key in ENTER and self._number is not None:
            self.visit_opened.emit(self._number)
        elif not (plain and key in STEPS and self._walk(*STEPS[key])):
            super().keyPressEvent(event)

    def _walk(self, down: int, right: int) -> bool:
        beds, nights, at = len(self._view.beds), len(self.layout_now().nights), self.current_cell()
        if not beds or not nights:
            return False
        if at is None:
            self._choose(Cell(0, 0))
        elif at.bed + down < 0:
            self.left_above.emit()
        else:
            self._choose(Cell(min(at.bed + down, beds - 1), min(max(at.night + right, 0), nights - 1)))
        return True

    def choose_one(self) -> None:
        """The keyboard comes here and stands on something."""
        if self.current_cell() is None and self.cells():
            self._choose(Cell(0, 0))

    def _choose(self, cell: Cell) -> None:
        column, bed = self.parts(cell)
        lying = column.lyings.get(bed.code)
        at, number = (bed.code, column.day), lying.use.appointment_id if lying is not None else None
        if (number, at) == (self._number, self._at):
            return
        self.select(number, at)
        if number is not None:
            self.visit_selected.emit(number)
        else:
            self.place_selected.emit(bed.code, column.day)
