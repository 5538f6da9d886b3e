"""Bays and beds are given as well as a search through every assignment finds, and where they are many never wrongly."""

from __future__ import annotations

from importlib.util import find_spec
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.domain.assignment import Assigned, Problem, Score, Spot, Stretch, assign, scored
from desk_app.domain.assignment.matching import cheapest
from desk_app.domain.assignment.search import Search, first_board
from desk_app.domain.assignment.table import NOWHERE, Table, parts
from tests.helpers.assignments import random_problem

needs_highs = pytest.mark.skipif(find_spec("highspy") is None, reason="HiGHS is not installed")
ROOMS = ("", "A", "B")
DAYS = 5


@st.composite
def problems(draw: st.DrawFn, most_spots: int = 3, most_stretches: int = 5) -> Problem:
    """Few places and people, told two ways, with impossible places, wishes, rooms and present places that clash."""
    spots = tuple(
        Spot(f"P{number}", draw(st.integers(0, 1)), draw(st.sampled_from(ROOMS)))
        for number in range(draw(st.integers(1, most_spots)))
    )
    codes = [spot.code for spot in spots]
    stretches = []
    for _ in range(draw(st.integers(0, most_stretches))):
        start, length, later = draw(st.integers(0, DAYS)), draw(st.integers(1, 3)), draw(st.integers(0, 1))
        broken = {code: draw(st.sampled_from((0, 0, 5, 10))) for code in codes if draw(st.integers(0, 4))}
        stretches.append(
            Stretch(
                ((start, start + length), (start + later, start + later + length)),
                broken,
                draw(st.sampled_from(["", *codes])),
                draw(st.sampled_from(("", "F", "M"))),
            )
        )
    return Problem(spots, tuple(stretches), draw(st.sampled_from((1, 20))))


def best_of_all(problem: Problem) -> Score:
    """By every assignment of every stretch to every place, or to none."""
    found = []
    for chosen in product(*([None, *stretch.broken] for stretch in problem.stretches)):
        places = {number: code for number, code in enumerate(chosen) if code is not None}
        try:
            found.append(scored(problem, places))
        except ValueError:
            continue
    return min(found)


@settings(max_examples=300, deadline=None)
@given(problems())
def test_of_few_no_assignment_at_all_is_better_and_that_is_proven(problem: Problem) -> None:
    found = assign(problem)
    assert scored(problem, found.places) == found.score == best_of_all(problem)
    assert found.is_proven


@settings(max_examples=100, deadline=None)
@given(problems())
def test_the_search_never_breaks_what_no_rule_lets_pass_and_counts_as_the_score_does(problem: Problem) -> None:
    for numbers in parts(problem):
        table = Table(problem, numbers)
        search = Search(first_board(table))
        search.run(200, 0)
        places = {
            table.numbers[stretch]: problem.spots[place].code
            for stretch, place in enumerate(search.best)
            if place != NOWHERE
        }
        score = scored(problem, places)
        others = Score(len(problem.stretches) - len(numbers))
        assert table.score(search.best_cost) + others == score
        assert table.score(table.cost_of(search.best)) + others == score


@pytest.mark.parametrize(("beds", "nights"), [(8, 7), (30, 1), (30, 5)])
def test_many_are_placed_without_a_clash_and_never_under_the_bound(beds: int, nights: int) -> None:
    problem = random_problem(beds, nights, seed=beds)
    found = assign(problem)
    assert scored(problem, found.places) == found.score
    assert found.bound <= found.score
    assert found.score.unplaced == 0  # everybody has lain somewhere in the plan that it was made from


def test_the_same_problem_has_the_same_answer() -> None:
    problem = random_problem(20, 4, seed=3)
    assert assign(problem) == assign(problem)


def test_who_is_well_where_they_are_stays() -> None:
    spots = tuple(Spot(f"P{number}") for number in range(20))
    well = tuple(Stretch(((0, 5),), {spot.code: 0 for spot in spots}, f"P{number}") for number in range(20))
    assert assign(Problem(spots, well)) == Assigned({n: f"P{n}" for n in range(20)}, Score(), Score())


