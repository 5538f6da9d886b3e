"""A request by hand: what is asked for, its steps with the call each makes due, and whose it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking, patients, requests
from desk_app.domain.faults import Conflict, NeedsConfirmation, RuleViolation, WrongInput
from desk_app.domain.records import Contact, Patient, Phone
from desk_app.domain.statuses import REQUEST_STEPS, RequestSource, RequestStatus, Urgency
from tests.application.steps import MORNING, a_patient, a_request, book, calls_of_request
from tests.helpers.small_practice import StandingClock, at

R = RequestStatus
CALLER = Contact("Asante", "Kwame", phones=(Phone("413 555 0119", "+14135550119"),))


def status_of(desk: Desk, request_id: int) -> RequestStatus:
    return desk.queries.request_card(request_id, desk.now()).request.status


@pytest.mark.parametrize(
    ("urgency", "due"),
    [(Urgency.URGENT, "Tue 24 12:00"), (Urgency.SOON, "Tue 24 17:00"), (Urgency.ROUTINE, "Wed 25 17:00")],
)
def test_a_new_request_is_called_back_by_its_urgency(desk: Desk, urgency: Urgency, due: str) -> None:
    request_id = a_request(desk, urgency=urgency)
    assert calls_of_request(desk, request_id) == {"call_patient": due}
    (line,) = desk.queries.requests("open", desk.now())
    assert (line.request_id, line.next_kind, line.name) == (request_id, "call_patient", "Asante, Kwame")


WRONG: tuple[tuple[dict[str, object], type[RuleViolation | WrongInput], str], ...] = (
    ({"contact": Contact("", "Kwame")}, RuleViolation, "name_missing"),
    ({"contact": Contact("Asante")}, RuleViolation, "no_contact"),
    ({"procedure": "NOSUCH"}, WrongInput, "unknown_procedure"),
    ({"procedure": "KYPHO", "levels": 4}, WrongInput, "levels"),
    ({"procedure": None, "levels": 31}, WrongInput, "levels"),
    ({"payer": "NOSUCH"}, WrongInput, "unknown_payer"),
)


def test_what_nobody_can_act_on_is_not_taken_down(desk: Desk) -> None:
    before = desk.queries.last_seq()
    for wrong, kind, code in WRONG:
        with pytest.raises(kind, match=code):
            a_request(desk, **wrong)
    assert desk.queries.last_seq() == before


def test_a_mail_address_alone_is_a_way_to_reach_somebody(desk: Desk) -> None:
    assert a_request(desk, contact=Contact("Asante", email="k@mail.example"))


def test_a_known_patient_brings_contact_and_payer_along(desk: Desk) -> None:
    request_id = a_request(desk, a_patient(desk, payer="OLDCOL"))
    request = desk.queries.request_card(request_id, desk.now()).request
    assert (request.contact.name, request.payer) == ("Ortiz, Marisol", "OLDCOL")


def test_each_step_of_the_review_makes_its_own_call_due(desk: Desk) -> None:
    request_id = a_request(desk)
    told = []
    for status in (R.IN_REVIEW, R.AWAITING_AUTHORIZATION, R.READY_TO_BOOK, R.AWAITING_AUTHORIZATION, R.IN_REVIEW):
        requests.set_status(desk, request_id, status)
        told.append(calls_of_request(desk, request_id))
    payer, patient = {"call_payer": "Tue 24 17:00"}, {"call_patient": "Wed 25 17:00"}
    assert told == [patient, payer, {"book": "Tue 24 17:00"}, payer, patient]


@pytest.mark.parametrize("end", [R.DECLINED, R.WITHDRAWN, R.DUPLICATE])
def test_a_request_that_ends_has_no_call_and_one_opened_again_has_one(desk: Desk, end: RequestStatus) -> None:
    request_id = a_request(desk)
    requests.set_status(desk, request_id, end, "as she said")
    card = desk.queries.request_card(request_id, desk.now())
    assert (card.request.note, calls_of_request(desk, request_id)) == ("as she said", {})
    requests.set_status(desk, request_id, R.IN_REVIEW)
    assert calls_of_request(desk, request_id) == {"call_patient": "Wed 25 17:00"}


def test_steps_by_hand_are_those_of_the_table_but_for_booking(desk: Desk) -> None:
    request_id = a_request(desk)
    for before, after in product(set(R) - {R.BOOKED}, R):
        with desk.open_work(desk.actor) as work:
            work.requests.save(replace(work.requests.get(request_id), status=before))
            work.commit("request_status")
        if after in REQUEST_STEPS[before] - {R.BOOKED}:
            assert requests.set_status(desk, request_id, after).value.status is after
            continue
        with pytest.raises(RuleViolation, match=r"request_step|request_booked_by_visit"):
            requests.set_status(desk, request_id, after)
        assert status_of(desk, request_id) is before


def test_editing_a_request_follows_the_same_steps(desk: Desk) -> None:
    request_id = a_request(desk)
    request = desk.queries.request_card(request_id, desk.now()).request
    with pytest.raises(RuleViolation, match="request_booked_by_visit"):
        requests.edit(desk, replace(request, status=R.BOOKED))
    edited = requests.edit(desk, replace(request, status=R.DECLINED, note="no")).value
    assert (edited.note, calls_of_request(desk, request_id)) == ("no", {})


def test_a_request_that_becomes_urgent_is_called_sooner(desk: Desk) -> None:
    request_id = a_request(desk)
    request = desk.queries.request_card(request_id, desk.now()).request
    urgent = requests.edit(desk, replace(request, urgency=Urgency.URGENT)).value
    assert calls_of_request(desk, request_id) == {"call_patient": "Tue 24 12:00"}
    requests.edit(desk, replace(urgent, urgency=Urgency.ROUTINE))
    assert calls_of_request(desk, request_id) == {"call_patient": "Tue 24 12:00"}


def test_two_edits_of_one_request_do_not_overwrite_each_other(desk: Desk) -> None:
    request = desk.queries.request_card(a_request(desk), desk.now()).request
    requests.edit(desk, replace(request, note="first"))
    with pytest.raises(Conflict, match="changed"):
        requests.edit(desk, replace(request, note="second"))
    patient_id = a_patient(desk)
    with pytest.raises(Conflict, match="changed"):
        requests.link_patient(desk, request.id, patient_id, request.version)
    wish = booking.BookAppointment(at(MORNING), request_id=request.id, request_version=request.version)
    with pytest.raises(Conflict, match="changed"):
        booking.book(desk, wish)


def test_a_request_is_linked_to_a_chart_or_gets_a_new_one(desk: Desk) -> None:
    linked, new = a_request(desk), a_request(desk)
    patient_id = a_patient(desk)
    assert requests.link_patient(desk, linked, patient_id).value.patient_id == patient_id
    created = requests.create_patient(desk, new).value.patient_id
    assert created is not None
    patient = desk.queries.patient_card(created, desk.now()).patient
    assert (patient.name, patient.phones[0].e164) == ("Asante, Kwame", "+14135550119")
    with pytest.raises(RuleViolation, match="request_has_patient"):
        requests.create_patient(desk, new)


def test_whose_request_it_is_stays_while_a_visit_is_booked_for_it(desk: Desk) -> None:
    request_id = a_request(desk, a_patient(desk))
    book(desk, request_id=request_id)
    with pytest.raises(RuleViolation, match="request_of_another_patient"):
        requests.link_patient(desk, request_id, a_patient(desk, "Other"))
    other = a_request(desk, a_patient(desk, "Third"))
    with pytest.raises(RuleViolation, match="request_of_another_patient"):
        book(desk, "2026-11-25T11:00", request_id=other, patient_id=a_patient(desk, "Fourth"))


def test_booking_for_somebody_perhaps_known_asks_and_takes_either_answer(desk: Desk) -> None:
    chart = Patient("", "Asante", "Kwame", phones=CALLER.phones)
    known = patients.add(desk, chart, True).value
    first, second = a_request(desk), a_request(desk)
    with pytest.raises(NeedsConfirmation) as asked:
        book(desk, request_id=first)
    assert (asked.value.params["patient"], asked.value.params["mrn"]) == (known.id, known.mrn)
    assert book(desk, request_id=first, patient_id=known.id).patient_id == known.id
    assert book(desk, "2026-11-25T11:00", request_id=second, as_new_patient=True).patient_id != known.id
    assert desk.queries.request_card(second, desk.now()).request.patient_id is not None


def test_a_chart_of_somebody_very_alike_is_asked_about(desk: Desk) -> None:
    a_patient(desk)
    alike = Patient("", "Ortiz", "Marisol", phones=(Phone("508 555 0101", "+15085550101"),))
    with pytest.raises(NeedsConfirmation) as asked:
        patients.add(desk, alike)
    assert asked.value.codes == ("perhaps_known",)
    assert patients.add(desk, alike, acknowledged=True).value.id


def test_a_chart_keeps_its_number_and_takes_no_other_ones(desk: Desk) -> None:
    first, second = a_patient(desk), a_patient(desk, "Other")
    one, two = (desk.queries.patient_card(number, desk.now()).patient for number in (first, second))
    assert patients.edit(desk, replace(one, mrn=" ", note="x")).value.mrn == one.mrn
    with pytest.raises(RuleViolation, match="mrn_in_use"):
        patients.edit(desk, replace(two, mrn=one.mrn))
    with pytest.raises(RuleViolation, match="mrn_in_use"):
        patients.add(desk, Patient(one.mrn, "New", "One"), True)
    with pytest.raises(RuleViolation, match="name_missing"):
        patients.edit(desk, replace(two, family=" "))
    with pytest.raises(RuleViolation, match="birth_date"):
        patients.edit(desk, replace(two, birth_date=at("2026-11-25T00:00").date()))


def test_a_hold_changes_neither_the_request_nor_its_next_action(desk: Desk, clock: StandingClock) -> None:
    request_id = a_request(desk, a_patient(desk))
    book(desk, request_id=request_id, hold_until=at("2026-11-24T12:00"))
    assert (status_of(desk, request_id), calls_of_request(desk, request_id)) == (
        R.READY_TO_BOOK,
        {"book": "Tue 24 17:00"},
    )
    clock.instant = at("2026-11-24T13:00")
    book(desk)  # takes the place of the hold that has lapsed
    assert (status_of(desk, request_id), list(calls_of_request(desk, request_id))) == (R.READY_TO_BOOK, ["book"])


def test_a_request_that_names_no_procedure_is_booked_with_the_one_chosen(desk: Desk) -> None:
    request_id = a_request(desk, a_patient(desk), procedure=None, source=RequestSource.WALK_IN)
    with pytest.raises(RuleViolation, match="request_without_procedure"):
        book(desk, procedure=None, request_id=request_id)
    book(desk, procedure="JOINT", request_id=request_id)
    assert desk.queries.request_card(request_id, desk.now()).request.procedure == "JOINT"
