"""Tries, contacts, documents, letters and the stamps of a call, on either database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desk_app.application.desk import Desk
from desk_app.domain.call_records import Attempt, AuthorizationContact, AuthorizationDocument, Letter
from desk_app.domain.records import Authorization, Callback, Phone
from desk_app.domain.statuses import AuthorizationStatus, CallbackKind, CallbackStatus, CallOutcome
from tests.db.work import add_patient


def a_call(desk: Desk, patient_id: int) -> Callback:
    return Callback(CallbackKind.FOLLOW_UP, desk.now() + timedelta(hours=2), "KYPHO", patient_id=patient_id)


def test_a_call_is_stamped_with_when_it_arose_and_when_it_was_settled_and_is_nobodys_then(desk: Desk) -> None:
    patient_id = add_patient(desk, "Ortiz")
    with desk.open_work(desk.actor) as work:
        call = work.callbacks.add(a_call(desk, patient_id))
        until = desk.now() + timedelta(minutes=15)
        call = work.callbacks.save(replace(call, status=CallbackStatus.CLAIMED, claimed_by=1, claimed_until=until))
        assert (call.arisen_at, call.settled_at, call.claimed_until) == (desk.now(), None, until)
        call = work.callbacks.save(replace(call, status=CallbackStatus.DONE))
        assert (call.settled_at, call.claimed_by, call.claimed_until) == (desk.now(), None, None)
        assert work.callbacks.open_for_patient(patient_id) == ()
        assert work.callbacks.get(call.id) == call


def test_what_was_tried_and_said_is_read_as_it_was_written(desk: Desk) -> None:
    patient_id, now = add_patient(desk, "Lee"), desk.now()
    with desk.open_work(desk.actor) as work:
        call = work.callbacks.add(a_call(desk, patient_id))
        tried = Attempt(
            call.id, now, 1, CallOutcome.NO_ANSWER, "her son", "busy", "+15085550101", "C-1", 9,
            (("pain", "3"), ("fever", "no")), now + timedelta(hours=2),
        )  # fmt: skip
        tried = work.attempts.add(tried)
        assert work.attempts.of_callback(call.id) == (tried,)
        status = AuthorizationStatus.SUBMITTED
        asked = Authorization(
            None, patient_id, "OLDCOL", "KYPHO", status, "R-1", place="office", clinician="ALG", cpt=("22513",),
            expedited=True, note="MRI asked for",
        )  # fmt: skip
        asked = work.authorizations.add(asked)
        assert work.authorizations.get(asked.id) == asked
        said = AuthorizationContact(asked.id, now, 1, "Denise", "C-889", 14, "by Friday", CallOutcome.PAYER_PENDING)
        said = work.contacts.add(said)
        assert work.contacts.of_authorization(asked.id) == (said,)
        sent = work.documents.add(AuthorizationDocument(asked.id, now, 1, "MRI report", "fax", "4 pages"))
        assert work.documents.of_authorization(asked.id) == (sent,)
        letter = work.letters.add(Letter("unreachable", "es", now, 1, "Estimada …", patient_id, callback_id=call.id))
        assert work.letters.of_patient(patient_id) == (letter,)


def test_what_is_known_of_a_number_and_of_whoever_wants_no_calls_is_kept(desk: Desk) -> None:
    patient_id = add_patient(desk, "Park")
    phones = (Phone("413 555 0119", "+14135550119", "", "mobile", "no", True), Phone("413 555 0120", "+14135550120"))
    with desk.open_work(desk.actor) as work:
        patient = work.patients.get(patient_id)
        work.patients.save(replace(patient, phones=phones, call_window="mornings", do_not_contact=True))
        known = work.patients.get(patient_id)
    assert (known.phones, known.call_window, known.do_not_contact) == (phones, "mornings", True)
