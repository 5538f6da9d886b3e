"""The wall display: its own window, full screen on another screen, that tells those who wait where theirs are.

Nobody is named on it, nor what is done with them; its title says nothing of patients either.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QFont, QGuiApplication, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QScreen, QShowEvent
from PySide6.QtWidgets import QWidget

from desk_app.application.flow_day import FlowDay
from desk_app.application.outcome import Changes, Record
from desk_app.application.use_cases.look_at_flow import flow_day
from desk_app.application.wording import clock
from desk_app.ui import fonts, icons, theme
from desk_app.ui.models.flow_wall import WallColumn, wall_columns
from desk_app.ui.services import Services

TITLE = "Front Desk, wall display"
BY_NUMBER = "wall/by_number"
HINT = "Esc closes · N numbers or initials · F11 full screen"
MINUTE_SECONDS = 60
TILES, LARGEST = 8, 44


class WallDisplay(QWidget):
    """Reads only while it is shown."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._columns: tuple[WallColumn, ...] = ()
        self._day: FlowDay | None = None
        self._minute = QTimer(self)
        self._minute.setSingleShot(True)
        self._minute.timeout.connect(self.reload)
        self.setWindowTitle(TITLE)
        self.setAccessibleName(TITLE)
        self.setMinimumSize(640, 360)
        self.resize(1280, 720)
        services.bus.changed.connect(self._on_changed)

    @property
    def columns(self) -> tuple[WallColumn, ...]:
        """What stands on it."""
        return self._columns

    def show_on_another_screen(self, mine: QScreen) -> None:
        """Full screen where there is a second screen, else as a window that can be moved."""
        others = [screen for screen in QGuiApplication.screens() if screen is not mine]
        if others and not self.isVisible():
            self.setGeometry(others[0].geometry())
            self.showFullScreen()
        else:
            self.showNormal() if not self.isVisible() else self.raise_()
        self.activateWindow()

    def reload(self) -> None:
        """Reads anew while somebody can see it."""
        office = self._services.office
        if self.isVisible() and office.is_open:
            self._services.tasks.submit(
                lambda: flow_day(office.desk), self._on_read, self._services.feedback.refuse, "wall"
            )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        self._minute.stop()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_N:
            self._services.memory.set_value(BY_NUMBER, "no" if self._by_number else "yes")
            self._show()
        elif event.key() == Qt.Key.Key_F11:
            self.showNormal() if self.isFullScreen() else self.showFullScreen()
        else:
            super().keyPressEvent(event)

    @property
    def _by_number(self) -> bool:
        return self._services.memory.value(BY_NUMBER) == "yes"

    def _on_changed(self, changes: Changes, by_this_desk: bool) -> None:
        if changes.touches(Record.APPOINTMENT):
            self.reload()

    def _on_read(self, day: FlowDay) -> None:
        self._day = day
        self._show()
        if self.isVisible():
            self._minute.start((MINUTE_SECONDS - self._services.clock.now().second) * 1000)

    def _show(self) -> None:
        if self._day is not None:
            self._columns = wall_columns(self._day, self._by_number)
            told = (f"{column.title}: {', '.join(column.people) or 'nobody'}" for column in self._columns)
            self.setAccessibleDescription(". ".join(told))
            self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colors = QPainter(self), theme.current()
        painter.fillRect(self.rect(), colors.color("window"))
        unit = max(min(self.width() // 40, self.height() // 22, LARGEST), 12)
        self._paint_top(painter, unit)
        width = self.width() // max(len(self._columns), 1)
        for place, column in enumerate(self._columns):
            self._paint_column(painter, QRect(place * width, 3 * unit, width, self.height() - 4 * unit), column, unit)
        painter.setPen(colors.color("text3"))
        painter.setFont(_font(max(unit // 2, 11)))
        painter.drawText(QRect(unit, self.height() - unit, self.width(), unit), Qt.AlignmentFlag.AlignVCenter, HINT)
        painter.end()

    def _paint_top(self, painter: QPainter, unit: int) -> None:
        office, colors = self._services.office, theme.current()
        row = QRect(unit, unit // 2, self.width() - 2 * unit, 2 * unit)
        painter.setPen(colors.color("text"))
        painter.setFont(_font(unit, QFont.Weight.DemiBold))
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, office.catalogue.settings.name)
        now = clock(self._services.clock.now(), office.zone)
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, now)

    def _paint_column(self, painter: QPainter, place: QRect, column: WallColumn, unit: int) -> None:
        colors = theme.current()
        painter.fillRect(place.x(), place.y(), 1, place.height(), colors.color("line"))
        size = max(unit * 3 // 4, 12)
        picture = icons.pixmap(column.icon, colors.color("text2"), size, self.devicePixelRatioF())
        painter.drawPixmap(place.x() + unit // 2, place.y() + (unit - size) // 2, picture)
        painter.setFont(_font(size, QFont.Weight.DemiBold))
        painter.setPen(colors.color("text2"))
        head = QRect(place.x() + unit // 2 + size + 6, place.y(), place.width() - unit // 2 - size - 6, unit)
        told = painter.fontMetrics().elidedText(column.title, Qt.TextElideMode.ElideRight, head.width())
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, told)
        top, room = place.y() + unit * 3 // 2, place.height() - unit * 3 // 2
        each = min(2 * unit, room // max(len(column.people), TILES))
        painter.setFont(_font(max(each * 5 // 8, 10), QFont.Weight.DemiBold))
        painter.setPen(colors.color("text"))
        for number, person in enumerate(column.people):
            tile = QRect(place.x() + unit // 2, top + number * each, place.width() - unit, each - 4)
            painter.fillRect(tile, colors.color("base"))
            painter.drawText(tile, Qt.AlignmentFlag.AlignCenter, person)


def _font(size: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = QFont(fonts.FAMILY)
    font.setPixelSize(size)
    font.setWeight(weight)
    return font
