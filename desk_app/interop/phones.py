"""Phone numbers through ``phonenumbers``, imported when the first is read; and as they are shown."""

from __future__ import annotations

import re

from desk_app.domain.records import Phone

NATIONAL_DIGITS = 10
LONGEST = 60
MOST = 4
"""So many numbers of one person are kept."""

_BETWEEN = re.compile(r"[\n;]|\s/\s|,\s|\sor\s", re.IGNORECASE)


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
    if not possible or (number.country_code == 1 and len(national) != NATIONAL_DIGITS) or len(set(national)) == 1:
        return Phone(text, label=label)
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Phone(text, e164, number.extension or "", label)


def is_region(text: str) -> bool:
    """Whether numbers of that country are known."""
    import phonenumbers

    return text in phonenumbers.SUPPORTED_REGIONS


def find_phones(text: str, region: str = "US") -> tuple[Phone, ...]:
    """The numbers of a field, which may hold several, and words around them; what is no number keeps its words."""
    found: list[Phone] = []
    for part in _BETWEEN.split(text[: LONGEST * MOST * 2]):
        if not any(ch.isdigit() for ch in part):
            continue
        phone = parse_phone(part, region)
        found += [phone] if phone.e164 else (_within(part, region) or [phone])
    readable = list({phone.e164: phone for phone in reversed(found) if phone.e164}.values())[::-1]
    return tuple((readable or found)[:MOST])


def _within(text: str, region: str) -> list[Phone]:
    """Numbers among other words: ``my daughter’s cell, 508 555 0142, after five``."""
    import phonenumbers

    matches = phonenumbers.PhoneNumberMatcher(text, region, phonenumbers.Leniency.POSSIBLE)
    return [phone for match in matches if (phone := parse_phone(match.raw_string, region)).e164]
