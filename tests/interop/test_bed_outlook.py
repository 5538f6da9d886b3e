"""What is ahead of a sweep: what beds are worth on nights not planned yet, and which rooms a stay may well have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings

from desk_app.domain.beds import UNPLACED, BedInstance, BedRoom, BedStay, Board, RoomPolicy, StayTable
from tests.helpers.bed_instances_small import bed_instances, cheapest, needs_highs

if TYPE_CHECKING:
    from desk_app.interop.bed_plans.outlook import Outlook

pytestmark = needs_highs

NIGHTS = 6
UNPLACED_NIGHT = 50
CHEAP, DEAR = 0, 1
"""Rooms."""


def table_of(stays: list[tuple[str, int, int]], beds: int = 1, policy: RoomPolicy = RoomPolicy.ANY) -> StayTable:
    """Stays by sex, first and last night; ten a night more in the dear room, which has beds for all."""
    rooms = (BedRoom("cheap", beds, policy), BedRoom("dear", len(stays), RoomPolicy.ANY))
    made = (
        BedStay(f"s{number}", sex, first, last, {"cheap": 0, "dear": 10 * (last - first + 1)})
        for number, (sex, first, last) in enumerate(stays)
    )
    return StayTable(BedInstance(NIGHTS, UNPLACED_NIGHT, rooms, tuple(made)))


def outlook_of(board: Board, stays: list[int]) -> Outlook:
    from desk_app.interop.bed_plans.outlook import Known, Outlook
    from desk_app.interop.bed_plans.relaxation import relaxed

    return Outlook(board, Known(relaxed(board.table).prices), stays, range(board.table.nights))


def test_a_bed_is_worth_what_whoever_has_to_do_without_it_pays_more() -> None:
    board = Board(table_of([("F", 0, 1), ("F", 0, 1)]))
    outlook = outlook_of(board, [0, 1])
    assert outlook.price(0, CHEAP, range(2)) == pytest.approx(20, abs=0.1)
    assert outlook.price(0, DEAR, range(2)) == pytest.approx(0, abs=0.1)


def test_a_bed_that_all_can_have_is_worth_nothing() -> None:
    board = Board(table_of([("F", 0, 1), ("F", 1, 2)], beds=3))
    assert outlook_of(board, [0, 1]).price(0, CHEAP, range(2)) == pytest.approx(0, abs=0.1)


def test_what_is_decided_leaves_fewer_beds_and_makes_them_dearer() -> None:
    board = Board(table_of([("F", 0, 5), ("F", 0, 1), ("F", 0, 1)], beds=2))
    before = outlook_of(board, [1, 2]).price(1, CHEAP, range(2))
    board.put(0, CHEAP)
    after = outlook_of(board, [1, 2])
    assert before == pytest.approx(0, abs=0.1)
    assert after.price(1, CHEAP, range(2)) == pytest.approx(20, abs=0.1)


def test_a_stay_has_no_room_that_is_decided_to_be_full() -> None:
    board = Board(table_of([("F", 0, 5), ("F", 0, 1)]))
    board.put(0, CHEAP)
    (nobody, row) = outlook_of(board, [1]).likely([1])
    assert not nobody
    assert set(row) == {DEAR, UNPLACED}
    assert row[DEAR] == pytest.approx(0, abs=0.1)
    assert row[UNPLACED] == pytest.approx(2 * UNPLACED_NIGHT - 20, abs=0.1)


def test_a_stay_has_no_room_that_is_decided_to_be_for_the_other_sex() -> None:
    board = Board(table_of([("F", 0, 5), ("M", 0, 1)], beds=2, policy=RoomPolicy.ONE_SEX))
    board.put(0, CHEAP)
    assert set(outlook_of(board, [1]).likely([1])[1]) == {DEAR, UNPLACED}


@given(bed_instances())
@settings(deadline=None, max_examples=40)
def test_with_nothing_decided_its_prices_bound_at_least_as_high_as_the_ascents_do(small: BedInstance) -> None:
    from desk_app.interop.bed_plans.relaxation import relaxed

    assume(small.stays)
    table = StayTable(small)
    outlook = outlook_of(Board(table), list(table.stays))
    nights = range(table.nights)
    of_stays = sum(
        min(
            cost + outlook.price(stay, room, range(table.first[stay], table.last[stay] + 1))
            for room, cost in row.items()
        )
        for stay, row in enumerate(table.cost)
    )
    of_beds = sum(table.beds[room] * outlook.price(0, room, nights) for room in table.rooms)
    assert relaxed(table).bound - 0.5 <= of_stays - of_beds <= cheapest(small).cost + 1e-6
