"""A catalogue as a practice file: complete, so that loading it elsewhere gives the same practice; never patients."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from desk_app.domain.bed_rules import BedRule
from desk_app.domain.flow_limits import FlowLimit
from desk_app.domain.letters import LetterTemplate
from desk_app.domain.practice import (
    Blockout,
    BlockoutKind,
    BusinessHours,
    Catalogue,
    Payer,
    Phase,
    ProcedureType,
    Resource,
    Session,
    Settings,
)
from desk_app.domain.practice_rules import CallQuestion, CallRule, CoverageRule, ReadinessGate
from desk_app.domain.recovery import RecoveryRule
from desk_app.domain.zone import to_utc, zone_of
from desk_app.interop.practice_tables import WEEKDAYS
from desk_app.interop.rule_tables import EVERYBODY

Pairs = list[tuple[str, object]]


def export(catalogue: Catalogue) -> str:
    """The TOML text; every table in the catalogue's order."""
    zone = zone_of(catalogue.settings)
    parts = [_table("[practice]", _settings(catalogue.settings))]
    parts += [_table("[[resource]]", _resource(value)) for value in catalogue.resources]
    parts += [_table("[[session]]", _session(value)) for value in catalogue.sessions]
    parts += [_table("[[blockout]]", _blockout(value, zone)) for value in catalogue.blockouts]
    parts += [part for value in catalogue.procedures for part in _procedure(value)]
    parts += [_table("[[business_hours]]", _hours(value)) for value in catalogue.business_hours]
    parts += [_table("[[payer]]", _payer(value)) for value in catalogue.payers]
    parts += [_table("[[coverage_rule]]", _coverage(value)) for value in catalogue.coverage_rules]
    parts += [_table("[[readiness_gate]]", _gate(value)) for value in catalogue.readiness_gates]
    parts += [_table("[[call_rule]]", _call(value)) for value in catalogue.call_rules]
    parts += [_table("[[flow_limit]]", _limit(value)) for value in catalogue.flow_limits]
    parts += [_table("[[recovery_rule]]", _recovery(value)) for value in catalogue.recovery_rules]
    parts += [_table("[[bed_rule]]", _sharing(value)) for value in catalogue.bed_rules]
    parts += [_letter(value) for value in catalogue.letter_templates]
    return "\n".join(parts)


def _table(heading: str, pairs: Pairs) -> str:
    return "\n".join([heading, *(f"{key} = {_value(value)}" for key, value in pairs), ""])


def _settings(value: Settings) -> Pairs:
    pairs: Pairs = [
        ("name", value.name),
        ("time_zone", value.time_zone),
        ("cell_minutes", value.cell_minutes),
        ("overflow_risk", value.overflow_risk),
        ("stay_limit_hours", value.stay_limit_hours),
    ]
    if value.holidays is not None:
        pairs.append(("holidays", value.holidays))
    pairs.append(("phone_region", value.phone_region))
    said = (("phone", value.phone), ("address", value.address), ("npi", value.npi))
    return [*pairs, *((key, text) for key, text in said if text)]


def _resource(value: Resource) -> Pairs:
    pairs: Pairs = [("code", value.code), ("kind", value.kind.value), ("name", value.name)]
    pairs += [("capabilities", value.capabilities), ("turnover_minutes", value.turnover_minutes)]
    return [*pairs, ("ward_room", value.ward_room)] if value.ward_room else pairs


def _session(value: Session) -> Pairs:
    pairs: Pairs = [
        ("resource", value.resource),
        ("rrule", value.rrule),
        ("first_day", value.first_day),
        ("start", value.start),
        ("end", value.end),
        ("reserved_for", value.reserved_for),
    ]
    if value.release_days is not None:
        pairs.append(("release_days", value.release_days))
    return [*pairs, ("released", value.released)] if value.released else pairs


def _blockout(value: Blockout, zone: ZoneInfo) -> Pairs:
    pairs: Pairs = [("resource", value.resource)]
    pairs += [("start", _wall(value.start, zone)), ("end", _wall(value.end, zone)), ("reason", value.reason)]
    if value.kind is not BlockoutKind.OTHER:
        pairs.append(("type", value.kind.value))
    return [*pairs, ("series", value.series)] if value.series else pairs


def _wall(instant: datetime, zone: ZoneInfo) -> datetime:
    """The wall clock; with its offset where the wall clock alone would mean another instant."""
    local = instant.astimezone(zone)
    bare = local.replace(tzinfo=None, fold=0)
    return bare if to_utc(bare, zone) == instant else local


