"""A part of a day: the visits of some hours, rooms or clinicians, and what this version keeps of the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from desk_app.domain.zone import day_span, to_utc
from desk_app.printing.content.facts import DayFacts
from desk_app.printing.content.marks import place_of
from desk_app.printing.content.setup import SheetSetup
from desk_app.printing.content.visits import SheetVisit


def limited(facts: DayFacts, setup: SheetSetup) -> DayFacts:
    """The day as far as it is asked for.

    What was printed before of visits that are not asked for stays as it was: that paper still lies about. Of others
    no paper says anything that could be out of date.
    """
    if not setup.is_part:
        return facts
    visits = tuple(visit for visit in facts.visits if _is_shown(visit, facts, setup))
    gone = tuple(visit for visit in facts.gone if _was_shown(visit, facts, setup))
    before = dict(facts.last.lines) if facts.last else {}
    for visit in gone:
        before.pop(visit.id)
    shown = {visit.id for visit in visits}
    lines = {number: line if number in shown else before.pop(number, line) for number, line in facts.lines.items()}
    return replace(facts, visits=visits, gone=gone, lines={**before, **lines})


def span_of(day: date, setup: SheetSetup, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The hours asked for, as instants of the day."""
    begin, end = day_span(day, zone)
    return (
        to_utc(datetime.combine(day, setup.first), zone) if setup.first is not None else begin,
        to_utc(datetime.combine(day, setup.last), zone) if setup.last is not None else end,
    )


def _is_shown(visit: SheetVisit, facts: DayFacts, setup: SheetSetup) -> bool:
    begin, end = span_of(facts.day, setup, facts.zone)
    if setup.only and not any(resource.code in setup.only for resource in visit.resources):
        return False
    return visit.start < end and visit.end > begin


def _was_shown(visit: SheetVisit, facts: DayFacts, setup: SheetSetup) -> bool:
    """By where it stood on the last version."""
    place = place_of(facts.last.lines[visit.id] if facts.last else "")
    codes = {place.room, *(resource.code for resource in visit.resources)}
    if setup.only and not codes & setup.only:
        return False
    begun = setup.last is None or place.arrival < setup.last.isoformat("minutes")
    return begun and (setup.first is None or place.time >= setup.first.isoformat("minutes"))
