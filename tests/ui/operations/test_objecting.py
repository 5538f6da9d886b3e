"""The question about what speaks against a visit: everything in order, one key for what is only doubted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking as use_case
from desk_app.application.use_cases.booking import BookAppointment
from desk_app.application.use_cases.moving import MoveAppointment
from desk_app.domain.records import Appointment, Patient
from desk_app.domain.statuses import AppointmentStatus
from desk_app.ui.operations.visits import booking, moving
from desk_app.ui.panels.inspector import Inspector
from desk_app.ui.panels.question_panel import QuestionPanel
from desk_app.ui.questions import Question
from desk_app.ui.services import Services
from tests.helpers.small_practice import StandingClock, at
from tests.ui.panels.fixtures import Key, Keyboard

TOMORROW = at("2026-11-25T12:00")
Book = Callable[..., None]


@pytest.fixture
def questions(services: Services) -> list[Question]:
    asked: list[Question] = []
    services.operations.question_asked.connect(asked.append)
    return asked


@pytest.fixture
def book(services: Services, ortiz: Patient) -> Book:
    def ask(start: str, procedure: str = "JOINT", **more: object) -> None:
        wish = BookAppointment(at(start), procedure, patient_id=ortiz.id, **more)  # type: ignore[arg-type]
        run = services.operations.run
        run(booking(run, services.office, wish, at("2026-11-24T18:00"), None))

    return ask


def booked(desk: Desk) -> list[Appointment]:
    lines = desk.queries.day_plan(TOMORROW.date(), desk.now()).lines
    return [desk.queries.visit_card(line.appointment_id).appointment for line in lines]


def test_a_doubt_is_passed_by_one_key_without_a_reason(
    book: Book, inspector: Inspector, desk: Desk, keys: Keyboard
) -> None:
    book("2026-11-25T09:00")
    book("2026-11-25T14:00")
    panel = inspector.form
    assert isinstance(panel, QuestionPanel)
    assert panel._question.title == "Book all the same?"
    assert panel._question.paragraphs == ("The patient has another visit that day: Large joint injection at 09:00.",)
    assert [(answer.verb, answer.needs_reason) for answer in panel._question.answers] == [("Book all the same", False)]
    keys.press(Key.Key_B)
    assert inspector.form is None
    assert [visit.start for visit in booked(desk)] == [at("2026-11-25T09:00"), at("2026-11-25T14:00")]


def test_everything_is_listed_in_order_of_weight_with_its_sign(book: Book, questions: list[Question]) -> None:
    book("2026-11-25T09:00")
    book("2026-11-25T16:40", "KYPHO")
    assert questions[0].title == "Book all the same?"
    assert questions[0].paragraphs == (
        "Room 1 is closed from 17:00 to Thu 26 Nov 08:00.",
        "Dr. Algendy is closed from 17:00 to Thu 26 Nov 08:00.",
        "Nurse One is closed from 17:00 to Thu 26 Nov 08:00.",
        "C-arm A is closed from 17:00 to Thu 26 Nov 08:00.",
        "Bay 1 is closed from 18:00 to Thu 26 Nov 08:00.",
        "Kyphoplasty needs the payer's authorization, and none is approved for Wed 25 Nov.",
        "The patient has another visit that day: Large joint injection at 09:00.",
    )
    assert questions[0].signs == ("warning",) * 6 + ("info",)
    assert [answer.verb for answer in questions[0].answers] == ["Override"]


def test_the_hold_that_a_missing_authorization_offers_asks_nothing_more(
    book: Book, questions: list[Question], desk: Desk
) -> None:
    book("2026-11-25T09:00")
    book("2026-11-25T12:00", "KYPHO")
    assert [answer.verb for answer in questions[0].answers] == ["Hold until 18:00", "Override"]
    questions[0].answers[0].give("")
    assert [visit.status for visit in booked(desk)] == [AppointmentStatus.BOOKED, AppointmentStatus.HELD]
    assert len(questions) == 1


def test_without_the_right_only_the_hold_is_offered(
    book: Book, questions: list[Question], desk: Desk, heard: list[str]
) -> None:
    desk.actor = replace(desk.actor, rights=frozenset())
    book("2026-11-25T12:00", "KYPHO")
    assert [answer.verb for answer in questions[0].answers] == ["Hold until 18:00"]
    book("2026-11-25T16:50")
    assert len(questions) == 1
    assert heard[-1].startswith("Only a manager can override this.")


def test_what_came_up_since_the_question_is_asked_anew(
    book: Book, questions: list[Question], desk: Desk, ortiz: Patient
) -> None:
    book("2026-11-25T12:00", "KYPHO")
    use_case.book(desk, BookAppointment(at("2026-11-25T15:00"), "JOINT", patient_id=ortiz.id))
    questions[0].answers[1].give("agreed by phone")
    assert [line.start for line in desk.queries.day_plan(TOMORROW.date(), desk.now()).lines] == [at("2026-11-25T15:00")]
    assert questions[1].paragraphs[-1] == "The patient has another visit that day: Large joint injection at 15:00."
    questions[1].answers[1].give("agreed by phone")
    assert [visit.override_codes for visit in booked(desk)] == [("authorization",), ()]


def test_a_held_visit_that_lapses_soon_is_asked_about_when_it_moves_to_another_day(
    services: Services, questions: list[Question], desk: Desk, ortiz: Patient, clock: StandingClock
) -> None:
    hold = at("2026-11-24T10:30")
    held = use_case.book(desk, BookAppointment(TOMORROW, "JOINT", patient_id=ortiz.id, hold_until=hold)).value
    run = services.operations.run
    run(moving(run, services.office, MoveAppointment(held.id, at("2026-11-26T12:00"), reason="earlier")))
    assert questions[0].paragraphs == ("The hold lapses at 10:30 on Tue 24 Nov.",)
    assert [(answer.verb, answer.key) for answer in questions[0].answers] == [("Move all the same", "M")]
    questions[0].answers[0].give("")
    assert desk.queries.visit_card(held.id).appointment.start == at("2026-11-26T12:00")
