"""A series: how often and how many times, what is doubted about it; then what was booked, what was not and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget
from shiboken6 import isValid

from desk_app.application import wording
from desk_app.application.objection_text import objection_texts
from desk_app.application.use_cases.booking import BookAppointment
from desk_app.application.use_cases.series import BookSeries, LeftOut, Series
from desk_app.domain.faults import NeedsConfirmation, WrongInput
from desk_app.domain.practice import Catalogue
from desk_app.domain.series import FREQUENCIES, MOST, series_days, series_rule
from desk_app.ui.fonts import Type
from desk_app.ui.operations.series import booking_series
from desk_app.ui.panels.form import Form
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.alive import while_alive
from desk_app.ui.widgets.buttons import KeyButton
from desk_app.ui.widgets.fields import TextEdit
from desk_app.ui.widgets.pick import Pick

BOOK = "Book what fits"
USUAL = 6
SHOWN = 4
NEAR = "Each at the same time of day, or at most an hour from it."


class SeriesForm(Form):
    """Ctrl+Enter books what fits; then it shows what came of it, and Enter is done.

    Where something is doubted about any of the visits it shows all of them first, and Enter books them all the same.
    """

    is_question = True
    width_wanted = 424
    finished = Signal(int)
    """The first visit of the series, once what came of it has been read."""

    def __init__(self, services: Services, name: str, visit: BookAppointment) -> None:
        super().__init__("Repeat the visit", BOOK)
        self._services, self._visit = services, visit
        self._made: Series | None = None
        self._weighed: Series | None = None
        self._is_booking = self._holds = False
        self._lines: QWidget | None = None
        office = services.office
        procedure = office.catalogue.procedure(visit.procedure or "").name
        self.say_title("Repeat the visit", f"{name} · {procedure} from {office.moment(visit.start)}")
        self._every, self._unit, self._count = TextEdit("1"), Pick(), TextEdit(str(USUAL))
        self._unit.offer((unit, unit) for unit in FREQUENCIES)
        self._unit.choose("weeks")
        self._days = texts.label("", Type.SMALL, role="text2", wrap=True)
        self._hold = KeyButton("Hold what fits", "", "held")
        self._hold.clicked.connect(lambda: self._ask(hold=True))
        self._arrange()
        self.is_stored()
        self._say_days()

    def take_keyboard(self) -> None:
        self._every.setFocus(Qt.FocusReason.TabFocusReason)

    def catalogue(self) -> Catalogue:
        return self._services.office.catalogue

    def submit(self) -> None:
        if self._made is None:
            self._ask(hold=self._holds and self._weighed is not None)
        elif self._made.visits:
            self.left.emit()
            self.finished.emit(self._made.visits[0].id)
        else:
            self.left.emit()

    def leave(self) -> None:
        """Once it is booked, leaving is being done."""
        if self._made is not None and self._made.visits:
            self.submit()
        else:
            super().leave()

    def rule(self) -> str | None:
        """The rule that was typed; None where a field holds no number of its kind."""
        every, count = _number(self._every.value()), _number(self._count.value())
        for name, number in (("every", every), ("count", count)):
            if number is None:
                self.complain(f"Write a number from 1 to {MOST}.", name)
        if every is None or count is None or not self.choices_are_known("unit"):
            return None
        return series_rule(self._first_day(), self._unit.value() or "weeks", every, count)

    def told(self) -> tuple[str, ...]:
        """The lines it shows of each day."""
        shown = self._lines.findChildren(texts.PlainLabel) if self._lines is not None else []
        return tuple(label.text() for label in shown if label.objectName() == "outcome")

    def _ask(self, hold: bool) -> None:
        self.forgive()
        rule = self.rule()
        if rule is None or self._is_booking:
            return
        seen = self._weighed.doubted() if self._weighed is not None and hold == self._holds else frozenset()
        self._is_booking, self._holds = True, hold
        wish = BookSeries(self._visit, rule, hold, acknowledged=seen)
        self._services.operations.run(booking_series(wish, while_alive(self, self._on_made), self._on_refused))

    def _on_refused(self, fault: Exception) -> bool:
        if not isValid(self):
            return False
        self._is_booking = False
        series = fault.params.get("series") if isinstance(fault, NeedsConfirmation) else None
        if isinstance(series, Series):
            self._weigh(series)
            return True
        return self.refuse(fault)

    def _weigh(self, series: Series) -> None:
        """Nothing is booked yet: what is doubted about each visit is read, and answered once for all of them."""
        self._weighed = series
        what, visits = "held" if self._holds else "booked", wording.count(len(series.visits), "visit", "visits")
        left = f", {len(series.left_out)} left out" if series.left_out else ""
        self._days.setText(f"Something speaks against {len(series.doubts)} of {visits}{left}. Nothing is {what} yet.")
        self._show_lines(series)
        self._hold.setVisible(not self._holds)
        self.primary.say("Hold all the same" if self._holds else "Book all the same")
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget_weighed(self) -> None:
        """Other days are meant: they are looked at anew."""
        if self._weighed is None:
            return
        self._weighed, self._holds = None, False
        self._clear_lines()
        self._hold.show()
        self.primary.say(BOOK)

    def _on_made(self, series: Series) -> None:
        self._made, self._weighed, self._is_booking = series, None, False
        self.is_stored()
        for field in self._fields.values():
            field.hide()
        self._hold.hide()
        self._days.setText(self._summary(series))
        self._show_lines(series)
        self.primary.say("Done" if series.visits else "Back to the search")
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def _summary(self, series: Series) -> str:
        if not series.visits:
            return "Nothing fits, so nothing was booked."
        verb = "held" if series.visits[0].hold_until is not None else "booked"
        left = f", {len(series.left_out)} left out" if series.left_out else ""
        return f"{wording.count(len(series.visits), 'visit', 'visits')} {verb}{left}. Undo takes all of them back."

    def _show_lines(self, series: Series) -> None:
        """By day: when each is booked and what is doubted about it, or why it is not and what is nearest."""
        office = self._services.office
        self._clear_lines()
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        lines = [(each.day, self._left_out(each), "warn") for each in series.left_out]
        for visit in series.visits:
            day = office.context().day_of(visit.start)
            lines.append((day, wording.clock(visit.start, office.zone), "text"))
            lines += [(day, words, "warn") for words in objection_texts(series.doubts.get(day, ()), self.catalogue())]
        before = None
        for row, (day, words, role) in enumerate(sorted(lines, key=lambda line: line[0])):
            if day != before:
                grid.addWidget(texts.label(self._day_words(day)), row, 0, Qt.AlignmentFlag.AlignTop)
            label = texts.label(words, role=role, wrap=True)
            label.setObjectName("outcome")
            grid.addWidget(label, row, 1)
            before = day
        self._lines = inner
        self.body.addWidget(inner)

    def _clear_lines(self) -> None:
        if self._lines is not None:
            self.body.removeWidget(self._lines)
            self._lines.hide()
            self._lines.deleteLater()
            self._lines = None

    def _left_out(self, each: LeftOut) -> str:
        office = self._services.office
        near = f" Nearest: {office.moment(each.instead)}." if each.instead is not None else ""
        return f"Left out. {each.reason}{near}"

    def _day_words(self, day: date) -> str:
        year = f" {day.year}" if day.year != self._services.office.today.year else ""
        return f"{wording.weekday_date(day)}{year}"

    def _say_days(self) -> None:
        """The days that the fields mean, as they are typed."""
        self._forget_weighed()
        every, count = _number(self._every.value()), _number(self._count.value())
        if every is None or count is None or self._unit.value() is None:
            self._days.setText("")
            return
        try:
            days = series_days(
                series_rule(self._first_day(), self._unit.value() or "", every, count), self._first_day()
            )
        except WrongInput:
            self._days.setText("")
            return
        self._days.setText(f"{_listed([self._day_words(day) for day in days])}. {NEAR}")

    def _first_day(self) -> date:
        return self._services.office.context().day_of(self._visit.start)

    def _arrange(self) -> None:
        field = self.add_field
        self.add_row(
            field("every", "Every", self._every),
            field("unit", "Days, weeks, months", self._unit),
            field("count", "How many visits", self._count),
        )
        self.body.addWidget(self._days)
        self.foot.addWidget(self._hold)
        for editor in (self._every, self._count):
            editor.textEdited.connect(lambda _: self._say_days())
        self._unit.picked.connect(self._say_days)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 1 <= int(text) <= MOST else None


def _listed(days: Iterable[str]) -> str:
    """The first few and the last."""
    named = list(days)
    if len(named) <= SHOWN + 1:
        return ", ".join(named)
    return f"{', '.join(named[:SHOWN])} … {named[-1]}"
