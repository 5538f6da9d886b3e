"""Why not at ten: every obstacle, what would have to change, and the nearest starts."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import patients, practice
from desk_app.application.use_cases.booking import BookAppointment, book
from desk_app.application.use_cases.find_slots import FindSlots, explain
from desk_app.application.use_cases.why_not_then import NotThen, why_not_then
from desk_app.domain.faults import WrongInput
from desk_app.domain.practice import Blockout, Resource, ResourceKind, Session, Stay
from desk_app.domain.records import Patient
from desk_app.domain.slots import Slot
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, FIRST, WEEK, ZONE, at

JOINT = FindSlots("JOINT")
TWO_PHYSICIANS = replace(
    CATALOGUE,
    resources=(*CATALOGUE.resources, Resource("OSE", ResourceKind.CLINICIAN, "Dr. Osei", ("physician",))),
    sessions=(*CATALOGUE.sessions, Session("OSE", WEEK, FIRST, time(8), time(17))),
    blockouts=(Blockout("ALG", at("2026-11-25T09:00"), at("2026-11-25T12:00"), "clinic"),),
)


def joint(desk: Desk, start: str) -> Patient:
    patient = patients.add(desk, Patient("", "Ortiz", f"Marisol {start}")).value
    book(desk, BookAppointment(at(start), "JOINT", patient_id=patient.id))
    return patient


def wall(slot: Slot | None) -> str:
    return f"{slot.start.astimezone(ZONE):%Y-%m-%d %H:%M}" if slot else ""


def near(found: NotThen) -> tuple[str, str]:
    return wall(found.before), wall(found.after)


def test_a_visit_in_the_way_is_named_with_what_freeing_it_takes_and_the_starts_around_it(desk: Desk) -> None:
    joint(desk, "2026-11-25T10:00")
    found = why_not_then(desk, JOINT, at("2026-11-25T10:05"))
    assert found.reasons == (
        "Room 1 is taken from 10:00 to 10:15.",
        "Dr. Algendy is taken from 10:00 to 10:15.",
    )
    assert found.remedies == ("free Room 1 from 10:00 to 10:15",)
    assert near(found) == ("2026-11-25 09:45", "2026-11-25 10:15")


def test_two_visits_in_the_way_are_no_single_remedy(desk: Desk) -> None:
    joint(desk, "2026-11-25T10:00")
    joint(desk, "2026-11-25T10:20")
    found = why_not_then(desk, FindSlots("KYPHO"), at("2026-11-25T09:55"))
    assert "Room 1 is taken from 10:00 to 10:15." in found.reasons
    assert found.remedies == ()


def test_another_person_is_offered_who_could_do_it_then(desks: Desks) -> None:
    desk = desks()
    practice.load(desk, TWO_PHYSICIANS)
    found = why_not_then(desk, FindSlots("JOINT", clinician="ALG"), at("2026-11-25T10:00"))
    assert found.reasons == ("Dr. Algendy is blocked from 09:00 to 12:00: clinic.",)
    assert found.remedies == ("take Dr. Osei", "book over it with a manager’s reason")
    assert near(found) == ("2026-11-25 08:45", "2026-11-25 12:00")


def test_before_the_opening_the_nearest_start_is_on_the_day_before(desk: Desk) -> None:
    found = why_not_then(desk, JOINT, at("2026-11-25T07:00"))
    assert found.remedies == ("book over it with a manager’s reason",)
    assert near(found) == ("2026-11-24 16:45", "2026-11-25 08:00")


def test_a_start_that_fits_has_nothing_against_it_whatever_days_were_chosen(desk: Desk) -> None:
    found = why_not_then(desk, FindSlots("JOINT", weekdays=frozenset({0})), at("2026-11-25T09:00"))
    assert (found.reasons, found.remedies) == ((), ())
    assert near(found) == ("2026-11-25 08:55", "2026-11-25 09:05")


def test_a_time_that_has_passed_is_said_and_only_later_starts_are_offered(desk: Desk) -> None:
    found = why_not_then(desk, JOINT, at("2026-11-23T09:00"))
    assert "This start has passed." in found.reasons
    assert near(found) == ("", "2026-11-24 10:00")


def test_between_two_cells_the_grid_is_named(desk: Desk) -> None:
    found = why_not_then(desk, JOINT, at("2026-11-25T09:03"))
    assert found.reasons == ("Visits start on the 5-minute grid.",)
    assert near(found) == ("2026-11-25 09:00", "2026-11-25 09:05")


def test_a_year_far_away_is_answered_too(desk: Desk) -> None:
    found = why_not_then(desk, JOINT, at("2031-11-26T03:00"))
    assert near(found) == ("2031-11-25 16:45", "2031-11-26 08:00")


def test_a_night_that_is_too_much_can_be_left_out(desk: Desk) -> None:
    """One bed: with somebody in it no second stay can be planned, but a visit of the day can."""
    patient = patients.add(desk, Patient("", "Haddad", "Youssef")).value
    until = at("2026-11-25T08:00")
    wish = BookAppointment(at("2026-11-25T08:00"), "KYPHO", patient_id=patient.id, stay=Stay.PLANNED, hold_until=until)
    book(desk, wish)
    found = why_not_then(desk, FindSlots("KYPHO", stay=Stay.PLANNED), at("2026-11-25T12:00"))
    assert "Bed 1 is taken" in " ".join(found.reasons)
    assert found.remedies == ("free Bed 1 from 10:20 to Thu 26 Nov 09:00", "plan it without the night")
    assert near(found) == ("2026-11-24 15:40", "2026-11-26 08:00")


def test_every_reason_is_what_the_engine_says(desk: Desk) -> None:
    joint(desk, "2026-11-25T10:00")
    for minute in range(0, 60, 5):
        start = at(f"2026-11-25T10:{minute:02}")
        fits = not explain(desk, JOINT, start)
        assert (not why_not_then(desk, JOINT, start).reasons) == fits


def test_what_cannot_be_asked_is_refused(desk: Desk) -> None:
    with pytest.raises(WrongInput, match="unknown_procedure"):
        why_not_then(desk, FindSlots("HAIRCUT"), at("2026-11-25T10:00"))
