from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.ui.screens.schedule.time_axis import MAX_ZOOM, MIN_ZOOM, TimeAxis, bounded_zoom, snapped

ZONE = ZoneInfo("America/New_York")
SPRING, AUTUMN, PLAIN = date(2026, 3, 8), date(2026, 11, 1), date(2026, 11, 23)
zooms = st.integers(MIN_ZOOM, MAX_ZOOM)
days = st.sampled_from([SPRING, AUTUMN, PLAIN])


def axis(day: date = PLAIN, zoom: int = 20, first: int = 0, last: int = 1440) -> TimeAxis:
    return TimeAxis(day, ZONE, first, last, zoom)


@given(days, zooms, st.integers(0, 23), st.integers(0, 1500))
def test_a_pixel_leads_back_to_its_minute_within_a_pixels_worth(day: date, zoom: int, hour: int, minute: int) -> None:
    board = axis(day, zoom, first=hour * 60)
    back = board.minute_at(board.y_of(minute))
    assert 0 <= minute - back < max(1, 15 / zoom)


@given(days, zooms, st.integers(0, 300))
def test_every_five_minute_start_survives_the_way_to_the_pixel_and_back(day: date, zoom: int, cell: int) -> None:
    board = axis(day, zoom)
    assert snapped(board.minute_at(board.y_of(cell * 5)), 5) == cell * 5


@given(days, st.integers(0, 1380))
def test_a_minute_and_its_instant_are_the_same_place(day: date, minute: int) -> None:
    board = axis(day)
    assert board.minute_of(board.instant_of(minute)) == minute


@given(zooms, st.integers(0, 1430))
def test_later_is_never_higher(zoom: int, minute: int) -> None:
    board = axis(zoom=zoom)
    assert board.y_of(minute) <= board.y_of(minute + 1) < board.y_of(minute + 16)


def test_the_day_of_the_spring_change_has_23_hours_and_no_two_oclock() -> None:
    board = axis(SPRING, last=1380)
    labels = [line.label for line in board.lines() if line.label]
    assert board.day_minutes == 1380
    assert labels[:4] == ["00:00", "01:00", "03:00", "04:00"]
    assert labels[-1] == "24:00"


def test_the_day_of_the_autumn_change_has_25_hours_and_one_oclock_twice() -> None:
    board = axis(AUTUMN, last=1500)
    labels = [line.label for line in board.lines() if line.label]
    assert board.day_minutes == 1500
    assert labels[:4] == ["00:00", "01:00", "01:00", "02:00"]
    assert board.minute_of(board.instant_of(0) + timedelta(hours=9)) == 540
    assert board.clock(540) == "08:00"


def test_hour_lines_carry_the_wall_clock_and_half_hours_none() -> None:
    lines = list(axis(first=480, last=540).lines())
    assert [(line.minute, line.label) for line in lines] == [(480, "08:00"), (510, ""), (540, "09:00")]


@pytest.mark.parametrize(("asked", "given_"), [(3, 12), (12, 12), (27, 27), (40, 40), (99, 40)])
def test_zoom_stays_within_twelve_and_forty_pixels(asked: int, given_: int) -> None:
    assert bounded_zoom(asked) == given_


def test_a_start_snaps_to_the_nearest_cell() -> None:
    assert [snapped(minute, 5) for minute in (0, 2, 3, 7, 8)] == [0, 0, 5, 5, 10]
