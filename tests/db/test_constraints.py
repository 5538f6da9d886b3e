"""What the database itself refuses, whichever program writes: tried through a plain driver, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desk_app.application.desk import Desk
from tests.db.plain import Plain, plain
from tests.db.work import add_patient, book

TAKEN = "allocation_taken"
ELSEWHERE = "patient_elsewhere"
NOON = 1_795_000_000
HOUR = 3600


@pytest.fixture
def program(desk: Desk, address: str) -> Iterator[Plain]:
    """Another program on a database with one visit of one patient, booked by our own."""
    book(desk, "09:00", add_patient(desk, "Ortiz"))
    with plain(address) as other:
        yield other


def resource(program: Plain, code: str) -> int:
    return int(program.one("SELECT id FROM resource WHERE code = ?", code))


def take(program: Plain, code: str, start: int, until: int, lane: int = 0, active: int = 1, end: int = 0) -> int:
    """Allocates a resource in seconds from noon; answers the row's number."""
    program.insert(
        "allocation",
        appointment_id=program.one("SELECT min(id) FROM appointment"),
        resource_id=resource(program, code),
        start_s=NOON + start,
        end_s=NOON + (end or until),
        blocked_until_s=NOON + until,
        lane=lane,
        active=active,
    )
    return int(program.one("SELECT max(id) FROM allocation"))


def visit(program: Plain, start: int, end: int, active: int = 1) -> int:
    program.insert(
        "appointment",
        patient_id=program.one("SELECT min(id) FROM patient"),
        procedure_code="JOINT",
        status="booked",
        stay="never",
        unplanned_stay=0,
        day=739_000,
        start_s=NOON + start,
        end_s=NOON + end,
        active=active,
    )
    return int(program.one("SELECT max(id) FROM appointment"))


def test_a_resource_is_refused_wherever_two_uses_overlap(program: Plain) -> None:
    take(program, "R1", 0, HOUR)
    for start, until in ((0, HOUR), (-HOUR, 1), (HOUR - 1, 2 * HOUR), (600, 1200), (-HOUR, 2 * HOUR)):
        with program.refuses(TAKEN):
            take(program, "R1", start, until)


def test_half_open_stretches_may_touch_and_others_may_use_the_time(program: Plain) -> None:
    take(program, "R1", 0, HOUR)
    take(program, "R1", HOUR, 2 * HOUR)
    take(program, "R1", -HOUR, 0)
    take(program, "B1", 0, HOUR)
    take(program, "R1", 600, 600)
    assert program.one("SELECT count(*) FROM allocation WHERE start_s < ?", NOON + 2 * HOUR) == 5


def test_the_turnover_after_a_use_keeps_the_next_one_out(program: Plain) -> None:
    take(program, "C1", 0, HOUR, end=HOUR - 900)
    with program.refuses(TAKEN):
        take(program, "C1", HOUR - 900, 2 * HOUR)
    take(program, "C1", HOUR, 2 * HOUR)


def test_a_use_that_was_given_up_keeps_nobody_out_until_it_is_taken_up_again(program: Plain) -> None:
    gone = take(program, "R1", 0, HOUR, active=0)
    take(program, "R1", 0, HOUR)
    with program.refuses(TAKEN):
        program.run("UPDATE allocation SET active = 1 WHERE id = ?", gone)


def test_no_change_of_a_row_gets_into_anothers_time(program: Plain) -> None:
    take(program, "R1", 0, HOUR)
    take(program, "ALG", 0, HOUR)
    moving = take(program, "R1", 2 * HOUR, 3 * HOUR)
    for change in (
        f"start_s = {NOON + HOUR - 1}",
        f"start_s = {NOON}, end_s = {NOON + 60}, blocked_until_s = {NOON + 60}",
        f"start_s = {NOON - HOUR}, blocked_until_s = {NOON + 2 * HOUR}",
    ):
        with program.refuses(TAKEN):
            program.run(f"UPDATE allocation SET {change} WHERE id = ?", moving)
    other = take(program, "NP1", 0, HOUR)
    with program.refuses(TAKEN):
        program.run("UPDATE allocation SET resource_id = ? WHERE id = ?", resource(program, "ALG"), other)
    program.run("UPDATE allocation SET start_s = ? WHERE id = ?", NOON + HOUR, moving)


