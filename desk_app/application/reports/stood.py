"""A day as it stood at an earlier moment, beside what it is now: the list of what differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from desk_app.application.day_plan import decode_phases
from desk_app.application.reports.behind import BehindLine
from desk_app.application.reports.facts import Stood, StoodFact
from desk_app.application.wording import CANCEL_WORDS, STATUS_WORDS, clock, moment, weekday_date
from desk_app.domain.practice import Catalogue
from desk_app.domain.zone import local_date


def differences(
    facts: Iterable[StoodFact], day: date, catalogue: Catalogue, zone: ZoneInfo, today: date
) -> tuple[BehindLine, ...]:
    """One line for each visit of the day that was another then, by time; a visit that only came and went is none."""
    found = []
    for fact in facts:
        then, now = _there(fact.then, day), _there(fact.now, day)
        if then is None and now is None:
            continue
        what, how = _told(fact, then, now, catalogue, zone)
        if not what:
            continue
        shown = now or then
        assert shown is not None
        by = f"{fact.user or 'program'}, {moment(datetime.fromtimestamp(fact.at_s, UTC), zone, today)}"
        name = f"{fact.family}, {fact.given}" if fact.given else fact.family
        line = BehindLine("visit", fact.appointment_id, clock(shown.time, zone), name, f"{how}; {by}", what)
        found.append((shown.start_s, line))
    return tuple(line for _, line in sorted(found))


def _there(stood: Stood | None, day: date) -> Stood | None:
    """The visit where it took something of that day."""
    return stood if stood is not None and stood.active and stood.day == day.toordinal() else None


def _told(
    fact: StoodFact, then: Stood | None, now: Stood | None, catalogue: Catalogue, zone: ZoneInfo
) -> tuple[str, str]:
    """What happened in a word, and how."""
    if then is None:
        came = fact.then is not None and fact.then.active
        return ("moved here", f"was {_when(fact.then, zone)}") if came else ("added", fact.procedure)
    if now is None:
        return _gone(fact.now, zone)
    changes = [*_times(then, now, zone), *_places(then, now, catalogue)]
    if changes:
        return "changed", ", ".join(changes)
    if then.status != now.status:
        return _status(now.status), f"was {_status(then.status)}"
    return "", ""


def _gone(now: Stood | None, zone: ZoneInfo) -> tuple[str, str]:
    if now is None:
        return "taken back", "the booking was undone"
    if now.active:
        return "moved away", f"to {_when(now, zone)}"
    return _status(now.status), CANCEL_WORDS.get(now.cancel_reason, "") or "no reason given"


def _times(then: Stood, now: Stood, zone: ZoneInfo) -> Sequence[str]:
    told = []
    if then.time != now.time:
        told.append(f"{clock(then.time, zone)} → {clock(now.time, zone)}")
    if then.minutes != now.minutes:
        told.append(f"{then.minutes} → {now.minutes} min in all")
    return told


def _places(then: Stood, now: Stood, catalogue: Catalogue) -> Sequence[str]:
    """Rooms, people, bays and beds that others took the place of."""
    names = {resource.code: resource.name for resource in catalogue.resources}
    were, are = _resources(then), _resources(now)
    lost, won = [each for each in were if each not in are], [each for each in are if each not in were]
    if not lost and not won:
        return ()
    before, after = (", ".join(names.get(code, code) for code in codes) or "none" for codes in (lost, won))
    return (f"{before} → {after}",)


def _resources(stood: Stood) -> tuple[str, ...]:
    phases = decode_phases(stood.phases)
    return tuple(dict.fromkeys(code for phase in phases for _, code in phase.resources))


def _status(status: str) -> str:
    return STATUS_WORDS.get(status, status).lower()


def _when(stood: Stood | None, zone: ZoneInfo) -> str:
    assert stood is not None
    return f"{weekday_date(local_date(stood.time, zone))} {clock(stood.time, zone)}"
