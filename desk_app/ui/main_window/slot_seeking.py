"""Find slot in the window: whom it is for, the day it shows on the schedule, and where it leads afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QObject, Signal

from desk_app.application.read_models import RequestCard
from desk_app.application.use_cases.booking import BookAppointment
from desk_app.application.use_cases.find_slots import FindSlots
from desk_app.domain.levels import shown_levels
from desk_app.domain.practice import ResourceKind
from desk_app.domain.records import Request
from desk_app.domain.slots import Slot
from desk_app.ui.main_window.frame import Frame
from desk_app.ui.main_window.screens import SCHEDULE
from desk_app.ui.panels.find_slot import FindSlotPanel
from desk_app.ui.panels.request_form import RequestForm
from desk_app.ui.panels.series_form import SeriesForm
from desk_app.ui.panels.subject import NOBODY, Subject, of_request
from desk_app.ui.screens.schedule.offered_start import preview_of
from desk_app.ui.services import Services
from desk_app.ui.widgets.keys_ahead import KeysAhead


class SlotSeeking(QObject):
    """``visit_made`` with the visit's number once a start was booked, held or moved to."""

    visit_made = Signal(int)

    def __init__(self, services: Services, frame: Frame, keys: KeysAhead, show_day: Callable[[date], None]) -> None:
        super().__init__()
        self._services, self._frame, self._keys, self._show_day = services, frame, keys, show_day
        self._came_from: str | None = None
        services.bus.changed.connect(lambda *_: self._search_again())

    def seek(self, subject: Subject, earliest: date | None = None) -> FindSlotPanel:
        """Shows the schedule with the panel beside it; leaving the panel leads back to where it was called from."""
        panel = FindSlotPanel(self._services, subject)
        if earliest is not None:
            panel.fields.show_earliest(earliest)
            panel.search()
        self._came_from = self._frame.screens.code
        panel.slot_shown.connect(lambda slot: self._on_slot_shown(panel, subject, slot))
        panel.visit_made.connect(self._on_visit_made)
        panel.slot_wanted.connect(self._on_slot_wanted)
        panel.series_wanted.connect(lambda visit: self._repeat(panel, subject.name, visit))
        panel.left.connect(self._on_left)
        self._frame.show_screen(SCHEDULE)
        self._frame.inspector.show_form(panel)
        panel.focus_first()
        return panel

    def seek_from(self, column: str, instant: datetime) -> None:
        """What fits from an empty stretch on; with whoever's column it is."""
        office = self._services.office
        panel = self.seek(NOBODY)
        panel.fields.show_from(instant.astimezone(office.zone))
        if office.catalogue.resource(column).kind is ResourceKind.CLINICIAN:
            panel.fields.clinician.choose(column)
        panel.search()

    def seek_for_request(self, request_id: int, earliest: date | None = None) -> None:
        """Reads the request first."""
        office = self._services.office

        def show(card: RequestCard) -> None:
            self.seek(of_request(card, office.context()), earliest)

        self._keys.ask(
            self._services.tasks,
            lambda: office.desk.queries.request_card(request_id, office.clock.now()),
            show,
            self._services.feedback.refuse,
        )

    def take_down_request(self) -> RequestForm:
        form = RequestForm(self._services)
        self.take_down(form)
        return form

    def take_down_request_for(self, instant: datetime) -> None:
        """A caller for an empty stretch: the search for a slot will begin on that day."""
        self.take_down(RequestForm(self._services), self._services.office.context().day_of(instant))

    def take_down(self, form: RequestForm, earliest: date | None = None) -> None:
        """A request by hand; once it is saved a slot is sought for it, if that was asked."""

        def saved(request: Request, find_slot: bool) -> None:
            if find_slot:
                self.seek_for_request(request.id, earliest)
            else:
                self._frame.screens.focus()

        form.saved.connect(saved)
        self._frame.inspector.show_form(form)

    def _on_slot_shown(self, panel: FindSlotPanel, subject: Subject, slot: Slot | None) -> None:
        """The chosen start stands on its day as the visit that it would be; of a panel that was left nothing does."""
        if slot is not None and panel.isHidden():
            return
        lead, sitting, schedule = panel.fields.chosen(), panel.fields.sitting(), self._frame.screens.schedule
        if slot is None or lead is None or sitting is None:
            schedule.show_preview(None)
            return
        office, fields = self._services.office, panel.fields
        levels, names, procedure = fields.level_count(), fields.level_names(), replace(sitting, name=lead.name)
        schedule.show_preview(
            preview_of(slot, subject.name, procedure, levels, names, office.catalogue, fields.further())
        )
        self._show_day(office.context().day_of(slot.start))

    def _on_visit_made(self, number: int) -> None:
        self._came_from = None
        self.visit_made.emit(number)

    def _on_slot_wanted(self, slot: Slot, wish: FindSlots) -> None:
        """A caller likes a start: who it is comes next, then the same search for that person."""
        self._came_from = None
        form = RequestForm(self._services)
        form.prefill(wish.procedure, shown_levels(wish.levels, ""))
        self.take_down(form, self._services.office.context().day_of(slot.start))

    def _repeat(self, panel: FindSlotPanel, name: str, visit: BookAppointment) -> None:
        """A series that begins with the chosen start; the search waits under it, and goes once it is booked."""
        form = SeriesForm(self._services, name, visit)
        form.finished.connect(panel.finish)
        self._frame.inspector.show_form(form)

    def _on_left(self) -> None:
        if self._came_from is not None:
            self._frame.show_screen(self._came_from)
            self._came_from = None

    def _search_again(self) -> None:
        form = self._frame.inspector.form
        if isinstance(form, FindSlotPanel):
            form.apply_changes()
