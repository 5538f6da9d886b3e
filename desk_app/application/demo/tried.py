"""Who was called, when, and what came of it: the tries behind the demo's calls, and what payers said.

Only of the last weeks: nobody looks further back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from desk_app.application.demo.calls import phone_of
from desk_app.application.demo.present import Present
from desk_app.application.demo.records import Records
from desk_app.application.request_callbacks import callback_for
from desk_app.domain.call_answers import alarming
from desk_app.domain.call_order import PAYER_CALLS
from desk_app.domain.call_outcomes import UNREACHED
from desk_app.domain.call_records import Attempt, AuthorizationContact
from desk_app.domain.practice import Catalogue
from desk_app.domain.practice_rules import CallEvent, CallQuestion, call_rules
from desk_app.domain.records import Authorization, Callback, Patient, Phone
from desk_app.domain.statuses import OPEN_REQUESTS, AppointmentStatus, CallbackKind, CallbackStatus, CallOutcome

A, K, C, W = AppointmentStatus, CallbackKind, CallbackStatus, CallOutcome
KEPT = timedelta(days=35)
MINUTE = timedelta(minutes=1)
GIVEN_UP = 4
"""Tries after which a letter is written."""

NOBODY = ((W.NO_ANSWER, 46), (W.VOICEMAIL, 34), (W.BUSY, 8), (W.OTHER_PERSON, 12))
MADE = {
    K.CONFIRMATION: W.CONFIRMED,
    K.BOOK: W.BOOKED,
    K.REBOOK: W.BOOKED,
    K.FOLLOW_UP: W.BOOKED,
    K.NO_SHOW: W.BOOKED,
    K.CALL_PAYER: W.PAYER_PENDING,
    K.PEER_TO_PEER: W.PAYER_DECIDED,
    K.SHORT_NOTICE: W.DECLINED,
}
"""What came of a call that was made; the others are simply done."""

SAID = {
    W.OTHER_PERSON: ("Daughter; she is back at four.", "Husband will tell her.", "Neighbour picked up."),
    W.VOICEMAIL: ("Asked to call back.", ""),
    W.DONE: ("", "", "Knows when to stop eating.", "Son drives."),
    W.CONFIRMED: ("", "", "Will be here half an hour ahead."),
    W.PAYER_PENDING: ("With the nurse reviewer.", "No decision yet.", "Told to call tomorrow."),
}
CLERKS = ("Denise", "Mark T.", "Ms. Alvarez", "Rita", "Joel", "Supervisor Hanley")
NURSE_SHARE = 0.04
"""Of those who were asked how they are: so many gave an answer that the nurse had to know of."""

WINDOWS = ("mornings", "after 3 pm", "afternoons", "before noon", "weekdays before 10 am", "when the nurse is there")


def with_wishes(patients: Sequence[Patient], present: Present) -> list[Patient]:
    """Some have said when they can be reached, and whether messages may be left."""
    return [_with_wishes(patient, present.chance(f"wishes/{patient.mrn}")) for patient in patients]


def _with_wishes(patient: Patient, chance: Random) -> Patient:
    window = chance.choice(WINDOWS) if chance.random() < 0.12 else ""
    consent = chance.choices(("", "yes", "no"), (40, 48, 12))[0]
    phones: tuple[Phone, ...] = tuple(replace(phone, messages=consent) for phone in patient.phones)
    return replace(patient, call_window=window, phones=phones)


def add_tries(present: Present, catalogue: Catalogue, records: Records, clerks: tuple[int, ...]) -> None:
    """The tries of every call that was tried lately, when each call arose, and when it was settled."""
    _give_up_on_the_last(present, records)
    _what_payers_wanted(present, records)
    _tell_new_times(present, records)
    rule = call_rules(catalogue).get(CallEvent.HOW_ARE_YOU)
    tries = _Tries(present, records, clerks, rule.questions if rule is not None else ())
    for call in tuple(records.callbacks):
        tries.of_call(call)
    for paper in records.authorizations:
        tries.of_payer(paper)


def _give_up_on_the_last(present: Present, records: Records) -> None:
    """Of the follow-ups that were asked for until now, the last could not be reached."""
    asked = [c for c in records.callbacks if c.kind is K.FOLLOW_UP and c.status is C.DONE and c.due <= present.now]
    if asked:
        last = max(asked, key=lambda call: (call.due, call.id))
        records.callbacks[last.id - 1] = replace(last, status=C.DROPPED, attempts=GIVEN_UP)


def _what_payers_wanted(present: Present, records: Records) -> None:
    """Before some decisions records were sent, or a physician called the payer's."""
    requests = [request for request, _ in records.requests]
    for paper in records.authorizations:
        decided = paper.decided_at
        if decided is None or paper.request_id is None or decided < present.now - KEPT:
            continue
        chance, request = present.chance(f"wanted/{paper.id}"), requests[paper.request_id - 1]
        if request.status in OPEN_REQUESTS or chance.random() > 0.3:
            continue
        kind = chance.choice((K.SEND_RECORDS, K.SEND_RECORDS, K.PEER_TO_PEER))
        status = chance.choices((C.DONE, C.DROPPED), (80, 20))[0]
        made = callback_for(request, kind, present.calendar.closing(present.calendar.date_of(decided)))
        records.add_callback(replace(made, status=status, attempts=int(status is C.DONE), payer=paper.payer))


