"""The gap that a visit leaves behind once it takes place no more: from there somebody else can be sought."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from desk_app.domain.practice import Catalogue, ResourceKind
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus

OFF = frozenset({AppointmentStatus.CANCELLED, AppointmentStatus.NO_SHOW})


class GapLeft(NamedTuple):
    """A column, and the instant from which it may be free; who stands there by now is not known here."""

    column: str
    start: datetime


def gap_left(visit: Appointment, catalogue: Catalogue, now: datetime) -> GapLeft | None:
    """Where a visit stood that is off, or whose hold has lapsed; from now on where it had begun, None once it is over.

    Its room, else whatever it needed first.
    """
    lapsed = visit.status is AppointmentStatus.HELD and not visit.is_active(now)
    if not (lapsed or visit.status in OFF) or visit.end <= now:
        return None
    codes = [code for phase in visit.phases for _, code in phase.resources]
    known = {resource.code: resource.kind for resource in catalogue.resources}
    rooms = [code for code in codes if known.get(code) is ResourceKind.PROCEDURE_ROOM]
    column = next(iter(rooms or codes), None)
    return None if column is None else GapLeft(column, _from_now(visit.start, now, catalogue.settings.cell_minutes))


def _from_now(start: datetime, now: datetime, cell_minutes: int) -> datetime:
    """The start, or the next one on its grid that is still ahead."""
    cell = timedelta(minutes=cell_minutes)
    return start if start >= now else start + -((start - now) // cell) * cell
