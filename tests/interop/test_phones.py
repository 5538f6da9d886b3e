from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.records import Phone
from desk_app.interop.phones import find_phones, parse_phone


@pytest.mark.parametrize(
    ("written", "e164", "extension"),
    [
        ("(508) 555-0142", "+15085550142", ""),
        ("5085550142", "+15085550142", ""),
        ("1 508 555 0142", "+15085550142", ""),
        ("+1 617 555 0119", "+16175550119", ""),
        ("774.555.0187", "+17745550187", ""),
        ("508-555-0175 ext. 12", "+15085550175", "12"),
        ("508-555-0175 x12", "+15085550175", "12"),
        ("+44 20 7946 0958", "+442079460958", ""),
        ("1-800-FLOWERS", "+18003569377", ""),
        ("٥٠٨٥٥٥٠١٤٢", "+15085550142", ""),
    ],
)
def test_a_number_is_read_into_its_international_form(written: str, e164: str, extension: str) -> None:
    phone = parse_phone(written)
    assert (phone.e164, phone.extension) == (e164, extension)


@pytest.mark.parametrize("written", ["", "000", "555-0142", "508-555-01", "0000000000", "ask my son", "9" * 500, "+"])
def test_what_is_no_number_keeps_its_words(written: str) -> None:
    phone = parse_phone(written)
    assert phone.e164 == ""
    assert written.startswith(phone.raw)
    assert len(phone.raw) <= 60


def test_a_number_without_its_country_is_of_the_practice_s_region() -> None:
    assert parse_phone("020 7946 0958", "GB").e164 == "+442079460958"


def test_a_region_that_nobody_knows_needs_the_country_written() -> None:
    assert parse_phone("508 555 0142", "XX") == Phone("508 555 0142")
    assert parse_phone("+1 508 555 0142", "XX").e164 == "+15085550142"


@pytest.mark.parametrize(
    ("field", "numbers"),
    [
        ("508 555 0142\n617 555 0101", ["+15085550142", "+16175550101"]),
        ("508 555 0142 / 617 555 0101", ["+15085550142", "+16175550101"]),
        ("508-555-0142 or 617-555-0101", ["+15085550142", "+16175550101"]),
        ("my daughter's cell, 508 555 0142, after five", ["+15085550142"]),
        ("call 508-555-0142 (work) please", ["+15085550142"]),
        ("508-555-0142; 508.555.0142", ["+15085550142"]),
        ("508 555 01; 617 555 0101", ["+16175550101"]),
        ("508-555-01", [""]),
        ("none", []),
        ("", []),
    ],
)
def test_all_numbers_of_a_field_are_found(field: str, numbers: list[str]) -> None:
    assert [phone.e164 for phone in find_phones(field)] == numbers


@given(st.text(max_size=200))
def test_no_words_are_beyond_reading(text: str) -> None:
    assert len(find_phones(text)) <= 4
