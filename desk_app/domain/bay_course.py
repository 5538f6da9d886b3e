"""Where a stay in a bay or a bed stands by now: reserved, with the patient in it, over; and when it is expected.

A plan is moved by what is known: a procedure that runs over, a patient who went home early. Instants in UTC.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from desk_app.domain.practice import ResourceKind
from desk_app.domain.statuses import AppointmentStatus as Status


class PlaceState(StrEnum):
    """How a bay or a bed is found: its bookings (reserved) beside what is true of it physically."""

    FREE = "free"
    RESERVED = "reserved"
    OCCUPIED = "occupied"
    CLEANING = "cleaning"
    CLOSED = "closed"


class Nearness(StrEnum):
    """How near a stay is: only held, still to come, with the patient in it, over."""

    HELD = "held"
    COMING = "coming"
    THERE = "there"
    OVER = "over"


LEFT_BAY = frozenset({Status.AMBULATING, Status.OVERNIGHT})
"""Who goes home, or to bed, has left the bay."""

BEFORE_RECOVERY = frozenset({Status.ARRIVED, Status.READY, Status.IN_PROCEDURE})
NONE = timedelta()


class Course(NamedTuple):
    """A stay as it is expected: ``[start, end)``, how near it is, and how much later than planned it begins."""

    start: datetime
    end: datetime
    nearness: Nearness
    slip: timedelta = NONE

    @property
    def is_ahead(self) -> bool:
        return self.nearness in (Nearness.HELD, Nearness.COMING)


class Planned(NamedTuple):
    """A stay as it is booked. ``begins`` is the visit's first phase, ``since`` when its status was reached.

    A patient who was moved has several: ``is_last`` is the place they are in now, or will be. ``began`` is the start
    of the first, ``least`` how long the rest lasts from there at the least. ``pushed`` is how much later the day's
    forecast has the rest begin, where other visits are in its way.
    """

    kind: ResourceKind
    status: Status
    since: datetime | None
    begins: datetime
    start: datetime
    end: datetime
    is_last: bool = True
    began: datetime | None = None
    least: timedelta = NONE
    pushed: timedelta = NONE


def course(plan: Planned, now: datetime) -> Course:
    """How the stay goes, as far as is known now."""
    if not plan.is_last:
        return Course(plan.start, plan.end, Nearness.OVER)
    if plan.status is Status.DISCHARGED:
        return _left(plan)
    if plan.kind is ResourceKind.OVERNIGHT_BED:
        nearness = {Status.OVERNIGHT: Nearness.THERE, Status.HELD: Nearness.HELD}.get(plan.status, Nearness.COMING)
        return Course(plan.start, plan.end, nearness)
    if plan.status in LEFT_BAY:
        return _left(plan)
    if plan.status is Status.IN_RECOVERY:
        return _in_bay(plan, now)
    if plan.status is Status.HELD:
        return Course(plan.start, plan.end, Nearness.HELD)
    slip = max(_slip(plan, now), plan.pushed)
    return Course(plan.start + slip, max(plan.end, plan.start + plan.least) + slip, Nearness.COMING, slip)


def _left(plan: Planned) -> Course:
    left = plan.end if plan.since is None else min(plan.end, max(plan.start, plan.since))
    return Course(plan.start, left, Nearness.OVER)


def _in_bay(plan: Planned, now: datetime) -> Course:
    """From the minute the room was left, where that is known; nobody has left before they leave."""
    start, began = plan.start, plan.began or plan.start
    if plan.since is not None and began == plan.start:
        start = began = _minute(plan.since)
    booked = plan.end if began != start or start == plan.start else start + (plan.end - plan.start)
    end = max(booked, began + plan.least, _minute(now) + timedelta(minutes=1))
    return Course(start, end, Nearness.THERE, max(NONE, start - plan.start))


def _slip(plan: Planned, now: datetime) -> timedelta:
    """What runs over pushes the rest on; who has not come yet pushes nobody."""
    if plan.status is Status.IN_PROCEDURE:
        return max(NONE, _minute(now) - plan.start)
    if plan.status in BEFORE_RECOVERY:
        return max(NONE, _minute(now) - plan.begins)
    return NONE


def _minute(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)


class Step(NamedTuple):
    """So many at once in ``[start, end)``."""

    start: datetime
    end: datetime
    number: int


def load(stretches: list[tuple[datetime, datetime]], begin: datetime, end: datetime) -> tuple[Step, ...]:
    """How many half-open stretches overlap at each instant of ``[begin, end)``, as steps without a gap."""
    moves: dict[datetime, int] = {}
    number = 0
    for start, stop in stretches:
        low, high = max(start, begin), min(stop, end)
        if low < high:
            moves[low] = moves.get(low, 0) + 1
            moves[high] = moves.get(high, 0) - 1
    steps, at = [], begin
    for instant in sorted(moves):
        if not moves[instant]:
            continue
        if instant > at:
            steps.append(Step(at, instant, number))
        number += moves[instant]
        at = instant
    return (*steps, Step(at, end, number)) if at < end else tuple(steps)
