"""One typed word into a value, as argparse asks for it: what cannot be read ends with status 2 and a sentence."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date, time

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""No practice plans beyond these, and a clock's sums stay within what a date can hold."""

GREATEST = 2**31 - 1
MOST = 9999
MOST_NIGHTS = 92


def any_text(typed: str) -> str:
    """Text; bytes that the terminal's encoding cannot read are refused before they reach a record."""
    try:
        typed.encode("utf-8")
    except UnicodeEncodeError:
        raise ArgumentTypeError("this is no text in the terminal's encoding") from None
    return typed


def text(typed: str) -> str:
    """Text that says something: an empty word is rather a variable that was not set."""
    if not any_text(typed).strip():
        raise ArgumentTypeError("an empty word says nothing")
    return typed


def day(typed: str) -> date:
    try:
        value = date.fromisoformat(typed)
    except ValueError:
        raise ArgumentTypeError(f"“{typed}” is no date; write 2026-11-24") from None
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ArgumentTypeError(f"“{typed}” lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return value


def wall_clock(typed: str) -> time:
    """A time of day in the practice's zone, so without an offset."""
    try:
        value = time.fromisoformat(typed)
    except ValueError:
        raise ArgumentTypeError(f"“{typed}” is no time; write 09:30") from None
    if value.tzinfo is not None:
        raise ArgumentTypeError(f"“{typed}” has an offset; write the practice's wall clock, such as 09:30")
    return value


def whole(typed: str) -> int:
    if not (typed.isascii() and typed.isdecimal()) or not 0 < int(typed) <= MOST:
        raise ArgumentTypeError(f"“{typed}” is no number from 1 to {MOST}")
    return int(typed)


def nights(typed: str) -> int:
    """So many nights as bays and beds can be looked at together."""
    if not (typed.isascii() and typed.isdecimal()) or not 0 < int(typed) <= MOST_NIGHTS:
        raise ArgumentTypeError(f"“{typed}” is no number of nights from 1 to {MOST_NIGHTS}")
    return int(typed)


def number(typed: str) -> int:
    """The number of a request or visit."""
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > 10 or not 0 < int(typed) <= GREATEST:
        raise ArgumentTypeError(f"“{typed}” is no number of a record")
    return int(typed)
