"""What would help a day that runs late: one step each, with what it gains. Pure, from the forecast.

A suggestion is never carried out by itself: somebody says yes to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from desk_app.domain.dataclass import dataclass
from desk_app.domain.forecast import COME, NONE, DayForecast, VisitNow
from desk_app.domain.practice import PhaseKind
from desk_app.domain.statuses import AppointmentStatus as Status

TO_COME = frozenset({Status.BOOKED, Status.CONFIRMED})
LATE_ENOUGH = timedelta(minutes=15)
"""Whoever would wait less than this comes as they were told (*est.*)."""

ON_THE_WAY = timedelta(minutes=45)
"""So long before the visit somebody can still be told to come later (*est.*)."""

WORTH_A_SWAP = timedelta(minutes=10)
"""So long a room has waited for somebody who has not come before another is let in first (*est.*)."""


class SuggestionKind(StrEnum):
    CALL_LATER = "call_later"
    OTHER_BAY = "other_bay"
    SWAP = "swap"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``when`` is the time to tell, ``bay`` the one to take, ``other`` the visit to change places with."""

    kind: SuggestionKind
    visit: int
    gain: timedelta = NONE
    other: int | None = None
    when: datetime | None = None
    bay: str | None = None


RoomOf = Callable[[VisitNow], str | None]


def suggestions(
    visits: Sequence[VisitNow], told: DayForecast, room_of: RoomOf, now: datetime
) -> tuple[Suggestion, ...]:
    """The most helpful first."""
    found = [*_later(visits, told, now), *_bays(visits, told), *_swaps(visits, told, room_of)]
    return tuple(sorted(found, key=lambda each: (-each.gain, each.visit)))


def _later(visits: Iterable[VisitNow], told: DayForecast, now: datetime) -> Iterator[Suggestion]:
    """Who has not left home yet need not wait here."""
    for visit in visits:
        expected = told.visits.get(visit.id)
        if expected is None or visit.status not in TO_COME or expected.late < LATE_ENOUGH or expected.overdue:
            continue
        start = visit.phases[0].start
        if start - now >= ON_THE_WAY:
            yield Suggestion(SuggestionKind.CALL_LATER, visit.id, expected.late, when=start + expected.late)


def _bays(visits: Iterable[VisitNow], told: DayForecast) -> Iterator[Suggestion]:
    """Whose bay will be taken is booked into the one they will get; who is here already is given one as they leave."""
    for visit in visits:
        expected = told.visits.get(visit.id)
        booked = [code for phase in visit.phases if phase.kind is PhaseKind.RECOVERY for _, code in phase.resources]
        if (
            expected is not None
            and visit.status in TO_COME
            and not expected.overdue
            and expected.bay is not None
            and booked
            and expected.bay not in booked
        ):
            yield Suggestion(SuggestionKind.OTHER_BAY, visit.id, bay=expected.bay)


def _swaps(visits: Iterable[VisitNow], told: DayForecast, room_of: RoomOf) -> Iterator[Suggestion]:
    """Somebody who is here goes before somebody who has not come: the room need not wait."""
    by_room: dict[str, list[VisitNow]] = {}
    for visit in sorted(visits, key=lambda each: each.phases[0].start if each.phases else datetime.max):
        room = room_of(visit)
        if room is not None and (visit.status in TO_COME or visit.status in COME):
            by_room.setdefault(room, []).append(visit)
    for queue in by_room.values():
        for first, second in pairwise(queue):
            waits = told.visits[first.id].overdue if first.id in told.visits else NONE
            if waits >= WORTH_A_SWAP and second.status in COME:
                yield Suggestion(SuggestionKind.SWAP, first.id, waits, other=second.id)
