"""Planning with HiGHS where it is installed, and with the plain engine where it is not."""

from __future__ import annotations

import json
import time
from unittest.mock import patch

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desk_app.domain.beds import BedInstance, BedPlan, Clock, StayTable, first_plan, priced, prove_small
from desk_app.interop.bed_plans import planning
from desk_app.interop.bed_plans.bed_file import parse
from tests.benchmarks.bed_instances import Size
from tests.benchmarks.published_beds import made_up
from tests.helpers.bed_instances_small import bed_instances, cheapest, made, needs_highs

FORTY_BEDS = Size(2, 14, 40, 14, 110, 0.7)


def told_nothing(cost: int, bound: int) -> None:
    """Nobody watches."""


def checked(asked: BedInstance, plan: BedPlan) -> BedPlan:
    """The plan, if it keeps every rule, costs what it says and is not cheaper than its own bound."""
    again = priced(asked, plan.rooms, plan.lower_bound)
    assert again == plan
    assert plan.lower_bound is not None
    assert plan.lower_bound <= plan.cost
    return plan


@given(bed_instances())
@settings(deadline=None, max_examples=40)
def test_small_instances_are_proven(small: BedInstance) -> None:
    plan = checked(small, planning.plan_beds(small, 30, told_nothing))
    assert plan.cost == plan.lower_bound == cheapest(small).cost


def test_forty_beds_are_planned_within_the_time() -> None:
    asked, begun = made(FORTY_BEDS), time.monotonic()
    plan = checked(asked, planning.plan_beds(asked, 2, told_nothing))
    assert time.monotonic() - begun < 4
    assert plan.cost < first_plan(StayTable(asked)).cost


def test_without_highs_the_plain_engine_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "has_solver", lambda: False)
    asked = made(FORTY_BEDS)
    plan = checked(asked, planning.plan_beds(asked, 1, told_nothing))
    assert plan.cost < first_plan(StayTable(asked)).cost


def test_ctrl_c_ends_it_with_the_best_plan_so_far() -> None:
    told = 0

    def interrupting(cost: int, bound: int) -> None:
        nonlocal told
        told += 1
        if told == 2:
            raise KeyboardInterrupt

    asked, begun = made(Size(2, 24, 70, 14, 200, 0.8)), time.monotonic()
    checked(asked, planning.plan_beds(asked, 60, interrupting))
    assert time.monotonic() - begun < 30


@needs_highs
@given(bed_instances())
@settings(deadline=None, max_examples=60)
def test_parts_of_stays_never_bound_above_the_cheapest_plan(small: BedInstance) -> None:
    from desk_app.interop.bed_plans.relaxation import Relaxation

    table = StayTable(small)
    relaxation = Relaxation(table)
    rounds = 0
    while relaxation.improve(10) and rounds < 30:
        rounds += 1
    assert table.least(relaxation.bound) <= cheapest(small).cost


@needs_highs
@given(bed_instances(most_stays=6))
@settings(deadline=None, max_examples=40)
def test_all_rooms_as_one_piece_are_planned_as_cheaply_as_can_be(small: BedInstance) -> None:
    from desk_app.interop.bed_plans.neighbourhood import Neighbourhood
    from desk_app.interop.bed_plans.relaxation import Relaxation

    assume(small.stays)
    table = StayTable(small)
    board = first_plan(table)
    everywhere = Neighbourhood(board, table.rooms, table.stays, Relaxation(table).excess)
    assert everywhere.model.solve_within(10)
    everywhere.settle()
    assert board.cost == priced(small, table.named(board.place)).cost == cheapest(small).cost


@needs_highs
def test_forty_beds_at_sixty_per_cent_are_within_three_per_cent_of_their_bound() -> None:
    asked = made(Size(2, 14, 40, 14, 110, 0.6))
    plan = checked(asked, planning.plan_beds(asked, 20, told_nothing))
    assert plan.cost <= 1.03 * (plan.lower_bound or 0)


def test_rooms_are_settled_in_ever_smaller_steps_until_all_are() -> None:
    shares = planning.shares_to_settle(5)
    steps = [after - before for before, after in zip([0.0, *shares], shares, strict=False)]
    assert shares[-1] == 1
    assert steps == sorted(steps, reverse=True)


