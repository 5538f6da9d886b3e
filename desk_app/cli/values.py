"""Typed words into values; what cannot be read raises WrongInput (exit 2)."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from desk_app.application.desk import Desk
from desk_app.application.use_cases.find_slots import FindSlots
from desk_app.cli.parser import WEEKDAYS
from desk_app.cli.words import FIRST_YEAR, LAST_YEAR
from desk_app.domain.faults import WrongInput
from desk_app.domain.practice import Stay
from desk_app.domain.several import AndAlso
from desk_app.domain.zone import to_utc

WordT = TypeVar("WordT", bound=StrEnum)


def instant(text: str, zone: ZoneInfo) -> datetime:
    """An ISO 8601 date and time; without an offset it is the practice's wall clock."""
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        raise WrongInput("bad_datetime", value=text) from None
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise WrongInput("bad_datetime", value=text)
    return to_utc(value, zone)


def word(kind: type[WordT], text: str, without: frozenset[WordT] = frozenset()) -> WordT:
    """One of an enumeration's words, but for those that are not for typing."""
    allowed = [member for member in kind if member not in without]
    if text not in [member.value for member in allowed]:
        raise WrongInput("unknown_word", value=text, allowed=", ".join(member.value for member in allowed))
    return kind(text)


def further(written: Iterable[str]) -> tuple[AndAlso, ...]:
    """``CODE`` or ``CODE:N``: a further procedure of the sitting, on N levels."""
    found = []
    for text in written:
        code, colon, levels = text.rpartition(":")
        is_counted = bool(colon) and levels.isascii() and levels.isdigit() and len(levels) <= 4
        found.append(AndAlso(code, int(levels)) if is_counted else AndAlso(text))
    return tuple(found)


def search(desk: Desk, args: Namespace) -> FindSlots:
    """The search of ``slots find`` and ``slots explain``."""
    given = vars(args)
    weekdays = given.get("weekday")
    return FindSlots(
        procedure=args.procedure,
        levels=args.levels,
        stay=Stay.PLANNED if args.stay else None,
        clinician=args.clinician,
        first_day=given.get("first_day") or desk.today(),
        days=given.get("days") or 1,
        weekdays=frozenset(WEEKDAYS.index(day) for day in weekdays) if weekdays else None,
        after=given.get("after"),
        before=given.get("before"),
        limit=given.get("limit") or 1,
        further=further(args.also),
    )