def test_many_rows_in_one_statement_are_refused_together(program: Plain) -> None:
    take(program, "R1", 0, HOUR)
    before = program.one("SELECT count(*) FROM allocation")
    copies = (
        "INSERT INTO allocation (appointment_id, resource_id, start_s, end_s, blocked_until_s) "
        "SELECT appointment_id, resource_id, start_s + d, end_s + d, blocked_until_s + d FROM allocation, "
        "(SELECT 7200 AS d UNION ALL SELECT 1800) AS shifts WHERE start_s = ?"
    )
    with program.refuses(TAKEN):
        program.run(copies, NOON)
    assert program.one("SELECT count(*) FROM allocation") == before


def test_only_a_clinician_has_a_second_lane_and_each_lane_is_full_by_itself(program: Plain) -> None:
    take(program, "ALG", 0, HOUR)
    take(program, "ALG", 0, HOUR, lane=1)
    for lane in (0, 1):
        with program.refuses(TAKEN):
            take(program, "ALG", 0, HOUR, lane=lane)
    for code in ("R1", "C1", "B1", "N1"):
        with program.refuses("lane_not_allowed"):
            take(program, code, 0, HOUR, lane=1)
    row = take(program, "B2", 0, HOUR)
    with program.refuses("lane_not_allowed"):
        program.run("UPDATE allocation SET lane = 1 WHERE id = ?", row)
    for lane in (-1, 16):
        with program.refuses("ck_allocation_lane"):
            take(program, "ALG", 2 * HOUR, 3 * HOUR, lane=lane)


def test_a_mark_that_is_neither_yes_nor_no_does_not_get_around_the_guards(program: Plain) -> None:
    take(program, "R1", 0, HOUR)
    with program.refuses("ck_allocation_active"):
        take(program, "R1", 0, HOUR, active=2)
    with program.refuses("ck_appointment_active"):
        visit(program, 0, HOUR, active=2)
    with program.refuses("ck_allocation_within_the_line"):
        take(program, "R1", -NOON - 1, -NOON + HOUR)


def test_a_patient_is_refused_a_second_place_at_one_time(program: Plain) -> None:
    visit(program, 0, HOUR)
    for start, end in ((0, HOUR), (HOUR - 1, 2 * HOUR), (-HOUR, 1), (600, 1200), (-HOUR, 2 * HOUR)):
        with program.refuses(ELSEWHERE):
            visit(program, start, end)
    visit(program, HOUR, 2 * HOUR)
    gone = visit(program, 0, HOUR, active=0)
    with program.refuses(ELSEWHERE):
        program.run("UPDATE appointment SET active = 1 WHERE id = ?", gone)
    later = visit(program, 3 * HOUR, 4 * HOUR)
    with program.refuses(ELSEWHERE):
        program.run("UPDATE appointment SET start_s = ? WHERE id = ?", NOON + 2 * HOUR - 1, later)


def test_audit_rows_are_neither_changed_nor_deleted_nor_replaced(program: Plain) -> None:
    before = program.run("SELECT * FROM audit_event"), program.run("SELECT * FROM audit_touch")
    attempts = [
        "UPDATE audit_event SET user_name = 'nobody'",
        "DELETE FROM audit_event WHERE seq = 1",
        "UPDATE audit_touch SET record_id = 99",
        "DELETE FROM audit_touch",
    ]
    if program.is_file:
        replaced = "INSERT OR REPLACE INTO audit_event (seq, at_s, action, chain) VALUES (1, 0, 'x', 'x')"
        attempts += [replaced, "UPDATE OR REPLACE audit_event SET seq = 1 WHERE seq = 2"]
    else:
        attempts += ["TRUNCATE audit_touch, audit_event"]
    for attempt in attempts:
        with program.refuses("audit_append_only"):
            program.run(attempt)
    assert (program.run("SELECT * FROM audit_event"), program.run("SELECT * FROM audit_touch")) == before


def test_sqlite_words_that_replace_or_ignore_do_not_get_around_the_guards(program: Plain) -> None:
    """PostgreSQL's ON CONFLICT DO NOTHING leaves the row out; SQLite's OR words must not let it in."""
    take(program, "R1", 0, HOUR)
    columns = "appointment_id, resource_id, start_s, end_s, blocked_until_s"
    values = (
        f"SELECT appointment_id, resource_id, start_s, end_s, blocked_until_s FROM allocation WHERE start_s = {NOON}"
    )
    if program.is_file:
        for word in ("IGNORE", "REPLACE", "FAIL"):
            with program.refuses(TAKEN):
                program.run(f"INSERT OR {word} INTO allocation ({columns}) {values}")
    else:
        program.run(f"INSERT INTO allocation ({columns}) {values} ON CONFLICT DO NOTHING")
    assert program.one("SELECT count(*) FROM allocation WHERE start_s = ?", NOON) == 1
