"""The outlook in words: who is late and why, what goes on after its hours, what is suggested."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from desk_app.application.day_plan import DayPlanLine
from desk_app.application.use_cases.outlook import Outlook
from desk_app.application.wording import clock
from desk_app.domain.forecast import DayForecast
from desk_app.domain.practice import Catalogue, PhaseKind
from desk_app.domain.suggestions import Suggestion, SuggestionKind


def late_words(line: DayPlanLine, outlook: Outlook, catalogue: Catalogue, zone: ZoneInfo) -> str:
    """``11:00 → 11:14, after Ortiz in Room 1`` · ``has not come, 20 min`` · ``waits 10 min for Bay 2``"""
    expected = outlook.forecast.visits[line.appointment_id]
    planned = _procedure_start(line)
    said = [f"{clock(planned, zone)} → {clock(planned + expected.late, zone)}"]
    if expected.overdue:
        said.append(f"has not come, {_minutes(expected.overdue)} min")
    elif expected.push is not None and expected.late:
        other = outlook.line(expected.push.by)
        said.append(f"after {other.family} ({_name(catalogue, expected.push.resource)})")
    if expected.waits and expected.push is not None:
        said.append(f"then {_minutes(expected.waits)} min in the room for a bay")
    return ", ".join(said)


def overrun_words(forecast: DayForecast, catalogue: Catalogue) -> Iterator[str]:
    """``Room 2: 20 min after closing``"""
    for code, over in sorted(forecast.overruns.items(), key=lambda each: -each[1]):
        yield f"{_name(catalogue, code)}: {_minutes(over)} min after closing"


def suggestion_words(each: Suggestion, outlook: Outlook, catalogue: Catalogue, zone: ZoneInfo) -> tuple[str, str]:
    """What the row is called, and what it does."""
    name = outlook.line(each.visit).name
    if each.kind is SuggestionKind.CALL_LATER and each.when is not None:
        return f"Call {name}", f"Come at {clock(each.when, zone)}, {_minutes(each.gain)} min later: a call is noted"
    if each.kind is SuggestionKind.OTHER_BAY and each.bay is not None:
        return f"{_name(catalogue, each.bay)} for {name}", "The booked bay will still be taken"
    told = f"{name} has not come; the room has waited {_minutes(each.gain)} min"
    return _before(outlook.line(each.other), outlook.line(each.visit)) if each.other is not None else name, told


def _before(here: DayPlanLine, absent: DayPlanLine) -> str:
    """``Lee before Ortiz``; whole names only where the family is the same, for a button has little room."""
    alike = here.family == absent.family
    return f"{here.name if alike else here.family} before {absent.name if alike else absent.family}"


def _procedure_start(line: DayPlanLine) -> datetime:
    return next((phase.start for phase in line.phases() if phase.kind is PhaseKind.PROCEDURE), line.start)


def _name(catalogue: Catalogue, code: str) -> str:
    return catalogue.resource(code).name


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)
