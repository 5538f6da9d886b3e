"""Gates in words: how far each is, by when it has to be passed, and until when a patient may eat and drink."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from desk_app.application.wording import clock, moment, weekday_date
from desk_app.domain.practice_rules import GateKind
from desk_app.domain.readiness import GateStanding, GateState
from desk_app.domain.records import Appointment
from desk_app.domain.zone import local_date

DONE_WORDS: Mapping[GateKind, str] = {
    GateKind.LABS: "there",
    GateKind.IMAGING: "there",
    GateKind.CONSENT: "signed",
}
STATE_WORDS: Mapping[GateState, str] = {
    GateState.OPEN: "not yet",
    GateState.PLAN_RECEIVED: "plan received",
    GateState.TOLD: "patient told",
    GateState.HELD: "held",
}


def state_words(kind: GateKind, state: GateState) -> str:
    """``plan received``, ``signed``"""
    return DONE_WORDS[kind] if state is GateState.DONE else STATE_WORDS[state]


def standing_words(standing: GateStanding, visit: Appointment, zone: ZoneInfo, today: date) -> str:
    """``not yet, by Tue 8 Dec 09:00``, ``held, since 4 Dec``; a fast with its times."""
    words = [state_words(standing.gate.kind, standing.state)]
    if standing.is_missing and standing.gate.lead_hours:
        words.append(f"by {moment(standing.due, zone, today)}")
    if standing.note:
        words.append(standing.note)
    told = ", ".join(words)
    return f"{told}. {fasting_words(standing, visit, zone)}" if standing.gate.kind is GateKind.FASTING else told


def fasting_words(standing: GateStanding, visit: Appointment, zone: ZoneInfo) -> str:
    """``Light meal to 03:00, clear fluids to 07:00``: by the clock of the visit's day, or the day before."""
    gate, day = standing.gate, local_date(visit.start, zone)
    ends = []
    for what, hours in (("Light meal", gate.food_hours), ("clear fluids", gate.fluid_hours)):
        end = visit.start - timedelta(hours=hours)
        before = "" if local_date(end, zone) == day else f"{weekday_date(local_date(end, zone))} "
        ends.append(f"{what} to {before}{clock(end, zone)}")
    return ", ".join(ends)
