"""The records behind a line of a report, in words, each with the card that it opens."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from desk_app.application.day_plan import visit_time
from desk_app.application.report_words import with_unit
from desk_app.application.reports.facts import RecordFact
from desk_app.application.reports.report import ReportRow, Unit
from desk_app.application.wording import CALL_WORDS, clock, weekday_date
from desk_app.domain.practice import Catalogue


class BehindLine(NamedTuple):
    """``card`` and ``number`` are what Enter opens; ``value`` is what the record says by itself, with its unit."""

    card: str
    number: int
    when: str
    name: str
    what: str
    value: str


def behind_line(
    fact: RecordFact, row: ReportRow, value: float | None, catalogue: Catalogue, zone: ZoneInfo
) -> BehindLine:
    """``Thu 19 Nov 09:00``, ``Ortiz, Marisol``, ``Kyphoplasty``, ``22 min late``"""
    at = visit_time(fact.phases, datetime.fromtimestamp(fact.at_s, UTC))
    when = f"{weekday_date(at.astimezone(zone).date())} {clock(at, zone)}" if fact.at_s else ""
    name = f"{fact.family}, {fact.given}" if fact.given else fact.family
    said = "" if value is None else f"{_value(value, row.unit)} {row.values_told}".strip()
    return BehindLine(fact.card, fact.card_number, when, name, _what(fact, catalogue), said)


def _value(value: float, unit: Unit) -> str:
    """A call that is days late is not told in hours."""
    if unit is Unit.HOURS and value >= 48:
        return with_unit(value / 24, Unit.DAYS)
    if unit is Unit.HOURS and value < 1:
        return with_unit(value * 60, Unit.MINUTES)
    return with_unit(value, unit)


def _what(fact: RecordFact, catalogue: Catalogue) -> str:
    """A call by what it is for, a procedure by its name."""
    if fact.told in CALL_WORDS:
        return CALL_WORDS[fact.told]
    return catalogue.procedure(fact.told).name if catalogue.has_procedure(fact.told) else fact.told
