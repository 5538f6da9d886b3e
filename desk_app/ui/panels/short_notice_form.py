"""When somebody on the short-notice list can come, and how long ahead they must know."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desk_app.application.short_notice_text import notice_words
from desk_app.domain.records import ShortNotice, Wishes
from desk_app.domain.short_notice import typed_notice
from desk_app.ui.panels.form import Form
from desk_app.ui.panels.request_fields import PARTS
from desk_app.ui.widgets.fields import DayButtons, TextEdit
from desk_app.ui.widgets.pick import Pick

HINT = "none, 4 h, 2 days"


class ShortNoticeForm(Form):
    """``chosen(wishes, notice_hours)``; it stays until both were stored."""

    is_short = True
    chosen = Signal(object, int)

    def __init__(self, whose: str, entry: ShortNotice) -> None:
        super().__init__("Short notice", "Save", "Enter", "late")
        self.say_title("Short notice", f"When {whose} could come earlier")
        self._days, self._part = DayButtons(), Pick("any time")
        self._part.offer(PARTS)
        self._days.choose(entry.wishes.weekdays)
        self._part.choose(entry.wishes.part_of_day or None)
        self._notice = TextEdit(notice_words(entry.notice_hours).removesuffix(" ahead"), HINT)
        self.add_row(self.add_field("notice", f"Must know ahead: {HINT}", self._notice))
        self.add_row(self.add_field("days", "Days they can come", self._days))
        self.add_row(self.add_field("part", "Times", self._part))
        self.setFocusProxy(self._notice)
        self.is_stored()

    def submit(self) -> None:
        self.forgive()
        hours = typed_notice(self._notice.value())
        if hours is None:
            self.complain(f"Write how long ahead, such as {HINT}.", "notice")
        elif self.choices_are_known("part"):
            days = tuple(sorted(self._days.value() or ()))
            self.chosen.emit(Wishes(days, self._part.value() or ""), hours)