def _tell_new_times(present: Present, records: Records) -> None:
    """Some visits of the coming days were moved by the practice; of the last nobody has been told yet."""
    soon = present.calendar.closing(present.calendar.add_days(present.today, 6))
    coming = [v for v in records.appointments if v.status is A.BOOKED and present.end_of_business() < v.start < soon]
    for number, visit in enumerate(coming[:: max(1, len(coming) // 3)][:3]):
        patient = records.patients[visit.patient_id - 1]
        told = Callback(K.MOVED, present.end_of_business(), visit.procedure, None, visit.id, patient.id)
        made = {"status": C.DUE} if number == 0 else {"status": C.DONE, "attempts": 1}
        records.add_callback(replace(told, phone=phone_of(patient), **made))


class _Tries:
    """Each call and authorization has its own chance."""

    def __init__(
        self, present: Present, records: Records, clerks: tuple[int, ...], questions: tuple[CallQuestion, ...]
    ) -> None:
        self._present, self._records = present, records
        self._clerks, self._questions = clerks, questions
        asked = (call for call in records.callbacks if call.kind is K.HOW_ARE_YOU and call.status is C.DONE)
        last = max(asked, key=lambda call: (call.due, call.id), default=None)
        self._alarmed = last.id if last is not None else 0
        """Of whom the nurse has to know today."""

    def of_call(self, call: Callback) -> None:
        chance, now = self._present.chance(f"tries/{call.id}"), self._present.now
        last = min(call.due, now - chance.randrange(3, 50) * MINUTE)
        arisen = min(self._before(last, chance, 1 + call.attempts), now)
        settled = last if call.status in (C.DONE, C.DROPPED) else None
        self._keep(replace(call, arisen_at=arisen, settled_at=settled))
        if call.due < now - KEPT:
            return
        outcome = MADE.get(call.kind, W.DONE)
        for number in range(call.attempts):
            is_last = number == call.attempts - 1
            at = last if is_last else self._before(last, chance, call.attempts - 1 - number)
            reached = is_last and call.status is C.DONE
            self._attempt(call, at, outcome if reached else _nobody(chance, call), chance)

    def of_payer(self, paper: Authorization) -> None:
        """The contacts about an authorization: every business day while it was undecided, at most the last five."""
        sent, chance = paper.submitted_at, self._present.chance(f"contacts/{paper.id}")
        until = paper.decided_at or self._present.now
        if sent is None or until < self._present.now - KEPT:
            return
        calendar, day = self._present.calendar, self._present.calendar.date_of(until)
        moments: list[datetime] = []
        while len(moments) < 5 and (day := calendar.add_days(day, -1)) > calendar.date_of(sent):
            moments.insert(0, self._present.moment(chance, day))
        outcomes = [W.PAYER_PENDING] * len(moments)
        if paper.decided_at is not None:
            moments, outcomes = [*moments, paper.decided_at], [*outcomes, W.PAYER_DECIDED]
        for at, outcome in zip(moments, outcomes, strict=True):
            reference = f"C{chance.randrange(10**5, 10**6)}" if chance.random() < 0.7 else ""
            said = chance.choice(SAID.get(outcome, ("",)))
            held, who = chance.choice((2, 5, 8, 11, 14, 22, 31)), chance.choice(CLERKS)
            self._records.contacts.append(
                AuthorizationContact(paper.id, at, self._clerk(chance), who, reference, held, said, outcome)
            )

    def _attempt(self, call: Callback, at: datetime, outcome: CallOutcome, chance: Random) -> None:
        payer = call.kind in PAYER_CALLS
        answers = self._answers(call, chance) if call.kind is K.HOW_ARE_YOU and outcome is W.DONE else ()
        attempt = Attempt(
            call.id,
            at,
            self._clerk(chance),
            outcome,
            spoken_to=chance.choice(CLERKS) if payer else "",
            note=chance.choice(SAID.get(outcome, ("",))),
            phone="" if payer else call.phone,
            call_reference=f"C{chance.randrange(10**5, 10**6)}" if payer and chance.random() < 0.7 else "",
            hold_minutes=chance.choice((3, 6, 9, 12, 18, 27)) if payer else 0,
            answers=answers,
        )
        self._records.attempts.append(attempt)
        found = alarming(self._questions, answers)
        if found:
            self._nurse(call, at, "; ".join(f"{each.text}: {dict(answers)[each.code]}" for each in found), chance)

    def _answers(self, call: Callback, chance: Random) -> tuple[tuple[str, str], ...]:
        """Mostly little pain and nothing else."""
        if not self._questions:
            return ()
        alarm = chance.random() < NURSE_SHARE or call.id == self._alarmed
        said = {"pain": str(chance.choice((9, 8)) if alarm else chance.choice((0, 1, 2, 2, 3, 4, 5)))}
        said |= dict.fromkeys(("fever", "wound", "numbness", "bladder"), "no")
        return tuple((question.code, said[question.code]) for question in self._questions if question.code in said)

    def _nurse(self, call: Callback, at: datetime, words: str, chance: Random) -> None:
        """What alarmed goes to the nurse, who has called by now unless it was only today."""
        present = self._present
        due = present.calendar.next_open(at)
        fresh = call.id == self._alarmed
        status = C.DUE if fresh else chance.choices((C.DONE, C.DROPPED), (90, 10))[0]
        made = replace(
            call,
            kind=K.NURSE,
            due=max(due, present.end_of_business()) if fresh else due,
            status=status,
            attempts=int(status is C.DONE),
            assigned_to="nurse",
            note=words,
            arisen_at=at,
            settled_at=None if fresh else due,
        )
        self._records.add_callback(made)

    def _before(self, instant: datetime, chance: Random, days: int) -> datetime:
        calendar = self._present.calendar
        return min(self._present.moment(chance, calendar.add_days(calendar.date_of(instant), -days)), instant)

    def _clerk(self, chance: Random) -> int | None:
        return chance.choice(self._clerks) if self._clerks else None

    def _keep(self, call: Callback) -> None:
        self._records.callbacks[call.id - 1] = call


def _nobody(chance: Random, call: Callback) -> CallOutcome:
    if call.kind in PAYER_CALLS:
        return chance.choice((W.NO_ANSWER, W.BUSY, W.PAYER_PENDING))
    return chance.choices([outcome for outcome, _ in NOBODY], [share for _, share in NOBODY])[0]


def write_to_unreached(present: Present, records: Records) -> None:
    """Whoever could not be reached after their visit was written to; what was given up today is still to be written."""
    given_up = (c.due for c in records.callbacks if c.kind is K.FOLLOW_UP and c.attempts >= GIVEN_UP)
    last = max(given_up, default=None)
    for call in tuple(records.callbacks):
        gave_up = call.status is C.DROPPED and call.attempts >= GIVEN_UP
        if not gave_up or call.kind not in (K.HOW_ARE_YOU, K.FOLLOW_UP, K.NO_SHOW) or call.due < present.now - KEPT:
            continue
        chance = present.chance(f"letter/{call.id}")
        fresh = call.due == last
        status = C.DUE if fresh else chance.choices((C.DONE, C.DROPPED), (88, 12))[0]
        due = present.end_of_business() if fresh else call.due
        settled = None if fresh else call.due
        records.add_callback(
            replace(
                call,
                kind=K.LETTER,
                reason=UNREACHED,
                due=due,
                status=status,
                attempts=int(status is C.DONE),
                arisen_at=min(call.due, present.now),
                settled_at=settled,
            )
        )
