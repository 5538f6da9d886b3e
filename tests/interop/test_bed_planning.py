"""Planning with HiGHS where it is installed, and with the plain engine where it is not."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from unittest.mock import patch

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desk_app.domain.beds import (
    UNPLACED,
    BedInstance,
    BedPlan,
    BedRoom,
    BedStay,
    Board,
    Clock,
    RoomPolicy,
    StayTable,
    first_plan,
    priced,
    prove_small,
)
from desk_app.interop.bed_plans import planning
from desk_app.interop.bed_plans.bed_file import parse
from tests.benchmarks.bed_instances import Size
from tests.benchmarks.published_beds import made_up
from tests.helpers.bed_instances_small import bed_instances, cheapest, made, needs_highs, needs_or_tools

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
    from desk_app.interop.bed_plans.relaxation import relaxed

    table = StayTable(small)
    relaxation = relaxed(table)
    rounds = 0
    while relaxation.improve(10) and rounds < 30:
        rounds += 1
    assert table.least(relaxation.bound) <= cheapest(small).cost


@needs_highs
def test_the_ascent_comes_close_to_what_the_programme_without_rules_of_sexes_bounds() -> None:
    from desk_app.interop.bed_plans.relaxation import relaxed

    document = made_up(FORTY_BEDS, is_homogeneous=True, seed=1)
    for room in document["rooms"]:
        room["policy"] = "any"
    relaxation = relaxed(StayTable(parse(json.dumps(document).encode(), "made")))
    begun = relaxation.bound
    assert begun > relaxation.table.least_ever
    while relaxation.improve(10):
        pass
    assert begun >= 0.98 * relaxation.bound


@needs_highs
@given(bed_instances(most_stays=6))
@settings(deadline=None, max_examples=40)
def test_all_rooms_as_one_piece_are_planned_as_cheaply_as_can_be(small: BedInstance) -> None:
    from desk_app.interop.bed_plans.neighbourhood import Piece
    from desk_app.interop.bed_plans.relaxation import relaxed

    assume(small.stays)
    table = StayTable(small)
    board = first_plan(table)
    everywhere = Piece(board, table.rooms, table.stays, relaxed(table).excess)
    assert everywhere.model.solve_within(10)
    everywhere.settle_found()
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
@given(bed_instances(most_stays=7))
@settings(deadline=None, max_examples=60)
def test_rooms_by_themselves_never_bound_above_the_cheapest_plan(small: BedInstance) -> None:
    from desk_app.interop.bed_plans.relaxation import relaxed
    from desk_app.interop.bed_plans.room_by_room import RoomByRoom

    relaxation = relaxed(table := StayTable(small))
    relaxation.improve(10)
    rooms, bounds = RoomByRoom(table, relaxation.prices), list[float]()
    rooms.work(Clock(60), lambda: False, bounds.append)
    assert len(bounds) == sum(table.is_one_sex)
    assert bounds == sorted(bounds)
    assert relaxation.bound <= rooms.bound
    assert table.least(rooms.bound) <= cheapest(small).cost


@needs_highs
def test_a_room_by_itself_knows_what_long_stays_tie_together() -> None:
    from desk_app.interop.bed_plans.relaxation import Prices
    from desk_app.interop.bed_plans.room_by_room import RoomAlone

    # Three women who may not all be there in the middle, and a man before and after: in halves they all fit.
    spans = {"G": ("F", 0, 2), "B": ("F", 0, 1), "D": ("F", 1, 2), "m": ("M", 0, 0), "n": ("M", 2, 2)}
    room = BedRoom("R", 2, RoomPolicy.ONE_SEX)
    stays = tuple(BedStay(name, sex, first, last, {"R": 0}) for name, (sex, first, last) in spans.items())
    table = StayTable(BedInstance(3, 1, (room,), stays))
    prices = Prices(0.0, [[0.0, 2.0, 4.0, 6.0]], [], [{0: 2.0 * (last - first)} for _, first, last in spans.values()])
    alone = RoomAlone(table, prices, 0, most=100)
    assert alone.solve_within(10)
    # Each stay saves one night's two; no more than two of them can be there, and the beds of three nights cost twelve.
    assert alone.rise == pytest.approx(12 - 2 * 2)


@needs_highs
def test_no_room_is_begun_once_it_is_over() -> None:
    from desk_app.interop.bed_plans.relaxation import relaxed
    from desk_app.interop.bed_plans.room_by_room import RoomByRoom

    relaxation = relaxed(table := StayTable(made(Size(1, 4, 8, 7, 20, 0.7))))
    rooms, bounds = RoomByRoom(table, relaxation.prices), list[float]()
    rooms.work(Clock(60), lambda: True, bounds.append)
    assert not bounds
    assert rooms.bound == relaxation.bound


@needs_highs
@given(bed_instances(most_stays=7), st.integers(1, 4), st.floats(1, 400))
@settings(deadline=None, max_examples=60)
def test_stretches_never_bound_above_the_cheapest_plan(small: BedInstance, length: int, most: float) -> None:
    from desk_app.interop.bed_plans.relaxation import relaxed
    from desk_app.interop.bed_plans.stretches import Stretch

    table = StayTable(small)
    relaxation = relaxed(table)
    relaxation.improve(10)
    bound = relaxation.bound
    for first in range(0, table.nights, length):
        stretch = Stretch(table, relaxation.prices, first, min(table.nights, first + length) - 1, most)
        stretch.solve_within(10)
        bound += stretch.rise
    assert table.least(bound) <= cheapest(small).cost


@needs_highs
def test_one_stretch_of_all_nights_bounds_as_high_as_the_cheapest_plan() -> None:
    from desk_app.interop.bed_plans.relaxation import relaxed
    from desk_app.interop.bed_plans.stretches import CLOSE, Stretch

    table = StayTable(made(Size(1, 4, 8, 7, 20, 0.7)))
    places, is_proven = prove_small(table, first_plan(table), steps=10**6)
    assert is_proven
    relaxation = relaxed(table)
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
def test_raising_the_bound_goes_on_after_a_pause_and_ends_without_stretches() -> None:
    from desk_app.interop.bed_plans.raising import Raising

    class Kept:
        is_over = False

        def __init__(self) -> None:
            self.bounds: list[float] = []

        def raise_bound(self, bound: float) -> None:
            self.bounds.append(bound)

    kept = Kept()
    with ThreadPoolExecutor(1) as pool:
        raising = Raising(pool, kept, StayTable(made(Size(2, 24, 70, 14, 200, 0.6))), Clock(600))
        raising.dive.result(30)
        raising.end_with_rounds()
        raising.pause()
        assert not raising.is_at_work
        told, bound = len(kept.bounds), raising.relaxation.bound
        raising.resume()
        raising.converged.result(60)
    assert not raising.is_at_work
    assert len(kept.bounds) > told
    assert raising.relaxation.bound >= bound


@needs_highs
def test_what_waits_for_a_thread_is_never_solved_once_it_has_been_ended() -> None:
    from desk_app.interop.bed_plans.solver import Solver, end_solving

    busy = Event()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(busy.wait, 60)
        model = Solver()
        waiting = pool.submit(model.solve_within, 60)
        end_solving(waiting, model)
        busy.set()
    assert waiting.cancelled()


@needs_highs
def test_what_has_only_just_begun_to_be_solved_is_ended_too() -> None:
    from desk_app.interop.bed_plans.neighbourhood import Piece
    from desk_app.interop.bed_plans.relaxation import relaxed
    from desk_app.interop.bed_plans.solver import end_solving

    board = first_plan(table := StayTable(made(Size(2, 40, 120, 28, 900, 0.8))))
    piece = Piece(board, table.rooms, table.stays, relaxed(table).excess)
    piece.model.HandleUserInterrupt = True
    is_begun = Event()

    def solve() -> bool:
        is_begun.set()
        return piece.model.solve_within(600)

    with ThreadPoolExecutor(1) as pool:
        begun, solving = time.monotonic(), pool.submit(solve)
        is_begun.wait(60)
        end_solving(solving, piece.model)
    assert not solving.result()
    assert time.monotonic() - begun < 300


@needs_highs
@needs_or_tools
@given(bed_instances(most_stays=6))
@settings(deadline=None, max_examples=40)
def test_stays_opened_one_after_the_other_are_as_cheap_as_can_be_once_all_are_open(small: BedInstance) -> None:
    from desk_app.interop.bed_plans.neighbourhood import Neighbourhood
    from desk_app.interop.bed_plans.relaxation import relaxed
    from desk_app.interop.bed_plans.stepped import Stepped

    assume(small.stays)
    board = Board(table := StayTable(small))
    everywhere = Neighbourhood(board, table.rooms, table.stays, relaxed(table).excess)
    one_by_one = Stepped(everywhere.choice, [[stay] for stay in table.stays], 0)
    assert one_by_one.solve_within(10)
    everywhere.settle(one_by_one.values())
    assert board.cost == priced(small, table.named(board.place)).cost == cheapest(small).cost


@needs_highs
@needs_or_tools
def test_who_is_stopped_before_the_first_step_has_what_was_before() -> None:
    from desk_app.interop.bed_plans.neighbourhood import Neighbourhood
    from desk_app.interop.bed_plans.relaxation import relaxed
    from desk_app.interop.bed_plans.stepped import Stepped

    table = StayTable(made(FORTY_BEDS))
    board = first_plan(table)
    places = list(board.place)
    everywhere = Neighbourhood(board, table.rooms, table.stays, relaxed(table).excess)
    model = Stepped(everywhere.choice, [table.stays], 0)
    model.stop()
    assert not model.solve_within(10)
    assert model.values() == everywhere.choice.as_before
    everywhere.settle(model.values())
    assert board.place == places


class Watched:
    """Whoever keeps the plan of a sweep."""

    is_over = False

    def tell(self) -> None:
        """Nobody watches."""


def swept(table: StayTable) -> Board:
    from desk_app.interop.bed_plans.relaxation import relaxed
    from desk_app.interop.bed_plans.sweep import Sweep

    relaxation, board = relaxed(table), first_plan(table)
    relaxation.improve(10)
    with ThreadPoolExecutor(2) as pool:
        Sweep(pool, Watched(), board, relaxation.prices).run(Clock(10), 0.5)
    return board


@needs_highs
@needs_or_tools
@given(bed_instances(most_stays=6))
@settings(deadline=None, max_examples=40)
def test_a_sweep_in_one_window_is_as_cheap_as_can_be(small: BedInstance) -> None:
    from desk_app.interop.bed_plans import sweep

    assume(small.stays)
    table = StayTable(small)
    with patch.object(sweep, "CLOSE", 0):
        board = swept(table)
    assert board.cost == priced(small, table.named(board.place)).cost == cheapest(small).cost


@needs_highs
@needs_or_tools
@given(bed_instances(most_stays=7), st.integers(1, 3))
@settings(deadline=None, max_examples=40)
def test_a_sweep_in_many_windows_keeps_every_rule_and_leaves_nobody_out_for_whom_there_is_a_bed(
    small: BedInstance, decided: int
) -> None:
    from desk_app.interop.bed_plans import sweep

    assume(small.stays)
    table = StayTable(small)
    with (
        patch.object(sweep, "DECIDED", decided),
        patch.object(sweep, "FOLLOWED", 1),
        patch.object(sweep, "STAYS", (1, 1)),
        patch.object(sweep, "FEWEST", 1),
        patch.object(sweep, "MOST", 1),
    ):
        board = swept(table)
    assert board.cost == priced(small, table.named(board.place)).cost
    for stay, options in enumerate(table.options):
        cheaper = [room for cost, room in options if cost < table.unplaced_cost[stay]]
        assert board.place[stay] != UNPLACED or not any(board.fits(stay, room) for room in cheaper)


@pytest.fixture
def sweeps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The shares of the time that sweeps aimed at; all hospitals are large."""
    from desk_app.interop.bed_plans import relaxation, sweep

    aims: list[float] = []
    run = sweep.Sweep.run

    def watched(at_work: sweep.Sweep, clock: Clock, until: float) -> None:
        run(at_work, clock, until)
        aims.append(until)

    monkeypatch.setattr(relaxation, "MANY_STAYS", 0)
    monkeypatch.setattr(sweep.Sweep, "run", watched)
    return aims


