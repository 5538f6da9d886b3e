"""A request taken down by hand, or reviewed: who asks, what for, how soon, and what is still missing."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desk_app.application.read_models import RequestCard, SearchHit
from desk_app.application.use_cases.requests import Whose
from desk_app.domain.diagnoses import typed_diagnoses
from desk_app.domain.faults import Conflict, RuleViolation
from desk_app.domain.practice import Catalogue
from desk_app.domain.records import Patient, Request
from desk_app.domain.request_review import MISSING_WORDS, missing
from desk_app.ui.fonts import Type
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
    """``saved(request, find_slot)``; nothing typed is lost by a refusal.

    With a ``request`` it is its review, and ``patient`` its chart. Without, one is taken down, perhaps for ``patient``.
    """

    saved = Signal(object, bool)
    width_wanted = 360

    def __init__(self, services: Services, request: Request | None = None, patient: Patient | None = None) -> None:
        verb = "Save" if request is not None else "Save and find slot"
        super().__init__("Review" if request is not None else "New request", verb, "Ctrl+Enter", "check")
        self._services, self._request, self._saving = services, request, False
        self._chart = patient if request is not None else None
        self._patient_id = patient.id if patient else (request.patient_id if request else None)
        self._as_new = False
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
        if patient is not None and request is None:
            self._show_known(chart_line(patient.name, patient.birth_date, patient.mrn))
            self.fields.payer.choose(patient.payer)
            self.setFocusProxy(self.fields.procedure)
        self._person.patient_picked.connect(self._on_patient_picked)
        self._person.nobody_picked.connect(self._on_nobody_picked)
        self.is_stored()

    def catalogue(self) -> Catalogue:
        return self._services.office.catalogue

    def prefill(self, procedure: str | None, levels: str) -> None:
        """What a search was made for."""
        self.fields.procedure.choose(procedure)
        self.fields.levels.show_text(levels)
        self.is_stored()

    def begin_at(self, field: str) -> None:
        """The keyboard comes in at a field that is still missing."""
        if field in self._fields:
            self.setFocusProxy(self._fields[field].editor)

    def begin_with(self, typed: str) -> None:
        """Somebody new: what was looked for in vain is the beginning."""
        self._patient_id = None
        self._show_caller(True)
        self.fields.begin_with(typed)
        self.go_to(self.fields.family)

    def typed(self) -> tuple[object, ...]:
        return (*super().typed(), self._patient_id, self._as_new)

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
            edited, office = self.fields.edited(self._request), self._services.office
            run(editing_request(run, office, edited, self._whose(), done, self._refused))
        else:
            done = while_alive(self, lambda saved: self._done(saved, find_slot))
            run(taking_down(self.fields.new(self._patient_id, self._write_id), done, self._refused))

    def _whose(self) -> Whose:
        """What the review says of the chart."""
        if self._chart is not None:
            return Whose(chart=self.fields.completed(self._chart))
        linked = self._request is not None and self._request.patient_id is not None
        return Whose(link_to=None if linked else self._patient_id, as_new=self._as_new)

    def _is_understood(self) -> bool:
        if self._patient_id is None and not self._is_caller_shown() and self._request is None:
            self.complain("Say who asks: Enter takes the first, or somebody new.", "person")
            return False
        if self._is_caller_shown() or self._chart is not None:
            if not self.fields.born.is_understood():
                self.complain(NO_BIRTH_DATE, "birth_date")
                return False
            if not self.fields.phone.is_understood():
                self.complain(NO_PHONE, "phone")
                return False
        if self._patient_id is not None and not self.choices_are_known("payer"):
            return False
        return self._are_codes() and self.choices_are_known("side", "urgency", "source", "part")

    def _are_codes(self) -> bool:
        try:
            typed_diagnoses(self.fields.diagnoses.value())
        except RuleViolation as fault:
            self.refuse(fault)
            return False
        return True

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
        """Somebody else changed the request or its chart: theirs is taken over where nothing was typed here."""
        office = self._services.office

        def show(card: RequestCard) -> None:
            self._chart = card.patient
            self.fill_again(lambda: self._show_request(card.request))

        self._services.tasks.submit(
            lambda: office.desk.queries.request_card(number, office.clock.now()),
            while_alive(self, show),
            self._services.feedback.refuse,
        )

    # Who asks

    def _on_patient_picked(self, hit: SearchHit) -> None:
        self._patient_id = hit.patient_id
        self._show_known(chart_line(hit.name, hit.birth_date, hit.mrn))
        self.go_to(self.fields.procedure)

    def _on_nobody_picked(self, typed: str) -> None:
        """A caller of whom that is known; in a review, a new chart."""
        if self._request is None:
            self.begin_with(typed)
            return
        self._as_new = True
        self.say_title(self._title.text(), "with a new chart")
        self._fields["person"].hide()
        self._other.show()
        self.go_to(self.fields.family)

    def _ask_anew(self) -> None:
        self._patient_id, self._as_new = None, False
        if self._request is None:
            self.say_title("New request")
        else:
            self.say_title("Review", texts.flat(self._request.contact.name))
        self._show_caller(self._request is not None)
        self._fields["person"].show()
        self._other.hide()
        self._person.begin_anew()
        self.go_to(self._person.edit)

    def _show_known(self, who: str) -> None:
        self.say_title(self._title.text(), texts.flat(who))
        self._show_caller(False)
        self._other.setVisible(self._request is None or self._request.patient_id is None)

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
        self._lacks = texts.label("", Type.SMALL, role="warn", wrap=True)
        self._lacks.hide()
        self.body.addWidget(self._lacks)
        self.add_row(field("person", "Whose chart" if self._request else "Who asks", self._person))
        self.body.addWidget(self._other, 0, Qt.AlignmentFlag.AlignLeft)
        family, given = field("family", "Family name", fields.family), field("given", "Given name", fields.given)
        born, phone = field("birth_date", "Born", fields.born), field("phone", "Phone", fields.phone)
        email, member = field("email", "Mail", fields.email), field("member_id", "Member number", fields.member)
        self._contact_rows = [family, given, born, phone, email, member]
        self.add_row(family, given)
        self.add_row(born, phone)
        self.add_row(email, member)
        self.add_row(field("procedure", "Procedure", fields.procedure))
        self.add_row(field("levels", "Levels", fields.levels), field("side", "Side", fields.side))
        self.add_row(field("diagnoses", "Diagnosis codes", fields.diagnoses))
        self.add_row(field("urgency", "Urgency", fields.urgency), field("source", "Came", fields.source))
        self.add_row(field("payer", "Payer", fields.payer))
        self.add_row(field("days", "Best days", fields.days), field("part", "Best time", fields.part))
        calls, referrer = (
            field("call_window", "When to call", fields.call_window),
            field("referrer", "Referred by", fields.referrer),
        )
        self.add_row(calls, referrer)
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
        self._request, self._patient_id, self._as_new = request, request.patient_id, False
        self.fields.show(request)
        if self._chart is not None:
            self.fields.show_chart(self._chart, request)
        name = self._chart.name if self._chart else request.contact.name
        self.say_title("Review", texts.flat(name))
        self._show_caller(request.patient_id is None)
        self._fields["person"].setVisible(request.patient_id is None)
        for field in (*self._contact_rows[2:4], self._contact_rows[5]):
            field.setVisible(request.patient_id is None or self._chart is not None)
        lacks = missing(self.catalogue(), request, self._chart)
        self._lacks.setText(f"Missing: {', '.join(MISSING_WORDS[each] for each in lacks)}.")
        self._lacks.setVisible(bool(lacks))
        self.setFocusProxy(self._fields[lacks[0]].editor if lacks else self.fields.procedure)
