"""A visit in full: what the tooltip shows whole, and the sentence a screen reader says. Plain text only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from desk_app.application.day_plan import DayPlanLine
from desk_app.application.objection_text import override_words
from desk_app.application.wording import AUTHORIZATION_WORDS, birth_date, clock, clock_range, weekday_date
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.zone import local_date
from desk_app.ui.screens.schedule.scene import Block, Column
from desk_app.ui.screens.schedule.visit import Visit, codes_of
from desk_app.ui.screens.schedule.visit_words import LACK_WORDS, Words, tr


def spoken_text(block: Block, column: Column) -> str:
    """``09:35 Ortiz, Marisol, Kyphoplasty T12 L1, in procedure, Room 1``"""
    words = block.words
    amiss = [chip.text for chip in words.chips] + ([tr("by override")] if words.overridden else [])
    parts = [f"{words.time} {words.name}", words.procedure, lowered(words.status), *amiss, column.title]
    return ", ".join(part for part in parts if part)


def lowered(text: str) -> str:
    """A status word inside a sentence."""
    return text[:1].lower() + text[1:]


def detail_text(visit: Visit, words: Words, names: Mapping[str, str], zone: ZoneInfo) -> str:
    """Everything about a visit, a line each; ``names`` gives the name of each resource code."""
    line = visit.line
    born = birth_date(line.birth_date)
    who = " · ".join(part for part in (words.name, line.sex, born, tr("MRN {mrn}").format(mrn=line.mrn)) if part)
    what = f"{words.procedure}, {words.sedation}" if words.sedation else words.procedure
    amiss = ", ".join((words.status, *(chip.text for chip in words.chips)))
    rows = [who, what, amiss, _hold_row(line, zone), *_phase_rows(visit, names, zone), *_ready_rows(visit)]
    return "\n".join(row for row in rows if row)


def _phase_rows(visit: Visit, names: Mapping[str, str], zone: ZoneInfo) -> list[str]:
    return [
        "{kind} {times}  {names}".format(
            kind=tr(phase.kind.value).capitalize(),
            times=_times(phase.start, phase.end, zone),
            names=", ".join(names.get(code, code) for code in codes_of(phase)),
        )
        for phase in visit.phases
    ]


def _times(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    first, last = start.astimezone(zone), end.astimezone(zone)
    if first.date() == last.date():
        return clock_range(start, end, zone)
    return f"{first:%H:%M} – {weekday_date(last.date())} {last:%H:%M}"


def _ready_rows(visit: Visit) -> list[str]:
    line = visit.line
    authorization = tr(AUTHORIZATION_WORDS.get(line.authorization, line.authorization))
    if line.lack is not None:
        authorization += f", {tr(LACK_WORDS.get(line.lack.code, line.lack.code))}"
    escort = tr("Escort: {name}").format(name=line.escort) if line.escort else ""
    alerts = ", ".join(alert.detail or tr(alert.kind.value) for alert in visit.alerts)
    return [
        tr("Authorization: {status}").format(status=authorization) if line.needs_authorization else "",
        escort,
        tr("Alerts: {alerts}").format(alerts=alerts) if alerts else "",
        _override_row(line),
        line.note,
    ]


def _override_row(line: DayPlanLine) -> str:
    """``Override (no authorization): cannot walk``"""
    if not line.override_reason:
        return ""
    passed = override_words(line.overrides())
    return tr("Override{what}: {reason}").format(what=f" ({passed})" if passed else "", reason=line.override_reason)


def _hold_row(line: DayPlanLine, zone: ZoneInfo) -> str:
    until = line.hold_until
    if until is None or line.status != AppointmentStatus.HELD:
        return ""
    day = weekday_date(local_date(until, zone))
    return tr("The hold lapses {day} {time}").format(day=day, time=clock(until, zone))
