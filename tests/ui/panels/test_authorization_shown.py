"""The authorization on the cards, and its form behind one key: sent, answered, talked about, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desk_app.application.authorization_steps import Decision, PayerContact, Submission
from desk_app.application.desk import Desk
from desk_app.application.read_models import RequestCard
from desk_app.application.use_cases import authorizations, requests
from desk_app.domain.practice import Payer
from desk_app.domain.records import Authorization, Patient, Request
from desk_app.domain.statuses import AppointmentStatus, AuthorizationStatus, RequestStatus
from desk_app.ui.main_window.authorizing import open_authorization
from desk_app.ui.panels.authorization_form import AuthorizationForm
from desk_app.ui.panels.card_content import Section
from desk_app.ui.panels.form import Form
from desk_app.ui.panels.inspector import Inspector
from desk_app.ui.panels.patient_form import PatientForm
from desk_app.ui.panels.question_panel import QuestionPanel
from desk_app.ui.panels.request_card import request_content
from desk_app.ui.panels.visit_card import visit_content
from desk_app.ui.services import Services
from tests.application.steps import book
from tests.helpers.small_practice import StandingClock, at
from tests.ui.panels.fixtures import CONTROL, Key, Keyboard

Z = AuthorizationStatus
START = "2026-12-09T09:00"
TakeDown = Callable[..., Request]


class _Gaps:
    """Stands for the desk of openings: remembers which gap was offered."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, object]] = []

    def show_who_fits(self, column: str, start: object) -> None:
        self.shown.append((column, start))


class _Host:
    def __init__(self, inspector: Inspector) -> None:
        self._inspector, self.openings = inspector, _Gaps()

    def show_form(self, form: Form) -> None:
        self._inspector.show_form(form)


@pytest.fixture
def request_id(desk: Desk, take_down: TakeDown, ortiz: Patient) -> int:
    number = take_down(patient_id=ortiz.id, procedure="KYPHO", levels=2).id
    requests.set_status(desk, number, RequestStatus.IN_REVIEW)
    return number


def card_of(desk: Desk, number: int) -> RequestCard:
    return desk.queries.request_card(number, desk.now())


def paper(desk: Desk, number: int) -> Authorization:
    return card_of(desk, number).approvals[-1]


def section(desk: Desk, services: Services, number: int) -> Section:
    content = request_content(card_of(desk, number), services.office.context())
    return next(each for each in content.sections if each.title == "Authorization")


def told(shown: Section) -> dict[str, str]:
    return {fact.label: fact.text for fact in shown.facts}


def opened(services: Services, inspector: Inspector, card: Any) -> tuple[AuthorizationForm, _Gaps]:
    host = _Host(inspector)
    open_authorization(services, host, card)  # type: ignore[arg-type]
    form = inspector.form
    assert isinstance(form, AuthorizationForm)
    return form, host.openings


def test_the_card_says_how_far_the_payer_is_and_when_its_clock_ends(
    desk: Desk, services: Services, request_id: int, clock: StandingClock
) -> None:
    shown = section(desk, services, request_id)
    assert shown.status is not None
    assert (shown.status.word, shown.status.icon, shown.actions[0].key) == ("To submit", "auth-wait", "Z")
    number = paper(desk, request_id).id
    authorizations.submit(desk, number, Submission("REF1", cpt=("22513", "22515"), levels=2, units=2))
    clock.instant = at("2026-11-28T10:00")
    shown = section(desk, services, request_id)
    assert shown.status is not None
    assert (shown.status.word, shown.status.more) == ("Submitted", "day 4 of 7")
    facts = told(shown)
    assert (facts["Reference"], facts["Codes"], facts["Clock ends"]) == (
        "REF1", "22513, 22515, 2 units", "Tue 1 Dec 10:00"
    )  # fmt: skip
    clock.instant = at("2026-12-02T10:00")
    shown = section(desk, services, request_id)
    assert shown.status is not None
    assert (shown.status.icon, shown.status.more) == ("late", "clock ran out yesterday")


