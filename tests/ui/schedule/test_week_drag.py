"""A visit over the lanes of a week, without a window: where it stands, what its label says, what it becomes there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desk_app.application.schedule_view import ColumnFit, Fit, FitMap, FitPhase, Unfit, Warned
from desk_app.ui.screens.schedule.scene import ColumnChoice
from desk_app.ui.screens.schedule.week_drag import WeekDrag, begin_week_drag, carried_drag
from desk_app.ui.screens.schedule.week_scene import WeekScene, build_week
from tests.ui.schedule.days import CATALOGUE, MONDAY, at, line
from tests.ui.schedule.weeks import NOW, instant, visit, week

TUESDAY, FRIDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)
VISIT = visit(7, at("09:00"))


def scene_of(*lines: object, day: date = MONDAY, by: str = "rooms", subject: str = "") -> WeekScene:
    return build_week(week(*(lines or (VISIT,)), day=day), ColumnChoice(by), subject, NOW)  # type: ignore[arg-type]


def held(at_minute: int = 560) -> WeekDrag:
    scene = scene_of()
    return begin_week_drag(scene, scene.blocks[0], at_minute, 5)


def fits(day: date, clock: str = "10:00") -> FitMap:
    start = at(clock, day)
    body, end = start + timedelta(minutes=10), start + timedelta(minutes=70)
    home = end + timedelta(minutes=90)
    phases = (
        FitPhase("setup", start, body, ("R2",)),
        FitPhase("procedure", body, end, ("R2", "ALG", "C2")),
        FitPhase("recovery", end, home, ("B4",)),
    )
    fit = Fit(start, home, phases)
    warned = Warned(fit._replace(start=at("12:00", day)), "It has no authorization.")
    taken = Unfit(at("08:00", day), at("10:00", day), "Room 2 is taken.")
    return FitMap(7, 5, {"R2": ColumnFit((fit,), (taken,), (warned,))})


def test_a_block_just_taken_stands_where_it_was() -> None:
    drag = held()
    assert (drag.column, drag.lane, drag.minute, drag.has_moved, drag.is_away) == (0, 0, 540, False, False)


def test_it_hangs_at_the_point_it_was_taken_at_over_another_room_of_another_day() -> None:
    drag = held(at_minute=560).moved((1, 1), 623)
    assert (drag.day, drag.column_code, drag.start) == (TUESDAY, "R2", at("10:05", TUESDAY))
    assert drag.has_moved


def test_beside_the_days_it_keeps_its_lane() -> None:
    drag = held().moved((2, 2), 700).moved(None, 620)
    assert (drag.column, drag.lane, drag.minute) == (2, 2, 600)


@given(st.integers(-3000, 3000), st.integers(0, 600))
def test_wherever_the_pointer_goes_the_start_is_on_the_grid_and_within_the_day(pointer: int, grip: int) -> None:
    drag = replace(held(), grip=grip).moved((0, 0), pointer)
    assert drag.minute % 5 == 0
    assert drag.start.astimezone(drag.zone).date() == MONDAY


def test_the_label_names_the_other_day_and_what_fits_there_with_its_resources() -> None:
    drag = held(540).moved((1, 1), 600).shading(TUESDAY, fits(TUESDAY))
    label = drag.label()
    assert (label.head, label.tail) == ("Setup Tue 24 Nov 10:00 fits", "C-arm B, bay 4, home 12:40")


def test_the_label_says_why_it_does_not_fit_or_what_a_reason_must_answer() -> None:
    drag = held(540).shading(TUESDAY, fits(TUESDAY))
    why, warned = drag.moved((1, 1), 540).label(), drag.moved((1, 1), 720).label()
    assert (why.tail, why.fits) == ("Room 2 is taken.", False)
    assert (warned.tail, warned.is_warning) == ("It has no authorization.", True)
    assert drag.moved((2, 1), 540).label().fits is None


def test_the_ghost_lies_in_its_lane_with_its_strips() -> None:
    (ghost,) = held(540).moved((1, 1), 600).ghosts()
    assert (ghost.column, ghost.lane, ghost.start, ghost.end, ghost.body) == (1, 1, 600, 685, (610, 670))
    assert ghost.clock == "10:10"


def test_by_keys_it_goes_by_lanes_over_the_days_and_stays_in_the_week() -> None:
    drag = held()
    assert (drag.stepped(3, 0).column, drag.stepped(3, 0).lane) == (1, 0)
    assert (drag.stepped(-1, 0).column, drag.stepped(-1, 0).lane) == (0, 0)
    assert drag.stepped(0, -100).minute == drag.scene.axis.first


def test_over_another_week_it_keeps_weekday_and_room_and_remembers_where_it_came_from() -> None:
    later = held().moved((1, 2), 700).shading(TUESDAY, fits(TUESDAY)).over(scene_of(day=MONDAY + timedelta(days=7)))
    assert later is not None
    assert (later.day, later.column_code, later.home_day) == (TUESDAY + timedelta(days=7), "R3", MONDAY)
    assert later.is_away
    assert later.fit_maps == {}


def test_over_its_own_week_it_is_let_go_where_it_is_no_longer_as_it_was_taken() -> None:
    assert held().over(scene_of(VISIT)) is not None
    assert held().over(scene_of(visit(7, at("09:30")))) is None
    assert held().over(scene_of(visit(8, at("09:00")))) is None


def test_where_the_clock_goes_back_the_wall_clock_tells_the_start() -> None:
    sunday = date(2026, 11, 1)
    late = visit(7, instant("2026-11-01T09:00"))
    scene = build_week(week(late, day=sunday, weekend=True), ColumnChoice(), "", NOW)
    drag = begin_week_drag(scene, scene.blocks[0], 540, 5)
    assert drag.minute == 540
    assert drag.start == instant("2026-11-01T09:00")
    assert not drag.has_moved
    (ghost,) = drag.moved((drag.column, 0), 600).ghosts()
    assert (ghost.start, ghost.end) == (600, 685)


def test_what_comes_from_the_tray_hangs_in_its_own_room_or_the_first_that_is_shown() -> None:
    plan = line(7, start=at("09:00", FRIDAY))
    drag = carried_drag(scene_of(), plan, FRIDAY, CATALOGUE, 5)
    assert drag is not None
    assert (drag.column_code, drag.home_day, drag.is_from_tray) == ("R1", FRIDAY, True)
    other = carried_drag(scene_of(subject="R2"), plan, FRIDAY, CATALOGUE, 5)
    assert other is not None
    assert (other.column_code, other.home_code) == ("R2", "R1")
    assert carried_drag(scene_of(subject="NP1"), plan, FRIDAY, CATALOGUE, 5) is not None
