"""The practice's rows into the values of its catalogue, by whichever way they were read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any

from db.convert import at, strings
from desk_app.domain.practice import (
    EVERY_RESOURCE,
    Blockout,
    BlockoutKind,
    BusinessHours,
    Catalogue,
    Need,
    Payer,
    Phase,
    PhaseKind,
    ProcedureType,
    Resource,
    ResourceKind,
    Sedation,
    Session,
    Settings,
    Stay,
)

Read = Callable[[str], Iterable[Any]]
"""Answers a table's rows in their order, those that are retired or void left out; a row is a mapping."""

GONE = {"resource": "retired", "payer": "retired", "procedure_type": "retired", "session": "void", "blockout": "void"}
"""The column that says so, of the tables that have one."""


def catalogue_of(head: Any, names: Mapping[int, str], read: Read, rules: Iterable[Any] = ()) -> Catalogue:
    """The whole practice as one value; ``names`` are the codes of all resources, the retired ones too.

    ``rules`` are those of ``rule_rows.rules_of``; a day can be drawn without them.
    """
    settings = Settings(
        head["name"],
        head["time_zone"],
        head["cell_minutes"],
        head["overflow_risk"],
        head["stay_limit_hours"],
        head["holidays"],
        head["phone_region"],
        head["phone"],
        head["address"],
        head["npi"],
    )
    return Catalogue(
        settings,
        tuple(_resource(row) for row in read("resource")),
        tuple(session_of(row, names) for row in read("session")),
        tuple(blockout_of(row, names) for row in read("blockout")),
        _procedures(read),
        tuple(
            BusinessHours(row["weekday"], time.fromisoformat(row["start_clock"]), time.fromisoformat(row["end_clock"]))
            for row in read("business_hours")
        ),
        tuple(_payer(row) for row in read("payer")),
        *rules,
    )


def _resource(row: Any) -> Resource:
    kind, caps = ResourceKind(row["kind"]), strings(row["capabilities"])
    return Resource(row["code"], kind, row["name"], caps, row["turnover_minutes"], row["ward_room"])


def session_of(row: Any, names: Mapping[int, str]) -> Session:
    return Session(
        names[row["resource_id"]],
        row["rrule"],
        date.fromisoformat(row["first_day"]),
        time.fromisoformat(row["start_clock"]),
        time.fromisoformat(row["end_clock"]),
        strings(row["reserved_for"]),
        row["release_days"],
        tuple(date.fromisoformat(day) for day in strings(row["released"])),
        row["id"],
        row["version"],
    )


def blockout_of(row: Any, names: Mapping[int, str]) -> Blockout:
    code = EVERY_RESOURCE if row["resource_id"] is None else names[row["resource_id"]]
    kind = BlockoutKind(row["kind"])
    start, end = at(row["start_s"]), at(row["end_s"])
    return Blockout(code, start, end, row["reason"], kind, row["series"], row["id"], row["version"])


def _payer(row: Any) -> Payer:
    needed = None if row["needs_authorization"] is None else bool(row["needs_authorization"])
    return Payer(
        row["code"],
        row["name"],
        row["short_name"],
        row["phone"],
        strings(row["aliases"]),
        row["urgent_hours"],
        row["standard_days"],
        needed,
        row["phone_option"],
        time.fromisoformat(row["opens_clock"]) if row["opens_clock"] else None,
        time.fromisoformat(row["closes_clock"]) if row["closes_clock"] else None,
    )


def _procedures(read: Read) -> tuple[ProcedureType, ...]:
    needs: dict[int, list[Need]] = {}
    for row in read("phase_need"):
        need = Need(row["label"], ResourceKind(row["kind"]), strings(row["capabilities"]))
        needs.setdefault(row["phase_id"], []).append(need)
    phases: dict[int, list[Phase]] = {}
    for row in read("phase"):
        phases.setdefault(row["procedure_id"], []).append(
            Phase(
                PhaseKind(row["kind"]),
                tuple(needs.get(row["id"], ())),
                row["minutes"],
                row["minutes_per_extra_level"],
                time.fromisoformat(row["until_clock"]) if row["until_clock"] else None,
                bool(row["beside"]),
            )
        )
    return tuple(_procedure(row, phases.get(row["id"], [])) for row in read("procedure_type"))


def _procedure(row: Any, phases: Sequence[Phase]) -> ProcedureType:
    return ProcedureType(
        row["code"],
        row["name"],
        tuple(phases),
        strings(row["cpt"]),
        strings(row["cpt_extra_level"]),
        row["max_levels"],
        Sedation(row["sedation"]),
        bool(row["needs_authorization"]),
        row["unplanned_stay"],
        Stay(row["overnight"]),
        tuple(json.loads(row["follow_up_days"])),
    )
