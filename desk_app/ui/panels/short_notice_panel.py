"""The short-notice list beside the schedule: answers that are waited for, gaps to offer next, and everybody on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal

from desk_app.application import wording
from desk_app.application.read_models import ShortNoticePerson
from desk_app.application.short_notice_text import entry_words, matter_words
from desk_app.application.use_cases.short_notice_list import ShortNoticeList
from desk_app.ui.panels.rows_form import RowsForm
from desk_app.ui.services import Services

NOBODY = (
    "Nobody is on the list. S on the card of a booked visit, or of a request with a chart, "
    "puts on it who would come earlier."
)


class ShortNoticePanel(RowsForm):
    """``record_wanted`` with the kind and number of a card, ``gap_wanted`` with a column and an instant."""

    record_wanted = Signal(str, int)
    gap_wanted = Signal(str, object)

    def __init__(self, services: Services, found: ShortNoticeList) -> None:
        super().__init__("Short-notice list", "Leave the list")
        self._services = services
        count = wording.count(len(found.people), "person would come earlier", "people would come earlier")
        self.say_title("Short-notice list", count if found.people else "")
        self._show(found)
        if not (found.people or found.asked or found.gaps):
            self.say_nobody(NOBODY)
        self.rows_are_there()

    def _show(self, found: ShortNoticeList) -> None:
        catalogue = self._services.office.catalogue
        for place, asked in enumerate(found.asked):
            self._once("Asked, no answer yet", place)
            line = asked.line
            told = f"{self._moment(line.hold_start)}, kept until {self._moment(line.hold_until)}"
            self.add_showing(asked.person.patient.name, told, self._card("visit", line.offer.appointment_id))
        for place, gap in enumerate(found.gaps):
            self._once("To be offered to the next", place)
            name = f"{catalogue.resource(gap.column).name}, {self._moment(gap.start)}"
            told = f"next is {gap.next.person.patient.name}: {', '.join(gap.next.reasons)}"
            self.add_showing(name, told, partial(self._show_gap, gap.column, gap.start))
        for place, person in enumerate(found.people):
            self._once("Would come earlier", place)
            self.add_showing(person.patient.name, self._told(person), self._of(person))

    def _told(self, person: ShortNoticePerson) -> str:
        what = matter_words(person, self._services.office.catalogue)
        booked = self._moment(person.visit.start) if person.visit is not None else "no visit yet"
        return f"{what} · {booked} · {entry_words(person.entry)}"

    def _of(self, person: ShortNoticePerson) -> Callable[[], None]:
        if person.visit is not None:
            return self._card("visit", person.visit.id)
        return self._card("request", person.request.id if person.request is not None else 0)

    def _card(self, kind: str, number: int) -> Callable[[], None]:
        def show() -> None:
            self.left.emit()
            self.record_wanted.emit(kind, number)

        return show

    def _show_gap(self, column: str, start: datetime) -> None:
        self.left.emit()
        self.gap_wanted.emit(column, start)

    def _once(self, text: str, place: int) -> None:
        """Before the first of a kind."""
        if place == 0:
            self.caption(text)

    def _moment(self, instant: datetime | None) -> str:
        office = self._services.office
        return wording.moment(instant, office.zone, office.today) if instant is not None else ""
