"""What was printed, by whom and which version: the next sheet can mark what has changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.read_models import PrintedSheet


class SlipPrinted(NamedTuple):
    """One patient's slip of one visit; ``kept`` is what it said. Versions go on when the visit moves to another day."""

    appointment_id: int
    day: date
    version: int
    kept: str


def slip_kind(appointment_id: int) -> str:
    """Under which kind of sheet the slips of a visit are kept."""
    return f"slip:{appointment_id}"


def record_printed(
    desk: Desk, day: date, kind: str, profile: str, lines: Mapping[int, str], way: str
) -> Outcome[PrintedSheet]:
    """Stores the printed version (one more than the last) and an audit event. ``way``: printer or pdf."""
    with desk.open_work(desk.actor) as work:
        sheet = _next(desk, work, day, kind, lines)
        if desk.only_looks:
            return Outcome(sheet)
        work.sheets.add(day, kind, profile, sheet)
        told = {"day": day.isoformat(), "kind": kind, "profile": profile, "version": sheet.version, "way": way}
        changes = work.commit("sheet_printed", told)
    desk.slots.catch_up(desk.queries)
    return Outcome(sheet, changes)


def record_slips(desk: Desk, slips: Sequence[SlipPrinted], profile: str, way: str) -> Outcome[int]:
    """Stores the slips that went out together, and one audit event that names their visits; answers their number."""
    if desk.only_looks:
        return Outcome(len(slips))
    with desk.open_work(desk.actor) as work:
        for slip in slips:
            kind, lines = slip_kind(slip.appointment_id), {slip.appointment_id: slip.kept}
            work.sheets.add(slip.day, kind, profile, _next(desk, work, slip.day, kind, lines, slip.version))
        visits = [slip.appointment_id for slip in slips]
        days = sorted({slip.day.isoformat() for slip in slips})
        told = {"day": ", ".join(days), "kind": "slip", "profile": profile, "visits": visits, "way": way}
        changes = work.commit("sheet_printed", told)
    desk.slots.catch_up(desk.queries)
    return Outcome(len(slips), changes)


def record_copy(desk: Desk, folder: str, names: Sequence[str]) -> Outcome[None]:
    """An audit event: who had a downtime copy kept, and where."""
    if desk.only_looks:
        return Outcome(None)
    with desk.open_work(desk.actor) as work:
        changes = work.commit("downtime_copied", {"folder": folder, "files": list(names)})
    desk.slots.catch_up(desk.queries)
    return Outcome(None, changes)


def _next(desk: Desk, work: UnitOfWork, day: date, kind: str, lines: Mapping[int, str], least: int = 1) -> PrintedSheet:
    """The version after the last, ``least`` at least."""
    last = work.sheets.last(day, kind)
    return PrintedSheet(max((last.version if last else 0) + 1, least), desk.now(), dict(lines))
