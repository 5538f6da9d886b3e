"""Two charts of one person: everything is found under the one that stays, and can be taken apart again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desk_app.application.authorization_steps import Decision
from desk_app.application.desk import Desk
from desk_app.application.use_cases import (
    authorizations,
    booking,
    merging,
    patients,
    practice,
    requests,
    short_notice,
    undo,
    visit_status,
)
from desk_app.domain.faults import Conflict, NeedsConfirmation, RuleViolation
from desk_app.domain.practice import Payer
from desk_app.domain.records import Patient, Phone
from desk_app.domain.statuses import AuthorizationStatus, CancelReason
from desk_app.domain.visit_parts import Alert, AlertKind
from tests.application.steps import a_patient, a_request, approve, book, calls_of_request
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

BORN = date(1951, 3, 12)


def chart(desk: Desk, number: int) -> Patient:
    return desk.queries.patient_card(number, desk.now()).patient


@pytest.fixture
def desk(desks: Desks) -> Desk:
    made = desks()
    practice.load(made, replace(CATALOGUE, payers=(*CATALOGUE.payers, Payer("PILGRIM", "Pilgrim Mutual"))))
    return made


@pytest.fixture
def kept(desk: Desk) -> int:
    return a_patient(desk)


@pytest.fixture
def other(desk: Desk) -> int:
    wish = Patient(
        "",
        "Ortiz",
        "Marisol K.",
        BORN,
        phones=(Phone("413 555 0171", "+14135550171"), Phone("508 555 0101", "+15085550101")),
        alerts=(Alert(AlertKind.LATEX, ""),),
        payer="OLDCOL",
        member_id="OC 1",
        note="came in 2024",
    )
    return patients.add(desk, wish, True).value.id


def test_everything_of_the_other_chart_is_found_under_the_one_that_stays(desk: Desk, kept: int, other: int) -> None:
    asked = a_request(desk, other, "KYPHO")
    approve(desk, None, other)
    visit = book(desk, "2026-11-25T11:00", patient_id=other)
    gone = book(desk, "2026-11-25T14:00", patient_id=other)
    visit_status.cancel(desk, gone.id, CancelReason.ILL)
    short_notice.put_visit_on(desk, visit.id)
    merging.merge(desk, kept, other)
    card = desk.queries.patient_card(kept, desk.now())
    assert [line.request_id for line in card.requests] == [asked]
    assert [line.appointment_id for line in card.upcoming] == [visit.id]
    assert [line.appointment_id for line in card.past] == [gone.id]
    assert desk.queries.visit_card(visit.id).patient.id == kept
    with desk.open_work(desk.actor) as work:
        assert len(work.authorizations.for_patient(kept)) == 1
        assert {call.patient_id for call in work.callbacks.open_for_request(asked)} == {kept}
        assert work.callbacks.open_for_patient(other) == ()
    (listed,) = desk.queries.short_notice(at("2026-11-25T00:00").date(), desk.now())
    assert listed.patient.id == kept
    assert desk.queries.breaches(desk.now()) == ()


def test_the_chart_that_stays_learns_what_only_the_other_knew(desk: Desk, kept: int, other: int) -> None:
    merging.merge(desk, kept, other)
    whole = chart(desk, kept)
    assert (whole.birth_date, whole.payer, whole.member_id, whole.given) == (BORN, "OLDCOL", "OC 1", "Marisol")
    assert [phone.e164 for phone in whole.phones] == ["+15085550101", "+14135550171"]
    assert [alert.kind for alert in whole.alerts] == [AlertKind.LATEX]
    assert whole.note == "came in 2024"
    assert chart(desk, other).merged_into == kept


def test_what_the_chart_that_stays_knows_is_not_overwritten(desk: Desk, kept: int, other: int) -> None:
    patients.edit(desk, replace(chart(desk, kept), birth_date=date(1951, 3, 21), member_id="mine", note="deaf"))
    merging.merge(desk, kept, other)
    whole = chart(desk, kept)
    assert (whole.birth_date, whole.member_id, whole.note) == (date(1951, 3, 21), "mine", "deaf; came in 2024")


@pytest.mark.parametrize("typed", ["mrn", "413 555-0171", "ortiz", "3/12/1951"])
def test_the_old_number_and_all_that_was_known_find_the_one_that_stays(
    desk: Desk, kept: int, other: int, typed: str
) -> None:
    old = chart(desk, other).mrn
    merging.merge(desk, kept, other)
    hits = desk.queries.find_patients(old if typed == "mrn" else typed, desk.now())
    assert [hit.patient_id for hit in hits] == [kept]


def test_whoever_names_the_old_chart_means_the_one_that_stays(desk: Desk, kept: int, other: int) -> None:
    old = chart(desk, other).mrn
    caller = a_request(desk)
    merging.merge(desk, kept, other)
    visit = booking.book(desk, booking.BookAppointment(at("2026-11-25T09:00"), "JOINT", patient_mrn=old)).value
    assert visit.patient_id == kept
    assert book(desk, "2026-11-25T11:00", patient_id=other).patient_id == kept
    assert desk.queries.request_card(a_request(desk, other), desk.now()).request.patient_id == kept
    assert requests.link_patient(desk, caller, other).value.patient_id == kept
    with pytest.raises(RuleViolation, match="chart_merged"):
        patients.edit(desk, replace(chart(desk, other), note="x"))
    with pytest.raises(RuleViolation, match="mrn_in_use"):
        patients.edit(desk, replace(chart(desk, kept), mrn=old))


def test_nobody_is_offered_a_chart_that_was_merged(desk: Desk, kept: int, other: int) -> None:
    merging.merge(desk, kept, other)
    alike = Patient("", "Ortiz", "Marisol K.", BORN, phones=(Phone("413 555 0171", "+14135550171"),))
    with desk.open_work(desk.actor) as work:
        found = work.patients.alike(alike.family, alike.given, alike.birth_date, ["+14135550171"])
    assert [match.record_id for match in found] == [kept]


def test_a_chart_merged_twice_over_leads_to_the_last(desk: Desk, kept: int, other: int) -> None:
    third, old = a_patient(desk, "Third"), chart(desk, other).mrn
    merging.merge(desk, kept, other)
    merging.merge(desk, third, kept)
    assert chart(desk, other).merged_into == third
    assert [hit.patient_id for hit in desk.queries.find_patients(old, desk.now())] == [third]
    with pytest.raises(RuleViolation, match="merge_merged"):
        merging.merge(desk, third, other)
    with pytest.raises(RuleViolation, match="merge_itself"):
        merging.merge(desk, third, third)


def test_charts_with_visits_at_one_time_are_not_one_persons(
    desk: Desk, kept: int, other: int, clock: StandingClock
) -> None:
    book(desk, "2026-11-25T09:00", patient_id=kept)
    clash = book(desk, "2026-11-25T09:15", patient_id=other)
    before = desk.queries.last_seq()
    with pytest.raises(RuleViolation) as refused:
        merging.merge(desk, kept, other)
    assert refused.value.params["start"] == "Wed 25 Nov 09:15"
    assert desk.queries.last_seq() == before
    visit_status.cancel(desk, clash.id, CancelReason.MISTAKE)
    merging.merge(desk, kept, other)
    assert desk.queries.breaches(desk.now()) == ()


def test_a_hold_past_its_time_does_not_keep_charts_apart(
    desk: Desk, kept: int, other: int, clock: StandingClock
) -> None:
    book(desk, "2026-11-25T09:00", patient_id=other, hold_until=at("2026-11-24T11:00"))
    clock.instant = at("2026-11-24T12:00")
    book(desk, "2026-11-25T09:00", patient_id=kept)
    merging.merge(desk, kept, other)
    assert desk.queries.breaches(desk.now()) == ()


def test_a_merge_is_taken_back_whole_and_done_again(desk: Desk, kept: int, other: int) -> None:
    asked = a_request(desk, other)
    visit = book(desk, "2026-11-25T11:00", patient_id=other)
    before = [replace(chart(desk, number), version=0) for number in (kept, other)]
    merging.merge(desk, kept, other)
    undo.undo(desk)
    assert [replace(chart(desk, number), version=0) for number in (kept, other)] == before
    assert desk.queries.visit_card(visit.id).patient.id == other
    assert desk.queries.request_card(asked, desk.now()).request.patient_id == other
    undo.redo(desk)
    assert desk.queries.visit_card(visit.id).patient.id == kept
    assert desk.queries.breaches(desk.now()) == ()


def test_a_merge_is_not_taken_back_once_somebody_has_moved_on(desk: Desk, desks: Desks, kept: int, other: int) -> None:
    visit = book(desk, "2026-11-25T11:00", patient_id=other)
    merging.merge(desk, kept, other)
    visit_status.cancel(desks(), visit.id, CancelReason.ILL)
    with pytest.raises(Conflict, match="changed"):
        undo.undo(desk)
    assert chart(desk, other).merged_into == kept


def test_a_chart_that_was_changed_meanwhile_is_looked_at_again(desk: Desk, kept: int, other: int) -> None:
    seen = merging.look(desk, kept, other)
    patients.edit(desk, replace(seen.other.patient, family="Somebody", given="Else"))
    with pytest.raises(Conflict, match="changed"):
        merging.merge(desk, kept, other, (seen.kept.patient.version, seen.other.patient.version))


def test_open_requests_ask_the_payer_of_the_chart_that_stays(desk: Desk, kept: int, other: int) -> None:
    asked = a_request(desk, kept, "KYPHO", level_names="T12", diagnoses=("M80.08XA",))
    merging.merge(desk, kept, other)
    card = desk.queries.request_card(asked, desk.now())
    assert (card.request.payer, card.request.status.value) == ("OLDCOL", "awaiting_authorization")
    assert list(calls_of_request(desk, asked)) == ["call_payer"]


def test_what_is_kept_under_a_merged_chart_is_found_by_check(desk: Desk, kept: int, other: int) -> None:
    merging.merge(desk, kept, other)
    asked = a_request(desk)
    with desk.open_work(desk.actor) as work:
        work.requests.save(replace(work.requests.get(asked), patient_id=other))
        work.commit("request_edited")
    assert [(breach.rule, breach.record) for breach in desk.queries.breaches(desk.now())] == [
        ("merged", f"request {asked}")
    ]


def test_a_firm_visit_that_the_other_payer_approved_asks_a_manager(desk: Desk, other: int) -> None:
    pilgrim = a_patient(desk, "Ortiz-Pilgrim", payer="PILGRIM", member_id="P 1")
    asked = a_request(desk, other, "KYPHO", level_names="T12", diagnoses=("M80.08XA",))
    (paper,) = desk.queries.request_card(asked, desk.now()).approvals
    authorizations.decide(desk, paper.id, Decision(AuthorizationStatus.APPROVED, number="OC-1"))
    book(desk, "2026-11-25T11:00", "KYPHO", request_id=asked)
    with pytest.raises((NeedsConfirmation, RuleViolation), match="authorization"):
        merging.merge(desk, pilgrim, other)
    desk.actor = replace(desk.actor, rights=frozenset({"override"}))
    merging.merge(desk, pilgrim, other, override_reason="the insurer confirms by phone")
    assert desk.queries.breaches(desk.now()) == ()
