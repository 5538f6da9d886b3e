"""A few people and visits at a desk of the small practice, in as few words as a test can bear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking, patients
from desk_app.domain.flow_limits import FlowCode, FlowLimit
from desk_app.domain.records import Patient, Phone
from tests.helpers.small_practice import at

Desks = Callable[[], Desk]
DAY = "2026-11-25"


def add_patient(
    desk: Desk, family: str, given: str = "", born: date | None = None, phone: str = "", mrn: str = ""
) -> int:
    """A chart; the phone as ten digits."""
    phones = (Phone(phone, f"+1{phone}"),) if phone else ()
    return patients.add(desk, Patient(mrn, family, given, birth_date=born, phones=phones), True).value.id


def book(desk: Desk, clock: str, patient_id: int | None = None, procedure: str = "JOINT", **more: Any) -> int:
    """A visit on the day of the tests at a wall clock time such as ``09:00``; of somebody new unless it is said."""
    who = patient_id if patient_id is not None else add_patient(desk, f"At {clock}")
    start = at(f"{DAY}T{clock}" if len(clock) == 5 else clock)
    return booking.book(desk, booking.BookAppointment(start, procedure, patient_id=who, **more)).value.id


def keep_rules(desk: Desk) -> None:
    """The practice has a rule of its own from now on."""
    with desk.open_work(desk.actor) as work:
        work.practice.store(replace(desk.catalogue(), flow_limits=(FlowLimit(FlowCode.ARRIVED, 20),)))
        work.commit("practice_loaded", {})
