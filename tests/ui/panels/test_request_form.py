from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases import requests
from desk_app.domain.records import Contact, Patient, Phone, Request
from desk_app.domain.statuses import RequestStatus, Urgency
from desk_app.ui.panels.form import NOT_SAVED
from desk_app.ui.panels.inspector import Inspector
from desk_app.ui.panels.request_form import RequestForm
from desk_app.ui.services import Services
from tests.ui.panels.fixtures import CONTROL, Key, Keyboard, focused, names_on_the_way


@pytest.fixture
def form(services: Services, inspector: Inspector) -> RequestForm:
    made = RequestForm(services)
    inspector.show_form(made)
    return made


def stored(desk: Desk) -> list[Request]:
    return [
        desk.queries.request_card(line.request_id, desk.now()).request
        for line in desk.queries.requests("open", desk.now())
    ]


def refusal(form: RequestForm, name: str) -> str:
    return form._fields[name].editor.accessibleDescription()


def complaint(form: RequestForm) -> str:
    return form._wrong.text() if not form._wrong.isHidden() else ""


def test_a_callers_request_is_taken_down_by_keyboard_alone(
    form: RequestForm, desk: Desk, keys: Keyboard, qtbot: QtBot
) -> None:
    keys.write("Nora Keane")
    keys.press(Key.Key_Enter)
    qtbot.waitUntil(lambda: focused() is form.fields.family)
    keys.press(Key.Key_Tab, Key.Key_Tab)
    keys.write("3/12/51")
    keys.press(Key.Key_Tab)
    keys.write("413 555 0177")
    keys.press(Key.Key_Tab, Key.Key_Tab, Key.Key_Tab)
    keys.write("kypho")
    keys.press(Key.Key_Tab)
    keys.write("T12 L1")
    with qtbot.waitSignal(form.saved) as saved:
        keys.press(Key.Key_Enter, modifier=CONTROL)
    request = stored(desk)[0]
    assert saved.args[1] is True
    assert request.contact.name == "Keane, Nora"
    assert request.contact.birth_date == date(1951, 3, 12)
    assert request.contact.phones[0].e164 == "+14135550177"
    assert (request.procedure, request.levels, request.level_names) == ("KYPHO", 2, "T12 L1")


def test_a_known_patients_request_asks_nothing_that_the_chart_knows(
    form: RequestForm, desk: Desk, ortiz: Patient, keys: Keyboard, qtbot: QtBot
) -> None:
    keys.write("ortiz")
    keys.press(Key.Key_Enter)
    qtbot.waitUntil(lambda: focused() is form.fields.procedure)
    keys.write("joint")
    keys.press(Key.Key_S, modifier=CONTROL)
    request = stored(desk)[0]
    assert (request.patient_id, request.procedure, request.payer) == (ortiz.id, "JOINT", "OLDCOL")
    assert not form._contact_rows[0].isVisible()


def test_the_wrong_patient_is_taken_back(form: RequestForm, ortiz: Patient, keys: Keyboard, qtbot: QtBot) -> None:
    keys.write("ortiz")
    keys.press(Key.Key_Tab)
    qtbot.waitUntil(lambda: focused() is form.fields.procedure)
    qtbot.keyClick(form._other, Key.Key_Space)
    assert form._patient_id is None
    assert focused() is form._person.edit
    assert form._person.edit.text() == ""


@pytest.mark.parametrize(
    ("typed", "family", "given", "born", "phone"),
    [
        ("Nora Keane", "Keane", "Nora", "", ""),
        ("Keane, Nora Anne", "Keane", "Nora Anne", "", ""),
        ("413 555 0177", "", "", "", "413 555 0177"),
        ("3/12/1951", "", "", "3/12/1951", ""),
        ("<b>Nora</b> & Söhne", "Söhne", "<b>Nora</b> &", "", ""),
    ],
)
def test_what_was_looked_for_in_vain_begins_the_form(
    form: RequestForm, typed: str, family: str, given: str, born: str, phone: str
) -> None:
    form.begin_with(typed)
    fields = form.fields
    assert (fields.family.text(), fields.given.text(), fields.born.text(), fields.phone.text()) == (
        family, given, born, phone,
    )  # fmt: skip
    assert focused() is fields.family


