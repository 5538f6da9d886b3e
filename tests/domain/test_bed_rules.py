"""Which bed to give: wishes, who may share a room, kept beds first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk_app.domain.bed_rules import BedRule, Guest, SharingCode, best_bed, may_share, missing_wishes
from desk_app.domain.practice import Resource, ResourceKind
from desk_app.domain.visit_parts import BedWish
from tests.helpers.small_practice import CATALOGUE

BED = ResourceKind.OVERNIGHT_BED
BEDS = (
    Resource("N1", BED, "Bed 1", ("monitored",), 60, "A"),
    Resource("N2", BED, "Bed 2", (), 60, "A"),
    Resource("N3", BED, "Bed 3", ("monitored", "oxygen"), 60, "B"),
    Resource("N4", BED, "Bed 4", (), 60),
)
WARD = replace(CATALOGUE, resources=(*CATALOGUE.resources[:-1], *BEDS))
SHE, HE, WHO = Guest("F"), Guest("M"), Guest("")
CODES = ("N1", "N2", "N3", "N4")


def test_a_bed_misses_the_wishes_it_has_no_capability_for() -> None:
    wishes = (BedWish.MONITORED, BedWish.OXYGEN)
    assert missing_wishes(BEDS[0], Guest("F", wishes)) == (BedWish.OXYGEN,)
    assert missing_wishes(BEDS[2], Guest("F", wishes)) == ()


@pytest.mark.parametrize(("guest", "other", "may"), [(SHE, SHE, True), (SHE, HE, False), (WHO, HE, False)])
def test_one_sex_shares_a_room(guest: Guest, other: Guest, may: bool) -> None:
    assert may_share(WARD, BEDS[0], guest, {"N2": other}) is may
    assert may_share(WARD, BEDS[3], guest, {"N2": other})
    assert may_share(WARD, BEDS[2], guest, {"N2": other})


def test_the_practice_may_let_anybody_share_or_in_some_rooms_only() -> None:
    anybody = replace(WARD, bed_rules=(BedRule(SharingCode.ONE_SEX, active=False),))
    assert may_share(anybody, BEDS[0], SHE, {"N2": HE})
    elsewhere = replace(WARD, bed_rules=(BedRule(SharingCode.ONE_SEX, ("B",)),))
    assert may_share(elsewhere, BEDS[0], SHE, {"N2": HE})


def test_a_kept_bed_is_given_first_and_none_that_has_more_than_is_needed() -> None:
    assert best_bed(WARD, CODES, ("N2", "N3"), SHE, {}) == "N2"
    assert best_bed(WARD, CODES, (), SHE, {}) == "N2"
    assert best_bed(WARD, (), (), SHE, {}) is None


def test_a_wish_outweighs_that_a_bed_is_kept() -> None:
    wishes = Guest("F", (BedWish.MONITORED,))
    assert best_bed(WARD, CODES, ("N2", "N4"), wishes, {}) == "N1"


def test_where_nobody_may_share_no_bed_is_given() -> None:
    assert best_bed(WARD, ("N1",), ("N1",), SHE, {"N2": HE}) is None
