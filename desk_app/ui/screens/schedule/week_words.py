"""The whole detail of a visit on the week, for the pointer that rests on it."""

from __future__ import annotations

from datetime import UTC, datetime

from desk_app.application.wording import STATUS_WORDS, clock, weekday_date
from desk_app.domain.statuses import AppointmentStatus as Status
from desk_app.ui.screens.schedule.visit_words import tr
from desk_app.ui.screens.schedule.week_layout import WeekHit
from desk_app.ui.screens.schedule.week_scene import WeekBlock, WeekScene


def why_shut(hit: WeekHit, scene: WeekScene) -> str:
    """What is shaded there, and whose ground it is; nothing on the head and beside the lanes."""
    if hit.lane < 0 or hit.minute < scene.axis.first:
        return ""
    shades = scene.days[hit.column].shades[hit.lane]
    text = next((shade.text for shade in shades if shade.start <= hit.minute < shade.end), "")
    return f"{scene.lanes[hit.lane].name}: {text}" if text else scene.lanes[hit.lane].name


def details(block: WeekBlock, scene: WeekScene) -> str:
    """Who, what, where, from when to when, and how it stands."""
    line, zone = block.line, scene.axis.zone
    what = line.what
    low, high = block.body
    when = f"{low // 60:02}:{low % 60:02}–{high // 60:02}:{high % 60:02}"
    status = STATUS_WORDS.get(line.status, line.status)
    if line.status == Status.HELD and line.hold_until_s is not None:
        until = datetime.fromtimestamp(line.hold_until_s, UTC)
        status = tr("Held to {time}").format(time=f"{weekday_date(until.astimezone(zone).date())} {clock(until, zone)}")
    place = scene.lanes[block.lane].name
    return "\n".join((line.name, what, f"{weekday_date(scene.days[block.column].day)} {when} · {place}", status))
