from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from desk_app.application.schedule_view import ColumnFit, Fit, FitMap, FitPhase, Unfit, Warned
from desk_app.ui.screens.schedule.day_scene import build_scene
from desk_app.ui.screens.schedule.drag import Drag, begin_drag, open_spans, warned_spans
from desk_app.ui.screens.schedule.scene import ColumnChoice, Scene
from desk_app.ui.screens.schedule.stretch import begin_stretch
from tests.ui.schedule.days import at, line, view

VISIT = line(7, start=at("09:00"))


def scene_of() -> Scene:
    return build_scene(view(VISIT), ColumnChoice(), at("07:00"), 20)


def held(at_minute: int = 560) -> Drag:
    scene = scene_of()
    block = scene.main_block(7)
    assert block is not None
    return begin_drag(scene, block, at_minute, 5)


def fit_at(clock: str) -> Fit:
    start = at(clock)
    body, end = start + timedelta(minutes=10), start + timedelta(minutes=70)
    home = end + timedelta(minutes=90)
    return Fit(
        start,
        home,
        (
            FitPhase("setup", start, body, ("R2",)),
            FitPhase("procedure", body, end, ("R2", "ALG", "C2")),
            FitPhase("turnover", end, end + timedelta(minutes=15), ("R2",)),
            FitPhase("recovery", end, home, ("B4",)),
        ),
    )


FITS = FitMap(
    7,
    5,
    {
        "R2": ColumnFit(
            (fit_at("10:00"), fit_at("10:05"), fit_at("11:00")),
            (Unfit(at("10:10"), at("11:00"), "Room 2 is taken from 11:00 to 12:00."),),
        )
    },
)


def test_a_block_just_taken_stands_where_it_was() -> None:
    drag = held()
    assert (drag.column, drag.minute, drag.has_moved) == (0, 540, False)


def test_it_keeps_hanging_at_the_point_it_was_taken_at_and_snaps_to_cells() -> None:
    drag = held(560).moved(1, 622)
    assert (drag.column, drag.minute, drag.has_moved) == (1, 600, True)
    assert drag.start == at("10:00")


@given(st.integers(540, 620), st.integers(-200, 1700))
def test_wherever_the_pointer_goes_the_start_is_on_the_grid_and_within_the_day(grip: int, pointer: int) -> None:
    drag = held(grip).moved(2, pointer)
    assert drag.minute % 5 == 0
    assert 0 <= drag.minute < 1440


def test_it_stays_in_columns_of_its_own_kind() -> None:
    drag = held()
    arm = next(place for place, column in enumerate(drag.scene.columns) if column.code == "C1")
    assert drag.moved(arm, 700).column == 0
    assert drag.moved(None, 700).column == 0


def test_the_label_says_what_fits_with_its_resources() -> None:
    drag = replace(held(), fit_map=FITS).moved(1, 620)
    label = drag.label()
    assert (label.head, label.tail, label.fits) == ("Setup 10:00 fits", "C-arm B, bay 4, home 12:40", True)


def test_the_label_says_why_it_does_not_fit() -> None:
    drag = replace(held(), fit_map=FITS).moved(1, 650)
    assert (drag.label().head, drag.label().fits) == ("Setup 10:30", False)
    assert drag.label().tail == "Room 2 is taken from 11:00 to 12:00."


def test_before_the_answer_is_there_the_label_says_the_time_alone() -> None:
    label = held().moved(1, 620).label()
    assert (label.head, label.tail, label.fits) == ("Setup 10:00", "", None)


def test_the_ghost_stands_in_every_column_of_the_chain_that_fits() -> None:
    drag = replace(held(), fit_map=FITS).moved(1, 620)
    ghosts = {drag.scene.columns[ghost.column].code: ghost for ghost in drag.ghosts()}
    assert set(ghosts) == {"R2", "C2", "B4"}
    assert [part.start for part in ghosts["R2"].parts] == [600, 610, 670]
    assert (ghosts["C2"].label, ghosts["B4"].label) == ("R2", "12:40")


def test_where_it_does_not_fit_the_ghost_keeps_the_other_resources_it_has() -> None:
    drag = held().moved(2, 650)
    codes = [drag.scene.columns[ghost.column].code for ghost in drag.ghosts()]
    assert codes == ["R3", "C1", "B1"]


def test_neighbouring_starts_join_into_one_stretch() -> None:
    spans = open_spans(FITS.columns["R2"], 5)
    assert spans == ((at("10:00"), at("10:10")), (at("11:00"), at("11:05")))


WARNED = FitMap(
    7,
    5,
    {
        "R2": ColumnFit(
            (fit_at("10:00"),),
            (),
            (Warned(fit_at("16:00"), "Room 2 is closed."), Warned(fit_at("16:05"), "Room 2 is closed.")),
        )
    },
)


def test_where_a_reason_would_let_it_pass_the_label_says_what_speaks_against_it() -> None:
    drag = replace(held(), fit_map=WARNED).moved(1, 980)
    label = drag.label()
    assert (label.head, label.tail) == ("Setup 16:00 with a reason", "Room 2 is closed.")
    assert (label.fits, label.is_warning) == (True, True)
    assert {drag.scene.columns[ghost.column].code for ghost in drag.ghosts()} == {"R2", "C2", "B4"}


def test_a_day_that_is_only_doubted_fits_and_says_what_speaks_against_it() -> None:
    doubted = FitMap(7, 5, {"R2": ColumnFit((), (), (Warned(fit_at("16:00"), "Payers ask.", needs_reason=False),))})
    label = replace(held(), fit_map=doubted).moved(1, 980).label()
    assert (label.head, label.tail, label.is_warning) == ("Setup 16:00 fits, but", "Payers ask.", True)


def test_neighbouring_warnings_of_one_kind_join_into_one_stretch() -> None:
    spans = warned_spans(WARNED.columns["R2"], 5)
    assert spans == (Unfit(at("16:00"), at("16:10"), "Room 2 is closed."),)


def test_a_late_visit_is_drawn_longer_in_whole_cells_too() -> None:
    late = line(7, start=at("09:00"), status="ready")
    scene = build_scene(view(late), ColumnChoice(), at("09:23"), 20)
    block = scene.main_block(7)
    assert block is not None
    assert block.slipped
    edge = block.body.end
    stretch = begin_stretch(scene, block, edge, 5)
    assert stretch.moved(None, edge + 13).minutes == 75
    assert stretch.moved(None, edge - 7).minutes % 5 == 0
