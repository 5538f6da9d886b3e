"""Phone numbers through ``phonenumbers``, imported when the first is read; and as they are shown."""

from __future__ import annotations

from desk_app.domain.records import Phone

NATIONAL_DIGITS = 10
LONGEST = 60


def parse_phone(raw: str, region: str = "US", label: str = "") -> Phone:
    """A number with its E.164 form where it can be one; else only the words as written."""
    import phonenumbers

    text = " ".join(raw.split())[:LONGEST]
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return Phone(text, label=label)
    national = phonenumbers.national_significant_number(number)
    possible = phonenumbers.is_possible_number(number)
    if not possible or (number.country_code == 1 and len(national) != NATIONAL_DIGITS):
        return Phone(text, label=label)
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Phone(text, e164, number.extension or "", label)
