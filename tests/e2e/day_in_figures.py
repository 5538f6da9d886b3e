"""What came of a day: where every patient was at every minute, and how far the forecast was out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from desk_app.application.desk import Desk
from desk_app.application.use_cases.outlook import look_ahead
from desk_app.domain.day_records import VisitStep
from desk_app.domain.forecast import BEGUN
from desk_app.domain.practice import PhaseKind
from desk_app.domain.statuses import AppointmentStatus as S

AWAY = frozenset({S.HELD, S.BOOKED, S.CONFIRMED, S.NO_SHOW})
LYING = frozenset({S.IN_PROCEDURE, S.IN_RECOVERY, S.OVERNIGHT})
ELSEWHERE = "City hospital"
WITH_ROOM = ("", ELSEWHERE)
"""The waiting room, and what is none of the practice's."""

MINUTE = timedelta(minutes=1)


class Whereabouts(NamedTuple):
    """``place`` is a room's, bay's or bed's code, words for a place elsewhere, or empty for the waiting room."""

    place: str
    start: datetime
    end: datetime


def whereabouts(steps: Sequence[VisitStep], now: datetime) -> list[Whereabouts]:
    """From arrival until the patient has gone, or ``now``; empty of who never came.

    Raises AssertionError where somebody lies nowhere, is up and lies somewhere, came without arriving or was lost.
    """
    house = [step for step in steps if step.status not in AWAY]
    if not house:
        return []
    assert house[0].status is S.ARRIVED, house[0]
    assert house[-1].status in (S.DISCHARGED, S.OVERNIGHT), house[-1]
    for step in house:
        assert bool(step.resource or step.place) == (step.status in LYING), step
        assert not (step.resource and step.place), step
    assert [step.at for step in house] == sorted(step.at for step in house), "the steps are not in order"
    ends = [step.at for step in house[1:]] + [now]
    return [
        Whereabouts(step.resource or step.place, step.at, end)
        for step, end in zip(house, ends, strict=True)
        if step.status is not S.DISCHARGED
    ]


def check_everybody(stays: Mapping[int, Sequence[Whereabouts]], now: datetime) -> int:
    """Everybody is in one place at every minute, and in every room, bay and bed is one patient; answers the minutes."""
    minutes = 0
    by_place: dict[str, list[tuple[datetime, datetime, int]]] = {}
    for number, stay in stays.items():
        assert all(one.end == other.start for one, other in pairwise(stay)), f"{number} was nowhere, or in two places"
        at = stay[0].start
        while at < min(stay[-1].end, now):
            assert sum(each.start <= at < each.end for each in stay) == 1, (number, at)
            at, minutes = at + MINUTE, minutes + 1
        for each in stay:
            by_place.setdefault(each.place, []).append((each.start, each.end, number))
    for place, uses in by_place.items():
        for (_, end, one), (start, _, other) in pairwise(sorted(uses)):
            assert place in WITH_ROOM or end <= start, f"{one} and {other} both in {place}"
    return minutes


class Foretold(NamedTuple):
    """When each procedure was to begin, as it was foretold ``at``."""

    at: datetime
    starts: Mapping[int, datetime]


def foretold(desk: Desk) -> Foretold:
    """Of all that have not begun."""
    outlook = look_ahead(desk)
    starts = {}
    for line in outlook.lines:
        expected = outlook.forecast.visits.get(line.appointment_id)
        if expected is None or S(line.status) in BEGUN:
            continue
        kinds = [phase.kind for phase in line.phases()]
        starts[line.appointment_id] = expected.spans[kinds.index(PhaseKind.PROCEDURE)][0]
    return Foretold(outlook.now, starts)


def errors(told: Foretold, steps: Mapping[int, Sequence[VisitStep]]) -> list[float]:
    """Minutes between what was foretold and what came, of those who were treated that day; smallest first."""
    begun = {
        number: next((step.at for step in taken if step.status is S.IN_PROCEDURE), None)
        for number, taken in steps.items()
    }
    came = ((start, begun.get(number)) for number, start in told.starts.items())
    return sorted(abs(at - start).total_seconds() / 60 for start, at in came if at is not None)


def error_words(told: Foretold, found: Sequence[float], clock: str) -> str:
    """``foretold at 10:00: 24 starts, median 6 min, 90 % within 19 min``"""
    return (
        f"foretold at {clock}: {len(found)} starts, median {median(found):.0f} min, "
        f"90 % within {_at_share(found, 0.9):.0f} min"
    )


def _at_share(found: Sequence[float], share: float) -> float:
    return found[min(len(found) - 1, int(len(found) * share))]
