"""No question of the window reads one of the great tables through, though a file has no statistics (SQLite)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from db.files import open_plain
from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking, requests
from desk_app.application.use_cases.booking import BookAppointment
from desk_app.application.use_cases.requests import NewRequest
from desk_app.domain.statuses import CallbackKind, RequestSource
from tests.db.work import add_patient, book
from tests.helpers.desks import Desks
from tests.helpers.small_practice import at

DAY = date(2026, 11, 25)
GREAT = (
    *("patient", "patient_phone", "appointment", "allocation", "callback", "audit_event", "audit_touch"),
    "payer_authorization",
)
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


STATISTICS = (
    ("allocation", "ix_allocation_appointment_id", "3618033 4"),
    ("allocation", "ix_allocation_lane", "3618033 61323 61323 1 1"),
    ("appointment", "ix_appointment_day", "1000000 383"),
    ("appointment", "ix_appointment_held", "453 453"),
    ("appointment", "ix_appointment_patient", "1000000 5 1 1"),
    ("appointment", "ix_appointment_request_id", "0 0"),
    ("callback", "ix_callback_appointment_id", "33054 3"),
    ("callback", "ix_callback_patient_id", "33054 3"),
    ("callback", "ix_callback_request_id", "33054 83"),
    ("patient", "ix_patient_birth_date", "250000 11"),
    ("patient", "ix_patient_folded", "250000 5"),
    ("patient", "ix_patient_sound", "250000 212"),
    ("patient", "uq_patient_mrn", "250000 1"),
    ("patient_phone", "ix_patient_phone_digits", "250000 1"),
    ("patient_phone", "ix_patient_phone_patient_id", "250000 1"),
    ("patient_phone", "ix_patient_phone_reversed", "250000 1"),
    ("payer_authorization", "ix_payer_authorization_patient_id", "249048 1"),
    ("payer_authorization", "ix_payer_authorization_request_id", "0 0"),
    ("request", "ix_request_patient_id", "400 3"),
    ("request", "ix_request_status", "400 134 2"),
)
"""What ANALYZE counts on the database of the benchmarks, none of whose visits has a request; that all of its calls are
open is left out.
"""


@pytest.fixture
def analyzed(sqlite_address: str, desk: Desk, desks: Desks) -> Desk:
    """A desk on a file that somebody has counted with another tool."""
    with closing(open_plain(Path(sqlite_address))) as connection:
        connection.execute("ANALYZE")
        connection.execute("DELETE FROM sqlite_stat1")
        connection.executemany("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", STATISTICS)
    return desks()


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
    "a request's card": lambda desk, _: desk.queries.request_card(_asked(desk), desk.now()),
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


def _asked(desk: Desk) -> int:
    return requests.take_down(desk, NewRequest(RequestSource.PHONE, patient_id=1, procedure="JOINT")).value.id


def _alike(desk: Desk) -> object:
    with desk.open_work(desk.actor) as work:
        return work.patients.alike("Ortis", "Mari", date(1951, 3, 12), ("+15085550142",))


@pytest.mark.parametrize("what", READS)
def test_nothing_great_is_read_through(what: str, desk: Desk, visit: int) -> None:
    assert read_through(lambda: READS[what](desk, visit)) == []


@pytest.mark.parametrize("what", READS)
def test_nor_where_somebody_has_counted_the_file_with_another_tool(what: str, analyzed: Desk, visit: int) -> None:
    assert read_through(lambda: READS[what](analyzed, visit)) == []


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
