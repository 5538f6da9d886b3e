"""Medians, percentiles, shares and weeks; nothing of nothing is nothing."""

from __future__ import annotations

from datetime import date
from statistics import median as plain_median

from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.report_math import median, monday_of, percentile, share, week_of, weeks

NUMBERS = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40)


def test_nothing_has_no_median_and_no_share() -> None:
    assert (median([]), percentile([], 0.9), share(1, 0)) == (None, None, None)


def test_a_percentile_lies_between_its_neighbours() -> None:
    assert percentile([10, 20, 30, 40, 50], 0.9) == 46
    assert percentile([7], 0.9) == 7


@given(NUMBERS)
def test_the_median_is_the_one_of_the_standard_library(values: list[float]) -> None:
    found = median(values)
    assert found is not None
    assert abs(found - plain_median(values)) < 1e-6


@given(NUMBERS, st.floats(0, 1))
def test_no_percentile_lies_outside_its_values(values: list[float], part: float) -> None:
    found = percentile(values, part)
    assert found is not None
    assert min(values) - 1e-6 <= found <= max(values) + 1e-6


def test_a_period_touches_every_week_from_the_first_monday_on() -> None:
    assert weeks(date(2026, 11, 25), date(2026, 12, 1)) == (date(2026, 11, 23), date(2026, 11, 30))


@given(st.dates())
def test_the_monday_of_an_ordinal_is_the_monday_of_its_day(day: date) -> None:
    assert monday_of(day.toordinal()) == week_of(day).toordinal()
