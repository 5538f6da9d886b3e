"""A desk that books against another, round after round, each at the same instant; runs in a process or a thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any, Protocol

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking
from desk_app.bootstrap.graph import build_desk
from desk_app.domain.faults import Conflict, RuleViolation
from desk_app.domain.practice import Catalogue, Resource, ResourceKind, Session
from tests.helpers.small_practice import CATALOGUE, FIRST, WEEK, StandingClock, at

NOW = "2026-11-24T10:00"

_SECOND = (
    Resource("R2", ResourceKind.PROCEDURE_ROOM, "Room 2", ("fluoroscopy",)),
    Resource("DR2", ResourceKind.CLINICIAN, "Dr. Second", ("physician",)),
)
WIDE: Catalogue = replace(
    CATALOGUE,
    resources=(*CATALOGUE.resources, *_SECOND),
    sessions=(*CATALOGUE.sessions, *(Session(r.code, WEEK, FIRST, time(8), time(17)) for r in _SECOND)),
)
"""The small practice with a second room and physician: two visits fit at one time."""


class Gate(Protocol):
    """Lets all through at once."""

    def wait(self, timeout: float | None = None) -> int: ...


def starts(rounds: int) -> list[datetime]:
    """Twelve a day, far enough apart that no visit touches another."""
    first = at("2026-11-25T09:00")
    return [first + timedelta(days=number // 12, minutes=30 * (number % 12)) for number in range(rounds)]


def book_all(desk: Desk, patient_id: int, rounds: Sequence[datetime], gate: Gate) -> list[str]:
    """What came of each round: ``booked``, or the code of the refusal."""
    told = []
    for start in rounds:
        gate.wait(60)
        try:
            booking.book(desk, booking.BookAppointment(start, "JOINT", patient_id=patient_id))
            told.append("booked")
        except (Conflict, RuleViolation) as fault:
            told.append(fault.code)
    return told


def program(address: str, patient_id: int, rounds: int, gate: Any, answers: Any) -> None:
    """The whole life of one racing process."""
    desk = build_desk(address, f"racer {patient_id}", StandingClock(at(NOW)))
    try:
        answers.put(book_all(desk, patient_id, starts(rounds), gate))
    finally:
        desk.close()
