"""Calls at the desk: had by one desk at a time, recorded with what they decide, put off, given away, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from desk_app.application.call_prospect import prospect
from desk_app.application.desk import Desk
from desk_app.application.tried import Tried
from desk_app.application.use_cases import call_changes, call_recording, calls, undo, visit_status
from desk_app.domain.faults import Conflict, RuleViolation, WrongInput
from desk_app.domain.records import Phone
from desk_app.domain.statuses import AppointmentStatus, CallOutcome, CancelReason, RequestStatus, Urgency
from tests.application.calls_made import asked_of_payer, lines, open_calls, record, the_call
from tests.application.steps import a_patient, a_request, book, calls_of_request
from tests.helpers.desks import Desks
from tests.helpers.small_practice import StandingClock, at

W = CallOutcome


@pytest.fixture
def another(desks: Desks, desk: Desk) -> Desk:
    """A second desk of the same practice."""
    return desks()


def test_a_call_is_had_by_one_desk_and_the_second_is_told_who_has_it(desk: Desk, another: Desk) -> None:
    a_request(desk)
    call = the_call(desk, "call_patient")
    card = calls.claim(desk, call.id).value
    assert (card.line.claimed_by, card.line.claimed_until) == ("user 1", at("2026-11-24T10:10"))
    with pytest.raises(Conflict, match="call_claimed") as refused:
        calls.claim(another, call.id)
    assert (refused.value.params["who"], refused.value.params["until"]) == ("user 1", "10:10")
    with pytest.raises(Conflict, match="call_claimed"):
        record(another, call, W.NO_ANSWER)
    with pytest.raises(Conflict, match="call_claimed"):
        call_changes.note(another, call.id, "mine")


def test_ones_own_claim_is_renewed_and_one_that_ran_out_is_anybodys(
    desk: Desk, another: Desk, clock: StandingClock
) -> None:
    a_request(desk)
    call = the_call(desk, "call_patient")
    calls.claim(desk, call.id)
    clock.instant += timedelta(minutes=8)
    assert calls.claim(desk, call.id).value.line.claimed_until == at("2026-11-24T10:18")
    clock.instant += timedelta(minutes=10)
    assert the_call(another, "call_patient").claimed_by == ""
    assert calls.claim(another, call.id).value.line.claimed_by == "user 2"


def test_a_call_that_was_only_looked_at_is_given_back(desk: Desk, another: Desk) -> None:
    a_request(desk)
    call = the_call(desk, "call_patient")
    calls.claim(desk, call.id)
    assert calls.release(another, call.id).value is False
    assert calls.release(desk, call.id).value is True
    assert calls.claim(another, call.id).value.line.claimed_by == "user 2"


def test_a_claim_is_no_step_and_no_change_of_the_call(desk: Desk, another: Desk) -> None:
    a_request(desk)
    call = the_call(desk, "call_patient")
    call_changes.prioritise(desk, call.id, 2)
    before = desk.queries.call_card(call.id, desk.now()).callback.version
    calls.claim(another, call.id)
    calls.release(another, call.id)
    calls.claim(another, call.id)
    assert desk.queries.call_card(call.id, desk.now()).callback.version == before
    undo.undo(desk)
    card = desk.queries.call_card(call.id, desk.now())
    assert (card.callback.priority, card.line.claimed_by) == (0, "user 2")


def test_an_outcome_for_a_call_that_was_settled_a_second_ago_loses_nothing(desk: Desk, another: Desk) -> None:
    visit = book(desk, "2026-12-01T09:00")
    call = the_call(desk, "confirmation")
    visit_status.set_status(another, visit.id, AppointmentStatus.CONFIRMED)
    with pytest.raises(Conflict, match="call_settled_meanwhile") as refused:
        record(desk, call, W.NO_ANSWER, note="Rang for long.")
    assert (refused.value.params["who"], refused.value.params["when"]) == ("user 2", "10:00")
    card = desk.queries.call_card(call.id, desk.now())
    assert [(tried.outcome, tried.note) for tried in card.attempts] == [(W.NO_ANSWER, "Rang for long.")]
    assert card.callback.status == "done"
    with pytest.raises(Conflict, match="call_over"):
        calls.claim(desk, call.id)


def test_nobody_reached_is_tried_again_and_then_written_to(desk: Desk, clock: StandingClock) -> None:
    number = a_request(desk)
    call = the_call(desk, "call_patient")
    for outcome, due in ((W.NO_ANSWER, "Tue 24 12:00"), (W.BUSY, "Tue 24 12:30"), (W.VOICEMAIL, "Thu 26 12:30")):
        told = record(desk, call, outcome)
        assert told.call.due.astimezone(desk.zone()).strftime("%a %d %H:%M") == due
        clock.instant = told.call.due
    last = record(desk, call, W.NO_ANSWER)
    assert (last.sentence, last.call.status, last.call.attempts) == ("writes a letter: fourth try", "dropped", 4)
    assert [each.kind for each in last.arisen] == ["letter"]
    assert calls_of_request(desk, number) == {"letter": "Thu 26 17:00"}
    sent = record(desk, the_call(desk, "letter"), W.DONE)
    assert [(each.kind, each.request_id) for each in sent.arisen] == [("call_patient", number)]


def test_whoever_was_reached_in_between_is_tried_anew(desk: Desk) -> None:
    a_request(desk)
    call = the_call(desk, "call_patient")
    for outcome in (W.NO_ANSWER, W.NO_ANSWER, W.NO_ANSWER):
        record(desk, call, outcome)
    record(desk, call, W.CALL_AGAIN, again_at=at("2026-11-25T09:00"))
    again = record(desk, call, W.NO_ANSWER)
    assert (again.call.status, again.next.tries, again.call.attempts) == ("due", 1, 5)


def test_a_wrong_number_is_marked_and_the_other_is_called_then_a_letter_goes(desk: Desk) -> None:
    phones = (Phone("508 555 0101", "+15085550101"), Phone("508 555 0102", "+15085550102", label="cell"))
    patient = a_patient(desk, "Ortiz")
    kept = desk.queries.patient_card(patient, desk.now()).patient
    from desk_app.application.use_cases import patients

    patients.edit(desk, replace(kept, phones=phones))
    a_request(desk, patient, referrer="Dr. Peabody")
    call = the_call(desk, "book")
    first = record(desk, call, W.WRONG_NUMBER)
    assert first.call.phone == "+15085550102"
    assert (the_call(desk, "book").phone, the_call(desk, "book").phone_label) == (
        "+15085550102",
        "cell",
    )
    second = record(desk, call, W.WRONG_NUMBER)
    assert second.sentence == "no number is right: writes a letter, and Dr. Peabody may know another"
    assert [phone.wrong for phone in desk.queries.patient_card(patient, desk.now()).patient.phones] == [True, True]
    assert set(open_calls(desk)) == {"letter"}


def test_a_number_that_was_given_instead_comes_first_on_the_chart(desk: Desk) -> None:
    patient = a_patient(desk, "Ortiz")
    a_request(desk, patient)
    call = the_call(desk, "book")
    told = record(desk, call, W.WRONG_NUMBER, phone=Phone("508 555 0199", "+15085550199"))
    assert told.call.phone == "+15085550199"
    kept = desk.queries.patient_card(patient, desk.now()).patient.phones
    assert [(phone.e164, phone.wrong) for phone in kept] == [("+15085550199", False), ("+15085550101", True)]


def test_a_wrong_number_of_somebody_without_a_chart_is_marked_on_the_request(desk: Desk) -> None:
    number = a_request(desk)
    record(desk, the_call(desk, "call_patient"), W.WRONG_NUMBER)
    assert desk.queries.request_card(number, desk.now()).request.contact.phones[0].wrong
    assert the_call(desk, "letter").phone == ""


def test_a_message_is_refused_where_the_chart_says_no(desk: Desk) -> None:
    from desk_app.application.use_cases import patients

    patient = a_patient(desk, "Ortiz")
    kept = desk.queries.patient_card(patient, desk.now()).patient
    patients.edit(desk, replace(kept, phones=(replace(kept.phones[0], messages="no"),)))
    a_request(desk, patient)
    call = the_call(desk, "book")
    choice = prospect(desk, calls.call_card(desk, call.id)).after(W.VOICEMAIL)
    assert choice.told == "No message may be left at this number."
    with pytest.raises(RuleViolation, match="call_no_messages"):
        record(desk, call, W.VOICEMAIL)
    assert the_call(desk, "book").attempts == 0


def test_a_patient_without_a_phone_can_only_be_written_to(desk: Desk) -> None:
    from desk_app.application.use_cases import patients

    patient = a_patient(desk, "Ortiz")
    patients.edit(desk, replace(desk.queries.patient_card(patient, desk.now()).patient, phones=()))
    number = a_request(desk, patient)
    call = the_call(desk, "book")
    assert call.phone == ""
    with pytest.raises(RuleViolation, match="call_no_phone"):
        record(desk, call, W.NO_ANSWER)
    record(desk, call, W.UNREACHABLE)
    assert set(calls_of_request(desk, number)) == {"letter"}


def test_do_not_contact_ends_every_call_to_the_patient_and_keeps_each_request_going(desk: Desk) -> None:
    patient = a_patient(desk, "Ortiz")
    first, second = a_request(desk, patient), a_request(desk, patient, "KYPHO")
    book(desk, "2026-12-01T09:00", patient_id=patient)
    call = next(line for line in lines(desk) if line.request_id == first)
    record(desk, call, W.DO_NOT_CONTACT)
    assert desk.queries.patient_card(patient, desk.now()).patient.do_not_contact
    assert {(line.kind, line.request_id) for line in lines(desk)} == {("letter", first), ("letter", second)}
    later = a_request(desk, patient)
    assert set(calls_of_request(desk, later)) == {"letter"}
    visit = book(desk, "2026-12-02T09:00", patient_id=patient)
    assert [line.kind for line in lines(desk) if line.appointment_id == visit.id] == ["letter"]
    undo.undo(desk)
    undo.undo(desk)
    undo.undo(desk)
    assert not desk.queries.patient_card(patient, desk.now()).patient.do_not_contact
    assert {line.kind for line in lines(desk)} == {"book", "call_patient", "preparation", "confirmation"}
    assert desk.queries.breaches(desk.now()) == ()


def test_confirmed_confirms_the_visit_in_the_same_step(desk: Desk) -> None:
    visit = book(desk, "2026-12-01T09:00")
    record(desk, the_call(desk, "confirmation"), W.CONFIRMED)
    assert desk.queries.visit_card(visit.id).appointment.status is AppointmentStatus.CONFIRMED
    undo.undo(desk)
    assert desk.queries.visit_card(visit.id).appointment.status is AppointmentStatus.BOOKED
    assert the_call(desk, "confirmation").attempts == 0


def test_a_declined_visit_is_cancelled_with_its_reason(desk: Desk) -> None:
    visit = book(desk, "2026-12-01T09:00")
    call = the_call(desk, "confirmation")
    with pytest.raises(RuleViolation, match="call_reason"):
        record(desk, call, W.DECLINED)
    with pytest.raises(WrongInput, match="unknown_word"):
        record(desk, call, W.DECLINED, reason=CancelReason.LAPSED)
    assert desk.queries.visit_card(visit.id).appointment.status is AppointmentStatus.BOOKED
    told = record(desk, call, W.DECLINED, reason=CancelReason.ILL, note="Shingles.")
    gone = desk.queries.visit_card(visit.id).appointment
    assert (gone.status, gone.cancel_reason, gone.cancel_note) == ("cancelled", "ill", "Shingles.")
    assert [each.kind for each in told.arisen] == ["rebook"]
    assert open_calls(desk) == {"rebook": "Wed 25 17:00"}


def test_a_declined_request_is_withdrawn(desk: Desk) -> None:
    number = a_request(desk)
    record(desk, the_call(desk, "call_patient"), W.DECLINED, note="Goes elsewhere.")
    asked = desk.queries.request_card(number, desk.now()).request
    assert (asked.status, asked.note) == (RequestStatus.WITHDRAWN, "Goes elsewhere.")
    assert lines(desk) == ()


def test_the_request_goes_on_once_the_person_was_spoken_to(desk: Desk) -> None:
    number = a_request(desk, a_patient(desk, "Ortiz"), None)
    record(desk, the_call(desk, "call_patient"), W.DONE)
    assert desk.queries.request_card(number, desk.now()).request.status is RequestStatus.IN_REVIEW
    assert calls_of_request(desk, number) == {"call_patient": "Wed 25 17:00"}


def test_booked_is_what_the_booking_says(desk: Desk) -> None:
    number = a_request(desk, a_patient(desk, "Ortiz"))
    call = the_call(desk, "book")
    calls.claim(desk, call.id)
    with pytest.raises(RuleViolation, match="call_not_booked"):
        record(desk, call, W.BOOKED)
    book(desk, "2026-12-01T09:00", None, request_id=number)
    card = desk.queries.call_card(call.id, desk.now())
    assert (card.callback.status, card.callback.attempts) == ("done", 1)
    assert [tried.outcome for tried in card.attempts] == [W.BOOKED]


def test_a_call_about_another_date_is_settled_by_any_booking_of_that_procedure(desk: Desk) -> None:
    patient = a_patient(desk, "Ortiz")
    visit = book(desk, "2026-12-01T09:00", patient_id=patient)
    visit_status.cancel(desk, visit.id, CancelReason.PATIENT)
    with pytest.raises(RuleViolation, match="call_not_booked"):
        record(desk, the_call(desk, "rebook"), W.BOOKED)
    book(desk, "2026-12-03T09:00", patient_id=patient)
    assert set(open_calls(desk)) == {"preparation", "confirmation"}


def test_an_alarming_answer_is_the_nurses_at_once_and_the_answers_are_kept(desk: Desk, clock: StandingClock) -> None:
    visit = book(desk, "2026-11-25T09:00")
    clock.instant = at("2026-11-25T09:00")
    for step in ("confirmed", "arrived", "ready", "in_procedure", "in_recovery", "discharged"):
        visit_status.set_status(desk, visit.id, AppointmentStatus(step))
    clock.instant = at("2026-11-26T10:00")
    call = the_call(desk, "how_are_you")
    card = calls.call_card(desk, call.id)
    assert [question.code for question in prospect(desk, card).questions] == [
        "pain",
        "fever",
        "wound",
        "numbness",
        "bladder",
        "other",
    ]
    with pytest.raises(RuleViolation, match="call_question"):
        record(desk, call, W.DONE, answers=(("pain", "12"),))
    told = record(desk, call, W.DONE, note="Sounds weak.", answers=(("pain", "9"), ("fever", "no")))
    (nurse,) = told.arisen
    assert (nurse.kind, nurse.assigned_to, nurse.due) == ("nurse", "nurse", at("2026-11-26T10:00"))
    assert nurse.note == "Pain now, 0 to 10: 9; Sounds weak."
    assert told.attempt.answers == (("pain", "9"), ("fever", "no"))
    assert set(open_calls(desk)) == {"nurse", "follow_up"}


def test_a_payer_that_has_not_decided_is_called_again_on_the_next_business_day(desk: Desk) -> None:
    number = a_request(desk, a_patient(desk, "Ortiz"), "KYPHO")
    asked_of_payer(desk, number)
    call = the_call(desk, "call_payer")
    assert (call.reference, call.authorization, call.clock_day, call.clock_days) == ("S-1", "submitted", 1, 7)
    told = record(desk, call, W.PAYER_PENDING, spoken_to="Rita", call_reference="R-77", hold_minutes=14)
    assert told.sentence == "same call Wed 25 Nov 17:00"
    (contact,) = calls.call_card(desk, call.id).contacts
    assert (contact.spoken_to, contact.call_reference, contact.hold_minutes) == ("Rita", "R-77", 14)
    assert calls.look_at_calls(desk).hold_minutes == {"OLDCOL": 14}


def test_a_payers_decision_goes_the_authorizations_own_way(desk: Desk) -> None:
    from desk_app.application.authorization_steps import Decision
    from desk_app.domain.statuses import AuthorizationStatus as Z

    number = a_request(desk, a_patient(desk, "Ortiz"), "KYPHO")
    asked_of_payer(desk, number)
    call = the_call(desk, "call_payer")
    with pytest.raises(RuleViolation, match="call_decision_missing"):
        record(desk, call, W.PAYER_DECIDED)
    record(desk, call, W.PAYER_DECIDED, decision=Decision(Z.APPROVED, number="A-1"), spoken_to="Rita")
    card = desk.queries.request_card(number, desk.now())
    assert card.authorization is not None
    assert (card.request.status, card.authorization.status) == (RequestStatus.READY_TO_BOOK, Z.APPROVED)
    assert set(open_calls(desk)) == {"book"}
    undo.undo(desk)
    assert set(open_calls(desk)) == {"call_payer"}
    record(desk, call, W.PAYER_DECIDED, decision=Decision(Z.DENIED))
    assert set(open_calls(desk)) == {"denied", "peer_to_peer"}


def test_what_the_payer_wants_is_sent_and_the_payer_is_asked_again(desk: Desk) -> None:
    from desk_app.domain.statuses import AuthorizationStatus as Z

    number = a_request(desk, a_patient(desk, "Ortiz"), "KYPHO")
    asked_of_payer(desk, number)
    call = the_call(desk, "call_payer")
    record(desk, call, W.MORE_INFO_NEEDED, note="MRI report")
    assert open_calls(desk) == {"send_records": "Tue 24 17:00", "call_payer": "Wed 25 17:00"}
    record(desk, the_call(desk, "send_records"), W.DONE, note="MRI report, fax")
    card = desk.queries.request_card(number, desk.now())
    assert card.authorization is not None
    assert card.authorization.status is Z.PENDED
    assert open_calls(desk) == {"call_payer": "Wed 25 17:00"}
    record(desk, call, W.PEER_TO_PEER)
    assert set(open_calls(desk)) == {"call_payer", "peer_to_peer"}


def test_calls_are_put_off_given_away_put_first_and_noted_and_all_is_taken_back(desk: Desk) -> None:
    a_request(desk)
    call = the_call(desk, "call_patient")
    assert call_changes.snooze(desk, call.id, at("2026-11-28T10:00")).value.due == at("2026-11-30T08:00")
    call_changes.assign(desk, call.id, "nurse")
    call_changes.prioritise(desk, call.id, 1)
    call_changes.note(desk, call.id, " Ask for the daughter. ")
    line = the_call(desk, "call_patient")
    assert (line.assigned_to, line.priority, line.note) == ("nurse", 1, "Ask for the daughter.")
    assert lines(desk, assignee="nurse") == lines(desk)
    assert lines(desk, mine=True) == lines(desk, assignee="") == ()
    for _ in range(4):
        undo.undo(desk)
    assert the_call(desk, "call_patient")._replace(version=0) == call._replace(version=0)
    with pytest.raises(RuleViolation, match="call_again_past"):
        call_changes.snooze(desk, call.id, at("2026-11-24T09:59"))
    with pytest.raises(WrongInput, match="unknown_assignee"):
        call_changes.assign(desk, call.id, "Nobody")
    with pytest.raises(RuleViolation, match="call_priority"):
        call_changes.prioritise(desk, call.id, 3)


def test_undo_of_a_call_brings_back_all_that_it_did(desk: Desk) -> None:
    number = a_request(desk, urgency=Urgency.URGENT)
    before = open_calls(desk)
    for outcome, more in (
        (W.DONE, {}),
        (W.NO_ANSWER, {}),
        (W.WRONG_NUMBER, {}),
        (W.DECLINED, {}),
        (W.UNREACHABLE, {}),
        (W.ESCALATED, {}),
        (W.PATIENT_WILL_CALL, {}),
        (W.CALL_AGAIN, {"again_at": at("2026-11-24T15:00")}),
    ):
        record(desk, the_call(desk, "call_patient"), outcome, **more)
        undo.undo(desk)
        assert open_calls(desk) == before
        assert desk.queries.request_card(number, desk.now()).request.status is RequestStatus.RECEIVED
        undo.redo(desk)
        undo.undo(desk)
        assert open_calls(desk) == before
        assert desk.queries.breaches(desk.now()) == ()


def test_when_a_patient_has_died_nobody_calls_about_anything(desk: Desk) -> None:
    patient = a_patient(desk, "Ortiz")
    number = a_request(desk, patient)
    visit = book(desk, "2026-12-01T09:00", patient_id=patient)
    visit_status.cancel(desk, visit.id, CancelReason.DIED)
    assert lines(desk) == ()
    assert desk.queries.request_card(number, desk.now()).request.status is RequestStatus.WITHDRAWN
    undo.undo(desk)
    assert set(open_calls(desk)) == {"book", "preparation", "confirmation"}


def test_counts_say_what_is_due_late_and_done_today(desk: Desk, clock: StandingClock) -> None:
    a_request(desk, urgency=Urgency.URGENT)
    a_request(desk)
    clock.instant = at("2026-11-24T13:00")
    late, other = lines(desk)
    assert (late.urgency, late.late, other.late) == ("urgent", True, False)
    record(desk, late, W.DECLINED)
    counts = calls.look_at_calls(desk).counts
    assert (counts.due, counts.late, counts.done, counts.tries) == (0, 0, 1, 1)


def test_a_try_that_is_sent_twice_is_kept_once(desk: Desk) -> None:
    a_request(desk)
    call, write_id = the_call(desk, "call_patient"), uuid4()
    done = call_recording.record(desk, call.id, Tried(W.NO_ANSWER), write_id)
    assert desk.queries.write_result(write_id) == done.changes.seq
    for again in (W.NO_ANSWER, W.VOICEMAIL):
        with pytest.raises(Conflict, match="already_done"):
            call_recording.record(desk, call.id, Tried(again), write_id)
    card = calls.call_card(desk, call.id)
    assert ([each.outcome for each in card.attempts], card.callback.attempts) == ([W.NO_ANSWER], 1)
    call_recording.record(desk, call.id, Tried(W.NO_ANSWER), uuid4())
    assert len(calls.call_card(desk, call.id).attempts) == 2


def test_a_try_that_came_too_late_is_kept_once_too(desk: Desk, another: Desk) -> None:
    a_request(desk)
    call, write_id = the_call(desk, "call_patient"), uuid4()
    record(another, call, W.DECLINED)
    for code in ("call_settled_meanwhile", "already_done", "already_done"):
        with pytest.raises(Conflict, match=code):
            call_recording.record(desk, call.id, Tried(W.NO_ANSWER, note="late"), write_id)
    assert [each.note for each in calls.call_card(desk, call.id).attempts if each.note] == ["late"]


def test_what_was_refused_can_be_said_anew_under_the_same_number(desk: Desk) -> None:
    a_request(desk)
    call, write_id = the_call(desk, "call_patient"), uuid4()
    with pytest.raises(RuleViolation, match="call_again_when"):
        call_recording.record(desk, call.id, Tried(W.CALL_AGAIN), write_id)
    call_recording.record(desk, call.id, Tried(W.CALL_AGAIN, again_at=at("2026-11-25T09:00")), write_id)
    assert the_call(desk, "call_patient").due == at("2026-11-25T09:00")
