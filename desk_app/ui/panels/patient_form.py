"""A chart by hand: a new patient, or changes to one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from shiboken6 import isValid

from desk_app.domain.faults import Conflict
from desk_app.domain.languages import LANGUAGES, language_code, language_named
from desk_app.domain.practice import Catalogue
from desk_app.domain.records import Patient
from desk_app.domain.visit_parts import Alert, AlertKind
from desk_app.ui.operations.people import adding_patient, editing_patient
from desk_app.ui.panels.contact_fields import NO_BIRTH_DATE, NO_PHONE, BirthEdit, PhoneEdit
from desk_app.ui.panels.form import Form
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.alive import while_alive
from desk_app.ui.widgets.fields import TextEdit
from desk_app.ui.widgets.pick import Pick

SEXES = ((None, "–"), ("F", "F"), ("M", "M"), ("X", "X"))
ALERTS = (
    (AlertKind.ALLERGY, "Allergy", "to what"),
    (AlertKind.LATEX, "Latex", "yes"),
    (AlertKind.ANTICOAGULANT, "Blood thinner", "which"),
    (AlertKind.PACEMAKER, "Pacemaker", "which"),
    (AlertKind.INTERPRETER, "Interpreter", "language"),
    (AlertKind.MOBILITY, "Mobility", "walker, wheelchair"),
)
NO_PATIENT = Patient("", "", "")


class PatientForm(Form):
    """``saved(patient)``, or ``known(id)`` where it turns out that the chart is there already."""

    saved = Signal(object)
    known = Signal(int)
    width_wanted = 360

    def __init__(self, services: Services, patient: Patient = NO_PATIENT) -> None:
        super().__init__("Chart" if patient.id else "New patient", "Save", "Ctrl+Enter", "check")
        self._services, self._patient, self._saving = services, patient, False
        office = services.office
        region = office.catalogue.settings.phone_region
        self._family, self._given, self._born = TextEdit(), TextEdit(), BirthEdit(office.today)
        self._sex, self._payer = Pick("–"), Pick("not known")
        self._mrn = TextEdit(placeholder="given by itself")
        self._phones = (PhoneEdit(region), PhoneEdit(region))
        self._email, self._language = TextEdit(), Pick("not known")
        self._member, self._note = TextEdit(), TextEdit()
        self._alerts = {kind: TextEdit(placeholder=hint) for kind, _, hint in ALERTS}
        self._arrange()
        self._sex.offer(SEXES)
        self._language.offer([(None, "not known"), *LANGUAGES.items()])
        payers = office.catalogue.payers
        self._payer.offer([(None, "not known"), *((each.code, each.name) for each in payers)])
        self._show(patient)
        self.is_stored()

    def catalogue(self) -> Catalogue:
        return self._services.office.catalogue

    def submit(self) -> None:
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)
        self.forgive()
        if self._saving or not self._is_understood():
            return
        self._saving = True
        patient, operations = self._typed_patient(), self._services.operations
        done, refused = while_alive(self, self._done), self._refused
        if patient.id:
            operations.run(editing_patient(operations.run, self._services.office, patient, done, refused))
        else:
            operations.run(adding_patient(operations.run, patient, done, self._on_known, refused))

    def take_back_keyboard(self) -> None:
        self._saving = False
        super().take_back_keyboard()

    def _is_understood(self) -> bool:
        if not self._born.is_understood():
            self.complain(NO_BIRTH_DATE, "birth_date")
            return False
        for phone, name in zip(self._phones, ("phone", "phone_2"), strict=True):
            if not phone.is_understood():
                self.complain(NO_PHONE, name)
                return False
        return self.choices_are_known("sex", "payer")

    def _typed_patient(self) -> Patient:
        phones = tuple(phone for edit in self._phones if (phone := edit.phone()) is not None)
        return replace(
            self._patient,
            family=self._family.value(),
            given=self._given.value(),
            birth_date=self._born.born(),
            sex=self._sex.value() or "",
            mrn=self._mrn.value(),
            phones=phones + self._patient.phones[2:],
            email=self._email.value(),
            language=self._typed_language(),
            payer=self._payer.value(),
            member_id=self._member.value(),
            note=self._note.value(),
            alerts=self._typed_alerts(),
        )

    def _typed_language(self) -> str:
        """One of the list by its name, any other in the words that were typed; what was not touched stays."""
        code = self._language.value()
        if code is not None:
            stored = self._patient.language
            return stored if language_code(stored) == code else LANGUAGES[code]
        return language_named(self._language.unknown())

    def _done(self, saved: object) -> None:
        self.left.emit()
        self.saved.emit(saved)

    def _on_known(self, patient_id: int) -> None:
        self.left.emit()
        self.known.emit(patient_id)

    def _refused(self, fault: Exception) -> bool:
        if not isValid(self):
            return False
        self._saving = False
        if isinstance(fault, Conflict) and self._patient.id:
            self._read_again()
        return self.refuse(fault)

    def _read_again(self) -> None:
        """Somebody else changed the chart: theirs is taken over where nothing was typed here."""
        office, number = self._services.office, self._patient.id
        self._services.tasks.submit(
            lambda: office.desk.queries.patient_card(number, office.clock.now()).patient,
            while_alive(self, lambda patient: self.fill_again(lambda: self._show(patient))),
            self._services.feedback.refuse,
        )

    def _typed_alerts(self) -> tuple[Alert, ...]:
        """What was not touched stays as it was; several of a kind stand in one field, parted by semicolons."""
        typed: list[Alert] = []
        for kind, edit in self._alerts.items():
            text = edit.value()
            if text == _details(self._patient, kind):
                typed += [alert for alert in self._patient.alerts if alert.kind is kind]
            else:
                parts = [part.strip() for part in text.split(";") if part.strip()]
                typed += [Alert(kind, "" if part.casefold() == "yes" else part) for part in parts]
        return tuple(typed)

    def _arrange(self) -> None:
        field = self.add_field
        self.add_row(field("family", "Family name", self._family), field("given", "Given name", self._given))
        self.add_row(field("birth_date", "Born", self._born), field("sex", "Sex", self._sex))
        self.add_row(field("phone", "Phone", self._phones[0]), field("phone_2", "Second phone", self._phones[1]))
        self.add_row(field("payer", "Payer", self._payer), field("member_id", "Member id", self._member))
        self.add_row(field("email", "Mail", self._email), field("language", "Language", self._language))
        alerts = [field(kind.value, caption, self._alerts[kind]) for kind, caption, _ in ALERTS]
        for left, right in zip(alerts[::2], alerts[1::2], strict=True):
            self.add_row(left, right)
        self.add_row(field("mrn", "Chart number", self._mrn), field("note", "Note", self._note))
        self.setFocusProxy(self._family)

    def _show(self, patient: Patient) -> None:
        self._patient = patient
        told = (
            (self._family, patient.family),
            (self._given, patient.given),
            (self._mrn, patient.mrn),
            (self._email, patient.email),
            (self._member, patient.member_id),
            (self._note, patient.note),
        )
        for edit, text in told:
            edit.show_text(text)
        for kind, edit in self._alerts.items():
            edit.show_text(_details(patient, kind))
        self._born.show_birth(patient.birth_date)
        for row, phone in enumerate(self._phones):
            phone.show_phone(patient.phones[row] if row < len(patient.phones) else None)
        code = language_code(patient.language)
        if code is None and patient.language:
            self._language.show_unknown(patient.language)
        else:
            self._language.choose(code)
        self._sex.choose(patient.sex or None)
        self._payer.choose(patient.payer)
        if patient.id:
            self.say_title("Chart", patient.name)


def _details(patient: Patient, kind: AlertKind) -> str:
    return "; ".join(texts.flat(alert.detail) or "yes" for alert in patient.alerts if alert.kind is kind)
