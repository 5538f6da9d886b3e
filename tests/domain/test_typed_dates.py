from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.typed_dates import typed_birth_date, typed_date

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", date(2026, 11, 24)),
        ("Tomorrow", date(2026, 11, 25)),
        ("fri", date(2026, 11, 27)),
        ("next friday", date(2026, 11, 27)),
        ("tue", date(2026, 12, 1)),
        ("12/4", date(2026, 12, 4)),
        ("1/5", date(2027, 1, 5)),
        ("11/20", date(2026, 11, 20)),
        ("12/4/27", date(2027, 12, 4)),
        ("2026-12-04", date(2026, 12, 4)),
        ("4 dec", date(2026, 12, 4)),
        ("Dec 4, 2026", date(2026, 12, 4)),
        ("+2w", date(2026, 12, 8)),
        ("-3", date(2026, 11, 21)),
        ("+3m", date(2027, 2, 24)),
        ("+1y", date(2027, 11, 24)),
    ],
)
def test_a_date_is_understood_as_a_receptionist_types_it(typed: str, meant: date) -> None:
    assert typed_date(typed, TODAY) == meant


@pytest.mark.parametrize("typed", ["", "t", "ortiz", "13/40", "2/30/2027", "555-0142", "+9999w", "0 dec", "4 de x"])
def test_what_is_no_date_is_left_to_the_other_readers(typed: str) -> None:
    assert typed_date(typed, TODAY) is None


def test_a_month_too_short_for_the_day_ends_the_step_on_its_last_day() -> None:
    assert typed_date("+1m", date(2027, 1, 31)) == date(2027, 2, 28)


@given(st.text(max_size=30), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_no_text_ever_breaks_it(typed: str, today: date) -> None:
    assert typed_date(typed, today) is None or isinstance(typed_date(typed, today), date)


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("3/12/51", date(1951, 3, 12)),
        ("3/12/1951", date(1951, 3, 12)),
        ("1951-03-12", date(1951, 3, 12)),
        ("12 mar 1951", date(1951, 3, 12)),
        ("11/24/26", date(2026, 11, 24)),
        ("11/25/26", date(1926, 11, 25)),
        ("11/25/2026", None),
        ("3/12", None),
        ("fri", None),
        ("2/30/1951", None),
    ],
)
def test_a_birth_date_has_its_year_and_is_not_to_come(typed: str, born: date | None) -> None:
    assert typed_birth_date(typed, TODAY) == born
