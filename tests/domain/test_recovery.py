"""Flat, walking, home: by the procedure, its levels and the physician; and the limit of a stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desk_app.domain.bay_course import Course, Nearness
from desk_app.domain.recovery import LeastRest, RecoveryRule, RestStage, least_rest, rest_of, stay_limit
from tests.helpers.small_practice import CATALOGUE, KYPHO

BEGAN = datetime(2026, 11, 23, 14, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CEMENT = replace(CATALOGUE, procedures=(replace(KYPHO, cpt=("22513", "22514")), *CATALOGUE.procedures[1:]))


def test_cement_is_known_by_its_numbers_and_hardens_for_an_hour() -> None:
    assert least_rest(CEMENT, "KYPHO", 1, "ALG") == LeastRest(0, 60)
    assert least_rest(CEMENT, "JOINT", 1, "ALG") == LeastRest(0, 0)
    assert least_rest(CEMENT, "GONE", 1, "ALG") == LeastRest(0, 0)


def test_the_longest_of_the_rules_that_apply_counts() -> None:
    rules = (
        RecoveryRule("kypho", ("KYPHO",), minutes=90, minutes_per_extra_level=15),
        RecoveryRule("ALG", clinician="ALG", minutes=100, flat_minutes=75),
    )
    practice = replace(CEMENT, recovery_rules=rules)
    assert least_rest(practice, "KYPHO", 1, "OSE") == LeastRest(90, 60)
    assert least_rest(practice, "KYPHO", 3, "OSE") == LeastRest(120, 60)
    assert least_rest(practice, "KYPHO", 1, "ALG") == LeastRest(100, 75)
    assert least_rest(practice, "JOINT", 1, "ALG") == LeastRest(100, 75)


def test_a_row_of_the_practice_switches_the_usual_one_off() -> None:
    practice = replace(CEMENT, recovery_rules=(RecoveryRule("cement", active=False),))
    assert least_rest(practice, "KYPHO", 1, "ALG") == LeastRest(0, 0)


@pytest.mark.parametrize(
    ("minutes", "stage"),
    [(0, RestStage.FLAT), (59, RestStage.FLAT), (60, RestStage.MAY_WALK), (119, RestStage.MAY_WALK),
     (120, RestStage.MAY_GO)],
)  # fmt: skip
def test_flat_then_walking_then_home(minutes: int, stage: RestStage) -> None:
    there = Course(BEGAN, BEGAN + 120 * MINUTE, Nearness.THERE)
    rest = rest_of(LeastRest(0, 60), 120 * MINUTE, BEGAN, there)
    assert rest.stage(BEGAN + minutes * MINUTE) is stage


def test_who_has_left_lies_flat_no_more() -> None:
    over = Course(BEGAN, BEGAN + 30 * MINUTE, Nearness.OVER)
    assert rest_of(LeastRest(0, 60), 120 * MINUTE, BEGAN, over).flat_until is None


def test_the_limit_of_a_stay_alarms_two_hours_ahead() -> None:
    limit = stay_limit(CATALOGUE, BEGAN)
    assert limit.at == BEGAN + timedelta(hours=23)
    assert not limit.is_near(limit.at - timedelta(hours=2, seconds=1))
    assert limit.is_near(limit.at - timedelta(hours=2))
