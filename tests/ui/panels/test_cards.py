"""Cards as words, and how they stand in a narrow inspector."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking, patients, requests
from desk_app.application.use_cases.booking import BookAppointment
from desk_app.application.use_cases.lengthening import LengthenVisit, lengthen
from desk_app.application.use_cases.moving import MoveAppointment, move
from desk_app.application.use_cases.visit_status import cancel, set_status
from desk_app.domain.records import Contact, Patient, Phone, Request
from desk_app.domain.statuses import AppointmentStatus, CancelReason, EndReason, RequestStatus, Urgency
from desk_app.domain.visit_parts import Alert, AlertKind
from desk_app.ui import fonts
from desk_app.ui.panels.card_content import CardContent, ChipSpec, Fact, Section
from desk_app.ui.panels.inspector import LEAST, Inspector
from desk_app.ui.panels.patient_card import patient_content
from desk_app.ui.panels.request_card import request_content
from desk_app.ui.panels.visit_card import WHO_FITS, visit_content
from desk_app.ui.services import Services
from desk_app.ui.widgets.chip import Chip
from tests.helpers.small_practice import at
from tests.ui.panels.fixtures import RESOURCES

LONG = "X" * 10_000
BIDI = "\u202eegap evil\u202c \u2066x\u2069"


def picture(card: CardContent) -> str:
    """A card as a small text picture."""
    lines = [" | ".join(part for part in (card.name, card.subtitle, card.phone, card.phone_more) if part)]
    lines += [f"[{chip.text}:{chip.tone}]" for chip in card.chips]
    for section in card.sections:
        lines.append(
            f"- {section.title or section.headline}"
            + (f" {section.headline}" if section.title and section.headline else "")
        )
        if section.status:
            lines.append(f"  {section.status.word}, {section.status.more}")
        lines += [
            f"  {row.label}: {row.theirs} / {row.ours} {'same' if row.same else 'differs'}" for row in section.compared
        ]
        lines += [f"  {fact.label}: {fact.text}" for fact in section.facts]
        lines += [f"  {phase.word} {phase.times} {phase.resources}" for phase in section.phases]
        lines += [f"  > {paragraph}" for paragraph in section.paragraphs]
    actions = [card.primary] if card.primary else []
    lines.append(" ".join(f"({action.text} {action.key})" for action in (*actions, *card.secondary)))
    return "\n".join(lines).replace("\u00a0", " ").replace("\u2011", "-")


@pytest.fixture
def card_of(desk: Desk, services: Services) -> Callable[[Request], CardContent]:
    return lambda request: request_content(desk.queries.request_card(request.id, desk.now()), services.office.context())


def test_a_callers_request_says_what_is_wanted_and_offers_the_next_step(
    card_of: Callable[[Request], CardContent], take_down: Callable[..., Request]
) -> None:
    request = take_down(procedure="KYPHO", levels=2, level_names="T12 L1", urgency=Urgency.URGENT, note="has stairs")
    card = card_of(request)
    assert (
        picture(card)
        == """\
Haddad, Youssef | Request by phone, 0 min ago | 413 555-0102
- Next action
  by 12:00: Call the patient
- Missing for the authorization
  > No chart yet, who pays is not known.
- Wants
  Procedure: Kyphoplasty T12 L1, 2 levels
  Note: has stairs
- As written
  Born: not given
  Phone: 413 555-0102
- Authorization
  Needed, nothing sent yet
- History
  > 10:00 user 1: taken down
(Find slot Enter) (Review R) (New chart C) (Decline D) (Withdrawn W) (To the tray T) (Letter I)"""
    )
    assert card.badge == ChipSpec("urgent", "warning", "bad")


def test_without_a_procedure_the_next_step_is_to_choose_one(
    card_of: Callable[[Request], CardContent], take_down: Callable[..., Request]
) -> None:
    card = card_of(take_down(procedure=None, procedure_text="my back\nhurts"))
    assert card.primary is not None
    assert card.primary.text == "Choose the procedure"
    assert "Procedure: not chosen: “my back hurts”" in picture(card)


def test_a_declined_request_can_be_opened_again(
    desk: Desk, card_of: Callable[[Request], CardContent], take_down: Callable[..., Request]
) -> None:
    request = requests.set_status(desk, take_down().id, RequestStatus.DECLINED, why=EndReason.NO_RECORDS).value
    assert "- Ended\n  Declined: 10:00\n  Why: No referral or records" in picture(card_of(request))
    assert [action.text for action in card_of(request).secondary] == ["Open again"]
    assert card_of(request).primary is None


def test_the_perhaps_known_stand_beside_each_other(
    desk: Desk, services: Services, take_down: Callable[..., Request]
) -> None:
    known = patients.add(
        desk, Patient("187330", "Asante", "Kwame K.", date(1948, 8, 4), phones=(Phone("x", "+14135550171"),))
    ).value
    contact = Contact("Asante", "Kwame", date(1948, 8, 4), phones=(Phone("x", "+14135550119"),))
    card = replace(desk.queries.request_card(take_down(contact=contact).id, desk.now()), suggestion=known, likeness=92)
    content = request_content(card, services.office.context())
    assert (
        "\n".join(picture(content).splitlines()[1:6])
        == """\