def test_number_and_reference_are_two_lines_and_contacts_come_newest_first(
    desk: Desk, services: Services, request_id: int, clock: StandingClock
) -> None:
    number = paper(desk, request_id).id
    authorizations.submit(desk, number, Submission("REF1"))
    authorizations.contact(desk, number, PayerContact("Denise", "C-889", 9, "wants six weeks of care"))
    authorizations.send(desk, number, "MRI report", "fax")
    clock.instant = at("2026-11-25T11:00")
    answer = Decision(Z.APPROVED_IN_PART, "OC-1", date(2026, 11, 25), date(2027, 1, 31), levels=1)
    authorizations.decide(desk, number, answer, contact=PayerContact("Kim", "C-901"))
    shown = section(desk, services, request_id)
    facts = told(shown)
    assert facts["But"] == "approved for 1 level, 2 are wanted"
    assert (facts["Number"], facts["Reference"]) == ("OC-1", "REF1")
    assert facts["Valid"] == "25 Nov 2026 – 31 Jan 2027"
    assert [words.partition(": ")[2] for words in shown.paragraphs] == [
        "Kim, C-901",
        "Denise, C-889, 9 min on hold. wants six weeks of care",
        "sent MRI report by fax",
    ]


def test_the_visit_says_what_its_approval_is_not_good_for(
    desk: Desk, services: Services, request_id: int, ortiz: Patient
) -> None:
    number = paper(desk, request_id).id
    authorizations.decide(desk, number, Decision(Z.APPROVED, "OC-1"))
    visit = book(desk, START, "KYPHO", request_id=request_id)
    with desk.open_work(desk.actor) as work:
        work.authorizations.save(replace(work.authorizations.get(number), valid_to=date(2026, 11, 30)))
        work.commit("authorization_edited")
    content = visit_content(desk.queries.visit_card(visit.id), services.office.context())
    shown = next(each for each in content.sections if each.title == "Authorization")
    assert (shown.facts[0].text, shown.facts[0].role) == ("ends 30 Nov, the visit is 9 Dec", "warn")


def test_a_submission_by_keyboard_takes_what_the_catalogue_says(
    desk: Desk, services: Services, inspector: Inspector, request_id: int, keys: Keyboard, heard: list[str]
) -> None:
    opened(services, inspector, card_of(desk, request_id))
    keys.press(Key.Key_Tab)
    keys.write("REF9")
    keys.press(Key.Key_Return, modifier=CONTROL)
    sent = paper(desk, request_id)
    assert (sent.status, sent.submission_reference, sent.levels, sent.units) == (Z.SUBMITTED, "REF9", 2, 2)
    assert sent.place == desk.catalogue().settings.name
    assert heard == ["M. Ortiz: submitted"]
    assert inspector.form is None


def test_an_approval_by_keyboard_makes_the_hold_firm(
    desk: Desk, services: Services, inspector: Inspector, request_id: int, keys: Keyboard, heard: list[str]
) -> None:
    authorizations.submit(desk, paper(desk, request_id).id, Submission("REF1"))
    held = book(desk, START, "KYPHO", request_id=request_id, hold_until=at("2026-12-01T10:00"))
    opened(services, inspector, card_of(desk, request_id))
    keys.press(Key.Key_Tab)
    keys.write("OC-7")
    keys.press(Key.Key_Tab, Key.Key_Tab)
    keys.write("1/31")
    keys.press(Key.Key_Return, modifier=CONTROL)
    now = paper(desk, request_id)
    assert (now.status, now.number, now.valid_from, now.valid_to) == (
        Z.APPROVED, "OC-7", date(2026, 11, 24), date(2027, 1, 31)
    )  # fmt: skip
    assert desk.queries.visit_card(held.id).appointment.status is AppointmentStatus.BOOKED
    assert heard == ["M. Ortiz: approved; the visit on Wed 9 Dec 09:00 is firm"]


def test_a_denial_offers_what_it_has_freed(
    desk: Desk, services: Services, inspector: Inspector, request_id: int, keys: Keyboard, heard: list[str]
) -> None:
    authorizations.submit(desk, paper(desk, request_id).id, Submission("REF1"))
    book(desk, START, "KYPHO", request_id=request_id, hold_until=at("2026-12-01T10:00"))
    _, gaps = opened(services, inspector, card_of(desk, request_id))
    keys.write("Denied")
    keys.press(Key.Key_Tab)
    keys.write("no conservative care")
    keys.press(Key.Key_Return, modifier=CONTROL)
    assert paper(desk, request_id).note == "no conservative care"
    assert heard == ["M. Ortiz: denied; Wed 9 Dec 09:00 is free again"]
    assert gaps.shown == [("R1", at(START))]