def _procedure(value: ProcedureType) -> Iterator[str]:
    yield _table(
        "[[procedure]]",
        [
            ("code", value.code),
            ("name", value.name),
            ("cpt", value.cpt),
            ("cpt_extra_level", value.cpt_extra_level),
            ("max_levels", value.max_levels),
            ("sedation", value.sedation.value),
            ("needs_authorization", value.needs_authorization),
            ("unplanned_stay", value.unplanned_stay),
            ("overnight", value.overnight.value),
            ("follow_up_days", value.follow_up_days),
        ],
    )
    for phase in value.phases:
        yield _table("[[procedure.phase]]", _phase(phase))


def _phase(value: Phase) -> Pairs:
    pairs: Pairs = [("kind", value.kind.value)]
    if value.until is not None:
        pairs.append(("until", value.until))
    else:
        pairs += [("minutes", value.minutes), ("minutes_per_extra_level", value.minutes_per_extra_level)]
    needs = {
        need.label: need.kind.value + (":" + ",".join(need.capabilities) if need.capabilities else "")
        for need in value.needs
    }
    return [*pairs, ("needs", needs), ("beside", value.beside)]


def _hours(value: BusinessHours) -> Pairs:
    return [("weekday", WEEKDAYS[value.weekday]), ("start", value.start), ("end", value.end)]


def _payer(value: Payer) -> Pairs:
    pairs: Pairs = [
        ("code", value.code),
        ("name", value.name),
        ("short_name", value.short_name),
        ("phone", value.phone),
        ("aliases", value.aliases),
        ("urgent_hours", value.urgent_hours),
        ("standard_days", value.standard_days),
    ]
    said = (
        ("needs_authorization", value.needs_authorization),
        ("phone_option", value.phone_option or None),
        ("opens", value.opens),
        ("closes", value.closes),
    )
    return [*pairs, *((key, each) for key, each in said if each is not None)]


def _coverage(value: CoverageRule) -> Pairs:
    return [
        ("code", value.code),
        ("name", value.name),
        ("procedures", value.procedures),
        ("cpt", value.cpt),
        ("payers", value.payers),
        ("sessions", value.sessions or 0),
        ("months", value.months),
        ("interval_days", value.interval_days or 0),
        ("one_region", value.one_region),
        ("conservative_weeks", value.conservative_weeks or 0),
        ("active", value.active),
    ]


def _gate(value: ReadinessGate) -> Pairs:
    return [
        ("code", value.code),
        ("kind", value.kind.value),
        ("name", value.name),
        ("lead_hours", value.lead_hours),
        ("procedures", value.procedures),
        ("cpt", value.cpt),
        ("sedation", [depth.value for depth in value.sedation]),
        ("guided", value.guided),
        ("alert", value.alert.value if value.alert else EVERYBODY),
        ("food_hours", value.food_hours),
        ("fluid_hours", value.fluid_hours),
        ("active", value.active),
        ("arrive_minutes", value.arrive_minutes),
    ]


def _call(value: CallRule) -> Pairs:
    return [
        ("code", value.code.value),
        ("within", value.within),
        ("unit", value.unit.value),
        ("tries", value.tries),
        ("again_hours", value.again_hours),
        ("active", value.active),
        ("wait_days", value.wait_days),
        ("letter_days", value.letter_days),
        ("questions", [_question(each) for each in value.questions]),
    ]


def _limit(value: FlowLimit) -> Pairs:
    return [("code", value.code.value), ("minutes", value.minutes), ("active", value.active)]


def _recovery(value: RecoveryRule) -> Pairs:
    return [
        ("code", value.code),
        ("procedures", value.procedures),
        ("cpt", value.cpt),
        ("clinician", value.clinician),
        ("minutes", value.minutes),
        ("minutes_per_extra_level", value.minutes_per_extra_level),
        ("flat_minutes", value.flat_minutes),
        ("active", value.active),
    ]


def _sharing(value: BedRule) -> Pairs:
    return [("code", value.code.value), ("rooms", value.rooms), ("active", value.active)]


def _question(value: CallQuestion) -> dict[str, object]:
    said: dict[str, object] = {"code": value.code, "text": value.text, "kind": value.kind.value}
    return said if value.alarm is None else {**said, "alarm": value.alarm}


def _letter(value: LetterTemplate) -> str:
    """The text in lines, as it is read and edited."""
    head = [("code", value.kind.value), ("language", value.language.value), ("title", value.title)]
    lines = [_escaped(line) for line in value.text.split("\n")]
    return _table("[[letter_template]]", [*head]) + "\n".join(['text = """', *lines]) + '"""\n'


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, dict):
        inside = ", ".join(f"{_key(key)} = {_value(inner)}" for key, inner in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, Iterable):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return repr(value)


def _key(key: str) -> str:
    plain = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if plain else _quoted(key)


def _quoted(text: str) -> str:
    """A basic string; control characters are escaped."""
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return "".join(ch if ch >= " " and ch != "\x7f" else f"\\u{ord(ch):04x}" for ch in escaped)