def test_a_clock_knows_what_is_over_of_a_stretch() -> None:
    clock = Clock(1000)
    assert 0 <= clock.stretch(0.5)() < 0.1
    assert 490 < clock.left(0.5) <= 500


@needs_highs
@given(bed_instances(most_stays=7), st.integers(1, 4), st.floats(1, 400))
@settings(deadline=None, max_examples=60)
def test_stretches_never_bound_above_the_cheapest_plan(small: BedInstance, length: int, most: float) -> None:
    from desk_app.interop.bed_plans.relaxation import Relaxation
    from desk_app.interop.bed_plans.stretches import Stretch

    table = StayTable(small)
    relaxation = Relaxation(table)
    relaxation.improve(10)
    bound = relaxation.bound
    for first in range(0, table.nights, length):
        stretch = Stretch(table, relaxation.prices, first, min(table.nights, first + length) - 1, most)
        stretch.solve_within(10)
        bound += stretch.rise
    assert table.least(bound) <= cheapest(small).cost


@needs_highs
def test_one_stretch_of_all_nights_bounds_as_high_as_the_cheapest_plan() -> None:
    from desk_app.interop.bed_plans.relaxation import Relaxation
    from desk_app.interop.bed_plans.stretches import CLOSE, Stretch

    table = StayTable(made(Size(1, 4, 8, 7, 20, 0.7)))
    places, is_proven = prove_small(table, first_plan(table), steps=10**6)
    assert is_proven
    relaxation = Relaxation(table)
    while relaxation.improve(10):
        pass
    stretch = Stretch(table, relaxation.prices, 0, table.nights - 1, 1000)
    assert stretch.solve_within(10)
    assert table.cost_of(places) - CLOSE <= relaxation.bound + stretch.rise <= table.cost_of(places) + 1e-6


@needs_highs
def test_stretches_cover_every_night_once() -> None:
    from desk_app.interop.bed_plans.raising import stretches_of

    for nights in (1, 13, 14, 21, 28, 91, 365):
        for stays in (10, 10_000):
            covered = [night for first, last in stretches_of(nights, stays) for night in range(first, last + 1)]
            assert covered == list(range(nights))
    assert len(stretches_of(21, 900)) == 1
    assert len(stretches_of(84, 2750)) == 6


@needs_highs
@given(bed_instances(most_stays=6))
@settings(deadline=None, max_examples=60)
def test_rooms_given_in_a_dive_keep_every_rule_and_never_bound_above_the_cheapest_plan(small: BedInstance) -> None:
    from desk_app.interop.bed_plans import dive as dives
    from desk_app.interop.bed_plans.relaxation import Relaxation

    assume(small.stays)
    table = StayTable(small)
    relaxation = Relaxation(table)
    relaxation.improve(10)
    with patch.object(dives, "MOSTLY_IN_ONE", -1):
        dive = dives.Dive(relaxation, may_give_rooms=True)
    assert dive.gives_rooms
    for share in (0.5, 1.0):
        dive.settle(share)
        dive.improve(10)
    given = priced(small, table.named(dive.given))
    assert len(given.rooms) >= sum(part > 0.99 for _, _, part in dive.shares)
    assert table.least(dive.bound) <= cheapest(small).cost


@needs_highs
def test_a_hospital_whose_stays_mostly_have_one_best_room_is_planned_near_its_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from desk_app.interop.bed_plans import dive, raising, relaxation

    given: set[bool] = set()
    settle = dive.Dive.settle

    def watched(at_work: dive.Dive, share: float) -> None:
        given.add(at_work.gives_rooms)
        settle(at_work, share)

    monkeypatch.setattr(relaxation, "MANY_PAIRS", 0)
    monkeypatch.setattr(raising, "A_LONG_ROUND", 0)
    monkeypatch.setattr(dive, "MOSTLY_IN_ONE", 0)
    monkeypatch.setattr(dive.Dive, "settle", watched)
    asked = parse(json.dumps(made_up(Size(3, 28, 80, 14, 120), is_homogeneous=False, seed=1)).encode(), "made")
    plan = checked(asked, planning.plan_beds(asked, 15, told_nothing))
    assert True in given
    assert plan.cost <= 1.03 * (plan.lower_bound or 0)
