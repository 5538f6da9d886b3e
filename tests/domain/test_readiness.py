"""Which gates are asked of a visit, by when, and what is still missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desk_app.domain.practice import Sedation, Stay
from desk_app.domain.practice_rules import GateKind, ReadinessGate
from desk_app.domain.readiness import STATES, GateState, Readiness, standings
from desk_app.domain.records import Appointment, Patient
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.visit_parts import Alert, AlertKind
from tests.helpers.small_practice import CATALOGUE, JOINT, KYPHO, at

START = at("2026-12-09T09:00")
VISIT = Appointment(
    1, "KYPHO", "Kyphoplasty", 1, AppointmentStatus.BOOKED, Stay.POSSIBLE, 0.04, Sedation.MODERATE,
    START, START + timedelta(hours=2), (), (), id=7,
)  # fmt: skip
ORTIZ = Patient("204118", "Ortiz", "Marisol", id=1)
THINNER = replace(ORTIZ, alerts=(Alert(AlertKind.ANTICOAGULANT, "apixaban"),))
MRI = ReadinessGate("mri", GateKind.IMAGING, "MRI", 72, procedures=("KYPHO",))


def test_a_sedated_patient_fasts_and_has_an_escort_a_day_ahead() -> None:
    found = standings(CATALOGUE, VISIT, KYPHO, ORTIZ)
    assert [(each.gate.code, each.due, each.is_missing) for each in found] == [
        ("fasting", START - timedelta(hours=24), True),
        ("escort", START - timedelta(hours=24), True),
    ]
    assert standings(CATALOGUE, replace(VISIT, procedure="JOINT", sedation=Sedation.NONE), JOINT, ORTIZ) == ()


def test_a_blood_thinner_is_asked_about_where_the_needle_is_guided() -> None:
    assert [each.gate.code for each in standings(CATALOGUE, VISIT, KYPHO, THINNER)] == ["fasting", "escort", "thinner"]
    plain = replace(VISIT, procedure="JOINT", sedation=Sedation.NONE)
    assert standings(CATALOGUE, plain, JOINT, THINNER) == ()


def test_its_date_moves_with_the_visit() -> None:
    later = replace(VISIT, start=START + timedelta(days=7))
    before, after = (standings(CATALOGUE, visit, KYPHO, ORTIZ)[0].due for visit in (VISIT, later))
    assert after - before == timedelta(days=7)


def test_a_gate_of_the_practice_is_asked_of_its_procedures_alone() -> None:
    practice = replace(CATALOGUE, readiness_gates=(MRI, ReadinessGate("consent", GateKind.CONSENT, "Consent")))
    plain = replace(VISIT, procedure="JOINT", sedation=Sedation.NONE)
    assert [each.gate.code for each in standings(practice, VISIT, KYPHO, ORTIZ)][2:] == ["mri", "consent"]
    assert [each.gate.code for each in standings(practice, plain, JOINT, ORTIZ)] == ["consent"]
    by_number = replace(MRI, procedures=(), cpt=("20611",))
    practice = replace(CATALOGUE, readiness_gates=(by_number,))
    numbered = replace(JOINT, cpt=("20610",), cpt_extra_level=("20611",))
    assert [each.gate.code for each in standings(practice, plain, numbered, ORTIZ)] == ["mri"]
    assert standings(practice, plain, JOINT, ORTIZ) == ()


@pytest.mark.parametrize("kind", [kind for kind in GateKind if kind is not GateKind.ESCORT])
def test_only_the_last_state_of_a_gate_means_that_nothing_is_missing(kind: GateKind) -> None:
    gate = ReadinessGate("x", kind, "X")
    practice = replace(CATALOGUE, readiness_gates=(gate,))
    missing = []
    for state in STATES[kind]:
        found = standings(practice, VISIT, KYPHO, ORTIZ, (Readiness(7, "x", state, "seen"),))
        assert (found[-1].state, found[-1].note) == (state, "seen")
        missing.append(found[-1].is_missing)
    assert missing == [True] * (len(missing) - 1) + [False]


def test_a_state_that_the_gate_cannot_have_any_more_counts_for_nothing() -> None:
    found = standings(CATALOGUE, VISIT, KYPHO, ORTIZ, (Readiness(7, "fasting", GateState.HELD, "old"),))
    assert (found[0].state, found[0].note, found[0].is_missing) == (GateState.OPEN, "old", True)


def test_an_escort_is_whoever_is_named_on_the_visit() -> None:
    named = standings(CATALOGUE, replace(VISIT, escort="Luis"), KYPHO, ORTIZ)[1]
    assert (named.gate.kind, named.note, named.is_missing) == (GateKind.ESCORT, "Luis", False)
