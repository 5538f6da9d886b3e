"""Any history at two desks, steps and refusals and undo alike: every rule holds, every open request has its action."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from desk_app.application.authorization_steps import Decision, Submission
from desk_app.application.day_plan import DayPlanLine
from desk_app.application.desk import Desk
from desk_app.application.use_cases import (
    authorizations,
    booking,
    gap_fits,
    moving,
    offer_answers,
    offering,
    patients,
    practice,
    requests,
    short_notice,
    undo,
    visit_status,
)
from desk_app.application.use_cases.find_slots import FindSlots, find
from desk_app.bootstrap.graph import build_desk
from desk_app.domain.faults import Conflict, NeedsConfirmation, RuleViolation, WrongInput
from desk_app.domain.practice import Stay
from desk_app.domain.statuses import (
    OPEN_REQUESTS,
    AppointmentStatus,
    AuthorizationStatus,
    CancelReason,
    RequestStatus,
    Urgency,
)
from tests.application.steps import a_patient, a_request, approve
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

REFUSED = (RuleViolation, NeedsConfirmation, Conflict, WrongInput)
which = st.integers(0, 50)
minute = st.integers(0, 30).map(lambda number: number * 10)


why = st.sampled_from(["", "has to be"])


class Copies:
    """A fresh copy of a database with the small practice for each history."""

    def __init__(self, template: Path, folder: Path) -> None:
        self._template, self._folder = template, folder
        self.where = ""

    def fresh(self) -> str:
        for old in self._folder.iterdir():
            old.unlink()
        self.where = str(self._folder / "desk.db")
        shutil.copy(self._template, self.where)
        return self.where


class TwoDesks(RuleBasedStateMachine):
    """Everything that a desk can do, by two of them, on one database."""

    copies: Copies

    @initialize()
    def open(self) -> None:
        self.clock = StandingClock(at("2026-11-24T10:00"))
        address = self.copies.fresh()
        self.desks = [build_desk(address, f"desk {number}", self.clock) for number in (1, 2)]
        self.patients = [a_patient(self.desks[0], family) for family in ("Ortiz", "Asante", "Lowell")]
        self.requests = [a_request(self.desks[0], self.patients[0])]
        later = booking.BookAppointment(at("2026-11-26T15:00"), "JOINT", patient_id=self.patients[2])
        self.visits = [booking.book(self.desks[0], later).value.id]
        short_notice.put_visit_on(self.desks[0], self.visits[0])

    def teardown(self) -> None:
        for desk in getattr(self, "desks", ()):
            desk.close()

    def desk(self, number: int) -> Desk:
        return self.desks[number % 2]

    @rule(at_desk=which, patient=which, procedure=st.sampled_from(["JOINT", "KYPHO"]), urgency=st.sampled_from(Urgency))
    def take_down(self, at_desk: int, patient: int, procedure: str, urgency: Urgency) -> None:
        patient_id = self.patients[patient % 3]
        with suppress(WrongInput):  # undo may have taken the chart back
            self.requests.append(a_request(self.desk(at_desk), patient_id, procedure, urgency=urgency))

    @rule(at_desk=which, request=which, status=st.sampled_from(RequestStatus))
    def step(self, at_desk: int, request: int, status: RequestStatus) -> None:
        with suppress(*REFUSED):
            requests.set_status(self.desk(at_desk), self.requests[request % len(self.requests)], status)

    @rule(request=which)
    def approve(self, request: int) -> None:
        if any(self.requests):
            approve(self.desks[1], self.requests[request % len(self.requests)], None)

    @rule(at_desk=which, request=which, step=st.sampled_from(AuthorizationStatus), levels=st.integers(1, 2), why=why)
    def answer_of_the_payer(self, at_desk: int, request: int, step: AuthorizationStatus, levels: int, why: str) -> None:
        """Sent, answered, appealed or given up, by whoever is at the desk; some answers cover less."""
        desk, number = self.desk(at_desk), self.requests[request % len(self.requests)]
        with suppress(*REFUSED):
            known = desk.queries.request_card(number, desk.now()).approvals
            if not known:
                authorizations.begin(desk, number)
            elif step is AuthorizationStatus.SUBMITTED:
                authorizations.submit(desk, known[-1].id, Submission("REF", expedited=levels == 1))
            elif step is AuthorizationStatus.APPEALED:
                authorizations.appeal(desk, known[-1].id, override_reason=why)
            elif step is AuthorizationStatus.WITHDRAWN:
                authorizations.withdraw(desk, known[-1].id, override_reason=why)
            else:
                last = at("2026-11-25T00:00").date() + timedelta(days=levels)
                answer = Decision(step, levels=levels, units=levels, valid_to=last)
                authorizations.decide(desk, known[-1].id, answer, override_reason=why)

    @rule(at_desk=which, patient=which, payer=st.sampled_from([None, "OLDCOL"]), why=why)
    def payer_changes(self, at_desk: int, patient: int, payer: str | None, why: str) -> None:
        desk = self.desk(at_desk)
        chart = desk.queries.patient_card(self.patients[patient % len(self.patients)], desk.now()).patient
        with suppress(*REFUSED):
            patients.edit(desk, replace(chart, payer=payer), why)

    @rule(at_desk=which, request=which, procedure=st.sampled_from(["JOINT", "KYPHO"]), why=why)
    def procedure_changes(self, at_desk: int, request: int, procedure: str, why: str) -> None:
        desk, number = self.desk(at_desk), self.requests[request % len(self.requests)]
        with suppress(*REFUSED):
            asked = desk.queries.request_card(number, desk.now()).request
            requests.edit(desk, replace(asked, procedure=procedure), override_reason=why)

    @rule(at_desk=which)
    def night(self, at_desk: int) -> None:
        authorizations.nightly(self.desk(at_desk))

    @rule(at_desk=which, request=which, start=minute, held=st.booleans(), override=st.booleans(), stay=st.booleans())
    def book(self, at_desk: int, request: int, start: int, held: bool, override: bool, stay: bool) -> None:
        desk = self.desk(at_desk)
        wish = booking.BookAppointment(
            at("2026-11-25T08:00") + timedelta(minutes=start),
            request_id=self.requests[request % len(self.requests)],
            stay=Stay.PLANNED if stay else None,
            hold_until=desk.now() + timedelta(minutes=30) if held else None,
            override_reason="has to be" if override else "",
        )
        with suppress(*REFUSED):
            self.visits.append(booking.book(desk, wish).value.id)

    @rule(at_desk=which, visit=which, start=minute, days=st.integers(0, 1))
    def move(self, at_desk: int, visit: int, start: int, days: int) -> None:
        if self.visits:
            wish = at("2026-11-25T08:00") + timedelta(days=days, minutes=start)
            with suppress(*REFUSED):
                moving.move(self.desk(at_desk), moving.MoveAppointment(self.visits[visit % len(self.visits)], wish))

    @rule(at_desk=which, visit=which, status=st.sampled_from(AppointmentStatus))
    def status(self, at_desk: int, visit: int, status: AppointmentStatus) -> None:
        if self.visits:
            with suppress(*REFUSED):
                visit_status.set_status(self.desk(at_desk), self.visits[visit % len(self.visits)], status)

    @rule(at_desk=which, visit=which, reason=st.sampled_from(CancelReason))
    def cancel(self, at_desk: int, visit: int, reason: CancelReason) -> None:
        if self.visits:
            with suppress(*REFUSED):
                visit_status.cancel(self.desk(at_desk), self.visits[visit % len(self.visits)], reason)

    @rule(at_desk=which, visit=which, off=st.booleans())
    def would_come_earlier(self, at_desk: int, visit: int, off: bool) -> None:
        desk = self.desk(at_desk)
        with suppress(*REFUSED):
            listed = desk.queries.short_notice(at("2026-11-25T00:00").date(), desk.now())
            if off and listed:
                short_notice.take_off(desk, listed[visit % len(listed)].entry.id)
            elif self.visits and visit % 2:
                short_notice.put_visit_on(desk, self.visits[visit % len(self.visits)])
            else:
                short_notice.put_request_on(desk, self.requests[visit % len(self.requests)])

    @rule(at_desk=which, start=minute)
    def offer(self, at_desk: int, start: int) -> None:
        """Whoever the list names first truly can be offered the start, and has it kept."""
        desk, when = self.desk(at_desk), at("2026-11-25T08:00") + timedelta(minutes=start)
        able = gap_fits.fits(desk, "R1", when).short.able
        if able:
            wish = offering.OfferStart(able[0].person.entry.id, "R1", when)
            self.visits.append(offering.offer(desk, wish).value.held.id)

    @rule(at_desk=which, visit=which, yes=st.booleans())
    def answer(self, at_desk: int, visit: int, yes: bool) -> None:
        if self.visits:
            number = self.visits[visit % len(self.visits)]
            with suppress(*REFUSED):
                (offer_answers.accept if yes else offer_answers.decline)(self.desk(at_desk), number)

    @rule(at_desk=which, back=st.booleans())
    def take_back(self, at_desk: int, back: bool) -> None:
        with suppress(*REFUSED):
            (undo.undo if back else undo.redo)(self.desk(at_desk))

    @rule(minutes=st.integers(1, 40), sweep=st.booleans())
    def time_passes(self, minutes: int, sweep: bool) -> None:
        self.clock.instant += timedelta(minutes=minutes)
        if sweep:
            visit_status.sweep_lapsed(self.desks[0])

    @invariant()
    def every_rule_holds(self) -> None:
        if not hasattr(self, "desks"):
            return
        queries, now = self.desks[0].queries, self.clock.now()
        assert queries.breaches(now) == ()
        lines = queries.requests("all", now)
        self.requests = [line.request_id for line in lines] or [0]  # undo may have taken some back
        alive = {line.appointment_id for day in (24, 25, 26) for line in _day(self.desks[0], day)}
        self.visits = [visit for visit in self.visits if visit in alive]
        for line in lines:
            assert (line.next_due is not None) == (line.status in OPEN_REQUESTS), line

    @invariant()
    def both_desks_find_the_same(self) -> None:
        if hasattr(self, "desks"):
            first, second = (find(desk, FindSlots("KYPHO", limit=30)) for desk in self.desks)
            fresh = build_desk(self.copies.where, "a desk just opened", self.clock)
            third = find(fresh, FindSlots("KYPHO", limit=30))
            fresh.close()
            assert first == second == third


def _day(desk: Desk, day: int) -> tuple[DayPlanLine, ...]:
    return desk.queries.day_plan(at(f"2026-11-{day}T00:00").date(), desk.now(), with_gone=True).lines


def test_no_history_breaks_a_rule_or_loses_a_request(sqlite_address: str, tmp_path: Path) -> None:
    desk = build_desk(sqlite_address, "whoever set it up", StandingClock(at("2026-11-24T09:00")))
    practice.load(desk, CATALOGUE)
    desk.close()
    folder = tmp_path / "histories"
    folder.mkdir()
    machine = type("TwoDesksHere", (TwoDesks,), {"copies": Copies(Path(sqlite_address), folder)})
    checks = list(HealthCheck)
    run_state_machine_as_test(
        machine, settings=settings(max_examples=6, stateful_step_count=30, deadline=None, suppress_health_check=checks)
    )
