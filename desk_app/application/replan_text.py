"""A re-plan's changes in words, as the list and the command line show them."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from desk_app.application.objections import Case
from desk_app.application.wording import clock, day_month, moment
from desk_app.domain.practice import Catalogue, ResourceKind
from desk_app.domain.records import Appointment
from desk_app.domain.slots import Slot
from desk_app.domain.zone import local_date, zone_of

OUTSIDE = (ResourceKind.CLINICIAN, ResourceKind.PROCEDURE_ROOM)
"""What is told of another start; where only others serve at the same time, all of them are."""


def changed_words(catalogue: Catalogue, visit: Appointment, slot: Slot, today: date) -> str:
    """``same time, Dr. Osei, Room 2`` · ``Thu 3 Dec 10:40, Dr. Osei`` · ``11:20 the same day``"""
    zone = zone_of(catalogue.settings)
    had = {allocation.resource for allocation in visit.allocations}
    new = dict.fromkeys(code for phase in slot.phases for code in phase.resources.values())
    came = [catalogue.resource(code) for code in new if code not in had]
    came.sort(key=lambda resource: OUTSIDE.index(resource.kind) if resource.kind in OUTSIDE else len(OUTSIDE))
    if slot.start != visit.start:
        came = [resource for resource in came if resource.kind in OUTSIDE]
    return ", ".join([_when(visit, slot, today, zone), *(resource.name for resource in came)])


def _when(visit: Appointment, slot: Slot, today: date, zone: ZoneInfo) -> str:
    if slot.start == visit.start:
        return "same time"
    if local_date(slot.start, zone) == local_date(visit.start, zone):
        return f"{clock(slot.start, zone)} the same day"
    return moment(slot.start, zone, today)


def unplaced_words(case: Case, days: int) -> str:
    """Why nothing is proposed, as far as one thing decides it."""
    ends = [each.valid_to for each in case.approvals if each.is_granted and each.valid_to is not None]
    if ends and max(ends) < case.day_of(case.visit.start) + timedelta(days=days):
        return f"no start before the approval ends on {day_month(max(ends))}"
    return f"no start within {days} days"
