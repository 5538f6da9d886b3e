"""A week as text: who lies in which day and lane, from when to when, whatever the clocks do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from desk_app.domain.practice import Resource, ResourceKind
from desk_app.ui.screens.schedule.scene import ColumnChoice
from desk_app.ui.screens.schedule.week_layout import LEAST_LANE, lay_out_week
from desk_app.ui.screens.schedule.week_scene import WeekScene, build_week, spoken_block, spoken_day
from tests.ui.schedule.days import CATALOGUE, MONDAY, at
from tests.ui.schedule.weeks import NOW, instant, picture, visit, week

TUESDAY = MONDAY + timedelta(days=1)
BACK, AHEAD = date(2026, 11, 1), date(2027, 3, 14)
"""Sundays on which a clock changes."""


def scene_of(*lines: object, subject: str = "", choice: ColumnChoice | None = None, **more: object) -> WeekScene:
    return build_week(week(*lines, **more), choice or ColumnChoice(), subject, NOW)  # type: ignore[arg-type]


def test_each_visit_lies_in_its_day_and_its_room() -> None:
    scene = scene_of(visit(1, at("09:00")), visit(2, at("10:00", TUESDAY), "Lee, Hana", "R2", "held"))
    assert picture(scene) == [
        "Mon R1 09:00–10:25 (09:10–10:10) Ortiz 1/1 coming",
        "Tue R2 10:00–11:25 (10:10–11:10) Lee 1/1 held",
    ]


def test_a_week_of_one_physician_has_one_lane_and_only_her_visits() -> None:
    scene = scene_of(visit(1, at("09:00")), visit(2, at("10:00"), "Lee, Hana", "R2"), subject="OSE")
    assert [lane.name for lane in scene.lanes] == ["Dr. Osei"]
    assert picture(scene) == ["Mon OSE 10:10–11:10 (10:10–11:10) Lee 1/1 coming"]
    assert scene.title == "Dr. Osei"


def test_weekends_are_there_only_where_something_is_open_or_somebody_comes() -> None:
    assert len(scene_of().days) == 5
    assert len(scene_of(weekend=True).days) == 7
    saturday = MONDAY + timedelta(days=5)
    assert [day.day.weekday() for day in scene_of(visit(1, at("09:00", saturday))).days] == [0, 1, 2, 3, 4, 5]


def test_visits_that_overlap_in_a_lane_share_it() -> None:
    scene = scene_of(visit(1, at("09:00")), visit(2, at("09:30"), "Lee, Hana"))
    assert [line.split()[-2] for line in picture(scene)] == ["1/2", "2/2"]
    boxes = [placed.box for placed in lay_out_week(scene, 1000).placed]
    assert boxes[0].right <= boxes[1].x


def test_a_visit_over_midnight_lies_in_both_days() -> None:
    scene = scene_of(visit(1, at("23:30")))
    assert picture(scene) == [
        "Mon R1 23:30–24:00 (23:40–24:00) Ortiz 1/1 coming",
        "Tue R1 00:00–00:55 (00:00–00:40) Ortiz 1/1 coming",
    ]


def test_cancelled_visits_are_hidden_unless_they_are_asked_for() -> None:
    gone = visit(1, at("09:00"), status="cancelled")
    assert scene_of(gone).blocks == ()
    assert [b.near.value for b in scene_of(gone, choice=ColumnChoice(with_cancelled=True)).blocks] == ["gone"]


def test_where_the_clock_goes_back_an_hour_is_there_twice_and_its_visits_lie_side_by_side() -> None:
    first, again = instant("2026-11-01T01:10"), instant("2026-11-01T01:10") + timedelta(hours=1)
    scene = scene_of(visit(1, first), visit(2, again, "Lee, Hana"), day=BACK)
    starts = sorted((block.start, block.part, block.parts) for block in scene.blocks)
    assert starts == [(70, 0, 2), (70, 1, 2)]
    assert all(block.end > block.start for block in scene.blocks)
    assert not any(placed.box.height <= 0 for placed in lay_out_week(scene, 1000).placed)


def test_where_the_clock_goes_ahead_the_wall_clock_tells_start_and_end() -> None:
    scene = scene_of(visit(1, instant("2027-03-14T01:30")), day=AHEAD)
    assert picture(scene) == ["Sun R1 01:30–03:55 (01:40–03:40) Ortiz 1/1 coming"]


def test_the_hours_hold_what_is_open_and_every_visit() -> None:
    assert (scene_of().axis.first, scene_of().axis.last) == (8 * 60, 17 * 60)
    early = scene_of(visit(1, at("06:20")))
    assert (early.axis.first, early.axis.last) == (6 * 60, 17 * 60)
    late = scene_of(visit(1, at("22:50")))
    assert late.axis.last == 24 * 60


def test_without_any_room_the_week_is_still_there() -> None:
    bare = replace(CATALOGUE, resources=())
    scene = build_week(week(catalogue=bare), ColumnChoice(), "", NOW)
    assert (len(scene.days), scene.lanes, scene.blocks) == (5, (), ())
    assert lay_out_week(scene, 800).hit(10, 20) is not None


def test_forty_rooms_scroll_sideways_and_none_is_hidden() -> None:
    rooms = tuple(Resource(f"R{n}", ResourceKind.PROCEDURE_ROOM, f"Room {n}") for n in range(1, 41))
    scene = build_week(
        week(visit(1, at("09:00")), catalogue=replace(CATALOGUE, resources=rooms)), ColumnChoice(), "", NOW
    )
    layout = lay_out_week(scene, 900)
    assert layout.width > 900
    lanes = [layout.lane(column, lane) for column in range(5) for lane in range(40)]
    assert all(lane.width >= LEAST_LANE for lane in lanes)
    assert all(left.right <= right.x for left, right in pairwise(lanes))


@pytest.mark.parametrize("width", [0, 600, 901, 1880])
def test_the_days_fill_the_width_and_every_point_belongs_to_one(width: int) -> None:
    layout = lay_out_week(scene_of(), width)
    assert layout.width >= width
    assert [layout.column_at(x) for x in range(layout.width - 1)].count(None) == 0


def test_a_point_on_a_visit_finds_it_and_one_beside_it_its_minute() -> None:
    layout = lay_out_week(scene_of(visit(1, at("09:00"))), 1000)
    box = layout.placed[0].box
    hit = layout.hit(box.x + 2, box.y + 2)
    assert hit is not None
    assert hit.placed is not None
    assert (hit.column, hit.lane, hit.placed.block.id) == (0, 0, 1)
    beside = layout.hit(box.x + 2, layout.scene.axis.y_of(14 * 60))
    assert beside is not None
    assert (beside.placed, beside.minute) == (None, 14 * 60)


def test_what_is_heard_names_day_time_patient_procedure_status_and_room() -> None:
    scene = scene_of(visit(1, at("09:00")))
    assert (
        spoken_block(scene.blocks[0], scene)
        == "Mon 23 Nov 09:10, Ortiz, Marisol, Kyphoplasty T12 L1, Confirmed, Room 1"
    )
    assert spoken_day(scene, 0) == "Mon 23 Nov, 1 visit, All rooms"
