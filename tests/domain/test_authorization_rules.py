"""The rules of an authorization: its steps, what an approval is good for, its codes, and the payer's clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.application.authorization_words import lack_words, status_words
from desk_app.domain.authorization_match import Planned, lacks, standing, units_taken
from desk_app.domain.authorization_status import (
    AUTHORIZATION_STEPS,
    GONE,
    X12_306,
    check_authorization_step,
    next_steps,
    status_of_code,
)
from desk_app.domain.faults import RuleViolation
from desk_app.domain.payer_clock import clock_from
from desk_app.domain.practice import Payer, ProcedureType
from desk_app.domain.procedure_codes import codes_for, codes_text, fits_codes
from desk_app.domain.records import Authorization
from desk_app.domain.statuses import AuthorizationStatus
from tests.helpers.small_practice import CATALOGUE, ZONE, at

Z = AuthorizationStatus
VERT = ProcedureType("VERT", "Vertebroplasty", (), cpt=("22510", "22511"), cpt_extra_level=("22512",), max_levels=3)
FACET = ProcedureType(
    "MBB", "Facet block", (), cpt=("64490", "64493"), cpt_extra_level=("64491", "64492", "64494", "64495"), max_levels=3
)
DAY = date(2026, 12, 4)
GOOD = Authorization(1, 1, "OLDCOL", "VERT", Z.APPROVED, id=7)
WANTED = Planned("VERT", 2, "L1 L2", "left", DAY, ("OSEI",), "Bay State Pain", "OLDCOL", 1, VERT)


def test_every_status_has_its_steps_and_only_these_are_taken() -> None:
    assert set(AUTHORIZATION_STEPS) == set(Z)
    for before, after in product(Z, Z):
        if after in AUTHORIZATION_STEPS[before]:
            check_authorization_step(before, after)
        else:
            with pytest.raises(RuleViolation, match="authorization_step"):
                check_authorization_step(before, after)


def test_what_is_done_with_leads_nowhere_and_everything_else_on() -> None:
    for status in Z:
        assert bool(next_steps(status)) == (status not in GONE or status is Z.EXPIRED)


def test_payers_codes_stand_for_their_statuses() -> None:
    assert {code: status_of_code(code) for code in X12_306.values()} == {
        "A1": Z.APPROVED, "A2": Z.APPROVED_IN_PART, "A3": Z.DENIED, "A4": Z.PENDED, "A6": Z.MODIFIED
    }  # fmt: skip
    assert (status_of_code(" a1 "), status_of_code("CT"), status_of_code("")) == (Z.APPROVED, None, None)


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ({"valid_to": date(2026, 11, 30)}, "ends 30 Nov, the visit is 4 Dec"),
        ({"valid_from": date(2026, 12, 5)}, "good from 5 Dec on, the visit is 4 Dec"),
        ({"levels": 1}, "approved for 1 level, 2 are booked"),
        ({"units": 1}, "1 of 1 units left, 2 needed"),
        ({"cpt": ("22510", "22512")}, "approved for 22510, 22512, not 22511, 22512"),
        ({"cpt": ("22511",)}, "approved for 22511, not 22511, 22512"),
        ({"side": "R"}, "approved for the right side"),
        ({"clinician": "ALG"}, "approved for Dr. Algendy"),
        ({"place": "Mercy Hospital"}, "approved for Mercy Hospital"),
        ({"payer": "PILGRIM"}, "approved by PILGRIM, who pays no more"),
        ({"procedure": "KYPHO"}, "approved for Kyphoplasty"),
    ],
)
def test_an_approval_is_good_for_its_limits_only(limit: dict[str, Any], words: str) -> None:
    (lack,) = lacks(replace(GOOD, **limit), WANTED)
    assert lack_words(lack, CATALOGUE) == words


@pytest.mark.parametrize(
    "limit",
    [
        {"valid_from": DAY, "valid_to": DAY}, {"levels": 2, "units": 2}, {"cpt": ("22511", "22512")}, {"side": "L"},
        {"side": "both"}, {"clinician": "OSEI"}, {"place": " bay state  PAIN"}, {"payer": None},
    ],
)  # fmt: skip
def test_what_lies_within_its_limits_or_is_not_limited_is_covered(limit: dict[str, Any]) -> None:
    assert lacks(replace(GOOD, **limit), WANTED) == ()


def test_the_approval_that_misses_by_least_is_told() -> None:
    poor, better = replace(GOOD, levels=1, side="R", id=8), replace(GOOD, levels=1, id=9)
    denied = replace(GOOD, status=Z.DENIED, id=10)
    assert standing((poor, better, denied), WANTED).approval == better
    assert standing((poor, better, GOOD, denied), WANTED).is_good
    assert standing((denied,), WANTED).approval is None


def test_what_has_run_out_was_good_for_the_days_within_its_dates() -> None:
    over = replace(GOOD, status=Z.EXPIRED, valid_to=DAY)
    assert standing((over,), WANTED).is_good
    assert standing((over,), replace(WANTED, day=DAY + timedelta(days=1))).approval is None


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 40)), max_size=6), st.integers(1, 6), st.integers(1, 6))
def test_units_are_never_used_twice(visits: list[tuple[int, int]], first: int, second: int) -> None:
    """However visits and approvals lie, no approval gives more units than it has."""
    papers = (
        replace(GOOD, units=first, valid_to=DAY + timedelta(days=20)),
        replace(GOOD, units=second, id=8, request_id=None),
    )
    others = [Planned("VERT", levels, day=DAY + timedelta(days=ahead)) for levels, ahead in visits]
    taken = units_taken(papers, others)
    assert all(taken.get(each.id, 0) <= (each.units or 0) for each in papers)
    assert sum(taken.values()) <= sum(levels for levels, _ in visits)


@pytest.mark.parametrize(
    ("procedure", "levels", "names", "text"),
    [
        (VERT, 1, "T9", "22510"),
        (VERT, 3, "L1 L2 L3", "22511, 22512 × 2"),
        (VERT, 2, "T12 L1", "22510, 22512"),
        (VERT, 2, "", "22510, 22512"),
        (FACET, 3, "L3-4 L4-5 L5-S1", "64493, 64494, 64495"),
        (FACET, 2, "C4-5 C5-6", "64490, 64491"),
        (replace(VERT, cpt=(), cpt_extra_level=()), 2, "", ""),
    ],
)
def test_codes_stand_for_levels_and_their_region(procedure: ProcedureType, levels: int, names: str, text: str) -> None:
    found = codes_for(procedure, levels, names)
    assert codes_text(found) == text
    assert fits_codes(tuple(code for code, _ in found), procedure, levels, names)


OSEI = Payer("P", "Payer", urgent_hours=48, standard_days=5)


@pytest.mark.parametrize(
    ("now", "status", "expedited", "payer", "words"),
    [
        ("2026-11-20T15:00", Z.SUBMITTED, False, None, "submitted today"),
        ("2026-11-24T08:00", Z.SUBMITTED, False, None, "submitted, day 4 of 7"),
        ("2026-11-24T08:00", Z.PENDED, False, OSEI, "pended, day 4 of 5"),
        ("2026-11-23T10:30", Z.PENDED, True, None, "pended, 70 of 72 h"),
        ("2026-11-23T12:05", Z.PENDED, True, None, "clock ran out at 12:00"),
        ("2026-11-28T09:00", Z.APPEALED, False, None, "clock ran out yesterday"),
        ("2026-12-04T09:00", Z.SUBMITTED, False, None, "clock ran out 27 Nov"),
        ("2026-12-04T09:00", Z.MORE_INFO_NEEDED, False, None, "more info needed"),
        ("2026-12-04T09:00", Z.DENIED, False, None, "denied"),
    ],
)
def test_the_payers_clock_in_words(now: str, status: Z, expedited: bool, payer: Payer | None, words: str) -> None:
    sent = at("2026-11-20T12:00")
    assert status_words(status.value, sent, expedited, payer, at(now), ZONE) == words


def test_a_standard_clock_ends_at_the_same_time_of_day_over_a_clock_change() -> None:
    zone = ZoneInfo("America/New_York")
    clock = clock_from(at("2026-10-30T09:00"), False, None, zone)
    assert clock.end.astimezone(zone) == datetime(2026, 11, 6, 9, tzinfo=zone)
    assert clock.end - clock.start == timedelta(days=7, hours=1)
    urgent = clock_from(at("2026-10-30T09:00"), True, None, zone)
    assert urgent.end - urgent.start == timedelta(hours=72)
