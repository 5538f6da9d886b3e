"""``beds list``: the bays of a day by the minute, and the beds of its night. ``beds assign``: both given anew.
``beds plan``: stays into rooms, from a file.
"""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from zoneinfo import ZoneInfo

from desk_app.application.assigning import AssignProposal, PlaceChange, Unsolved, is_bed
from desk_app.application.beds_view import Bay
from desk_app.application.use_cases import assigning
from desk_app.application.use_cases.look_at_beds import beds_view, occupied_beds
from desk_app.application.wording import clock_range, count
from desk_app.cli import output
from desk_app.cli.answer import Answer
from desk_app.cli.program import Program
from desk_app.domain.beds import BedInstance, BedPlan
from desk_app.domain.zone import zone_of
from desk_app.interop.bed_plans import bed_file
from desk_app.interop.bed_plans.planning import has_solver, plan_beds
from desk_app.interop.exact_places import engine

TOLD_EVERY_S = 0.5
WITHOUT_SOLVER = (
    "HiGHS is not installed (the extra “plan”): a plain search planned this, and what no plan can undercut is known "
    "less well than it could be."
)


def listing(program: Program, args: Namespace) -> Answer:
    desk = program.desk()
    view = beds_view(desk, args.date, nights=1)
    bays, night = view.recovery.bays, view.nights[0].night
    told = {
        "staffed": night.staffed,
        "planned": night.planned,
        "kept": night.kept,
        "occupied": len(occupied_beds(desk)),
        "free": night.free,
        "overflow_chance": night.overflow_chance,
    }
    zone = zone_of(view.catalogue.settings)
    document = {
        "date": args.date.isoformat(),
        "bays": [_bay(bay, zone) for bay in bays],
        "night": told,
    }
    return Answer(document, [*(_line(bay, zone) for bay in bays), _night(told)])


def _bay(bay: Bay, zone: ZoneInfo) -> output.Json:
    """Each visit with its recovery as it is allocated, whatever has become of it."""
    visits = [
        {"appointment": use.appointment_id, "from": output.iso(use.start, zone), "to": output.iso(use.end, zone)}
        for use, *_ in bay.lyings
    ]
    return {"resource": bay.resource.code, "state": bay.state.value, "visits": visits}


def _line(bay: Bay, zone: ZoneInfo) -> str:
    visits = ", ".join(f"{use.appointment_id} {clock_range(use.start, use.end, zone)}" for use, *_ in bay.lyings)
    return f"{bay.resource.code:<6} {bay.state.value:<9} {visits}".rstrip()


def _night(told: output.Json) -> str:
    numbers = ", ".join(f"{told[name]} {name}" for name in ("staffed", "planned", "kept", "occupied", "free"))
    return f"Night: {numbers}; the beds run out with a chance of {told['overflow_chance']:.1%}."


def assign(program: Program, args: Namespace) -> Answer:
    desk = program.desk()
    proposal = assigning.propose(desk, args.date, args.nights, engine())
    is_stored = bool(proposal.changes) and not args.dry_run
    if is_stored:
        assigning.apply(desk, proposal, reason=args.override)
    document = {
        "date": args.date.isoformat(),
        "nights": args.nights,
        "changes": [{**_stay(each), "to": each.to, "text": each.why} for each in proposal.changes],
        "unsolved": [{**_stay(each), "text": each.why} for each in proposal.unsolved],
        "proven": proposal.is_proven,
        "applied": is_stored,
    }
    return Answer(document, _assigned_lines(proposal, document))


def _stay(each: PlaceChange | Unsolved) -> output.Json:
    kind = "bed" if is_bed(each.lying) else "bay"
    nights = [night.isoformat() for night in each.nights]
    return {"appointment": each.key[0], "kind": kind, "nights": nights, "from": each.lying.use.resource}


def _assigned_lines(proposal: AssignProposal, document: output.Json) -> list[str]:
    changed = [
        f"{each['appointment']:>6}  {each['from']} -> {each['to']}  {one.lying.use.name}: {each['text']}"
        for each, one in zip(document["changes"], proposal.changes, strict=True)
    ]
    left = [
        f"{each['appointment']:>6}  {each['from']} stays  {one.lying.use.name}: {each['text']}"
        for each, one in zip(document["unsolved"], proposal.unsolved, strict=True)
    ]
    if not changed:
        end = "Nothing better." if left else "Nothing better: every patient has the best bay and bed that there is."
    else:
        did = "Stored" if document["applied"] else "Nothing is stored"
        end = f"{count(len(changed), 'change', 'changes')}. {did}."
    return [*changed, *left, end]


def plan(program: Program, args: Namespace) -> Answer:
    """Needs no database: the instance is a file of its own."""
    instance = bed_file.load(args.instance)
    progress = _Progress()
    found = plan_beds(instance, args.seconds, progress)
    progress.end()
    if not has_solver() and not found.is_proven:
        print(WITHOUT_SOLVER, file=sys.stderr)
    document = {
        "rooms": dict(found.rooms),
        "cost": found.cost,
        "unplaced_nights": found.unplaced_nights,
        "lower_bound": found.lower_bound,
    }
    return Answer(document, _plan_lines(instance, found))


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


def _plan_lines(instance: BedInstance, plan: BedPlan) -> list[str]:
    lines = []
    for stay in sorted(instance.stays, key=lambda stay: (stay.first, stay.last)):
        room = plan.rooms.get(stay.id)
        where = f"room {room}" if room is not None else "no room"
        lines.append(f"{stay.id}  nights {stay.first}–{stay.last}  {where}")
    nights = plan.unplaced_nights
    without = f", {nights} night{'' if nights == 1 else 's'} without a room" if nights else ""
    bound = "no plan costs less" if plan.is_proven else f"no plan can cost less than {plan.lower_bound}"
    return [*lines, f"Cost {plan.cost}{without}; {bound}."]
