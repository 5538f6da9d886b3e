"""The practice's own rules about calls, at work: what arises, when, and what does not arise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import moving, practice, visit_status
from desk_app.domain.practice_rules import CallEvent, CallRule, CallUnit
from desk_app.domain.statuses import AppointmentStatus, CancelReason, Urgency
from tests.application.steps import a_request, book, calls_of_request, calls_of_visit
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

RULES = (
    CallRule(CallEvent.RECEIVED_URGENT, 1, CallUnit.BUSINESS_HOURS),
    CallRule(CallEvent.RECEIVED_ROUTINE, 2, CallUnit.BUSINESS_DAYS),
    CallRule(CallEvent.PREPARATION, 3, CallUnit.BUSINESS_DAYS),
    CallRule(CallEvent.CONFIRMATION, 2, CallUnit.BUSINESS_DAYS, active=False),
    CallRule(CallEvent.HOW_ARE_YOU, 3, CallUnit.BUSINESS_DAYS),
    CallRule(CallEvent.FOLLOW_UP, 20, CallUnit.DAYS),
    CallRule(CallEvent.NO_SHOW, 0, CallUnit.BUSINESS_DAYS, active=False),
    CallRule(CallEvent.CANCELLED, 0, CallUnit.BUSINESS_DAYS),
)


@pytest.fixture
def desk(desks: Desks) -> Desk:
    """A desk of the small practice with rules of its own."""
    desk = desks()
    practice.load(desk, replace(CATALOGUE, call_rules=RULES))
    assert desk.catalogue().call_rules == RULES
    return desk


def test_a_request_is_called_back_as_the_practice_says(desk: Desk) -> None:
    assert calls_of_request(desk, a_request(desk)) == {"call_patient": "Thu 26 17:00"}
    assert calls_of_request(desk, a_request(desk, urgency=Urgency.URGENT)) == {"call_patient": "Tue 24 11:00"}


def test_a_visit_is_prepared_as_the_practice_says_and_moves_with_it(desk: Desk) -> None:
    visit = book(desk, "2026-12-09T09:00")
    assert calls_of_visit(desk, visit.id) == {"preparation": "Fri 04 17:00"}
    moving.move(desk, moving.MoveAppointment(visit.id, at("2026-12-10T09:00")))
    assert calls_of_visit(desk, visit.id) == {"preparation": "Mon 07 17:00"}
    visit_status.cancel(desk, visit.id, CancelReason.PATIENT, "", None)
    assert calls_of_visit(desk, visit.id) == {"rebook": "Tue 24 17:00"}


def test_after_a_visit_the_practice_calls_when_it_likes_to(desk: Desk, clock: StandingClock) -> None:
    visit = book(desk, "2026-11-25T09:00")
    clock.instant = at("2026-11-25T09:00")
    for step in ("confirmed", "arrived", "ready", "in_procedure", "in_recovery", "discharged"):
        visit_status.set_status(desk, visit.id, AppointmentStatus(step), None)
    assert calls_of_visit(desk, visit.id) == {"how_are_you": "Mon 30 17:00", "follow_up": "Tue 15 17:00"}


def test_nobody_is_called_about_a_missed_visit_where_the_practice_does_not(desk: Desk, clock: StandingClock) -> None:
    visit = book(desk, "2026-11-25T09:00")
    clock.instant = at("2026-11-25T10:00")
    visit_status.set_status(desk, visit.id, AppointmentStatus.NO_SHOW, None)
    assert calls_of_visit(desk, visit.id) == {}
