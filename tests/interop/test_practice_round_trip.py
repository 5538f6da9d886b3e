"""What is exported and loaded elsewhere is the same practice; and nothing of patients is in it."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.application.use_cases import practice
from desk_app.domain.bed_rules import BedRule, SharingCode
from desk_app.domain.faults import WrongInput
from desk_app.domain.flow_limits import FlowCode, FlowLimit
from desk_app.domain.languages import LetterLanguage
from desk_app.domain.letters import LetterKind, LetterTemplate, tidy
from desk_app.domain.practice import Blockout, BusinessHours, Catalogue, Payer, Resource, ResourceKind, Sedation
from desk_app.domain.practice_rules import (
    CallEvent,
    CallRule,
    CallUnit,
    CoverageRule,
    GateKind,
    ReadinessGate,
)
from desk_app.domain.recovery import RecoveryRule
from desk_app.domain.visit_parts import AlertKind
from desk_app.domain.zone import to_utc
from desk_app.interop.practice_export import export
from desk_app.interop.practice_file import load, parse
from tests.helpers.desks import Desks
from tests.helpers.random_practices import practices
from tests.helpers.small_practice import ZONE

DEMO = Path(__file__).parent.parent.parent / "resources" / "demo" / "bay_state_pain.toml"
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20).filter(str.strip)
CLOCKS = st.builds(time, st.integers(0, 22), st.integers(0, 59), st.integers(0, 59))


def again(catalogue: Catalogue) -> Catalogue:
    return parse(export(catalogue).encode(), "p.toml").catalogue


@st.composite
def dressed(draw: st.DrawFn) -> Catalogue:
    """A made-up practice with every word, number and optional table that a file can have."""
    catalogue, _ = draw(practices())
    payers = tuple(
        Payer(
            f"P{number}",
            draw(WORDS),
            draw(WORDS | st.just("")),
            draw(WORDS | st.just("")),
            tuple(draw(st.lists(WORDS, max_size=2))),
            draw(st.integers(1, 8760)),
            draw(st.integers(1, 365)),
            draw(st.sampled_from([None, True, False])),
            draw(WORDS | st.just("")),
            draw(st.sampled_from([None, time(8), time(8, 30)])),
            draw(st.sampled_from([None, time(16), time(17, 45)])),
        )
        for number in range(draw(st.integers(0, 2)))
    )
    hours = tuple(
        BusinessHours(draw(st.integers(0, 6)), opening, time(23, draw(st.integers(0, 59))))
        for opening in draw(st.lists(CLOCKS, max_size=2))
    )
    named = replace(
        catalogue.settings,
        name=draw(WORDS),
        overflow_risk=draw(st.floats(0, 1)),
        stay_limit_hours=draw(st.integers(1, 240)),
        holidays=draw(st.sampled_from([None, "US-MA", "GB"])),
        phone_region=draw(st.sampled_from(["US", "GB", "PL"])),
        phone=draw(WORDS | st.just("")),
        address=draw(WORDS | st.just("")),
        npi=draw(WORDS | st.just("")),
    )
    procedures = tuple(
        replace(
            procedure,
            name=draw(WORDS),
            cpt=tuple(draw(st.lists(WORDS, max_size=2))),
            cpt_extra_level=tuple(draw(st.lists(WORDS, max_size=1))),
            sedation=draw(st.sampled_from(Sedation)),
            needs_authorization=draw(st.booleans()),
            unplanned_stay=draw(st.floats(0, 1)),
            follow_up_days=tuple(draw(st.lists(st.integers(0, 3650), max_size=3))),
        )
        for procedure in catalogue.procedures
    )
    blockouts = tuple(replace(blockout, reason=draw(WORDS | st.just(""))) for blockout in catalogue.blockouts)
    return Catalogue(
        named,
        tuple(replace(resource, ward_room=draw(WORDS | st.just(""))) for resource in catalogue.resources),
        catalogue.sessions,
        blockouts,
        procedures,
        hours,
        payers,
        *draw(rules([each.code for each in procedures], [each.code for each in payers])),
        draw(letters()),
    )


@st.composite
def letters(draw: st.DrawFn) -> tuple[LetterTemplate, ...]:
    """Letters of the practice's own, of any lines that can be printed."""
    plain = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="{}"), max_size=20)
    line = plain | st.sampled_from(['# "Heading"', "- {practice_phone}", '"""', "\\u0041", "{with today}x", ""])
    chosen = draw(st.lists(st.sampled_from(LetterLanguage), max_size=2, unique=True))
    made = [
        LetterTemplate(
            LetterKind.PREPARATION,
            language,
            draw(plain.filter(str.strip)),
            "\n".join([*draw(st.lists(line, max_size=5)), "end"]),
        )
        for language in chosen
    ]
    return tuple(map(tidy, made))