@needs_highs
@needs_or_tools
def test_a_large_hospital_with_few_one_sex_rooms_is_swept_near_its_bound(sweeps: list[float]) -> None:
    asked = parse(json.dumps(made_up(Size(3, 28, 80, 14, 120), is_homogeneous=False, seed=1)).encode(), "made")
    assert planning.suits_a_sweep(StayTable(asked))
    plan = checked(asked, planning.plan_beds(asked, 15, told_nothing))
    assert len(sweeps) == 1
    assert plan.cost <= 1.03 * (plan.lower_bound or 0)


@needs_highs
@needs_or_tools
@pytest.mark.parametrize(("far", "count"), [(0.0, 1), (9.0, 0)])
def test_a_large_hospital_with_many_is_swept_only_if_it_was_dived_in_vain(
    sweeps: list[float], monkeypatch: pytest.MonkeyPatch, far: float, count: int
) -> None:
    asked = made(Size(3, 28, 80, 14, 200), seed=1)
    assert not planning.suits_a_sweep(StayTable(asked))
    monkeypatch.setattr(planning, "FAR", far)
    plan = checked(asked, planning.plan_beds(asked, 6, told_nothing))
    assert len(sweeps) == count
    assert plan.cost <= 1.1 * (plan.lower_bound or 0)


