"""The chain of a visit in time: when each phase begins and ends, and how long a resource stays kept afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from desk_app.domain.practice import Phase, ProcedureType, Stay
from desk_app.domain.zone import local_date, midnight, wall_instant


def phase_times(
    procedure: ProcedureType, levels: int, stay: Stay, start: datetime, zone: ZoneInfo
) -> list[tuple[Phase, datetime, datetime]]:
    """Every booked phase with its start and end: one after the other, those ``beside`` along with what follows."""
    day, at, times = local_date(start, zone), start, []
    for phase in procedure.booked_phases(stay):
        if phase.until is not None:
            end = overnight_end(day, at, phase.until, zone)
        else:
            end = at + timedelta(minutes=phase.length(levels))
        times.append((phase, at, end))
        if not phase.beside:
            at = end
    return times


def overnight_end(day: date, after: datetime, until: time, zone: ZoneInfo) -> datetime:
    """The first such wall-clock time after the closing midnight of ``day`` and after ``after``."""
    closing = midnight(day + timedelta(days=1), zone)
    ahead = 1
    while True:
        end = wall_instant(day + timedelta(days=ahead), until, zone)
        if end > closing and end > after:
            return end
        ahead += 1


def blocked_until(uses: Sequence[tuple[str, datetime, datetime]], turnover: Mapping[str, int]) -> list[datetime]:
    """For each use of one visit, until when its resource is kept from others.

    That is the latest end so far plus the resource's turnover minutes, cut at the same visit's next use of it.
    """
    answer = [end for _, _, end in uses]
    for code in {code for code, _, _ in uses}:
        mine = sorted((i for i, use in enumerate(uses) if use[0] == code), key=lambda i: uses[i][1:])
        latest = uses[mine[0]][2]
        for place, i in enumerate(mine):
            latest = max(latest, uses[i][2])
            free = latest + timedelta(minutes=turnover[code])
            following = uses[mine[place + 1]][1] if place + 1 < len(mine) else free
            answer[i] = min(free, following)
    return answer
