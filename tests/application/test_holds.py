"""Holds: extended by the payer's clock or by a word, given up with their request, swept once their time has passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking, requests, undo, visit_status
from desk_app.application.use_cases.extend_hold import extend_hold
from desk_app.application.use_cases.find_slots import FindSlots, find
from desk_app.domain.faults import Conflict, RuleViolation
from desk_app.domain.statuses import AppointmentStatus, CancelReason, RequestStatus, Urgency
from tests.application.steps import a_patient, a_request, book, calls_of_request
from tests.helpers.small_practice import StandingClock, at

SOON = at("2026-11-24T10:30")
START = "2026-12-09T09:00"


def is_free(desk: Desk, start: str = START) -> bool:
    day = at(start).date()
    return at(start) in {slot.start for slot in find(desk, FindSlots("JOINT", first_day=day, days=1, limit=500))}


@pytest.mark.parametrize(
    ("urgency", "until"), [(Urgency.ROUTINE, "2026-12-01T10:00"), (Urgency.URGENT, "2026-11-27T10:00")]
)
def test_a_hold_is_extended_by_the_payers_clock(desk: Desk, urgency: Urgency, until: str) -> None:
    request = a_request(desk, a_patient(desk), payer="OLDCOL", urgency=urgency)
    held = book(desk, START, request_id=request, hold_until=SOON)
    outcome = extend_hold(desk, held.id, version=held.version)
    assert (outcome.value.hold_until, outcome.value.status) == (at(until), AppointmentStatus.HELD)
    history = desk.queries.visit_card(held.id).history[0]
    assert (history.action, history.data["until"]) == ("hold_extended", at(until).isoformat())


def test_a_longer_hold_is_never_beyond_the_visit(desk: Desk) -> None:
    held = book(desk, "2026-11-25T09:00", hold_until=SOON)
    assert extend_hold(desk, held.id).value.hold_until == at("2026-11-25T09:00")
    with pytest.raises(RuleViolation, match="hold_not_extended"):
        extend_hold(desk, held.id)
    with pytest.raises(RuleViolation, match="hold_beyond_visit"):
        extend_hold(desk, held.id, at("2026-11-25T09:05"))


def test_a_time_that_somebody_says_counts_and_one_that_has_passed_is_refused(desk: Desk) -> None:
    held = book(desk, START, hold_until=SOON)
    assert extend_hold(desk, held.id, at("2026-11-24T17:00")).value.hold_until == at("2026-11-24T17:00")
    with pytest.raises(RuleViolation, match="hold_in_the_past"):
        extend_hold(desk, held.id, at("2026-11-24T10:00"))


def test_an_extended_hold_keeps_its_place_past_the_old_end_and_undo_gives_the_old_end_back(
    desk: Desk, clock: StandingClock
) -> None:
    held = book(desk, START, hold_until=SOON)
    extend_hold(desk, held.id, at("2026-11-24T17:00"))
    clock.instant = SOON + timedelta(minutes=5)
    assert not is_free(desk)
    assert visit_status.sweep_lapsed(desk).value == ()
    undo.undo(desk)
    assert desk.queries.visit_card(held.id).appointment.hold_until == SOON
    assert is_free(desk)


def test_what_is_not_held_any_more_is_not_extended(desk: Desk, clock: StandingClock) -> None:
    held = book(desk, START, hold_until=SOON)
    with pytest.raises(Conflict, match="changed"):
        extend_hold(desk, held.id, version=held.version + 1)
    firm = booking.make_firm(desk, book(desk, "2026-12-10T09:00", hold_until=SOON).id).value
    with pytest.raises(RuleViolation, match="not_held"):
        extend_hold(desk, firm.id)
    clock.instant = SOON
    with pytest.raises(RuleViolation, match="hold_lapsed"):
        extend_hold(desk, held.id)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (RequestStatus.DECLINED, CancelReason.PRACTICE),
        (RequestStatus.WITHDRAWN, CancelReason.PATIENT),
        (RequestStatus.DUPLICATE, CancelReason.MISTAKE),
    ],
)
def test_a_request_that_is_given_up_gives_its_holds_up_with_it(
    desk: Desk, status: RequestStatus, reason: CancelReason
) -> None:
    request = a_request(desk, a_patient(desk))
    held = book(desk, START, request_id=request, hold_until=at("2026-12-01T17:00"))
    outcome = requests.set_status(desk, request, status)
    assert outcome.warnings == ("hold_released",)
    card = desk.queries.visit_card(held.id)
    assert (card.appointment.status, card.appointment.cancel_reason) == (AppointmentStatus.CANCELLED, reason)
    assert is_free(desk)
    assert calls_of_request(desk, request) == {}
    assert desk.queries.breaches(desk.now()) == ()


def test_one_undo_brings_the_request_and_its_hold_back(desk: Desk) -> None:
    request = a_request(desk, a_patient(desk))
    held = book(desk, START, request_id=request, hold_until=at("2026-12-01T17:00"))
    requests.set_status(desk, request, RequestStatus.WITHDRAWN)
    undo.undo(desk)
    assert desk.queries.visit_card(held.id).appointment.status is AppointmentStatus.HELD
    assert desk.queries.request_card(request, desk.now()).request.status is RequestStatus.READY_TO_BOOK
    assert list(calls_of_request(desk, request)) == ["book"]
    assert not is_free(desk)
    assert desk.queries.breaches(desk.now()) == ()


def test_an_edit_that_gives_the_request_up_does_the_same_and_a_step_along_does_not(desk: Desk) -> None:
    request = a_request(desk, a_patient(desk))
    held = book(desk, START, request_id=request, hold_until=at("2026-12-01T17:00"))
    assert requests.set_status(desk, request, RequestStatus.IN_REVIEW).warnings == ()
    assert not is_free(desk)
    now = desk.queries.request_card(request, desk.now()).request
    assert requests.edit(desk, replace(now, status=RequestStatus.DECLINED)).warnings == ("hold_released",)
    assert desk.queries.visit_card(held.id).appointment.status is AppointmentStatus.CANCELLED


def test_what_lapses_goes_back_to_its_requests_next_action(desk: Desk, clock: StandingClock) -> None:
    request = a_request(desk, a_patient(desk))
    held = book(desk, START, request_id=request, hold_until=SOON)
    line = next(row for row in desk.queries.requests("open", desk.now()) if row.request_id == request)
    assert (line.held_start, line.held_until) == (at(START), SOON)
    clock.instant = SOON
    assert [visit.id for visit in visit_status.sweep_lapsed(desk).value] == [held.id]
    line = next(row for row in desk.queries.requests("open", desk.now()) if row.request_id == request)
    assert (line.held_start, line.held_until, line.next_kind) == (None, None, "book")
    assert visit_status.sweep_lapsed(desk).value == ()
