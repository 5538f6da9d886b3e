"""What week and month are told by the database: on SQLite and on a server."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from desk_app.application.desk import Desk
from desk_app.application.span_view import DayLoad
from desk_app.application.use_cases.look_at_month import month_view, peak
from desk_app.application.use_cases.look_at_week import week_view
from desk_app.application.use_cases.visit_status import cancel
from desk_app.domain.calendar_pages import month_grid, months_on, week_of
from desk_app.domain.practice import Blockout, Stay
from desk_app.domain.statuses import CancelReason
from tests.application.steps import book
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

WEDNESDAY = date(2026, 11, 25)


def load_of(desk: Desk, day: date) -> DayLoad:
    load = month_view(desk, day).of(day)
    assert load is not None
    return load


def days_of(desk: Desk, day: date, with_gone: bool = False) -> list[int]:
    """The weekday of each visit of a week."""
    return [line.day - week_of(day).toordinal() for line in week_view(desk, day, with_gone).lines]


def test_a_week_holds_its_visits_by_start_whatever_day_it_is_asked_by(desk: Desk) -> None:
    book(desk, "2026-11-25T13:00")
    book(desk, "2026-11-24T12:00")
    book(desk, "2026-11-30T09:00")
    for day in (date(2026, 11, 23), WEDNESDAY, date(2026, 11, 29)):
        assert days_of(desk, day) == [1, 2]
    assert days_of(desk, date(2026, 11, 30)) == [0]


def test_a_cancelled_visit_and_a_lapsed_hold_are_in_a_week_only_where_asked_for(
    desk: Desk, clock: StandingClock
) -> None:
    visit = book(desk, "2026-11-25T13:00")
    book(desk, "2026-11-26T13:00", hold_until=at("2026-11-24T11:00"))
    cancel(desk, visit.id, CancelReason.PATIENT)
    assert days_of(desk, WEDNESDAY) == [3]
    assert days_of(desk, WEDNESDAY, with_gone=True) == [2, 3]
    clock.instant = at("2026-11-24T12:00")
    assert days_of(desk, WEDNESDAY, with_gone=True) == [2]


def test_a_week_says_when_each_room_and_clinician_is_shut(desk: Desk) -> None:
    view = week_view(desk, WEDNESDAY)
    assert view.days[0] == date(2026, 11, 23)
    assert {"R1", "ALG", "NP1"} == set(view.shading[WEDNESDAY])
    assert [shade.text for shade in view.shading[WEDNESDAY]["R1"]] == ["opens 08:00", "closed"]
    assert [shade.text for shade in view.shading[date(2026, 11, 28)]["R1"]] == ["closed"]


def test_a_day_of_a_month_tells_visits_rooms_bays_and_beds(desk: Desk) -> None:
    book(desk, "2026-11-25T09:00", "KYPHO", override_reason="cannot walk")
    book(desk, "2026-11-25T11:00", "KYPHO", stay=Stay.PLANNED, override_reason="lives alone")
    load = load_of(desk, WEDNESDAY)
    assert (load.visits, load.held) == (2, 0)
    assert load.open_minutes == 9 * 60
    assert load.booked_minutes == 2 * 65
    assert load.free_minutes == 9 * 60 - 2 * 65
    assert (load.bays_peak, load.bays) == (1, 2)
    assert (load.planned, load.kept, load.staffed) == (1, 0, 1)


def test_patients_who_meet_in_the_bays_make_the_peak_and_one_who_follows_another_does_not(desk: Desk) -> None:
    book(desk, "2026-11-25T09:00")
    book(desk, "2026-11-25T09:25")
    assert load_of(desk, WEDNESDAY).bays_peak == 1
    assert peak([(0, 10), (10, 20), (5, 12), (11, 12)]) == 3
    assert peak([]) == 0


def test_a_planned_stay_takes_its_bed_on_every_night_it_lasts(desk: Desk) -> None:
    book(desk, "2026-11-30T11:00", "KYPHO", stay=Stay.PLANNED, override_reason="lives alone")
    assert load_of(desk, date(2026, 11, 30)).planned == 1
    assert load_of(desk, date(2026, 12, 1)).planned == 0


def test_a_lapsed_hold_is_no_load(desk: Desk, clock: StandingClock) -> None:
    book(desk, "2026-11-25T09:00", hold_until=at("2026-11-24T11:00"))
    assert (load_of(desk, WEDNESDAY).visits, load_of(desk, WEDNESDAY).held) == (1, 1)
    clock.instant = at("2026-11-24T11:00")
    assert (load_of(desk, WEDNESDAY).visits, load_of(desk, WEDNESDAY).booked_minutes) == (0, 0)


def test_the_month_is_whole_weeks_and_agrees_with_the_index_on_every_night(desk: Desk) -> None:
    book(desk, "2026-11-25T09:00", "KYPHO", override_reason="cannot walk")
    view = month_view(desk, WEDNESDAY)
    assert (view.month, view.days[0].day, view.days[-1].day) == (
        date(2026, 11, 1),
        date(2026, 10, 26),
        date(2026, 12, 6),
    )
    for load in view.days:
        night = desk.slots.index(load.day).night(load.day)
        assert (load.planned, load.kept, load.staffed) == (night.planned, night.kept, night.staffed)


@pytest.mark.parametrize(
    ("day", "closed"), [(date(2026, 11, 28), "closed"), (date(2026, 11, 27), "blocked: the roof"), (WEDNESDAY, "")]
)
def test_a_day_on_which_no_room_opens_says_why(desk: Desk, day: date, closed: str) -> None:
    roof = Blockout("*", at("2026-11-27T00:00"), at("2026-11-28T00:00"), "the roof")
    with desk.open_work(desk.actor) as work:
        work.practice.store(replace(CATALOGUE, blockouts=(roof,)))
        desk.committed(work, work.commit("practice_loaded"))
    assert load_of(desk, day).closed == closed


def test_holidays_have_their_names(desk: Desk) -> None:
    with desk.open_work(desk.actor) as work:
        work.practice.store(replace(CATALOGUE, settings=replace(CATALOGUE.settings, holidays="US-MA")))
        desk.committed(work, work.commit("practice_loaded"))
    assert load_of(desk, date(2026, 11, 26)).holiday == "Thanksgiving Day"
    assert week_view(desk, WEDNESDAY).holidays == {date(2026, 11, 26): "Thanksgiving Day"}


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2524, 2, 29), date(9999, 12, 31), date(2026, 2, 1)])
def test_a_grid_of_weeks_ends_where_the_calendar_does(day: date) -> None:
    days = month_grid(day)
    assert day in days
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(days))
    assert week_of(day) in days


def test_a_month_far_away_can_be_looked_at(desk: Desk) -> None:
    assert load_of(desk, date(2524, 2, 29)).visits == 0
    assert week_view(desk, date(2524, 2, 29)).lines == ()


def test_a_month_on_from_the_last_of_january_is_the_last_of_february() -> None:
    assert months_on(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert months_on(date(2027, 1, 31), -2) == date(2026, 11, 30)
    assert months_on(date(9999, 12, 31), 1) == date(9999, 12, 31)
    assert months_on(date(1, 1, 5), -1) == date(1, 1, 5)
