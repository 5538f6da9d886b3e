"""A day's rows into its read model, and what the select of a day is bound to; by whichever way it is read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from desk_app.application.day_plan import DayPlanLine
from desk_app.domain.authorization_lack import Lack
from desk_app.domain.made_once import MadeOnce

NIGHTS_BACK = 3
ALONE = "[]"
LATEST = "~"
"""Later than any date, as text."""

UNSURE = Lack("unsure", {})
"""Stands on a line until the approval has been looked at closely."""


def bounds(day: date, begin_s: int, now_s: int) -> dict[str, int]:
    """The values of ``db.queries.day``'s parameters; ``begin_s`` is the day's midnight, in epoch seconds."""
    number = day.toordinal()
    return {"day": number, "before": number - NIGHTS_BACK, "begin": begin_s, "now": now_s}


def _instant(second: int | None) -> datetime | None:
    return datetime.fromtimestamp(second, UTC) if second is not None else None


def lines(rows: Iterable[Any], day: date | None = None) -> tuple[DayPlanLine, ...]:
    """Rows of ``COLUMNS`` as read models. By the hundred: taken apart and put together in one step each.

    With the ``day`` they are of, a visit whose approval may not cover it is marked as :data:`UNSURE`.
    """
    last, first = (str(day), str(day - timedelta(days=NIGHTS_BACK))) if day is not None else ("", LATEST)
    at, on, new = MadeOnce(_instant), date.fromisoformat, tuple.__new__  # many visits of a day share their instants
    # fmt: off
    return tuple([
        new(DayPlanLine, (
            number, version, patient, family, given, on(born) if born else None, mrn, sex, code, name, levels,
            level_names, side, sedation, status, stay, at[start], at[end], at[since], at[hold], needs == 1,
            authorization or "", on(authorized_to) if authorized_to else None, escort, note, reason, alerts, phases,
            codes, untold == 1, further,
            UNSURE if good_from > first or (authorized_to or LATEST) < last or (day and further != ALONE) else None,
        ))
        for (
            number, version, patient, family, given, born, mrn, sex, code, name, levels,
            level_names, side, sedation, status, stay, start, end, since, hold, needs,
            authorization, authorized_to, escort, note, reason, alerts, phases, codes, untold, further, good_from,
        ) in rows
    ])
    # fmt: on
