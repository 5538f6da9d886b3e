"""Visits as the flow board reads them, in as few words as a test can bear."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from desk_app.application.day_plan import DayPlanLine, encode_alerts, encode_phases
from desk_app.application.flow_day import FlowDay
from desk_app.application.read_models import FlowLine
from desk_app.domain.practice import PhaseKind
from desk_app.domain.visit_parts import Alert, BookedPhase
from tests.helpers.small_practice import CATALOGUE, at

DAY = "2026-11-25"


def when(wall: str) -> datetime:
    return at(f"{DAY}T{wall}")


def visit(number: int, family: str, start: str, status: str = "confirmed", since: str = "", **more: Any) -> FlowLine:
    """A kyphoplasty in room 1, 40 minutes, then bay 1 for 90; ``came`` and ``since`` by the wall clock."""
    begin = when(start)
    procedure, recovery = timedelta(minutes=40), timedelta(minutes=90)
    phases = (
        BookedPhase(PhaseKind.PROCEDURE, begin, begin + procedure, False, (("room", "R1"), ("physician", "ALG"))),
        BookedPhase(PhaseKind.RECOVERY, begin + procedure, begin + procedure + recovery, False, (("bay", "B1"),)),
        *more.pop("night", ()),
    )
    came, extra = more.pop("came", ""), {key: more.pop(key) for key in ("tries", "gates_text", "place") if key in more}
    alerts: tuple[Alert, ...] = more.pop("alerts", ())
    fields: dict[str, Any] = {
        "given": "Marisol", "birth_date": None, "mrn": str(200000 + number), "sex": "F", "procedure": "KYPHO",
        "procedure_name": "Kyphoplasty", "levels": 1, "level_names": "T12", "side": "", "sedation": "moderate",
        "stay": "possible", "hold_until": None, "needs_authorization": True, "authorization": "approved",
        "authorized_to": None, "escort": "Luis, brother", "note": "", "override_reason": "",
    }  # fmt: skip
    line = DayPlanLine(
        appointment_id=number,
        version=1,
        patient_id=number,
        family=family,
        status=status,
        start=begin,
        end=begin + procedure + recovery,
        status_since=when(since) if since else None,
        alerts_text=encode_alerts(alerts),
        phases_text=encode_phases(phases),
        **{**fields, **more},
    )
    ready = "fasting=told,thinner=held"
    return FlowLine(line, 0.04, when(came) if came else None, **{"gates_text": ready, **extra})


def day_of(*lines: FlowLine, **more: Any) -> FlowDay:
    return FlowDay(at(f"{DAY}T00:00").date(), more.pop("catalogue", CATALOGUE), lines, **more)
