"""A series: how often and how many times; then what was booked, and what was left out and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget
from shiboken6 import isValid

from desk_app.application import wording
from desk_app.application.use_cases.booking import BookAppointment
from desk_app.application.use_cases.series import BookSeries, LeftOut, Series
from desk_app.domain.faults import WrongInput
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

USUAL = 6
SHOWN = 4
NEAR = "Each at the same time of day, or at most an hour from it."


class SeriesForm(Form):
    """Ctrl+Enter books what fits; then it shows what came of it, and Enter is done."""

    is_question = True
    width_wanted = 424
    finished = Signal(int)
    """The first visit of the series, once what came of it has been read."""

    def __init__(self, services: Services, name: str, visit: BookAppointment) -> None:
        super().__init__("Repeat the visit", "Book what fits")
        self._services, self._visit = services, visit
        self._made: Series | None = None
        self._is_booking = False
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
            self._ask(hold=False)
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
        """The lines it shows of what came of it."""
        return tuple(label.text() for label in self.findChildren(texts.PlainLabel) if label.objectName() == "outcome")

    def _ask(self, hold: bool) -> None:
        self.forgive()
        rule = self.rule()
        if rule is None or self._is_booking:
            return
        self._is_booking = True
        wish = BookSeries(self._visit, rule, hold)
        self._services.operations.run(booking_series(wish, while_alive(self, self._on_made), self._on_refused))

    def _on_refused(self, fault: Exception) -> bool:
        if not isValid(self):
            return False
        self._is_booking = False
        return self.refuse(fault)

    def _on_made(self, series: Series) -> None:
        self._made, self._is_booking = series, False
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
        """By day: when each was booked, or why it was not and what is nearest."""
        office = self._services.office
        moments = {office.context().day_of(visit.start): visit.start for visit in series.visits}
        booked = [(day, wording.clock(start, office.zone)) for day, start in moments.items()]
        left = [(each.day, self._left_out(each)) for each in series.left_out]
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, (day, words) in enumerate(sorted([*booked, *left])):
            grid.addWidget(texts.label(self._day_words(day)), row, 0, Qt.AlignmentFlag.AlignTop)
            label = texts.label(words, role="text" if (day, words) in booked else "warn", wrap=True)
            label.setObjectName("outcome")
            grid.addWidget(label, row, 1)
        self.body.addWidget(inner)

    def _left_out(self, each: LeftOut) -> str:
        office = self._services.office
        near = f" Nearest: {office.moment(each.instead)}." if each.instead is not None else ""
        return f"Left out. {each.reason}{near}"

    def _day_words(self, day: date) -> str:
        year = f" {day.year}" if day.year != self._services.office.today.year else ""
        return f"{wording.weekday_date(day)}{year}"

    def _say_days(self) -> None:
        """The days that the fields mean, as they are typed."""
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
