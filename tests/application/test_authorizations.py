"""Authorizations at the desk: which one a request has, as it is reviewed and changes, and what time makes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desk_app.application.authorization_rule import ANEW, CHECKED
from desk_app.application.authorization_steps import Decision, PayerContact, Submission
from desk_app.application.desk import Desk
from desk_app.application.use_cases import authorizations, moving, patients, requests, undo, visit_status
from desk_app.domain.faults import Conflict, NeedsConfirmation, RuleViolation
from desk_app.domain.practice import Payer
from desk_app.domain.records import Authorization
from desk_app.domain.statuses import AppointmentStatus, AuthorizationStatus, RequestStatus
from tests.application.steps import a_patient, a_request, book, calls_of_request, calls_of_visit
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

Z, R = AuthorizationStatus, RequestStatus
START = "2026-12-09T09:00"
PAYERS = (*CATALOGUE.payers, Payer("MEDICARE", "Medicare", needs_authorization=False), Payer("PILGRIM", "Pilgrim"))


@pytest.fixture
def desk(desk: Desk) -> Desk:
    with desk.open_work(desk.actor) as work:
        work.practice.store(replace(desk.catalogue(), payers=PAYERS))
        work.commit("practice_edited")
    desk.slots.catch_up(desk.queries)
    return desk


def reviewed(desk: Desk, payer: str | None = "OLDCOL", procedure: str | None = "KYPHO") -> int:
    request = a_request(desk, a_patient(desk, payer=payer), procedure)
    requests.set_status(desk, request, R.IN_REVIEW)
    return request


def known(desk: Desk, request: int) -> tuple[Authorization, ...]:
    return desk.queries.request_card(request, desk.now()).approvals


def status_of(desk: Desk, request: int) -> RequestStatus:
    return desk.queries.request_card(request, desk.now()).request.status


def pay(desk: Desk, request: int, payer: str | None) -> tuple[str, ...]:
    """Another payer on the chart."""
    patient = desk.queries.request_card(request, desk.now()).patient
    assert patient is not None
    return patients.edit(desk, replace(patient, payer=payer)).warnings


def approved(desk: Desk, request: int, **more: object) -> int:
    (authorization,) = known(desk, request)
    authorizations.decide(desk, authorization.id, Decision(Z.APPROVED, number="OC-1", **more))  # type: ignore[arg-type]
    return authorization.id


@pytest.mark.parametrize(
    ("payer", "procedure", "status"),
    [
        ("OLDCOL", "KYPHO", [Z.TO_SUBMIT]),
        ("MEDICARE", "KYPHO", [Z.NOT_REQUIRED]),
        (None, "KYPHO", [Z.NOT_CHECKED]),
        ("OLDCOL", "JOINT", [Z.NOT_REQUIRED]),
        ("OLDCOL", None, []),
    ],
)
def test_a_request_that_enters_review_has_its_authorization_by_the_rule(
    desk: Desk, payer: str | None, procedure: str | None, status: list[Z]
) -> None:
    request = reviewed(desk, payer, procedure)
    assert [each.status for each in known(desk, request)] == status
    assert ("call_payer" in calls_of_request(desk, request)) == (status == [Z.TO_SUBMIT])


def test_another_payer_has_the_rule_looked_at_anew(desk: Desk) -> None:
    request = reviewed(desk, None)
    assert pay(desk, request, "OLDCOL") == (CHECKED,)
    assert [(each.status, each.payer) for each in known(desk, request)] == [(Z.TO_SUBMIT, "OLDCOL")]
    assert pay(desk, request, "MEDICARE") == (CHECKED,)
    assert list(calls_of_request(desk, request)) == ["book"]
    pay(desk, request, "OLDCOL")
    (first,) = known(desk, request)
    authorizations.submit(desk, first.id, Submission("REF1"))
    assert pay(desk, request, "PILGRIM") == (ANEW,)
    assert [(each.status, each.payer) for each in known(desk, request)] == [
        (Z.WITHDRAWN, "OLDCOL"),
        (Z.TO_SUBMIT, "PILGRIM"),
    ]
    assert list(calls_of_request(desk, request)) == ["call_payer"]


def test_another_procedure_has_the_old_authorization_withdrawn_and_kept(desk: Desk) -> None:
    request = reviewed(desk)
    approved(desk, request)
    assert status_of(desk, request) is R.READY_TO_BOOK
    asked = desk.queries.request_card(request, desk.now()).request
    assert requests.edit(desk, replace(asked, procedure="JOINT")).warnings == (ANEW,)
    assert [(each.status, each.procedure) for each in known(desk, request)] == [
        (Z.WITHDRAWN, "KYPHO"),
        (Z.NOT_REQUIRED, "JOINT"),
    ]
    undo.undo(desk)
    assert [each.status for each in known(desk, request)] == [Z.APPROVED]


def test_a_payer_that_changes_under_a_firm_visit_needs_a_managers_reason(desk: Desk) -> None:
    request = reviewed(desk)
    approved(desk, request)
    visit = book(desk, START, "KYPHO", request_id=request)
    with pytest.raises((NeedsConfirmation, RuleViolation)):
        pay(desk, request, "PILGRIM")
    assert [each.status for each in known(desk, request)] == [Z.APPROVED]
    desk.actor = replace(desk.actor, rights=frozenset({"override"}))
    patient = desk.queries.request_card(request, desk.now()).patient
    assert patient is not None
    patients.edit(desk, replace(patient, payer="PILGRIM"), "the new payer was told")
    after = desk.queries.visit_card(visit.id).appointment
    assert after.override_codes == ("authorization",)
    assert [each.status for each in known(desk, request)] == [Z.WITHDRAWN, Z.TO_SUBMIT]
    assert "call_payer" in calls_of_visit(desk, visit.id)
    assert not [each for each in desk.queries.breaches(desk.now()) if each.rule == "authorization"]


def test_the_payer_of_a_visit_booked_by_override_is_called_until_it_has_decided(desk: Desk) -> None:
    desk.actor = replace(desk.actor, rights=frozenset({"override"}))
    request = reviewed(desk)
    visit = book(desk, START, "KYPHO", request_id=request, override_reason="cannot walk")
    assert calls_of_visit(desk, visit.id)["call_payer"] == "Tue 24 17:00"
    (authorization,) = known(desk, request)
    authorizations.contact(desk, authorization.id, PayerContact("Denise", "C-1", 12))
    assert calls_of_visit(desk, visit.id)["call_payer"] == "Wed 25 17:00"
    approved(desk, request)
    assert "call_payer" not in calls_of_visit(desk, visit.id)


def test_an_approval_runs_out_in_the_night_and_the_request_asks_anew(desk: Desk, clock: StandingClock) -> None:
    request = reviewed(desk)
    number = approved(desk, request, valid_to=date(2026, 11, 30))
    assert authorizations.nightly(desk).value == ()
    clock.instant = at("2026-12-01T00:30")
    assert [each.id for each in authorizations.nightly(desk).value] == [number]
    assert [each.status for each in known(desk, request)] == [Z.EXPIRED, Z.TO_SUBMIT]
    assert (status_of(desk, request), list(calls_of_request(desk, request))) == (
        R.AWAITING_AUTHORIZATION,
        ["call_payer"],
    )


def test_the_night_finds_what_nobody_asks_a_payer_about(desk: Desk) -> None:
    request = reviewed(desk)
    with desk.open_work(desk.actor) as work:
        for call in work.callbacks.open_for_request(request):
            if call.kind == "call_payer":
                work.callbacks.save(replace(call, status=call.status.DROPPED))
        work.commit("callback_dropped")
    authorizations.nightly(desk)
    assert "call_payer" in calls_of_request(desk, request)


def test_a_visit_that_is_done_uses_its_approval(desk: Desk, clock: StandingClock) -> None:
    request = reviewed(desk)
    approved(desk, request, units=2)
    visits = [book(desk, START, "KYPHO", request_id=request)]
    assert visits[0].patient_id
    clock.instant = at("2026-12-09T08:50")
    steps = ("arrived", "ready", "in_procedure", "in_recovery", "discharged")
    for status in steps:
        visit_status.set_status(desk, visits[0].id, AppointmentStatus(status))
    assert known(desk, request)[0].status is Z.APPROVED, "a unit is left"
    visits.append(book(desk, "2026-12-10T09:00", "KYPHO", patient_id=visits[0].patient_id))
    with pytest.raises((NeedsConfirmation, RuleViolation)) as refused:
        book(desk, "2026-12-11T09:00", "KYPHO", patient_id=visits[0].patient_id)
    assert [each.sentence for each in refused.value.params["objections"]] == ["authorization_units"]
    clock.instant = at("2026-12-10T08:50")
    for status in steps:
        visit_status.set_status(desk, visits[1].id, AppointmentStatus(status))
    assert known(desk, request)[0].status is Z.USED


def test_two_desks_do_not_answer_one_authorization_twice(desk: Desk) -> None:
    request = reviewed(desk)
    (seen,) = known(desk, request)
    authorizations.submit(desk, seen.id, Submission("REF1"), seen.version)
    with pytest.raises(Conflict, match="changed"):
        authorizations.decide(desk, seen.id, Decision(Z.APPROVED), seen.version)


def test_what_was_sent_and_said_is_kept_with_who_did_it(desk: Desk) -> None:
    request = reviewed(desk)
    (seen,) = known(desk, request)
    authorizations.send(desk, seen.id, "MRI report", "fax")
    authorizations.contact(desk, seen.id, PayerContact("Denise", "C-889", 14))
    card = desk.queries.request_card(request, desk.now())
    assert [(each.name, each.way) for each in card.documents] == [("MRI report", "fax")]
    assert card.users[card.contacts[0].user_id or 0] == desk.actor.user_name
    undo.undo(desk)
    assert desk.queries.request_card(request, desk.now()).contacts == ()


def test_a_denied_request_begins_another_authorization_once_the_first_is_given_up(desk: Desk) -> None:
    request = reviewed(desk)
    (seen,) = known(desk, request)
    with pytest.raises(RuleViolation, match="authorization_alive"):
        authorizations.begin(desk, request)
    authorizations.withdraw(desk, seen.id, "other procedure")
    assert authorizations.begin(desk, request).value.status is Z.TO_SUBMIT


def test_an_approval_is_matched_again_at_every_move(desk: Desk) -> None:
    request = reviewed(desk)
    approved(desk, request, valid_to=date(2026, 12, 10))
    visit = book(desk, START, "KYPHO", request_id=request)
    assert moving.move(desk, moving.MoveAppointment(visit.id, at("2026-12-10T09:00"))).value.override_codes == ()
    with pytest.raises((NeedsConfirmation, RuleViolation)) as refused:
        moving.move(desk, moving.MoveAppointment(visit.id, at("2026-12-11T09:00")))
    assert [each.sentence for each in refused.value.params["objections"]] == ["authorization_ends"]
    desk.actor = replace(desk.actor, rights=frozenset({"override"}))
    wish = moving.MoveAppointment(visit.id, at("2026-12-11T09:00"), override_reason="the payer extends it")
    assert moving.move(desk, wish).value.override_codes == ("authorization",)
