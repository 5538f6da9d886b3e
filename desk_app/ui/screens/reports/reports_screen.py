"""The manager's look: figures at the top, under them every report of the period, each with chart and table."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from desk_app.application import wording
from desk_app.application.outcome import Changes, Record
from desk_app.application.report_words import beside, told, with_unit
from desk_app.application.reports.day import DayFigure
from desk_app.application.reports.report import Period, Report, ReportRow
from desk_app.application.reports.spans import MONTH, SPANS, span_of, span_period, turned
from desk_app.domain.dataclass import dataclass
from desk_app.domain.typed_period import typed_period
from desk_app.ui.screens.reports.report_card import ReportCard
from desk_app.ui.screens.reports.report_run import CODES, Made, ReportRun
from desk_app.ui.screens.reports.report_toolbar import ReportToolbar
from desk_app.ui.screens.reports.tiles import TileContent, TileStrip
from desk_app.ui.services import Services
from desk_app.ui.widgets.read_when_seen import ReadWhenSeen

SPAN = "reports/span"
"""Where the button chosen last is remembered."""

TILES = ("waiting", "authorizations", "rooms", "first_starts", "unplanned_stays")
"""The reports whose figures stand at the top of a period."""

COUNTED = (
    Record.APPOINTMENT, Record.REQUEST, Record.AUTHORIZATION, Record.AUTHORIZATION_CONTACT, Record.CALLBACK,
    Record.VISIT_STEP, Record.OFFER, Record.PRACTICE,
)  # fmt: skip
"""What figures are counted from: other changes leave them as they are."""

NOT_A_PERIOD = "“{typed}” is no period. Type for instance 1 Oct to 15 Nov, october, 2025 or yesterday."


@dataclass(frozen=True, slots=True)
class Behind:
    """What was asked about: the figure or line in words (``told``), how it is counted, and the row with its records."""

    title: str
    told: str
    definition: str
    row: ReportRow


class _Area(QScrollArea):
    """Arrows walk from report to report; what has the keyboard is brought into sight."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def bring(self, card: QWidget) -> None:
        """Into sight, up or down: sideways only a hand scrolls, and only where the window is narrow."""
        bar, top = self.verticalScrollBar(), card.y()
        shown = min(top, max(bar.value(), top + card.height() - self.viewport().height()))
        bar.setValue(shown)

    def give_room(self) -> None:
        """At once, for what has just been shown in it: all would be painted in the height that was enough before."""
        for asked in (self.widget(), self.viewport()):
            QCoreApplication.sendPostedEvents(asked, QEvent.Type.LayoutRequest.value)


