"""What is remembered of a printed line, and what has become of it since.

A line is kept in three parts, as far as a profile may see: place and time, the care, the payer's part. A sheet marks
only what it shows. A confirmation, or that the day has begun, is progress and no change.
"""

from __future__ import annotations

from typing import NamedTuple
from zoneinfo import ZoneInfo

from desk_app.application.wording import clock, clock_range
from desk_app.domain.practice import PhaseKind, ResourceKind
from desk_app.printing.content.plain import plain
from desk_app.printing.content.profiles import Profile
from desk_app.printing.content.visits import SheetVisit

NEW, MOVED, CANCELLED, CHANGED = "new", "moved", "cancelled", "changed"
_PARTS = 3


class Place(NamedTuple):
    """Where a line stood when it was printed: ``HH:MM`` of the procedure and of the arrival, and the room's code."""

    time: str
    arrival: str
    room: str


def printed_line(visit: SheetVisit, zone: ZoneInfo) -> str:
    """What is kept of a line, one part a line: values, so that other words for them are no change."""
    rooms = visit.of_kind(ResourceKind.PROCEDURE_ROOM)
    place = (clock(visit.procedure_start, zone), clock(visit.start, zone), rooms[0].code if rooms else "")
    recovery = visit.phase(PhaseKind.RECOVERY)
    care = (
        visit.name,
        visit.mrn,
        visit.procedure,
        visit.sedation,
        clock_range(visit.start, visit.end, zone),
        clock_range(recovery.start, recovery.end, zone) if recovery else "",
        *(resource.code for resource in visit.resources),
        *(f"{alert.kind.value}: {plain(alert.detail)}" for alert in visit.alerts),
        visit.hold_until.isoformat() if visit.hold_until else "",
        visit.escort,
        visit.note,
    )
    payer = [str(visit.needs_authorization), visit.authorization, str(visit.authorized_to), visit.override_reason]
    payer += [visit.lack] if visit.lack else []
    return "\n".join(("\t".join(place), " | ".join(care), " | ".join(payer)))


def mark_of(before: str | None, now: str, profile: Profile) -> str:
    """The word that a line gets against its last printed version; the empty text where it says the same."""
    if before is None:
        return NEW
    old, new = _parts(before), _parts(now)
    if old[0] != new[0]:
        return MOVED
    return CHANGED if old[: profile.depth] != new[: profile.depth] else ""


def place_of(line: str) -> Place:
    """Where a printed line stood."""
    time, arrival, room = (*_parts(line)[0].split("\t"), "", "", "")[:3]
    return Place(time, arrival, room)


def _parts(line: str) -> list[str]:
    parts = line.split("\n")
    return parts + [""] * (_PARTS - len(parts))
