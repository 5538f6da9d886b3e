"""Until when a visit is held: a time of day, or a day with one."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal

from desk_app.domain.typed_when import typed_when
from desk_app.domain.zone import wall_instant
from desk_app.ui.panels.form import Form
from desk_app.ui.widgets.fields import TextEdit

HINT = "17:00, fri 12:00, 12/4 9:00"


class HoldForm(Form):
    """``chosen(instant)``; it stays until the time was taken, and says beside the field what is wrong with it."""

    is_short = True
    chosen = Signal(object)

    def __init__(self, whose: str, when: str, today: date, zone: ZoneInfo) -> None:
        super().__init__("Hold until", "Hold", "Enter", "held")
        self.say_title("Hold until", f"{whose}, {when}")
        self._today, self._zone = today, zone
        self._until = TextEdit(placeholder=HINT)
        self.add_row(self.add_field("hold_until", "Until", self._until))
        self.setFocusProxy(self._until)
        self.is_stored()

    def submit(self) -> None:
        until = typed_moment(self._until.value(), self._today, self._zone)
        if until is None:
            self.complain(f"Write a time, such as {HINT}.", "hold_until")
        else:
            self.chosen.emit(until)

    def refuse_time(self, text: str) -> None:
        """What the practice's rules say to it."""
        self.complain(text, "hold_until")


def typed_moment(text: str, today: date, zone: ZoneInfo) -> datetime | None:
    """A time of today, or of the day before it: "17:00", "fri 12:00", "12/4 9"; None where it is none."""
    day, clock = typed_when(text, today) or (None, None)
    return wall_instant(day or today, clock, zone) if clock is not None else None
