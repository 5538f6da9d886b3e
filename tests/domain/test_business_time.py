"""Business hours: opening, counting hours and days, over week-ends, holidays and clock changes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.business_time import BusinessCalendar
from desk_app.domain.practice import BusinessHours
from tests.helpers.small_practice import ZONE, at

THANKSGIVING = {date(2026, 11, 26): "Thanksgiving"}
WEEK = [BusinessHours(day, time(8), time(17)) for day in range(5)]
HALVES = [BusinessHours(0, time(8), time(12)), BusinessHours(0, time(13), time(17))]
calendar = BusinessCalendar(WEEK, THANKSGIVING, ZONE)
moments = st.datetimes(datetime(2026, 10, 26), datetime(2026, 12, 4)).map(
    lambda wall: wall.replace(second=0, microsecond=0, tzinfo=ZONE).astimezone(ZoneInfo("UTC"))
)


def open_minutes(start: datetime, end: datetime) -> int:
    """Counted one by one."""
    count = 0
    while start < end:
        wall = start.astimezone(ZONE)
        count += wall.weekday() < 5 and wall.date() not in THANKSGIVING and time(8) <= wall.time() < time(17)
        start += timedelta(minutes=1)
    return count


@given(moments, st.sampled_from([1, 2, 9, 20]))
def test_that_many_business_hours_lie_between_an_instant_and_its_answer(instant: datetime, hours: int) -> None:
    assert open_minutes(instant, calendar.add_hours(instant, hours)) == hours * 60


@given(moments)
def test_the_next_opening_is_open_and_nothing_before_it_was(instant: datetime) -> None:
    opened = calendar.next_open(instant)
    assert open_minutes(instant, opened) == 0
    assert open_minutes(opened, opened + timedelta(minutes=1)) == 1


@given(st.dates(date(2026, 11, 1), date(2026, 12, 31)), st.integers(1, 9))
def test_business_days_later_and_earlier_are_counted_one_by_one(day: date, days: int) -> None:
    later, earlier = calendar.add_days(day, days), calendar.add_days(day, -days)
    between = [day + timedelta(days=n) for n in range(1, (later - day).days + 1)]
    before = [day - timedelta(days=n) for n in range(1, (day - earlier).days + 1)]
    assert sum(map(calendar.is_business_day, between)) == days
    assert sum(map(calendar.is_business_day, before)) == days
    assert calendar.is_business_day(later)
    assert calendar.is_business_day(earlier)


def test_a_holiday_is_no_business_day() -> None:
    assert not calendar.is_business_day(date(2026, 11, 26))
    assert calendar.add_days(date(2026, 11, 25), 1) == date(2026, 11, 27)


def test_hours_run_on_after_the_midday_break() -> None:
    broken = BusinessCalendar(HALVES, {}, ZONE)
    assert broken.add_hours(at("2026-11-23T11:00"), 2) == at("2026-11-23T14:00")
    assert broken.closing(date(2026, 11, 23)) == at("2026-11-23T17:00")
    assert broken.opening(date(2026, 11, 23)) == at("2026-11-23T08:00")


def test_a_stretch_over_a_clock_change_has_its_true_length() -> None:
    sundays = BusinessCalendar([BusinessHours(6, time(0), time(12))], {}, ZONE)
    assert sundays.add_hours(at("2026-11-01T00:00"), 12) == at("2026-11-01T11:00")
    assert sundays.add_hours(at("2026-03-08T00:00"), 11) == at("2026-03-08T12:00")


def test_without_hours_in_the_practice_file_the_usual_ones_hold() -> None:
    usual = BusinessCalendar([], {}, ZONE)
    assert usual.next_open(at("2026-11-21T12:00")) == at("2026-11-23T08:00")


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 11, 26)])
def test_a_day_without_hours_closes_at_midday(day: date) -> None:
    assert calendar.closing(day).astimezone(ZONE).time() == time(12)
