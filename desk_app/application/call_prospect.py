"""What a call can end with and what would come next each time, known before anybody says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desk_app.application.call_rows import CallCard
from desk_app.application.call_situations import Case, situation
from desk_app.application.call_words import OUTCOME_WORDS, next_words
from desk_app.application.desk import Desk
from desk_app.application.sentences import sentence
from desk_app.domain.business_time import BusinessCalendar
from desk_app.domain.call_choices import FITTING, REST
from desk_app.domain.call_outcomes import NOTHING_SAID, Next, Said, Situation, what_next
from desk_app.domain.call_phones import number_of
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice_rules import CallQuestion
from desk_app.domain.records import Phone
from desk_app.domain.statuses import CallOutcome


@dataclass(frozen=True, slots=True)
class Choice:
    """An outcome with its key; ``told`` is what comes next, or why it cannot be."""

    outcome: CallOutcome
    key: str
    title: str
    told: str
    next: Next


@dataclass(frozen=True, slots=True)
class Prospect:
    """Everything that decides what comes next, as of the call's opening; asking it again costs no look."""

    known: Situation
    calendar: BusinessCalendar
    now: datetime

    @property
    def questions(self) -> tuple[CallQuestion, ...]:
        return self.known.rule.questions

    def usual(self) -> tuple[Choice, ...]:
        """Those of the keys 1 to 7."""
        return self._keyed(FITTING[self.known.kind])

    def rest(self) -> tuple[Choice, ...]:
        """Those behind the key 8."""
        return self._keyed(REST[self.known.kind])

    def dialling(self, number: str) -> Prospect:
        """The same where another of the person's numbers was called."""
        found = next((each for each in self.known.phones if number == number_of(each)), Phone(number))
        return replace(self, known=replace(self.known, phone=found))

    def after(self, outcome: CallOutcome, said: Said = NOTHING_SAID, key: str = "") -> Choice:
        """What would come next with what was said so far."""
        step = what_next(self.known, outcome, self.now, self.calendar, said)
        told = sentence(step.refused, {}) if step.refused else next_words(step, self.calendar.zone, self.now)
        return Choice(outcome, key, OUTCOME_WORDS[outcome], told, step)

    def _keyed(self, outcomes: tuple[CallOutcome, ...]) -> tuple[Choice, ...]:
        return tuple(self.after(outcome, key=str(place)) for place, outcome in enumerate(outcomes, 1))


def prospect(desk: Desk, card: CallCard) -> Prospect:
    """On the worker."""
    call = replace(card.callback, payer=card.line.payer)
    case = Case(call, card.attempts, card.patient, card.request, card.visit)
    known = situation(desk.catalogue(), desk.now(), case)
    return Prospect(known, desk.calendar(), desk.now())
