"""The escort named in the window: by one key from the card, and with both desks' words where two write at once."""

from __future__ import annotations

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking
from desk_app.application.use_cases.booking import BookAppointment
from desk_app.application.use_cases.visit_notes import VisitTexts, write_on_visit
from desk_app.domain.records import Appointment, Patient
from desk_app.ui.main_window.escort_and_note import escort_form
from desk_app.ui.panels.inspector import Inspector
from desk_app.ui.panels.visit_card import visit_content
from desk_app.ui.services import Services
from tests.helpers.small_practice import at
from tests.ui.panels.fixtures import Key, Keyboard, focused


@pytest.fixture
def visit(desk: Desk, ortiz: Patient) -> Appointment:
    return booking.book(desk, BookAppointment(at("2026-12-09T09:00"), "JOINT", patient_id=ortiz.id)).value


def test_the_card_offers_it_by_a_key(desk: Desk, services: Services, visit: Appointment) -> None:
    content = visit_content(desk.queries.visit_card(visit.id), services.office.context())
    assert ("escort", "W") in [(action.code, action.key) for action in content.secondary]


def test_a_name_and_enter_is_all(
    desk: Desk, services: Services, inspector: Inspector, visit: Appointment, keys: Keyboard, heard: list[str]
) -> None:
    inspector.show_form(escort_form(services, desk.queries.visit_card(visit.id)))
    keys.write("Ana Ortiz, daughter")
    keys.press(Key.Key_Return)
    assert inspector.form is None
    assert heard == ["M. Ortiz: escort Ana Ortiz, daughter"]
    content = visit_content(desk.queries.visit_card(visit.id), services.office.context())
    assert any("escort named" in line for section in content.sections for line in section.paragraphs)


def test_where_another_desk_wrote_meanwhile_what_was_typed_stands_and_theirs_is_shown(
    desk: Desk, services: Services, inspector: Inspector, visit: Appointment, keys: Keyboard, heard: list[str]
) -> None:
    inspector.show_form(escort_form(services, desk.queries.visit_card(visit.id)))
    keys.write("Ana Ortiz, daughter")
    write_on_visit(desk, visit.id, VisitTexts("", "hard of hearing"))
    keys.press(Key.Key_Return)
    assert inspector.form is not None
    assert focused().text() == "Ana Ortiz, daughter"  # type: ignore[attr-defined]
    keys.press(Key.Key_Return)
    assert inspector.form is None
    kept = desk.queries.visit_card(visit.id).appointment
    assert (kept.escort, kept.note) == ("Ana Ortiz, daughter", "hard of hearing")


def test_a_name_that_stands_there_is_replaced_by_typing(
    desk: Desk, services: Services, inspector: Inspector, visit: Appointment, keys: Keyboard
) -> None:
    write_on_visit(desk, visit.id, VisitTexts("Luis Ortiz, son", "hard of hearing"))
    inspector.show_form(escort_form(services, desk.queries.visit_card(visit.id)))
    keys.write("Ana Ortiz, daughter")
    keys.press(Key.Key_Return)
    kept = desk.queries.visit_card(visit.id).appointment
    assert (kept.escort, kept.note) == ("Ana Ortiz, daughter", "hard of hearing")
