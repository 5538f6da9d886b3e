"""The day as it stood at an earlier moment, in the inspector: what differs from now, each visit a key away."""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QWidget

from desk_app.application.reports.behind import BehindLine
from desk_app.application.use_cases import reporting
from desk_app.application.wording import count, moment, weekday_date
from desk_app.domain.practice import Catalogue
from desk_app.domain.zone import to_utc
from desk_app.ui.fonts import Type
from desk_app.ui.panels.behind_panel import BehindList
from desk_app.ui.panels.form import ENTER, Form
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.alive import while_alive
from desk_app.ui.widgets.when_edit import WhenEdit

SAME = "The day stands as it stood then."
NOT_UNDERSTOOD = "Type a day and a time, for instance yesterday 17:00."


class StoodPanel(Form):
    """``opened`` with the number of a visit. Another moment is typed into its field."""

    opened = Signal(int)
    is_short = True

    def __init__(self, services: Services, day: date) -> None:
        super().__init__("As it stood", "Compare", "Enter", "late")
        self._services, self._day = services, day
        self.when = WhenEdit("yesterday 17:00")
        self.list = BehindList()
        self.list.setAccessibleName("What differs")
        self._caption = texts.label("", Type.CAPTION, QFont.Weight.DemiBold, "text3", wrap=True)
        self.body.addWidget(self.add_field("moment", "As it stood at", self.when))
        self.body.addWidget(self._caption)
        self.column.insertWidget(2, self.list, 1)
        self.area.setMaximumHeight(self.when.sizeHint().height() * 4)
        self.say_title(f"{weekday_date(day)}, as it stood", "what has changed since then")
        self.list.keyboard_moved.connect(self._say_step)
        self.list.doubleClicked.connect(lambda _: self._open())
        self.when.picked.connect(self.compare)
        self.setFocusProxy(self.when)
        today = services.office.today
        self.when.show_when(today, time(0), today)
        self.is_stored()
        self.compare()

    def catalogue(self) -> Catalogue:
        return self._services.office.catalogue

    def stops(self) -> list[QWidget]:
        return [self.when, self.list, self.primary]

    def has_draft(self) -> bool:
        """A moment that was typed is nothing to lose."""
        return False

    def leave(self) -> None:
        self.left.emit()

    def submit(self) -> None:
        """Opens the chosen visit where the keyboard is on it, else compares."""
        if self.list.hasFocus():
            self._open()
        else:
            self.compare()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.list.hasFocus():
            self._open()
        else:
            super().keyPressEvent(event)

    def compare(self) -> None:
        """Reads what differs from the typed moment on."""
        self.forgive()
        at = self._moment()
        if at is None:
            self.complain(NOT_UNDERSTOOD, "moment")
            return
        office = self._services.office
        self._services.tasks.submit(
            lambda: reporting.as_it_stood(office.desk, self._day, at),
            while_alive(self, lambda lines: self._show(lines, at)),
            while_alive(self, self._on_failed),
            "as it stood",
        )

    def _moment(self) -> datetime | None:
        office, clock = self._services.office, self.when.clock()
        if not self.when.is_understood() or (self.when.day() is None and clock is None):
            return None
        day = self.when.day() or office.today
        return to_utc(datetime.combine(day, clock or time(0)), office.zone)

    def _show(self, lines: tuple[BehindLine, ...], at: datetime) -> None:
        self.list.lines.show(lines)
        since = moment(at, self._services.office.zone, self._services.office.today)
        self._caption.setText(f"{count(len(lines), 'visit differs', 'visits differ')} since {since}" if lines else SAME)
        self._say_step()

    def _on_failed(self, fault: Exception) -> None:
        if not self.refuse(fault):
            self._services.feedback.refuse(fault)

    def _open(self) -> None:
        line = self.list.lines.line_at(self.list.currentIndex().row())
        if line is not None:
            self.opened.emit(line.number)

    def _say_step(self) -> None:
        self.primary.say("Open the visit" if self.list.hasFocus() else "Compare")
