"""A chart by hand: a new patient, or changes to one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal

from desk_app.application.wording import birth_date
from desk_app.domain.records import Alert, AlertKind, Patient, Phone
from desk_app.domain.typed_dates import typed_birth_date
from desk_app.interop.phones import parse_phone
from desk_app.ui.operations.people import adding_patient, editing_patient
from desk_app.ui.panels.form import Form
from desk_app.ui.panels.person_words import number
from desk_app.ui.services import Services
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
        self._services, self._patient = services, patient
        self._family, self._given = TextEdit(patient.family), TextEdit(patient.given)
        self._born = TextEdit(birth_date(patient.birth_date), "3/12/1951")
        self._sex, self._payer = Pick("–"), Pick("not known")
        self._mrn = TextEdit(patient.mrn, "given by itself")
        self._phones = tuple(TextEdit(_shown(patient.phones, row)) for row in (0, 1))
        self._email, self._language = TextEdit(patient.email), TextEdit(patient.language)
        self._member, self._note = TextEdit(patient.member_id), TextEdit(patient.note)
        details = {alert.kind: alert.detail or "yes" for alert in patient.alerts}
        self._alerts = {kind: TextEdit(details.get(kind, ""), hint) for kind, _, hint in ALERTS}
        self._arrange()
        self._fill()
        if patient.id:
            self.say_title("Chart", patient.name)

    def submit(self) -> None:
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)
        self.forgive()
        born = typed_birth_date(self._born.value(), self._services.office.today)
        if self._born.value() and born is None:
            self.complain("This is no birth date; write 3/12/1951.", "birth_date")
            return
        patient = replace(
            self._patient,
            family=self._family.value(),
            given=self._given.value(),
            birth_date=born,
            sex=self._sex.value() or "",
            mrn=self._mrn.value(),
            phones=self._typed_phones(),
            email=self._email.value(),
            language=self._language.value(),
            payer=self._payer.value(),
            member_id=self._member.value(),
            note=self._note.value(),
            alerts=self._typed_alerts(),
        )
        operations = self._services.operations
        if patient.id:
            operations.run(editing_patient(patient, self._done, self.refuse))
        else:
            operations.run(adding_patient(operations.run, patient, self._done, self._on_known, self.refuse))

    def _done(self, saved: object) -> None:
        self.left.emit()
        self.saved.emit(saved)

    def _on_known(self, patient_id: int) -> None:
        self.left.emit()
        self.known.emit(patient_id)

    def _typed_phones(self) -> tuple[Phone, ...]:
        """A number that was not touched stays as it is stored, with its label."""
        region = self._services.office.catalogue.settings.phone_region
        there = self._patient.phones
        phones = []
        for row, edit in enumerate(self._phones):
            if edit.value() and edit.value() == _shown(there, row):
                phones.append(there[row])
            elif edit.value():
                phones.append(parse_phone(edit.value(), region))
        return tuple(phones) + there[2:]

    def _typed_alerts(self) -> tuple[Alert, ...]:
        kept = {alert.kind: alert for alert in self._patient.alerts}
        typed = []
        for kind, edit in self._alerts.items():
            text = edit.value()
            if not text:
                continue
            same = kind in kept and text == (kept[kind].detail or "yes")
            typed.append(kept[kind] if same else Alert(kind, "" if text.casefold() == "yes" else text))
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

    def _fill(self) -> None:
        self._sex.offer(SEXES)
        self._sex.choose(self._patient.sex or None)
        payers = self._services.office.catalogue.payers
        self._payer.offer([(None, "not known"), *((each.code, each.name) for each in payers)])
        self._payer.choose(self._patient.payer)


def _shown(phones: tuple[Phone, ...], row: int) -> str:
    return number(phones[row]) if row < len(phones) else ""
