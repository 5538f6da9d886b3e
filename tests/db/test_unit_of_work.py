"""One write is one transaction: whole or not at all, once, and chained into the audit trail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from db.faults import sorted_fault
from desk_app.application.desk import Desk
from desk_app.application.outcome import Record
from desk_app.application.repeating import TRIES, repeated
from desk_app.application.use_cases import moving, patients, practice, undo, visit_status
from desk_app.domain.faults import Conflict, FrontDeskFault, RuleViolation, StorageUnavailable
from desk_app.domain.records import Message, Patient
from desk_app.domain.statuses import AppointmentStatus
from tests.db.plain import Plain, plain
from tests.db.work import Desks, add_patient, book
from tests.helpers.small_practice import CATALOGUE, at

GUARDED = ("audit_event_update", "audit_event_delete", "audit_event_insert", "audit_touch_delete")


def charts(desk: Desk) -> int:
    with desk.open_work(desk.actor) as work:
        return int(work.connection.execute(text("SELECT count(*) FROM patient")).scalar())


def test_nothing_is_kept_unless_it_was_committed(desk: Desk) -> None:
    seq = desk.queries.last_seq()
    with desk.open_work(desk.actor) as work:
        work.patients.add(Patient("200001", "Ortiz", "Ana"))
    assert (charts(desk), desk.queries.last_seq()) == (0, seq)


def test_nothing_is_kept_where_an_error_ends_the_work(desk: Desk) -> None:
    def work_with_a_mistake() -> None:
        with desk.open_work(desk.actor) as work:
            work.patients.add(Patient("200001", "Ortiz", "Ana"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work_with_a_mistake()
    assert charts(desk) == 0


def test_nothing_is_kept_after_a_statement_failed_and_the_next_work_begins_afresh(desk: Desk) -> None:
    def add_both() -> None:
        with desk.open_work(desk.actor) as work:
            work.patients.add(Patient("200001", "Ortiz", "Ana"))
            work.patients.add(Patient("200001", "Same number", "Ana"))

    with pytest.raises(IntegrityError):
        add_both()
    assert charts(desk) == 0
    add_patient(desk, "Ortiz")
    assert charts(desk) == 1


def test_a_refused_allocation_takes_the_whole_visit_back(desk: Desk) -> None:
    visit = book(desk, "09:00")
    before = desk.queries.visit_card(visit).appointment
    other = add_patient(desk, "Other")
    seq = desk.queries.last_seq()
    with desk.open_work(desk.actor) as work:
        copied = replace(before, id=0, patient_id=other)
        with pytest.raises(DBAPIError, match="allocation_taken"):
            work.appointments.add(copied)
    assert desk.queries.last_seq() == seq
    assert len(desk.queries.day_plan(at("2026-11-25T12:00").date(), desk.now()).lines) == 1


def test_the_second_of_two_edits_is_a_conflict_that_names_who_was_faster(desk: Desk, desks: Desks) -> None:
    number = add_patient(desk, "Ortiz")
    chart = desk.queries.patient_card(number, desk.now()).patient
    other = desks()
    patients.edit(other, replace(chart, note="theirs"))
    with pytest.raises(Conflict, match="changed") as fault:
        patients.edit(desk, replace(chart, note="mine"))
    told = fault.value.params
    assert (told["record"], told["record_id"]) == ("patient", number)
    assert (told["who"], told["action"], told["when"]) == (other.actor.user_name, "patient_edited", desk.now())
    card = desk.queries.patient_card(number, desk.now()).patient
    assert (card.note, card.version) == ("theirs", chart.version + 1)


def test_a_row_that_moves_on_under_the_work_is_not_overwritten(postgresql_address: str, clock: Any) -> None:
    """On a server others may commit between reading and writing; the version in the statement sees it."""
    from desk_app.bootstrap.graph import build_desk

    desk, other = (build_desk(postgresql_address, name, clock) for name in ("one", "two"))
    practice.load(desk, CATALOGUE)
    number = add_patient(desk, "Ortiz")
    with desk.open_work(desk.actor) as work:
        chart = work.patients.get(number)
        patients.edit(other, replace(chart, note="theirs"))
        with pytest.raises(Conflict, match="changed"):
            work.patients.save(replace(chart, note="mine"))
    assert desk.queries.patient_card(number, desk.now()).patient.note == "theirs"
    desk.close()
    other.close()


def test_the_same_write_happens_once_from_whichever_desk_it_is_sent(desk: Desk, desks: Desks) -> None:
    write_id = uuid4()
    patients.add(desk, Patient("", "Ortiz", "Ana"), True, write_id)
    for again in (desk, desks()):
        with pytest.raises(Conflict, match="already_done"):
            patients.add(again, Patient("", "Ortiz", "Ana"), True, write_id)
    assert charts(desk) == 1
    assert desk.queries.write_result(write_id) == desk.queries.last_seq()
    assert desk.queries.write_result(uuid4()) is None


def test_every_write_has_a_number_made_by_its_desk(desk: Desk, address: str) -> None:
    visit_status.set_status(desk, book(desk, "09:00"), AppointmentStatus.CONFIRMED)
    with plain(address) as program:
        assert program.one("SELECT count(*) FROM audit_event WHERE write_id IS NULL") == 0


@pytest.fixture
def server(postgresql_address: str, clock: Any) -> Any:
    from desk_app.bootstrap.graph import build_desk

    opened = build_desk(postgresql_address, "somebody", clock)
    practice.load(opened, CATALOGUE)
    yield opened
    opened.close()


def losing(desk: Desk, before_commit: Callable[[Any], None]) -> Callable[[], None]:
    """From now on the connection is lost at COMMIT, once; answers what ends that."""
    engine = desk.open_work._database.writer
    done: list[bool] = []

    def on_commit(connection: Any) -> None:
        if not done:
            done.append(True)
            driver = connection.connection.dbapi_connection
            before_commit(driver)
            driver.close()

    event.listen(engine, "commit", on_commit)
    return lambda: event.remove(engine, "commit", on_commit)


def test_a_commit_whose_answer_was_lost_is_found_to_have_been_stored(server: Desk) -> None:
    write_id = uuid4()
    restored = losing(server, lambda driver: driver.commit())
    outcome = patients.add(server, Patient("", "Ortiz", "Ana"), True, write_id)
    restored()
    assert outcome.changes.seq == server.queries.last_seq() == server.queries.write_result(write_id)
    assert [hit.name for hit in server.queries.find_patients("ortiz", server.now())] == ["Ortiz, Ana"]
    undo.undo(server)
    assert server.queries.find_patients("ortiz", server.now()) == ()


def test_a_commit_that_never_arrived_is_told_and_can_be_sent_again(server: Desk) -> None:
    write_id = uuid4()
    restored = losing(server, lambda driver: driver.rollback())
    with pytest.raises(StorageUnavailable, match="unreachable"):
        patients.add(server, Patient("", "Ortiz", "Ana"), True, write_id)
    restored()
    assert server.queries.write_result(write_id) is None
    patients.add(server, Patient("", "Ortiz", "Ana"), True, write_id)
    assert server.queries.write_result(write_id) == server.queries.last_seq()
    assert server.queries.breaches(server.now()) == ()


def test_a_commit_tells_every_record_and_day_it_touched(desk: Desk) -> None:
    visit = book(desk, "09:00")
    seq = desk.queries.last_seq()
    changes = moving.move(desk, moving.MoveAppointment(visit, at("2026-11-27T09:00"))).changes
    assert changes.ids(Record.APPOINTMENT) == {visit}
    assert changes.days == {at("2026-11-25T12:00").date(), at("2026-11-27T12:00").date()}
    assert changes == desk.queries.changes_since(seq)
    assert desk.queries.changes_since(changes.seq).records == frozenset()


def test_bytes_that_came_with_a_message_are_neither_in_the_audit_trail_nor_lost_by_undo(
    desk: Desk, address: str
) -> None:
    from desk_app.application.use_cases import requests
    from desk_app.domain.records import Contact, Phone
    from desk_app.domain.statuses import RequestSource

    caller = Contact("Asante", "Kwame", phones=(Phone("413 555 0119", "+14135550119"),))
    number = requests.take_down(
        desk, requests.NewRequest(RequestSource.WEB, contact=caller, procedure="JOINT")
    ).value.id
    with desk.open_work(desk.actor) as work:
        work.requests.add_message(number, Message(desk.now(), "form.eml", "print", "text", "<1@x>", b"\xff\x00raw"))
        changes = work.commit("request_imported")
    desk.history.did(changes.seq)
    undo.undo(desk)
    undo.redo(desk)
    assert [line.text for line in desk.queries.request_card(number, desk.now()).messages] == ["text"]
    with plain(address) as program:
        assert bytes(program.one("SELECT original FROM request_message")) == b"\xff\x00raw"


def test_numbers_given_by_a_bulk_load_are_not_given_again(desk: Desk) -> None:
    with desk.open_work(desk.actor) as work:
        work.bulk.patients([Patient("300001", "Bulk", "Ana", id=500), Patient("300002", "Bulk", "Ana", id=501)])
        work.commit("demo_loaded")
    assert add_patient(desk, "Next") == 502


def test_the_audit_chain_holds_over_many_events_and_undo(desk: Desk) -> None:
    for number in range(12):
        add_patient(desk, f"Chart {number}")
    for _ in range(5):
        undo.undo(desk)
    for _ in range(3):
        undo.redo(desk)
    assert desk.queries.breaches(desk.now()) == ()


def unguard(program: Plain) -> None:
    """As somebody would who wants to change what was written."""
    if program.is_file:
        for name in GUARDED:
            program.run(f"DROP TRIGGER tr_{name}")
    else:
        for table in ("audit_event", "audit_touch"):
            program.run(f"DROP TRIGGER tr_{table}_change ON {table}")


def test_a_check_finds_an_event_that_was_changed_or_taken_out(desk: Desk, address: str) -> None:
    for number in range(4):
        add_patient(desk, f"Chart {number}")
    middle = desk.queries.last_seq() - 2

    def found() -> list[tuple[str, str]]:
        return [(breach.rule, breach.record) for breach in desk.queries.breaches(desk.now())]

    with plain(address) as program:
        unguard(program)
        for column in ("user_name", "facts", "images", "write_id", "at_s"):
            before = program.one(f"SELECT {column} FROM audit_event WHERE seq = ?", middle)
            program.run(f"UPDATE audit_event SET {column} = ? WHERE seq = ?", 1 if column == "at_s" else "x", middle)
            assert found() == [("audit_chain", f"audit event {middle}")]
            program.run(f"UPDATE audit_event SET {column} = ? WHERE seq = ?", before, middle)
            assert found() == []
        program.run("DELETE FROM audit_touch WHERE seq = ?", middle)
        program.run("DELETE FROM audit_event WHERE seq = ?", middle)
        assert found() == [("audit_chain", f"audit event {middle + 1}")]


class Refusal(Exception):
    """What a server's driver raises."""

    def __init__(self, sqlstate: str | None, words: str = "refused") -> None:
        super().__init__(words)
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("40001", "busy"),
        ("40P01", "busy"),
        ("55P03", "busy"),
        ("57014", "busy"),
        ("53100", "full"),
        ("25006", "read_only"),
        ("42501", "no_rights"),
        ("28P01", "no_rights"),
        ("3D000", "missing"),
        ("08006", "unreachable"),
        ("57P01", "unreachable"),
        ("53300", "unreachable"),
        (None, "unreachable"),
    ],
)
def test_a_servers_errors_are_sorted_by_their_state(state: str | None, code: str) -> None:
    fault = sorted_fault(OperationalError("SELECT", {}, Refusal(state)), "")
    assert isinstance(fault, Conflict | StorageUnavailable)
    assert fault.code == code
    assert bool(fault.params.get("again")) == (state in ("40001", "40P01"))


def test_a_mistake_of_ours_stays_one() -> None:
    for orig in (Refusal("42703", "no such column"), Refusal("22003"), Exception("no such table: visit")):
        with pytest.raises(DBAPIError):
            sorted_fault(OperationalError("SELECT", {}, orig), "")


def test_what_collided_is_tried_a_few_times_and_nothing_else_is() -> None:
    tried: list[str] = []

    @repeated
    def use_case(fault: FrontDeskFault, times: int) -> str:
        tried.append(fault.code)
        if len(tried) <= times:
            raise fault
        return "done"

    again = Conflict("busy", again=True)
    assert use_case(again, TRIES - 1) == "done"
    for fault, times in ((again, TRIES), (Conflict("busy"), 1), (RuleViolation("does_not_fit"), 1)):
        tried.clear()
        with pytest.raises(type(fault)):
            use_case(fault, 99)
        assert len(tried) == times
