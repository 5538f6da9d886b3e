"""How far an authorization is, in the few words of a row, a card or a call list; the payer's clock among them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from desk_app.application.wording import AUTHORIZATION_WORDS, clock, count, day_month
from desk_app.domain.authorization_lack import Lack
from desk_app.domain.authorization_status import GRANTED
from desk_app.domain.payer_clock import PayerClock, running_clock
from desk_app.domain.practice import Catalogue, Payer
from desk_app.domain.records import Authorization
from desk_app.domain.statuses import AuthorizationStatus
from desk_app.domain.zone import local_date

Z = AuthorizationStatus
ON_THE_CLOCK = frozenset({Z.SUBMITTED, Z.PENDED, Z.APPEALED})
"""What the payer has to answer; of the rest the desk, or a physician, owes something."""


def status_words(
    status: str,
    submitted_at: datetime | None,
    expedited: bool,
    payer: Payer | None,
    now: datetime,
    zone: ZoneInfo,
    valid_to: date | None = None,
) -> str:
    """``submitted, day 4 of 7``, ``pended, 70 of 72 h``, ``clock ran out yesterday``, ``approved, to 31 Jan``."""
    word = AUTHORIZATION_WORDS.get(status, status.replace("_", " "))
    if status in GRANTED or status == Z.USED:
        return f"{word}, to {day_month(valid_to)}" if valid_to is not None else word
    if not status or status not in ON_THE_CLOCK:
        return word
    running = running_clock(Z(status), submitted_at, expedited, payer, zone)
    return clock_words(word, running, now, zone) if running is not None else word


def words_of(authorization: Authorization, payer: Payer | None, now: datetime, zone: ZoneInfo) -> str:
    """The same of a whole record."""
    return status_words(
        authorization.status.value,
        authorization.submitted_at,
        authorization.expedited,
        payer,
        now,
        zone,
        authorization.valid_to,
    )


def clock_words(word: str, running: PayerClock, now: datetime, zone: ZoneInfo) -> str:
    if running.has_run_out(now):
        return ran_out_words(running.end, now, zone)
    if running.hours:
        return f"{word}, {running.hours_gone(now)} of {running.hours} h"
    day = running.days_gone(now, zone)
    return f"{word}, day {day} of {running.days}" if day else f"{word} today"


def ran_out_words(end: datetime, now: datetime, zone: ZoneInfo) -> str:
    """``clock ran out at 09:30``, ``yesterday``, or on a day."""
    day, today = local_date(end, zone), local_date(now, zone)
    if day == today:
        return f"clock ran out at {clock(end, zone)}"
    return "clock ran out yesterday" if day == today - timedelta(days=1) else f"clock ran out {day_month(day)}"


def is_overdue(authorization: Authorization, payer: Payer | None, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the payer should have answered by now."""
    running = running_clock(authorization.status, authorization.submitted_at, authorization.expedited, payer, zone)
    return running is not None and authorization.status in ON_THE_CLOCK and running.has_run_out(now)


def lack_words(lack: Lack, catalogue: Catalogue, verb: str = "booked") -> str:
    """``approved for 1 level, 2 are booked``, ``ends 30 Nov, the visit is 4 Dec``, ``approved for Dr. Osei``."""
    params = {name: _word(name, value, catalogue) for name, value in lack.params.items()}
    if lack.code == "authorization_levels":
        params["approved"] = count(int(str(lack.params["approved"])), "level", "levels")
        params["verb"] = f"is {verb}" if lack.params["levels"] == 1 else f"are {verb}"
    return _LACKS.get(lack.code, lack.code).format_map(params)


def short_lack(lack: Lack, catalogue: Catalogue) -> str:
    """In a row: ``approved for 1 of 2``, ``ends 30 Nov, too soon``; else as :func:`lack_words`."""
    if lack.code not in _SHORT:
        return lack_words(lack, catalogue)
    return _SHORT[lack.code].format_map({name: _word(name, value, catalogue) for name, value in lack.params.items()})


_SHORT: Mapping[str, str] = {
    "authorization_ends": "ends {until}, too soon",
    "authorization_levels": "approved for {approved} of {levels}",
}
_LACKS: Mapping[str, str] = {
    "authorization_procedure": "approved for {other}",
    "authorization_other_payer": "approved by {payer}, who pays no more",
    "authorization_ends": "ends {until}, the visit is {on}",
    "authorization_begins": "good from {since} on, the visit is {on}",
    "authorization_levels": "approved for {approved}, {levels} {verb}",
    "authorization_units": "{left} of {units} units left, {need} needed",
    "authorization_codes": "approved for {approved}, not {codes}",
    "authorization_side": "approved for the {approved} side",
    "authorization_clinician": "approved for {clinician}",
    "authorization_place": "approved for {place}",
}
SIDES: Mapping[str, str] = {"l": "left", "r": "right"}


def _word(name: str, value: object, catalogue: Catalogue) -> object:
    if isinstance(value, date):
        return day_month(value)
    text = str(value)
    if name == "clinician":
        return next((each.name for each in catalogue.resources if each.code == text), text)
    if name == "payer":
        return next((each.short_name or each.name for each in catalogue.payers if each.code == text), text)
    if name == "other":
        return catalogue.procedure(text).name if catalogue.has_procedure(text) else text
    return SIDES.get(text.casefold(), value) if name == "approved" else value