- Perhaps known: likeness 92 %
  Name: Asante, Kwame / Asante, Kwame K. differs
  Born: 4 Aug 1948 / 4 Aug 1948 same
  Phone: 413 555-0119 / 413 555-0171 differs
  > What was written, and the chart with MRN 187 330"""
    )
    assert [(action.text, action.key) for action in content.sections[0].actions] == [
        ("Same person", "L"),
        ("Create", "C"),
    ]


def test_a_visits_card_names_each_resource_once_and_what_is_missing(
    desk: Desk, services: Services, ortiz: Patient
) -> None:
    wish = BookAppointment(
        at("2026-11-25T09:00"), "KYPHO", 2, patient_id=ortiz.id, level_names="T12 L1", override_reason="payer confirmed"
    )
    visit = booking.book(desk, wish).value
    content = visit_content(desk.queries.visit_card(visit.id), services.office.context())
    assert (
        picture(content)
        == """\
Ortiz, Marisol | birth date not known · MRN 204 118 | 413 555-0142 | mobile
- Visit Kyphoplasty T12 L1
  Booked, since 10:00
  When: Wed 25 Nov, 09:00–11:40
  Setup 09:00–09:10 Room 1
  Procedure 09:10–10:10 Nurse One, C-arm A
  Turnover 10:10–10:25 Room 1
  Recovery 10:10–11:40 Bay 1
- Booked by override: no authorization
  > payer confirmed
- Before the visit
  Payer: Old Colony Health
  Fasting: not yet, by 09:00. Light meal to 03:00, clear fluids to 07:00
  Escort: none named
  Confirmed: not yet
- Authorization
  Needed, nothing sent yet
- History
  > 10:00 user 1: booked
(Confirmed Enter) (Other time F) (Cancel Del) (To the tray T) (Escort, note W) (Instructions I) (Slip to take home K) \
(Preparation P) \
(Short notice S)"""
    )
    that_day = replace(services.office.context(), now=at("2026-11-25T08:00"))
    assert picture(visit_content(desk.queries.visit_card(visit.id), that_day)).endswith("(No show X) (Short notice S)")


def test_each_status_offers_its_one_next_step(desk: Desk, services: Services, ortiz: Patient) -> None:
    visit = booking.book(desk, BookAppointment(at("2026-11-24T11:00"), "JOINT", patient_id=ortiz.id)).value
    steps = []
    status = visit.status
    while True:
        content = visit_content(desk.queries.visit_card(visit.id), services.office.context())
        if content.primary is None:
            break
        steps.append(content.primary.text)
        status = AppointmentStatus(content.primary.code.partition(":")[2])
        set_status(desk, visit.id, status)
    assert steps == ["Arrived", "Ready", "Procedure starts", "To recovery", "Going home", "Gone home"]
    ahead = booking.book(desk, BookAppointment(at("2026-11-25T11:00"), "JOINT", patient_id=ortiz.id)).value
    first = visit_content(desk.queries.visit_card(ahead.id), services.office.context()).primary
    assert first is not None
    assert first.text == "Confirmed"


def test_a_cancelled_visit_says_why_and_offers_its_gap(desk: Desk, services: Services, ortiz: Patient) -> None:
    visit = booking.book(desk, BookAppointment(at("2026-11-25T09:00"), "JOINT", patient_id=ortiz.id)).value
    cancel(desk, visit.id, CancelReason.ILL, "fever")
    content = visit_content(desk.queries.visit_card(visit.id), services.office.context())
    assert "Cancelled, patient is ill, fever" in picture(content)
    assert (content.primary, content.secondary) == (WHO_FITS, ())
    over = replace(services.office.context(), now=at("2026-11-26T09:00"))
    assert visit_content(desk.queries.visit_card(visit.id), over).primary is None


def test_a_patients_card_shows_what_comes_and_what_was_asked(
    desk: Desk, services: Services, ortiz: Patient, take_down: Callable[..., Request]
) -> None:
    take_down(patient_id=ortiz.id)
    booking.book(desk, BookAppointment(at("2026-11-25T09:00"), "JOINT", patient_id=ortiz.id))
    content = patient_content(desk.queries.patient_card(ortiz.id, desk.now()), services.office.context())
    assert (
        picture(content)
        == """\
