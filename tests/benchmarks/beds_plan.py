"""What a plan of stays costs over what no plan can undercut, and how long that takes: 8, 40 and 400 beds, hospitals.

The hospitals have the sizes of the published patient-admission benchmarks; all thirteen with ``python
tests/benchmarks/beds_plan.py [published|scarce|arbitrary|full] [SECONDS] [NUMBER …]``, made up as the published ones
are, scarcer, or with costs that follow no pattern in a house with free beds or with hardly any; else the first of the
published and of the scarce alone.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from desk_app.domain.beds import BedPlan
from desk_app.interop.bed_plans.bed_file import parse
from desk_app.interop.bed_plans.planning import plan_beds
from tests.benchmarks.arbitrary_beds import arbitrary
from tests.benchmarks.bed_instances import PUBLISHED, Size, instance
from tests.benchmarks.published_beds import published
from tests.benchmarks.setting import Setting
from tests.benchmarks.timing import Figure

SIZES = {
    "8 beds, 7 nights": (Size(1, 4, 8, 7, 20, 0.7), 10),
    "40 beds, 14 nights": (Size(2, 14, 40, 14, 100, 0.65), 20),
    "400 beds, 14 nights": (Size(5, 131, 400, 14, 720), 60),
}
"""How large, and how many seconds there are."""

HOSPITAL_S = 60
MOST_OVER = 3.0
"""Per cent of the proven bound."""


MAKE_UPS: dict[str, Callable[[int, int], dict[str, Any]]] = {
    "published": published,
    "scarce": lambda number, seed: instance(PUBLISHED[number], seed),
    "arbitrary": arbitrary,
    "full": lambda number, seed: arbitrary(number, seed, FULL),
}
MEASURED = ("published", "scarce")
FULL = 0.9
"""Of all bed nights are asked for: on many nights all beds and more."""


def measure(setting: Setting) -> Iterator[Figure]:
    for what, (size, seconds) in SIZES.items():
        yield from figures(what, instance(size, 1), seconds // 4 if setting.small else seconds)
    for make_up in MEASURED:
        yield from figures(
            f"{make_up} size 1", MAKE_UPS[make_up](1, 1), HOSPITAL_S // 4 if setting.small else HOSPITAL_S
        )


def figures(what: str, document: dict[str, Any], seconds: int) -> Iterator[Figure]:
    plan, took, _ = planned(what, document, seconds)
    against = "the optimum" if plan.is_proven else "its bound"
    yield Figure("beds", f"{what}: plan over {against}", over(plan), at_most=MOST_OVER, unit="%")
    told = f"  {len(document['stays'])} stays, {plan.unplaced_nights} nights without a room, within"
    yield Figure("beds", told, took * 1000)


def planned(what: str, document: dict[str, Any], seconds: int) -> tuple[BedPlan, float, float]:
    """The plan, and the seconds that it took by the clock and of both processors."""
    asked = parse(json.dumps(document).encode(), what)
    begun, worked = time.perf_counter(), time.process_time()
    plan = plan_beds(asked, seconds, lambda cost, bound: None)
    return plan, time.perf_counter() - begun, time.process_time() - worked


def over(plan: BedPlan) -> float:
    """Per cent of its bound."""
    bound = plan.lower_bound or 0
    return 100 * (plan.cost - bound) / max(1, bound)


def main(make_up: str, seconds: int, numbers: list[int]) -> None:
    print("size  stays  nights  beds    cost   bound  over %  processor s  clock s")
    for number in numbers or PUBLISHED:
        size = PUBLISHED[number]
        plan, took, worked = planned(f"{make_up} size {number}", MAKE_UPS[make_up](number, 1), seconds)
        print(
            f"{number:4}  {size.stays:5}  {size.nights:6}  {size.beds:4}  {plan.cost:6}  {plan.lower_bound:6}"
            f"  {over(plan):6.2f}  {worked:11.0f}  {took:7.0f}",
            flush=True,
        )


if __name__ == "__main__":
    words = sys.argv[1:]
    made_up = words.pop(0) if words and words[0] in MAKE_UPS else "published"
    main(made_up, int(words[0]) if words else 120, [int(word) for word in words[1:]])
