"""A small calendar under the date: closed days and each day's load are seen, arrows walk, Enter or a click chooses."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from desk_app.application.span_view import DayLoad, MonthView
from desk_app.application.wording import WEEKDAYS, full_date
from desk_app.domain.calendar_pages import WEEK_DAYS, month_grid, months_on
from desk_app.ui import fonts, icons, theme
from desk_app.ui.fonts import Type
from desk_app.ui.screens.schedule.month_layout import MonthLayout, stepped
from desk_app.ui.screens.schedule.month_words import month_title, spoken
from desk_app.ui.screens.schedule.turning import bounded
from desk_app.ui.services import Services

CELL_WIDTH, CELL_HEIGHT, TITLE, NAMES, EDGE = 38, 34, 36, 20, 8
BAR, CHEVRON = 3, 28
WALK = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
}
PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DatePicker(QWidget):
    """Closes once a day is chosen, by Esc, or by a click elsewhere."""

    chosen = Signal(object)
    """The day."""

    def __init__(self, services: Services, day: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._services = services
        self._view = MonthView(date.min, services.office.today)
        self._day = bounded(day)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(self.sizeHint())
        self._stand(self._day)

    @property
    def day(self) -> date:
        """The day that the keyboard stands on."""
        return self._day

    @property
    def view(self) -> MonthView:
        """The month shown, with its load once it is read."""
        return self._view

    def open_under(self, widget: QWidget) -> None:
        self.move(widget.mapToGlobal(QPoint(0, widget.height() + 4)))
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def sizeHint(self) -> QSize:
        width = fonts.scaled(CELL_WIDTH) * WEEK_DAYS + 2 * EDGE
        return QSize(width, fonts.scaled(TITLE + NAMES) + 6 * fonts.scaled(CELL_HEIGHT) + 2 * EDGE)

    # Days

    def _stand(self, day: date) -> None:
        self._day = day
        if self._view.month != day.replace(day=1):
            empty = tuple(DayLoad(each, open_minutes=1, free_minutes=1) for each in month_grid(day))
            self._view = MonthView(day.replace(day=1), self._view.today, empty)
            self._ask(day)
        self._announce()
        self.update()

    def _ask(self, day: date) -> None:
        """The grid is there at once; closed days and the load as soon as they are read."""
        office = self._services.office
        self._services.tasks.submit(
            lambda: office.month(day), self._on_read, self._services.feedback.refuse, "date_picker"
        )

    def _on_read(self, view: MonthView) -> None:
        from shiboken6 import isValid

        if isValid(self) and view.month == self._view.month:
            self._view = view
            self._announce()
            self.update()

    def _announce(self) -> None:
        load = self._view.of(self._day)
        name = spoken(load) if load is not None and load.open_minutes != 1 else full_date(self._day)
        if name != self.accessibleName():
            self.setAccessibleName(name)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def _choose(self, day: date) -> None:
        self.close()
        self.chosen.emit(day)

    # Geometry

    def _grid(self) -> tuple[QRect, MonthLayout]:
        top = EDGE + fonts.scaled(TITLE + NAMES)
        weeks = -(-len(self._view.days) // WEEK_DAYS)
        area = QRect(EDGE, top, self.width() - 2 * EDGE, weeks * fonts.scaled(CELL_HEIGHT))
        return area, MonthLayout(area.width(), area.height(), 0, weeks)

    def cell(self, place: int) -> QRect:
        """Where the day at a place lies."""
        area, layout = self._grid()
        box = layout.cell(place)
        return QRect(area.x() + box.x, area.y() + box.y, box.width, box.height)

    def _chevrons(self) -> tuple[QRect, QRect]:
        size, top = fonts.scaled(CHEVRON), EDGE + (fonts.scaled(TITLE) - fonts.scaled(CHEVRON)) // 2
        right = self.width() - EDGE - size
        return QRect(right - size, top, size, size), QRect(right, top, size, size)

    # Pointer and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if not self.rect().contains(place):
            self.close()
            return
        for chevron, by in zip(self._chevrons(), (-1, 1), strict=True):
            if chevron.contains(place):
                self._turn(by)
        area, layout = self._grid()
        found = layout.place_at(place.x() - area.x(), place.y() - area.y())
        if found is not None and found < len(self._view.days):
            self._choose(self._view.days[found].day)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.angleDelta().y():
            self._turn(-1 if event.angleDelta().y() > 0 else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ENTER:
            self._choose(self._day)
        elif key in PAGES:
            self._turn(PAGES[key])
        elif key in WALK:
            self._stand(bounded(stepped(self._day, WALK[key], [load.day for load in self._view.days])))
        elif key == Qt.Key.Key_T:
            self._stand(self._view.today)
        else:
            super().keyPressEvent(event)  # Esc closes a popup

    def _turn(self, by: int) -> None:
        self._stand(bounded(months_on(self._day, by)))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colors = QPainter(self), theme.current()
        painter.fillRect(self.rect(), colors.color("raised"))
        painter.setPen(colors.color("line2"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        self._paint_head(painter)
        for place, load in enumerate(self._view.days):
            self._paint_day(painter, self.cell(place), load)
        painter.end()

    def _paint_head(self, painter: QPainter) -> None:
        colors, height = theme.current(), fonts.scaled(TITLE)
        painter.setFont(fonts.font(Type.BASE, QFont.Weight.DemiBold))
        painter.setPen(colors.color("text"))
        at = QRect(EDGE + 8, EDGE, self.width() - 2 * EDGE, height)
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, month_title(self._view))
        for chevron, name in zip(self._chevrons(), ("left", "right"), strict=True):
            picture = icons.pixmap(name, colors.color("text2"), 16, self.devicePixelRatioF())
            painter.drawPixmap(chevron.center() - QPoint(8, 8), picture)
        painter.setFont(fonts.font(Type.CAPTION))
        painter.setPen(colors.color("text3"))
        for place, word in enumerate(WEEKDAYS):
            cell = self.cell(place)
            names = QRect(cell.x(), EDGE + height, cell.width(), fonts.scaled(NAMES))
            painter.drawText(names, Qt.AlignmentFlag.AlignCenter, word[:2])

    def _paint_day(self, painter: QPainter, cell: QRect, load: DayLoad) -> None:
        """Closed: hatched. The bar is how much of the rooms' time is booked. Today is the accent's, with a line."""
        colors = theme.current()
        if load.is_closed:
            painter.fillRect(cell.adjusted(1, 1, 0, 0), colors.color("closed"))
            painter.fillRect(cell.adjusted(1, 1, 0, 0), colors.hatch("closed"))
        within, is_today = load.day.month == self._view.month.month, load.day == self._view.today
        painter.setFont(fonts.font(Type.SMALL, QFont.Weight.DemiBold if is_today else QFont.Weight.Normal))
        number = str(load.day.day)
        if load.is_closed:
            width = QFontMetrics(painter.font()).horizontalAdvance(number) + 8
            ground = QRect(cell.center().x() - width // 2, cell.y() + 7, width, cell.height() - 14)
            painter.fillRect(ground, colors.color("closed"))
        painter.setPen(colors.color("accent" if is_today else "text" if within else "text3"))
        painter.drawText(cell.adjusted(0, 0, 0, -4), Qt.AlignmentFlag.AlignCenter, number)
        if load.open_minutes > 1:
            room = cell.width() - 16
            full = room * (load.open_minutes - load.free_minutes) // load.open_minutes
            y = cell.bottom() - BAR - 3
            painter.fillRect(QRect(cell.x() + 8, y, room, BAR), colors.color("grid"))
            painter.fillRect(QRect(cell.x() + 8, y, full, BAR), colors.color("procedure"))
        if is_today:
            painter.fillRect(QRect(cell.x() + 12, cell.y() + 3, cell.width() - 24, 2), colors.color("accent"))
        if load.day == self._day:
            for inset in (0, 1):
                painter.setPen(colors.color("accent"))
                painter.drawRect(cell.adjusted(1 + inset, 1 + inset, -1 - inset, -1 - inset))
