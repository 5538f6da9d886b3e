from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.ui.screens.schedule.board_layout import LEAST_MAIN, BoardLayout, lay_out_board
from desk_app.ui.screens.schedule.day_scene import build_scene
from desk_app.ui.screens.schedule.gaps import gaps_of
from desk_app.ui.screens.schedule.scene import Block, ColumnChoice
from desk_app.ui.screens.schedule.walk import Step, Stop, next_stop
from tests.ui.schedule.days import Chain, at, line, view

LINES = (
    line(1, start=at("08:00"), chain=Chain("R1", (10, 60, 15, 90), "C1", "B1")),
    line(2, start=at("08:30"), chain=Chain("R1", (10, 60, 15, 90), "C2", "B2")),
    line(3, start=at("10:30"), chain=Chain("R2", (10, 20, 10, 30), "C2", "B3")),
    line(4, start=at("12:00"), chain=Chain("R1", (10, 20, 10, 30), None, None)),
)


def board(width: int = 930, zoom: int = 20) -> BoardLayout:
    return lay_out_board(build_scene(view(*LINES), ColumnChoice(), at("07:00"), zoom), width)


@given(st.integers(200, 2400))
def test_columns_fill_the_width_and_never_get_too_narrow(width: int) -> None:
    layout = board(width)
    rooms = layout.strips[:3]
    assert min(strip.width for strip in rooms) >= LEAST_MAIN
    assert max(strip.width for strip in rooms) - min(strip.width for strip in rooms) <= 1
    assert layout.width == layout.strips[-1].right + 1 >= width


@given(st.integers(600, 2000), st.integers(12, 40))
def test_blocks_of_a_column_never_cover_each_other_and_stay_inside(width: int, zoom: int) -> None:
    layout = board(width, zoom)
    for placed in layout.placed:
        strip = layout.strips[placed.block.column]
        assert strip.x < placed.box.x
        assert placed.box.right <= strip.right
        for other in layout.placed:
            if other is not placed and other.block.column == placed.block.column:
                apart_x = placed.box.right <= other.box.x or other.box.right <= placed.box.x
                apart_y = placed.box.bottom <= other.box.y or other.box.bottom <= placed.box.y
                assert apart_x or apart_y


def test_strips_and_body_fill_a_block_with_a_pixel_of_ground_between() -> None:
    placed = board().of_visit(1)[0]
    boxes = [box for _, box in placed.parts]
    assert [upper.bottom + 1 for upper in boxes[:-1]] == [lower.y for lower in boxes[1:]]
    assert (boxes[0].y, boxes[-1].bottom) == (placed.box.y, placed.box.bottom)


@given(st.integers(600, 2000), st.integers(12, 40), st.data())
def test_a_point_on_a_block_finds_it_and_its_column(width: int, zoom: int, data: st.DataObject) -> None:
    layout = board(width, zoom)
    placed = data.draw(st.sampled_from(layout.placed))
    x = data.draw(st.integers(placed.box.x, placed.box.right - 1))
    y = data.draw(st.integers(placed.box.y, placed.box.bottom - 1))
    hit = layout.hit(x, y)
    assert hit is not None
    assert hit.placed is placed
    assert hit.column == placed.block.column
    assert placed.block.start <= hit.minute + 2
    assert hit.minute <= placed.block.end


def test_empty_ground_is_a_gap_with_its_column_and_minute() -> None:
    layout = board()
    hit = layout.hit(layout.strips[2].x + 50, layout.scene.axis.y_of(600))
    assert hit is not None
    assert (hit.column, hit.minute, hit.placed) == (2, 600, None)


def test_between_two_groups_there_is_nothing() -> None:
    layout = board()
    assert layout.hit(layout.strips[2].right + 3, 100) is None


def codes(*steps: Step, start: int | None = None) -> list[str]:
    scene = board().scene
    gaps = gaps_of(scene, 0, 5)
    current: Stop | None = scene.main_block(start) if start else None
    walked = []
    for step in steps:
        current = next_stop(scene, gaps, current, step)
        assert current is not None
        what = str(current.id) if isinstance(current, Block) else f"{scene.axis.clock(current.start)} "
        walked.append(f"{what}{scene.columns[current.column].code}")
    return walked


def test_the_first_step_leads_to_the_days_first_visit() -> None:
    assert codes(Step.DOWN) == ["1R1"]


def test_up_and_down_walk_visits_and_gaps_by_time_and_stop_at_a_columns_ends() -> None:
    assert codes(*[Step.DOWN] * 5, start=1) == ["2R1", "09:55 R1", "4R1", "12:40 R1", "12:40 R1"]
    assert codes(Step.UP, Step.UP, Step.UP, start=4) == ["09:55 R1", "2R1", "1R1"]


def test_left_and_right_lead_to_the_nearest_time_in_the_next_column_with_visits() -> None:
    assert codes(*[Step.RIGHT] * 3, Step.LEFT, start=4) == ["11:10 R2", "08:00 R3", "1C1", "08:00 R3"]


@pytest.mark.parametrize(("step", "where"), [(Step.FIRST, "1R1"), (Step.LAST, "12:40 R1")])
def test_home_and_end_lead_to_a_columns_first_and_last_stop(step: Step, where: str) -> None:
    assert codes(step, start=2) == [where]


def test_a_day_without_visits_is_walked_from_gap_to_gap() -> None:
    scene = build_scene(view(), ColumnChoice(), at("07:00"), 20)
    gaps = gaps_of(scene, 0, 5)
    first = next_stop(scene, gaps, None, Step.DOWN)
    assert first == gaps[0]
    assert next_stop(scene, gaps, first, Step.RIGHT) == gaps[1]


def test_where_there_is_nothing_there_is_nothing_to_walk() -> None:
    assert next_stop(build_scene(view(), ColumnChoice(), at("07:00"), 20), (), None, Step.DOWN) is None
