"""A day as it stood at an earlier moment, from the audit trail: on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import reporting, undo, visit_status
from desk_app.application.use_cases.moving import MoveAppointment, move
from desk_app.domain.faults import RuleViolation
from desk_app.domain.statuses import AppointmentStatus, CancelReason
from tests.application.steps import a_patient, book
from tests.helpers.small_practice import StandingClock, at

DAY = date(2026, 11, 25)


def told(desk: Desk, moment: str, day: date = DAY) -> list[tuple[str, str, str]]:
    return [(line.when, line.value, line.what.split(";")[0]) for line in reporting.as_it_stood(desk, day, at(moment))]


@pytest.fixture
def changed(desk: Desk, clock: StandingClock) -> dict[str, int]:
    """At ten five visits stand; at eleven one of each kind of change has come over them."""
    names = ("kept", "moved", "away", "cancelled", "confirmed")
    visits = {
        name: book(desk, f"2026-11-25T{9 + place:02}:00", patient_id=a_patient(desk, name.title()))
        for place, name in enumerate(names)
    }
    clock.instant += timedelta(hours=1)
    move(desk, MoveAppointment(visits["moved"].id, at("2026-11-25T15:00")))
    move(desk, MoveAppointment(visits["away"].id, at("2026-11-26T09:00")))
    visit_status.cancel(desk, visits["cancelled"].id, CancelReason.ILL)
    visit_status.set_status(desk, visits["confirmed"].id, AppointmentStatus.CONFIRMED)
    book(desk, "2026-11-25T16:00", patient_id=a_patient(desk, "Added"))
    clock.instant += timedelta(hours=1)
    return {name: visit.id for name, visit in visits.items()}


def test_each_change_since_is_told_beside_what_stood_then(desk: Desk, changed: dict[str, int]) -> None:
    assert told(desk, "2026-11-24T10:30") == [
        ("11:00", "moved away", "to Thu 26 Nov 09:00"),
        ("12:00", "cancelled", "Patient is ill"),
        ("13:00", "confirmed", "was booked"),
        ("15:00", "changed", "10:00 → 15:00"),
        ("16:00", "added", "Large joint injection"),
    ]
    assert told(desk, "2026-11-24T10:30", date(2026, 11, 26)) == [("09:00", "moved here", "was Wed 25 Nov 11:00")]


def test_the_line_says_who_it_was_and_by_whom_and_when(desk: Desk, changed: dict[str, int]) -> None:
    line = reporting.as_it_stood(desk, DAY, at("2026-11-24T10:30"))[0]
    assert (line.card, line.number, line.name) == ("visit", changed["away"], "Away, Marisol")
    assert line.what == f"to Thu 26 Nov 09:00; {desk.actor.user_name}, 11:00"


def test_before_the_first_booking_everything_is_new_and_now_nothing_differs(
    desk: Desk, changed: dict[str, int]
) -> None:
    assert [value for _, value, _ in told(desk, "2026-11-24T09:00")] == ["added"] * 4
    assert told(desk, "2026-11-24T12:00") == []


def test_what_was_undone_is_no_difference_and_a_booking_taken_back_is(desk: Desk, clock: StandingClock) -> None:
    visit = book(desk, patient_id=a_patient(desk))
    clock.instant += timedelta(hours=1)
    move(desk, MoveAppointment(visit.id, at("2026-11-25T15:00")))
    undo.undo(desk)
    assert told(desk, "2026-11-24T10:30") == []
    undo.undo(desk)
    assert told(desk, "2026-11-24T10:30") == [("09:00", "taken back", "the booking was undone")]


def test_a_moment_to_come_is_refused(desk: Desk) -> None:
    with pytest.raises(RuleViolation, match="moment_to_come"):
        reporting.as_it_stood(desk, DAY, at("2026-11-24T10:01"))
