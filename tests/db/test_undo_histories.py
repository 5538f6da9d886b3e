"""Doing, undoing and redoing at random: no rule breaks, and undo shows the very same day, inbox and charts again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from desk_app.application.desk import Desk
from desk_app.application.use_cases import (
    blockouts,
    booking,
    moving,
    patients,
    practice,
    requests,
    undo,
    visit_status,
)
from desk_app.application.use_cases.find_slots import FindSlots, find
from desk_app.bootstrap.graph import build_desk
from desk_app.domain.blockouts import BlockoutWish
from desk_app.domain.faults import Conflict, FrontDeskFault
from desk_app.domain.practice import BlockoutKind, Stay
from desk_app.domain.records import Contact, Phone
from desk_app.domain.statuses import AppointmentStatus, CancelReason, RequestSource, RequestStatus
from tests.db.work import Desks, add_patient, book
from tests.helpers.postgres import Server
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

DAYS = [date(2026, 11, 24) + timedelta(days=number) for number in range(4)]
STARTS = [at(f"2026-11-{day}T{clock}") for day in (25, 26) for clock in ("08:30", "09:00", "09:15", "11:00", "14:00")]
any_number = st.integers(0, 99)


def shown(desk: Desk) -> dict[str, object]:
    """Everything the desk can be shown, without the versions, which only ever grow."""
    now = desk.now()
    inbox = desk.queries.requests("all", now)
    rows = desk.queries.index_rows(DAYS[0], DAYS[-1], now)
    return {
        "days": [[line._replace(version=0) for line in desk.queries.day_plan(day, now, True).lines] for day in DAYS],
        "inbox": [line._replace(version=0) for line in inbox],
        "calls": [_calls(desk, line.request_id) for line in inbox],
        "charts": [
            replace(desk.queries.patient_card(hit.patient_id, now).patient, version=0)
            for hit in desk.queries.find_patients("chart", now, 100)
        ],
        "index": (sorted(rows.uses), sorted(rows.visits)),
        "counts": desk.queries.counts(now),
        "practice": desk.queries.catalogue(),
        "starts": find(desk, FindSlots("JOINT", first_day=DAYS[1], days=2, limit=500)),
    }


def _calls(desk: Desk, request_id: int) -> list[str]:
    calls = desk.queries.request_card(request_id, desk.now()).callbacks
    return sorted(repr(replace(call, version=0)) for call in calls)


class Histories(RuleBasedStateMachine):
    """One desk; beside it what it showed before each step that can be undone, and after each that can be redone."""

    def __init__(self, place: Callable[[], Any]) -> None:
        super().__init__()
        self.stack = ExitStack()
        address = self.stack.enter_context(place())
        self.desk = build_desk(address, "somebody", StandingClock(at("2026-11-24T10:00")))
        self.stack.callback(self.desk.close)
        self.now = shown(self.desk)
        self.undoable: list[dict[str, object]] = []
        self.redoable: list[dict[str, object]] = []

    def teardown(self) -> None:
        self.stack.close()

    def do(self, work: Callable[[], object]) -> None:
        """A step, or a refusal that changes nothing."""
        before = self.now
        try:
            work()
        except FrontDeskFault:
            assert shown(self.desk) == before
            return
        self.now = shown(self.desk)
        self.undoable.append(before)
        self.redoable.clear()

    def pick(self, table: str, number: int) -> int:
        """Some visit, request or chart there is."""
        now = self.desk.now()
        found = {
            "visit": [line.appointment_id for day in DAYS for line in self.desk.queries.day_plan(day, now, True).lines],
            "request": [line.request_id for line in self.desk.queries.requests("all", now)],
            "chart": [hit.patient_id for hit in self.desk.queries.find_patients("chart", now, 100)],
        }[table]
        return found[number % len(found)] if found else 0

    @rule(number=any_number)
    def add_chart(self, number: int) -> None:
        self.do(lambda: add_patient(self.desk, f"Chart{number}", "Ana", phone=f"50855501{number:02}"))

    @rule(number=any_number, note=st.sampled_from(["deaf", "O’Brien", "<b>"]))
    def edit_chart(self, number: int, note: str) -> None:
        def work() -> None:
            chart = self.desk.queries.patient_card(self.pick("chart", number), self.desk.now()).patient
            patients.edit(self.desk, replace(chart, note=note, phones=(Phone("413", "+14135550100"),)))

        if self.pick("chart", number):
            self.do(work)

    @rule(number=any_number, procedure=st.sampled_from(["JOINT", "KYPHO", None]))
    def take_down(self, number: int, procedure: str | None) -> None:
        caller = Contact(f"Caller{number}", "Kwame", phones=(Phone("4", f"+141355501{number:02}"),))
        wish = requests.NewRequest(RequestSource.PHONE, contact=caller, procedure=procedure)
        self.do(lambda: requests.take_down(self.desk, wish))

    @rule(number=any_number, status=st.sampled_from(RequestStatus))
    def step_request(self, number: int, status: RequestStatus) -> None:
        if request_id := self.pick("request", number):
            self.do(lambda: requests.set_status(self.desk, request_id, status))

    @rule(number=any_number, start=st.sampled_from(STARTS), kind=st.sampled_from(["firm", "held", "kypho", "stay"]))
    def book_chart(self, number: int, start: Any, kind: str) -> None:
        more: dict[str, Any] = {
            "firm": {},
            "held": {"hold_until": at("2026-11-24T17:00")},
            "kypho": {"override_reason": "cannot walk"},
            "stay": {"override_reason": "frail", "stay": Stay.PLANNED},
        }[kind]
        if patient_id := self.pick("chart", number):
            procedure = "KYPHO" if kind in ("kypho", "stay") else "JOINT"
            wish = booking.BookAppointment(start, procedure, patient_id=patient_id, **more)
            self.do(lambda: booking.book(self.desk, wish))

    @rule(number=any_number, start=st.sampled_from(STARTS), held=st.booleans())
    def book_request(self, number: int, start: Any, held: bool) -> None:
        until = at("2026-11-24T17:00") if held else None
        if request_id := self.pick("request", number):
            wish = booking.BookAppointment(start, request_id=request_id, hold_until=until, as_new_patient=True)
            self.do(lambda: booking.book(self.desk, wish))

    @rule(number=any_number, start=st.sampled_from(STARTS))
    def move(self, number: int, start: Any) -> None:
        if visit := self.pick("visit", number):
            self.do(lambda: moving.move(self.desk, moving.MoveAppointment(visit, start)))

    @rule(number=any_number, reason=st.sampled_from([CancelReason.ILL, CancelReason.PRACTICE]))
    def cancel(self, number: int, reason: CancelReason) -> None:
        if visit := self.pick("visit", number):
            self.do(lambda: visit_status.cancel(self.desk, visit, reason))

    @rule(number=any_number, status=st.sampled_from(AppointmentStatus))
    def step_visit(self, number: int, status: AppointmentStatus) -> None:
        if visit := self.pick("visit", number):
            self.do(lambda: visit_status.set_status(self.desk, visit, status))

    @rule(start=st.sampled_from(STARTS), hours=st.integers(1, 30), who=st.sampled_from(["R1", "ALG", "*"]))
    def block(self, start: Any, hours: int, who: str) -> None:
        """Over whoever is there."""
        wish = BlockoutWish((who,), start, start + timedelta(hours=hours), BlockoutKind.VACATION)
        seen = frozenset(visit.appointment_id for visit in blockouts.concerned(self.desk, wish))
        self.do(lambda: blockouts.enter(self.desk, wish, seen))

    @rule(number=any_number, shorter=st.booleans())
    def change_blockout(self, number: int, shorter: bool) -> None:
        known = self.desk.catalogue().blockouts
        if not known:
            return
        there = known[number % len(known)]
        if shorter:
            wish = BlockoutWish((there.resource,), there.start, there.start + timedelta(minutes=30))
            self.do(lambda: blockouts.change(self.desk, there.id, wish))
        else:
            self.do(lambda: blockouts.remove(self.desk, there.id))

    @precondition(lambda self: self.undoable)
    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        for _ in range(min(times, len(self.undoable))):
            self.redoable.append(self.now)
            undo.undo(self.desk)
            self.now = shown(self.desk)
            assert self.now == self.undoable.pop()

    @precondition(lambda self: self.redoable)
    @rule(times=st.integers(1, 4))
    def redo(self, times: int) -> None:
        for _ in range(min(times, len(self.redoable))):
            self.undoable.append(self.now)
            undo.redo(self.desk)
            self.now = shown(self.desk)
            assert self.now == self.redoable.pop()

    @invariant()
    def no_rule_is_broken(self) -> None:
        assert self.desk.queries.breaches(self.desk.now()) == ()


def loaded(address: str) -> None:
    """A practice with a few charts, requests and a visit to begin with."""
    desk = build_desk(address, "somebody", StandingClock(at("2026-11-24T10:00")))
    practice.load(desk, CATALOGUE)
    for number in range(3):
        add_patient(desk, f"Chart{number}", "Ana")
        caller = Contact(f"Caller{number}", "Kwame", phones=(Phone("4", f"+1413555010{number}"),))
        requests.take_down(desk, requests.NewRequest(RequestSource.PHONE, contact=caller, procedure="JOINT"))
    book(desk, "2026-11-25T11:00", desk.queries.find_patients("chart", desk.now())[0].patient_id)
    desk.close()


def test_any_history_in_a_file_can_be_undone_and_redone(sqlite_address: str, tmp_path: Path) -> None:
    loaded(sqlite_address)
    memory = Path("/dev/shm")

    @contextmanager
    def place() -> Iterator[str]:
        with TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as folder:
            yield str(shutil.copy(sqlite_address, folder))

    few = settings(max_examples=14, stateful_step_count=16)
    run_state_machine_as_test(lambda: Histories(place), settings=few)


def test_any_history_on_a_server_can_be_undone_and_redone(postgres_server: Server, postgresql_address: str) -> None:
    loaded(postgresql_address)
    name = postgresql_address.partition("?")[0].rpartition("/")[2]

    @contextmanager
    def place() -> Iterator[str]:
        with postgres_server.fresh_database(name) as fresh:
            yield postgres_server.url(fresh)

    few = settings(max_examples=3, stateful_step_count=12)
    run_state_machine_as_test(lambda: Histories(place), settings=few)


def test_undo_is_refused_where_the_freed_place_was_taken_meanwhile(desk: Desk, desks: Desks) -> None:
    visit = book(desk, "09:00")
    moving.move(desk, moving.MoveAppointment(visit, at("2026-11-25T11:00")))
    other = desks()
    taken = book(other, "09:00", add_patient(other, "Faster"))
    before = shown(desk)
    with pytest.raises(Conflict, match="taken"):
        undo.undo(desk)
    assert shown(desk) == before
    visit_status.cancel(other, taken, CancelReason.ILL)
    assert desk.queries.breaches(desk.now()) == ()


def test_undo_is_refused_where_somebody_moved_on_and_names_them(desk: Desk, desks: Desks) -> None:
    visit = book(desk, "09:00")
    other = desks()
    visit_status.set_status(other, visit, AppointmentStatus.CONFIRMED)
    with pytest.raises(Conflict, match="changed") as fault:
        undo.undo(desk)
    assert fault.value.params["who"] == other.actor.user_name
    assert desk.queries.visit_card(visit).appointment.status is AppointmentStatus.CONFIRMED
