"""``slots find`` and ``slots explain``."""

from __future__ import annotations

from argparse import Namespace

from desk_app.application.use_cases import find_slots
from desk_app.cli import output, values
from desk_app.cli.answer import Answer
from desk_app.cli.program import Program


def find(program: Program, args: Namespace) -> Answer:
    desk = program.desk()
    slots = find_slots.find(desk, values.search(desk, args))
    zone = desk.zone()
    lines = output.clock_lines(slots, zone) or ["Nothing fits in that time."]
    return Answer({"slots": [output.slot_json(slot, zone) for slot in slots]}, lines)


def explain(program: Program, args: Namespace) -> Answer:
    desk = program.desk()
    start = values.instant(args.start, desk.zone())
    obstacles = find_slots.explain(desk, values.search(desk, args), start)
    told = [output.obstacle_json(obstacle, desk.catalogue()) for obstacle in obstacles]
    lines = [f"{item['code']}: {item['text']}" for item in told] or ["This start fits."]
    return Answer({"fits": not told, "obstacles": told}, lines)
