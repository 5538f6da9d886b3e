"""Merging two charts in the window: found, seen side by side, merged by a verb, and refused in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking, patients
from desk_app.domain.records import Patient, Phone
from desk_app.ui.panels.inspector import Inspector
from desk_app.ui.panels.merge_form import MergeForm
from desk_app.ui.panels.patient_card import patient_content
from desk_app.ui.services import Services
from tests.helpers.small_practice import at
from tests.ui.panels.fixtures import CONTROL, Key, Keyboard, focused


@pytest.fixture
def twin(desk: Desk) -> Patient:
    phones = (Phone("413 555-0171", "+14135550171"),)
    chart = Patient("187330", "Ortiz", "Marisol K.", date(1951, 3, 12), phones=phones, payer="OLDCOL")
    return patients.add(desk, chart, True).value


@pytest.fixture
def form(services: Services, inspector: Inspector, desk: Desk, ortiz: Patient, twin: Patient) -> MergeForm:
    made = MergeForm(services, desk.queries.patient_card(ortiz.id, desk.now()))
    inspector.show_form(made)
    return made


def chart(desk: Desk, patient: Patient) -> Patient:
    return desk.queries.patient_card(patient.id, desk.now()).patient


def find(form: MergeForm, keys: Keyboard, typed: str, qtbot: QtBot) -> None:
    keys.write(typed)
    keys.press(Key.Key_Enter)
    qtbot.waitUntil(lambda: form._two is not None)


def words(form: MergeForm) -> list[str]:
    return [label.text() for label in form._side_by_side.findChildren(QLabel) if label.text()]


def test_the_other_chart_is_found_and_both_are_seen_before_they_are_merged_by_keyboard_alone(
    form: MergeForm, desk: Desk, ortiz: Patient, twin: Patient, keys: Keyboard, qtbot: QtBot, heard: list[str]
) -> None:
    find(form, keys, "187330", qtbot)
    assert {"204 118", "187 330", "Ortiz, Marisol", "Ortiz, Marisol K."} <= set(words(form))
    assert form.primary.word() == "Merge into MRN 204 118"
    assert focused() is form.primary
    with qtbot.waitSignal(form.merged) as merged:
        keys.press(Key.Key_Enter)
    assert merged.args[0].id == ortiz.id
    assert chart(desk, twin).merged_into == ortiz.id
    assert heard[-1] == "Charts of M. Ortiz merged: MRN 187330 is MRN 204118 now"


def test_the_other_one_can_be_kept_instead(
    form: MergeForm, desk: Desk, ortiz: Patient, twin: Patient, keys: Keyboard, qtbot: QtBot
) -> None:
    find(form, keys, "187330", qtbot)
    keys.press(Key.Key_X)
    assert form.primary.word() == "Merge into MRN 187 330"
    keys.press(Key.Key_Enter, modifier=CONTROL)
    assert chart(desk, ortiz).merged_into == twin.id


def test_without_another_chart_nothing_is_merged(form: MergeForm, desk: Desk, keys: Keyboard, qtbot: QtBot) -> None:
    before = desk.queries.last_seq()
    keys.press(Key.Key_Enter, modifier=CONTROL)
    assert form._fields["person"].editor.accessibleDescription() == "Find the other chart first."
    keys.write("204118")
    keys.press(Key.Key_Enter)
    qtbot.waitUntil(lambda: not form._wrong.isHidden())
    assert form._wrong.text() == "Choose another chart: this is the one that is shown."
    assert desk.queries.last_seq() == before


def test_visits_at_one_time_are_told_with_their_time(
    form: MergeForm, desk: Desk, ortiz: Patient, twin: Patient, keys: Keyboard, qtbot: QtBot
) -> None:
    for who, start in ((ortiz, "2026-11-25T09:00"), (twin, "2026-11-25T09:15")):
        booking.book(desk, booking.BookAppointment(at(start), "JOINT", patient_id=who.id))
    find(form, keys, "187330", qtbot)
    keys.press(Key.Key_Enter)
    assert form._wrong.text() == (
        "Both charts have a visit at the same time, Wed 25 Nov 09:15. Cancel or move the wrong one first."
    )
    assert chart(desk, twin).merged_into is None


def test_a_chart_that_was_changed_meanwhile_is_shown_anew_and_not_merged_unseen(
    form: MergeForm, desk: Desk, twin: Patient, keys: Keyboard, qtbot: QtBot
) -> None:
    find(form, keys, "187330", qtbot)
    patients.edit(desk, replace(chart(desk, twin), given="Maria"))
    keys.press(Key.Key_Enter)
    assert "has changed this meanwhile" in form._wrong.text()
    assert "Ortiz, Maria" in words(form)
    keys.press(Key.Key_Enter, modifier=CONTROL)
    assert chart(desk, twin).merged_into is not None


def test_a_chart_that_was_merged_says_so_and_leads_on(
    form: MergeForm, desk: Desk, services: Services, twin: Patient, ortiz: Patient, keys: Keyboard, qtbot: QtBot
) -> None:
    find(form, keys, "187330", qtbot)
    keys.press(Key.Key_Enter)
    card = patient_content(desk.queries.patient_card(twin.id, desk.now()), services.office.context())
    assert card.sections[0].headline == "Merged into another chart"
    assert card.primary is not None
    assert card.primary.code == f"show_patient:{ortiz.id}"


def test_esc_leaves_without_a_question(form: MergeForm, keys: Keyboard, qtbot: QtBot) -> None:
    find(form, keys, "187330", qtbot)
    with qtbot.waitSignal(form.left):
        keys.press(Key.Key_Escape)
