"""Out of a bed that closes with the fewest moves: as many as a search through every plan needs, and none that clash."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.application.bed_moves import MOST_FURTHER, moves_out_of
from desk_app.application.beds_view import BedsView, Lying, NightColumn, Recovery
from desk_app.application.desk import Desk
from desk_app.application.read_models import BedUse
from desk_app.application.use_cases import blockouts, places, practice, undo
from desk_app.application.use_cases.look_at_stay import place_card
from desk_app.application.use_cases.places import StayTonight
from desk_app.domain.bay_course import Course, Nearness
from desk_app.domain.blockouts import BlockoutWish
from desk_app.domain.practice import Resource, ResourceKind
from desk_app.domain.recovery import Rest
from desk_app.domain.slots import Night
from tests.application.steps import a_patient, book
from tests.application.test_places import WARD
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, at

NOW, FIRST = at("2026-11-23T10:00"), date(2026, 11, 23)
NIGHTS = 3
BEDS = tuple(Resource(f"N{n}", ResourceKind.OVERNIGHT_BED, f"Bed {n}") for n in range(4))
PRACTICE = replace(CATALOGUE, resources=(*CATALOGUE.resources[:-1], *BEDS))


def lying(number: int, bed: str, sex: str = "") -> Lying:
    use = BedUse(
        number, 1, number, f"P{number}", "", sex, "", "KYPHO", "Kyphoplasty", 1, "booked", "planned", "", "[]",
        NOW, NOW, None, None, bed, "overnight_bed", NOW, NOW, NOW,
    )  # fmt: skip
    return Lying(use, Course(NOW, NOW + timedelta(hours=1), Nearness.COMING), Rest(NOW, NOW, None, NOW))


def view_of(stays: dict[int, tuple[str, range]], beds: tuple[Resource, ...] = BEDS) -> BedsView:
    columns = []
    for night in range(NIGHTS):
        here = {bed: lying(number, bed) for number, (bed, nights) in stays.items() if night in nights}
        day = FIRST + timedelta(days=night)
        columns.append(NightColumn(Night(day, len(beds), len(here), 0, 0, 0.0), here))
    return BedsView(PRACTICE, NOW, FIRST, Recovery(FIRST), beds, tuple(columns))


@st.composite
def plans(draw: st.DrawFn) -> dict[int, tuple[str, range]]:
    """Stays that do not clash, in the order in which they were drawn."""
    made: dict[int, tuple[str, range]] = {}
    for number in range(1, draw(st.integers(1, 6)) + 1):
        first = draw(st.integers(0, NIGHTS - 1))
        nights = range(first, draw(st.integers(first + 1, NIGHTS)))
        bed = draw(st.sampled_from([each.code for each in BEDS]))
        if all(bed != other or not set(nights) & set(taken) for other, taken in made.values()):
            made[number] = (bed, nights)
    return made


def fewest(stays: dict[int, tuple[str, range]], closed: str) -> int | None:
    """By every assignment of every stay to every bed."""
    best = None
    for chosen in product([bed.code for bed in BEDS], repeat=len(stays)):
        beds = dict(zip(stays, chosen, strict=True))
        taken = [(beds[number], night) for number, (_, nights) in stays.items() for night in nights]
        if closed in chosen or len(taken) != len(set(taken)):
            continue
        moved = sum(1 for number, (bed, _) in stays.items() if beds[number] != bed)
        best = moved if best is None else min(best, moved)
    return best


@settings(max_examples=150)
@given(plans(), st.sampled_from([bed.code for bed in BEDS]))
def test_no_plan_needs_fewer_moves_and_none_of_ours_clashes(stays: dict[int, tuple[str, range]], closed: str) -> None:
    nights = frozenset(FIRST + timedelta(days=night) for night in range(NIGHTS))
    moves = moves_out_of(view_of(stays), closed, nights)
    out = [number for number, (bed, _) in stays.items() if bed == closed]
    best = fewest(stays, closed)
    if best is not None and best - len(out) <= MOST_FURTHER:
        assert all(move.to for move in moves)
        assert len(moves) == best
    beds = {number: bed for number, (bed, _) in stays.items()}
    for move in moves:
        if move.to:
            beds[move.number] = move.to
            there = [n for n, bed in beds.items() if bed == move.to and set(stays[n][1]) & set(stays[move.number][1])]
            assert there == [move.number]  # at every step, not only at the end


def test_whoever_finds_no_place_is_told_last() -> None:
    stays = {1: ("N0", range(3)), 2: ("N1", range(3)), 3: ("N2", range(3)), 4: ("N3", range(3))}
    (move,) = moves_out_of(view_of(stays), "N0", frozenset({FIRST}))
    assert (move.number, move.to) == (1, "")


@pytest.fixture
def ward(desks: Desks) -> Desk:
    desk = desks()
    practice.load(desk, WARD)
    return desk


def test_a_blocked_bed_lists_whom_to_move_and_one_step_moves_them(ward: Desk) -> None:
    day = date(2026, 11, 25)
    visits = []
    for wall, family in (("09:00", "Ortiz"), ("12:00", "Haddad")):
        patient = a_patient(ward, family, sex="F")
        visit = book(ward, f"{day}T{wall}", "KYPHO", patient_id=patient, override_reason="approved by phone")
        places.stay_tonight(ward, StayTonight(visit.id))
        visits.append(visit.id)
    number = [resource.code for resource in ward.catalogue().resources].index("N1")
    assert place_card(ward, number, day).moves == ()
    leak = BlockoutWish(("N1",), at(f"{day}T08:00"), at("2026-11-26T12:00"), reason="leak")
    blockouts.enter(ward, leak, frozenset(visits))
    (move,) = place_card(ward, number, day).moves
    assert (move.number, move.to) == (visits[0], "N3")
    assert places.put_all_in_place(ward, ((move.number, move.to),)).value == 1
    assert place_card(ward, number, day).moves == ()
    undo.undo(ward)
    assert len(place_card(ward, number, day).moves) == 1
    assert ward.queries.breaches(ward.now()) == ()
