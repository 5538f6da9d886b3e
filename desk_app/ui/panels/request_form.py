"""A request taken down by hand, or changed: who asks, what for, how soon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desk_app.application.read_models import SearchHit
from desk_app.application.use_cases.requests import NewRequest
from desk_app.application.wording import birth_date
from desk_app.domain.levels import shown_levels, typed_levels
from desk_app.domain.records import Contact, Patient, Request, Wishes
from desk_app.domain.statuses import RequestSource, Urgency
from desk_app.domain.typed_dates import typed_birth_date
from desk_app.interop.phones import parse_phone
from desk_app.ui.operations.people import editing_request, taking_down
from desk_app.ui.panels.form import Form
from desk_app.ui.panels.person_field import PersonField
from desk_app.ui.panels.person_words import chart_line, number
from desk_app.ui.services import Services
from desk_app.ui.widgets.buttons import KeyButton
from desk_app.ui.widgets.fields import DayButtons, Field, TextEdit
from desk_app.ui.widgets.pick import Pick

URGENCIES = ((Urgency.ROUTINE.value, "routine"), (Urgency.SOON.value, "soon"), (Urgency.URGENT.value, "urgent"))
SOURCES = (
    (RequestSource.PHONE.value, "by phone"),
    (RequestSource.REFERRAL.value, "referral"),
    (RequestSource.WALK_IN.value, "walked in"),
    (RequestSource.WEB.value, "web form"),
)
SIDES = ((None, "–"), ("L", "left"), ("R", "right"), ("both", "both"))
PARTS = ((None, "any time"), ("morning", "mornings"), ("afternoon", "afternoons"))


class RequestForm(Form):
    """``saved(request, find_slot)``; nothing typed is lost by a refusal."""

    saved = Signal(object, bool)
    width_wanted = 360

    def __init__(self, services: Services, request: Request | None = None, patient: Patient | None = None) -> None:
        verb = "Save" if request is not None else "Save and find slot"
        super().__init__("Request" if request is not None else "New request", verb, "Ctrl+Enter", "check")
        self._services, self._request = services, request
        self._patient_id = patient.id if patient else (request.patient_id if request else None)
        self._write_id = uuid4()
        self._person = PersonField(services)
        self._names = (TextEdit(), TextEdit())
        self._born, self._phone, self._email = TextEdit(placeholder="3/12/1951"), TextEdit(), TextEdit()
        self._procedure, self._levels, self._side = Pick("not chosen"), TextEdit(), Pick("–")
        self._urgency, self._source, self._payer = Pick(), Pick(), Pick("not known")
        self._days, self._part = DayButtons(), Pick("any time")
        self._member, self._referrer, self._note = TextEdit(), TextEdit(), TextEdit()
        self._contact_rows: list[Field] = []
        self._arrange()
        self._fill(request)
        if patient is not None:
            self._show_known(chart_line(patient.name, patient.birth_date, patient.mrn), patient.payer)
        self._connect()

    def prefill(self, procedure: str | None, levels: str) -> None:
        """What a search was made for."""
        self._procedure.choose(procedure)
        self._levels.setText(levels)

    def begin_with(self, typed: str) -> None:
        """What was looked for in vain is who asks."""
        self._on_nobody_picked(typed)

    def submit(self) -> None:
        self._save(find_slot=self._request is None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_S and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._save(find_slot=False)
        else:
            super().keyPressEvent(event)

    # Saving

    def _save(self, find_slot: bool) -> None:
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)
        self.forgive()
        born = self._birth_date()
        if self._born.value() and born is None and not self._born.isHidden():
            self.complain("This is no birth date; write 3/12/1951.", "birth_date")
            return
        run = self._services.operations.run
        if self._request is not None:
            run(editing_request(self._edited(self._request), lambda saved: self._done(saved, False), self.refuse))
        else:
            run(taking_down(self._new(), lambda saved: self._done(saved, find_slot), self.refuse))

    def _done(self, saved: object, find_slot: bool) -> None:
        self.left.emit()
        self.saved.emit(saved, find_slot)

    def _new(self) -> NewRequest:
        levels, names = typed_levels(self._levels.value())
        return NewRequest(
            source=RequestSource(self._source.value() or RequestSource.PHONE.value),
            urgency=Urgency(self._urgency.value() or Urgency.ROUTINE.value),
            patient_id=self._patient_id,
            contact=self._contact(Contact()),
            procedure=self._procedure.value(),
            levels=levels,
            level_names=names,
            side=self._side.value() or "",
            payer=self._payer.value(),
            wishes=self._wishes(Wishes()),
            referrer=self._referrer.value(),
            note=self._note.value(),
            write_id=self._write_id,
        )

    def _edited(self, request: Request) -> Request:
        levels, names = typed_levels(self._levels.value())
        return replace(
            request,
            source=RequestSource(self._source.value() or request.source.value),
            urgency=Urgency(self._urgency.value() or request.urgency.value),
            contact=self._contact(request.contact) if self._patient_id is None else request.contact,
            procedure=self._procedure.value(),
            levels=levels,
            level_names=names,
            side=self._side.value() or "",
            payer=self._payer.value(),
            wishes=self._wishes(request.wishes),
            referrer=self._referrer.value(),
            note=self._note.value(),
        )

    def _contact(self, known: Contact) -> Contact:
        """What was known beside the fields shown stays: further phones, the words of an odd birth date."""
        first = known.phones[0] if known.phones else None
        phones = known.phones
        if self._phone.value() != (number(first) if first else ""):
            region = self._services.office.catalogue.settings.phone_region
            typed = (parse_phone(self._phone.value(), region),) if self._phone.value() else ()
            phones = typed + known.phones[1:]
        return replace(
            known,
            family=self._names[0].value(),
            given=self._names[1].value(),
            birth_date=self._birth_date(),
            phones=phones,
            email=self._email.value(),
            member_id=self._member.value(),
        )

    def _birth_date(self) -> date | None:
        return typed_birth_date(self._born.value(), self._services.office.today)

    def _wishes(self, known: Wishes) -> Wishes:
        return replace(known, weekdays=tuple(sorted(self._days.value() or ())), part_of_day=self._part.value() or "")

    # Showing

    def _on_patient_picked(self, hit: SearchHit) -> None:
        self._patient_id = hit.patient_id
        self._show_known(chart_line(hit.name, hit.birth_date, hit.mrn), None)
        self._procedure.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_nobody_picked(self, typed: str) -> None:
        self._show_caller(True)
        digits = sum(ch.isdigit() for ch in typed)
        if digits >= 7 and not any(ch.isalpha() for ch in typed):
            self._phone.setText(typed)
        elif "," in typed:
            family, given = typed.split(",", 1)
            self._names[0].setText(family.strip())
            self._names[1].setText(given.strip())
        else:
            *given_names, family = typed.split()
            self._names[0].setText(family)
            self._names[1].setText(" ".join(given_names))
        self._names[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _show_known(self, who: str, payer: str | None) -> None:
        self.say_title(self._heading(), who)
        self._show_caller(False)
        self._fields["person"].hide()
        if payer is not None:
            self._payer.choose(payer)

    def _show_caller(self, shown: bool) -> None:
        self._fields["person"].hide()
        for field in self._contact_rows:
            field.setVisible(shown)

    def _heading(self) -> str:
        return "New request" if self._request is None else "Request"

    def _arrange(self) -> None:
        field = self.add_field
        self.add_row(field("person", "Who asks", self._person))
        family, given = field("family", "Family name", self._names[0]), field("given", "Given name", self._names[1])
        born, phone = field("birth_date", "Born", self._born), field("phone", "Phone", self._phone)
        email = field("email", "Mail", self._email)
        self._contact_rows = [family, given, born, phone, email]
        self.add_row(family, given)
        self.add_row(born, phone)
        self.add_row(email)
        self.add_row(field("procedure", "Procedure", self._procedure))
        self.add_row(field("levels", "Levels", self._levels), field("side", "Side", self._side))
        self.add_row(field("urgency", "Urgency", self._urgency), field("source", "Came", self._source))
        self.add_row(field("payer", "Payer", self._payer), field("member_id", "Member id", self._member))
        self.add_row(field("days", "Best days", self._days), field("part", "Best time", self._part))
        self.add_row(field("referrer", "Referred by", self._referrer))
        self.add_row(field("note", "Note", self._note))
        self.setFocusProxy(self._person)

    def _fill(self, request: Request | None) -> None:
        catalogue = self._services.office.catalogue
        self._procedure.offer([(None, "not chosen"), *((each.code, each.name) for each in catalogue.procedures)])
        self._payer.offer([(None, "not known"), *((each.code, each.name) for each in catalogue.payers)])
        for pick, choices in (
            (self._side, SIDES),
            (self._urgency, URGENCIES),
            (self._source, SOURCES),
            (self._part, PARTS),
        ):
            pick.offer(choices)
        if request is None:
            self._procedure.choose(None)
            self._payer.choose(None)
            self._side.choose(None)
            self._part.choose(None)
            self._urgency.choose(Urgency.ROUTINE.value)
            self._source.choose(RequestSource.PHONE.value)
            self._levels.setText("1")
            for field in self._contact_rows:
                field.hide()
            self._add_save_only()
        else:
            self._show_request(request)

    def _add_save_only(self) -> None:
        save = KeyButton("Save only", "Ctrl+S")
        save.clicked.connect(lambda: self._save(find_slot=False))
        self.foot.addWidget(save)

    def _show_request(self, request: Request) -> None:
        contact = request.contact
        self._names[0].setText(contact.family)
        self._names[1].setText(contact.given)
        self._born.setText(birth_date(contact.birth_date) or contact.birth_date_text)
        self._phone.setText(number(contact.phones[0]) if contact.phones else "")
        self._email.setText(contact.email)
        self._member.setText(contact.member_id)
        self._procedure.choose(request.procedure)
        self._levels.setText(shown_levels(request.levels, request.level_names))
        self._side.choose(request.side or None)
        self._urgency.choose(request.urgency.value)
        self._source.choose(request.source.value)
        self._payer.choose(request.payer)
        self._days.choose(request.wishes.weekdays)
        self._part.choose(request.wishes.part_of_day or None)
        self._referrer.setText(request.referrer)
        self._note.setText(request.note)
        self.say_title("Request", contact.name)
        self._show_caller(request.patient_id is None)
        self.setFocusProxy(self._procedure)

    def _connect(self) -> None:
        self._person.patient_picked.connect(self._on_patient_picked)
        self._person.nobody_picked.connect(self._on_nobody_picked)
