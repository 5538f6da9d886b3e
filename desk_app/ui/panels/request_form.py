"""A request taken down by hand, or changed: who asks, what for, how soon."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desk_app.application.read_models import SearchHit
from desk_app.domain.faults import Conflict
from desk_app.domain.practice import Catalogue
from desk_app.domain.records import Patient, Request
from desk_app.ui.operations.people import editing_request, taking_down
from desk_app.ui.panels.contact_fields import NO_BIRTH_DATE, NO_PHONE
from desk_app.ui.panels.form import Form
from desk_app.ui.panels.person_field import PersonField
from desk_app.ui.panels.person_words import chart_line
from desk_app.ui.panels.request_fields import RequestFields
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.alive import while_alive
from desk_app.ui.widgets.buttons import KeyButton
from desk_app.ui.widgets.fields import Field


class RequestForm(Form):
    """``saved(request, find_slot)``; nothing typed is lost by a refusal."""

    saved = Signal(object, bool)
    width_wanted = 360

    def __init__(self, services: Services, request: Request | None = None, patient: Patient | None = None) -> None:
        verb = "Save" if request is not None else "Save and find slot"
        super().__init__("Request" if request is not None else "New request", verb, "Ctrl+Enter", "check")
        self._services, self._request, self._saving = services, request, False
        self._patient_id = patient.id if patient else (request.patient_id if request else None)
        self._write_id = uuid4()
        self.fields = RequestFields(services.office.catalogue, services.office.today)
        self._person = PersonField(services)
        self._contact_rows: list[Field] = []
        self._other = KeyButton("Somebody else")
        self._other.clicked.connect(self._ask_anew)
        self._other.hide()
        self._arrange()
        if request is None:
            self._show_nothing()
        else:
            self._show_request(request)
        if patient is not None:
            self._show_known(chart_line(patient.name, patient.birth_date, patient.mrn))
            self.fields.payer.choose(patient.payer)
            self.setFocusProxy(self.fields.procedure)
        self._person.patient_picked.connect(self._on_patient_picked)
        self._person.nobody_picked.connect(self.begin_with)
        self.is_stored()

    def catalogue(self) -> Catalogue:
        return self._services.office.catalogue

    def prefill(self, procedure: str | None, levels: str) -> None:
        """What a search was made for."""
        self.fields.procedure.choose(procedure)
        self.fields.levels.show_text(levels)
        self.is_stored()

    def begin_with(self, typed: str) -> None:
        """Somebody new: what was looked for in vain is the beginning."""
        self._patient_id = None
        self._show_caller(True)
        self.fields.begin_with(typed)
        self.go_to(self.fields.family)

    def typed(self) -> tuple[object, ...]:
        return (*super().typed(), self._patient_id)

    def stops(self) -> list[QWidget]:
        return [self._other, *(stop for stop in super().stops() if stop is not self._other)]

    def submit(self) -> None:
        self._save(find_slot=self._request is None)

    def take_back_keyboard(self) -> None:
        self._saving = False
        super().take_back_keyboard()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_S and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._save(find_slot=False)
        else:
            super().keyPressEvent(event)

    # Saving

    def _save(self, find_slot: bool) -> None:
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)
        self.forgive()
        if self._saving or not self._is_understood():
            return
        self._saving = True
        run = self._services.operations.run
        if self._request is not None:
            done = while_alive(self, lambda saved: self._done(saved, False))
            run(editing_request(run, self._services.office, self.fields.edited(self._request), done, self._refused))
        else:
            done = while_alive(self, lambda saved: self._done(saved, find_slot))
            run(taking_down(self.fields.new(self._patient_id, self._write_id), done, self._refused))

    def _is_understood(self) -> bool:
        if self._patient_id is None:
            if not self._is_caller_shown() and self._request is None:
                self.complain("Say who asks: Enter takes the first, or somebody new.", "person")
                return False
            if not self.fields.born.is_understood():
                self.complain(NO_BIRTH_DATE, "birth_date")
                return False
            if not self.fields.phone.is_understood():
                self.complain(NO_PHONE, "phone")
                return False
        elif not self.choices_are_known("payer"):
            return False
        return self.choices_are_known("side", "urgency", "source", "part")

    def _done(self, saved: object, find_slot: bool) -> None:
        self.left.emit()
        self.saved.emit(saved, find_slot)

    def _refused(self, fault: Exception) -> bool:
        if not isValid(self):
            return False
        self._saving = False
        if isinstance(fault, Conflict) and self._request is not None:
            self._read_again(self._request.id)
        return self.refuse(fault)

    def _read_again(self, number: int) -> None:
        """Somebody else changed the request: theirs is taken over where nothing was typed here."""
        office = self._services.office
        self._services.tasks.submit(
            lambda: office.desk.queries.request_card(number, office.clock.now()).request,
            while_alive(self, lambda request: self.fill_again(lambda: self._show_request(request))),
            self._services.feedback.refuse,
        )

    # Who asks

    def _on_patient_picked(self, hit: SearchHit) -> None:
        self._patient_id = hit.patient_id
        self._show_known(chart_line(hit.name, hit.birth_date, hit.mrn))
        self.go_to(self.fields.procedure)

    def _ask_anew(self) -> None:
        self._patient_id = None
        self.say_title("New request")
        self._show_caller(False)
        self._fields["person"].show()
        self._other.hide()
        self._person.begin_anew()
        self.go_to(self._person.edit)

    def _show_known(self, who: str) -> None:
        self.say_title(self._title.text(), texts.flat(who))
        self._show_caller(False)
        self._other.setVisible(self._request is None)

    def _show_caller(self, shown: bool) -> None:
        self._fields["person"].hide()
        self._other.setVisible(shown and self._request is None)
        for field in self._contact_rows:
            field.setVisible(shown)

    def _is_caller_shown(self) -> bool:
        return not self._contact_rows[0].isHidden()

    # Showing

    def _arrange(self) -> None:
        field, fields = self.add_field, self.fields
        self.add_row(field("person", "Who asks", self._person))
        self.body.addWidget(self._other, 0, Qt.AlignmentFlag.AlignLeft)
        family, given = field("family", "Family name", fields.family), field("given", "Given name", fields.given)
        born, phone = field("birth_date", "Born", fields.born), field("phone", "Phone", fields.phone)
        email, member = field("email", "Mail", fields.email), field("member_id", "Member id", fields.member)
        self._contact_rows = [family, given, born, phone, email, member]
        self.add_row(family, given)
        self.add_row(born, phone)
        self.add_row(email, member)
        self.add_row(field("procedure", "Procedure", fields.procedure))
        self.add_row(field("levels", "Levels", fields.levels), field("side", "Side", fields.side))
        self.add_row(field("urgency", "Urgency", fields.urgency), field("source", "Came", fields.source))
        self.add_row(field("payer", "Payer", fields.payer))
        self.add_row(field("days", "Best days", fields.days), field("part", "Best time", fields.part))
        self.add_row(field("referrer", "Referred by", fields.referrer))
        self.add_row(field("note", "Note", fields.note))
        self.setFocusProxy(self._person)

    def _show_nothing(self) -> None:
        self.fields.show_nothing()
        for field in self._contact_rows:
            field.hide()
        save = KeyButton("Save only", "Ctrl+S")
        save.clicked.connect(lambda: self._save(find_slot=False))
        self.foot.addWidget(save)

    def _show_request(self, request: Request) -> None:
        self._request, self._patient_id = request, request.patient_id
        self.fields.show(request)
        self.say_title("Request", texts.flat(request.contact.name))
        self._show_caller(request.patient_id is None)
        self.setFocusProxy(self.fields.procedure)
