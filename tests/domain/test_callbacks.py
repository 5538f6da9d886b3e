"""When each call is due, by the practice's table of events; Thanksgiving is Thursday 26 November 2026."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desk_app.domain import callbacks
from desk_app.domain.business_time import BusinessCalendar
from desk_app.domain.practice_rules import USUAL_CALL_RULES, CallEvent, CallRule, CallUnit
from desk_app.domain.statuses import Urgency
from tests.helpers.small_practice import CATALOGUE, ZONE, at

calendar = BusinessCalendar(CATALOGUE.business_hours, {date(2026, 11, 26): "Thanksgiving"}, ZONE)


@pytest.mark.parametrize(
    ("urgency", "received", "due"),
    [
        (Urgency.URGENT, "2026-11-24T10:00", "2026-11-24T12:00"),
        (Urgency.URGENT, "2026-11-24T16:30", "2026-11-25T09:30"),
        (Urgency.URGENT, "2026-11-25T16:00", "2026-11-27T09:00"),
        (Urgency.URGENT, "2026-11-21T11:00", "2026-11-23T10:00"),
        (Urgency.SOON, "2026-11-24T10:00", "2026-11-24T17:00"),
        (Urgency.SOON, "2026-11-24T19:00", "2026-11-25T17:00"),
        (Urgency.ROUTINE, "2026-11-24T10:00", "2026-11-25T17:00"),
        (Urgency.ROUTINE, "2026-11-25T10:00", "2026-11-27T17:00"),
        (Urgency.ROUTINE, "2026-11-27T10:00", "2026-11-30T17:00"),
    ],
)
def test_a_request_is_called_back_by_its_urgency(urgency: Urgency, received: str, due: str) -> None:
    assert callbacks.due_for_request(urgency, at(received), calendar) == at(due)


@pytest.mark.parametrize(
    ("visit", "now", "due"),
    [
        ("2026-12-14T09:00", "2026-11-24T10:00", "2026-12-07T17:00"),
        ("2026-12-13T09:00", "2026-11-24T10:00", "2026-12-04T17:00"),  # a week before is a Sunday
        ("2026-12-03T09:00", "2026-11-20T10:00", "2026-11-25T17:00"),  # a week before is Thanksgiving
        ("2026-11-27T09:00", "2026-11-24T10:00", "2026-11-24T17:00"),  # no week is left
        ("2026-11-27T09:00", "2026-11-24T18:00", "2026-11-25T17:00"),
    ],
)
def test_preparation_is_a_week_ahead_where_possible_else_at_once(visit: str, now: str, due: str) -> None:
    assert callbacks.due_for_preparation(at(visit), at(now), calendar) == at(due)


@pytest.mark.parametrize(
    ("visit", "now", "due"),
    [
        ("2026-12-16T09:00", "2026-11-24T10:00", "2026-12-14T17:00"),
        ("2026-12-14T09:00", "2026-11-24T10:00", "2026-12-10T17:00"),  # Thursday for Monday
        ("2026-11-30T09:00", "2026-11-20T10:00", "2026-11-25T17:00"),  # over the week-end and Thanksgiving
        ("2026-11-25T09:00", "2026-11-24T10:00", "2026-11-24T17:00"),
    ],
)
def test_confirmation_is_two_business_days_before(visit: str, now: str, due: str) -> None:
    assert callbacks.due_for_confirmation(at(visit), at(now), calendar) == at(due)


def test_the_day_after_a_visit_or_a_cancellation_is_a_business_day() -> None:
    assert callbacks.due_how_are_you(at("2026-11-25T15:00"), calendar) == at("2026-11-27T17:00")
    assert callbacks.due_after_cancel(at("2026-11-27T15:00"), calendar) == at("2026-11-30T17:00")


def test_a_no_show_is_called_the_same_day_and_in_the_evening_the_next() -> None:
    assert callbacks.due_no_show(at("2026-11-24T09:30"), calendar) == at("2026-11-24T17:00")
    assert callbacks.due_no_show(at("2026-11-25T18:30"), calendar) == at("2026-11-27T17:00")


def test_a_follow_up_after_two_weeks_moves_off_a_closed_day() -> None:
    assert callbacks.due_follow_up(at("2026-11-12T15:00"), 14, calendar) == at("2026-11-27T17:00")
    assert callbacks.due_follow_up(at("2026-11-10T15:00"), 14, calendar) == at("2026-11-24T17:00")


def rules(event: CallEvent, within: int, unit: CallUnit) -> dict[CallEvent, CallRule]:
    return {**USUAL_CALL_RULES, event: CallRule(event, within, unit)}


@pytest.mark.parametrize(
    ("within", "unit", "due"),
    [
        (0, CallUnit.BUSINESS_HOURS, "2026-11-24T10:00"),
        (8, CallUnit.BUSINESS_HOURS, "2026-11-25T09:00"),
        (0, CallUnit.BUSINESS_DAYS, "2026-11-24T17:00"),
        (2, CallUnit.BUSINESS_DAYS, "2026-11-27T17:00"),
        (2, CallUnit.DAYS, "2026-11-27T17:00"),
    ],
)
def test_a_practice_s_own_rule_says_how_soon_a_request_is_called_back(within: int, unit: CallUnit, due: str) -> None:
    own = rules(CallEvent.RECEIVED_ROUTINE, within, unit)
    assert callbacks.due_for_request(Urgency.ROUTINE, at("2026-11-24T10:00"), calendar, own) == at(due)


def test_a_practice_s_own_rule_says_how_long_before_a_visit_somebody_calls() -> None:
    visit, now = at("2026-12-14T09:00"), at("2026-11-24T10:00")
    by_days = rules(CallEvent.CONFIRMATION, 3, CallUnit.DAYS)
    assert callbacks.due_for_confirmation(visit, now, calendar, by_days) == at("2026-12-11T17:00")
    by_business_days = rules(CallEvent.PREPARATION, 10, CallUnit.BUSINESS_DAYS)
    assert callbacks.due_for_preparation(visit, now, calendar, by_business_days) == at("2026-11-30T17:00")


def test_a_call_that_reached_nobody_is_made_again_ever_later_until_a_letter_goes() -> None:
    rule = CallRule(CallEvent.NO_SHOW, 0, CallUnit.BUSINESS_DAYS, tries=4, again_hours=(2, 9, 18))
    now = at("2026-11-23T09:00")
    again = [callbacks.due_again(rule, tries, now, calendar) for tries in (1, 2, 3, 4)]
    assert again == [at("2026-11-23T11:00"), at("2026-11-24T09:00"), at("2026-11-25T09:00"), None]
    assert callbacks.due_again(rule, 1, at("2026-11-25T16:00"), calendar) == at("2026-11-27T09:00")


def test_the_payer_is_called_until_it_has_decided() -> None:
    rule = USUAL_CALL_RULES[CallEvent.UNDECIDED]
    assert callbacks.due_again(rule, 40, at("2026-11-23T09:00"), calendar) == at("2026-11-24T09:00")
    assert callbacks.due_again(replace(rule, tries=40), 40, at("2026-11-23T09:00"), calendar) is None
