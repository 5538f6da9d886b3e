"""Phone numbers as the desk reads and dials them."""

from __future__ import annotations

from datetime import time

from desk_app.domain.practice import Payer
from desk_app.domain.records import Phone


def shown_number(phone: Phone) -> str:
    """``413 555-0142 ext. 12`` for a North American number, else as it was written."""
    digits = phone.e164.removeprefix("+1")
    if phone.e164.startswith("+1") and len(digits) == 10:
        text = f"{digits[:3]} {digits[3:6]}-{digits[6:]}"
    else:
        text = phone.e164 or phone.raw
    return f"{text} ext. {phone.extension}" if phone.extension else text


def written_number(text: str) -> str:
    """A number as it is kept with a call, in the same way; the empty text where there is none."""
    return shown_number(Phone(text, text if text.startswith("+") else "")) if text else ""


def dialled(text: str) -> str:
    """A number for a ``tel:`` link: digits, and a plus in front where it has one; empty where no digit is in it."""
    digits = "".join(letter for letter in text if letter.isascii() and letter.isdigit())
    return f"+{digits}" if text.strip().startswith("+") and digits else digits


def payer_line(payer: Payer | None) -> str:
    """``800 555-0136, option 3``"""
    if payer is None or not payer.phone:
        return ""
    return ", ".join(part for part in (written_number(payer.phone), option_words(payer.phone_option)) if part)


def option_words(option: str) -> str:
    """``option 3``; words of its own as they are."""
    return f"option {option}" if option.isdigit() else option


def hours_words(payer: Payer | None) -> str:
    """``08:00–17:00``, ``from 08:00``, ``until 16:00``; nothing where the payer names none."""
    if payer is None or (payer.opens is None and payer.closes is None):
        return ""
    if payer.opens is None:
        return f"until {payer.closes:%H:%M}"
    return f"from {payer.opens:%H:%M}" if payer.closes is None else f"{payer.opens:%H:%M}–{payer.closes:%H:%M}"


def is_closed(payer: Payer | None, clock: time) -> bool:
    """Whether nobody answers there at that time of the wall clock."""
    if payer is None:
        return False
    return clock < (payer.opens or time.min) or clock >= (payer.closes or time.max)
