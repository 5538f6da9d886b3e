"""Starts are gathered into runs that say when, where and with whom, and lose none."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from desk_app.application.desk import Desk
from desk_app.application.start_runs import room_and_clinicians, start_runs, without_present
from desk_app.application.use_cases import booking, patients
from desk_app.application.use_cases.find_slots import FindSlots, find
from desk_app.domain.records import Patient
from tests.helpers.small_practice import CATALOGUE, at


def test_a_free_morning_is_one_run_and_a_visit_parts_it(desk: Desk) -> None:
    patient = patients.add(desk, Patient("", "Ortiz", "Marisol")).value
    booking.book(desk, booking.BookAppointment(at("2026-11-25T10:00"), "JOINT", patient_id=patient.id))
    found = find(desk, FindSlots("JOINT", first_day=at("2026-11-25T12:00").date(), days=1, limit=1000))
    runs = start_runs(found, CATALOGUE)
    assert [(run.first.start, run.last.start) for run in runs] == [
        (at("2026-11-25T08:00"), at("2026-11-25T09:45")),
        (at("2026-11-25T10:15"), at("2026-11-25T16:45")),
    ]


def test_no_start_is_lost_and_each_run_is_of_one_day_one_room_and_the_same_people(desk: Desk) -> None:
    found = find(desk, FindSlots("JOINT", limit=400))
    runs = start_runs(found, CATALOGUE)
    assert tuple(slot for run in runs for slot in run.slots) == found
    for run in runs:
        assert len({room_and_clinicians(slot, CATALOGUE) for slot in run.slots}) == 1
        assert all(after.start - before.start == timedelta(minutes=5) for before, after in pairwise(run.slots))
    assert len({run.first.start.date() for run in runs}) == len(runs)


def test_nothing_found_is_no_run() -> None:
    assert start_runs((), CATALOGUE) == ()


def test_the_present_start_of_a_visit_parts_its_run_and_no_other_place_of_that_time_is_left_out(desk: Desk) -> None:
    found = find(desk, FindSlots("JOINT", first_day=at("2026-11-25T12:00").date(), days=1, limit=1000))
    runs = start_runs(found, CATALOGUE, [str(place) for place, _ in enumerate(found)])
    here = frozenset(room_and_clinicians(found[0], CATALOGUE))
    for present in found:
        left = without_present(runs, present.start, here, CATALOGUE)
        assert [slot for run in left for slot in run.slots] == [slot for slot in found if slot is not present]
        assert all(run.reason(place) == str(found.index(slot)) for run in left for place, slot in enumerate(run.slots))
        assert without_present(runs, present.start, frozenset({"R2"}), CATALOGUE) == runs
    assert without_present(runs, at("2026-11-25T07:00"), here, CATALOGUE) == runs
