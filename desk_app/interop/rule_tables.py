"""The tables of a practice file that hold rules and letters: ``[[coverage_rule]]``, ``[[readiness_gate]]``,
``[[call_rule]]``, ``[[flow_limit]]``, ``[[recovery_rule]]``, ``[[bed_rule]]``, ``[[letter_template]]``.

A key that is left out keeps what the usual row of that code says; a code of the practice's own has no usual row.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import TypeVar

from desk_app.application.sentences import sentence
from desk_app.domain.bed_rules import USUAL_BED_RULES, BedRule, SharingCode
from desk_app.domain.faults import RuleViolation
from desk_app.domain.flow_limits import AS_BOOKED, USUAL_LIMITS, FlowCode, FlowLimit
from desk_app.domain.languages import LetterLanguage
from desk_app.domain.letters import LetterKind, LetterTemplate, check, tidy
from desk_app.domain.practice import Sedation
from desk_app.domain.practice_rules import (
    ALWAYS_MADE,
    BEFORE_VISIT,
    USUAL_CALL_RULES,
    USUAL_COVERAGE,
    USUAL_GATES,
    AnswerKind,
    CallEvent,
    CallQuestion,
    CallRule,
    CallUnit,
    CoverageRule,
    GateKind,
    ReadinessGate,
)
from desk_app.domain.recovery import USUAL_RECOVERY, RecoveryRule
from desk_app.domain.visit_parts import AlertKind
from desk_app.interop.toml_reader import Table

MOST_DAYS = 3650
EVERYBODY = "none"
"""For ``alert``: the gate is asked of every patient."""

QUESTION = 'questions such as { code = "pain", text = "Pain now", kind = "scale", alarm = 8 }'
NOTHING_ASKED = "something that is asked: sessions, interval_days, one_region or conservative_weeks"
DAY_MINUTES = 24 * 60
WordT = TypeVar("WordT", bound=StrEnum)


def coverage_rule(table: Table, procedures: Collection[str], payers: Collection[str]) -> CoverageRule:
    """What payers cover."""
    code = table.code("code")
    usual = next((rule for rule in USUAL_COVERAGE if rule.code == code), None) or CoverageRule(code, code)
    value = CoverageRule(
        code,
        table.text("name") if table.has("name") else usual.name,
        _known(table, "procedures", usual.procedures, procedures),
        _texts(table, "cpt", usual.cpt),
        _known(table, "payers", usual.payers, payers),
        _figure(table, "sessions", usual.sessions, 100),
        table.whole("months", usual.months, 1, 120),
        _figure(table, "interval_days", usual.interval_days, MOST_DAYS),
        table.flag("one_region", usual.one_region),
        _figure(table, "conservative_weeks", usual.conservative_weeks, 520),
        table.flag("active", usual.active),
    )
    asked = (value.sessions, value.interval_days, value.conservative_weeks)
    if not (value.procedures or value.cpt):
        table.wrong("procedures", "procedures or cpt, so that it is about something")
    if not value.one_region and all(each is None for each in asked):
        table.wrong("sessions", NOTHING_ASKED)
    table.finish()
    return value


def readiness_gate(table: Table, procedures: Collection[str]) -> ReadinessGate:
    """What a visit is prepared with."""
    code = table.code("code")
    usual = next((gate for gate in USUAL_GATES if gate.code == code), None)
    kind = GateKind(table.one_of("kind", list(GateKind), *((usual.kind.value,) if usual else ())))
    usual = usual or ReadinessGate(code, kind, code)
    value = ReadinessGate(
        code,
        kind,
        table.text("name") if table.has("name") else usual.name,
        table.whole("lead_hours", usual.lead_hours, 0, 24 * 365),
        _known(table, "procedures", usual.procedures, procedures),
        _texts(table, "cpt", usual.cpt),
        _words(table, "sedation", usual.sedation, Sedation),
        table.flag("guided", usual.guided),
        _alert(table, usual.alert),
        table.whole("food_hours", usual.food_hours, 0, 48),
        table.whole("fluid_hours", usual.fluid_hours, 0, 48),
        table.flag("active", usual.active),
        table.whole("arrive_minutes", usual.arrive_minutes, 0, 24 * 60),
    )
    table.finish()
    return value


def call_rule(table: Table) -> CallRule:
    """When a call is due, and how often it is tried."""
    code = CallEvent(table.one_of("code", list(CallEvent)))
    usual = USUAL_CALL_RULES[code]
    units = [unit for unit in CallUnit if code not in BEFORE_VISIT or unit is not CallUnit.BUSINESS_HOURS]
    value = CallRule(
        code,
        table.whole("within", usual.within, 0, MOST_DAYS),
        CallUnit(table.one_of("unit", units, usual.unit.value)),
        table.whole("tries", usual.tries, 0, 100),
        table.wholes("again_hours") if table.has("again_hours") else usual.again_hours,
        table.flag("active", usual.active),
        table.whole("wait_days", usual.wait_days, 1, 90),
        table.whole("letter_days", usual.letter_days, 1, 90),
        _questions(table) if table.has("questions") else usual.questions,
    )
    if not value.again_hours or 0 in value.again_hours:
        table.wrong("again_hours", "at least one number of business hours, none of them 0")
    if not value.active and code in ALWAYS_MADE:
        table.wrong("active", "true: without this call a request could be without its next action")
    table.finish()
    return value


def flow_limit(table: Table) -> FlowLimit:
    """How long a patient may be in a status, or how late."""
    code = FlowCode(table.one_of("code", list(FlowCode)))
    usual = next(limit for limit in USUAL_LIMITS if limit.code is code)
    least = 0 if code in AS_BOOKED else 1
    value = FlowLimit(
        code, table.whole("minutes", usual.minutes, least, DAY_MINUTES), table.flag("active", usual.active)
    )
    table.finish()
    return value


def recovery_rule(table: Table) -> RecoveryRule:
    """How long a patient rests at the least, and how long flat."""
    code = table.text("code")
    usual = next((rule for rule in USUAL_RECOVERY if rule.code == code), RecoveryRule(code))
    value = RecoveryRule(
        code,
        _texts(table, "procedures", usual.procedures),
        _texts(table, "cpt", usual.cpt),
        table.text("clinician", usual.clinician),
        table.whole("minutes", usual.minutes, 0, DAY_MINUTES),
        table.whole("minutes_per_extra_level", usual.minutes_per_extra_level, 0, DAY_MINUTES),
        table.whole("flat_minutes", usual.flat_minutes, 0, DAY_MINUTES),
        table.flag("active", usual.active),
    )
    table.finish()
    return value


def bed_rule(table: Table) -> BedRule:
    """Who may share a room."""
    code = SharingCode(table.one_of("code", list(SharingCode)))
    usual = {rule.code: rule for rule in USUAL_BED_RULES}[code]
    value = BedRule(code, _texts(table, "rooms", usual.rooms), table.flag("active", usual.active))
    table.finish()
    return value


def _questions(table: Table) -> tuple[CallQuestion, ...]:
    """What is asked in the call; an empty list asks nothing."""
    found = tuple(_question(table, each) for each in table.tables("questions"))
    if len({each.code for each in found}) < len(found):
        table.wrong("questions", "a code of its own for each question")
    return found


def _question(table: Table, said: Mapping[str, object]) -> CallQuestion:
    code, text, kind, alarm = (said.get(key) for key in ("code", "text", "kind", "alarm"))
    word = AnswerKind.YES_NO.value if kind is None else str(kind)
    if not (isinstance(code, str) and code.isidentifier() and isinstance(text, str) and text.strip()):
        table.wrong("questions", QUESTION)
    if word not in list(AnswerKind) or said.keys() - {"code", "text", "kind", "alarm"}:
        table.wrong("questions", QUESTION)
    highest = {AnswerKind.SCALE: 10, AnswerKind.YES_NO: 1}.get(AnswerKind(word), -1)
    if alarm is not None and not (type(alarm) is int and 0 <= alarm <= highest):
        table.wrong("questions", "an alarm from 0 to 10 for a scale, 1 (yes) or 0 (no) for yes_no, none for words")
    return CallQuestion(code, " ".join(text.split()), AnswerKind(word), alarm if isinstance(alarm, int) else None)


def letter_template(table: Table, procedures: Collection[str]) -> LetterTemplate:
    """A letter of the practice's own; ``procedures`` are names that not every letter may say."""
    kind = LetterKind(table.one_of("code", list(LetterKind)))
    language = LetterLanguage(table.one_of("language", list(LetterLanguage)))
    value = tidy(LetterTemplate(kind, language, table.text("title"), table.long_text("text")))
    try:
        check(value, procedures)
    except RuleViolation as fault:
        told = sentence(fault.code, fault.params).rstrip(".")
        table.wrong(str(fault.params["field"]), f"a letter that can be filled in ({told})")
    table.finish()
    return value


def _texts(table: Table, key: str, usual: tuple[str, ...]) -> tuple[str, ...]:
    return table.texts(key) if table.has(key) else usual


def _known(table: Table, key: str, usual: tuple[str, ...], codes: Collection[str]) -> tuple[str, ...]:
    for code in (found := _texts(table, key, usual)):
        if code not in codes:
            table.wrong(key, f"codes of {key} that are there; “{code}” is not")
    return found


def _words(table: Table, key: str, usual: tuple[WordT, ...], kind: type[WordT]) -> tuple[WordT, ...]:
    if not table.has(key):
        return usual
    allowed = [each.value for each in kind]
    for word in (found := table.texts(key)):
        if word not in allowed:
            table.wrong(key, "a list of " + ", ".join(allowed))
    return tuple(kind(word) for word in found)


def _figure(table: Table, key: str, usual: int | None, high: int) -> int | None:
    """0 asks for nothing, whatever is usual."""
    return table.whole(key, high=high) or None if table.has(key) else usual


def _alert(table: Table, usual: AlertKind | None) -> AlertKind | None:
    word = table.one_of("alert", [EVERYBODY, *(kind.value for kind in AlertKind)], usual.value if usual else EVERYBODY)
    return None if word == EVERYBODY else AlertKind(word)
