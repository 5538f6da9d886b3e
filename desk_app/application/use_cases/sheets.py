"""What was printed, by whom and which version: the next sheet can mark what has changed since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.read_models import PrintedSheet


def record_printed(
    desk: Desk, day: date, kind: str, profile: str, lines: Mapping[int, str], way: str
) -> Outcome[PrintedSheet]:
    """Stores the printed version (one more than the last) and an audit event. ``way``: printer or pdf."""
    with desk.open_work(desk.actor) as work:
        last = work.sheets.last(day, kind)
        sheet = PrintedSheet((last.version if last else 0) + 1, desk.now(), dict(lines))
        work.sheets.add(day, kind, profile, sheet)
        told = {"day": day.isoformat(), "kind": kind, "profile": profile, "version": sheet.version, "way": way}
        changes = work.commit("sheet_printed", told)
    desk.slots.catch_up(desk.queries)
    return Outcome(sheet, changes)
