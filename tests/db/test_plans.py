"""No question of the window reads one of the great tables through, though a file has no statistics (SQLite)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking
from desk_app.application.use_cases.booking import BookAppointment
from desk_app.domain.statuses import CallbackKind
from tests.db.work import add_patient, book
from tests.helpers.small_practice import at

DAY = date(2026, 11, 25)
GREAT = ("patient", "patient_phone", "appointment", "allocation", "callback", "audit_event", "audit_touch")
SCANNED = re.compile(rf"SCAN ({'|'.join(GREAT)})\b")
THE_LAST = "ORDER BY audit_event.seq DESC"
"""From the end of the table: one step of the scan is all."""


@pytest.fixture
def address(sqlite_address: str) -> str:
    """A server keeps statistics by itself."""
    return sqlite_address


@contextmanager
def plans() -> Iterator[dict[str, list[str]]]:
    """By statement, what each select does step by step."""
    found: dict[str, list[str]] = {}

    def explain(connection: Any, cursor: Any, statement: str, values: Any, context: Any, many: bool) -> None:
        if statement.startswith("SELECT") and not many:
            steps = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
            found[statement] = [step[-1] for step in steps]

    event.listen(Engine, "before_cursor_execute", explain)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", explain)


def read_through(ask: Callable[[], object]) -> list[tuple[str, str]]:
    """Steps that read a great table through, and their statements."""
    with plans() as found:
        ask()
    assert found, "nothing was asked of the database"
    asked = {statement: steps for statement, steps in found.items() if THE_LAST not in statement}
    return [(step, statement) for statement, steps in asked.items() for step in steps if SCANNED.match(step)]


@pytest.fixture
def visit(desk: Desk) -> int:
    return book(desk, "09:00", add_patient(desk, "Ortiz", "Marisol", phone="5085550142"))


READS: dict[str, Callable[[Desk, int], object]] = {
    "a day": lambda desk, _: desk.queries.day_plan(DAY, desk.now(), with_gone=True),
    "the flow board": lambda desk, _: desk.queries.flow_lines(DAY, DAY + timedelta(2), desk.now()),
    "who is in the house": lambda desk, _: desk.queries.in_house(DAY),
    "uses": lambda desk, _: desk.queries.uses_between(desk.now(), desk.now() + timedelta(1)),
    "days with visits": lambda desk, _: desk.queries.days_with_visits(DAY, DAY + timedelta(60), desk.now()),
    "a week": lambda desk, _: desk.queries.week_lines(DAY, DAY + timedelta(6), desk.now()),
    "a month": lambda desk, _: desk.queries.month_rows(DAY, DAY + timedelta(30), desk.now()),
    "beds": lambda desk, _: desk.queries.bed_rows(DAY, DAY + timedelta(14), desk.now()),
    "a visit's card": lambda desk, visit: desk.queries.visit_card(visit),
    "a patient's card": lambda desk, _: desk.queries.patient_card(1, desk.now()),
    "open requests": lambda desk, _: desk.queries.requests("open", desk.now()),
    "calls": lambda desk, _: desk.queries.call_lines(desk.now()),
    "calls counted": lambda desk, _: desk.queries.call_counts(desk.now()),
    "calls that are missing": lambda desk, _: desk.queries.call_gaps(desk.now(), list(CallbackKind), 200),
    "a name": lambda desk, _: desk.queries.find_patients("ort", desk.now()),
    "two names": lambda desk, _: desk.queries.find_patients("ma ort", desk.now()),
    "a number": lambda desk, _: desk.queries.find_patients("5550142", desk.now()),
    "a birth date": lambda desk, _: desk.queries.find_patients("12 mar 1951", desk.now()),
    "the figures that wait": lambda desk, _: desk.queries.counts(desk.now()),
    "the slot index": lambda desk, _: desk.queries.index_rows(DAY, DAY + timedelta(365), desk.now()),
    "the short-notice list": lambda desk, _: desk.queries.short_notice(DAY, desk.now()),
    "changes": lambda desk, _: desk.queries.changes_since(0),
    "whom a stretch concerns": lambda desk, _: desk.queries.concerned(
        [("R1", desk.now(), desk.now() + timedelta(1))], desk.now()
    ),
    "what visits took": lambda desk, _: desk.queries.reports.stretches(DAY, DAY + timedelta(27), [1, 2]),
    "somebody alike": lambda desk, _: _alike(desk),
    "what was written last": lambda desk, _: desk.queries.written_last(),
}


def _alike(desk: Desk) -> object:
    with desk.open_work(desk.actor) as work:
        return work.patients.alike("Ortis", "Mari", date(1951, 3, 12), ("+15085550142",))


@pytest.mark.parametrize("what", READS)
def test_nothing_great_is_read_through(what: str, desk: Desk, visit: int) -> None:
    assert read_through(lambda: READS[what](desk, visit)) == []


@pytest.mark.parametrize("what", ["a month", "whom a stretch concerns", "what visits took"])
def test_some_days_are_not_begun_with_all_that_a_resource_ever_had(what: str, desk: Desk, visit: int) -> None:
    with plans() as found:
        READS[what](desk, visit)
    steps = [step for steps in found.values() for step in steps]
    assert any("ix_appointment_day" in step for step in steps)
    assert [step for step in steps if "ix_allocation_lane" in step] == []


def test_a_booking_reads_nothing_great_through_and_not_everybodys_open_calls(desk: Desk, visit: int) -> None:
    wish = BookAppointment(at("2026-11-25T14:00"), "JOINT", patient_id=1)
    with plans() as found:
        assert read_through(lambda: booking.book(desk, wish)) == []
    steps = [step for steps in found.values() for step in steps]
    assert any("ix_callback_patient_id" in step for step in steps)
    assert [step for step in steps if "ix_callback_status" in step] == []