def test_what_cannot_be_read_is_said_beside_its_field_and_nothing_is_lost(
    desk: Desk, services: Services, inspector: Inspector, request_id: int, keys: Keyboard
) -> None:
    authorizations.submit(desk, paper(desk, request_id).id, Submission("REF1"))
    form, _ = opened(services, inspector, card_of(desk, request_id))
    keys.press(Key.Key_Tab)
    keys.write("REF1")
    keys.press(Key.Key_Tab, Key.Key_Tab)
    keys.write("someday")
    keys.press(Key.Key_Return, modifier=CONTROL)
    until = form._fields["valid_to"].editor
    assert until.accessibleDescription() == "“someday” is no date; write fri, 12/4 or +90."
    keys.press(Key.Key_A, modifier=CONTROL)
    keys.write("+90")
    keys.press(Key.Key_Return, modifier=CONTROL)
    number = form._fields["number"].editor
    assert "reference of the submission" in number.accessibleDescription()
    keys.press(Key.Key_A, modifier=CONTROL)
    keys.write("OC-7")
    keys.press(Key.Key_Return, modifier=CONTROL)
    assert (paper(desk, request_id).status, paper(desk, request_id).number) == (Z.APPROVED, "OC-7")


def test_only_what_the_step_needs_is_asked(
    desk: Desk, services: Services, inspector: Inspector, request_id: int, keys: Keyboard, qtbot: QtBot
) -> None:
    form, _ = opened(services, inspector, card_of(desk, request_id))
    shown = {name for name, field in form._fields.items() if field.isVisible()}
    assert {"reference", "at", "codes", "expedited"} <= shown
    assert not {"number", "valid_to", "until", "name"} & shown
    keys.write("Peer")
    keys.press(Key.Key_Tab)
    shown = {name for name, field in form._fields.items() if field.isVisible()}
    assert shown == {"step", "until", "note", "spoken_to", "call_reference", "hold_minutes"}


def test_without_a_record_one_is_begun_first(
    desk: Desk, services: Services, inspector: Inspector, take_down: TakeDown, ortiz: Patient, heard: list[str]
) -> None:
    number = take_down(patient_id=ortiz.id, procedure="KYPHO").id
    assert card_of(desk, number).approvals == ()
    opened(services, inspector, card_of(desk, number))
    assert paper(desk, number).status is Z.TO_SUBMIT
    assert heard == ["M. Ortiz: authorization to submit"]


def test_another_payer_under_a_firm_visit_asks_a_manager_and_says_what_follows(
    desk: Desk, services: Services, inspector: Inspector, request_id: int, ortiz: Patient, keys: Keyboard,
    heard: list[str],
) -> None:  # fmt: skip
    authorizations.decide(desk, paper(desk, request_id).id, Decision(Z.APPROVED, "OC-1"))
    visit = book(desk, START, "KYPHO", request_id=request_id)
    desk.actor = replace(desk.actor, rights=frozenset({"override"}))
    with desk.open_work(desk.actor) as work:
        work.practice.store(replace(desk.catalogue(), payers=(*desk.catalogue().payers, Payer("PILGRIM", "Pilgrim"))))
        work.commit("practice_edited")
    desk.slots.catch_up(desk.queries)
    services.office.catalogue = desk.catalogue()
    chart = desk.queries.patient_card(ortiz.id, desk.now()).patient
    inspector.show_form(PatientForm(services, replace(chart, payer="PILGRIM")))
    inspector.form.submit()  # type: ignore[union-attr]
    question = inspector.form
    assert isinstance(question, QuestionPanel)
    keys.write("told the new payer")
    keys.press(Key.Key_Return)
    after = desk.queries.visit_card(visit.id).appointment
    assert (after.override_codes, after.override_reason) == (("authorization",), "told the new payer")
    assert heard[-1] == "Chart of M. Ortiz changed; the authorization is withdrawn, and another one begun"


def test_without_the_right_the_refusal_names_the_visit(
    desk: Desk, services: Services, inspector: Inspector, request_id: int, keys: Keyboard
) -> None:
    authorizations.decide(desk, paper(desk, request_id).id, Decision(Z.APPROVED, "OC-1"))
    book(desk, START, "KYPHO", request_id=request_id)
    desk.actor = replace(desk.actor, rights=frozenset())
    form, _ = opened(services, inspector, card_of(desk, request_id))
    keys.write("Withdrawn")
    keys.press(Key.Key_Tab)
    keys.press(Key.Key_Return, modifier=CONTROL)
    assert form._wrong.text().startswith(
        "Only a manager can override this. The visit at 09:00 on Wed 9 Dec is booked on this authorization."
    )
    assert paper(desk, request_id).status is Z.APPROVED
