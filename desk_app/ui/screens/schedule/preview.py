"""A start that find slot offers, as the chain it would be: in every column, not booked yet. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desk_app.domain.dataclass import dataclass
from desk_app.domain.zone import local_date
from desk_app.ui.screens.schedule.board_layout import BoardLayout, Placed, placed_in
from desk_app.ui.screens.schedule.day_scene import chain_in
from desk_app.ui.screens.schedule.visit import Visit
from desk_app.ui.screens.schedule.visit_words import tr

NOBODY = 0
"""No visit has this number."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The visit that a start would become; its outline is that of a hold."""

    visit: Visit


def preview_blocks(layout: BoardLayout, preview: Preview, now: datetime) -> tuple[Placed, ...]:
    """The chain in every column of the board it would take; none on another day."""
    axis = layout.scene.axis
    if local_date(preview.visit.line.start, axis.zone) != axis.day:
        return ()
    said = [
        replace(block, words=replace(block.words, status=tr("not booked yet"), chips=(), flags=()))
        for block in chain_in(layout.scene, preview.visit, now)
    ]
    return tuple(placed_in(layout, block) for block in said)
