"""A physician's week of two hundred visits and a bay's day lost, re-planned: beside reading what the plan stands on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from desk_app.application.desk import Desk
from desk_app.application.replan import Lost
from desk_app.application.use_cases import replanning
from desk_app.domain.practice import ResourceKind
from desk_app.domain.zone import midnight
from tests.benchmarks.big_practice import NOW, TODAY
from tests.benchmarks.setting import Setting
from tests.benchmarks.timing import Figure, interleaved

WEEK, DAY = timedelta(days=7), timedelta(days=1)


def measure(setting: Setting) -> Iterator[Figure]:
    desk = setting.desk()
    physician, bay = _busiest(desk, ResourceKind.CLINICIAN, WEEK), _busiest(desk, ResourceKind.RECOVERY_BAY, DAY)
    for what, lost in (("a physician's week", physician), ("a bay's day", bay)):
        stretch = tuple((code, lost.start, lost.end) for code in lost.resources)
        found = replanning.propose(desk, lost)
        ways = interleaved(
            {
                "plan": lambda lost=lost: replanning.propose(desk, lost),  # type: ignore[misc]
                "read": lambda stretch=stretch: desk.queries.concerned(stretch, NOW),  # type: ignore[misc]
            },
            rounds=3,
            warm_up=1,
        )
        told = f"{len(found.moves)} visits, {found.kept} kept, {found.moved} moved, {found.homeless} without a place"
        yield Figure("", f"re-plan of {what}: {told}", ways["plan"], ways["read"], "reading whom it concerns")
    desk.close()


def _busiest(desk: Desk, kind: ResourceKind, length: timedelta) -> Lost:
    """Whichever of a kind has most visits in the stretch that begins a week from now."""
    start = midnight(TODAY + WEEK, desk.zone())
    stretches = {each.code: (each.code, start, start + length) for each in desk.catalogue().of_kind(kind)}
    code = max(stretches, key=lambda code: len(desk.queries.concerned((stretches[code],), NOW)))
    return Lost((code,), start, start + length)
