"""The reports of a period, made on the worker one by one: whatever else the desk asks for is done between them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desk_app.application.reports.day import DayFigure
from desk_app.application.reports.report import Figure, Period, Report
from desk_app.application.use_cases import reporting
from desk_app.domain.dataclass import dataclass
from desk_app.ui.services import Services

CODES = tuple(reporting.REPORTS)


@dataclass(frozen=True, slots=True)
class Made:
    """A report, and the figure of the period before."""

    report: Report
    before: Figure | None


class ReportRun(QObject):
    """``day_came`` with the day's figures, ``came`` with each report, ``progressed`` with how many of how many.

    ``ended`` with True once all have come, False where it was cancelled or failed. A new run ends the one before.
    """

    day_came = Signal(object)
    came = Signal(object)
    progressed = Signal(int, int)
    ended = Signal(bool)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._number = 0
        self._is_running = False

    @property
    def is_running(self) -> bool:
        return self._is_running

    def start(self, period: Period) -> None:
        self._number += 1
        self._is_running = True
        number = self._number
        self.progressed.emit(0, len(CODES))
        if period.days == 1:
            office = self._services.office
            self._services.tasks.submit(
                lambda: reporting.make_day(office.desk, period.first),
                lambda figures: self._on_day(number, period, figures),
                lambda fault: self._on_failed(number, fault),
            )
        else:
            self._make(number, period, 0)

    def cancel(self) -> None:
        """What is under way on the worker is let go; what has come stays."""
        if self._is_running:
            self._number += 1
            self._is_running = False
            self.ended.emit(False)

    def _make(self, number: int, period: Period, place: int) -> None:
        office, code = self._services.office, CODES[place]

        self._services.tasks.submit(
            lambda: reporting.make(office.desk, code, period),
            lambda report: self._compare(number, period, place, report),
            lambda fault: self._on_failed(number, fault),
        )

    def _compare(self, number: int, period: Period, place: int, report: Report) -> None:
        """The period before is a piece of work of its own, so that others need not wait for both."""
        if number != self._number:
            return
        office, code = self._services.office, CODES[place]
        self._services.tasks.submit(
            lambda: Made(report, reporting.make(office.desk, code, period.before).figure),
            lambda made: self._on_made(number, period, place, made),
            lambda fault: self._on_failed(number, fault),
        )

    def _on_day(self, number: int, period: Period, figures: tuple[DayFigure, ...]) -> None:
        if number == self._number:
            self.day_came.emit(figures)
            self._make(number, period, 0)

    def _on_made(self, number: int, period: Period, place: int, made: Made) -> None:
        if number != self._number:
            return
        self.came.emit(made)
        self.progressed.emit(place + 1, len(CODES))
        if number != self._number:  # whoever heard it began another
            return
        if place + 1 < len(CODES):
            self._make(number, period, place + 1)
        else:
            self._is_running = False
            self.ended.emit(True)

    def _on_failed(self, number: int, fault: Exception) -> None:
        if number == self._number:
            self._is_running = False
            self.ended.emit(False)
            self._services.feedback.refuse(fault)
