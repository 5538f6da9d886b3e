"""Bays and beds given anew: over the exact optimum at 4, 8, 40 and 400 beds, a night and a week, and how long it takes.

The optimum is what HiGHS proves of the same wards. What is left over is counted in points: a patient without a place
1000, a rule or wish its weight ten times, a change 1.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from importlib.util import find_spec
from typing import NamedTuple

from desk_app.application.use_cases import assigning
from desk_app.application.use_cases.look_at_beds import beds_view
from desk_app.domain.assignment import Assigned, Problem, Score, assign, scored
from tests.benchmarks.big_practice import TODAY
from tests.benchmarks.setting import Setting
from tests.benchmarks.timing import Figure, interleaved
from tests.helpers.assignments import random_problem

SECONDS = 120
NIGHTS = 14


class Ward(NamedTuple):
    """So many wards at random; ``most_over`` is in per cent of the optimum, None of its own weak bound."""

    beds: int
    nights: int
    wards: int
    most_over: float | None


WARDS = (
    Ward(4, 1, 20, 0.0),
    Ward(4, 7, 20, 0.0),
    Ward(8, 1, 20, 0.0),
    Ward(8, 7, 10, 0.0),
    Ward(40, 1, 5, 2.0),
    Ward(40, 7, 3, 5.0),
    Ward(400, 1, 1, 2.0),
    Ward(400, 7, 1, None),
)
SMALL = 40
"""The most beds where it is only tried."""

MOST_TRIED = 400
"""So many bed nights are not too many for HiGHS; beyond, the engine is held against its own bound."""


def measure(setting: Setting) -> Iterator[Figure]:
    for ward in WARDS:
        if not (setting.small and ward.beds > SMALL):
            yield from figures(ward)
    yield from _of_a_day(setting)


def figures(ward: Ward) -> Iterator[Figure]:
    problems = [random_problem(ward.beds, ward.nights, seed) for seed in range(ward.wards)]
    begun = time.perf_counter()
    found = [assign(problem) for problem in problems]
    took = (time.perf_counter() - begun) * 1000 / len(problems)
    for problem, each in zip(problems, found, strict=True):
        assert scored(problem, each.places) == each.score
    proven = sum(each.is_proven for each in found)
    stays = sum(len(problem.stretches) for problem in problems)
    what = f"{ward.beds} beds, {'a night' if ward.nights == 1 else 'a week'}, {ward.wards} at random"
    if find_spec("highspy") is not None:
        yield from _against_the_best(ward, what, problems, found)
    yield Figure("assign", f"  {stays} stays, {proven} proven by itself, each within", took)


def _against_the_best(ward: Ward, what: str, problems: list[Problem], found: list[Assigned]) -> Iterator[Figure]:
    from desk_app.interop.exact_places import engine, exact

    is_tried = ward.beds * ward.nights <= MOST_TRIED
    best = [
        (exact(problem, SECONDS) if is_tried else None) or each for problem, each in zip(problems, found, strict=True)
    ]
    bounds = [max(one.bound, each.bound) for one, each in zip(best, found, strict=True)]
    least = sum(_points(bound) for bound in bounds)
    over = 100 * (sum(_points(each.score) for each in found) - least) / max(1, least)
    against = "the optimum" if all(one.is_proven for one in best) else "a bound"
    yield Figure("assign", f"{what}: over {against}", over, at_most=ward.most_over, unit="%")
    if ward.beds <= SMALL:
        begun = time.perf_counter()
        helped = [engine()(problem) for problem in problems]
        took = (time.perf_counter() - begun) * 1000 / len(problems)
        over = 100 * (sum(_points(each.score) for each in helped) - least) / max(1, least)
        yield Figure("assign", f"  with HiGHS over {against}", over, at_most=ward.most_over, unit="%")
        yield Figure("assign", f"  with HiGHS {sum(each.is_proven for each in helped)} proven, each within", took)


def _points(score: Score) -> int:
    return 1000 * score.unplaced + 10 * score.broken + score.changed


def _of_a_day(setting: Setting) -> Iterator[Figure]:
    """As the window asks: the bays of a full day and the beds of two weeks."""
    desk = setting.desk()
    day = TODAY + timedelta(days=7)
    found = assigning.propose(desk, day, NIGHTS)
    ways = interleaved(
        {
            "propose": lambda: assigning.propose(desk, day, NIGHTS),
            "look": lambda: beds_view(desk, day, NIGHTS),
        },
        rounds=3,
        warm_up=1,
    )
    told = f"{len(found.changes)} changes, {len(found.unsolved)} unsolved"
    yield Figure("assign", f"a day's bays, {NIGHTS} nights: {told}", ways["propose"], ways["look"], "looking at them")
    desk.close()
