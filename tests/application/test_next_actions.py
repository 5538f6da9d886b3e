"""Whatever happens to requests, every open one has exactly one next action, told the same everywhere."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from desk_app.application.authorization_steps import Decision
from desk_app.application.desk import Desk
from desk_app.application.incoming import IncomingRequest
from desk_app.application.tried import Tried
from desk_app.application.use_cases import (
    authorizations,
    booking,
    merging,
    moving,
    patients,
    practice,
    requests,
    undo,
    visit_status,
)
from desk_app.application.use_cases.call_recording import record
from desk_app.application.use_cases.import_requests import import_requests
from desk_app.bootstrap.graph import build_desk
from desk_app.cli import output
from desk_app.domain.call_choices import outcomes_of
from desk_app.domain.faults import Conflict, NeedsConfirmation, RuleViolation, WrongInput
from desk_app.domain.practice import Payer
from desk_app.domain.records import Contact, Message, Phone, Request
from desk_app.domain.statuses import (
    OPEN_REQUESTS,
    AppointmentStatus,
    AuthorizationStatus,
    CancelReason,
    RequestSource,
    RequestStatus,
    Urgency,
)
from tests.application.steps import a_patient, a_request
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

REFUSED = (RuleViolation, NeedsConfirmation, Conflict, WrongInput)
PAYERS = (*CATALOGUE.payers, Payer("MCARE", "Medicare", needs_authorization=False))
DECISIONS = (
    AuthorizationStatus.APPROVED,
    AuthorizationStatus.DENIED,
    AuthorizationStatus.PENDED,
    AuthorizationStatus.MORE_INFO_NEEDED,
    AuthorizationStatus.PEER_TO_PEER_DUE,
)
which = st.integers(0, 50)
procedures = st.sampled_from(["JOINT", "KYPHO", None])


class RequestsAtTwoDesks(RuleBasedStateMachine):
    """Everything that touches a request, by two desks on one database."""

    template: Path
    folder: Path

    @initialize()
    def open(self) -> None:
        self.clock = StandingClock(at("2026-11-24T10:00"))
        for old in self.folder.iterdir():
            old.unlink()
        self.where = str(self.folder / "desk.db")
        shutil.copy(self.template, self.where)
        self.desks = [build_desk(self.where, f"desk {number}", self.clock) for number in (1, 2)]
        for desk in self.desks:
            desk.actor = replace(desk.actor, rights=frozenset({"override"}))
        more: dict[str, Any] = {"birth_date": date(1951, 3, 12), "payer": "OLDCOL", "member_id": "OC 1"}
        self.patients = [a_patient(self.desks[0], family, **more) for family in ("Ortiz", "Asante", "Lowell")]
        self.requests = [a_request(self.desks[0], self.patients[0], "KYPHO")]
        self.visits: list[int] = []

    def teardown(self) -> None:
        for desk in getattr(self, "desks", ()):
            desk.close()

    def desk(self, number: int) -> Desk:
        return self.desks[number % 2]

    def request(self, number: int) -> int:
        return self.requests[number % len(self.requests)] if self.requests else 0

    def chart(self, number: int) -> int:
        return self.patients[number % len(self.patients)]

    @rule(
        at_desk=which,
        patient=st.none() | which,
        procedure=procedures,
        urgency=st.sampled_from(Urgency),
        whole=st.booleans(),
    )
    def take_down(
        self, at_desk: int, patient: int | None, procedure: str | None, urgency: Urgency, whole: bool
    ) -> None:
        more: dict[str, Any] = {"level_names": "T12", "diagnoses": ("M80.08XA",)} if whole else {}
        with suppress(*REFUSED):
            number = self.chart(patient) if patient is not None else None
            a_request(self.desk(at_desk), number, procedure, urgency=urgency, **more)

    @rule(at_desk=which, number=which)
    def mail_comes_in(self, at_desk: int, number: int) -> None:
        """The same person writes again: it joins their open request."""
        contact = Contact("Lindgren", "Astrid", phones=(Phone("x", f"+141355501{number % 3:02}"),))
        request = Request(RequestSource.WEB, self.clock.now(), contact=contact, urgency=Urgency.SOON)
        message = Message(self.clock.now(), "a.eml", f"{number}", "text")
        list(import_requests(self.desk(at_desk), [IncomingRequest("a.eml", request, message)]))

    @rule(at_desk=which, request=which, procedure=procedures, urgency=st.sampled_from(Urgency), whole=st.booleans())
    def review(self, at_desk: int, request: int, procedure: str | None, urgency: Urgency, whole: bool) -> None:
        desk = self.desk(at_desk)
        with suppress(*REFUSED):
            known = desk.queries.request_card(self.request(request), desk.now()).request
            told = replace(known, procedure=procedure, urgency=urgency, note=f"seen {request}")
            if whole:
                told = replace(told, level_names="T12", diagnoses=("M80.08XA",))
            requests.edit(desk, told, requests.Whose(as_new=whole))

    @rule(at_desk=which, request=which, patient=st.none() | which)
    def link(self, at_desk: int, request: int, patient: int | None) -> None:
        with suppress(*REFUSED):
            if patient is None:
                requests.create_patient(self.desk(at_desk), self.request(request))
            else:
                requests.link_patient(self.desk(at_desk), self.request(request), self.chart(patient))

    @rule(at_desk=which, request=which, status=st.sampled_from(RequestStatus))
    def step(self, at_desk: int, request: int, status: RequestStatus) -> None:
        with suppress(*REFUSED):
            requests.set_status(self.desk(at_desk), self.request(request), status)

    @rule(at_desk=which, patient=which, payer=st.sampled_from(["OLDCOL", "MCARE", None]), phone=st.booleans())
    def chart_changes(self, at_desk: int, patient: int, payer: str | None, phone: bool) -> None:
        desk = self.desk(at_desk)
        with suppress(*REFUSED):
            chart = desk.queries.patient_card(self.chart(patient), desk.now()).patient
            phones = (Phone("x", "+14135550199"),) if phone else ()
            patients.edit(desk, replace(chart, payer=payer, phones=phones), "he asked for it")

    @rule(at_desk=which, kept=which, other=which)
    def merge(self, at_desk: int, kept: int, other: int) -> None:
        with suppress(*REFUSED):
            merging.merge(self.desk(at_desk), self.chart(kept), self.chart(other))

    @rule(at_desk=which, request=which, status=st.sampled_from(DECISIONS))
    def payer_answers(self, at_desk: int, request: int, status: AuthorizationStatus) -> None:
        desk = self.desk(at_desk)
        with suppress(*REFUSED):
            known = desk.queries.request_card(self.request(request), desk.now()).approvals
            if known:
                decision = Decision(status, number="A-1" if status is AuthorizationStatus.APPROVED else "")
                authorizations.decide(desk, known[-1].id, decision)

    @rule(at_desk=which, request=which, call=which, outcome=which)
    def somebody_calls(self, at_desk: int, request: int, call: int, outcome: int) -> None:
        desk = self.desk(at_desk)
        with suppress(*REFUSED):
            calls = desk.queries.request_card(self.request(request), desk.now()).callbacks
            if calls:
                made = calls[call % len(calls)]
                fitting = outcomes_of(made.kind)
                again = desk.now() + timedelta(hours=3)
                record(desk, made.id, Tried(fitting[outcome % len(fitting)], note="said so", again_at=again))

    @rule(at_desk=which, request=which, minute=st.integers(0, 30), held=st.booleans())
    def book(self, at_desk: int, request: int, minute: int, held: bool) -> None:
        desk = self.desk(at_desk)
        until = desk.now() + timedelta(minutes=30) if held else None
        start = at("2026-11-25T08:00") + timedelta(minutes=10 * minute)
        wish = booking.BookAppointment(
            start, request_id=self.request(request), hold_until=until, override_reason="" if held else "frail",
            as_new_patient=True,
        )  # fmt: skip
        with suppress(*REFUSED):
            self.visits.append(booking.book(desk, wish).value.id)

    @rule(at_desk=which, visit=which, minute=st.integers(0, 30))
    def move(self, at_desk: int, visit: int, minute: int) -> None:
        start = at("2026-11-25T08:00") + timedelta(minutes=10 * minute)
        if self.visits:
            with suppress(*REFUSED):
                moving.move(self.desk(at_desk), moving.MoveAppointment(self.visits[visit % len(self.visits)], start))

    @rule(at_desk=which, visit=which, reason=st.sampled_from(CancelReason), status=st.sampled_from(AppointmentStatus))
    def visit_goes_on(self, at_desk: int, visit: int, reason: CancelReason, status: AppointmentStatus) -> None:
        if not self.visits:
            return
        number = self.visits[visit % len(self.visits)]
        with suppress(*REFUSED):
            if status is AppointmentStatus.CANCELLED:
                visit_status.cancel(self.desk(at_desk), number, reason)
            else:
                visit_status.set_status(self.desk(at_desk), number, status)

    @rule(at_desk=which, back=st.booleans())
    def take_back(self, at_desk: int, back: bool) -> None:
        with suppress(*REFUSED):
            (undo.undo if back else undo.redo)(self.desk(at_desk))

    @rule(minutes=st.sampled_from([10, 40, 600]), sweep=st.booleans())
    def time_passes(self, minutes: int, sweep: bool) -> None:
        self.clock.instant += timedelta(minutes=minutes)
        if sweep:
            visit_status.sweep_lapsed(self.desks[0])

    @invariant()
    def one_next_action_told_the_same_everywhere(self) -> None:
        if not hasattr(self, "desks"):
            return
        queries, now, zone = self.desks[0].queries, self.clock.now(), self.desks[0].zone()
        assert [breach for breach in queries.breaches(now) if breach.rule in ("next_action", "merged")] == []
        lines = queries.requests("all", now)
        self.requests = [line.request_id for line in lines]
        records = queries.request_records(self.requests)
        for line in lines:
            call = queries.request_card(line.request_id, now).next_action
            told = output.request_json(line, records[line.request_id], zone)["next_action"]
            if line.status not in OPEN_REQUESTS:
                assert (call, told) == (None, None), line
                continue
            assert call is not None, line
            assert (line.next_kind, line.next_due) == (call.kind, call.due)
            assert told == {"kind": call.kind.value, "due": output.iso(call.due, zone)}


def test_every_open_request_has_exactly_one_next_action_after_any_history(sqlite_address: str, tmp_path: Path) -> None:
    desk = build_desk(sqlite_address, "whoever set it up", StandingClock(at("2026-11-24T09:00")))
    practice.load(desk, replace(CATALOGUE, payers=PAYERS))
    desk.close()
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as folder:
        place = {"template": Path(sqlite_address), "folder": Path(folder)}
        machine = type("RequestsHere", (RequestsAtTwoDesks,), place)
        few = settings(max_examples=8, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
        run_state_machine_as_test(machine, settings=few)
