"""What is good about a start is told in two words, and only where it is true."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from desk_app.application.desk import Desk
from desk_app.application.start_reasons import (
    CLOSES_GAP,
    FIRST,
    KEEPS_BLOCK,
    LEAST_WAIT,
    QUIET_BAYS,
    reasons,
    shortest_use,
)
from desk_app.application.use_cases import patients, practice
from desk_app.application.use_cases.booking import BookAppointment, book
from desk_app.application.use_cases.find_slots import FindSlots, find
from desk_app.application.use_cases.find_starts import find_starts
from desk_app.domain.practice import Blockout, Session
from desk_app.domain.records import Patient
from desk_app.domain.slots import Around, Slot
from desk_app.domain.zone import local_date
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, WEEK, ZONE, at

TOMORROW = date(2026, 11, 25)
SHORTEST = {"R1": 15 * 60}
PLAIN = Around("R1", 3600, 3600, False, False, False, 6, 3, 5)


def slot(start: str, minutes: int = 30) -> Slot:
    return Slot(at(start), at(start) + timedelta(minutes=minutes), ())


@pytest.mark.parametrize(
    ("near", "word"),
    [
        (PLAIN, ""),
        (PLAIN._replace(is_kept=True, before_s=0, visit_before=True, visit_after=True), KEEPS_BLOCK),
        (PLAIN._replace(before_s=0, after_s=0, visit_before=True, visit_after=True), CLOSES_GAP),
        (PLAIN._replace(before_s=0, after_s=900, visit_before=True, visit_after=True), CLOSES_GAP),
        (PLAIN._replace(before_s=0, after_s=600, visit_before=True, visit_after=True), ""),
        (PLAIN._replace(before_s=900, after_s=900, visit_before=True, visit_after=True), ""),
        (PLAIN._replace(before_s=0, visit_before=True), ""),
        (PLAIN._replace(bays_taken=1), QUIET_BAYS),
        (PLAIN._replace(bays_taken=1, bays_peak=4), ""),
        (PLAIN._replace(bays_taken=2), ""),
        (PLAIN._replace(bays=0, bays_taken=0, bays_peak=0), ""),
    ],
)
def test_each_reason_has_its_bounds(near: Around, word: str) -> None:
    slots = (slot("2026-11-25T08:00"), slot("2026-11-25T09:00"))
    assert reasons(slots, (PLAIN, near), SHORTEST) == (FIRST, word)


def test_beside_another_visit_the_start_that_makes_the_patient_wait_least_is_named() -> None:
    slots = tuple(slot(f"2026-11-25T{clock}") for clock in ("08:00", "09:00", "11:00", "13:00"))
    other = at("2026-11-25T10:00"), at("2026-11-25T10:50")
    assert reasons(slots, (PLAIN,) * 4, SHORTEST, other) == (FIRST, "", LEAST_WAIT, "")


def test_no_start_has_no_reason() -> None:
    assert reasons((), (), SHORTEST, (at("2026-11-25T10:00"), at("2026-11-25T10:50"))) == ()


def test_the_shortest_use_of_a_room_is_its_shortest_procedure_at_one_level() -> None:
    assert shortest_use(CATALOGUE) == {"R1": 15 * 60}


def joint(desk: Desk, start: str) -> None:
    number = len(desk.queries.find_patients("Ortiz", desk.now()))
    patient = patients.add(desk, Patient("", "Ortiz", f"Marisol {number}")).value
    book(desk, BookAppointment(at(start), "JOINT", patient_id=patient.id))


def told(desk: Desk, wish: FindSlots) -> dict[str, str]:
    """Wall clock of each start that has a reason."""
    return {
        f"{start.start.astimezone(ZONE):%H:%M}": run.reason(number)
        for run in find_starts(desk, wish)
        for number, start in enumerate(run.slots)
        if run.reason(number)
    }


def test_a_gap_between_two_visits_is_closed_from_either_side_but_not_with_a_scrap_left(desk: Desk) -> None:
    joint(desk, "2026-11-25T10:00")
    joint(desk, "2026-11-25T10:50")
    wish = FindSlots("JOINT", first_day=TOMORROW, days=1, limit=1000)
    # 10:15 to 10:50: against either visit 20 minutes are left, enough for another; 10:20 to 10:30 leave a scrap
    assert told(desk, wish) == {"08:00": FIRST, "10:15": CLOSES_GAP, "10:35": CLOSES_GAP}


def test_time_that_is_kept_for_the_procedure_is_named_until_it_is_released(desks: Desks) -> None:
    desk = desks()
    block = Session("R1", WEEK, date(2026, 1, 5), time(13), time(14), ("JOINT",), 1)
    practice.load(desk, replace(CATALOGUE, sessions=(*CATALOGUE.sessions, block)))
    later = FindSlots("JOINT", first_day=date(2026, 11, 27), days=1, limit=1000)
    assert [start for start, word in told(desk, later).items() if word == KEEPS_BLOCK] == [
        f"13:{minute:02}" for minute in range(0, 50, 5)
    ]
    assert KEEPS_BLOCK not in told(desk, replace(later, first_day=TOMORROW)).values()


def test_the_first_of_each_day_skips_days_without_a_start_and_still_knows_the_later_ones(desks: Desks) -> None:
    desk = desks()
    shut = Blockout("R1", at("2026-11-27T00:00"), at("2026-11-28T00:00"), "floor")
    practice.load(desk, replace(CATALOGUE, blockouts=(shut,)))
    runs = find_starts(desk, FindSlots("JOINT"), one_a_day=True)
    days = [local_date(run.first.start, ZONE).isoformat() for run in runs]
    assert days[:4] == ["2026-11-24", "2026-11-25", "2026-11-26", "2026-11-30"]
    assert (len(days), len(set(days))) == (10, 10)
    assert [run.reason(0) for run in runs] == [FIRST, *[""] * 9]
    assert runs[0].last.start > runs[0].first.start


def test_one_a_day_ends_with_the_days_asked_for(desk: Desk) -> None:
    assert len(find_starts(desk, FindSlots("JOINT", first_day=TOMORROW, days=2), one_a_day=True)) == 2
    assert find_starts(desk, FindSlots("JOINT", first_day=date(2026, 11, 20), days=2), one_a_day=True) == ()


def test_the_list_holds_exactly_the_starts_of_the_search(desk: Desk) -> None:
    joint(desk, "2026-11-25T10:00")
    wish = FindSlots("KYPHO", levels=2, limit=300)
    listed: list[datetime] = [slot.start for run in find_starts(desk, wish) for slot in run.slots]
    assert listed == [slot.start for slot in find(desk, wish)]
