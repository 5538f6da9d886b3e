"""What a saved view consists of, as text and back: view, columns, whose week, hours in sight, zoom. No Qt."""

from __future__ import annotations

import json
from dataclasses import field, replace

from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue
from desk_app.ui.screens.schedule.column_menu import KINDS
from desk_app.ui.screens.schedule.scene import ColumnChoice
from desk_app.ui.screens.schedule.time_axis import DEFAULT_ZOOM, bounded_zoom
from desk_app.ui.screens.schedule.turning import DAY, VIEWS

WHOLE_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class ViewSettings:
    """``top`` is the first minute of the day in sight, None where the view itself decides."""

    view: str = DAY
    choice: ColumnChoice = field(default_factory=ColumnChoice)
    subject: str = ""
    zoom: int = DEFAULT_ZOOM
    top: int | None = None

    def as_text(self) -> str:
        choice = self.choice
        return json.dumps(
            {
                "view": self.view,
                "by": choice.by,
                "hidden": sorted(choice.hidden),
                "cancelled": choice.with_cancelled,
                "staff": choice.with_staff,
                "subject": self.subject,
                "zoom": self.zoom,
                "top": self.top,
            }
        )


def settings_of(text: str, catalogue: Catalogue, now: ColumnChoice) -> ViewSettings:
    """The settings kept in a text; what the practice no longer has, or nobody can read, stays as it is now."""
    try:
        kept = json.loads(text)
    except ValueError:
        kept = {}
    kept = kept if isinstance(kept, dict) else {}
    codes = {resource.code for resource in catalogue.resources}
    view, subject, top = kept.get("view"), kept.get("subject"), kept.get("top")
    zoom = kept.get("zoom")
    return ViewSettings(
        view if view in VIEWS else DAY,
        _choice(kept, codes, catalogue, now),
        subject if isinstance(subject, str) and subject in codes else "",
        bounded_zoom(zoom) if isinstance(zoom, int) else DEFAULT_ZOOM,
        top if isinstance(top, int) and 0 <= top < WHOLE_DAY else None,
    )


def _choice(kept: dict[str, object], codes: set[str], catalogue: Catalogue, now: ColumnChoice) -> ColumnChoice:
    by, hidden = kept.get("by"), kept.get("hidden")
    if not isinstance(by, str) or by not in KINDS or not isinstance(hidden, list):
        return now
    gone = frozenset(code for code in hidden if isinstance(code, str)) & codes
    if {resource.code for resource in catalogue.of_kind(KINDS[by])} <= gone:
        return now
    return replace(
        now,
        by=by,
        hidden=gone,
        with_cancelled=kept.get("cancelled") is True,
        with_staff=kept.get("staff") is True,
    )
