"""The answers of a call that asks questions: what can be answered, and which answers the nurse has to know of. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desk_app.domain.faults import RuleViolation
from desk_app.domain.practice_rules import AnswerKind, CallQuestion

YES, NO = "yes", "no"
HIGHEST = 10
Answers = tuple[tuple[str, str], ...]
"""By the code of the question; what was not asked is left out."""


def checked_answers(questions: Iterable[CallQuestion], answers: Answers) -> Answers:
    """The answers that were given, in the order of the questions. Raises RuleViolation ``call_question``."""
    given = {code: text.strip() for code, text in answers if text.strip()}
    asked = tuple(questions)
    for question in asked:
        if question.code in given and not _can_be(question, given[question.code]):
            allowed = "0 to 10" if question.kind is AnswerKind.SCALE else "yes or no"
            raise RuleViolation("call_question", field=question.code, question=question.text, allowed=allowed)
    strangers = given.keys() - {question.code for question in asked}
    if strangers:
        raise RuleViolation("call_question", question=min(strangers), allowed="nothing: it is not asked")
    return tuple((question.code, given[question.code]) for question in asked if question.code in given)


def alarming(questions: Iterable[CallQuestion], answers: Answers) -> tuple[CallQuestion, ...]:
    """The questions whose answers the nurse has to know of at once."""
    given = dict(answers)
    return tuple(question for question in questions if _alarms(question, given))


def _can_be(question: CallQuestion, answer: str) -> bool:
    if question.kind is AnswerKind.SCALE:
        return answer.isascii() and answer.isdigit() and int(answer) <= HIGHEST
    return question.kind is AnswerKind.WORDS or answer in (YES, NO)


def _alarms(question: CallQuestion, given: Mapping[str, str]) -> bool:
    answer = given.get(question.code)
    if answer is None or question.alarm is None or not _can_be(question, answer):
        return False
    if question.kind is AnswerKind.SCALE:
        return int(answer) >= question.alarm
    return question.kind is AnswerKind.YES_NO and (answer == YES) == bool(question.alarm)
