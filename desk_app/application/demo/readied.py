"""How far the demo's coming visits are prepared: mostly by the call that prepares them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from desk_app.application.demo.present import Present
from desk_app.application.wording import day_month
from desk_app.domain.practice import Catalogue
from desk_app.domain.practice_rules import GateKind
from desk_app.domain.readiness import STATES, GateStanding, GateState, Readiness, standings
from desk_app.domain.records import Appointment, Patient
from desk_app.domain.statuses import GONE_VISITS
from desk_app.domain.zone import local_date, zone_of

THOROUGH = 0.93
"""Share of gates that a preparation call leaves with nothing missing."""

EARLY = 0.4
"""Share of images and results that are there before anybody calls."""

PAUSED = timedelta(days=5)


def readied(
    present: Present, catalogue: Catalogue, visit: Appointment, patient: Patient, called: bool
) -> Iterator[Readiness]:
    """What was noted of a visit of today or later; ``called``: somebody has made the preparation call."""
    zone = zone_of(catalogue.settings)
    if visit.status in GONE_VISITS or local_date(visit.start, zone) < present.today:
        return
    chance = present.chance(f"ready/{visit.id}")
    for standing in standings(catalogue, visit, catalogue.procedure(visit.procedure), patient):
        state = _state(standing, called, standing.due <= present.now, chance)
        if standing.gate.kind is GateKind.ESCORT or state is GateState.OPEN:
            continue
        since = day_month(local_date(visit.start - PAUSED, zone))
        note = f"since {since}" if state is GateState.HELD else ""
        yield Readiness(visit.id, standing.gate.code, state, note)


def _state(standing: GateStanding, called: bool, is_due: bool, chance: Random) -> GateState:
    kind, luck = standing.gate.kind, chance.random()
    if kind is GateKind.THINNER:
        if called:
            return GateState.HELD if is_due and luck < THOROUGH else GateState.TOLD
        return GateState.PLAN_RECEIVED if luck < EARLY else GateState.OPEN
    if kind is GateKind.FASTING:
        return GateState.TOLD if called else GateState.OPEN
    return STATES[kind][-1] if luck < (THOROUGH if called else EARLY) else GateState.OPEN
