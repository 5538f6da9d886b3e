from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases import patients
from desk_app.domain.records import Patient, Phone
from desk_app.domain.visit_parts import Alert, AlertKind
from desk_app.ui.panels.inspector import Inspector
from desk_app.ui.panels.patient_form import PatientForm
from desk_app.ui.panels.question_panel import QuestionPanel
from desk_app.ui.services import Services
from tests.ui.panels.fixtures import CONTROL, Key, Keyboard, focused


def chart(desk: Desk, number: int) -> Patient:
    return desk.queries.patient_card(number, desk.now()).patient


def found(desk: Desk, typed: str) -> list[Patient]:
    return [chart(desk, hit.patient_id) for hit in desk.queries.find_patients(typed, desk.now(), 9)]


@pytest.fixture
def form(services: Services, inspector: Inspector) -> PatientForm:
    made = PatientForm(services)
    inspector.show_form(made)
    return made


def test_a_new_chart_is_made_by_keyboard(form: PatientForm, desk: Desk, keys: Keyboard, heard: list[str]) -> None:
    for text in ("Keane", "Nora", "3/12/51", "f", "413 555 0177", "", "old col", "OC 1"):
        keys.write(text)
        keys.press(Key.Key_Tab)
    keys.press(Key.Key_Return, modifier=CONTROL)
    patient = found(desk, "keane")[0]
    assert (patient.name, patient.birth_date, patient.sex) == ("Keane, Nora", date(1951, 3, 12), "F")
    assert (patient.phones[0].e164, patient.payer, patient.member_id) == ("+14135550177", "OLDCOL", "OC 1")
    assert heard == [f"New chart for N. Keane, MRN {patient.mrn}"]


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("family", "", "A name is needed"),
        ("birth_date", "13/45/1951", "no birth date"),
        ("phone_2", "12", "area code"),
        ("payer", "Worldwide", "not in the list"),
        ("mrn", "204118", "belongs to somebody else"),
    ],
)
def test_a_refusal_stands_beside_its_field(
    form: PatientForm, ortiz: Patient, desk: Desk, field: str, typed: str, words: str
) -> None:
    form._family.setText("Keane")
    form._note.setText("walks with a cane")
    form._fields[field].editor.type_again(typed)  # type: ignore[attr-defined]
    form.submit()
    assert words in form._fields[field].editor.accessibleDescription()
    assert focused() in (form._fields[field].editor, form._fields[field].editor.focusProxy())
    assert form._note.text() == "walks with a cane"
    assert found(desk, "keane") == []


def test_perhaps_known_opens_that_chart_or_makes_a_new_one(
    form: PatientForm, ortiz: Patient, inspector: Inspector, desk: Desk, keys: Keyboard, qtbot: QtBot
) -> None:
    form._family.setText("Ortiz")
    form._given.setText("Marisol")
    form._phones[0].setText("413 555 0142")
    form.submit()
    question = inspector.form
    assert isinstance(question, QuestionPanel)
    keys.press(Key.Key_Escape)
    assert inspector.form is form
    assert form._given.text() == "Marisol"
    form.submit()
    with qtbot.waitSignal(form.known) as known:
        keys.press(Key.Key_L)
    assert known.args == [ortiz.id]
    assert len(found(desk, "ortiz")) == 1


def test_somebody_new_though_alike_gets_a_chart(form: PatientForm, ortiz: Patient, desk: Desk, keys: Keyboard) -> None:
    form._family.setText("Ortiz")
    form._given.setText("Marisol")
    form._phones[0].setText("413 555 0142")
    form.submit()
    keys.press(Key.Key_C)
    assert len(found(desk, "ortiz")) == 2


def test_an_edit_keeps_every_allergy_phone_and_label(services: Services, desk: Desk, inspector: Inspector) -> None:
    there = patients.add(
        desk,
        Patient(
            "",
            "Lee",
            "Hana",
            phones=tuple(Phone(f"413 555-010{n}", f"+1413555010{n}", label=f"label {n}") for n in range(3)),
            alerts=(
                Alert(AlertKind.ALLERGY, "penicillin"),
                Alert(AlertKind.ALLERGY, "iodine; contrast"),
                Alert(AlertKind.LATEX),
            ),
            note="first line\nsecond line",
        ),
    ).value
    form = PatientForm(services, there)
    inspector.show_form(form)
    form._email.setText("hana@mail.example")
    form.submit()
    after = chart(desk, there.id)
    assert after == replace(there, email="hana@mail.example", version=after.version)


def test_a_further_allergy_is_added_with_a_semicolon(
    services: Services, desk: Desk, inspector: Inspector, ortiz: Patient
) -> None:
    form = PatientForm(services, ortiz)
    inspector.show_form(form)
    form._alerts[AlertKind.ALLERGY].setText("penicillin; iodine")
    form._alerts[AlertKind.PACEMAKER].setText("yes")
    form.submit()
    assert chart(desk, ortiz.id).alerts == (
        Alert(AlertKind.ALLERGY, "penicillin"),
        Alert(AlertKind.ALLERGY, "iodine"),
        Alert(AlertKind.PACEMAKER),
    )


def test_when_somebody_else_changed_the_chart_mine_is_not_lost(
    services: Services, desk: Desk, inspector: Inspector, ortiz: Patient
) -> None:
    form = PatientForm(services, ortiz)
    inspector.show_form(form)
    form._note.setText("prefers mornings")
    patients.edit(desk, replace(ortiz, language="Spanish"))
    form.submit()
    assert "has changed this meanwhile" in form._wrong.text()
    assert (form._language.currentText(), form._note.text()) == ("Spanish", "prefers mornings")
    form.submit()
    after = chart(desk, ortiz.id)
    assert (after.language, after.note) == ("Spanish", "prefers mornings")
