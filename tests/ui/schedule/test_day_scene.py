from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.application.day_plan import DayPlanLine
from desk_app.application.schedule_view import BLOCKED, CLOSED, RESERVED, pack_lanes
from desk_app.domain.practice import PhaseKind
from desk_app.ui.screens.schedule.column_facts import WEIGHT, bays_at_once, uncovered
from desk_app.ui.screens.schedule.day_scene import build_scene
from desk_app.ui.screens.schedule.scene import ColumnChoice, Group, Nearness, Scene, ShadeSpan
from tests.ui.schedule.days import MONDAY, Chain, at, line, view

NOW = at("07:00")
BY_ROOMS = ColumnChoice()
spans = st.lists(
    st.tuples(st.integers(0, 200), st.integers(1, 60)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=30
)


def scene_of(
    *lines: DayPlanLine,
    now: datetime = NOW,
    choice: ColumnChoice = BY_ROOMS,
    day: date = MONDAY,
    opens: str = "08:00",
    closes: str = "17:00",
) -> Scene:
    return build_scene(view(*lines, day=day, opens=opens, closes=closes), choice, now, 20)


@given(spans)
def test_two_spans_in_one_lane_never_overlap(stretches: list[tuple[int, int]]) -> None:
    lanes = pack_lanes(stretches)
    for place, (start, end) in enumerate(stretches):
        for other in range(place):
            other_start, other_end = stretches[other]
            if start < other_end and other_start < end:
                assert lanes[place].lane != lanes[other].lane
                assert lanes[place].lanes == lanes[other].lanes


@given(spans)
def test_a_lane_lies_within_its_clusters_width_and_the_width_is_the_densest_minute(
    stretches: list[tuple[int, int]],
) -> None:
    lanes = pack_lanes(stretches)
    assert all(0 <= lane.lane < lane.lanes for lane in lanes)
    for start, _ in stretches:
        together = [place for place, (first, last) in enumerate(stretches) if first <= start < last]
        assert all(lanes[place].lanes >= len(together) for place in together)
    if stretches:
        densest = max(sum(first <= start < last for first, last in stretches) for start, _ in stretches)
        assert max(lane.lanes for lane in lanes) == densest


def test_a_visit_stands_in_its_room_its_c_arm_and_its_bay() -> None:
    scene = scene_of(line(1, start=at("08:00")))
    blocks = scene.by_visit[1]
    assert [scene.columns[block.column].code for block in blocks] == ["R1", "C1", "B1"]
    assert [block.group for block in blocks] == [Group.MAIN, Group.C_ARMS, Group.BAYS]
    room, arm, bay = blocks
    assert [part.kind for part in room.parts] == [PhaseKind.SETUP, PhaseKind.PROCEDURE, PhaseKind.TURNOVER]
    assert (room.start, room.body.start, room.end) == (480, 490, 565)
    assert arm.label == "R1"
    assert (bay.start, bay.end, bay.label) == (550, 640, "10:40")


def test_by_clinicians_the_wide_columns_are_clinicians() -> None:
    scene = scene_of(line(1), choice=ColumnChoice("clinicians", frozenset({"NP1"})))
    assert [column.code for column in scene.columns if column.group is Group.MAIN] == ["ALG", "OSE", "LIN"]
    assert scene.columns[scene.by_visit[1][0].column].code == "ALG"
    assert scene.columns[0].people == "Room 1"


def test_a_rooms_head_names_who_leads_and_counts_visits_and_holds() -> None:
    held = line(2, start=at("10:00"), status="held", hold_until=at("12:00"))
    head = scene_of(line(1), held).columns[0]
    assert (head.people, head.summary) == ("Dr. Algendy", "2 visits, 1 held")


def test_the_fullest_minute_tells_how_many_bays_the_day_needs() -> None:
    beside = line(2, start=at("08:30"), chain=Chain("R2", (10, 60, 15, 90), "C2", "B2"))
    after = line(3, start=at("09:30"), chain=Chain("R3", (10, 60, 15, 90), "C1", "B1"))
    assert bays_at_once(scene_of(line(1), beside, after)) == 2, "the first bay is left in the minute it is taken again"
    gone = line(2, start=at("08:30"), status="cancelled", chain=Chain("R2", (10, 60, 15, 90), "C2", "B2"))
    assert bays_at_once(scene_of(line(1), gone)) == 1
    assert bays_at_once(scene_of()) == 0


def test_overlapping_visits_of_a_room_lie_side_by_side() -> None:
    scene = scene_of(line(1), line(2, start=at("08:30"), chain=Chain("R1", (10, 60, 15, 90), "C2", "B2")))
    room = [block for block in scene.blocks if block.column == 0]
    assert [(block.lane, block.lanes) for block in room] == [(0, 2), (1, 2)]


def room_after_a_late_one(status: str) -> list[tuple[int, int, int]]:
    """Start, end and lanes of a room's blocks: left at 09:20, 15 minutes of turnover, the next from 09:30."""
    late = line(1, status="in_recovery", status_since=at("09:20"))
    after = line(2, start=at("09:30"), chain=Chain("R1", (10, 60, 15, 0), "C2", None), status=status)
    scene = build_scene(view(late, after), ColumnChoice(), at("10:00"), 20)
    return [(block.start, block.end, block.lanes) for block in scene.blocks if block.column == 0]


@pytest.mark.parametrize("status", ["in_procedure", "discharged"])
def test_a_turnover_was_over_when_the_next_one_began(status: str) -> None:
    (_, cleaned, lanes), (begun, _, _) = room_after_a_late_one(status)
    assert cleaned == begun == 9 * 60 + 30
    assert lanes == 1


def test_a_turnover_stays_as_long_as_it_is_where_the_next_one_is_still_to_come() -> None:
    (_, cleaned, _), _ = room_after_a_late_one("arrived")
    assert cleaned == 9 * 60 + 35


def test_the_hours_reach_from_the_first_opening_to_the_last_visit() -> None:
    axis = scene_of(line(1, start=at("06:30")), closes="16:30").axis
    assert (axis.first, axis.last) == (6 * 60, 17 * 60)


def test_a_closed_day_without_visits_still_has_hours() -> None:
    axis = scene_of(opens="00:00", closes="00:00").axis
    assert (axis.first, axis.last) == (8 * 60, 17 * 60)


def test_a_visit_over_midnight_is_cut_at_the_days_end_and_marked() -> None:
    scene = scene_of(line(1, start=at("22:30"), chain=Chain("R1", (10, 60, 15, 90))))
    bay = scene.by_visit[1][-1]
    assert (bay.end, bay.runs_past, bay.label) == (1440, True, "01:10")
    assert scene.axis.last == 1440


def test_somebody_still_in_the_house_from_the_day_before_does_not_stretch_the_hours() -> None:
    yesterday = at("14:00") - timedelta(days=1)
    axis = scene_of(line(1, start=yesterday), line(2, start=at("08:00"))).axis
    assert (axis.first, axis.last) == (8 * 60, 17 * 60)


def test_a_visit_on_the_day_of_the_spring_change_has_its_true_length() -> None:
    day = date(2026, 3, 8)
    scene = scene_of(line(1, start=at("00:50", day), chain=Chain("R1", (10, 60, 15, 90))), day=day)
    room = scene.by_visit[1][0]
    assert (room.start, room.body.start, room.body.end) == (50, 60, 120)
    assert scene.axis.clock(room.body.end) == "03:00"


def test_fill_tells_how_near_a_visit_is() -> None:
    def near(status: str, **fields: object) -> list[Nearness]:
        return [block.near for block in scene_of(line(1, status=status, **fields)).by_visit[1]]

    now, done, coming = Nearness.NOW, Nearness.DONE, Nearness.COMING
    assert near("booked") == [coming, coming, coming]
    assert near("held", hold_until=at("23:00")) == [Nearness.HELD] * 3
    assert near("in_procedure") == [now, now, coming]
    assert near("in_recovery") == [done, done, now]
    assert near("ambulating") == near("discharged") == near("overnight") == [done, done, done]
    assert near("no_show") == [Nearness.GONE]


def test_cancelled_visits_are_shown_only_when_asked_for() -> None:
    cancelled = line(1, status="cancelled")
    assert scene_of(cancelled).blocks == ()
    assert len(scene_of(cancelled, choice=ColumnChoice(with_cancelled=True)).blocks) == 1


def test_a_long_free_stretch_is_found_between_visits() -> None:
    scene = scene_of(line(1, start=at("08:00")), line(2, start=at("11:00")), closes="13:00")
    assert scene.columns[0].free == ((565, 660),)
    assert scene.columns[1].free == ((480, 780),)


def test_a_late_start_shifts_the_chain_and_pushes_the_next_visit_of_the_room() -> None:
    late = line(1, start=at("09:25"), status="in_procedure", status_since=at("09:49"))
    next_one = line(2, "Haddad, Yusuf", start=at("10:55"), chain=Chain("R1", (10, 45, 15, 90), "C1", "B4"))
    scene = scene_of(late, next_one, now=at("10:12"))
    first, second = scene.by_visit[1][0], scene.by_visit[2][0]
    assert first.words.time == "09:49"
    assert [chip.text for chip in first.words.chips] == ["14 min late"]
    assert (first.end - first.planned[1], second.start) == (14, first.end)
    assert second.words.chips[0].text == "planned 11:05"
    assert scene.by_visit[1][2].start == first.body.end


def test_a_procedure_past_its_expected_end_is_drawn_up_to_now() -> None:
    visit = line(1, start=at("08:00"), status="in_procedure", status_since=at("08:10"))
    room = scene_of(visit, now=at("09:30")).by_visit[1][0]
    assert (room.body.start, room.body.end) == (490, 570)


def test_somebody_who_has_not_come_is_late_but_pushes_nobody() -> None:
    absent = line(1, start=at("08:00"))
    after = line(2, start=at("09:25"))
    scene = scene_of(absent, after, now=at("08:30"))
    assert scene.by_visit[1][0].words.chips[0].text == "20 min late"
    assert scene.by_visit[1][0].start == 480
    assert scene.by_visit[2][0].words.chips == ()


def test_a_gap_absorbs_what_was_late() -> None:
    late = line(1, start=at("08:00"), status="in_procedure", status_since=at("08:20"))
    after = line(2, start=at("08:00") + timedelta(hours=2))
    assert scene_of(late, after, now=at("08:30")).by_visit[2][0].start == 600


codes = st.sampled_from([BLOCKED, CLOSED, RESERVED])
shade_spans = st.lists(
    st.tuples(st.integers(0, 200), st.integers(1, 60), codes).map(lambda s: ShadeSpan(s[0], s[0] + s[1], s[2], s[2]))
)


@given(shade_spans)
def test_every_shaded_minute_has_one_reason_and_it_is_the_weightiest(shades: list[ShadeSpan]) -> None:
    shown = uncovered(shades)
    for minute in range(262):
        given = {shade.code for shade in shades if shade.start <= minute < shade.end}
        told = [shade.code for shade in shown if shade.start <= minute < shade.end]
        assert told == [code for code in WEIGHT if code in given][:1]
