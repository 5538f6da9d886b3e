"""What people ask for, in their own words, held against the demo practice's catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk_app.domain.practice import Catalogue
from desk_app.domain.statuses import Urgency
from desk_app.interop.practice_file import load
from desk_app.interop.web_form import wish

DEMO = Path(__file__).parent.parent.parent / "resources" / "demo" / "bay_state_pain.toml"


@pytest.fixture(scope="module")
def bay_state() -> Catalogue:
    return load(DEMO).catalogue


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Kyphoplasty consult", "KYPHO"),
        ("KYPHOPLASTY!", "KYPHO"),
        ("two-level vertebroplasty", "VERT"),
        ("kyphoplasty or vertebroplasty", None),
        ("lumbar epidural injection", "ESI-I"),
        ("transforaminal epidural", "ESI-T"),
        ("Facet joint injection", "MBB"),
        ("medial branch block", "MBB"),
        ("radiofrequency ablation of the facets", "RFA"),
        ("SI joint injection", "SIJ"),
        ("sacro-iliac", None),
        ("spinal cord stimulator trial", "SCS-T"),
        ("trigger points in the neck", "TPI"),
        ("knee injection", "JOINT"),
        ("epidural and trigger points", None),
        ("back pain, not sure what I need", None),
        ("", None),
    ],
)
def test_a_procedure_is_named_where_it_is_clear(words: str, code: str | None, bay_state: Catalogue) -> None:
    assert wish.procedure_of(words, bay_state) == code


@pytest.mark.parametrize(
    ("words", "levels"),
    [
        ("fracture T12", (1, "T12")),
        ("L1 and L2", (2, "L1 L2")),
        ("T11, T12, T11", (2, "T11 T12")),
        ("L4-5", (1, "L4-L5")),
        ("L4/5 L5/S1", (2, "L4-L5 L5-S1")),
        ("2 levels", (2, "")),
        ("Two fractured vertebrae", (2, "")),
        ("seen in ER 11/12, T13, L9", (1, "")),
        ("policy T90311-22", (1, "")),
        ("", (1, "")),
    ],
)
def test_levels_are_counted_and_named(words: str, levels: tuple[int, str]) -> None:
    assert wish.levels_of(words) == levels


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("left knee", "L"),
        ("my right hip", "R"),
        ("left and right", "both"),
        ("ablation both sides", "both"),
        ("bilateral L4/5", "both"),
        ("I need help right now", ""),
        ("I left a message", ""),
        ("both my doctor and I agree", ""),
        ("bright", ""),
    ],
)
def test_a_side_is_meant_where_it_is_said(words: str, side: str) -> None:
    assert wish.side_of(words) == side


@pytest.mark.parametrize(
    ("said", "words", "urgency"),
    [
        ("urgent", "", Urgency.URGENT),
        ("Emergency", "", Urgency.URGENT),
        ("", "severe pain, cannot walk", Urgency.URGENT),
        ("", "I can't walk", Urgency.URGENT),
        ("As soon as possible", "", Urgency.SOON),
        ("", "pain is severe", Urgency.SOON),
        ("not urgent", "", Urgency.ROUTINE),
        ("non-urgent", "cannot walk far", Urgency.ROUTINE),
        ("", "this is not urgent", Urgency.ROUTINE),
        ("", "seen in the emergency room", Urgency.ROUTINE),
        ("routine", "knee", Urgency.ROUTINE),
        ("", "", Urgency.ROUTINE),
    ],
)
def test_urgency_is_what_the_field_says_else_the_words(said: str, words: str, urgency: Urgency) -> None:
    assert wish.urgency_of(said, words) is urgency


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Mon, Wed", (0, 2)),
        ("Tue;Thu", (1, 3)),
        ("Mondays and Fridays", (0, 4)),
        ("Mon-Wed", (0, 1, 2)),
        ("Tuesday through Thursday", (1, 2, 3)),
        ("Fri - Mon", (0, 4, 5, 6)),
        ("weekdays", (0, 1, 2, 3, 4)),
        ("not Friday", (0, 1, 2, 3)),
        ("any day except Monday", (1, 2, 3, 4)),
        ("any", ()),
        ("any day this month, satisfied with all", ()),
        ("lunes, miércoles", (0, 2)),
        ("", ()),
    ],
)
def test_preferred_days_are_read(words: str, days: tuple[int, ...]) -> None:
    assert wish.weekdays_of(words) == days


@pytest.mark.parametrize(
    ("words", "part"),
    [("morning", "morning"), ("Afternoons", "afternoon"), ("AM", "morning"), ("any", ""), ("morning or afternoon", "")],
)
def test_the_part_of_the_day_is_read(words: str, part: str) -> None:
    assert wish.part_of_day(words) == part


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Medicare Part B", "MEDICARE"),
        ("medicare", "MEDICARE"),
        ("Medicare + AARP supplement", "MEDICARE"),
        ("Blue Cross Blue Shield of MA", "BCBSMA"),
        ("BCBS MA", "BCBSMA"),
        ("Tufts Medicare Preferred", "TUFTS"),
        ("Harvard Pilgrim", "HARVARDP"),
        ("Cigna PPO", "CIGNA"),
        ("Self pay", "SELF"),
        ("Medicaredirect", None),
        ("my husband's", None),
        ("", None),
    ],
)
def test_a_payer_is_known_by_its_names(words: str, code: str | None, bay_state: Catalogue) -> None:
    assert wish.payer_of(words, bay_state.payers) == code


@pytest.mark.parametrize(
    ("words", "referrer"),
    [
        ("fracture T12, referred by Dr. Amin", "Dr. Amin"),
        ("Referred by dr O'Hara because of pain", "dr O'Hara"),
        ("referred by Prof. Ana Núñez.", "Prof. Ana Núñez"),
        ("referred by a friend", ""),
        ("", ""),
    ],
)
def test_who_referred_is_read_from_the_words(words: str, referrer: str) -> None:
    assert wish.referrer_of(words) == referrer
