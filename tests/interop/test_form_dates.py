from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.interop.web_form.dates import birth_date, is_month_first

TODAY = date(2026, 11, 24)
MARCH = date(1948, 3, 14)


@pytest.mark.parametrize(
    "text",
    [
        "1948-03-14",
        "1948/3/14",
        "03/14/1948",
        "3/14/48",
        "3-14-1948",
        "03 / 14 / 1948",
        "03 14 1948",
        "14/03/1948",
        "14.3.1948",
        "14. March 1948",
        "14 Mar 1948",
        "14-Mar-48",
        "March 14, 1948",
        "Mar. 14 1948",
        "March 14th, 1948",
        "14th of March 1948",
        "14 de marzo de 1948",
        "19480314",
        "03141948",
        "1948-03-14T00:00:00",
    ],
)
def test_a_birth_date_is_read_in_each_way_people_write_it(text: str) -> None:
    assert birth_date(text, TODAY) == MARCH


@pytest.mark.parametrize(
    "text",
    [
        "02/30/1960",
        "02/29/1957",
        "2/29/57",
        "13/13/1948",
        "1948-14-03",
        "00/00/0000",
        "02.03.1948",
        "03/14/2048",
        "03/14/1848",
        "03/14",
        "1948",
        "78 years",
        "unknown",
        "14 Foo 1948",
        "9" * 400,
        "",
    ],
)
def test_what_is_no_day_or_could_be_two_is_left_to_a_person(text: str) -> None:
    assert birth_date(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("3/14/26", date(2026, 3, 14)),
        ("11/24/26", TODAY),
        ("11/25/26", date(1926, 11, 25)),
        ("3/14/27", date(1927, 3, 14)),
        ("2/29/00", date(2000, 2, 29)),
        ("1/1/99", date(1999, 1, 1)),
    ],
)
def test_a_missing_century_is_the_last_that_has_passed(text: str, born: date) -> None:
    assert birth_date(text, TODAY) == born


def test_day_and_month_stand_as_where_the_practice_is() -> None:
    assert birth_date("03/04/1948", TODAY, is_month_first("US")) == date(1948, 3, 4)
    assert birth_date("03/04/1948", TODAY, is_month_first("GB")) == date(1948, 4, 3)
    assert birth_date("03.04.1948", TODAY, is_month_first("DE")) == date(1948, 4, 3)
    assert birth_date("04.04.1948", TODAY) == date(1948, 4, 4)


@given(st.dates(TODAY - timedelta(days=119 * 365), TODAY))
def test_every_day_of_a_life_is_read_back(born: date) -> None:
    for style in ("%Y-%m-%d", "%m/%d/%Y", "%d %b %Y", "%B %d, %Y"):
        assert birth_date(born.strftime(style), TODAY) == born


@given(st.text(max_size=40))
def test_no_words_are_beyond_reading(text: str) -> None:
    born = birth_date(text, TODAY)
    assert born is None or born <= TODAY
