"""Block sessions by hand: added, changed, removed, and released for one day; lossless in the practice file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import blocks, undo
from desk_app.application.use_cases.find_slots import FindSlots, find
from desk_app.application.use_cases.look_at_day import day_view
from desk_app.domain.faults import Conflict, RuleViolation, WrongInput
from desk_app.domain.practice import Session
from desk_app.interop import practice_export, practice_file
from tests.helpers.small_practice import CATALOGUE

Desks = Callable[[], Desk]
MONDAY, NEXT = date(2026, 12, 7), date(2026, 12, 14)
BLOCK = Session("ALG", "FREQ=WEEKLY;BYDAY=MO", date(2026, 1, 5), time(8), time(12), ("KYPHO",), 7)


def mornings(desk: Desk, day: date) -> int:
    """How many starts of the short procedure the search gives before noon."""
    wish = FindSlots("JOINT", first_day=day, days=1, before=time(11, 30), limit=500)
    return len(find(desk, wish))


def words(desk: Desk, day: date) -> list[str]:
    return [shade.text for shade in day_view(desk, day).shading["ALG"] if shade.code in ("reserved", "released")]


def test_a_new_block_is_kept_for_its_procedures_until_its_release(desk: Desk) -> None:
    assert mornings(desk, MONDAY)
    blocks.add(desk, BLOCK)
    assert mornings(desk, MONDAY) == 0
    assert words(desk, MONDAY) == ["kept for Kyphoplasty, opens Mon 30 Nov"]
    assert mornings(desk, date(2026, 11, 30)) > 0, "its own release date has come"


def test_one_day_released_by_hand_is_open_to_all_and_says_so_and_the_next_stays_kept(desk: Desk) -> None:
    made = blocks.add(desk, BLOCK).value
    blocks.release(desk, made.id, MONDAY, version=made.version)
    assert mornings(desk, MONDAY) > 0
    assert mornings(desk, NEXT) == 0
    assert words(desk, MONDAY) == ["released by hand, was kept for Kyphoplasty"]
    card = blocks.card(desk, made.id, MONDAY)
    assert (card.released, card.by_hand) == (True, True)
    assert not blocks.card(desk, made.id, NEXT).released
    undo.undo(desk)
    assert mornings(desk, MONDAY) == 0


def test_a_released_day_can_be_kept_again(desk: Desk) -> None:
    made = blocks.add(desk, BLOCK).value
    blocks.release(desk, made.id, MONDAY)
    blocks.release(desk, made.id, MONDAY, released=False)
    assert mornings(desk, MONDAY) == 0
    with pytest.raises(RuleViolation) as refused:
        blocks.release(desk, made.id, MONDAY, released=False)
    assert refused.value.code == "kept_already"


def test_only_a_day_of_a_block_is_released(desk: Desk) -> None:
    made = blocks.add(desk, BLOCK).value
    with pytest.raises(RuleViolation):
        blocks.release(desk, made.id, date(2026, 12, 8))
    general = blocks.add(desk, replace(BLOCK, reserved_for=())).value
    with pytest.raises(RuleViolation):
        blocks.release(desk, general.id, MONDAY)


def test_a_released_day_is_in_the_practice_file_and_comes_back_from_it(desk: Desk) -> None:
    made = blocks.add(desk, BLOCK).value
    blocks.release(desk, made.id, MONDAY)
    known = desk.queries.catalogue()
    assert known is not None
    text = practice_export.export(known)
    assert "released = [2026-12-07]" in text
    assert practice_file.parse(text.encode(), "p.toml").catalogue == known


def test_a_block_is_changed_and_keeps_the_released_days_that_are_still_its_own(desk: Desk) -> None:
    made = blocks.add(desk, BLOCK).value
    made = blocks.release(desk, made.id, MONDAY).value
    made = blocks.change(desk, replace(made, end=time(10)), made.version).value
    assert made.released == (MONDAY,)
    made = blocks.change(desk, replace(made, rrule="FREQ=WEEKLY;BYDAY=TU"), made.version).value
    assert made.released == ()
    assert mornings(desk, MONDAY) > 0
    undo.undo(desk)
    undo.undo(desk)
    known = desk.queries.catalogue()
    assert known is not None
    assert known.sessions[-1] == replace(BLOCK, released=(MONDAY,))


def test_a_removed_block_frees_its_stretch_and_undo_brings_it_back(desk: Desk) -> None:
    made = blocks.add(desk, BLOCK).value
    blocks.remove(desk, made.id, made.version)
    assert desk.queries.catalogue() == CATALOGUE
    assert mornings(desk, MONDAY) > 0
    undo.undo(desk)
    assert mornings(desk, MONDAY) == 0
    with pytest.raises(Conflict):
        blocks.remove(desk, made.id, made.version)


def test_another_desk_learns_of_a_release(desks: Desks, desk: Desk) -> None:
    made = blocks.add(desk, BLOCK).value
    other = desks()
    assert mornings(other, MONDAY) == 0
    blocks.release(desk, made.id, MONDAY)
    assert mornings(other, MONDAY) > 0
    with pytest.raises(Conflict):
        blocks.release(other, made.id, NEXT, version=made.version)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(BLOCK, resource="XYZ"),
        replace(BLOCK, rrule="FREQ=HOURLY"),
        replace(BLOCK, reserved_for=("NOSUCH",)),
    ],
)
def test_what_the_practice_does_not_know_is_refused(desk: Desk, wrong: Session) -> None:
    with pytest.raises(WrongInput):
        blocks.add(desk, wrong)


def test_a_block_over_midnight_is_released_by_the_day_it_begins_on(desk: Desk) -> None:
    made = blocks.add(desk, replace(BLOCK, start=time(20), end=time(2))).value
    blocks.release(desk, made.id, MONDAY)
    with pytest.raises(RuleViolation):
        blocks.release(desk, made.id, date(2026, 12, 8))
