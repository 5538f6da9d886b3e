"""The language of a chart: picked from the list, or in the desk's own words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import patients
from desk_app.domain.records import Patient
from desk_app.ui.panels.inspector import Inspector
from desk_app.ui.panels.patient_form import PatientForm
from desk_app.ui.services import Services
from tests.ui.panels.fixtures import CONTROL, Key, Keyboard


def language_of(desk: Desk, patient: Patient) -> str:
    return desk.queries.patient_card(patient.id, desk.now()).patient.language


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("es", "Spanish"), ("span", "Spanish"), ("espanol", "Spanish"), ("hait", "Haitian Creole"), ("Hmong", "Hmong")],
)
def test_a_language_is_picked_or_written(
    services: Services, desk: Desk, inspector: Inspector, ortiz: Patient, keys: Keyboard, typed: str, kept: str
) -> None:
    form = PatientForm(services, ortiz)
    inspector.show_form(form)
    form._language.setFocus()
    keys.write(typed)
    keys.press(Key.Key_Return, modifier=CONTROL)
    assert language_of(desk, ortiz) == kept


@pytest.mark.parametrize("stored", ["español", "es", "Hmong", "Cape Verdean Creole", "  Spanish"])
def test_a_language_that_is_not_touched_stays_as_it_was_written(
    services: Services, desk: Desk, inspector: Inspector, ortiz: Patient, stored: str
) -> None:
    patients.edit(desk, replace(ortiz, language=stored))
    form = PatientForm(services, desk.queries.patient_card(ortiz.id, desk.now()).patient)
    inspector.show_form(form)
    form._note.setText("prefers mornings")
    form.submit()
    assert language_of(desk, ortiz) == stored
