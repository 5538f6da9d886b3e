"""What a day brings along for the schedule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases.look_at_day import day_view
from tests.helpers.small_practice import StandingClock, at


class Christmas:
    """A region with one holiday."""

    def holidays(self, region: str | None, first: date, last: date) -> Mapping[date, str]:
        return {date(2026, 12, 25): "Christmas Day"}


@pytest.fixture
def desk_before_a_holiday(desk: Desk, clock: StandingClock) -> Desk:
    clock.instant = at("2026-12-24T10:00")
    desk.holidays = Christmas()
    return desk


def test_a_day_still_to_come_knows_the_holidays_and_today_looks_none_up(desk_before_a_holiday: Desk) -> None:
    desk = desk_before_a_holiday
    today = desk.today()
    assert day_view(desk, today).calendar is None
    calendar = day_view(desk, today + timedelta(days=1)).calendar
    assert calendar is not None
    assert calendar.is_business_day(today + timedelta(days=1)) is False
    assert calendar.add_days(today, 1) == today + timedelta(days=4)
