"""What cards say of letters that were printed."""

from __future__ import annotations

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking, moving
from desk_app.application.use_cases.letters import LetterWish, compose, record
from desk_app.domain.letters import LetterKind
from desk_app.domain.records import Patient
from desk_app.ui.panels.card_content import CardContent, Fact
from desk_app.ui.panels.patient_card import patient_content
from desk_app.ui.panels.visit_card import visit_content
from desk_app.ui.services import Services
from tests.helpers.small_practice import at


@pytest.fixture
def visit(desk: Desk, ortiz: Patient) -> int:
    return booking.book(desk, booking.BookAppointment(at("2026-12-02T09:00"), "JOINT", patient_id=ortiz.id)).value.id


def printed(desk: Desk, kind: LetterKind, **about: int) -> None:
    record(desk, compose(desk, LetterWish(kind, **about)), "printer")  # type: ignore[arg-type]


def visit_card(desk: Desk, services: Services, visit: int) -> CardContent:
    return visit_content(desk.queries.visit_card(visit), services.office.context())


def instructions(card: CardContent) -> list[Fact]:
    return [fact for section in card.sections for fact in section.facts if fact.label == "Instructions"]


def history(card: CardContent) -> list[str]:
    return [line for section in card.sections if section.title == "History" for line in section.paragraphs]


def test_a_printed_sheet_stands_on_the_visits_card_and_in_both_histories(
    desk: Desk, services: Services, visit: int, ortiz: Patient
) -> None:
    assert instructions(visit_card(desk, services, visit)) == []
    printed(desk, LetterKind.PREPARATION, appointment_id=visit)
    card = visit_card(desk, services, visit)
    (fact,) = instructions(card)
    assert (fact.text, fact.icon) == ("version 1, English, 10:00", "check")
    assert history(card)[0].endswith(": preparation sheet printed, English, version 1")
    of_patient = patient_content(desk.queries.patient_card(ortiz.id, desk.now()), services.office.context())
    assert history(of_patient)[0].endswith(": preparation sheet printed, English, version 1")


def test_a_sheet_that_says_another_time_is_amber_until_it_is_printed_anew(
    desk: Desk, services: Services, visit: int
) -> None:
    printed(desk, LetterKind.PREPARATION, appointment_id=visit)
    moving.move(desk, moving.MoveAppointment(visit, at("2026-12-02T11:00")))
    (fact,) = instructions(visit_card(desk, services, visit))
    assert fact.text == "version 1, English says Wed 2 Dec 09:00: print them anew"
    assert fact.role == "warn"
    printed(desk, LetterKind.PREPARATION, appointment_id=visit)
    (fact,) = instructions(visit_card(desk, services, visit))
    assert (fact.text, fact.role) == ("version 2, English, 10:00", "text")


def test_a_letter_to_call_us_is_no_instruction(desk: Desk, services: Services, visit: int) -> None:
    printed(desk, LetterKind.UNREACHABLE, appointment_id=visit)
    card = visit_card(desk, services, visit)
    assert instructions(card) == []
    assert history(card)[0].endswith(": letter “Could not reach you” printed, English, version 1")
