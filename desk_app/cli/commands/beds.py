"""``beds plan``."""

from __future__ import annotations

import sys
import time
from argparse import Namespace

from desk_app.cli.answer import Answer
from desk_app.cli.program import Program
from desk_app.domain.beds import BedInstance, BedPlan
from desk_app.interop.bed_plans import bed_file
from desk_app.interop.bed_plans.planning import plan_beds

TOLD_EVERY_S = 0.5


def plan(program: Program, args: Namespace) -> Answer:
    """Needs no database: the instance is a file of its own."""
    instance = bed_file.load(args.instance)
    progress = _Progress()
    found = plan_beds(instance, args.seconds, progress)
    progress.end()
    document = {
        "rooms": dict(found.rooms),
        "cost": found.cost,
        "unplaced_nights": found.unplaced_nights,
        "lower_bound": found.lower_bound,
    }
    return Answer(document, _lines(instance, found))


class _Progress:
    """One line on a terminal that is written over and over."""

    def __init__(self) -> None:
        self._shows, self._told, self._begun = sys.stderr.isatty(), 0.0, time.monotonic()

    def __call__(self, cost: int, lower_bound: int) -> None:
        now = time.monotonic()
        if self._shows and now - self._told >= TOLD_EVERY_S:
            self._told = now
            text = f"{now - self._begun:.0f} s: cost {cost}, at least {lower_bound}"
            print(f"\r{text:<60}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._told:
            print(file=sys.stderr)


def _lines(instance: BedInstance, plan: BedPlan) -> list[str]:
    lines = []
    for stay in sorted(instance.stays, key=lambda stay: (stay.first, stay.last)):
        room = plan.rooms.get(stay.id)
        where = f"room {room}" if room is not None else "no room"
        lines.append(f"{stay.id}  nights {stay.first}–{stay.last}  {where}")
    nights = plan.unplaced_nights
    without = f", {nights} night{'' if nights == 1 else 's'} without a room" if nights else ""
    bound = "no plan costs less" if plan.is_proven else f"no plan can cost less than {plan.lower_bound}"
    return [*lines, f"Cost {plan.cost}{without}; {bound}."]
