"""What the strip over the board says of a day without visits, and which first step it offers."""

from __future__ import annotations

from datetime import datetime

from desk_app.application.schedule_view import DayView
from desk_app.application.wording import weekday_date
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import ResourceKind
from desk_app.domain.statuses import GONE_VISITS
from desk_app.domain.zone import local_date, zone_of
from desk_app.ui.screens.schedule.day_scene import main_kind
from desk_app.ui.screens.schedule.scene import ColumnChoice, Group, Scene
from desk_app.ui.screens.schedule.visit_words import tr


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence and the first step it offers: ``find_slot``, ``next_day``, ``show_all``, ``by_clinicians`` or none."""

    text: str
    step: str = ""


def without_columns(view: DayView, scene: Scene, choice: ColumnChoice) -> Notice | None:
    """Why the board is empty, and what brings columns onto it; None where it has some."""
    if any(column.group is Group.MAIN for column in scene.columns):
        return None
    if view.catalogue.of_kind(main_kind(choice)):
        return Notice(tr("Every column is hidden."), "show_all")
    if choice.by == "rooms" and view.catalogue.of_kind(ResourceKind.CLINICIAN):
        return Notice(tr("This practice has no rooms yet."), "by_clinicians")
    return Notice(tr("This practice has no rooms and no clinicians yet. Its practice file says which there are."))


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
