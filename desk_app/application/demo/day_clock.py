"""How a day went, or goes: when each visit's patient came, when the procedure began, and when they went home.

A room is late where the visit before was; nobody's procedure begins while the room is still in use, and whoever rests
in a bay that the next patient needs gets up a little earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from desk_app.application.demo.diary import Entry
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import PhaseKind
from desk_app.domain.slots import SlotPhase
from desk_app.domain.statuses import AppointmentStatus

A = AppointmentStatus
MINUTE = timedelta(minutes=1)
COUNTED_MISSING = 40 * MINUTE
"""So long after the start somebody who did not come is a no-show."""


@dataclass(frozen=True, slots=True)
class Course:
    """The instants of one visit's steps."""

    arrived: datetime
    ready: datetime
    begun: datetime
    recovering: datetime
    ambulating: datetime
    home: datetime

    def steps(self, now: datetime, to_bed: bool) -> tuple[tuple[AppointmentStatus, datetime], ...]:
        """The statuses reached by now and since when, the newest last; none where the patient is yet to come."""
        steps = (
            (A.ARRIVED, self.arrived),
            (A.READY, self.ready),
            (A.IN_PROCEDURE, self.begun),
            (A.IN_RECOVERY, self.recovering),
            (A.OVERNIGHT if to_bed else A.AMBULATING, self.ambulating),
            (A.DISCHARGED, self.home),
        )
        return tuple((status, since) for status, since in steps if since <= now)


def courses(entries: Sequence[Entry], chance: Random) -> dict[int, Course]:
    """The course of every visit of a day whose patient comes, by its entry's number."""
    free: dict[str, datetime] = {}
    found = {}
    for entry in sorted(entries, key=lambda entry: (entry.slot.start, entry.number)):
        first = entry.slot.phases[0]
        room = first.resources.get("room", "")
        course = _course(entry, free.get(room, first.start), chance)
        found[entry.number] = course
        free[room] = course.recovering + 5 * MINUTE
    return {**found, **_one_in_a_bay(entries, found)}


def _one_in_a_bay(entries: Iterable[Entry], found: Mapping[int, Course]) -> dict[int, Course]:
    """Those whose course differs, because somebody else rests in the bay before or after."""
    by_bay: dict[str, list[Entry]] = {}
    for entry in entries:
        bay = _phase(entry, PhaseKind.RECOVERY).resources.get("bay", "")
        by_bay.setdefault(bay, []).append(entry)
    changed: dict[int, Course] = {}
    for of_bay in by_bay.values():
        of_bay.sort(key=lambda entry: _phase(entry, PhaseKind.RECOVERY).start)
        for entry, following in pairwise(of_bay):
            mine, other = changed.get(entry.number, found[entry.number]), found[following.number]
            up = max(min(mine.ambulating, other.recovering - 5 * MINUTE), mine.recovering + MINUTE)
            changed[entry.number] = replace(mine, ambulating=up)
            changed[following.number] = replace(other, recovering=max(other.recovering, up + 5 * MINUTE))
    return changed


def _course(entry: Entry, room_free: datetime, chance: Random) -> Course:
    treated = _phase(entry, PhaseKind.PROCEDURE)
    rests = _phase(entry, PhaseKind.RECOVERY)
    late = max(chance.randrange(-3, 9) * MINUTE, room_free - entry.slot.start)
    begun = treated.start + late
    recovering = begun + (treated.end - treated.start) + chance.randrange(-4, 6) * MINUTE
    recovering = max(recovering, begun + 3 * MINUTE)
    rested = recovering + (rests.end - rests.start)
    ambulating = rested - (rests.end - rests.start) / 3
    ready = min(entry.slot.start + chance.randrange(-14, 2) * MINUTE, begun - MINUTE)
    arrived = min(entry.slot.start - chance.randrange(18, 55) * MINUTE, ready - 2 * MINUTE)
    return Course(arrived, ready, begun, recovering, ambulating, _home(entry, rested, chance))


def _home(entry: Entry, rested: datetime, chance: Random) -> datetime:
    """After the rest; from a bed about the night's end, or once somebody has come to drive."""
    last = entry.slot.phases[-1]
    if last.kind is PhaseKind.OVERNIGHT:
        return last.end + chance.randrange(-25, 95) * MINUTE
    return rested + chance.randrange(0, 18) * MINUTE


def _phase(entry: Entry, kind: PhaseKind) -> SlotPhase:
    """That leg of the visit, or its last where a catalogue has none."""
    return next((phase for phase in entry.slot.phases if phase.kind is kind), entry.slot.phases[-1])
