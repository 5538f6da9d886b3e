"""Times of day as they are typed, and the instants they mean on the days of a clock change."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from desk_app.domain.typed_times import clock_instant, shown_clock, typed_clock

BOSTON = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("8", 480), ("8:30", 510), ("0830", 510), ("13.15", 795), ("24:00", 1440), ("0:00", 0),
        ("1 pm", 780), ("12 am", 0), ("12:30p", 750),
        ("", None), ("25", None), ("24:05", None), ("8:60", None), ("soon", None), ("13 pm", None),
    ],
)  # fmt: skip
def test_a_time_is_understood_as_it_is_typed(typed: str, minutes: int | None) -> None:
    assert typed_clock(typed) == minutes


def test_a_time_is_shown_as_it_could_be_typed() -> None:
    assert [shown_clock(minutes) for minutes in (0, 485, 1440)] == ["00:00", "08:05", "24:00"]


def test_a_day_of_a_clock_change_has_its_true_length() -> None:
    for day, hours in ((date(2027, 3, 14), 23), (date(2026, 11, 1), 25), (date(2026, 12, 1), 24)):
        length = clock_instant(day, 1440, BOSTON) - clock_instant(day, 0, BOSTON)
        assert length == timedelta(hours=hours)
