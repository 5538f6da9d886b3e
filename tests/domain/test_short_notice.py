"""The short-notice list's pure rules: wishes by the wall clock, who is asked first, how long an offer stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.records import ShortNotice, Wishes
from desk_app.domain.short_notice import (
    OFFER_STANDS,
    Claim,
    WishAgainst,
    offer_until,
    rank,
    typed_notice,
    wishes_against,
)
from desk_app.domain.statuses import Urgency
from tests.helpers.small_practice import ZONE, at

NOW = at("2026-10-30T08:00")
W = WishAgainst
minutes = st.integers(0, 60 * 24 * 30)
instants = minutes.map(lambda number: NOW + timedelta(minutes=number))
claims = st.builds(
    Claim,
    urgency=st.sampled_from(Urgency),
    waits_since=st.none() | instants,
    sooner=st.integers(0, 90 * 24).map(lambda hours: timedelta(hours=hours)),
    spare=st.integers(0, 480),
    place=st.integers(1, 500),
)


def entry(weekdays: tuple[int, ...] = (), part: str = "", hours: int = 0) -> ShortNotice:
    return ShortNotice(1, 1, wishes=Wishes(weekdays, part), notice_hours=hours)


@pytest.mark.parametrize(
    ("start", "wishes", "expected"),
    [
        ("2026-11-02T11:55", entry((0,), "morning"), ()),
        ("2026-11-02T12:00", entry((0,), "morning"), (W.TIME,)),
        ("2026-11-02T12:00", entry((), "afternoon"), ()),
        ("2026-11-03T09:00", entry((0, 2)), (W.DAY,)),
        ("2026-10-31T08:00", entry((), "", 24), ()),
        ("2026-10-31T07:55", entry((), "", 24), (W.NOTICE,)),
        ("2026-10-30T09:00", entry((0,), "afternoon", 2), (W.DAY, W.TIME, W.NOTICE)),
    ],
)
def test_each_wish_is_held_against_the_practices_wall_clock(
    start: str, wishes: ShortNotice, expected: tuple[WishAgainst, ...]
) -> None:
    assert wishes_against(wishes, at(start), NOW, ZONE) == expected


def test_notice_is_counted_in_elapsed_hours_over_a_clock_change() -> None:
    """The night of 1 November has an hour more than its wall clock shows."""
    wishes = entry((), "", 25)
    assert wishes_against(wishes, at("2026-11-01T09:00"), at("2026-10-31T09:00"), ZONE) == ()
    assert wishes_against(wishes, at("2026-11-01T08:55"), at("2026-10-31T09:00"), ZONE) == (W.NOTICE,)


@given(instants)
def test_who_wishes_nothing_can_always_come(start: datetime) -> None:
    assert wishes_against(entry(), start, NOW, ZONE) == ()


@given(st.lists(claims, unique_by=lambda claim: claim.place))
def test_everybody_has_one_place_and_the_urgent_are_always_first(people: list[Claim]) -> None:
    order = sorted(people, key=rank)
    backwards = list(reversed(people))
    assert sorted(backwards, key=rank) == order
    urgencies = [[Urgency.URGENT, Urgency.SOON, Urgency.ROUTINE].index(claim.urgency) for claim in order]
    assert urgencies == sorted(urgencies)
    for one, other in pairwise(order):
        if one.urgency is other.urgency and one.waits_since is None:
            assert other.waits_since is None, "who has no visit yet comes before who has one"
            assert one.sooner.days >= other.sooner.days


@given(claims, st.integers(1, 60))
def test_more_to_gain_is_never_asked_later(claim: Claim, days: int) -> None:
    if claim.waits_since is None:
        better = replace(claim, sooner=claim.sooner + timedelta(days=days))
    else:
        better = replace(claim, waits_since=claim.waits_since - timedelta(days=days))
    assert rank(better) < rank(claim)


@given(st.integers(2, 60 * 24 * 60))
def test_an_offer_ends_before_its_start_and_leaves_time_for_the_next(left: int) -> None:
    start = NOW + timedelta(minutes=left)
    until = offer_until(NOW, start)
    assert NOW < until < start
    assert until - NOW <= OFFER_STANDS
    assert until - NOW <= max(start - until, timedelta(minutes=1))


@pytest.mark.parametrize(
    ("typed", "hours"),
    [("", 0), ("none", 0), ("4", 4), ("4 h", 4), ("24 hours", 24), ("2 days", 48), ("1d", 24), ("1 week", 168)],
)
def test_notice_is_read_as_it_is_said(typed: str, hours: int) -> None:
    assert typed_notice(typed) == hours


@pytest.mark.parametrize("typed", ["soon", "-1", "4 x", "91 days", "1.5 h"])
def test_what_is_no_notice_is_none(typed: str) -> None:
    assert typed_notice(typed) is None
