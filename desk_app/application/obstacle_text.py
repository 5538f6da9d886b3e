"""Obstacles in words, with wall-clock times: used by the command line, the board and the find-slot panel alike."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from desk_app.application.sentences import SENTENCES, fill
from desk_app.domain.practice import Catalogue
from desk_app.domain.slots import Obstacle
from desk_app.domain.zone import local_date, zone_of


def obstacle_text(obstacle: Obstacle, catalogue: Catalogue) -> str:
    """One sentence: which resource, from when to when, and why."""
    zone = zone_of(catalogue.settings)
    code = "taken_until" if obstacle.code == "taken" and obstacle.resource else obstacle.code
    words = dict(obstacle.params)
    words["resource"] = _name(obstacle.resource, catalogue)
    words["cell_minutes"] = catalogue.settings.cell_minutes
    words["start"], words["end"] = clock_pair(obstacle.start, obstacle.end, zone)
    for key in ("chance", "limit"):
        if isinstance(words.get(key), float):
            words[key] = f"{words[key]:.1%}"
    reserved = words.get("reserved_for")
    if isinstance(reserved, tuple):
        words["reserved_for"] = ", ".join(reserved)
    words["reason"] = words.get("reason") or "no reason given"
    return fill(SENTENCES.get(code, code), words)


def clock_pair(start: datetime | None, end: datetime | None, zone: ZoneInfo) -> tuple[str, str]:
    """Both as wall clock; the end with its date where it lies on another day."""
    first = start.astimezone(zone).strftime("%H:%M") if start else ""
    if end is None:
        return first, ""
    other_day = start is not None and local_date(start, zone) != local_date(end, zone)
    return first, end.astimezone(zone).strftime("%a %d %b %H:%M" if other_day else "%H:%M")


def _name(code: str | None, catalogue: Catalogue) -> str:
    if code is None:
        return "nothing"
    return catalogue.resource(code).name
