"""A day, a time of day, or both, as people type them: "fri", "14:00", "12/4 2pm"."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.application.wording import weekday_date
from desk_app.domain.typed_when import typed_when
from desk_app.ui.widgets.fields import TextEdit


class WhenEdit(TextEdit):
    """``picked`` once something else was typed, understood or not."""

    picked = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__("", placeholder, parent)
        self._today = date.min
        self._day: date | None = None
        self._clock: time | None = None
        self._settled = ""
        self.editingFinished.connect(self._settle)

    def show_when(self, day: date | None, clock: time | None, today: date) -> None:
        self._today, self._day, self._clock = today, day, clock
        self._show()

    def day(self) -> date | None:
        """The day meant; None where none was typed, or what was typed is not understood."""
        return self._day

    def clock(self) -> time | None:
        return self._clock

    def is_understood(self) -> bool:
        return self._day is not None or self._clock is not None or not self.text().strip()

    def _settle(self) -> None:
        typed = self.text().strip()
        if typed == self._settled:
            return
        self._day, self._clock = typed_when(typed, self._today) or (None, None)
        if self.is_understood():
            self._show()
        self._settled = self.text().strip()
        self.picked.emit()

    def _show(self) -> None:
        day = weekday_date(self._day) if self._day else ""
        clock = f"{self._clock:%H:%M}" if self._clock else ""
        self.show_text(" ".join(part for part in (day, clock) if part))
        self._settled = self.text()
