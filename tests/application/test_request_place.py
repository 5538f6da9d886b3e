"""A request taken by hand or reviewed stands where what is known of it puts it, with the call that goes with that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desk_app.application.authorization_steps import Decision
from desk_app.application.desk import Desk
from desk_app.application.use_cases import authorizations, booking, moving, patients, practice, requests, undo
from desk_app.domain.faults import Conflict, NeedsConfirmation, RuleViolation
from desk_app.domain.practice import Payer
from desk_app.domain.records import Contact, Patient, Phone, Request
from desk_app.domain.statuses import AuthorizationStatus, EndReason, RequestStatus, Urgency
from tests.application.steps import MORNING, a_patient, a_request, approve, book, calls_of_request
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

R = RequestStatus
BORN = date(1951, 3, 12)
PAYERS = (*CATALOGUE.payers, Payer("MCARE", "Medicare", needs_authorization=False), Payer("BERK", "Berkshire"))
FULL: dict[str, Any] = {"procedure": "KYPHO", "level_names": "T12", "diagnoses": ("M80.08XA",)}


@pytest.fixture
def desk(desks: Desks) -> Desk:
    made = desks()
    settings = replace(CATALOGUE.settings, holidays="US-MA")
    practice.load(made, replace(CATALOGUE, settings=settings, payers=PAYERS))
    return made


def insured(desk: Desk, family: str = "Ortiz", payer: str = "OLDCOL") -> int:
    return a_patient(desk, family, birth_date=BORN, payer=payer, member_id="OC 1")


def read(desk: Desk, request_id: int) -> Request:
    return desk.queries.request_card(request_id, desk.now()).request


def stand(desk: Desk, request_id: int) -> tuple[RequestStatus, dict[str, str]]:
    return read(desk, request_id).status, calls_of_request(desk, request_id)


def test_with_everything_known_it_goes_straight_on_to_the_payer(desk: Desk) -> None:
    number = a_request(desk, insured(desk), **FULL)
    assert stand(desk, number) == (R.AWAITING_AUTHORIZATION, {"call_payer": "Tue 24 17:00"})


def test_where_no_payer_is_asked_it_is_ready_to_book(desk: Desk) -> None:
    assert stand(desk, a_request(desk, insured(desk))) == (R.READY_TO_BOOK, {"book": "Tue 24 17:00"})
    medicare = a_request(desk, insured(desk, "Lee", "MCARE"), "KYPHO")
    assert stand(desk, medicare) == (R.READY_TO_BOOK, {"book": "Tue 24 17:00"})


def test_where_an_approval_is_there_already_it_is_ready_to_book(desk: Desk) -> None:
    patient = insured(desk)
    approve(desk, None, patient)
    assert stand(desk, a_request(desk, patient, **FULL))[0] is R.READY_TO_BOOK


@pytest.mark.parametrize("lacking", [{"procedure": None}, {"diagnoses": ()}, {"level_names": ""}])
def test_with_something_missing_it_stays_new_and_the_person_is_called(desk: Desk, lacking: dict[str, object]) -> None:
    number = a_request(desk, insured(desk), **{**FULL, **lacking})
    assert stand(desk, number) == (R.RECEIVED, {"call_patient": "Wed 25 17:00"})


def test_a_caller_without_a_chart_stays_new(desk: Desk) -> None:
    assert stand(desk, a_request(desk))[0] is R.RECEIVED


def test_a_new_caller_who_told_everything_has_a_chart_and_goes_straight_on(desk: Desk) -> None:
    contact = Contact("Keane", "Nora", BORN, phones=(Phone("1", "+14135550177"),), member_id="K 1")
    number = a_request(desk, contact=contact, payer="OLDCOL", **FULL)
    assert stand(desk, number) == (R.AWAITING_AUTHORIZATION, {"call_payer": "Tue 24 17:00"})
    card = desk.queries.request_card(number, desk.now())
    assert card.patient is not None
    assert (card.patient.name, card.patient.payer, card.patient.member_id) == ("Keane, Nora", "OLDCOL", "K 1")
    undo.undo(desk)
    assert desk.queries.find_patients("keane", desk.now()) == ()


def test_a_caller_like_somebody_known_is_decided_by_a_person(desk: Desk) -> None:
    known = insured(desk)
    chart = desk.queries.patient_card(known, desk.now()).patient
    contact = Contact(chart.family, chart.given, BORN, phones=chart.phones)
    number = a_request(desk, contact=contact, **FULL)
    card = desk.queries.request_card(number, desk.now())
    assert (card.request.status, card.patient) == (R.RECEIVED, None)
    assert card.suggestion is not None
    assert card.suggestion.id == known


def test_one_booked_at_the_call_is_booked(desk: Desk) -> None:
    number = a_request(desk, insured(desk))
    book(desk, request_id=number)
    assert stand(desk, number) == (R.BOOKED, {})


def test_a_review_that_leaves_something_open_puts_it_in_review_and_one_that_completes_it_sends_it_on(
    desk: Desk,
) -> None:
    number = a_request(desk, insured(desk), procedure=None)
    due = calls_of_request(desk, number)
    half = requests.edit(desk, replace(read(desk, number), procedure="KYPHO", level_names="T12")).value
    assert (half.status, calls_of_request(desk, number)) == (R.IN_REVIEW, due)
    requests.edit(desk, replace(half, diagnoses=("M80.08XA",)))
    assert stand(desk, number) == (R.AWAITING_AUTHORIZATION, {"call_payer": "Tue 24 17:00"})
    undo.undo(desk)
    assert stand(desk, number) == (R.IN_REVIEW, due)


def test_a_review_links_makes_or_completes_the_chart_in_the_same_step(desk: Desk) -> None:
    known, caller = insured(desk), a_request(desk, **FULL)
    linked = requests.edit(desk, read(desk, caller), requests.Whose(link_to=known)).value
    assert (linked.patient_id, linked.status) == (known, R.AWAITING_AUTHORIZATION)

    contact = Contact("Keane", "", BORN, phones=(Phone("1", "+14135550177"),), member_id="K 1")
    other = a_request(desk, contact=contact, payer="OLDCOL", **FULL)
    made = requests.edit(desk, read(desk, other), requests.Whose(as_new=True)).value
    assert (made.patient_id is not None, made.status) == (True, R.AWAITING_AUTHORIZATION)

    bare = a_patient(desk, "Bare")
    third = a_request(desk, bare, **FULL)
    chart = desk.queries.patient_card(bare, desk.now()).patient
    whole = replace(chart, birth_date=BORN, payer="OLDCOL", member_id="B 1")
    done = requests.edit(desk, read(desk, third), requests.Whose(chart=whole)).value
    assert (done.payer, done.status) == ("OLDCOL", R.AWAITING_AUTHORIZATION)
    assert list(calls_of_request(desk, third)) == ["call_payer"]
    undo.undo(desk)
    assert desk.queries.patient_card(bare, desk.now()).patient.payer is None


def test_a_review_of_a_chart_that_somebody_changed_meanwhile_stores_nothing(desk: Desk) -> None:
    patient = a_patient(desk)
    number = a_request(desk, patient, **FULL)
    chart = desk.queries.patient_card(patient, desk.now()).patient
    patients.edit(desk, replace(chart, note="deaf"))
    noted = replace(read(desk, number), note="x")
    with pytest.raises(Conflict, match="changed"):
        requests.edit(desk, noted, requests.Whose(chart=replace(chart, birth_date=BORN)))
    with pytest.raises(RuleViolation, match="birth_date"):
        requests.edit(desk, noted, requests.Whose(chart=replace(chart, birth_date=date(2099, 1, 1))))
    assert read(desk, number).note == ""


def test_whose_a_request_is_stays_while_it_has_a_visit(desk: Desk) -> None:
    number = a_request(desk, insured(desk))
    book(desk, request_id=number, hold_until=at("2026-11-24T17:00"))
    with pytest.raises(RuleViolation, match="request_of_another_patient"):
        requests.edit(desk, read(desk, number), requests.Whose(link_to=a_patient(desk, "Other")))


def test_linking_or_making_the_chart_that_was_missing_sends_it_on(desk: Desk) -> None:
    first, second = a_request(desk), a_request(desk)
    requests.link_patient(desk, first, insured(desk))
    requests.create_patient(desk, second)
    assert [stand(desk, number)[0] for number in (first, second)] == [R.READY_TO_BOOK, R.READY_TO_BOOK]


def test_a_step_taken_by_hand_is_not_taken_back_by_the_next_edit(desk: Desk) -> None:
    number = a_request(desk, insured(desk), **FULL)
    requests.set_status(desk, number, R.READY_TO_BOOK)
    requests.edit(desk, replace(read(desk, number), note="MRI seen"))
    assert stand(desk, number)[0] is R.READY_TO_BOOK


def test_another_procedure_is_another_authorization(desk: Desk) -> None:
    number = a_request(desk, insured(desk), "JOINT", level_names="T12", diagnoses=("M80.08XA",))
    requests.edit(desk, replace(read(desk, number), procedure="KYPHO"))
    assert stand(desk, number) == (R.AWAITING_AUTHORIZATION, {"call_payer": "Tue 24 17:00"})
    requests.edit(desk, replace(read(desk, number), procedure=None))
    assert stand(desk, number)[0] is R.IN_REVIEW


# a payer that changes


def test_a_payer_that_changes_on_the_chart_moves_its_open_requests_and_their_calls(desk: Desk) -> None:
    patient = insured(desk)
    number = a_request(desk, patient, **FULL)
    chart = desk.queries.patient_card(patient, desk.now()).patient
    chart = patients.edit(desk, replace(chart, payer="BERK", member_id="B 9")).value
    card = desk.queries.request_card(number, desk.now())
    assert card.request.payer == "BERK"
    assert {call.payer for call in card.callbacks if call.status == "due"} == {"BERK"}
    patients.edit(desk, replace(chart, payer="MCARE"))
    assert stand(desk, number) == (R.READY_TO_BOOK, {"book": "Tue 24 17:00"})
    undo.undo(desk)
    assert stand(desk, number) == (R.AWAITING_AUTHORIZATION, {"call_payer": "Tue 24 17:00"})


def test_a_booked_request_keeps_what_it_was_booked_with(desk: Desk) -> None:
    patient = insured(desk)
    number = a_request(desk, patient)
    book(desk, request_id=number)
    chart = desk.queries.patient_card(patient, desk.now()).patient
    patients.edit(desk, replace(chart, payer="BERK"))
    assert stand(desk, number) == (R.BOOKED, {})
    assert read(desk, number).payer == "OLDCOL"


# somebody without a phone


def test_the_calls_of_somebody_without_a_phone_get_the_number_once_it_is_known(desk: Desk) -> None:
    patient = patients.add(desk, Patient("", "Silent", "Ana", BORN, email="a@mail.example"), True).value
    number = a_request(desk, patient.id)
    book(desk, "2026-12-07T09:00", patient_id=patient.id)
    with desk.open_work(desk.actor) as work:
        assert {call.phone for call in work.callbacks.open_for_patient(patient.id)} == {""}
    assert list(calls_of_request(desk, number)) == ["book"]
    chart = desk.queries.patient_card(patient.id, desk.now()).patient
    patients.edit(desk, replace(chart, phones=(Phone("413 555 0190", "+14135550190"),)))
    with desk.open_work(desk.actor) as work:
        assert {call.phone for call in work.callbacks.open_for_patient(patient.id)} == {"+14135550190"}


def test_a_callers_new_number_is_the_one_that_is_called(desk: Desk) -> None:
    number = a_request(desk)
    request = read(desk, number)
    phones = (Phone("413 555 0188", "+14135550188"),)
    requests.edit(desk, replace(request, contact=replace(request.contact, phones=phones)))
    (call,) = (c for c in desk.queries.request_card(number, desk.now()).callbacks if c.status == "due")
    assert call.phone == "+14135550188"


# without a procedure


def test_a_request_without_a_procedure_has_its_call_and_cannot_be_booked_unchosen(desk: Desk) -> None:
    number = a_request(desk, insured(desk), procedure=None, procedure_text="something for my back")
    assert stand(desk, number) == (R.RECEIVED, {"call_patient": "Wed 25 17:00"})
    with pytest.raises(RuleViolation, match="request_without_procedure"):
        booking.book(desk, booking.BookAppointment(at(MORNING), request_id=number))
    assert stand(desk, number) == (R.RECEIVED, {"call_patient": "Wed 25 17:00"})


# when it is due


@pytest.mark.parametrize(
    ("now", "urgency", "due"),
    [
        ("2026-11-26T10:00", Urgency.URGENT, "2026-11-27T10:00"),  # Thanksgiving: the next morning, two hours in
        ("2026-11-25T16:30", Urgency.URGENT, "2026-11-27T09:30"),  # half an hour is left before the holiday
        ("2026-11-27T18:00", Urgency.SOON, "2026-11-30T17:00"),  # after hours on a Friday
        ("2026-11-28T12:00", Urgency.ROUTINE, "2026-12-01T17:00"),  # a Saturday counts as Monday morning
        ("2026-10-31T23:30", Urgency.URGENT, "2026-11-02T10:00"),  # the clock goes back in that night
        ("2027-03-12T16:30", Urgency.URGENT, "2027-03-15T09:30"),  # and forward on that Sunday
        ("2026-12-24T16:59", Urgency.SOON, "2026-12-24T17:00"),
    ],
)
def test_a_call_is_due_in_business_hours_whatever_day_and_clock_it_arises(
    desk: Desk, clock: StandingClock, now: str, urgency: Urgency, due: str
) -> None:
    clock.instant = at(now)
    number = a_request(desk, urgency=urgency)
    (line,) = (each for each in desk.queries.requests("open", desk.now()) if each.request_id == number)
    assert line.next_due == at(due)


# how it ended


def test_why_and_when_a_request_ended_stays_readable(desk: Desk, clock: StandingClock) -> None:
    first, second = a_request(desk), a_request(desk, note="wants mornings")
    clock.instant = at("2026-11-25T10:00")
    requests.set_status(desk, first, R.DECLINED, why=EndReason.NO_RECORDS)
    requests.set_status(desk, second, R.WITHDRAWN, "moves away", EndReason.ELSEWHERE)
    lines = {line.request_id: line for line in desk.queries.requests("closed", desk.now())}
    assert [(lines[number].ended_at, lines[number].end_reason) for number in (first, second)] == [
        (at("2026-11-25T10:00"), "no_records"),
        (at("2026-11-25T10:00"), "elsewhere"),
    ]
    assert lines[second].note == "wants mornings; moves away"
    requests.set_status(desk, first, R.IN_REVIEW)
    assert first not in {line.request_id for line in desk.queries.requests("closed", desk.now())}


def test_a_duplicate_says_of_which_request(desk: Desk) -> None:
    first, second = a_request(desk), a_request(desk)
    with desk.open_work(desk.actor) as work:
        work.requests.save(replace(work.requests.get(second), possible_duplicate_of=first))
        work.commit("request_edited")
    requests.set_status(desk, second, R.DUPLICATE)
    (line,) = desk.queries.requests("duplicate", desk.now())
    assert (line.possible_duplicate_of, line.ended_at) == (first, desk.now())


# units


def test_a_visit_on_a_managers_word_takes_no_units_of_what_another_visit_stands_on(desk: Desk) -> None:
    desk.actor = replace(desk.actor, rights=frozenset({"override"}))
    patient = insured(desk)
    approve(desk, None, patient, units=1, levels=1)
    firm = book(desk, "2026-12-08T09:00", "KYPHO", patient_id=patient)
    book(desk, "2026-11-27T09:00", "KYPHO", patient_id=patient, override_reason="cannot walk")
    assert desk.queries.breaches(desk.now()) == ()

    moved = moving.move(desk, moving.MoveAppointment(firm.id, at("2026-12-09T09:00"))).value
    assert moved.override_codes == ()


# a patient who wishes no calls


def test_a_denial_is_told_by_letter_to_whoever_wishes_no_calls(desk: Desk) -> None:
    patient = insured(desk)
    number = a_request(desk, patient, **FULL)
    chart = desk.queries.patient_card(patient, desk.now()).patient
    patients.edit(desk, replace(chart, do_not_contact=True))
    (paper,) = desk.queries.request_card(number, desk.now()).approvals
    authorizations.decide(desk, paper.id, Decision(AuthorizationStatus.DENIED))
    assert sorted(calls_of_request(desk, number)) == ["letter", "peer_to_peer"]
    assert desk.queries.breaches(desk.now()) == ()


def test_a_payer_that_changes_under_a_firm_visit_without_a_request_needs_a_managers_word(desk: Desk) -> None:
    patient = insured(desk)
    approve(desk, None, patient)
    visit = book(desk, "2026-12-08T09:00", "KYPHO", patient_id=patient)
    with desk.open_work(desk.actor) as work:
        (paper,) = work.authorizations.for_patient(patient)
        work.authorizations.save(replace(paper, payer="OLDCOL"))
        work.commit("authorization_edited")
    chart = replace(desk.queries.patient_card(patient, desk.now()).patient, payer="BERK")
    desk.actor = replace(desk.actor, rights=frozenset({"override"}))
    with pytest.raises(NeedsConfirmation, match="authorization"):
        patients.edit(desk, chart)
    patients.edit(desk, chart, "the new insurer takes it over")
    assert "authorization" in desk.queries.visit_card(visit.id).appointment.override_codes
    assert desk.queries.breaches(desk.now()) == ()