def test_a_place_counts_more_than_any_wish_and_a_wish_more_than_any_change() -> None:
    spots = (Spot("P0"), Spot("P1"), Spot("P2"))
    night = ((0, 10),)
    only_here = Stretch(night, {"P0": 500}, "P0")
    there = Stretch(night, {"P0": 0, "P1": 0, "P2": 0}, "P0")
    wishing = Stretch(night, {"P1": 0, "P2": 1}, "P2")
    found = assign(Problem(spots, (only_here, there, wishing)))
    assert (found.places, found.score) == ({0: "P0", 1: "P2", 2: "P1"}, Score(0, 500, 2))


def test_two_of_different_groups_share_a_room_only_where_nothing_else_is_free() -> None:
    spots = (Spot("P0", room="A"), Spot("P1", room="A"), Spot("P2"))
    everywhere = {"P0": 0, "P1": 0, "P2": 0}
    pair = (Stretch(((0, 5),), everywhere, "P0", "F"), Stretch(((0, 5),), everywhere, "P1", "M"))
    assert assign(Problem(spots, pair, 60)).score == Score(0, 0, 1)
    assert assign(Problem(spots[:2], tuple(Stretch(each.spans, {"P0": 0, "P1": 0}, each.present, each.group)
                  for each in pair), 60)).score == Score(0, 60, 0)  # fmt: skip


def test_the_time_of_cleaning_keeps_the_next_one_out() -> None:
    spots = (Spot("P0", 10), Spot("P1", 0))
    pair = (Stretch(((0, 60),), {"P0": 0}, "P0"), Stretch(((65, 90),), {"P0": 0, "P1": 3}, "P0"))
    assert assign(Problem(spots, pair)).places == {0: "P0", 1: "P1"}
    later = (pair[0], Stretch(((70, 90),), {"P0": 0, "P1": 3}, "P0"))
    assert assign(Problem(spots, later)).places == {0: "P0", 1: "P0"}


def test_in_none_of_the_ways_that_the_times_are_told_do_two_meet() -> None:
    spots = (Spot("P0"), Spot("P1"))
    late = Stretch(((0, 10), (8, 18)), {"P0": 0}, "P0")
    next_one = Stretch(((10, 20), (10, 20)), {"P0": 0, "P1": 0}, "P0")
    assert assign(Problem(spots, (late, next_one))).places == {0: "P0", 1: "P1"}


def test_what_is_impossible_is_told_when_it_is_counted() -> None:
    problem = Problem((Spot("P0"),), (Stretch(((0, 5),), {"P0": 0}), Stretch(((4, 6),), {})))
    with pytest.raises(ValueError, match="two are in place P0"):
        scored(Problem(problem.spots, (problem.stretches[0],) * 2), {0: "P0", 1: "P0"})
    with pytest.raises(ValueError, match="impossible"):
        scored(problem, {1: "P0"})


@given(st.lists(st.dictionaries(st.integers(0, 4), st.integers(0, 9), max_size=5), max_size=5))
def test_the_cheapest_matching_is_that_of_all_matchings(costs: list[dict[int, int]]) -> None:
    rows = [sorted((cost, place) for place, cost in each.items()) for each in costs]
    places, total = cheapest(rows, 10)
    best = 10 * len(rows)
    for chosen in product(*([NOWHERE, *each] for each in costs)):
        used = [place for place in chosen if place != NOWHERE]
        if len(used) == len(set(used)):
            best = min(best, sum(10 if p == NOWHERE else each[p] for p, each in zip(chosen, costs, strict=True)))
    assert total == best
    assert total == sum(10 if p == NOWHERE else each[p] for p, each in zip(places, costs, strict=True))
    used = [place for place in places if place != NOWHERE]
    assert len(used) == len(set(used))


@needs_highs
@pytest.mark.parametrize("seed", range(6))
def test_a_week_of_a_ward_is_as_good_as_a_solver_proves(seed: int) -> None:
    from desk_app.interop.exact_places import exact

    problem = random_problem(Random(seed).choice((4, 6, 8)), 7, seed)
    found = assign(problem)
    best = exact(problem, 30)
    assert best is not None
    assert best.is_proven
    assert found.score == best.score
