"""A practice with three bays and three beds on a day in the middle of its work, looked at without a window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from desk_app.application.beds_view import BedsView
from desk_app.application.desk import Desk
from desk_app.application.use_cases import practice, visit_status
from desk_app.application.use_cases.look_at_beds import beds_view
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus as S
from tests.application.steps import a_patient, book
from tests.application.test_places import WARD
from tests.helpers.small_practice import StandingClock, at
from tests.ui.panels.fixtures import dressed

__all__ = ["dressed"]

DAY, DATE = "2026-11-25", date(2026, 11, 25)
INTO_RECOVERY = (S.ARRIVED, S.READY, S.IN_PROCEDURE, S.IN_RECOVERY)


@pytest.fixture
def address(sqlite_address: str) -> str:
    return sqlite_address


@pytest.fixture
def ward(desks: Callable[[], Desk]) -> Desk:
    desk = desks()
    practice.load(desk, WARD)
    return desk


def visit_at(desk: Desk, wall: str, family: str, procedure: str = "KYPHO", **more: object) -> Appointment:
    more = {**more, "override_reason": "approved by phone"} if procedure == "KYPHO" else more
    return book(desk, f"{DAY}T{wall}", procedure, patient_id=a_patient(desk, family), **more)


def to_recovery(desk: Desk, clock: StandingClock, wall: str, visit: Appointment) -> None:
    clock.instant = at(f"{DAY}T{wall}")
    for status in INTO_RECOVERY:
        visit_status.set_status(desk, visit.id, status)


@pytest.fixture
def view(ward: Desk, clock: StandingClock, dressed: QApplication) -> BedsView:
    """Ortiz lies in bay 1 since 09:50; Haddad, Lee and Novak are to come, Lee for the night."""
    visit = visit_at(ward, "09:00", "Ortiz")
    visit_at(ward, "10:10", "Haddad", "JOINT")
    visit_at(ward, "12:00", "Lee", stay=None)
    visit_at(ward, "15:00", "Novak", "JOINT")
    to_recovery(ward, clock, "09:50", visit)
    clock.instant = at(f"{DAY}T10:30")
    return beds_view(ward, DATE)
