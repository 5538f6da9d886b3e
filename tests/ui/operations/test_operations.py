"""Changes from the window: what is said of them, what is asked, and what becomes of them when something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest

from desk_app.application.desk import Desk
from desk_app.application.outcome import Changes, Outcome, Record
from desk_app.application.use_cases import booking as use_case
from desk_app.application.use_cases import patients, requests
from desk_app.application.use_cases.booking import BookAppointment
from desk_app.domain.faults import Conflict, RuleViolation, StorageUnavailable
from desk_app.domain.records import Contact, Patient, Phone, Request
from desk_app.domain.statuses import AppointmentStatus, CancelReason, RequestSource, RequestStatus
from desk_app.ui.feedback import fault_text
from desk_app.ui.operations.change import Change
from desk_app.ui.operations.people import charting, editing_patient, linking, stepping_request, taking_down
from desk_app.ui.operations.taking_in import told
from desk_app.ui.operations.visits import booking, cancelling, moving, stepping
from desk_app.ui.operations.words import ACTION_NOUNS, undone_words
from desk_app.ui.questions import Question
from desk_app.ui.services import Services
from tests.helpers.small_practice import CATALOGUE, at

NINE = at("2026-11-25T09:00")


@pytest.fixture
def changes(services: Services) -> list[Changes]:
    """What everybody was told."""
    heard: list[Changes] = []
    services.bus.changed.connect(lambda told, _: heard.append(told))
    return heard


@pytest.fixture
def questions(services: Services) -> list[Question]:
    asked: list[Question] = []
    services.operations.question_asked.connect(asked.append)
    return asked


@pytest.fixture
def run(services: Services) -> Callable[[Change], None]:
    return services.operations.run


def book(services: Services, wish: BookAppointment) -> None:
    until = services.clock.now()
    services.operations.run(booking(services.operations.run, services.office, wish, until, None))


def status_of(desk: Desk, visit: int) -> AppointmentStatus:
    return desk.queries.visit_card(visit).appointment.status


def test_a_booking_is_said_told_to_everybody_and_taken_back(
    services: Services, ortiz: Patient, heard: list[str], changes: list[Changes], desk: Desk
) -> None:
    book(services, BookAppointment(NINE, "JOINT", patient_id=ortiz.id))
    services.operations.undo()
    services.operations.redo()
    assert heard == ["Booked M. Ortiz, Wed 25 Nov 09:00", "Taken back: booking", "Done again: booking"]
    assert all(told.touches(Record.APPOINTMENT) for told in changes)
    assert len(changes) == 3
    assert [line.status for line in desk.queries.day_plan(NINE.date(), desk.now()).lines] == ["booked"]


def test_nothing_to_undo_is_said(services: Services, heard: list[str]) -> None:
    services.operations.undo()
    services.operations.redo()
    assert heard == ["There is nothing to undo.", "There is nothing to redo."]


def test_a_day_of_changes_in_the_words_of_the_status_bar(
    services: Services, run: Callable[[Change], None], ortiz: Patient, desk: Desk, heard: list[str]
) -> None:
    contact = Contact("Haddad", "Youssef", phones=(Phone("413 555-0102", "+14135550102"),))
    saved: list[Request] = []
    wish = requests.NewRequest(RequestSource.PHONE, contact=contact, procedure="JOINT", write_id=uuid4())
    run(taking_down(wish, saved.append, lambda fault: False))  # type: ignore[arg-type]
    run(stepping_request(saved[0].id, RequestStatus.IN_REVIEW))
    run(charting(saved[0].id, None))
    run(editing_patient(run, services.office, replace(ortiz, language="Spanish"), lambda _: None, lambda _: False))
    book(services, BookAppointment(NINE, request_id=saved[0].id))
    visit = desk.queries.request_card(saved[0].id, desk.now()).visits[0].appointment_id
    run(stepping(run, services.office, visit, AppointmentStatus.CONFIRMED, None))
    run(cancelling(visit, CancelReason.ILL, "fever", None))
    assert heard == [
        "Request of Y. Haddad taken down",
        "Y. Haddad: in review",
        "New chart for Y. Haddad",
        "Chart of M. Ortiz changed",
        "Booked Y. Haddad, Wed 25 Nov 09:00",
        "Y. Haddad: confirmed",
        "Cancelled Y. Haddad, Wed 25 Nov 09:00",
    ]


def test_a_linked_request_says_whose_it_is(
    run: Callable[[Change], None], ortiz: Patient, take_down: Callable[..., Request], heard: list[str]
) -> None:
    run(linking(take_down().id, ortiz.id, None))
    assert heard == ["Linked to the chart: Y. Haddad"]


def test_trouble_with_the_storage_keeps_every_change_and_trying_again_does_each_once(
    services: Services, run: Callable[[Change], None], desk: Desk, heard: list[str], ortiz: Patient
) -> None:
    broken = [True]
    failed: list[str] = []
    services.feedback.storage_failed.connect(failed.append)

    def flaky(change: Change) -> Change:
        def work(desk: Desk) -> Outcome[object]:
            if broken[0]:
                raise StorageUnavailable("locked", path="desk.db")
            return change.work(desk)

        return replace(change, work=work)

    wish = BookAppointment(NINE, "JOINT", patient_id=ortiz.id, write_id=uuid4())
    run(flaky(booking(run, services.office, wish, desk.now(), None)))
    spanish = replace(ortiz, language="Spanish")
    run(flaky(editing_patient(run, services.office, spanish, lambda _: None, lambda _: False)))
    assert failed == ["The database is locked by another program: desk.db"] * 2
    services.operations.try_again()
    assert len(failed) == 4
    broken[0] = False
    services.operations.try_again()
    services.operations.try_again()
    assert [line.status for line in desk.queries.day_plan(NINE.date(), desk.now()).lines] == ["booked"]
    assert desk.queries.patient_card(ortiz.id, desk.now()).patient.language == "Spanish"
    assert heard[-2:] == ["Booked M. Ortiz, Wed 25 Nov 09:00", "Chart of M. Ortiz changed"]


def test_the_same_write_a_second_time_does_nothing(
    run: Callable[[Change], None], desk: Desk, heard: list[str], ortiz: Patient
) -> None:
    wish = requests.NewRequest(RequestSource.PHONE, patient_id=ortiz.id, procedure="JOINT", write_id=uuid4())
    for _ in range(2):
        run(taking_down(wish, lambda _: None, lambda _: False))
    assert heard == ["Request of M. Ortiz taken down", "This has been done already."]
    assert len(desk.queries.requests("open", desk.now())) == 1


def test_a_change_that_is_written_is_told_even_if_its_words_cannot_be_read(
    services: Services, run: Callable[[Change], None], ortiz: Patient, heard: list[str], changes: list[Changes]
) -> None:
    def said(desk: Desk, outcome: Outcome[Patient]) -> str:
        raise StorageUnavailable("busy")

    run(Change(lambda desk: patients.edit(desk, replace(ortiz, language="Spanish")), said))
    assert heard == ["Done."]
    assert len(changes) == 1


def test_a_lost_race_says_so_and_has_the_cards_read_anew(
    services: Services, run: Callable[[Change], None], desk: Desk, ortiz: Patient, heard: list[str]
) -> None:
    stale: list[int] = []
    services.operations.out_of_date.connect(lambda: stale.append(1))
    visit = use_case.book(desk, BookAppointment(NINE, "JOINT", patient_id=ortiz.id)).value
    run(stepping(run, services.office, visit.id, AppointmentStatus.CONFIRMED, visit.version + 1))
    assert heard == [f"{desk.actor.user_name} has changed this meanwhile. It is shown anew."]
    assert stale == [1]


def test_an_override_of_a_move_ends_what_the_move_was_for(
    services: Services, run: Callable[[Change], None], desk: Desk, ortiz: Patient, questions: list[Question]
) -> None:
    from desk_app.application.use_cases.moving import MoveAppointment

    ended: list[object] = []
    visit = use_case.book(desk, BookAppointment(NINE, "JOINT", patient_id=ortiz.id)).value
    evening = at("2026-11-25T16:50")
    run(moving(run, services.office, MoveAppointment(visit.id, evening, write_id=uuid4()), ended.append))
    assert questions[0].title == "Move all the same?"
    assert any("is closed" in paragraph for paragraph in questions[0].paragraphs)
    assert ended == []
    questions[0].answers[0].give("agreed with Dr. Algendy")
    assert len(ended) == 1
    assert desk.queries.visit_card(visit.id).appointment.start == evening


def test_a_hold_without_authorization_becomes_firm_only_with_a_reason(
    services: Services, run: Callable[[Change], None], desk: Desk, ortiz: Patient, questions: list[Question]
) -> None:
    held = use_case.book(
        desk, BookAppointment(NINE, "KYPHO", patient_id=ortiz.id, hold_until=at("2026-11-24T18:00"))
    ).value
    run(stepping(run, services.office, held.id, AppointmentStatus.BOOKED, held.version))
    assert status_of(desk, held.id) is AppointmentStatus.HELD
    assert questions[0].paragraphs == (
        "Kyphoplasty needs the payer's authorization, and none is approved for Wed 25 Nov.",
        "Sedation asks for 24 h of preparation, and 23 h are left.",
        "No escort is named, and without one there is no sedation.",
    )
    assert questions[0].signs == ("warning", "info", "info")
    questions[0].answers[0].give("the payer confirmed by phone")
    assert status_of(desk, held.id) is AppointmentStatus.BOOKED


def test_refusals_say_names_days_and_words_instead_of_codes() -> None:
    missing = RuleViolation("authorization_missing", procedure="KYPHO", day=NINE.date())
    step = RuleViolation("request_step", before="ready_to_book", after="in_review")
    elsewhere = Conflict("patient_elsewhere", start=NINE)
    assert fault_text(missing, CATALOGUE).startswith("Kyphoplasty needs the payer's authorization")
    assert "approved for Wed 25 Nov." in fault_text(missing, CATALOGUE)
    assert fault_text(step) == "A request that is “ready to book” cannot become “in review”."
    assert fault_text(elsewhere, CATALOGUE) == "The patient is in another visit at that time (Wed 25 Nov 09:00)."


def test_faults_of_our_own_making_go_on_to_the_last_resort(services: Services, run: Callable[[Change], None]) -> None:
    def work(desk: Desk) -> Outcome[object]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(Change(work, lambda desk, outcome: ""))


def test_every_step_of_undo_has_a_noun() -> None:
    assert undone_words({"of": "appointment_status", "status": "arrived"}) == "status of a visit, arrived"
    assert all(noun and "_" not in noun for noun in ACTION_NOUNS.values())
    assert undone_words({"action": "something_new"}) == "something new"


def test_files_taken_in_are_told_in_one_sentence() -> None:
    from desk_app.application.incoming import ImportResult

    def result(kind: str, reason: str = "") -> ImportResult:
        return ImportResult("a.eml", kind, reason=reason)  # type: ignore[call-arg]

    assert told(()) == "Nothing to take in"
    several = (
        result("created"),
        result("created"),
        result("duplicate"),
        result("duplicate", "seen"),
        result("set_aside"),
    )
    assert told(several) == "2 new requests, 1 joined to one that was there, 1 seen before, 1 set aside"


def test_a_move_to_another_day_asks_why_once_and_keeps_it(
    services: Services, ortiz: Patient, heard: list[str], questions: list[Question], desk: Desk
) -> None:
    book(services, BookAppointment(NINE, "JOINT", patient_id=ortiz.id))
    visit = desk.queries.day_plan(NINE.date(), desk.now()).lines[0].appointment_id
    services.operations.move_appointment(visit, at("2026-11-26T09:00"))
    assert [answer.verb for answer in questions[0].answers][:2] == ["Patient asked", "Physician not there"]
    assert [answer.key for answer in questions[0].answers] == ["1", "2", "3", "4", "5"]
    questions[0].answers[1].give("")
    assert heard[-1] == "Moved M. Ortiz to Thu 26 Nov 09:00"
    assert desk.queries.visit_card(visit).history[0].data["reason"] == "physician"
    services.operations.move_appointment(visit, at("2026-11-26T10:00"))
    assert len(questions) == 1


def test_another_length_is_said_and_taken_back(
    services: Services, ortiz: Patient, heard: list[str], questions: list[Question], desk: Desk
) -> None:
    book(services, BookAppointment(NINE, "JOINT", patient_id=ortiz.id))
    visit = desk.queries.day_plan(NINE.date(), desk.now()).lines[0].appointment_id
    services.operations.lengthen_appointment(visit, 30)
    services.operations.undo()
    assert heard[-2:] == ["M. Ortiz: procedure of 30 min", "Taken back: length of a visit"]
    services.operations.lengthen_appointment(visit, 500)
    assert questions[0].title == "Change the length all the same?"
    questions[0].answers[0].give("one of a kind")
    assert desk.queries.visit_card(visit).appointment.override_reason == "one of a kind"
