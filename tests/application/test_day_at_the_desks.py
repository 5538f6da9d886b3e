"""Any day at two desks: whatever is stepped, taken back, moved or undone, everybody is in one place, alone there."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from desk_app.application.desk import Desk
from desk_app.application.flow_day import COLUMN_OF, FlowColumn, lies_in
from desk_app.application.undo_history import UndoHistory
from desk_app.application.use_cases import booking, practice, undo, visit_status
from desk_app.application.use_cases.look_at_flow import flow_day
from desk_app.application.visit_steps import How
from desk_app.bootstrap.graph import build_desk
from desk_app.domain.faults import Conflict, NeedsConfirmation, RuleViolation
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import APPOINTMENT_STEPS, AppointmentStatus
from tests.application.steps import a_patient
from tests.application.test_histories import Copies
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

S = AppointmentStatus
REFUSED = (RuleViolation, NeedsConfirmation, Conflict)
STARTS = ("08:00", "08:20", "08:40", "09:00", "09:20", "10:00", "11:00", "13:00")
BEDS = (S.OVERNIGHT,)
which = st.integers(0, 50)


class DayAtTheDesks(RuleBasedStateMachine):
    """Steps on eight visits of one day; the clock goes on by some minutes between them."""

    copies: Copies

    @initialize()
    def open(self) -> None:
        self.clock = StandingClock(at("2026-11-24T10:00"))
        address = self.copies.fresh()
        self.desks = [build_desk(address, f"desk {number}", self.clock) for number in (1, 2)]
        self.visits = []
        for number, start in enumerate(STARTS):
            procedure, more = ("KYPHO", {"override_reason": "by phone"}) if start == "11:00" else ("JOINT", {})
            who = a_patient(self.desks[0], f"P{number}")
            wish = booking.BookAppointment(at(f"2026-11-25T{start}"), procedure, patient_id=who, **more)
            self.visits.append(booking.book(self.desks[0], wish).value.id)
        self.desks[0].history = UndoHistory()  # the bookings stay
        self.clock.instant = at("2026-11-25T07:50")

    def teardown(self) -> None:
        for desk in getattr(self, "desks", ()):
            desk.close()

    def desk(self, number: int) -> Desk:
        return self.desks[number % 2]

    def visit(self, number: int) -> Appointment:
        return self.desks[0].queries.visit_card(self.visits[number % len(self.visits)]).appointment

    @rule(at_desk=which, visit=which, step=which, minutes=st.integers(0, 15))
    def step_on(self, at_desk: int, visit: int, step: int, minutes: int) -> None:
        """Along the table: mostly forward, whatever comes of it."""
        self.clock.instant += timedelta(minutes=minutes)
        seen = self.visit(visit)
        steps = sorted(APPOINTMENT_STEPS[seen.status] - {S.CANCELLED, S.CONFIRMED})
        if not steps:
            return
        status = steps[step % len(steps)]
        how = How(place="City hospital", reason="no bed") if status in BEDS and step % 3 == 0 else How()
        with suppress(*REFUSED):
            visit_status.set_status(self.desk(at_desk), seen.id, status, seen.version, how)

    @rule(at_desk=which, visit=which)
    def step_back(self, at_desk: int, visit: int) -> None:
        with suppress(*REFUSED):
            visit_status.step_back(self.desk(at_desk), self.visits[visit % len(self.visits)], "wrong card")

    @rule(at_desk=which, visit=which, place=st.sampled_from(["B1", "B2", "N1", "R1"]))
    def move_elsewhere(self, at_desk: int, visit: int, place: str) -> None:
        with suppress(*REFUSED):
            visit_status.move_patient(self.desk(at_desk), self.visits[visit % len(self.visits)], place)

    @rule(at_desk=which, back=st.booleans())
    def take_back(self, at_desk: int, back: bool) -> None:
        with suppress(*REFUSED):
            (undo.undo if back else undo.redo)(self.desk(at_desk))

    @invariant()
    def no_rule_is_broken(self) -> None:
        """One resource serves one visit, one patient lies in one place, and every open record is as it should be."""
        if hasattr(self, "desks"):
            assert self.desks[0].queries.breaches(self.clock.now()) == ()

    @invariant()
    def everybody_is_somewhere_on_the_board(self) -> None:
        """In the column of their status, and who is in a room, bay or bed is alone there."""
        if not hasattr(self, "desks"):
            return
        day = flow_day(self.desks[1])
        assert {line.visit.appointment_id for line in day.lines} == set(self.visits)
        places: list[str] = []
        for line in day.lines:
            place = lies_in(line, CATALOGUE)
            column = COLUMN_OF[line.status]
            if column in (FlowColumn.IN_PROCEDURE, FlowColumn.IN_RECOVERY):
                assert place is not None, line
            if column is FlowColumn.OVERNIGHT:
                assert (place is None) == bool(line.place), line
            places += [place] if place is not None else []
        assert len(places) == len(set(places))

    @invariant()
    def the_newest_step_is_the_status(self) -> None:
        """Whatever was undone or taken back: a visit's steps lead to where it stands."""
        if hasattr(self, "desks"):
            for number in self.visits:
                card = self.desks[0].queries.visit_card(number)
                if card.steps:
                    assert card.steps[-1].status is card.appointment.status
                else:
                    assert card.appointment.status is S.BOOKED


def test_no_day_loses_a_patient_or_puts_two_in_one_place(sqlite_address: str, tmp_path: Path) -> None:
    desk = build_desk(sqlite_address, "whoever set it up", StandingClock(at("2026-11-24T09:00")))
    practice.load(desk, CATALOGUE)
    desk.close()
    folder = tmp_path / "days"
    folder.mkdir()
    machine = type("DayHere", (DayAtTheDesks,), {"copies": Copies(Path(sqlite_address), folder)})
    checks = list(HealthCheck)
    run_state_machine_as_test(
        machine, settings=settings(max_examples=6, stateful_step_count=30, deadline=None, suppress_health_check=checks)
    )
