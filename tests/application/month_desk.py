"""A month at the demo practice's desk: what comes in, what is called, decided, booked, cancelled and done, at random.

Everything goes through the use cases that the window and the command line have; a refusal by a rule is part of a day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar

from desk_app.application.authorization_steps import Decision, Submission
from desk_app.application.call_prospect import Choice, prospect
from desk_app.application.call_rows import CallCard
from desk_app.application.day_plan import DayPlanLine
from desk_app.application.desk import Desk
from desk_app.application.holds import hold_until
from desk_app.application.incoming import IncomingRequest
from desk_app.application.read_models import RequestLine
from desk_app.application.tried import Tried
from desk_app.application.use_cases import (
    authorizations,
    booking,
    calls,
    moving,
    patients,
    requests,
    undo,
    visit_status,
)
from desk_app.application.use_cases.call_recording import record
from desk_app.application.use_cases.find_slots import FindSlots, find
from desk_app.application.use_cases.import_requests import import_requests
from desk_app.application.use_cases.keep_calls import NOT_YET, Kept, keep_calls
from desk_app.domain.call_outcomes import Ask
from desk_app.domain.faults import Conflict, NeedsConfirmation, RuleViolation, WrongInput
from desk_app.domain.practice_rules import AnswerKind
from desk_app.domain.records import Authorization, Contact, Message, Patient, Phone, Request
from desk_app.domain.statuses import (
    AppointmentStatus,
    AuthorizationStatus,
    CallOutcome,
    CancelReason,
    EndReason,
    RequestSource,
    RequestStatus,
    Urgency,
)
from tests.helpers.small_practice import StandingClock

REFUSED = (RuleViolation, NeedsConfirmation, Conflict, WrongInput)
A, W, Z = AppointmentStatus, CallOutcome, AuthorizationStatus
T = TypeVar("T")

PROCEDURES = ("KYPHO", "VERT", "ESI-I", "ESI-T", "MBB", "SIJ", "JOINT", "TPI")
LEVELS = {"KYPHO": ("T12", "L1", "T11 T12"), "VERT": ("L2",), "ESI-I": ("L4-5",), "ESI-T": ("L5",), "MBB": ("L4 L5",)}
CODES = ("M54.16", "M80.08XA", "M48.06", "M47.816")
FAMILIES = ("Abbott", "Bianchi", "Cohen", "Dupont", "Eriksen", "Fofana", "Grant", "Horvat", "Ito", "Jung")
OUTCOME_WEIGHTS = {W.DONE: 8, W.BOOKED: 8, W.CONFIRMED: 8, W.PAYER_PENDING: 6, W.PAYER_DECIDED: 9, W.DECLINED: 1}
OVER = ("held", "cancelled", "no_show", "discharged", "overnight")
ORDER_OF_DAY = (A.ARRIVED, A.READY, A.IN_PROCEDURE, A.IN_RECOVERY, A.AMBULATING, A.DISCHARGED)


@dataclass
class Month:
    """One desk of the practice, its clock and its chance; ``did`` counts what was done, ``refused`` refusals."""

    desk: Desk
    clock: StandingClock
    chance: Random
    did: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    kept: Kept = NOT_YET

    def live(self, days: int) -> None:
        """So many days from the clock's on, each with its desk hours and its night."""
        zone = self.desk.zone()
        for _ in range(days):
            today = self.desk.today()
            if self.desk.calendar().is_business_day(today):
                for hour in (9, 14):
                    self.clock.instant = datetime(today.year, today.month, today.day, hour, 7, tzinfo=zone)
                    self._an_hour(hour)
            self._night(today)

    def _an_hour(self, hour: int) -> None:
        visit_status.sweep_lapsed(self.desk)
        self._some(3, self._somebody_calls_in)
        self._some(2, self._a_form_comes_in)
        self._some(6, self._review)
        self._some(4, self._to_the_payer)
        self._some(20, self._call)
        self._some(3, self._book_first)
        self._some(2, self._change_a_visit)
        self._some(1, self._another_payer)
        if self.chance.random() < 0.15:
            self._try("undo", lambda: undo.undo(self.desk))
        self._steps_of_the_day(hour)

    def _night(self, today: date) -> None:
        """The day's visits are over; the nightly passes keep calls and authorizations, and the next day begins."""
        zone = self.desk.zone()
        self.clock.instant = datetime(today.year, today.month, today.day, 19, 0, tzinfo=zone)
        self._steps_of_the_day(19)
        nightly = authorizations.nightly(self.desk)
        self.did["expired"] += len(nightly.value)
        self.keep()
        tomorrow = today + timedelta(days=1)
        self.clock.instant = datetime(tomorrow.year, tomorrow.month, tomorrow.day, 7, 30, tzinfo=zone)

    def keep(self) -> None:
        self.kept = keep_calls(self.desk, self.kept).value
        self.did["calls made by night"] += self.kept.made
        self.did["calls settled by night"] += self.kept.settled

    # what comes in

    def _somebody_calls_in(self) -> None:
        """A known patient or somebody new; some tell everything, some little."""
        whole = self.chance.random() < 0.5
        procedure = self.chance.choice(PROCEDURES) if self.chance.random() < 0.9 else None
        wish = requests.NewRequest(
            RequestSource.PHONE,
            self.chance.choice(tuple(Urgency)),
            patient_id=self._some_patient() if self.chance.random() < 0.7 else None,
            contact=self._contact(),
            procedure=procedure,
            level_names=self.chance.choice(LEVELS.get(procedure or "", ("",))) if whole else "",
            diagnoses=(self.chance.choice(CODES),) if whole else (),
            payer=self._payer(),
        )
        taken = self._try("request by phone", lambda: requests.take_down(self.desk, wish).value)
        if taken is not None and self.chance.random() < 0.3:
            self._book(taken.id)

    def _a_form_comes_in(self) -> None:
        contact, number = self._contact(), self.chance.randrange(10**9)
        request = Request(RequestSource.WEB, self.desk.now(), contact=contact, procedure=self.chance.choice(PROCEDURES))
        message = Message(self.desk.now(), f"{number}.eml", f"{number}", "please call", f"<{number}@mail.example>")
        (told,) = import_requests(self.desk, [IncomingRequest(f"{number}.eml", request, message)])
        self.did[f"form {told.value.result}"] += 1

    def _review(self) -> None:
        line = self._one(line for line in self._requests("received", "in_review"))
        if line is None:
            return
        card = self.desk.queries.request_card(line.request_id, self.desk.now())
        known, chart = card.request, card.patient
        procedure = known.procedure or self.chance.choice(PROCEDURES)
        told = replace(
            known,
            procedure=procedure,
            level_names=known.level_names or self.chance.choice(LEVELS.get(procedure, ("",))),
            diagnoses=known.diagnoses or (self.chance.choice(CODES),),
        )
        whole = _completed(chart) if chart is not None else None
        luck = self.chance.random()
        if luck < 0.06:
            end = self.chance.choice((RequestStatus.DECLINED, RequestStatus.WITHDRAWN, RequestStatus.DUPLICATE))
            self._try("ended", lambda: requests.set_status(self.desk, known.id, end, why=EndReason.OTHER))
        else:
            whose = requests.Whose(as_new=chart is None and luck < 0.9, chart=whole)
            self._try("review", lambda: requests.edit(self.desk, told, whose))

    # payers

    def _to_the_payer(self) -> None:
        paper = self._paper(AuthorizationStatus.TO_SUBMIT)
        if paper is not None:
            wish = Submission(f"S{paper.id}", expedited=self.chance.random() < 0.2)
            self._try("submitted", lambda: authorizations.submit(self.desk, paper.id, wish))

    def _paper(self, status: AuthorizationStatus) -> Authorization | None:
        line = self._one(line for line in self._requests("in_review", "awaiting_authorization", "ready_to_book"))
        if line is None:
            return None
        papers = self.desk.queries.request_card(line.request_id, self.desk.now()).approvals
        return next((each for each in papers if each.status is status), None)

    def _decision(self) -> Decision:
        today, luck = self.desk.today(), self.chance.random()
        if luck < 0.62:
            until = today + timedelta(days=self.chance.choice((10, 45, 90)))
            return Decision(Z.APPROVED, f"A{self.chance.randrange(10**6)}", today, until)
        if luck < 0.7:
            until = today + timedelta(days=60)
            return Decision(Z.APPROVED_IN_PART, f"P{self.chance.randrange(10**6)}", today, until, levels=1)
        return Decision(self.chance.choice((Z.DENIED, Z.PENDED)))

    def _another_payer(self) -> None:
        if self.chance.random() > 0.3:
            return
        chart = self.desk.queries.patient_card(self._some_patient(), self.desk.now()).patient
        self._try("another payer", lambda: patients.edit(self.desk, replace(chart, payer=self._payer())))

    # calls

    def _call(self) -> None:
        """The best of the calls that are due, with whatever comes of it."""
        lines = calls.look_at_calls(self.desk, calls.CallWish(due_by=self.desk.today())).lines
        if not lines:
            return
        line = lines[min(int(self.chance.expovariate(0.5)), len(lines) - 1)]
        card = self._try("claimed", lambda: calls.claim(self.desk, line.id).value)
        if card is None:
            return
        known = prospect(self.desk, card)
        choices = [each for each in (*known.usual(), *known.rest()) if not each.next.refused]
        weights = [OUTCOME_WEIGHTS.get(each.outcome, 1) for each in choices]
        choice = self.chance.choices(choices, weights)[0]
        if choice.outcome is W.BOOKED and card.request is not None:
            self._book(card.request.id)
            return
        tried = self._tried(card, choice)
        self._try(f"call {choice.outcome.value}", lambda: record(self.desk, line.id, tried))

    def _tried(self, card: CallCard, choice: Choice) -> Tried:
        asks = choice.next.asks
        again = self.desk.now() + timedelta(hours=self.chance.choice((2, 24, 70)))
        return Tried(
            choice.outcome,
            note=self.chance.choice(("", "spoke to the daughter")),
            again_at=again if Ask.TIME in asks else None,
            reason=self.chance.choice((CancelReason.PATIENT, CancelReason.ILL)) if Ask.REASON in asks else None,
            decision=self._decision() if Ask.DECISION in asks else None,
            answers=tuple((each.code, self._answer(each.kind)) for each in prospect(self.desk, card).questions),
        )

    def _answer(self, kind: AnswerKind) -> str:
        return str(self.chance.randrange(11)) if kind is AnswerKind.SCALE else self.chance.choice(("yes", "no"))

    # visits

    def _book_first(self) -> None:
        line = self._one(line for line in self._requests("ready_to_book", "awaiting_authorization"))
        if line is not None:
            self._book(line.request_id)

    def _book(self, request_id: int) -> None:
        """The first start in some days; held where the payer has not decided, now and then overridden by a manager."""
        desk, now = self.desk, self.desk.now()
        card = desk.queries.request_card(request_id, now)
        request = card.request
        if request.procedure is None:
            return
        ahead = desk.today() + timedelta(days=self.chance.randrange(1, 9))
        slots = find(desk, FindSlots(request.procedure, request.levels, first_day=ahead, days=30, limit=6))
        if not slots:
            return
        start = self.chance.choice(slots).start
        wish = booking.BookAppointment(start, request_id=request_id, as_new_patient=True)
        if self._try("booked", lambda: booking.book(desk, wish)) is not None:
            return
        luck = self.chance.random()
        if luck < 0.6:
            until = hold_until(desk.catalogue(), now, request, start)
            self._try("held", lambda: booking.book(desk, replace(wish, hold_until=until)))
        elif luck < 0.7:
            self._try("overridden", lambda: booking.book(desk, replace(wish, override_reason="cannot walk")))

    def _change_a_visit(self) -> None:
        day = self.desk.today() + timedelta(days=self.chance.randrange(1, 8))
        line = self._one(each for each in self._visits(day) if each.status in ("held", "booked", "confirmed"))
        if line is None:
            return
        number, luck = line.appointment_id, self.chance.random()
        if luck < 0.35:
            reason = self.chance.choice((CancelReason.PATIENT, CancelReason.ILL, CancelReason.PRACTICE))
            self._try("cancelled", lambda: visit_status.cancel(self.desk, number, reason))
        elif luck < 0.8:
            slots = find(self.desk, FindSlots(line.procedure, line.levels, first_day=day, days=14, limit=20))
            if slots:
                wish = moving.MoveAppointment(number, self.chance.choice(slots).start, reason="patient_asked")
                self._try("moved", lambda: moving.move(self.desk, wish))
        elif line.status == "booked":
            self._try("confirmed", lambda: visit_status.set_status(self.desk, number, A.CONFIRMED))
        elif line.status == "held":
            self._try("made firm", lambda: booking.make_firm(self.desk, number))

    def _steps_of_the_day(self, hour: int) -> None:
        """Whoever should be there by now has come and goes on, or did not come; in the evening all have gone home."""
        for line in self._visits(self.desk.today()):
            if line.start > self.desk.now() or line.status in OVER:
                continue
            if line.status in ("booked", "confirmed") and self.chance.random() < 0.05:
                self._step(line.appointment_id, A.NO_SHOW)
                continue
            known = A(line.status)
            begun = ORDER_OF_DAY.index(known) + 1 if known in ORDER_OF_DAY else 0
            many = len(ORDER_OF_DAY) if hour == 19 or line.end < self.desk.now() else self.chance.randrange(1, 4)
            for step in ORDER_OF_DAY[begun : begun + many]:
                if not self._step(line.appointment_id, step):
                    break
        self._nights_end()

    def _step(self, number: int, status: AppointmentStatus) -> bool:
        return self._try(status.value, lambda: visit_status.set_status(self.desk, number, status)) is not None

    def _nights_end(self) -> None:
        for line in self._visits(self.desk.today() - timedelta(days=1)):
            if line.status == "overnight":
                self._step(line.appointment_id, A.DISCHARGED)

    # chance

    def _some(self, most: int, do: Callable[[], None]) -> None:
        for _ in range(self.chance.randint(0, most)):
            do()

    def _try(self, what: str, do: Callable[[], T]) -> T | None:
        """Does it, or is refused by a rule; anything else is a fault."""
        try:
            done = do()
        except REFUSED as refused:
            self.refused[f"{what}: {refused.code}"] += 1
            return None
        self.did[what] += 1
        return done

    def _one(self, found: Iterator[T]) -> T | None:
        there = tuple(found)
        return self.chance.choice(there) if there else None

    def _requests(self, *statuses: str) -> Iterator[RequestLine]:
        return (line for line in self.desk.queries.requests("open", self.desk.now()) if line.status in statuses)

    def _visits(self, day: date) -> Sequence[DayPlanLine]:
        return self.desk.queries.day_plan(day, self.desk.now(), with_gone=True).lines

    def _some_patient(self) -> int:
        hits = self.desk.queries.find_patients(self.chance.choice("abcdefghlmnoprst"), self.desk.now(), 60)
        return self.chance.choice(hits).patient_id

    def _payer(self) -> str | None:
        return self.chance.choice((*(each.code for each in self.desk.catalogue().payers), None))

    def _contact(self) -> Contact:
        number = f"+1413555{self.chance.randrange(100, 10000):04}"
        phones = (Phone(number, number),) if self.chance.random() < 0.9 else ()
        born = date(1940 + self.chance.randrange(40), 1 + self.chance.randrange(12), 1 + self.chance.randrange(28))
        given = f"Given{self.chance.randrange(90)}"
        return Contact(self.chance.choice(FAMILIES), given, born, phones=phones, email="a@mail.example")


def _completed(chart: Patient) -> Patient:
    return replace(chart, birth_date=chart.birth_date or date(1950, 5, 5), member_id=chart.member_id or "M 1")
