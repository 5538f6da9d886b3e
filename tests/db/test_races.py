"""Several programs booking the same minute: exactly one wins, and the database's own constraint has the last word."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from desk_app.application.desk import Desk
from desk_app.application.repeating import repeated
from desk_app.application.use_cases import practice
from desk_app.bootstrap.graph import build_desk
from desk_app.domain.faults import Conflict
from desk_app.domain.practice import Catalogue
from desk_app.domain.records import Appointment
from tests.db.plain import Plain, plain
from tests.db.racing import WIDE, book_all, program, starts
from tests.db.work import add_patient, book
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

ROUNDS = 24
PROCESSES = 3
LOST = {"does_not_fit", "taken", "patient_elsewhere", "busy"}
GUARDS = {
    "sqlite": ("DROP TRIGGER tr_allocation_insert", "DROP TRIGGER tr_appointment_insert"),
    "postgresql": (
        "ALTER TABLE allocation DROP CONSTRAINT ex_allocation_taken",
        "ALTER TABLE appointment DROP CONSTRAINT ex_patient_elsewhere",
    ),
}


def set_up(address: str, catalogue: Catalogue, people: int) -> list[int]:
    with opened(address) as desk:
        practice.load(desk, catalogue)
        return [add_patient(desk, f"Racer{number}") for number in range(people)]


@contextmanager
def opened(address: str, name: str = "somebody") -> Iterator[Desk]:
    desk = build_desk(address, name, StandingClock(at("2026-11-24T10:00")))
    try:
        yield desk
    finally:
        desk.close()


def check(address: str, answers: list[list[str]]) -> None:
    """One winner a round, the others refused in words, and no rule broken."""
    for told in zip(*answers, strict=True):
        assert sorted(told).count("booked") == 1, told
        assert set(told) - {"booked"} <= LOST, told
    with opened(address) as desk:
        assert desk.queries.breaches(desk.now()) == ()
        days = {start.date() for start in starts(ROUNDS)}
        assert sum(len(desk.queries.day_plan(day, desk.now()).lines) for day in days) == ROUNDS


@pytest.mark.parametrize("same_patient", [False, True])
def test_of_processes_that_book_the_same_minute_in_a_file_exactly_one_wins(
    sqlite_address: str, same_patient: bool
) -> None:
    people = set_up(sqlite_address, WIDE if same_patient else CATALOGUE, PROCESSES)
    spawn = multiprocessing.get_context("spawn")
    gate, answers = spawn.Barrier(PROCESSES), spawn.Queue()
    whose = [people[0] if same_patient else who for who in people]
    racers = [
        spawn.Process(target=program, args=(sqlite_address, who, ROUNDS, gate, answers), daemon=True) for who in whose
    ]
    for racer in racers:
        racer.start()
    told = [answers.get(timeout=90) for _ in racers]
    for racer in racers:
        racer.join(30)
        assert racer.exitcode == 0
    answers.close()
    answers.join_thread()
    check(sqlite_address, told)


@pytest.mark.parametrize("same_patient", [False, True])
def test_of_threads_that_book_the_same_minute_on_a_server_exactly_one_wins(
    postgresql_address: str, same_patient: bool
) -> None:
    people = set_up(postgresql_address, WIDE if same_patient else CATALOGUE, PROCESSES)
    gate = threading.Barrier(PROCESSES)

    def race(who: int) -> list[str]:
        with opened(postgresql_address, f"racer {who}") as desk:
            return book_all(desk, people[0] if same_patient else who, starts(ROUNDS), gate)

    with ThreadPoolExecutor(PROCESSES) as pool:
        told = list(pool.map(race, people))
    check(postgresql_address, told)


# Two programs that look first and write afterwards, with the other's look in between: the look alone keeps nobody out.


@pytest.fixture
def two(desk: Desk, address: str) -> Iterator[tuple[Plain, Plain]]:
    book(desk, "09:00", add_patient(desk, "Ortiz"))
    with plain(address) as one, plain(address) as other:
        yield one, other


NOON = 1_795_000_000
ROOM_IS_FREE = (
    "SELECT count(*) FROM allocation JOIN resource ON resource.id = resource_id "
    f"WHERE code = 'R1' AND active = 1 AND start_s < {NOON + 900} AND blocked_until_s > {NOON}"
)
PATIENT_IS_FREE = f"SELECT count(*) FROM appointment WHERE active = 1 AND start_s < {NOON + 900} AND end_s > {NOON}"
TAKE_ROOM = (
    "INSERT INTO allocation (appointment_id, resource_id, start_s, end_s, blocked_until_s) "
    f"SELECT (SELECT min(id) FROM appointment), id, {NOON}, {NOON + 900}, {NOON + 900} FROM resource WHERE code = 'R1'"
)
TAKE_PATIENT = (
    "INSERT INTO appointment (patient_id, unplanned_stay, day, start_s, end_s) "
    f"SELECT min(id), 0, 739000, {NOON}, {NOON + 900} FROM patient"
)


@pytest.mark.parametrize(
    ("look", "write", "words"),
    [(ROOM_IS_FREE, TAKE_ROOM, "allocation_taken"), (PATIENT_IS_FREE, TAKE_PATIENT, "patient_elsewhere")],
    ids=["room", "patient"],
)
def test_the_constraint_alone_refuses_the_second_and_without_it_both_would_win(
    two: tuple[Plain, Plain], look: str, write: str, words: str
) -> None:
    one, other = two
    assert (one.one(look), other.one(look)) == (0, 0)
    one.run(write)
    with other.refuses(words):
        other.run(write)
    assert one.one(look) == 1
    for guard in GUARDS["sqlite" if one.is_file else "postgresql"]:
        one.run(guard)
    other.run(write)
    assert one.one(look) == 2


def test_without_the_guards_the_race_through_our_own_rows_would_double_book(
    desk: Desk, address: str, desks: Callable[[], Desk]
) -> None:
    """Both have looked, then both write, one after the other: the second is refused, but by the guards alone."""
    visit = desk.queries.visit_card(book(desk, "09:00")).appointment
    copy = replace(visit, id=0, patient_id=add_patient(desk, "Second"))
    other = desks()
    with pytest.raises(Conflict, match="taken"):
        store(other, copy)
    with plain(address) as program:
        for guard in GUARDS["sqlite" if program.is_file else "postgresql"]:
            program.run(guard)
    store(other, copy)
    assert {breach.rule for breach in desk.queries.breaches(desk.now())} == {"one_at_a_time"}


def store(desk: Desk, *visits: Appointment, meeting: Callable[[], object] = lambda: None) -> None:
    """Writes visits without asking whether they fit; ``meeting`` is called after the first."""
    with desk.open_work(desk.actor) as work:
        for number, visit in enumerate(visits):
            work.appointments.add(visit)
            if number == 0:
                meeting()
        work.commit("appointment_booked")


# A server lets two transactions run side by side: the second waits for the first, or both for each other.


@pytest.fixture
def crossing(postgresql_address: str) -> Iterator[tuple[Desk, Desk, Appointment, Appointment]]:
    """Two desks, and two visits of each of four people that want the same two places."""
    set_up(postgresql_address, CATALOGUE, 4)
    with plain(postgresql_address) as program:
        name = program.one("SELECT current_database()")
        program.run(f'ALTER DATABASE "{name}" SET deadlock_timeout = 50')
    with opened(postgresql_address, "one") as one, opened(postgresql_address, "two") as two:
        early = one.queries.visit_card(book(one, "09:00", add_patient(one, "Model"))).appointment
        late = one.queries.visit_card(book(one, "11:00", early.patient_id)).appointment
        with plain(postgresql_address) as program:
            program.run("UPDATE allocation SET active = 0")
            program.run("UPDATE appointment SET active = 0, status = 'cancelled'")
            program.run("UPDATE callback SET status = 'dropped'")
        yield one, two, early, late


def people(desk: Desk) -> list[int]:
    return sorted(hit.patient_id for hit in desk.queries.find_patients("racer", desk.now()))


def of(visit: Appointment, patient_id: int) -> Appointment:
    return replace(visit, id=0, patient_id=patient_id)


def test_who_waits_for_another_transaction_is_refused_when_that_commits(crossing: Any) -> None:
    one, two, early, _ = crossing
    who = people(one)
    with ThreadPoolExecutor(1) as pool:
        begun = threading.Event()

        def second() -> None:
            begun.set()
            store(two, of(early, who[1]))

        def meet() -> None:
            waiting.append(pool.submit(second))
            assert begun.wait(30)

        waiting: list[Any] = []
        store(one, of(early, who[0]), meeting=meet)
        with pytest.raises(Conflict, match="taken"):
            waiting[0].result(30)


def test_of_two_that_wait_for_each_other_one_is_asked_to_begin_again_and_then_told_who_won(crossing: Any) -> None:
    one, two, early, late = crossing
    who, gate, codes = people(one), threading.Barrier(2), []

    def use_case(desk: Desk, *visits: Appointment) -> str:
        """Meets the other in the first try only; a second try finds the other's work done."""
        tries: list[bool] = []

        @repeated
        def work() -> None:
            meeting = (lambda: gate.wait(30)) if not tries else (lambda: None)
            tries.append(True)
            try:
                store(desk, *visits, meeting=meeting)
            except Conflict as fault:
                codes.append((fault.code, bool(fault.params.get("again"))))
                raise

        try:
            work()
        except Conflict as fault:
            return fault.code
        return "stored"

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(use_case, one, of(early, who[0]), replace(late, id=0, patient_id=who[1]))
        second = pool.submit(
            use_case, two, replace(late, id=0, patient_id=who[2]), replace(early, id=0, patient_id=who[3])
        )
        assert sorted((first.result(60), second.result(60))) == ["stored", "taken"]
    assert {*codes[:-1]} == {("busy", True)}
    assert codes[-1] == ("taken", False)
    assert one.queries.breaches(one.now()) == ()
