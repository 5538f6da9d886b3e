from __future__ import annotations

from datetime import date

import pytest

from desk_app.domain.faults import WrongInput
from desk_app.interop.holiday_calendar import LibraryHolidays

FIRST, LAST = date(2026, 4, 1), date(2027, 1, 1)


def test_a_state_has_its_country_s_holidays_and_its_own() -> None:
    found = LibraryHolidays().holidays("US-MA", FIRST, LAST)
    assert {date(2026, 4, 20), date(2026, 7, 4), date(2026, 11, 26), date(2027, 1, 1)} <= set(found)
    assert all(found.values())
    assert date(2026, 4, 20) not in LibraryHolidays().holidays("US", FIRST, LAST)


def test_both_ends_are_within_and_nothing_beyond() -> None:
    found = LibraryHolidays().holidays("US", date(2026, 7, 3), date(2026, 12, 25))
    assert {min(found), max(found)} == {date(2026, 7, 3), date(2026, 12, 25)}


@pytest.mark.parametrize("region", [None, ""])
def test_without_a_region_there_are_none(region: str | None) -> None:
    assert LibraryHolidays().holidays(region, FIRST, LAST) == {}


@pytest.mark.parametrize("region", ["XX", "US-XX", "-", "us_ma", "US-MA-x", "Ελλάδα", "US-", "__init__"])
def test_a_region_that_nobody_knows_is_wrong_input(region: str) -> None:
    with pytest.raises(WrongInput) as told:
        LibraryHolidays().holidays(region, FIRST, LAST)
    assert (told.value.code, told.value.params["region"]) == ("unknown_region", region)
