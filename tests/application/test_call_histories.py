"""Any history of calls at two desks: an open request always has its next action, due times lie in business time, and
nobody is called about what is settled.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from desk_app.application.authorization_steps import Decision
from desk_app.application.call_rows import CallLine
from desk_app.application.desk import Desk
from desk_app.application.tried import Tried
from desk_app.application.use_cases import (
    booking,
    call_changes,
    call_recording,
    calls,
    keep_calls,
    practice,
    requests,
    undo,
    visit_status,
)
from desk_app.bootstrap.graph import build_desk
from desk_app.domain.call_choices import outcomes_of
from desk_app.domain.records import Phone
from desk_app.domain.statuses import (
    OPEN_REQUESTS,
    AppointmentStatus,
    AuthorizationStatus,
    CallbackKind,
    CallOutcome,
    CancelReason,
    RequestStatus,
)
from tests.application.steps import a_patient, a_request
from tests.application.test_histories import REFUSED, Copies
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

which = st.integers(0, 50)
DECISIONS = tuple(
    AuthorizationStatus(word)
    for word in ("approved", "approved_in_part", "denied", "pended", "more_info_needed", "peer_to_peer_due")
)
REASONS = (CancelReason.PATIENT, CancelReason.ILL, CancelReason.DIED, CancelReason.NO_ESCORT)


class CallsOfTwoDesks(RuleBasedStateMachine):
    """Requests and visits come and go; most of what happens are calls and what comes of them."""

    copies: Copies

    @initialize()
    def open(self) -> None:
        self.clock = StandingClock(at("2026-11-24T10:00"))
        address = self.copies.fresh()
        self.desks = [build_desk(address, f"desk {number}", self.clock) for number in (1, 2)]
        first = self.desks[0]
        self.patients = [a_patient(first, family, payer="OLDCOL") for family in ("Ortiz", "Asante", "Lowell")]
        a_request(first, self.patients[0], "KYPHO")
        a_request(first)
        self.book_one(0, 1, 4)

    def teardown(self) -> None:
        for desk in getattr(self, "desks", ()):
            desk.close()

    def desk(self, number: int) -> Desk:
        return self.desks[number % 2]

    def call(self, number: int) -> CallLine | None:
        found = calls.look_at_calls(self.desks[0]).lines
        return found[number % len(found)] if found else None

    @rule(at_desk=which, patient=which, procedure=st.sampled_from(["JOINT", "KYPHO", None]))
    def take_down(self, at_desk: int, patient: int, procedure: str | None) -> None:
        with suppress(*REFUSED):
            a_request(self.desk(at_desk), self.patients[patient % 4] if patient % 4 < 3 else None, procedure)

    @rule(at_desk=which, patient=which, days=st.integers(1, 12))
    def book_one(self, at_desk: int, patient: int, days: int) -> None:
        start = self.clock.now().replace(hour=15, minute=0) + timedelta(days=days)
        with suppress(*REFUSED):
            wish = booking.BookAppointment(start, "JOINT", patient_id=self.patients[patient % 3])
            booking.book(self.desk(at_desk), wish)

    @rule(at_desk=which, request=which, days=st.integers(1, 9))
    def book_request(self, at_desk: int, request: int, days: int) -> None:
        desk = self.desk(at_desk)
        lines = [line for line in desk.queries.requests("open", desk.now()) if line.procedure]
        if lines:
            start = self.clock.now().replace(hour=18, minute=0) + timedelta(days=days)
            with suppress(*REFUSED):
                booking.book(desk, booking.BookAppointment(start, request_id=lines[request % len(lines)].request_id))

    @rule(at_desk=which, told=st.lists(st.tuples(which, which, st.integers(1, 60), which), min_size=2, max_size=5))
    def record(self, at_desk: int, told: list[tuple[int, int, int, int]]) -> None:
        """Several calls one after the other, as they are made."""
        for number, outcome, hours, more in told:
            line = self.call(number)
            if line is not None:
                fitting = outcomes_of(CallbackKind(line.kind))
                tried = self.tried(line, fitting[outcome % len(fitting)], hours, more)
                with suppress(*REFUSED):
                    call_recording.record(self.desk(at_desk), line.id, tried)

    def tried(self, line: CallLine, outcome: CallOutcome, hours: int, more: int) -> Tried:
        return Tried(
            outcome,
            note="as it was",
            again_at=self.clock.now() + timedelta(hours=hours),
            reason=REASONS[more % len(REASONS)],
            decision=Decision(DECISIONS[more % len(DECISIONS)], levels=1),
            phone=Phone("508 555 0188", "+15085550188") if more % 7 == 0 else None,
            answers=(("pain", str(more % 11)),) if line.kind == CallbackKind.HOW_ARE_YOU else (),
        )

    @rule(at_desk=which, number=which, hours=st.integers(0, 90))
    def claim_and_put_off(self, at_desk: int, number: int, hours: int) -> None:
        line = self.call(number)
        if line is not None:
            with suppress(*REFUSED):
                calls.claim(self.desk(at_desk), line.id)
                call_changes.snooze(self.desk(at_desk), line.id, self.clock.now() + timedelta(hours=hours))

    @rule(at_desk=which, number=which, status=st.sampled_from(AppointmentStatus), reason=st.sampled_from(REASONS))
    def visit(self, at_desk: int, number: int, status: AppointmentStatus, reason: CancelReason) -> None:
        desk, line = self.desk(at_desk), self.call(number)
        if line is None or line.appointment_id is None:
            return
        with suppress(*REFUSED):
            if status is AppointmentStatus.CANCELLED:
                visit_status.cancel(desk, line.appointment_id, reason)
            else:
                visit_status.set_status(desk, line.appointment_id, status)

    @rule(at_desk=which, number=which, status=st.sampled_from(RequestStatus))
    def request(self, at_desk: int, number: int, status: RequestStatus) -> None:
        line = self.call(number)
        if line is not None and line.request_id is not None:
            with suppress(*REFUSED):
                requests.set_status(self.desk(at_desk), line.request_id, status)

    @rule(at_desk=which, back=st.booleans())
    def take_back(self, at_desk: int, back: bool) -> None:
        with suppress(*REFUSED):
            (undo.undo if back else undo.redo)(self.desk(at_desk))

    @rule(hours=st.integers(1, 40))
    def time_passes(self, hours: int) -> None:
        self.clock.instant += timedelta(hours=hours)
        visit_status.sweep_lapsed(self.desks[0])
        keep_calls.keep_calls(self.desks[1])
        now = self.clock.now()
        gaps = self.desks[0].queries.call_gaps(now, (CallbackKind.PREPARATION, CallbackKind.CONFIRMATION), 10)
        assert not gaps

    @invariant()
    def every_open_request_has_its_next_action_and_nobody_is_called_for_nothing(self) -> None:
        if not hasattr(self, "desks"):
            return
        queries, now = self.desks[0].queries, self.clock.now()
        assert queries.breaches(now) == ()
        for line in queries.requests("all", now):
            assert (line.next_due is not None) == (line.status in OPEN_REQUESTS), line

    @invariant()
    def every_call_is_due_in_business_time(self) -> None:
        if not hasattr(self, "desks"):
            return
        desk = self.desks[0]
        calendar = desk.calendar()
        for line in calls.look_at_calls(desk).lines:
            stretches = calendar.stretches(calendar.date_of(line.due))
            assert any(start <= line.due <= end for start, end in stretches), line

    @invariant()
    def whoever_wishes_no_calls_gets_none(self) -> None:
        if hasattr(self, "desks"):
            allowed = {"letter", "call_payer", "send_records", "peer_to_peer"}
            for line in calls.look_at_calls(self.desks[0]).lines:
                assert not line.do_not_contact or line.kind in allowed, line


def test_no_history_of_calls_loses_a_request_or_calls_anybody_for_nothing(sqlite_address: str, tmp_path: Path) -> None:
    desk = build_desk(sqlite_address, "set up", StandingClock(at("2026-11-24T09:00")))
    practice.load(desk, CATALOGUE)
    desk.close()
    folder = tmp_path / "histories"
    folder.mkdir()
    machine = type("CallsHere", (CallsOfTwoDesks,), {"copies": Copies(Path(sqlite_address), folder)})
    checks = list(HealthCheck)
    run_state_machine_as_test(
        machine, settings=settings(max_examples=8, stateful_step_count=30, deadline=None, suppress_health_check=checks)
    )