def test_nobody_chosen_is_said_where_it_is_asked(form: RequestForm, desk: Desk, keys: Keyboard) -> None:
    keys.press(Key.Key_Enter, modifier=CONTROL)
    assert "Say who asks" in refusal(form, "person")
    assert stored(desk) == []


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("birth_date", "31 feb 1950", "no birth date"),
        ("birth_date", "1/1/1801", "no birth date"),
        ("phone", "call my son", "area code"),
        ("phone", "555-0142", "area code"),
        ("levels", "7", "1 to 3 levels"),
        ("urgency", "someday", "not in the list"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(
    form: RequestForm, desk: Desk, field: str, typed: str, words: str
) -> None:
    form.begin_with("Nora Keane")
    form.fields.phone.setText("413 555 0177")
    form.fields.procedure.choose("KYPHO")
    form._fields[field].editor.type_again(typed)  # type: ignore[attr-defined]
    form.submit()
    assert words in refusal(form, field)
    assert form._fields[field].editor.property("wrong") == "true"
    assert focused() in (form._fields[field].editor, form._fields[field].editor.focusProxy())
    assert (form.fields.family.text(), form.fields.given.text()) == ("Keane", "Nora")
    assert form._fields[field].editor.typed() == typed  # type: ignore[attr-defined]
    assert stored(desk) == []


def test_without_a_phone_or_a_mail_nobody_could_call_back(form: RequestForm, desk: Desk) -> None:
    form.begin_with("Nora Keane")
    form.submit()
    assert "phone number" in refusal(form, "phone")
    assert stored(desk) == []


def test_after_a_refusal_the_corrected_form_is_saved(form: RequestForm, desk: Desk) -> None:
    form.begin_with("Nora Keane")
    form.submit()
    form.fields.phone.setText("413 555 0177")
    form.submit()
    assert [request.contact.family for request in stored(desk)] == ["Keane"]


def test_a_payer_and_a_procedure_nobody_knows_stay_in_the_callers_words(form: RequestForm, desk: Desk) -> None:
    form.begin_with("Nora Keane")
    form.fields.phone.setText("413 555 0177")
    form.fields.procedure.type_again("something for my back")
    form.fields.payer.type_again("Worldwide Mutual")
    form.submit()
    request = stored(desk)[0]
    assert (request.procedure, request.procedure_text) == (None, "something for my back")
    assert (request.payer, request.contact.payer_text) == (None, "Worldwide Mutual")


def test_esc_in_a_half_filled_form_asks_once(form: RequestForm, inspector: Inspector, keys: Keyboard) -> None:
    form.begin_with("Nora Keane")
    keys.press(Key.Key_Escape)
    assert inspector.form is form
    assert complaint(form) == NOT_SAVED
    keys.write("x")
    keys.press(Key.Key_Escape)
    assert inspector.form is form
    keys.press(Key.Key_Escape)
    assert inspector.form is None


def test_esc_in_an_untouched_form_leaves_at_once(form: RequestForm, inspector: Inspector, keys: Keyboard) -> None:
    keys.press(Key.Key_Escape)
    assert inspector.form is None


def test_what_a_search_filled_in_is_no_draft(services: Services, inspector: Inspector, keys: Keyboard) -> None:
    form = RequestForm(services)
    form.prefill("KYPHO", "2")
    inspector.show_form(form)
    assert (form.fields.procedure.value(), form.fields.levels.text()) == ("KYPHO", "2")
    keys.press(Key.Key_Escape)
    assert inspector.form is None


def test_tab_walks_in_the_order_of_reading(form: RequestForm, keys: Keyboard) -> None:
    form.begin_with("Nora Keane")
    assert names_on_the_way(19, keys) == [
        "Family name", "Given name", "Born", "Phone", "Mail", "Member number", "Procedure", "Levels", "Side",
        "Diagnosis codes", "Urgency", "Came", "Payer", "Mon", "Best time", "When to call", "Referred by", "Note",
        "Save and find slot",
    ]  # fmt: skip


def test_enter_leads_on_and_on_the_button_saves(form: RequestForm, desk: Desk, keys: Keyboard) -> None:
    form.begin_with("Nora Keane")
    form.fields.phone.setText("413 555 0177")
    form.go_to(form.fields.note)
    keys.press(Key.Key_Enter)
    assert focused() is form.primary
    keys.press(Key.Key_Enter)
    assert len(stored(desk)) == 1


def test_editing_keeps_what_the_form_does_not_show(
    services: Services, inspector: Inspector, desk: Desk, take_down: Callable[..., Request]
) -> None:
    contact = Contact(
        "Nguyễn", "Thị Hoa", birth_date_text="02/29/1957", payer_text="Pilgrim",
        phones=(Phone("(978) 555-0160", "+19785550160", label="home"), Phone("978 555 0161", "+19785550161")),
    )  # fmt: skip
    request = take_down(
        contact=contact, note="first line\nsecond line", procedure=None, procedure_text="my back\nhurts"
    )
    form = RequestForm(services, request)
    inspector.show_form(form)
    form.fields.urgency.choose(Urgency.URGENT.value)
    form.submit()
    after = stored(desk)[0]
    assert after == replace(request, status=RequestStatus.IN_REVIEW, urgency=Urgency.URGENT, version=after.version)


def test_a_birth_date_that_was_none_is_replaced_by_a_real_one(
    services: Services, inspector: Inspector, desk: Desk, take_down: Callable[..., Request]
) -> None:
    request = take_down(contact=Contact("Nguyễn", birth_date_text="02/29/1957", email="hoa@mail.example"))
    form = RequestForm(services, request)
    inspector.show_form(form)
    assert form.fields.born.text() == "02/29/1957"
    form.fields.born.setText("2/28/1957")
    form.submit()
    assert stored(desk)[0].contact.birth_date == date(1957, 2, 28)


def test_when_somebody_else_was_faster_theirs_comes_in_and_mine_stays(
    services: Services, inspector: Inspector, desk: Desk, take_down: Callable[..., Request]
) -> None:
    request = take_down()
    form = RequestForm(services, request)
    inspector.show_form(form)
    form.fields.note.setText("has a walker")
    requests.edit(desk, replace(request, referrer="Dr. Okafor"))
    form.submit()
    assert "user 1 has changed this meanwhile" in complaint(form)
    assert (form.fields.referrer.text(), form.fields.note.text()) == ("Dr. Okafor", "has a walker")
    form.submit()
    after = stored(desk)[0]
    assert (after.referrer, after.note) == ("Dr. Okafor", "has a walker")


def test_a_form_that_was_left_does_not_mind_a_late_answer(services: Services, qtbot: QtBot) -> None:
    form = RequestForm(services)
    form.begin_with("Nora Keane")
    form.fields.phone.setText("413 555 0177")
    waiting: list[Callable[[], None]] = []
    services.operations._tasks = Later(waiting)  # type: ignore[assignment]
    form.submit()
    form.submit()
    assert len(waiting) == 1
    form.deleteLater()
    qtbot.waitUntil(lambda: not is_alive(form))
    waiting[0]()


class Later:
    """Answers when the test says so."""

    def __init__(self, waiting: list[Callable[[], None]]) -> None:
        self._waiting = waiting

    def submit(self, work, done, failed=None, key="") -> None:  # type: ignore[no-untyped-def]
        self._waiting.append(lambda: done(work()))


def is_alive(widget: object) -> bool:
    from shiboken6 import isValid

    return isValid(widget)
