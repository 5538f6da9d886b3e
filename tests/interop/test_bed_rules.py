"""What a bound is made of: rules that whole stays keep, sexes that are settled, pieces that are chosen."""

from __future__ import annotations

import random
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.domain.beds import UNPLACED, BedInstance, BedRoom, BedStay, Board, RoomPolicy, StayTable, first_plan
from tests.benchmarks.bed_instances import Size
from tests.helpers.bed_instances_small import bed_instances, cheapest, made, needs_highs

pytestmark = needs_highs

WARD = Size(2, 14, 42, 14, 110, 0.7)


@st.composite
def crowded(draw: st.DrawFn) -> StayTable:
    """Rooms with several beds, most of them for one sex, and more stays than they have place for."""
    rooms = tuple(
        BedRoom(f"R{number}", draw(st.integers(1, 5)), draw(st.sampled_from((RoomPolicy.ONE_SEX, *RoomPolicy))))
        for number in range(draw(st.integers(2, 5)))
    )
    stays = []
    for number in range(draw(st.integers(3, 14))):
        first = draw(st.integers(0, 2))
        cost = {room.code: draw(st.integers(0, 9)) for room in rooms}
        stays.append(BedStay(f"s{number}", draw(st.sampled_from("FFMMX")), first, draw(st.integers(first, 2)), cost))
    return StayTable(BedInstance(3, 20, rooms, tuple(stays)))


@given(crowded(), st.integers(0, 2**32))
@settings(deadline=None, max_examples=300)
def test_whole_stays_keep_every_rule_that_parted_ones_break(table: StayTable, seed: int) -> None:
    from desk_app.interop.bed_plans.sex_rules import broken_rules

    chance = random.Random(seed)
    shares = []
    for stay in table.stays:
        rooms = chance.sample(list(table.rooms), min(len(table.rooms), chance.randint(1, 3)))
        shares += [(stay, room, 1 / len(rooms)) for room in rooms]
    rules = broken_rules(table, shares, [(stay, room) for stay in table.stays for room in table.rooms])
    for _ in range(10):
        board = Board(table)
        for stay in chance.sample(list(table.stays), len(table.stays)):
            for room in chance.sample(list(table.rooms), len(table.rooms)):
                if board.place[stay] == UNPLACED and board.fits(stay, room):
                    board.put(stay, room)
        for rule in rules:
            there = sum(factor for (stay, room), factor in rule.factors.items() if board.place[stay] == room)
            assert there <= rule.most + 1e-9


def test_three_rooms_of_four_beds_do_not_take_five_women_and_five_men() -> None:
    from desk_app.interop.bed_plans.relaxation import relaxed

    rooms = tuple(BedRoom(code, 4, RoomPolicy.ONE_SEX) for code in "ABC")
    stays = tuple(BedStay(f"s{number}", sex, 0, 0, {"A": 0, "B": 0, "C": 0}) for number, sex in enumerate("FFFFFMMMMM"))
    table = StayTable(BedInstance(1, 100, rooms, stays))
    with_groups, without = relaxed(table), relaxed(table)
    without.has_groups = False
    for relaxation in (with_groups, without):
        for _ in range(30):
            relaxation.improve(10)
    assert without.bound == pytest.approx(0)
    assert 25 < with_groups.bound <= 100 + 1e-6


def test_rules_that_do_nothing_are_dropped_and_bound_nearly_as_high(monkeypatch: pytest.MonkeyPatch) -> None:
    from desk_app.interop.bed_plans import relaxation

    table = StayTable(made(WARD, 3))
    keeping, dropping = relaxation.relaxed(table), relaxation.relaxed(table)
    dropping.is_large = True
    monkeypatch.setattr(relaxation, "MANY_RULES", 0)
    before = keeping.bound
    for each in (keeping, dropping):
        for _ in range(12):
            each.improve(10)
    assert dropping.model.getNumRow() < keeping.model.getNumRow()
    assert before < dropping.bound
    assert dropping.bound - before > 0.9 * (keeping.bound - before)


@given(bed_instances(most_stays=6))
@settings(deadline=None, max_examples=60)
def test_a_bound_without_the_rules_that_do_nothing_is_never_above_the_cheapest_plan(small: BedInstance) -> None:
    from desk_app.interop.bed_plans import relaxation

    bounded = relaxation.relaxed(StayTable(small))
    bounded.is_large = True
    with patch.object(relaxation, "MANY_RULES", 0):
        for _ in range(6):
            bounded.improve(10)
            assert bounded.bound <= cheapest(small).cost + 1e-6


def test_a_dive_leaves_no_night_of_a_one_sex_room_to_two_sexes() -> None:
    from desk_app.interop.bed_plans.dive import Dive
    from desk_app.interop.bed_plans.relaxation import relaxed

    table = StayTable(made(WARD, 3))
    relaxation = relaxed(table)
    relaxation.improve(10)
    before = relaxation.bound
    dive = Dive(relaxation)
    for share in (0.4, 0.8, 1.0):
        dive.settle(share)
        dive.improve(10)
    sexes: dict[tuple[int, int], set[int]] = {}
    for stay, room, _ in dive.shares:
        if table.is_one_sex[room]:
            for night in range(table.first[stay], table.last[stay] + 1):
                sexes.setdefault((room, night), set()).add(table.sex[stay])
    assert sexes
    assert all(len(each) == 1 for each in sexes.values())
    assert relaxation.bound == before


def test_no_piece_is_chosen_where_every_room_is_busy() -> None:
    from desk_app.interop.bed_plans.choosing import Chooser
    from desk_app.interop.bed_plans.relaxation import relaxed

    table = StayTable(made(WARD, 3))
    board = first_plan(table)
    chooser = Chooser(board, relaxed(table).excess, {})
    assert chooser.next(table.rooms, ()) is None
    assert chooser.next((), table.stays) is None
    found = chooser.next((), ())
    assert found is not None
    assert found[0].before


def test_pieces_grow_while_they_are_quick_and_shrink_when_they_are_not_solved() -> None:
    from desk_app.interop.bed_plans.choosing import QUICK_S, Way

    way = Way(lambda size, stays, busy: None, 3, 10, 12)
    for _ in range(5):
        way.learn(is_solved=True, seconds=QUICK_S / 2, saved=0)
    assert way.size == 12
    way.learn(is_solved=True, seconds=QUICK_S * 2, saved=0)
    assert way.size == 12
    for _ in range(20):
        way.learn(is_solved=False, seconds=3, saved=0)
    assert way.size == 3


def test_what_saves_more_is_chosen_more_often() -> None:
    from desk_app.interop.bed_plans.choosing import Way, weights

    saving, idle, new = (Way(lambda size, stays, busy: None, 1, 1, 1) for _ in range(3))
    for _ in range(20):
        saving.learn(is_solved=True, seconds=1, saved=30)
        idle.learn(is_solved=True, seconds=1, saved=0)
    most, least, unknown = weights((saving, idle, new))
    assert most > unknown > least > 0
