"""``beds list``: the bays of a day by the minute, and the beds of its night."""

from __future__ import annotations

from argparse import Namespace
from zoneinfo import ZoneInfo

from desk_app.application.beds_view import Bay
from desk_app.application.use_cases.look_at_beds import beds_view, occupied_beds
from desk_app.application.wording import clock_range
from desk_app.cli import output
from desk_app.cli.answer import Answer
from desk_app.cli.program import Program
from desk_app.domain.zone import zone_of


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