Ortiz, Marisol | birth date not known · MRN 204 118 | 413 555-0142 | mobile
- Coming
  Wed 25 Nov 09:00: Large joint injection, booked
- Requests
  0 min: Large joint injection, ready to book
- Details
  Payer: Old Colony Health
- History
  > 10:00 user 1: chart made
(New request N) (Edit E) (Merge charts M) (Letter I)"""
    )


@pytest.mark.parametrize("base", [12, 13, 20])
@pytest.mark.parametrize("words", ["<b>Bold</b> & Sons\nnext line", LONG, BIDI, "very" * 9 + "@hospital.example"])
def test_hostile_text_stays_plain_and_never_widens_the_inspector(
    dressed: object, qtbot: QtBot, words: str, base: int
) -> None:
    fonts.load(RESOURCES / "fonts", base)
    narrow = Inspector()
    qtbot.addWidget(narrow)
    chips = (ChipSpec(words[:160], "allergy", "bad"), ChipSpec("soon"))
    section = Section(
        words,
        words,
        words,
        facts=(Fact("Mail", words, "warning", "warn"),),
        paragraphs=(words,),
        icon="link",
        tone="warn",
    )
    narrow.resize(narrow.minimumWidth(), 700)
    narrow.show()
    narrow.show_card(CardContent(words, words, "413 555-0142", words, chips[1], chips, (section,)))
    area = narrow.card._area
    body = area.widget()
    assert body.minimumSizeHint().width() <= area.viewport().width()
    for label in body.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText or not label.text()
        assert label.mapTo(body, label.rect().topRight()).x() <= body.width()
    assert any(label.text() == words for label in body.findChildren(QLabel))
    fonts.load(RESOURCES / "fonts")


def test_chips_say_in_full_what_they_mean(desk: Desk, services: Services, inspector: Inspector) -> None:
    alerts = (Alert(AlertKind.ANTICOAGULANT, "apixaban"), Alert(AlertKind.LATEX), Alert(AlertKind.ALLERGY, "iodine"))
    patient = patients.add(desk, Patient("", "Lee", "Hana", alerts=alerts)).value
    content = patient_content(desk.queries.patient_card(patient.id, desk.now()), services.office.context())
    inspector.show_card(content)
    assert [(chip.text, chip.tone) for chip in content.chips] == [
        ("apixaban", "neutral"), ("Latex allergy", "bad"), ("iodine", "bad"),
    ]  # fmt: skip
    assert [chip.accessibleName() for chip in inspector.card.findChildren(Chip)] == [
        "Blood thinner: apixaban", "Latex allergy", "Allergy: iodine",
    ]  # fmt: skip


def test_the_buttons_of_a_card_have_room_in_a_narrow_inspector(
    inspector: Inspector, card_of: Callable[[Request], CardContent], take_down: Callable[..., Request]
) -> None:
    inspector.resize(LEAST, 700)
    inspector.show_card(card_of(take_down()))
    for button in inspector.card._buttons.values():
        assert button.width() >= button.minimumSizeHint().width()
        assert button.mapTo(inspector, button.rect().topRight()).x() < inspector.width()


def test_the_history_of_a_visit_says_from_when_it_moved_and_why(desk: Desk, services: Services, ortiz: Patient) -> None:
    visit = booking.book(desk, BookAppointment(at("2026-11-25T09:00"), "JOINT", patient_id=ortiz.id)).value
    move(desk, MoveAppointment(visit.id, at("2026-11-26T10:00"), reason="patient_asked"))
    lengthen(desk, LengthenVisit(visit.id, 25))
    shown = picture(visit_content(desk.queries.visit_card(visit.id), services.office.context()))
    assert "moved from Wed 25 Nov 09:00, patient asked" in shown
    assert "procedure of 25 min, before 15" in shown