class ReportsScreen(ReadWhenSeen):
    """``behind_wanted`` with a :class:`Behind`; the two savings with the period and what is to be saved."""

    behind_wanted = Signal(object)
    period_changed = Signal()
    """Whatever is shown of the period before is out of place."""

    csv_wanted = Signal(object, object)
    pdf_wanted = Signal(object, object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(lambda: services.office.is_open, parent)
        self._services = services
        self._period: Period | None = None
        self._practice = ""
        self._has_changed = False
        self._since = ""
        self._made: dict[str, Made] = {}
        self._day: tuple[DayFigure, ...] = ()
        self._chosen: str | None = None
        self._at: QWidget | None = None
        self._waits = False
        self._run = ReportRun(services, self)
        self.toolbar, self.tiles = ReportToolbar(), TileStrip()
        self.cards = {code: ReportCard() for code in CODES}
        self._lay_out()
        self._connect()

    @property
    def period(self) -> Period | None:
        return self._period

    @property
    def is_running(self) -> bool:
        return self._run.is_running

    @property
    def chosen(self) -> Report | None:
        """The report whose table had the keyboard last; at first the first one that has come."""
        made = self._made.get(self._chosen or CODES[0])
        return made.report if made is not None else None

    def show_period(self, period: Period) -> None:
        """Counts a period anew; what stands there stays until its figures come, unless it is of another period."""
        office = self._services.office
        practice = office.catalogue.settings.name
        if (period, practice) != (self._period, self._practice):
            self._made, self._day = {}, ()
            self.tiles.clear_choice()
            self.tiles.wait()
            for card in self.cards.values():
                card.wait()
            self.period_changed.emit()
        self._period, self._practice = period, practice
        self._is_stale = self._has_changed = False
        self._since = wording.clock(self._services.clock.now(), office.zone)
        self.toolbar.show_period(period, span_of(period, office.today))
        self.toolbar.can_save(False)
        self._run.start(period)

    # As every screen

    def focus_content(self) -> None:
        """The keyboard goes to where it was, else to the first figure, else to the chosen period."""
        at = self._at if self._at is not None and isValid(self._at) and self._at.isVisible() else None
        first: QWidget | None = self.tiles.tiles[0] if self.tiles.tiles else None
        self._waits = first is None
        (at or first or self.toolbar.period).setFocus(Qt.FocusReason.OtherFocusReason)

    def _read_anew(self) -> None:
        """Another database may be open."""
        self.show_period(self._period or self._remembered())

    def apply_changes(self, changes: Changes, by_this_desk: bool) -> None:
        """Nothing moves under a reader: it is only said that the figures are from before."""
        if self._period is not None and any(changes.touches(record) for record in COUNTED):
            self._has_changed = True
            self._say_stale()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_F5:
            self.count_again()
        elif key == Qt.Key.Key_Escape and self.is_running:
            self.stop()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def count_again(self) -> None:
        if self._period is not None:
            self.show_period(self._period)

    def stop(self) -> None:
        """Counts no further; what has come stays."""
        self._run.cancel()

    # The period

    def _remembered(self) -> Period:
        office = self._services.office
        code = self._services.memory.value(SPAN, MONTH)
        return span_period(code if code in SPANS else MONTH, office.today)

    def _on_span(self, code: str) -> None:
        self._services.memory.set_value(SPAN, code)
        self.show_period(span_period(code, self._services.office.today))

    def _on_typed(self, typed: str) -> None:
        found = typed_period(typed, self._services.office.today)
        if found is None:
            self._services.feedback.refused.emit(NOT_A_PERIOD.format(typed=typed))
        else:
            self.show_period(Period(*found))

    def _on_turned(self, by: int) -> None:
        if self._period is not None:
            self.show_period(turned(self._period, by))

    # What comes

    def _on_tiles(self) -> None:
        """Where the keyboard has only waited for them, it goes to the first."""
        field = self.toolbar.period
        if self._waits and field.hasFocus() and not field.isModified() and self.tiles.tiles:
            self._waits = False
            self.tiles.tiles[0].setFocus(Qt.FocusReason.OtherFocusReason)
        if self.tiles.tiles and self.tiles.tiles[0].hasFocus():
            self._area.horizontalScrollBar().setValue(0)  # the tiles before gave the keyboard on as they went

    def _on_day(self, figures: tuple[DayFigure, ...]) -> None:
        self._day = figures
        self._show_tiles()
        self._area.give_room()
        self._on_tiles()

    def _on_made(self, made: Made) -> None:
        self._made[made.report.code] = made
        self.cards[made.report.code].show_made(made)
        self.cards[made.report.code].show()
        self._show_tiles()
        self._area.give_room()
        self._on_tiles()

    def _show_tiles(self) -> None:
        if self._day:
            before = {code: made.before for code, made in self._made.items()}
            shown = {"room_use": "rooms", "first_starts": "first_starts", "turnovers": "turnovers"}
            self.tiles.show_tiles(
                [
                    TileContent(each.code, each.figure, each.definition, before.get(shown.get(each.code, "")))
                    for each in self._day
                ]
            )
            return
        found = [self._made[code] for code in TILES if code in self._made]
        self.tiles.show_tiles(
            [
                TileContent(made.report.code, made.report.figure, made.report.definition, made.before)
                for made in found
                if made.report.figure is not None
            ]
        )

    def _on_progress(self, done: int, total: int) -> None:
        self.toolbar.say_progress(done, total)

    def _on_ended(self, whole: bool) -> None:
        if not whole:
            self.toolbar.say_stopped(len(self._made), len(CODES))
        self.toolbar.can_save(bool(self._made))
        self._say_stale()

    def _say_stale(self) -> None:
        if self._has_changed and not self._run.is_running:
            self.toolbar.say_stale(self._since)

    # What is chosen

    def _on_tile(self, content: TileContent) -> None:
        self._at = next((tile for tile in self.tiles.tiles if tile.content == content), None)
        figure = content.figure
        number = f"{told(figure.value, figure.unit)} {beside(figure)}".strip()
        words = ", ".join(part for part in (number, content.more) if part)
        self.behind_wanted.emit(Behind(figure.title, words, content.definition, figure.behind))

    def _on_row(self, code: str, row: ReportRow) -> None:
        self._at = self.cards[code].table
        report = self._made[code].report
        said = [
            f"{column.title} {with_unit(cell, column.unit)}".strip()
            for column, cell in zip(report.columns[1:], row.cells[1:], strict=True)
            if cell is not None
        ]
        title = f"{report.title}: {row.cells[0]}"
        self.behind_wanted.emit(Behind(title, " · ".join(said), report.definition, row))

    def _choose(self, code: str) -> None:
        self._chosen, self._at = code, self.cards[code].table
        for each, card in self.cards.items():
            card.choose(each == code)
        self.tiles.clear_choice()
        self._area.bring(self.cards[code])

    def _walk(self, by: int) -> None:
        """From the last line of a report to the first of the next, and back; over the first are the figures."""
        tables = [self.cards[code].table for code in CODES if self.cards[code].table.report.rowCount()]
        at = next((place for place, table in enumerate(tables) if table.hasFocus()), -1)
        if 0 <= at + by < len(tables):
            tables[at + by].enter(at_end=by < 0)
        elif at == 0 and by < 0 and self.tiles.tiles:
            self.tiles.tiles[0].setFocus(Qt.FocusReason.TabFocusReason)
            self._area.verticalScrollBar().setValue(0)

    def _on_csv(self) -> None:
        if self.chosen is not None:
            self.csv_wanted.emit(self._period, self.chosen)

    def save_pdf(self) -> None:
        """All that have come; nothing while they are counted."""
        if self._run.is_running:
            return
        made = [self._made[code] for code in CODES if code in self._made]
        self.pdf_wanted.emit(self._period, made)

    # Building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        inner = QWidget()
        inner.setObjectName("ground")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        cards = QVBoxLayout(inner)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(0)
        cards.addWidget(self.tiles)
        for card in self.cards.values():
            card.hide()
            cards.addWidget(card)
        cards.addStretch(1)
        self._area = _Area()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inner)
        column.addWidget(self._area, 1)

    def _connect(self) -> None:
        self._run.day_came.connect(self._on_day)
        self._run.came.connect(self._on_made)
        self._run.progressed.connect(self._on_progress)
        self._run.ended.connect(self._on_ended)
        self.tiles.chosen.connect(self._on_tile)
        for code, card in self.cards.items():
            card.row_opened.connect(lambda row, code=code: self._on_row(code, row))
            card.keyboard_came.connect(lambda code=code: self._choose(code))
        bar = self.toolbar
        bar.span_chosen.connect(self._on_span)
        bar.period_typed.connect(self._on_typed)
        bar.turned.connect(self._on_turned)
        bar.again_wanted.connect(self.count_again)
        bar.cancel_wanted.connect(self.stop)
        bar.csv_wanted.connect(self._on_csv)
        bar.pdf_wanted.connect(self.save_pdf)
