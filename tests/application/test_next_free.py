"""The next free day: the first on which a chain fits, or on which a room has an hour."""

from __future__ import annotations

from datetime import datetime

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases.find_slots import FindSlots
from desk_app.application.use_cases.next_free import next_free
from tests.application.steps import book
from tests.helpers.small_practice import ZONE, StandingClock, at

TUESDAY, FRIDAY, SATURDAY = 1, 4, 5


@pytest.fixture
def address(sqlite_address: str) -> str:
    """The search asks the index alone: one kind of database is enough."""
    return sqlite_address


def start_of(desk: Desk, weekday: int | None, wish: FindSlots | None = None) -> str | None:
    free = next_free(desk, weekday, wish)
    return None if free is None else f"{free.slot.start.astimezone(ZONE):%a %d %b %H:%M}"


def test_a_weekday_is_the_next_one_after_today(desk: Desk) -> None:
    assert start_of(desk, FRIDAY) == "Fri 27 Nov 08:00"
    assert start_of(desk, TUESDAY) == "Tue 01 Dec 08:00"
    assert start_of(desk, SATURDAY) is None


def test_any_day_begins_with_what_is_left_of_today(desk: Desk, clock: StandingClock) -> None:
    assert start_of(desk, None) == "Tue 24 Nov 10:00"
    clock.instant = at("2026-11-24T16:30")
    assert start_of(desk, None) == "Wed 25 Nov 08:00"


def test_an_hour_is_an_hour_between_the_visits(desk: Desk) -> None:
    for number in range(9):
        start = datetime.fromisoformat("2026-11-27T08:00").replace(hour=8 + number, minute=30)
        book(desk, f"{start:%Y-%m-%dT%H:%M}")
    assert start_of(desk, FRIDAY) == "Fri 04 Dec 08:00"


def test_for_a_procedure_its_whole_chain_must_fit(desk: Desk) -> None:
    wish = FindSlots("KYPHO", 3)
    assert start_of(desk, FRIDAY, wish) == "Fri 27 Nov 08:00"
    book(desk, "2026-11-27T08:30", "KYPHO", override_reason="cannot walk")
    free = next_free(desk, FRIDAY, wish)
    assert free is not None
    assert free.procedure == "KYPHO"
    assert free.slot.start >= at("2026-11-27T09:35")