def test_a_full_house_is_swept_whatever_its_rooms() -> None:
    rooms = (BedRoom("A", 2, RoomPolicy.ONE_SEX),)
    stays = [BedStay(f"s{number}", "FM"[number], night, night, {"A": 1}) for number, night in enumerate((0, 1))]
    assert not planning.suits_a_sweep(StayTable(BedInstance(2, 10, rooms, tuple(stays))))
    stays.append(BedStay("s2", "F", 0, 1, {"A": 1}))
    assert planning.suits_a_sweep(StayTable(BedInstance(2, 10, rooms, tuple(stays))))


@needs_highs
@needs_or_tools
def test_ctrl_c_in_a_sweep_gives_a_bed_to_everybody_for_whom_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    from desk_app.interop.bed_plans import sweep
    from desk_app.interop.bed_plans.outlook import Known
    from desk_app.interop.bed_plans.relaxation import relaxed

    class Interrupting(Watched):
        def tell(self) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(sweep, "STAYS", (10, 10))
    table = StayTable(made(Size(2, 24, 70, 14, 200, 0.6)))
    board = first_plan(table)
    with ThreadPoolExecutor(2) as pool, pytest.raises(KeyboardInterrupt):
        sweep.Sweep(pool, Interrupting(), board, relaxed(table).prices).run(Clock(10), 0.5)
    known = Known(relaxed(table).prices)
    out = [stay for stay in table.stays if table.options[stay] and board.place[stay] == UNPLACED]
    assert not any(room != UNPLACED and board.fits(stay, room) for stay in out for room in known.pairs[stay])
    assert len(out) < len(table.stays) / 10


@needs_highs
@needs_or_tools
def test_a_fault_of_another_thread_is_told_though_the_sweep_was_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    from desk_app.interop.bed_plans import sweep
    from desk_app.interop.bed_plans.relaxation import relaxed

    def broken(*_: object) -> None:
        raise RuntimeError("no outlook")

    class Ended(Watched):
        def tell(self) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(sweep, "Outlook", broken)
    table = StayTable(made(FORTY_BEDS))
    board = first_plan(table)
    with ThreadPoolExecutor(2) as pool, pytest.raises(RuntimeError, match="no outlook"):
        sweep.Sweep(pool, Ended(), board, relaxed(table).prices).run(Clock(10), 0.5)
    assert board.cost == table.cost_of(board.place)
