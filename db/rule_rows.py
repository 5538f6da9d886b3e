"""A practice's rules as rows: a code, and everything else as its settings."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from db.convert import dump
from db.practice_rows import Read
from desk_app.domain.bed_rules import BedRule, SharingCode
from desk_app.domain.flow_limits import FlowCode, FlowLimit
from desk_app.domain.languages import LetterLanguage
from desk_app.domain.letters import LetterKind, LetterTemplate
from desk_app.domain.practice import Sedation
from desk_app.domain.practice_rules import (
    USUAL_CALL_RULES,
    AnswerKind,
    CallEvent,
    CallQuestion,
    CallRule,
    CallUnit,
    CoverageRule,
    GateKind,
    ReadinessGate,
)
from desk_app.domain.recovery import RecoveryRule
from desk_app.domain.visit_parts import AlertKind


def rules_of(read: Read) -> tuple[tuple[Any, ...], ...]:
    """All rules of a practice's own, kind by kind as its catalogue has them."""
    kinds: tuple[tuple[str, Callable[[Any], Any]], ...] = (
        ("coverage_rule", coverage_rule_of),
        ("readiness_gate", readiness_gate_of),
        ("call_rule", call_rule_of),
        ("flow_limit", flow_limit_of),
        ("recovery_rule", recovery_rule_of),
        ("bed_rule", bed_rule_of),
    )
    templates = tuple(letter_template_of(row) for row in read("letter_template") if stands(row))
    return *(tuple(map(of, read(table))) for table, of in kinds), templates


def coverage_rule_row(value: CoverageRule) -> dict[str, Any]:
    settings = {
        "name": value.name,
        "procedures": list(value.procedures),
        "cpt": list(value.cpt),
        "payers": list(value.payers),
        "sessions": value.sessions,
        "months": value.months,
        "interval_days": value.interval_days,
        "one_region": value.one_region,
        "conservative_weeks": value.conservative_weeks,
        "active": value.active,
    }
    return {"code": value.code, "settings": dump(settings)}


def coverage_rule_of(row: Any) -> CoverageRule:
    said = json.loads(row["settings"])
    return CoverageRule(
        row["code"],
        said["name"],
        tuple(said["procedures"]),
        tuple(said["cpt"]),
        tuple(said["payers"]),
        said["sessions"],
        said["months"],
        said["interval_days"],
        said["one_region"],
        said["conservative_weeks"],
        said["active"],
    )


def readiness_gate_row(value: ReadinessGate) -> dict[str, Any]:
    settings = {
        "kind": value.kind.value,
        "name": value.name,
        "lead_hours": value.lead_hours,
        "procedures": list(value.procedures),
        "cpt": list(value.cpt),
        "sedation": [depth.value for depth in value.sedation],
        "guided": value.guided,
        "alert": value.alert.value if value.alert else None,
        "food_hours": value.food_hours,
        "fluid_hours": value.fluid_hours,
        "active": value.active,
        "arrive_minutes": value.arrive_minutes,
    }
    return {"code": value.code, "settings": dump(settings)}


def readiness_gate_of(row: Any) -> ReadinessGate:
    said = json.loads(row["settings"])
    return ReadinessGate(
        row["code"],
        GateKind(said["kind"]),
        said["name"],
        said["lead_hours"],
        tuple(said["procedures"]),
        tuple(said["cpt"]),
        tuple(Sedation(depth) for depth in said["sedation"]),
        said["guided"],
        AlertKind(said["alert"]) if said["alert"] else None,
        said["food_hours"],
        said["fluid_hours"],
        said["active"],
        said.get("arrive_minutes", 0),
    )


def call_rule_row(value: CallRule) -> dict[str, Any]:
    settings = {
        "within": value.within,
        "unit": value.unit.value,
        "tries": value.tries,
        "again_hours": list(value.again_hours),
        "active": value.active,
        "wait_days": value.wait_days,
        "letter_days": value.letter_days,
        "questions": [[each.code, each.text, each.kind.value, each.alarm] for each in value.questions],
    }
    return {"code": value.code.value, "settings": dump(settings)}


def call_rule_of(row: Any) -> CallRule:
    said = json.loads(row["settings"])
    usual = USUAL_CALL_RULES[CallEvent(row["code"])]  # rules that were kept before they said as much
    asked = said.get("questions")
    return CallRule(
        usual.code,
        said["within"],
        CallUnit(said["unit"]),
        said["tries"],
        tuple(said["again_hours"]),
        said["active"],
        said.get("wait_days", usual.wait_days),
        said.get("letter_days", usual.letter_days),
        tuple(CallQuestion(code, text, AnswerKind(kind), alarm) for code, text, kind, alarm in asked)
        if asked is not None
        else usual.questions,
    )


def flow_limit_row(value: FlowLimit) -> dict[str, Any]:
    return {"code": value.code.value, "settings": dump({"minutes": value.minutes, "active": value.active})}


def flow_limit_of(row: Any) -> FlowLimit:
    said = json.loads(row["settings"])
    return FlowLimit(FlowCode(row["code"]), said["minutes"], said["active"])


def bed_rule_row(value: BedRule) -> dict[str, Any]:
    return {"code": value.code.value, "settings": dump({"rooms": list(value.rooms), "active": value.active})}


def bed_rule_of(row: Any) -> BedRule:
    said = json.loads(row["settings"])
    return BedRule(SharingCode(row["code"]), tuple(said["rooms"]), said["active"])


def recovery_rule_row(value: RecoveryRule) -> dict[str, Any]:
    settings = {
        "procedures": list(value.procedures),
        "cpt": list(value.cpt),
        "clinician": value.clinician,
        "minutes": value.minutes,
        "minutes_per_extra_level": value.minutes_per_extra_level,
        "flat_minutes": value.flat_minutes,
        "active": value.active,
    }
    return {"code": value.code, "settings": dump(settings)}


def recovery_rule_of(row: Any) -> RecoveryRule:
    said = json.loads(row["settings"])
    return RecoveryRule(
        row["code"],
        tuple(said["procedures"]),
        tuple(said["cpt"]),
        said["clinician"],
        said["minutes"],
        said["minutes_per_extra_level"],
        said["flat_minutes"],
        said["active"],
    )


def letter_template_row(value: LetterTemplate) -> dict[str, Any]:
    return {"code": value.key, "settings": dump({"title": value.title, "text": value.text})}


def letter_template_of(row: Any) -> LetterTemplate:
    kind, _, language = row["code"].partition("/")
    said = json.loads(row["settings"])
    return LetterTemplate(LetterKind(kind), LetterLanguage(language), said["title"], said["text"])


def stands(row: Any) -> bool:
    """Whether a letter's row is in force: one that was put back to the usual text stays, for undo."""
    return not json.loads(row["settings"]).get("void")
