"""What the schedule remembers for the next morning: columns, cancelled visits and zoom, as plain texts."""

from __future__ import annotations

from collections.abc import Callable

from desk_app.domain.practice import Catalogue
from desk_app.ui import fonts
from desk_app.ui.screens.schedule.column_menu import KINDS, first_choice
from desk_app.ui.screens.schedule.needs import Memory
from desk_app.ui.screens.schedule.scene import ColumnChoice
from desk_app.ui.screens.schedule.time_axis import DEFAULT_ZOOM, bounded_zoom
from desk_app.ui.screens.schedule.turning import DAY, VIEWS

Chooser = Callable[[Catalogue], ColumnChoice]
BY, HIDDEN, CANCELLED, ZOOM = "schedule/by", "schedule/hidden", "schedule/cancelled", "schedule/zoom"
STAFF = "schedule/staff"

VIEW = "schedule/view"


def recall_choice(memory: Memory, catalogue: Catalogue) -> ColumnChoice:
    """The columns last chosen; the practice's usual ones where nothing (or nothing sensible) is remembered."""
    return chooser(memory)(catalogue)


def chooser(memory: Memory) -> Chooser:
    """Reads the memory now and chooses later, on whichever thread has the catalogue."""
    by, codes, cancelled = memory.value(BY), memory.value(HIDDEN).split(), memory.value(CANCELLED) == "yes"
    staff = memory.value(STAFF, "yes") == "yes"

    def choose(catalogue: Catalogue) -> ColumnChoice:
        if by not in KINDS:
            return first_choice(catalogue)
        hidden = frozenset(codes) & {resource.code for resource in catalogue.resources}
        shown = {resource.code for resource in catalogue.of_kind(KINDS[by])} - hidden
        return ColumnChoice(by, hidden, cancelled, staff) if shown else first_choice(catalogue)

    return choose


def keep_choice(memory: Memory, choice: ColumnChoice) -> None:
    memory.set_value(BY, choice.by)
    memory.set_value(HIDDEN, " ".join(sorted(choice.hidden)))
    memory.set_value(CANCELLED, "yes" if choice.with_cancelled else "no")
    memory.set_value(STAFF, "yes" if choice.with_staff else "no")


def recall_view(memory: Memory) -> str:
    """The view last looked at: the day where none is remembered."""
    view = memory.value(VIEW)
    return view if view in VIEWS else DAY


def keep_view(memory: Memory, view: str) -> None:
    memory.set_value(VIEW, view)


def recall_zoom(memory: Memory) -> int:
    """Pixels to the quarter of an hour."""
    text = memory.value(ZOOM)
    return bounded_zoom(int(text) if text.isdecimal() else fonts.scaled(DEFAULT_ZOOM))


def keep_zoom(memory: Memory, zoom: int) -> None:
    memory.set_value(ZOOM, str(zoom))
