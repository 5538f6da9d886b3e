"""Letters to patients: what they say of the database as it stands, and what is kept of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk_app.application.desk import Desk
from desk_app.application.read_models import HistoryLine
from desk_app.application.use_cases import moving, patients, practice, requests, visit_notes, visit_status
from desk_app.application.use_cases.letters import LetterDraft, LetterWish, compose, record
from desk_app.application.use_cases.preparation import GateNote, prepare
from desk_app.domain.call_records import Letter
from desk_app.domain.faults import RuleViolation, WrongInput
from desk_app.domain.languages import LetterLanguage
from desk_app.domain.letters import LetterKind
from desk_app.domain.practice_rules import GateKind, ReadinessGate
from desk_app.domain.readiness import GateState
from desk_app.domain.records import Appointment, Callback
from desk_app.domain.statuses import CallbackKind, CallbackStatus, CancelReason, RequestStatus
from desk_app.domain.visit_parts import Alert, AlertKind
from tests.application.steps import a_patient, a_request, approve, book, calls_of_request, calls_of_visit
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, at

PREPARATION, UNREACHABLE = LetterKind.PREPARATION, LetterKind.UNREACHABLE
GATES = (
    ReadinessGate("mri", GateKind.IMAGING, "MRI of the spine", 72, procedures=("KYPHO",)),
    ReadinessGate("labs", GateKind.LABS, "INR", procedures=("KYPHO",)),
)
SETTINGS = replace(CATALOGUE.settings, phone="413 555-0100", address="12 Elm Street, Springfield, MA 01103")


@pytest.fixture
def desk(desks: Desks) -> Desk:
    desk = desks()
    practice.load(desk, replace(CATALOGUE, settings=SETTINGS, readiness_gates=GATES))
    return desk


def kypho(desk: Desk, start: str = "2026-12-09T09:00", **more: object) -> Appointment:
    alerts = (
        Alert(AlertKind.ANTICOAGULANT, "apixaban"),
        Alert(AlertKind.ALLERGY, "penicillin"),
        Alert(AlertKind.LATEX),
        Alert(AlertKind.INTERPRETER, "Spanish"),
    )
    patient = a_patient(desk, alerts=alerts, **more)
    approve(desk, None, patient)
    return book(desk, start, "KYPHO", patient_id=patient, levels=2)


def sheet(desk: Desk, visit: Appointment, language: LetterLanguage | None = LetterLanguage.ENGLISH) -> LetterDraft:
    return compose(desk, LetterWish(PREPARATION, appointment_id=visit.id, language=language))


def lines(draft: LetterDraft) -> list[str]:
    return [line.text for line in draft.filled.lines if line.text]


def letters(desk: Desk, visit: Appointment) -> tuple[Letter, ...]:
    return desk.queries.visit_card(visit.id).letters


def printed(history: tuple[HistoryLine, ...]) -> list[object]:
    return [line.data["version"] for line in history if line.action == "letter_printed"]


def test_the_sheet_says_what_the_desk_knows_of_the_visit(desk: Desk) -> None:
    visit = kypho(desk)
    visit_notes.write_on_visit(desk, visit.id, visit_notes.VisitTexts("Luis (son), 413 555 0190", "internal"))
    said = lines(sheet(desk, visit))
    for line in (
        "Dear Marisol Ortiz,",
        "413 555-0100 is our number. We answer Monday to Friday, 8:00 AM to 5:00 PM.",
        "Your visit: Wednesday, December 9, 9:00 AM",
        "Please be here at 7:00 AM.",
        "Where: Small practice, 12 Elm Street, Springfield, MA 01103",
        "What is planned: Kyphoplasty",
        "Your physician: Dr. Algendy",
        "Blood is drawn that morning, so please come on time.",
        "Last light meal, such as toast: Wednesday, December 9, 3:00 AM. After that no food and no milk.",
        "Our chart says that you take apixaban. Do not stop it and do not change it on your own.",
        "Allergies in our chart: penicillin, latex",
        "You have told us that this adult comes with you and takes you home: Luis (son), 413 555 0190",
        "Images that we still need: MRI of the spine",
        "You rest with us for about 1 hour 30 minutes, flat on your back if we ask you to.",
        "You go home at about 11:40 AM, if all is well.",
    ):
        assert line in said
    assert not any("internal" in line for line in said)
    assert any("7:00 AM. After that nothing" in line for line in said)


def test_the_language_is_the_charts_else_the_interpreters_else_english(desk: Desk) -> None:
    visit = kypho(desk)
    assert sheet(desk, visit, None).language is LetterLanguage.SPANISH
    patient = desk.queries.visit_card(visit.id).patient
    for said, language in (("English", "en"), ("español", "es"), ("Portuguese", "en")):
        patient = patients.edit(desk, replace(patient, language=said)).value
        assert sheet(desk, visit, None).language == language


def test_the_spanish_sheet_has_its_own_words_for_days_and_hours(desk: Desk) -> None:
    said = lines(sheet(desk, kypho(desk, "2026-12-09T15:00"), LetterLanguage.SPANISH))
    for line in (
        "Estimado/a Marisol Ortiz:",
        "Su visita: miércoles 9 de diciembre, 15:00",
        "Llegue, por favor, a esta hora: 13:00",
        "Alergias en nuestra ficha: penicillin, látex",
    ):
        assert line in said


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (GateState.OPEN, "still waiting for the doctor's plan"),
        (GateState.PLAN_RECEIVED, "The doctor's plan for it is here"),
        (GateState.TOLD, "We have told you the doctor's plan"),
        (GateState.HELD, "you are following the doctor's plan"),
    ],
)
def test_of_the_blood_thinner_it_says_how_far_the_plan_is_and_never_a_day(
    desk: Desk, state: GateState, words: str
) -> None:
    visit = kypho(desk)
    prepare(desk, visit.id, (GateNote("thinner", state, "since 4 Dec"),))
    said = lines(sheet(desk, visit))
    assert sum("doctor's plan" in line for line in said) == 1
    assert any(words in line for line in said)
    assert "Noted at our desk: since 4 Dec" in said


def test_where_little_is_known_no_line_is_empty_and_nothing_is_made_up(desks: Desks) -> None:
    desk = desks()
    practice.load(desk, CATALOGUE)
    draft = sheet(desk, book(desk))
    said = lines(draft)
    assert "You may eat and drink as usual." in said
    assert "We advise you not to drive yourself home." in said
    assert not any(word in line for line in said for word in ("our number", "Where:", "drowsy", "MRI", "{", "}"))
    assert {"practice_phone", "practice_address", "last_meal", "blood_thinner"} <= set(draft.filled.left_out)


def test_a_moved_visit_gives_new_times_and_the_next_version(desk: Desk) -> None:
    visit = kypho(desk)
    first = sheet(desk, visit)
    record(desk, first, "printer")
    moving.move(desk, moving.MoveAppointment(visit.id, at("2026-12-10T13:00"), reason="patient"))
    second = sheet(desk, visit)
    assert (first.version, second.version) == (1, 2)
    assert "Your visit: Thursday, December 10, 1:00 PM" in lines(second)
    record(desk, second, "pdf")
    kept = letters(desk, visit)
    assert [letter.text for letter in kept] == [first.filled.text, second.filled.text]
    told = [line for line in desk.queries.visit_card(visit.id).history if line.action == "letter_printed"]
    assert [(line.data["version"], line.data["way"]) for line in told] == [(2, "pdf"), (1, "printer")]
    assert told[0].data["start"] == at("2026-12-10T13:00").isoformat()


def test_what_was_printed_stands_in_the_history_of_visit_and_patient(desk: Desk) -> None:
    visit = kypho(desk)
    version = visit.version
    record(desk, sheet(desk, visit), "pdf")
    card = desk.queries.visit_card(visit.id)
    assert card.appointment.version == version
    assert printed(card.history) == [1]
    assert printed(desk.queries.patient_card(visit.patient_id, desk.now()).history) == [1]
    assert [letter.code for letter in desk.queries.patient_card(visit.patient_id, desk.now()).letters] == [
        "preparation"
    ]
    assert desk.queries.breaches(desk.now()) == ()


def test_a_visit_that_is_not_to_come_is_not_prepared_for(desk: Desk) -> None:
    visit = kypho(desk)
    visit_status.cancel(desk, visit.id, CancelReason.PATIENT, "", None)
    with pytest.raises(RuleViolation, match="letter_visit_over"):
        sheet(desk, visit)
    with pytest.raises(RuleViolation, match="letter_no_visit"):
        compose(desk, LetterWish(PREPARATION, patient_id=visit.patient_id))
    with pytest.raises(WrongInput, match="unknown_record"):
        compose(desk, LetterWish(PREPARATION, appointment_id=999))
    with pytest.raises(WrongInput, match="letter_subject"):
        compose(desk, LetterWish(UNREACHABLE))


def test_for_a_request_or_a_patient_it_is_their_next_visit(desk: Desk) -> None:
    patient = a_patient(desk)
    request = a_request(desk, patient)
    later = book(desk, "2026-12-09T09:00", request_id=request)
    sooner = book(desk, "2026-12-02T09:00", patient_id=patient)
    assert compose(desk, LetterWish(PREPARATION, request_id=request)).appointment_id == later.id
    assert compose(desk, LetterWish(PREPARATION, patient_id=patient)).appointment_id == sooner.id


def test_a_chart_that_was_merged_gives_the_letter_of_the_one_that_replaced_it(desk: Desk) -> None:
    kept, gone = a_patient(desk, "Ortiz"), a_patient(desk, "Ortis")
    patients.edit(desk, replace(desk.queries.patient_card(gone, desk.now()).patient, merged_into=kept))
    draft = compose(desk, LetterWish(UNREACHABLE, patient_id=gone))
    assert draft.patient_id == kept
    assert "Dear Marisol Ortiz," in lines(draft)


def test_the_letter_to_whoever_could_not_be_reached_says_nothing_of_why(desk: Desk) -> None:
    visit = kypho(desk)
    for wish in (
        LetterWish(UNREACHABLE, appointment_id=visit.id, language=LetterLanguage.ENGLISH),
        LetterWish(UNREACHABLE, patient_id=visit.patient_id, language=LetterLanguage.ENGLISH),
    ):
        said = lines(compose(desk, wish))
        assert "Please call us at 413 555-0100. We answer Monday to Friday, 8:00 AM to 5:00 PM." in said
        assert not any(word in line.casefold() for line in said for word in ("kypho", "spine", "procedure", "visit"))


def test_a_caller_without_a_chart_gets_one_too_and_it_is_found_again(desk: Desk) -> None:
    request = a_request(desk)
    draft = compose(desk, LetterWish(UNREACHABLE, request_id=request))
    assert "Dear Kwame Asante," in lines(draft)
    assert f"When you call, please give this number: R{request}" in lines(draft)
    record(desk, draft, "pdf")
    card = desk.queries.request_card(request, desk.now())
    assert (printed(card.history), len(card.letters)) == ([1], 1)
    assert compose(desk, LetterWish(UNREACHABLE, request_id=request)).version == 2


def test_without_any_name_there_is_no_letter(desk: Desk) -> None:
    request = a_request(desk)
    card = desk.queries.request_card(request, desk.now())
    nameless = replace(card.request, contact=replace(card.request.contact, family="", given=""))
    with desk.open_work(desk.actor) as work:
        work.requests.save(nameless)
        desk.committed(work, work.commit("request_edited"))
    with pytest.raises(RuleViolation, match="letter_no_name"):
        compose(desk, LetterWish(UNREACHABLE, request_id=request))


def letter_call(desk: Desk, only: bool = True, **about: int | None) -> int:
    """A call that has come to its last try: a letter is to be written; with ``only`` it is the last one open."""
    with desk.open_work(desk.actor) as work:
        if only and (request := about.get("request_id")) is not None:
            for call in work.callbacks.open_for_request(request):
                work.callbacks.save(replace(call, status=CallbackStatus.DONE))
        made = work.callbacks.add(Callback(CallbackKind.LETTER, desk.now(), "4 tries", **about))
        desk.committed(work, work.commit("call_recorded"))
    return made.id


def test_the_letter_settles_its_call_and_an_open_request_keeps_its_next_action(desk: Desk) -> None:
    patient = a_patient(desk)
    request = a_request(desk, patient)
    call = letter_call(desk, request_id=request, patient_id=patient)
    assert calls_of_request(desk, request).keys() == {"letter"}
    record(desk, compose(desk, LetterWish(UNREACHABLE, request_id=request, callback_id=call)), "printer")
    assert calls_of_request(desk, request) == {"book": "Tue 08 17:00"}
    assert desk.queries.breaches(desk.now()) == ()
    told = desk.queries.request_card(request, desk.now()).history[0]
    assert (told.action, told.data["settled"]) == ("letter_printed", [call])


def test_where_another_call_is_open_none_is_added(desk: Desk) -> None:
    request = a_request(desk)
    before = calls_of_request(desk, request)
    letter_call(desk, only=False, request_id=request)
    record(desk, compose(desk, LetterWish(UNREACHABLE, request_id=request)), "printer")
    assert calls_of_request(desk, request) == before


def test_a_request_that_is_over_gets_no_further_call(desk: Desk) -> None:
    request = a_request(desk)
    call = letter_call(desk, request_id=request)
    requests.set_status(desk, request, RequestStatus.DECLINED)
    record(desk, compose(desk, LetterWish(UNREACHABLE, request_id=request, callback_id=call)), "printer")
    assert calls_of_request(desk, request) == {}


def test_a_letter_for_a_visits_call_leaves_its_other_calls_alone(desk: Desk) -> None:
    visit = kypho(desk)
    others = calls_of_visit(desk, visit.id)
    letter_call(desk, appointment_id=visit.id, patient_id=visit.patient_id)
    record(desk, sheet(desk, visit), "printer")
    assert "letter" in calls_of_visit(desk, visit.id)
    record(desk, compose(desk, LetterWish(UNREACHABLE, appointment_id=visit.id)), "printer")
    assert calls_of_visit(desk, visit.id) == others


def test_who_wishes_no_calls_is_prepared_by_the_sheet(desk: Desk) -> None:
    visit = kypho(desk)
    patient = desk.queries.visit_card(visit.id).patient
    patients.edit(desk, replace(patient, do_not_contact=True))
    call = letter_call(desk, appointment_id=visit.id, patient_id=patient.id)
    record(desk, sheet(desk, visit), "printer")
    assert "letter" not in calls_of_visit(desk, visit.id)
    with desk.open_work(desk.actor) as work:
        (attempt,) = work.attempts.of_callback(call)
    assert attempt.outcome == "done"


def test_a_letter_about_the_patient_settles_every_letter_that_was_due_to_them(desk: Desk) -> None:
    visit = kypho(desk)
    letter_call(desk, appointment_id=visit.id, patient_id=visit.patient_id)
    record(desk, compose(desk, LetterWish(UNREACHABLE, patient_id=visit.patient_id)), "printer")
    assert "letter" not in calls_of_visit(desk, visit.id)