@st.composite
def rules(draw: st.DrawFn, procedures: list[str], payers: list[str]) -> tuple[tuple[Any, ...], ...]:
    """Rules of every kind, some with the codes of the usual ones."""
    named = st.lists(st.sampled_from(procedures), max_size=2).map(tuple)
    numbers, figure = st.lists(WORDS, max_size=2).map(tuple), st.none() | st.integers(1, 100)
    paying = st.lists(st.sampled_from(payers), max_size=2).map(tuple) if payers else st.just(())
    coverage = st.builds(
        CoverageRule, st.sampled_from(["EPIDURAL", "FACET", "OURS"]), WORDS, named, numbers, paying,
        figure, st.integers(1, 120), figure, st.booleans(), figure, st.booleans(),
    )  # fmt: skip
    says_something = coverage.filter(
        lambda rule: (
            bool(rule.procedures or rule.cpt)
            and (rule.one_region or bool(rule.sessions or rule.interval_days or rule.conservative_weeks))
        )
    )
    gate = st.builds(
        ReadinessGate, st.sampled_from(["fasting", "thinner", "mri"]), st.sampled_from(GateKind), WORDS,
        st.integers(0, 8760), named, numbers, st.lists(st.sampled_from(Sedation), max_size=2).map(tuple),
        st.booleans(), st.none() | st.sampled_from(AlertKind), st.integers(0, 48), st.integers(0, 48),
        st.booleans(), st.integers(0, 1440),
    )  # fmt: skip
    call = st.builds(
        CallRule, st.sampled_from(CallEvent), st.integers(0, 3650),
        st.sampled_from([CallUnit.DAYS, CallUnit.BUSINESS_DAYS]),
        st.integers(0, 100), st.lists(st.integers(1, 100), min_size=1, max_size=3).map(tuple), st.just(True),
    )  # fmt: skip
    limit = st.builds(FlowLimit, st.sampled_from(FlowCode), st.integers(1, 1440), st.booleans())
    rest = st.builds(
        RecoveryRule, st.sampled_from(["cement", "ALG"]), named, numbers, WORDS,
        st.integers(0, 1440), st.integers(0, 1440), st.integers(0, 1440), st.booleans(),
    )  # fmt: skip
    sharing = st.builds(BedRule, st.sampled_from(SharingCode), numbers, st.booleans())
    all_kinds = (says_something, gate, call, limit, rest, sharing)
    some = [st.lists(each, max_size=2, unique_by=lambda rule: rule.code) for each in all_kinds]
    return tuple(tuple(draw(each)) for each in some)


@settings(max_examples=100)
@given(dressed())
def test_any_practice_comes_back_as_it_was(catalogue: Catalogue) -> None:
    assert again(catalogue) == catalogue


@settings(max_examples=100)
@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.sampled_from(["America/New_York", "Asia/Tehran"]))
def test_a_blockout_keeps_its_instants_whatever_the_clocks_did(wall: datetime, zone: str) -> None:
    start = to_utc(wall.replace(microsecond=0), ZONE)
    blockout = Blockout("R", start, start.replace(year=start.year + 1, day=1), "")
    catalogue = load(DEMO).catalogue
    resource = Resource("R", ResourceKind.C_ARM, "R")
    small = Catalogue(replace(catalogue.settings, time_zone=zone), (resource,), blockouts=(blockout,))
    assert again(small) == small


