"""The gap that a visit leaves once it is off: where, from when, and for how long that is still worth a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from desk_app.application.desk import Desk
from desk_app.application.gap_left import gap_left
from desk_app.application.use_cases import gap_fits
from desk_app.application.use_cases.visit_status import cancel, set_status
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus, CancelReason
from tests.application.steps import book
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

NOW = at("2026-11-24T10:00")


def left(visit: Appointment, now: datetime = NOW) -> tuple[str, datetime] | None:
    return gap_left(visit, CATALOGUE, now)


@pytest.fixture
def cancelled(desk: Desk) -> Appointment:
    visit = book(desk, "2026-11-25T10:00")
    return cancel(desk, visit.id, CancelReason.ILL).value


def test_a_visit_that_takes_place_leaves_no_gap(desk: Desk) -> None:
    assert left(book(desk, "2026-11-25T10:00")) is None


def test_a_cancelled_visit_leaves_its_room_from_its_start_on(cancelled: Appointment) -> None:
    assert left(cancelled) == ("R1", at("2026-11-25T10:00"))


def test_where_it_had_begun_the_gap_is_what_is_still_ahead_on_the_grid(cancelled: Appointment) -> None:
    assert left(cancelled, at("2026-11-25T10:00:30")) == ("R1", at("2026-11-25T10:05"))
    assert left(cancelled, at("2026-11-25T10:05")) == ("R1", at("2026-11-25T10:05"))
    assert left(cancelled, cancelled.end) is None


def test_a_hold_leaves_one_once_it_has_lapsed(desk: Desk) -> None:
    until = at("2026-11-24T12:00")
    held = book(desk, "2026-11-25T10:00", hold_until=until)
    assert left(held) is None
    assert left(held, until) == ("R1", at("2026-11-25T10:00"))


def test_who_did_not_come_leaves_what_is_left_of_the_time(desk: Desk, clock: StandingClock) -> None:
    visit = book(desk, "2026-11-24T10:00")
    clock.instant = at("2026-11-24T10:07")
    gone = set_status(desk, visit.id, AppointmentStatus.NO_SHOW).value
    assert left(gone, clock.now()) == ("R1", at("2026-11-24T10:10"))


def test_without_a_room_it_is_what_the_visit_needed_first(cancelled: Appointment) -> None:
    phases = tuple(replace(phase, resources=(("bay", "B1"),)) for phase in cancelled.phases)
    assert left(replace(cancelled, phases=phases)) == ("B1", at("2026-11-25T10:00"))
    assert left(replace(cancelled, phases=())) is None


def test_a_gap_that_somebody_has_taken_meanwhile_ends_as_it_begins(desk: Desk, cancelled: Appointment) -> None:
    book(desk, "2026-11-25T09:50")
    gap = gap_fits.fits(desk, *left(cancelled) or ("", NOW))
    assert (gap.start, gap.end, gap.fits) == (at("2026-11-25T10:00"), at("2026-11-25T10:00"), ())
