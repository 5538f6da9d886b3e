"""One working day of the large practice, laid out once for each weekday and then moved along the calendar."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass

from desk_app.application.chain import allocations, booked_phases
from desk_app.domain.practice import ProcedureType, ResourceKind, Stay
from desk_app.domain.slots import Slot, SlotPhase, phase_times
from desk_app.domain.zone import midnight, zone_of
from tests.benchmarks.big_catalogue import (
    CATALOGUE,
    EPIDURAL,
    FLUOROSCOPY_ROOMS,
    JOINT,
    KYPHO,
    OPENS,
    OTHER_ROOMS,
    SINCE,
)

VISITS = 383
A_ROOM = 32
ROOM_MINUTES = {KYPHO.code: 65, EPIDURAL.code: 15, JOINT.code: 15}
LUNCH_AFTER, LUNCH = 16, 30
Uses = list[tuple[str, str, int, str, int, int, int, int]]


@dataclass(frozen=True)
class DayVisit:
    """A visit in seconds from local midnight; its texts are formats that take those seconds made absolute."""

    procedure: ProcedureType
    start: int
    end: int
    phases: str
    phase_seconds: tuple[int, ...]
    taken: str
    taken_seconds: tuple[int, ...]
    uses: Uses


def lay_out_day(seed: int) -> tuple[DayVisit, ...]:
    """383 visits that clash nowhere, by start."""
    chosen = random.Random(seed)
    places = [place for room in range(1, FLUOROSCOPY_ROOMS + OTHER_ROOMS + 1) for place in _room(room, chosen)]
    places.sort(key=lambda place: (place[1], place[0]))
    staff = _Staff()
    return tuple(_visit(room, minute, procedure, staff) for room, minute, procedure in places[:VISITS])


def _room(room: int, chosen: random.Random) -> list[tuple[int, int, ProcedureType]]:
    """One room's visits, one after the other, with a break at midday."""
    usual = EPIDURAL if room <= FLUOROSCOPY_ROOMS else JOINT
    long_at = chosen.randrange(2, A_ROOM - 3) if usual is EPIDURAL else -1
    at, found = OPENS + chosen.choice((0, 0, 5, 10)), []
    for number in range(A_ROOM):
        procedure = KYPHO if number == long_at else usual
        found.append((room, at, procedure))
        at += ROOM_MINUTES[procedure.code] + (LUNCH if number == LUNCH_AFTER else 0)
    return found


class _Staff:
    """Who is free when: bays and nurses are given to whoever comes next."""

    def __init__(self) -> None:
        kinds = {"bay": ResourceKind.RECOVERY_BAY, "sedation": ResourceKind.CLINICIAN}
        self._free = {
            label: {
                resource.code: 0
                for resource in CATALOGUE.of_kind(kind)
                if label != "sedation" or "sedation" in resource.capabilities
            }
            for label, kind in kinds.items()
        }

    def take(self, label: str, start: int, end: int) -> str:
        free = self._free[label]
        code = next(code for code, since in free.items() if since <= start)
        free[code] = end
        return code


def _visit(room: int, minute: int, procedure: ProcedureType, staff: _Staff) -> DayVisit:
    zone = zone_of(CATALOGUE.settings)
    zero = midnight(SINCE, zone)
    base = int(zero.timestamp())
    begin = zero.fromtimestamp(base + minute * 60, zero.tzinfo)
    fixed = {"room": f"R{room}", "physician": f"D{room}", "c_arm": f"C{room}"}
    phases = []
    for phase, start, end in phase_times(procedure, 1, Stay.NEVER, begin, zone):
        span = int(start.timestamp()), int(end.timestamp())
        codes = {need.label: fixed.get(need.label) or staff.take(need.label, *span) for need in phase.needs}
        phases.append(SlotPhase(phase.kind, start, end, codes, phase.beside))
    slot = Slot(begin, next(phase.end for phase in reversed(phases) if not phase.beside), tuple(phases))
    return _as_formats(procedure, slot, base)


def _as_formats(procedure: ProcedureType, slot: Slot, base: int) -> DayVisit:
    booked = [
        (phase.kind.value, int(phase.beside), [list(pair) for pair in phase.resources]) for phase in booked_phases(slot)
    ]
    stretches = [(int(p.start.timestamp()) - base, int(p.end.timestamp()) - base) for p in slot.phases]
    uses: Uses = [
        (
            a.resource,
            a.label,
            a.phase,
            a.kind.value,
            *(int(instant.timestamp()) - base for instant in (a.start, a.end, a.blocked_until)),
            a.lane,
        )
        for a in allocations(slot, CATALOGUE)
    ]
    return DayVisit(
        procedure,
        int(slot.start.timestamp()) - base,
        int(slot.end.timestamp()) - base,
        _compact([[kind, "%d", "%d", beside, pairs] for kind, beside, pairs in booked]),
        tuple(second for stretch in stretches for second in stretch),
        _compact([[code, label, phase, kind, "%d", "%d", "%d", lane] for code, label, phase, kind, *_, lane in uses]),
        tuple(second for use in uses for second in use[4:7]),
        uses,
    )


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":")).replace('"%d"', "%d")
