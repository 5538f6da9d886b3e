"""The steps of an authorization with all that they entail: the request, its calls, and what was held for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desk_app.application import authorization_steps as steps
from desk_app.application.authorization_steps import Decision, PayerContact, Stepped, Submission
from desk_app.application.bookability import Said
from desk_app.application.desk import Desk
from desk_app.application.ports import UnitOfWork
from desk_app.application.use_cases import undo
from desk_app.domain.faults import NeedsConfirmation, RuleViolation
from desk_app.domain.records import Authorization
from desk_app.domain.statuses import AppointmentStatus, AuthorizationStatus, RequestStatus
from tests.application.steps import a_patient, a_request, book, calls_of_request, calls_of_visit
from tests.helpers.small_practice import StandingClock, at

Z = AuthorizationStatus
START = "2026-12-09T09:00"
TODAY, TOMORROW = "Tue 24 17:00", "Wed 25 17:00"


def begun(desk: Desk, status: Z = Z.TO_SUBMIT, levels: int = 1, **more: Any) -> tuple[int, int]:
    """A request with its authorization; their numbers."""
    patient = a_patient(desk, payer="OLDCOL")
    request = a_request(desk, patient, "KYPHO", levels=levels)
    with desk.open_work(desk.actor) as work:
        made = work.authorizations.add(Authorization(request, patient, "OLDCOL", "KYPHO", status, **more))
        desk.committed(work, work.commit("authorization_begun"))
    return request, made.id


def do(desk: Desk, number: int, step: Callable[[Desk, UnitOfWork, Authorization], Any]) -> Any:
    with desk.open_work(desk.actor) as work:
        done = step(desk, work, work.authorizations.get(number))
        desk.committed(work, work.commit("authorization_step"))
    return done


def submit(desk: Desk, which: int, **more: Any) -> Stepped:
    done: Stepped = do(desk, which, lambda d, w, a: steps.submitted(d, w, a, Submission(**more)))
    return done


def decide(desk: Desk, which: int, status: Z, **more: Any) -> Stepped:
    done: Stepped = do(desk, which, lambda d, w, a: steps.decided(d, w, a, Decision(status, **more)))
    return done


def status_of(desk: Desk, request: int) -> RequestStatus:
    return desk.queries.request_card(request, desk.now()).request.status


def visit_of(desk: Desk, number: int) -> Any:
    return desk.queries.visit_card(number).appointment


def test_what_is_sent_waits_for_the_payer_who_is_called_again_the_next_business_day(desk: Desk) -> None:
    request, number = begun(desk)
    done = submit(desk, number, reference=" REF1 ", cpt=("22513",), levels=1)
    sent = done.authorization
    assert (sent.status, sent.submission_reference, sent.submitted_at) == (Z.SUBMITTED, "REF1", desk.now())
    assert status_of(desk, request) is RequestStatus.AWAITING_AUTHORIZATION
    assert calls_of_request(desk, request) == {"call_payer": TOMORROW}


def test_an_approval_makes_the_request_ready_to_book_and_the_patient_called(desk: Desk) -> None:
    request, number = begun(desk)
    submit(desk, number)
    done = decide(desk, number, Z.APPROVED, number="OC-1", valid_to=date(2027, 1, 31))
    assert (done.authorization.number, done.authorization.decided_at) == ("OC-1", desk.now())
    assert (status_of(desk, request), calls_of_request(desk, request)) == (
        RequestStatus.READY_TO_BOOK,
        {"book": TODAY},
    )


def test_an_approval_makes_the_hold_firm_and_the_patient_called(desk: Desk) -> None:
    request, number = begun(desk)
    submit(desk, number)
    held = book(desk, START, "KYPHO", request_id=request, hold_until=at("2026-12-01T10:00"))
    done = decide(desk, number, Z.APPROVED, number="OC-1")
    assert done.holds.firm is not None
    assert done.holds.firm.id == held.id
    visit = visit_of(desk, held.id)
    assert (visit.status, visit.hold_until, visit.override_codes) == (AppointmentStatus.BOOKED, None, ())
    assert (status_of(desk, request), calls_of_request(desk, request)) == (RequestStatus.BOOKED, {})
    assert calls_of_visit(desk, held.id)["call_patient"] == TODAY
    undo.undo(desk)
    assert visit_of(desk, held.id).status is AppointmentStatus.HELD
    assert calls_of_request(desk, request) == {"call_payer": TOMORROW}


@pytest.mark.parametrize(
    ("decision", "against"),
    [
        ({"levels": 1}, "authorization_levels"),
        ({"valid_to": date(2026, 12, 8)}, "authorization_ends"),
        ({"side": "left", "levels": 2}, "authorization_side"),
        ({"clinician": "OSEI", "levels": 2}, "authorization_clinician"),
    ],
)
def test_an_approval_in_part_leaves_a_hold_that_it_does_not_cover(
    desk: Desk, decision: dict[str, Any], against: str
) -> None:
    request, number = begun(desk, levels=2)
    submit(desk, number, levels=2)
    held = book(desk, START, "KYPHO", request_id=request, side="right", hold_until=at("2026-12-01T10:00"))
    done = decide(desk, number, Z.APPROVED_IN_PART, **decision)
    assert done.holds.kept is not None
    assert [each.sentence for each in done.holds.against] == [against]
    assert visit_of(desk, held.id).status is AppointmentStatus.HELD
    assert calls_of_request(desk, request) == {"book": TODAY}


def test_a_denial_frees_the_hold_and_has_the_patient_told_and_a_physician_call(desk: Desk) -> None:
    request, number = begun(desk)
    submit(desk, number)
    held = book(desk, START, "KYPHO", request_id=request, hold_until=at("2026-12-01T10:00"))
    done = decide(desk, number, Z.DENIED, note="no conservative care")
    assert [visit.id for visit in done.holds.freed] == [held.id]
    assert visit_of(desk, held.id).status is AppointmentStatus.CANCELLED
    assert calls_of_request(desk, request) == {"denied": TODAY, "peer_to_peer": TODAY}
    assert status_of(desk, request) is RequestStatus.AWAITING_AUTHORIZATION
    assert book(desk, START, "JOINT").start == held.start


def test_what_the_payer_asks_for_has_its_own_call_and_sending_it_settles_that(desk: Desk) -> None:
    request, number = begun(desk)
    submit(desk, number)
    decide(desk, number, Z.MORE_INFO_NEEDED, note="six weeks of physiotherapy")
    assert calls_of_request(desk, request) == {"call_payer": TOMORROW, "send_records": TODAY}
    sent, document = do(desk, number, lambda d, w, a: steps.sent(d, w, a, "Physio notes", "fax"))
    assert (sent.status, document.name) == (Z.PENDED, "Physio notes")
    assert calls_of_request(desk, request) == {"call_payer": TOMORROW}
    with pytest.raises(RuleViolation, match="document_name"):
        do(desk, number, lambda d, w, a: steps.sent(d, w, a, "  "))


def test_a_peer_to_peer_call_is_due_at_its_day_and_time(desk: Desk) -> None:
    request, number = begun(desk)
    submit(desk, number)
    decide(desk, number, Z.PEER_TO_PEER_DUE, until=at("2026-11-30T13:30"))
    assert calls_of_request(desk, request)["peer_to_peer"] == "Mon 30 13:30"
    decide(desk, number, Z.DENIED)
    do(desk, number, lambda d, w, a: steps.appealed(d, w, a))
    assert calls_of_request(desk, request) == {"call_payer": TOMORROW, "denied": TODAY}


def test_what_was_never_noted_as_sent_counts_as_sent_when_it_is_answered(desk: Desk) -> None:
    _, number = begun(desk)
    assert decide(desk, number, Z.APPROVED, number="OC-1").authorization.submitted_at == desk.now()


def test_a_step_that_is_not_in_the_table_is_refused(desk: Desk) -> None:
    _, number = begun(desk, Z.WITHDRAWN)
    with pytest.raises(RuleViolation, match="authorization_step"):
        submit(desk, number)


@pytest.mark.parametrize(
    ("status", "more", "code"),
    [
        (Z.APPROVED, {"number": "REF1"}, "authorization_number"),
        (Z.APPROVED, {"valid_from": date(2026, 12, 2), "valid_to": date(2026, 12, 1)}, "authorization_dates"),
        (Z.APPROVED_IN_PART, {"number": "OC-1"}, "authorization_part"),
        (Z.APPROVED, {"levels": 0}, "authorization_count"),
    ],
)
def test_an_answer_that_cannot_be_right_is_refused(desk: Desk, status: Z, more: dict[str, Any], code: str) -> None:
    _, number = begun(desk)
    submit(desk, number, reference="REF1")
    with pytest.raises(RuleViolation, match=code) as refused:
        decide(desk, number, status, **more)
    assert "field" in refused.value.params


def test_a_hold_by_the_clock_moves_with_a_new_clock_and_one_until_a_set_date_stays(
    desk: Desk, clock: StandingClock
) -> None:
    request, number = begun(desk)
    by_clock = book(desk, START, "KYPHO", request_id=request, hold_until=at("2026-12-01T10:00"))
    set_date = book(desk, "2026-12-10T09:00", "KYPHO", request_id=request, hold_until=at("2026-12-04T12:00"))
    clock.instant = at("2026-11-25T11:00")
    done = submit(desk, number)
    assert [visit.id for visit in done.holds.moved] == [by_clock.id]
    assert visit_of(desk, by_clock.id).hold_until == at("2026-12-02T11:00")
    clock.instant = at("2026-11-26T09:00")
    submit(desk, number, expedited=True)
    assert visit_of(desk, by_clock.id).hold_until == at("2026-11-29T09:00")
    assert visit_of(desk, set_date.id).hold_until == at("2026-12-04T12:00")


def test_several_holds_are_left_to_the_desk_to_choose_from(desk: Desk) -> None:
    request, number = begun(desk)
    for day in ("2026-12-09", "2026-12-10"):
        book(desk, f"{day}T09:00", "KYPHO", request_id=request, hold_until=at("2026-12-01T10:00"))
    done = decide(desk, number, Z.APPROVED, number="OC-1")
    assert done.holds.firm is None
    assert [each.sentence for each in done.holds.against] == ["several_holds"]


def test_a_firm_visit_loses_its_approval_only_by_a_managers_reason(desk: Desk) -> None:
    request, number = begun(desk)
    decide(desk, number, Z.APPROVED, number="OC-1")
    visit = book(desk, START, "KYPHO", request_id=request)
    with pytest.raises((NeedsConfirmation, RuleViolation)):
        do(desk, number, lambda d, w, a: steps.withdrawn(d, w, a))
    desk.actor = replace(desk.actor, rights=frozenset({"override"}))
    do(desk, number, lambda d, w, a: steps.withdrawn(d, w, a, "revoked", Said("walks on crutches")))
    after = visit_of(desk, visit.id)
    assert (after.override_codes, after.override_reason) == (("authorization",), "walks on crutches")


def test_a_contact_is_logged_with_who_was_spoken_to(desk: Desk) -> None:
    request, number = begun(desk)
    submit(desk, number)
    do(desk, number, lambda d, w, a: steps.contacted(d, w, a, PayerContact("Denise", "C-889", 14, "pended")))
    card = desk.queries.request_card(request, desk.now())
    (contact,) = card.contacts
    assert (contact.spoken_to, contact.call_reference, contact.hold_minutes) == ("Denise", "C-889", 14)
    assert card.users[contact.user_id or 0] == desk.actor.user_name
