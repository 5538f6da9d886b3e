"""Phone numbers in words and as a telephone program dials them."""

from __future__ import annotations

from datetime import time

import pytest

from desk_app.application.phone_words import dialled, hours_words, is_closed, payer_line, shown_number, written_number
from desk_app.domain.practice import Payer
from desk_app.domain.records import Phone


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("+14135550142", "413 555-0142"),
        ("+442071234567", "+442071234567"),
        ("call the daughter", "call the daughter"),
        ("", ""),
    ],
)
def test_a_number_is_read_as_the_desk_reads_it(kept: str, told: str) -> None:
    assert written_number(kept) == told


def test_an_extension_stands_behind_the_number() -> None:
    assert shown_number(Phone("413 555-0142 x12", "+14135550142", "12")) == "413 555-0142 ext. 12"


@pytest.mark.parametrize(
    ("kept", "link"),
    [
        ("+14135550142", "+14135550142"),
        ("413 555-0142", "4135550142"),
        (" +44 20 7123 4567", "+442071234567"),
        ("call the daughter", ""),
        ("٤١٣", ""),
        ("", ""),
    ],
)
def test_a_link_dials_digits_alone(kept: str, link: str) -> None:
    assert dialled(kept) == link


@pytest.mark.parametrize(
    ("payer", "line", "hours"),
    [
        (None, "", ""),
        (Payer("A", "A"), "", ""),
        (Payer("A", "A", phone="+18005550136", phone_option="3"), "800 555-0136, option 3", ""),
        (Payer("A", "A", phone="+18005550136", phone_option="say agent"), "800 555-0136, say agent", ""),
        (Payer("A", "A", opens=time(8)), "", "from 08:00"),
        (Payer("A", "A", closes=time(16)), "", "until 16:00"),
        (Payer("A", "A", opens=time(8, 30), closes=time(16)), "", "08:30–16:00"),
    ],
)  # fmt: skip
def test_a_payer_s_line_says_what_to_press_and_when_it_answers(payer: Payer | None, line: str, hours: str) -> None:
    assert (payer_line(payer), hours_words(payer)) == (line, hours)


@pytest.mark.parametrize(
    ("clock", "closed"), [(time(7, 59), True), (time(8), False), (time(15, 59), False), (time(16), True)]
)
def test_a_payer_is_closed_before_and_after_its_hours(clock: time, closed: bool) -> None:
    assert is_closed(Payer("A", "A", opens=time(8), closes=time(16)), clock) is closed
    assert not is_closed(Payer("A", "A"), clock)
    assert not is_closed(None, clock)
