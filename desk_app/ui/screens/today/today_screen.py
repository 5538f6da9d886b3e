"""The Today screen: what is missing, the flow board and its foot, kept true by everybody's changes and the clock.

A minute that passes makes the words anew from what was read, and touches only cards whose words differ. While nobody
looks nothing is read and no timer runs; at midnight, or whenever the day turns out to be another, it is read anew.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desk_app.application.flow_day import FlowDay
from desk_app.application.outcome import Record
from desk_app.application.use_cases.look_at_flow import flow_day
from desk_app.domain.statuses import AppointmentStatus
from desk_app.ui.fonts import Type
from desk_app.ui.models.flow_cards import FlowCard
from desk_app.ui.models.flow_missing import missing_groups
from desk_app.ui.models.flow_words import FlowWords, flow_words
from desk_app.ui.operations.visits import stepping
from desk_app.ui.screens.today.flow_board import FlowBoard
from desk_app.ui.screens.today.missing_bar import MissingBar
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import flat_word
from desk_app.ui.widgets.empty_page import EmptyPage
from desk_app.ui.widgets.read_when_seen import ReadWhenSeen

CONCERNED = (
    Record.APPOINTMENT,
    Record.VISIT_STEP,
    Record.READINESS,
    Record.CALLBACK,
    Record.AUTHORIZATION,
    Record.PATIENT,
    Record.BED,
    Record.PRACTICE,
    Record.BLOCKOUT,
)
MINUTE_SECONDS = 60


class TodayScreen(ReadWhenSeen):
    """Visits are told by their numbers."""

    concerned = CONCERNED

    visit_selected = Signal(int)
    visit_opened = Signal(int)
    context_requested = Signal(int, QPoint)
    schedule_wanted = Signal()
    day_shown = Signal(object)
    """The day that is on the board."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(lambda: services.office.is_open, parent)
        self._services = services
        self._day: FlowDay | None = None
        self._number = 0
        self._words: FlowWords | None = None
        self.missing, self.board = MissingBar(), FlowBoard()
        self._foot = texts.label("", Type.SMALL, role="text2")
        self._who = flat_word("Who has gone home, did not come or was cancelled today")
        self._empty, self._pages = EmptyPage(), QStackedWidget()
        self._minute = QTimer(self)
        self._minute.setSingleShot(True)
        self._minute.timeout.connect(self.pass_a_minute)
        self._lay_out()
        self._connect()

    # Shown from outside

    def focus_content(self) -> None:
        """The keyboard goes to the cards; where there are none, to the page that says so."""
        if self._pages.currentWidget() is self._empty:
            self._empty.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.board.focus()

    def select(self, visit: int | None) -> bool:
        """Selects a visit's card, or none; answers whether it is on the board. No signal."""
        self.missing.let_go()
        return self.board.select(visit)

    def showEvent(self, event: QShowEvent) -> None:
        was_stale = self._is_stale
        super().showEvent(event)
        if not self._services.office.is_open:
            return
        if self._day is None and not was_stale:
            self.reload()
        elif self._day is not None and not was_stale:
            self.day_shown.emit(self._day.day)
            self.pass_a_minute()
        if not event.spontaneous() and (visit := self.board.selected_visit) is not None:
            self.visit_selected.emit(visit)  # another screen has shown somebody else meanwhile

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._show_foot)  # the foot has its own width only then

    def hideEvent(self, event: QHideEvent) -> None:
        self._minute.stop()
        super().hideEvent(event)

    @property
    def foot_words(self) -> str:
        """Who has gone home, did not come, or was cancelled."""
        return self._words.foot.told() if self._words is not None else ""

    @property
    def is_ticking(self) -> bool:
        """Whether it waits for the next minute."""
        return self._minute.isActive()

    # Reading

    def _read_anew(self) -> None:
        office, self._number = self._services.office, self._number + 1
        number = self._number
        self._services.tasks.submit(
            lambda: flow_day(office.desk),
            lambda day: self._on_read(number, day),
            self._services.feedback.refuse,
            "flow",
        )

    def _on_read(self, number: int, day: FlowDay) -> None:
        if number == self._number:
            self._day = day
            self.day_shown.emit(day.day)
            self._show()
            self._await_next_minute()

    def _show(self) -> None:
        if self._day is None:
            return
        now = self._services.clock.now()
        words = flow_words(self._day, now)
        self.missing.show_groups(missing_groups(self._day, now))
        if words == self._words:
            return
        self._words = words
        self.board.show_words(words)
        self._show_foot()
        self._who.setVisible(bool(words.gone))
        self._show_page(bool(self._day.lines))

    def _show_foot(self) -> None:
        """As many names as there is room for."""
        if self._words is None:
            return
        foot, room = self._words.foot, self._foot.width()
        tries = (foot.told(most) for most in range(len(foot.home), -1, -1))
        fits = (told for told in tries if self._foot.fontMetrics().horizontalAdvance(told) <= room)
        self._foot.setText(next(fits, foot.told(0)))
        texts.set_tool_tip(self._foot, foot.told())

    def _show_page(self, has_visits: bool) -> None:
        page = self.board if has_visits else self._empty
        if page is not self._pages.currentWidget():
            had_keyboard = self._pages.isAncestorOf(QApplication.focusWidget() or self)
            self._pages.setCurrentWidget(page)
            if had_keyboard:
                self.focus_content()

    # The clock

    def pass_a_minute(self) -> None:
        """Other words for the same day; another day is read."""
        if self._day is not None and self._day.day != self._services.office.today:
            self.reload()
        else:
            self._show()
        self._await_next_minute()

    def _await_next_minute(self) -> None:
        if self.isVisible():
            self._minute.start((MINUTE_SECONDS - self._services.clock.now().second) * 1000)

    # What is done here

    def _on_arrived(self, card: FlowCard) -> None:
        """The one who was named is here, and is selected as their card is: keys mean whom the inspector shows."""
        if card.visit is not None:
            self.board.select(card.visit)
            operations, office = self._services.operations, self._services.office
            self.visit_selected.emit(card.visit)
            step = AppointmentStatus.ARRIVED
            operations.run(stepping(operations.run, office, card.visit, step, card.version))

    def _on_missing_chosen(self, visit: int) -> None:
        self.board.select(visit)
        self.visit_selected.emit(visit)

    def _on_chosen(self, visit: int) -> None:
        self.missing.let_go()
        self.visit_selected.emit(visit)

    def _on_nobody_meant(self, typed: str) -> None:
        self._services.feedback.refused.emit(f"Nobody of that name is expected today: {typed}")

    def _show_gone(self) -> None:
        """Who is on the board no more, to be looked at."""
        menu = QMenu(self)
        for card in reversed(self._words.gone if self._words is not None else ()):
            if card.visit is not None:
                menu.addAction(texts.for_menu(card.spoken), partial(self._on_missing_chosen, card.visit))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._who.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    # Building

    def _lay_out(self) -> None:
        foot = QWidget()
        foot.setObjectName("foot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(texts.picture("discharged", "text2"))
        self._foot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self._foot, 1)
        self._who.setText("Show them")
        row.addWidget(self._who)
        self._empty.say(
            "Nobody is expected today",
            "Booked visits of today stand here in columns, from expected to gone home. Other days are on the schedule.",
            "To the schedule",
        )
        self._pages.addWidget(self.board)
        self._pages.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.missing)
        column.addWidget(self._pages, 1)
        column.addWidget(foot)

    def _connect(self) -> None:
        self.missing.visit_chosen.connect(self._on_missing_chosen)
        self.missing.visit_opened.connect(self.visit_opened)
        self.board.visit_selected.connect(self._on_chosen)
        self.board.visit_opened.connect(self.visit_opened)
        self.board.menu_wanted.connect(self.context_requested)
        self.board.arrived.connect(self._on_arrived)
        self.board.nobody_meant.connect(self._on_nobody_meant)
        self._who.clicked.connect(self._show_gone)
        self._empty.step_taken.connect(self.schedule_wanted)
