"""What payers cover, held against a patient's visits: sessions of a region, the time between, one region a session."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desk_app.domain.coverage import (
    INTERVAL,
    ONE_REGION,
    SESSIONS,
    CoverageDoubt,
    Treatment,
    coverage_doubts,
    months_after,
    reach,
    reminders,
    rules_for,
)
from desk_app.domain.practice import Catalogue, Payer
from desk_app.domain.practice_rules import USUAL_COVERAGE, CoverageRule
from tests.helpers.small_practice import CATALOGUE, JOINT, KYPHO

ESI = replace(JOINT, code="ESI", name="Epidural", cpt=("62321", "62323"))
ESI_T = replace(JOINT, code="ESI-T", name="Transforaminal", cpt=("64483",), cpt_extra_level=("64484",))
MBB = replace(JOINT, code="MBB", name="Medial branch block", cpt=("64493",))
PRACTICE = replace(CATALOGUE, procedures=(ESI, ESI_T, MBB, replace(KYPHO, cpt=("22513",)), JOINT))
COLONY = CATALOGUE.payers[0]
MEDICARE = Payer("MCARE", "Medicare")


def on(month: int, day: int, procedure: str = "ESI", levels: str = "L4-5", year: int = 2026) -> Treatment:
    return Treatment(date(year, month, day), procedure, levels)


def told(
    mine: Treatment, *others: Treatment, payer: Payer | None = COLONY, catalogue: Catalogue = PRACTICE
) -> list[str]:
    return [doubt.code for doubt in coverage_doubts(catalogue, mine, payer, others)]


FOUR = (on(1, 12), on(4, 2), on(7, 1, "ESI-T", "L5"), on(9, 30))


def test_a_fifth_epidural_of_a_region_within_a_year_is_doubted_and_says_how_many() -> None:
    assert told(on(12, 9), *FOUR[:3]) == []
    (doubt,) = coverage_doubts(PRACTICE, on(12, 9), COLONY, FOUR)
    words = {"count": 5, "most": 4, "months": 12, "first": date(2026, 1, 12)}
    assert doubt == CoverageDoubt(SESSIONS, {"rule": "Epidurals", "region": "lumbosacral ", **words})


def test_the_year_rolls_from_day_to_day() -> None:
    assert told(on(1, 12, year=2027), *FOUR) == []
    assert told(on(1, 11, year=2027), *FOUR) == [SESSIONS]


def test_visits_to_come_count_as_much_as_past_ones() -> None:
    coming = (on(12, 1), on(12, 20), on(1, 10, year=2027), on(2, 1, year=2027))
    assert told(on(11, 25), *coming) == [SESSIONS]
    assert told(on(11, 25), *coming[:3]) == []


def test_a_year_that_is_full_without_this_visit_is_none_of_its_business() -> None:
    full = (*FOUR, on(10, 20))
    assert told(on(12, 9, year=2027), *full) == []


def test_the_other_region_has_its_own_count_and_an_unknown_one_may_be_either() -> None:
    assert told(on(12, 9, levels="C6-7"), *FOUR) == []
    assert told(on(12, 9, levels=""), *FOUR) == [SESSIONS]
    assert told(on(12, 9), *FOUR[:3], on(10, 1, levels="")) == [SESSIONS]


def test_two_visits_of_a_day_are_one_session() -> None:
    assert told(on(12, 9), *FOUR[:3], on(9, 30), on(9, 30, "ESI-T")) == [SESSIONS]
    assert told(on(12, 9), *FOUR[:2], on(9, 30), on(9, 30, "ESI-T")) == []


def test_procedures_of_another_rule_or_of_none_do_not_count() -> None:
    assert told(on(12, 9), *(replace_procedure(each, "JOINT") for each in FOUR)) == []
    assert told(on(12, 9, "JOINT"), *FOUR) == []
    assert told(on(12, 9, "GONE"), *FOUR) == []


def replace_procedure(treatment: Treatment, code: str) -> Treatment:
    return treatment._replace(procedure=code)


@pytest.mark.parametrize(
    ("other", "doubted"),
    [(on(11, 26, "MBB"), True), (on(11, 25, "MBB"), False), (on(12, 22, "MBB"), True), (on(12, 23, "MBB"), False)],
)
def test_a_second_diagnostic_block_waits_two_weeks_before_and_after(other: Treatment, doubted: bool) -> None:
    assert told(on(12, 9, "MBB"), other) == ([INTERVAL] if doubted else [])


def test_the_interval_is_told_with_the_nearest_of_the_same_region() -> None:
    others = (on(11, 27, "MBB"), on(12, 4, "MBB"), on(12, 8, "MBB", "C5"))
    (doubt,) = coverage_doubts(PRACTICE, on(12, 9, "MBB"), COLONY, others)
    assert doubt.params == {"rule": "Facet blocks", "between": 5, "days": 14, "last": date(2026, 12, 4)}


def test_one_region_a_session_looks_at_the_visit_and_at_its_day() -> None:
    assert told(on(12, 9, levels="C6 L5")) == [ONE_REGION]
    assert told(on(12, 9), on(12, 9, levels="C6-7")) == [ONE_REGION]
    assert told(on(12, 9), on(12, 8, levels="C6-7"), on(12, 9, levels="")) == []
    assert told(on(12, 9, "MBB", "C6 L5")) == []


def test_a_rule_of_some_payers_holds_for_them_and_where_nobody_knows_who_pays() -> None:
    own = CoverageRule("EPIDURAL", "Epidurals", ("ESI",), payers=("MCARE",), sessions=1)
    catalogue = replace(PRACTICE, payers=(COLONY, MEDICARE), coverage_rules=(own,))
    for payer, doubted in ((COLONY, []), (MEDICARE, [SESSIONS]), (None, [SESSIONS])):
        assert told(on(12, 9), on(9, 30), payer=payer, catalogue=catalogue) == doubted


def test_a_rule_that_is_switched_off_says_nothing() -> None:
    off = replace(USUAL_COVERAGE[0], active=False)
    assert told(on(12, 9), *FOUR, catalogue=replace(PRACTICE, coverage_rules=(off,))) == []


def test_augmentation_is_reminded_of_the_care_before() -> None:
    kypho = PRACTICE.procedure("KYPHO")
    assert [rule.conservative_weeks for rule in reminders(PRACTICE, kypho, COLONY)] == [6]
    assert reminders(PRACTICE, ESI, COLONY) == ()
    assert told(Treatment(date(2026, 12, 9), "KYPHO", "T12")) == []


def test_it_is_known_how_far_other_visits_matter() -> None:
    day = date(2026, 12, 9)
    assert reach(rules_for(PRACTICE, ESI, COLONY), day) == (date(2025, 12, 9), date(2027, 12, 9))
    assert reach(rules_for(PRACTICE, MBB, COLONY), day) == (date(2026, 11, 25), date(2026, 12, 23))
    assert reach((), day) == (day, day)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 12, 9), 1, date(2027, 1, 9)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2026, 1, 9), -1, date(2025, 12, 9)),
        (date(2026, 11, 30), -24, date(2024, 11, 30)),
    ],
)
def test_months_end_on_a_day_that_is_there(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then
