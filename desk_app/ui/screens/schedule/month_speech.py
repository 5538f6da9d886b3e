"""What the painted month tells assistive technology: its days, each with its load."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from desk_app.application.span_view import DayLoad, MonthView
from desk_app.ui.screens.schedule.month_layout import MonthLayout
from desk_app.ui.screens.schedule.month_words import month_title, spoken
from desk_app.ui.screens.schedule.painted_board import rect_of
from desk_app.ui.widgets.speech import Speech


class PaintedMonth(Protocol):
    """What is asked of the board itself."""

    @property
    def view(self) -> MonthView: ...
    def layout_now(self) -> MonthLayout: ...
    def current_stop(self) -> DayLoad | None: ...


class MonthSpeech(Speech[DayLoad]):
    """Speaks for one month."""

    def __init__(self, board: QWidget, painted: PaintedMonth) -> None:
        self._painted = painted
        self._known: tuple[DayLoad, ...] | None = None
        super().__init__(board)

    def name(self) -> str:
        return month_title(self._painted.view)

    def current_stop(self) -> DayLoad | None:
        return self._painted.current_stop()

    def spoken_stop(self, stop: DayLoad) -> str:
        return spoken(stop)

    def is_selected(self, stop: DayLoad) -> bool:
        return stop is self.current_stop()

    def is_in_view(self, stop: DayLoad) -> bool:
        return True

    def _place(self, stop: DayLoad) -> QRect:
        return rect_of(self._painted.layout_now().cell(self._painted.view.days.index(stop)))

    def _renewed(self) -> tuple[DayLoad, ...] | None:
        days = self._painted.view.days
        if days is self._known:
            return None
        self._known = days
        return days