def test_the_hour_that_comes_twice_keeps_its_offset() -> None:
    first, second = (datetime.fromisoformat(f"2026-11-01T0{hour}:30:00+00:00") for hour in (5, 6))
    catalogue = load(DEMO).catalogue
    small = Catalogue(
        catalogue.settings,
        (Resource("R", ResourceKind.C_ARM, "R"),),
        blockouts=(Blockout("R", first, second), Blockout("R", second, second.replace(hour=9))),
    )
    assert again(small) == small


def test_the_demo_practice_comes_back_from_its_export() -> None:
    catalogue = load(DEMO).catalogue
    assert again(catalogue) == catalogue
    assert export(again(catalogue)) == export(catalogue)


FILE = b"""[practice]
name = "P"
time_zone = "America/New_York"
[[resource]]
code = "R1"
kind = "procedure_room"
name = "Room \\"1\\" \\\\ \xe2\x80\x9cblue\xe2\x80\x9d"
[[session]]
resource = "R1"
rrule = "FREQ=DAILY"
first_day = 2026-01-05
start = 07:30:15
end = 17:00:00
[[procedure]]
code = "INJ"
name = "Injection"
[[procedure.phase]]
kind = "procedure"
minutes = 40
needs = { "the room" = "procedure_room" }
[[payer]]
code = "OLD"
name = "Old Colony"
needs_authorization = false
[[coverage_rule]]
code = "EPIDURAL"
payers = ["OLD"]
sessions = 3
[[coverage_rule]]
code = "OURS"
procedures = ["INJ"]
interval_days = 14
[[readiness_gate]]
code = "thinner"
lead_hours = 72
[[readiness_gate]]
code = "mri"
kind = "imaging"
sedation = ["mac"]
[[call_rule]]
code = "no_show"
unit = "business_hours"
active = false
[[letter_template]]
code = "unreachable"
language = "es"
title = "Ll\xc3\xa1menos"
text = '''
Hola {patient}:

Ll\xc3\xa1menos, por favor: "{practice_phone}" \\o/
'''
[[appointment]]
procedure = "INJ"
start = 2026-11-24T08:00:00
patient = "Ortiz, Maria"
resources = { "the room" = "R1" }
[[appointment]]
procedure = "INJ"
start = 2026-11-25T08:00:00-08:00
patient = "Ortiz, Maria"
resources = { "the room" = "R1" }
"""


def test_a_database_gives_back_the_practice_and_no_patient(desks: Desks) -> None:
    desk, loaded = desks(), parse(FILE, "p.toml")
    practice.load(desk, loaded.catalogue, loaded.visits)
    text = export(desk.catalogue())
    assert parse(text.encode(), "p.toml").catalogue == loaded.catalogue
    assert "Ortiz" not in text
    assert "appointment" not in tomllib.loads(text)
    assert practice.load(desk, loaded.catalogue, loaded.visits).changes.records == frozenset()


def test_equal_names_in_a_file_are_one_patient(desks: Desks) -> None:
    desk, loaded = desks(), parse(FILE, "p.toml")
    practice.load(desk, loaded.catalogue, loaded.visits)
    days = [desk.queries.day_plan(day, desk.now()) for day in (date(2026, 11, 24), date(2026, 11, 25))]
    lines = [line for plan in days for line in plan.lines]
    assert [line.name for line in lines] == ["Ortiz, Maria", "Ortiz, Maria"]
    assert len({line.patient_id for line in lines}) == 1


@pytest.mark.parametrize(
    ("start", "room", "code"),
    [
        ("2026-11-24T08:30:00", '"the room" = "R1"', "visit_overlap"),
        ("2026-11-24T09:00:00", "", "visit_resource_missing"),
    ],
)
def test_visits_that_cannot_be_are_refused_with_their_line(start: str, room: str, code: str) -> None:
    entry = f'[[appointment]]\nprocedure = "INJ"\nstart = {start}\nresources = {{ {room} }}\n'
    with pytest.raises(WrongInput) as told:
        parse(FILE + entry.encode(), "p.toml")
    assert told.value.code == code
    assert "line 64" in str(told.value.params["where"])
