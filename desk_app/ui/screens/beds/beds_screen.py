"""The Beds screen: a day's recovery and the nights from it on, kept true by everybody's changes and by the clock."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desk_app.application.beds_view import BedsView, Lying, Recovery
from desk_app.application.outcome import Record
from desk_app.application.use_cases.look_at_beds import beds_view
from desk_app.ui.screens.beds.bed_words import nights_line, recovery_line, title, tr
from desk_app.ui.screens.beds.beds_head import SPANS, NightsHead, RecoveryHead
from desk_app.ui.screens.beds.nights_board import NightsBoard
from desk_app.ui.screens.beds.recovery_board import RecoveryBoard
from desk_app.ui.services import Services
from desk_app.ui.theme import Theme, current
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.read_when_seen import ReadWhenSeen

CONCERNED = (Record.APPOINTMENT, Record.PRACTICE, Record.BED, Record.BLOCKOUT, Record.SESSION, Record.PATIENT)
MINUTE_SECONDS = 60
SPAN = "beds/nights"
"""Where the number of nights looked at last is remembered."""


class BedsScreen(texts.Themed, ReadWhenSeen):
    """Visits are told by number, places by code and the day they are looked at on."""

    concerned = CONCERNED

    visit_selected = Signal(int)
    visit_opened = Signal(int)
    place_selected = Signal(str, object)
    selection_cleared = Signal()
    context_requested = Signal(int, QPoint)
    bay_wanted = Signal(int, str)
    bed_wanted = Signal(int, str)
    stay_wanted = Signal(int, str)
    """Somebody in recovery was dropped on a bed of tonight."""

    print_requested = Signal(object)
    assign_requested = Signal()
    """Bays and beds are to be given anew."""

    day_turned = Signal(object)
    """It is past midnight: the new day, for whoever looked at today."""

    view_shown = Signal(object)
    """The :class:`BedsView` that is on the screen now."""

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(lambda: services.office.is_open, parent)
        self._services, self._drawn_in = services, theme
        office = services.office
        self._day: date = office.today
        kept = services.memory.value(SPAN)
        self._nights = int(kept) if kept in {str(nights) for _, nights in SPANS} else SPANS[0][1]
        self._asked = 0
        self._view: BedsView | None = None
        empty = BedsView(office.catalogue, office.clock.now(), office.today, Recovery(office.today))
        self.recovery_head, self.nights_head = RecoveryHead(), NightsHead()
        self.recovery, self.nights = RecoveryBoard(theme, empty), NightsBoard(theme, empty)
        self._minute = QTimer(self)
        self._lay_out()
        self._connect()
        self._await_next_minute()

    # Shown from outside

    @property
    def day(self) -> date:
        return self._day

    @property
    def nights_shown(self) -> int:
        """How many nights are shown."""
        return self._nights

    @property
    def view(self) -> BedsView | None:
        return self._view

    def show_day(self, day: date) -> None:
        """Another day; the one that is shown already is not read twice."""
        if day != self._day or self._view is None or self._is_stale:
            self._day = day
            self.reload()

    def select_visit(self, number: int | None) -> None:
        """Selects a visit in both pictures, as far as it is shown; no signal."""
        self.recovery.select(number)
        self.nights.select(number)

    @property
    def selected_visit(self) -> int | None:
        return self.recovery.selected

    def focus_content(self) -> None:
        """The keyboard goes to recovery, and stands on somebody."""
        self.recovery.setFocus(Qt.FocusReason.OtherFocusReason)
        self.recovery.choose_one()

    def turn(self, by: int, far: bool = False) -> date:
        """The day before or after, or a week from it."""
        return date.fromordinal(self._day.toordinal() + by * (7 if far else 1))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        number = self.selected_visit
        if not event.spontaneous() and number is not None and self._view is not None and self._view.of_visit(number):
            self.visit_selected.emit(number)  # another screen has shown somebody else meanwhile

    def event(self, event: QEvent) -> bool:
        """In another theme, or on a screen of another pixel ratio, both pictures are made anew."""
        if event.type() is QEvent.Type.DevicePixelRatioChange or self.is_new_theme(event):
            for board in (self.recovery, self.nights):
                board.show_theme(current())
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves what is selected."""
        if event.key() == Qt.Key.Key_Escape and self.selected_visit is not None:
            self.select_visit(None)
            self.selection_cleared.emit()
        else:
            super().keyPressEvent(event)

    # Reading

    def _read_anew(self) -> None:
        self._asked += 1
        asked, day, nights, office = self._asked, self._day, self._nights, self._services.office
        self._services.tasks.submit(
            lambda: beds_view(office.desk, day, nights),
            lambda view: self._on_read(asked, view),
            self._services.feedback.refuse,
            "beds",
        )

    def _on_read(self, asked: int, view: BedsView) -> None:
        if asked != self._asked:
            return
        self._view = view
        first = self.recovery.view.recovery.bays == ()
        self.recovery.show_view(view)
        self.nights.show_view(view)
        self.recovery_head.say(title(view), recovery_line(view), amber=bool(view.recovery.overfull()))
        self.nights_head.say(tr("Nights"), nights_line(view))
        self.nights_head.setVisible(bool(view.beds))
        self.nights.setVisible(bool(view.beds))
        if first and self.recovery.hasFocus():
            self.recovery.choose_one()
        self.view_shown.emit(view)

    def _await_next_minute(self) -> None:
        """The now-line moves once a minute, at the minute."""
        left = MINUTE_SECONDS - self._services.clock.now().second
        self._minute.start(left * 1000)

    def _on_minute(self) -> None:
        """At midnight whoever looks at today looks at the new one."""
        self._await_next_minute()
        if self._view is not None and self._view.is_today and self._services.office.is_open:
            today = self._services.office.today
            if today != self._day:
                self._day = today
                self.day_turned.emit(today)
        self.reload()

    # Between both pictures

    def _on_visit_selected(self, number: int) -> None:
        if self.sender() is self.recovery:
            self.nights.select(number)
        else:
            self.recovery.select(number)
        self.visit_selected.emit(number)

    def _on_bay_selected(self, code: str) -> None:
        self.nights.select(None)
        self.place_selected.emit(code, self._day)

    def _on_bed_selected(self, code: str, day: date) -> None:
        self.recovery.select(None)
        self.place_selected.emit(code, day)

    def _on_pulled_out(self, number: int, place: QPoint) -> None:
        lying = self._in_recovery(number)
        self.nights.carry(lying, self.nights.mapFromGlobal(place))

    def _on_dropped_out(self, number: int, place: QPoint) -> None:
        self.nights.carry(None, None)
        bed = self.nights.bed_at(self.nights.mapFromGlobal(place))
        if bed is not None and self._in_recovery(number) is not None:
            self.stay_wanted.emit(number, bed)

    def _in_recovery(self, number: int) -> Lying | None:
        stay = self.recovery.layout_now().stay_of(number)
        return stay.lying if stay is not None else None

    def _go_down(self) -> None:
        self.nights.setFocus(Qt.FocusReason.TabFocusReason)
        self.nights.choose_one()

    def _go_up(self) -> None:
        self.recovery.setFocus(Qt.FocusReason.BacktabFocusReason)
        self.recovery.choose_one()

    def _on_span_chosen(self, nights: int) -> None:
        self._nights = nights
        self._services.memory.set_value(SPAN, str(nights))
        self.reload()

    # Building

    def _connect(self) -> None:
        for board in (self.recovery, self.nights):
            board.visit_selected.connect(self._on_visit_selected)
            board.visit_opened.connect(self.visit_opened)
            board.context_requested.connect(self.context_requested)
        self.recovery.place_selected.connect(self._on_bay_selected)
        self.nights.place_selected.connect(self._on_bed_selected)
        self.recovery.selection_cleared.connect(self.selection_cleared)
        self.recovery.bay_wanted.connect(self.bay_wanted)
        self.recovery.pulled_out.connect(self._on_pulled_out)
        self.recovery.dropped_out.connect(self._on_dropped_out)
        self.recovery.left_below.connect(self._go_down)
        self.nights.left_above.connect(self._go_up)
        self.nights.bed_wanted.connect(self.bed_wanted)
        self.nights_head.span_chosen.connect(self._on_span_chosen)
        self.recovery_head.assign_requested.connect(self.assign_requested)
        self.recovery_head.print_requested.connect(lambda: self.print_requested.emit(self._day))
        self._minute.setSingleShot(True)
        self._minute.timeout.connect(self._on_minute)

    def _lay_out(self) -> None:
        body = QWidget()
        body.setObjectName("ground")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.recovery, self.nights_head, self.nights):
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.recovery_head)
        whole.addWidget(area, 1)
        self.nights_head.show_span(self._nights)
        self.setFocusProxy(self.recovery)
