"""What the strip over the board says of a day without visits, and which first step it offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk_app.application.schedule_view import DayView
from desk_app.application.wording import weekday_date
from desk_app.domain.statuses import GONE_VISITS
from desk_app.domain.zone import local_date, zone_of
from desk_app.ui.screens.schedule.visit_words import tr


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence and the first step it offers: ``find_slot``, ``next_day`` or none."""

    text: str
    step: str = ""


def notice_for(view: DayView, now: datetime) -> Notice | None:
    """None on a day with visits."""
    if any(line.status not in GONE_VISITS for line in view.plan.lines):
        return None
    day = weekday_date(view.plan.day)
    if not view.is_open():
        return Notice(tr("No visits on {day}. The practice is closed.").format(day=day), "next_day")
    is_past = view.plan.day < local_date(now, zone_of(view.catalogue.settings))
    if is_past:
        return Notice(tr("There were no visits on {day}.").format(day=day))
    return Notice(tr("No visits on {day} yet.").format(day=day), "find_slot")
