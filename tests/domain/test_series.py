from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.faults import WrongInput
from desk_app.domain.series import FREQUENCIES, MOST, series_days, series_rule

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("unit", "every", "count", "days"),
    [
        ("days", 2, 3, ["2026-11-24", "2026-11-26", "2026-11-28"]),
        ("weeks", 2, 3, ["2026-11-24", "2026-12-08", "2026-12-22"]),
        ("months", 1, 3, ["2026-11-24", "2026-12-22", "2027-01-26"]),
        ("years", 1, 2, ["2026-11-24", "2027-11-24"]),
    ],
)
def test_a_series_keeps_its_step(unit: str, every: int, count: int, days: list[str]) -> None:
    found = series_days(series_rule(TUESDAY, unit, every, count), TUESDAY)
    assert [day.isoformat() for day in found] == days


def test_a_fifth_weekday_of_a_month_becomes_the_last_one() -> None:
    thursday = date(2026, 12, 31)
    found = series_days(series_rule(thursday, "months", 1, 3), thursday)
    assert [day.isoformat() for day in found] == ["2026-12-31", "2027-01-28", "2027-02-25"]


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY", "FREQ=DAILY;COUNT=31", "FREQ=MINUTELY;COUNT=2", "", "weekly"])
def test_a_rule_that_is_none_or_has_no_bound_is_refused(rule: str) -> None:
    with pytest.raises(WrongInput):
        series_days(rule, TUESDAY)


@given(
    st.sampled_from(sorted(FREQUENCIES)),
    st.integers(1, 12),
    st.integers(1, MOST),
    st.dates(date(2024, 1, 1), date(2040, 1, 1)),
)
def test_every_series_begins_with_its_first_day_and_has_no_more_days_than_asked(
    unit: str, every: int, count: int, first: date
) -> None:
    days = series_days(series_rule(first, unit, every, count), first)
    assert days[0] == first
    assert len(days) <= count
    assert list(days) == sorted(set(days))
