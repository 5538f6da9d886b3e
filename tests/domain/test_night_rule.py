"""The chance of running out of beds is the one found by going through every set of patients who might stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.night_rule import distribution, kept_beds, kept_of_groups, overflow_chance
from tests.helpers.slot_brute_force import more_than

chances = st.lists(st.sampled_from([0.0, 0.02, 0.04, 0.12, 0.3, 0.5, 1.0]) | st.floats(0, 1), max_size=9)


@given(chances, st.integers(-2, 10))
def test_the_chance_that_more_stay_than_beds_is_the_sum_over_all_such_sets(shares: list[float], beds: int) -> None:
    assert overflow_chance(shares, beds) == pytest.approx(more_than(shares, beds), abs=1e-9)


@given(chances)
def test_the_chances_of_every_number_make_one(shares: list[float]) -> None:
    assert sum(distribution(shares)) == pytest.approx(1)
    assert len(distribution(shares)) == len(shares) + 1


@given(chances, st.sampled_from([0.0, 0.01, 0.05, 0.25, 1.0]))
def test_the_beds_kept_are_the_fewest_that_keep_the_chance_within_the_limit(shares: list[float], risk: float) -> None:
    kept = kept_beds(shares, risk)
    assert more_than(shares, kept) <= risk + 1e-9
    assert kept == 0 or more_than(shares, kept - 1) > risk - 1e-9


def test_a_chance_that_equals_the_limit_on_paper_is_within_it() -> None:
    assert kept_beds([0.05], 0.05) == 0
    assert kept_beds([0.1, 0.5], 0.05) == 1  # 0.1 × 0.5 is the limit itself


def test_without_a_bed_for_a_planned_stay_running_out_is_certain() -> None:
    assert overflow_chance([], -1) == 1.0


groups = st.lists(
    st.tuples(st.sampled_from([0.0, 0.02, 0.04, 0.3, 0.5, 1.0]) | st.floats(0, 1), st.integers(0, 60)), max_size=4
)


@given(groups, st.sampled_from([0.0, 0.01, 0.05, 0.25, 1.0]))
def test_beds_kept_for_groups_of_alike_are_those_kept_for_each_of_them(
    alike: list[tuple[float, int]], risk: float
) -> None:
    assert kept_of_groups(alike, risk) == kept_beds([chance for chance, count in alike for _ in range(count)], risk)


def test_a_group_in_which_surely_nobody_stays_is_counted_whole() -> None:
    assert kept_of_groups([(0.999, 300)], 0.05) == kept_beds([0.999] * 300, 0.05)
