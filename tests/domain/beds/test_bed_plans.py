"""The plain engine: plans keep the rules, cost what is said, and are the cheapest where that can be proven."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.domain.beds import (
    UNPLACED,
    BedInstance,
    BedRoom,
    BedStay,
    Board,
    Clock,
    RoomPolicy,
    Search,
    StayTable,
    Wish,
    bound_by_prices,
    first_plan,
    kept_for,
    plain_plan,
    priced,
    prove_small,
)
from tests.benchmarks.bed_instances import Size, instance
from tests.helpers.bed_instances_small import bed_instances, cheapest

SHARED = BedRoom("R1", 2, RoomPolicy.ONE_SEX)
ANYBODY = BedRoom("R2", 1, RoomPolicy.ANY)


def stay(name: str, sex: str, first: int, last: int, **cost: int) -> BedStay:
    return BedStay(name, sex, first, last, cost)


def of(*stays: BedStay, rooms: tuple[BedRoom, ...] = (SHARED, ANYBODY)) -> BedInstance:
    return BedInstance(5, 100, rooms, stays)


def middling() -> StayTable:
    """Forty beds for two weeks."""
    document = instance(Size(2, 14, 40, 14, 110, 0.8), seed=3)
    rooms = tuple(BedRoom(room["code"], room["beds"], RoomPolicy(room["policy"])) for room in document["rooms"])
    stays = tuple(BedStay(**each) for each in document["stays"])
    return StayTable(BedInstance(document["nights"], document["unplaced_night"], rooms, stays))


def planned(table: StayTable, seconds: float = 0.3) -> tuple[dict[str, str], int]:
    places, bound = plain_plan(table, Clock(seconds), lambda cost, bound: None)
    return dict(table.named(places)), bound


def test_a_stay_takes_its_cheapest_room() -> None:
    assert planned(StayTable(of(stay("a", "F", 0, 2, R1=7, R2=3)))) == ({"a": "R2"}, 3)


def test_two_sexes_never_share_a_one_sex_room_on_a_night() -> None:
    both = of(stay("a", "F", 0, 2, R1=0), stay("b", "M", 2, 4, R1=0))
    rooms, cost = planned(StayTable(both))
    assert len(rooms) == 1
    assert cost == 300
    with pytest.raises(ValueError, match="mixes sexes on night 2"):
        priced(both, {"a": "R1", "b": "R1"})


def test_two_sexes_follow_one_another_in_a_one_sex_room() -> None:
    assert planned(StayTable(of(stay("a", "F", 0, 2, R1=0), stay("b", "M", 3, 4, R1=0)))) == ({"a": "R1", "b": "R1"}, 0)


def test_a_room_never_has_more_stays_than_beds() -> None:
    crowd = of(*(stay(name, "F", 1, 3, R1=0) for name in "abc"))
    rooms, cost = planned(StayTable(crowd))
    assert (len(rooms), cost) == (2, 300)
    with pytest.raises(ValueError, match="too few beds on night 1"):
        priced(crowd, dict.fromkeys("abc", "R1"))


def test_a_room_that_is_missing_from_the_cost_is_impossible() -> None:
    only = of(stay("a", "F", 0, 0, R2=5))
    with pytest.raises(ValueError, match="R1 is impossible for stay a"):
        priced(only, {"a": "R1"})


def test_a_stay_without_a_room_costs_each_of_its_nights() -> None:
    plan = priced(of(stay("a", "F", 1, 3), stay("b", "F", 4, 4)), {})
    assert (plan.cost, plan.unplaced_nights) == (400, 4)


def test_a_room_dearer_than_no_room_is_not_taken() -> None:
    assert planned(StayTable(of(stay("a", "F", 0, 0, R1=101)))) == ({}, 100)


def test_a_room_as_dear_as_no_room_is_taken() -> None:
    assert planned(StayTable(of(stay("a", "F", 0, 0, R1=100)))) == ({"a": "R1"}, 100)


def test_nothing_to_plan_costs_nothing() -> None:
    assert planned(StayTable(of(rooms=()))) == ({}, 0)


@given(bed_instances())
@settings(deadline=None)
def test_small_instances_are_planned_as_cheaply_as_can_be_and_that_is_proven(small: BedInstance) -> None:
    table = StayTable(small)
    rooms, bound = planned(table, seconds=60)
    plan = priced(small, rooms, bound)
    assert plan.cost == cheapest(small).cost
    assert plan.is_proven


@given(bed_instances())
@settings(deadline=None)
def test_prices_never_bound_above_the_cheapest_plan(small: BedInstance) -> None:
    table, best = StayTable(small), cheapest(small).cost
    steps = iter([0.0] * 60)
    bound = bound_by_prices(table, first_plan(table).cost, lambda: next(steps, 1.0))
    assert table.least(bound) <= best


@given(bed_instances(most_stays=12), st.integers(0, 5))
@settings(deadline=None)
def test_a_search_only_makes_a_plan_better_and_keeps_every_rule(small: BedInstance, seed: int) -> None:
    table = StayTable(small)
    board = first_plan(table)
    before, looks = board.cost, iter([0.0, 0.3, 0.6])
    search = Search(board, seed=seed)
    search.run(lambda: next(looks, 1.0))
    plan = priced(small, table.named(search.best))
    assert plan.cost == search.best_cost == board.cost <= before


@given(bed_instances(most_stays=8), st.data())
@settings(deadline=None)
def test_a_board_says_that_a_stay_fits_exactly_when_no_rule_is_broken(small: BedInstance, data: st.DataObject) -> None:
    table = StayTable(small)
    board = Board(table)
    for each in table.stays:
        options = [room for _, room in table.options[each]]
        if not options:
            continue
        room = data.draw(st.sampled_from(options))
        tried = list(board.place)
        tried[each] = room
        try:
            priced(small, table.named(tried))
            is_allowed = True
        except ValueError:
            is_allowed = False
        assert board.fits(each, room) == is_allowed
        if is_allowed:
            board.put(each, room)
    assert board.cost == priced(small, table.named(board.place)).cost
    board.lay([UNPLACED] * len(board.place))
    assert board.taken == board.empty
    assert board.cost == sum(table.unplaced_cost)


def test_what_is_too_large_to_prove_in_some_steps_is_left_as_it_was() -> None:
    table = middling()
    board = first_plan(table)
    before = board.cost
    places, is_proven = prove_small(table, board, steps=500)
    assert not is_proven
    assert table.cost_of(places) <= before


def test_forty_beds_are_planned_within_the_time_and_bounded() -> None:
    table = middling()
    clock = Clock(1.0)
    places, bound = plain_plan(table, clock, lambda cost, bound: None)
    assert clock.gone() < 1.5
    plan = priced(table.instance, table.named(places), bound)
    assert 0 < bound <= plan.cost < first_plan(table).cost


def test_ctrl_c_leaves_the_best_plan_so_far() -> None:
    table = middling()

    def interrupted(cost: int, bound: int) -> None:
        raise KeyboardInterrupt

    places, bound = plain_plan(table, Clock(60), interrupted)
    assert bound <= priced(table.instance, table.named(places)).cost <= first_plan(table).cost


def test_a_bound_is_rounded_up_to_a_cost_that_a_plan_can_have() -> None:
    table = StayTable(of(stay("a", "F", 0, 0, R1=20, R2=60)))
    assert [table.least(bound) for bound in (-3.0, 0.0, 1.0, 20.0, 20.5)] == [0, 0, 20, 20, 40]


def test_a_room_is_kept_for_the_sexes_that_are_worth_the_most() -> None:
    wishes = [Wish(0, 2, 0, 5.0), Wish(2, 3, 1, 4.0), Wish(3, 4, 1, 3.0)]
    assert kept_for(wishes, nights=5, sexes=2) == [0, 0, 0, 1, 1]
    assert kept_for([*wishes, Wish(2, 4, 1, 9.0)], nights=5, sexes=2)[2:] == [1, 1, 1]
