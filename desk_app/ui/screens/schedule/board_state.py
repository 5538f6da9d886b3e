"""What the board shows right now: the laid-out scene, the selected visit, the chain being moved. No Qt."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desk_app.application.schedule_view import FitMap
from desk_app.domain.dataclass import dataclass
from desk_app.ui.screens.schedule.board_layout import BoardLayout, Box, Placed, lay_out_board
from desk_app.ui.screens.schedule.drag import Drag
from desk_app.ui.screens.schedule.gaps import Gap
from desk_app.ui.screens.schedule.scene import Block, Scene


@dataclass(frozen=True, slots=True)
class BoardState:
    """One moment of the board. ``current`` is the selected visit's block that the keyboard stands on, else ``gap``."""

    layout: BoardLayout
    now: datetime
    current: Block | None = None
    drag: Drag | None = None
    gap: Gap | None = None

    @property
    def scene(self) -> Scene:
        return self.layout.scene

    @property
    def now_minute(self) -> int:
        """The present minute of this day; outside the day's minutes on any other day."""
        return self.scene.axis.minute_of(self.now)

    @property
    def selected_id(self) -> int | None:
        return self.current.id if self.current else None

    @property
    def fit_map(self) -> FitMap | None:
        return self.drag.fit_map if self.drag else None

    def selected(self) -> tuple[Placed, ...]:
        """Every block of the selected visit."""
        return self.layout.of_visit(self.current.id) if self.current else ()

    def current_box(self) -> Box | None:
        """Where the keyboard stands."""
        if self.gap is not None:
            return self.layout.lane_box(self.gap.column, 0, 1, self.gap.start, self.gap.end)
        column = self.current.column if self.current else -1
        return next((placed.box for placed in self.selected() if placed.block.column == column), None)

    def resized(self, width: int) -> BoardState:
        return replace(self, layout=lay_out_board(self.scene, width))

    def with_scene(self, scene: Scene, width: int) -> BoardState:
        """Another scene: the selection stays with its visit, a drag only where that visit is as it was."""
        return replace(
            self,
            layout=lay_out_board(scene, width),
            current=_same_place(scene, self.current),
            drag=_same_drag(scene, self.drag),
            gap=self.gap if same_columns(scene, self.scene) else None,
        )

    def selecting(self, appointment_id: int | None) -> BoardState:
        """With a visit selected by its number, standing on its widest block; with none where it is not here."""
        if appointment_id is not None and appointment_id == self.selected_id:
            return self
        found = self.scene.main_block(appointment_id) if appointment_id is not None else None
        return replace(self, current=found)


def _same_place(scene: Scene, block: Block | None) -> Block | None:
    if block is None:
        return None
    blocks = scene.by_visit.get(block.id, ())
    return next((each for each in blocks if each.column == block.column), scene.main_block(block.id))


def same_columns(scene: Scene, before: Scene) -> bool:
    """Whether a column of one is the same column of the other: the same day, in the same order."""
    codes, codes_before = ([column.code for column in each.columns] for each in (scene, before))
    return scene.axis.day == before.axis.day and codes == codes_before


def _same_drag(scene: Scene, drag: Drag | None) -> Drag | None:
    """What is in hand stays so over any day; over its own only while its visit is as it was taken."""
    if drag is None:
        return None
    at_home = scene.axis.day == drag.home_day and not drag.is_request
    return drag.back_home(scene) if at_home else drag.over(scene)
