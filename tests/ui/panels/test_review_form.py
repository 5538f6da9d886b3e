"""The review of a request: what is missing is said and led to, and what is completed is stored in one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases import patients
from desk_app.domain.records import Patient, Phone, Request
from desk_app.domain.statuses import RequestStatus
from desk_app.ui.panels.inspector import Inspector
from desk_app.ui.panels.request_form import RequestForm
from desk_app.ui.services import Services
from tests.ui.panels.fixtures import CONTROL, Key, Keyboard, focused

Review = Callable[[Request], RequestForm]


def read(desk: Desk, request: Request) -> Request:
    return desk.queries.request_card(request.id, desk.now()).request


@pytest.fixture
def review(services: Services, inspector: Inspector, desk: Desk) -> Review:
    def show(request: Request) -> RequestForm:
        card = desk.queries.request_card(request.id, desk.now())
        form = RequestForm(services, card.request, card.patient)
        inspector.show_form(form)
        return form

    return show


@pytest.fixture
def asked(desk: Desk, ortiz: Patient, take_down: Callable[..., Request]) -> Request:
    """A kyphoplasty for a known patient, of which the levels and the diagnosis are missing."""
    chart = replace(ortiz, birth_date=date(1951, 3, 12), member_id="OC 1")
    patients.edit(desk, chart)
    return take_down(patient_id=ortiz.id, procedure="KYPHO")


def test_the_keyboard_comes_in_at_the_first_field_that_is_missing(asked: Request, review: Review) -> None:
    form = review(asked)
    assert form._lacks.text() == "Missing: no diagnosis code yet, no levels named yet."
    assert focused() is form.fields.diagnoses


def test_a_complete_review_sends_the_request_on(
    asked: Request, review: Review, desk: Desk, keys: Keyboard, heard: list[str]
) -> None:
    form = review(asked)
    keys.write("m80.08xa")
    form.fields.levels.setText("T12")
    keys.press(Key.Key_Enter, modifier=CONTROL)
    after = read(desk, asked)
    assert (after.diagnoses, after.level_names) == (("M80.08XA",), "T12")
    assert after.status is RequestStatus.AWAITING_AUTHORIZATION
    assert heard[-1] == "Request of M. Ortiz changed, awaiting authorization now"


def test_what_is_no_code_is_refused_beside_its_field_and_nothing_is_lost(
    asked: Request, review: Review, desk: Desk, keys: Keyboard
) -> None:
    form = review(asked)
    keys.write("backache")
    form.fields.note.setText("has stairs")
    keys.press(Key.Key_Enter, modifier=CONTROL)
    assert "not the form of a diagnosis code" in form.fields.diagnoses.accessibleDescription()
    assert (form.fields.diagnoses.text(), form.fields.note.text()) == ("backache", "has stairs")
    assert read(desk, asked).note == ""


def test_a_linked_requests_review_completes_the_chart(
    asked: Request, review: Review, desk: Desk, ortiz: Patient
) -> None:
    form = review(asked)
    assert (form.fields.born.text(), form.fields.member.text()) == ("12 Mar 1951", "OC 1")
    assert not form.fields.family.isVisible()
    form.fields.member.setText("OC 4471")
    form.submit()
    chart = desk.queries.patient_card(ortiz.id, desk.now()).patient
    assert (chart.member_id, chart.payer) == ("OC 4471", "OLDCOL")


def test_a_callers_chart_is_found_in_the_review(
    review: Review, desk: Desk, ortiz: Patient, take_down: Callable[..., Request], keys: Keyboard, qtbot: QtBot
) -> None:
    request = take_down()
    form = review(request)
    assert focused() is form._person.edit
    keys.write("ortiz")
    keys.press(Key.Key_Enter)
    qtbot.waitUntil(lambda: focused() is form.fields.procedure)
    assert "Ortiz, Marisol" in form._more.text()
    form.submit()
    after = read(desk, request)
    assert (after.patient_id, after.status) == (ortiz.id, RequestStatus.READY_TO_BOOK)


def test_somebody_new_gets_a_chart_of_what_was_written(
    review: Review, desk: Desk, take_down: Callable[..., Request], keys: Keyboard, qtbot: QtBot
) -> None:
    request = take_down()
    form = review(request)
    keys.write("nobody known")
    keys.press(Key.Key_Enter)
    qtbot.waitUntil(lambda: focused() is form.fields.family)
    assert form._more.text() == "with a new chart"
    form.fields.born.setText("8/4/1948")
    form.submit()
    after = read(desk, request)
    assert after.patient_id is not None
    assert desk.queries.patient_card(after.patient_id, desk.now()).patient.birth_date == date(1948, 8, 4)
    assert after.status is RequestStatus.READY_TO_BOOK


def test_whose_chart_it_is_can_be_taken_back_before_it_is_saved(
    review: Review, desk: Desk, ortiz: Patient, take_down: Callable[..., Request], keys: Keyboard, qtbot: QtBot
) -> None:
    request = take_down()
    form = review(request)
    keys.write("ortiz")
    keys.press(Key.Key_Enter)
    qtbot.waitUntil(lambda: focused() is form.fields.procedure)
    qtbot.keyClick(form._other, Key.Key_Space)
    assert focused() is form._person.edit
    form.submit()
    assert read(desk, request).patient_id is None


def test_of_a_chart_that_was_changed_meanwhile_theirs_comes_in_and_mine_stays(
    asked: Request, review: Review, desk: Desk, ortiz: Patient
) -> None:
    form = review(asked)
    form.fields.member.setText("OC 9")
    chart = desk.queries.patient_card(ortiz.id, desk.now()).patient
    patients.edit(desk, replace(chart, phones=(Phone("413 555 0190", "+14135550190"),)))
    form.submit()
    assert "has changed this meanwhile" in form._wrong.text()
    assert (form.fields.phone.text(), form.fields.member.text()) == ("413 555-0190", "OC 9")
    form.submit()
    after = desk.queries.patient_card(ortiz.id, desk.now()).patient
    assert (after.phones[0].e164, after.member_id) == ("+14135550190", "OC 9")
