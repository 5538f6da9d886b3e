"""Where days, lanes and blocks of a week lie, in whole pixels, and what lies under a point. No Qt.

Content coordinates: x 0 is the left of the first day, right of the time gutter; y 0 is the top of the axis.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from desk_app.domain.dataclass import dataclass
from desk_app.ui.screens.schedule.board_layout import Box, Strip
from desk_app.ui.screens.schedule.week_scene import WeekBlock, WeekScene

LEAST_DAY, LEAST_LANE = 118, 22
"""A day is never narrower, nor is a lane: with more of them than there is room for the week scrolls sideways."""

DAY_LEFT, DAY_RIGHT = 5, 4
LANE_GAP = 2


class PlacedVisit(NamedTuple):
    """A block, its whole box and that of its body."""

    block: WeekBlock
    box: Box
    body: Box


class WeekHit(NamedTuple):
    """What lies under a point: a day, a lane (-1 beside them), a minute, and the visit there if there is one."""

    column: int
    lane: int
    minute: int
    placed: PlacedVisit | None


@dataclass(frozen=True, slots=True)
class WeekLayout:
    """Every day's strip and every visit's boxes for one width."""

    scene: WeekScene
    strips: tuple[Strip, ...]
    placed: tuple[PlacedVisit, ...]
    width: int

    @property
    def height(self) -> int:
        return self.scene.axis.height

    def lane(self, column: int, lane: int) -> Strip:
        """Left and width of one lane of a day."""
        return _lane(self.strips[column], lane, len(self.scene.lanes))

    def place(self, block: WeekBlock) -> PlacedVisit:
        """A block with its boxes, in its lane of its day."""
        return _placed(self.lane(block.column, block.lane), block, self.scene.axis.y_of)

    def place_at(self, x: int) -> tuple[int, int] | None:
        """The day under an x and its lane that is nearest; None beside the days."""
        column = self.column_at(x)
        if column is None or not self.scene.lanes:
            return None
        rights = [self.lane(column, each).right for each in range(len(self.scene.lanes))]
        return column, next((lane for lane, right in enumerate(rights) if x < right + LANE_GAP), len(rights) - 1)

    def column_at(self, x: int) -> int | None:
        return next((place for place, strip in enumerate(self.strips) if strip.x <= x < strip.right), None)

    def hit(self, x: int, y: int) -> WeekHit | None:
        """What lies under a point; None right of the last day."""
        column = self.column_at(x)
        if column is None:
            return None
        lanes = range(len(self.scene.lanes))
        lane = next((each for each in lanes if self.lane(column, each).x <= x < self.lane(column, each).right), -1)
        under = (placed for placed in self.placed if placed.block.column == column and placed.box.contains(x, y))
        return WeekHit(column, lane, self.scene.axis.minute_at(y), next(under, None))

    def of_visit(self, appointment_id: int) -> tuple[PlacedVisit, ...]:
        return tuple(placed for placed in self.placed if placed.block.id == appointment_id)


def lay_out_week(scene: WeekScene, width: int) -> WeekLayout:
    """Days spread evenly over at least ``width`` pixels."""
    least = max(LEAST_DAY, DAY_LEFT + DAY_RIGHT + len(scene.lanes) * (LEAST_LANE + LANE_GAP))
    share, spare = divmod(max(width - 1, least * len(scene.days)), len(scene.days))
    strips, x = [], 0
    for place in range(len(scene.days)):
        strips.append(Strip(x, share + (1 if place < spare else 0)))
        x += strips[-1].width
    lanes = [[_lane(strip, lane, len(scene.lanes)) for lane in range(len(scene.lanes))] for strip in strips]
    y_of = cache(scene.axis.y_of)
    placed = tuple(_placed(lanes[block.column][block.lane], block, y_of) for block in scene.blocks)
    return WeekLayout(scene, tuple(strips), placed, x + 1)


def _placed(lane: Strip, block: WeekBlock, y_of: Callable[[int], int]) -> PlacedVisit:
    left, wide = _share(lane, block)
    top, first, last = y_of(block.start), y_of(block.body[0]), y_of(block.body[1])
    whole = Box(left, top, wide, max(2, y_of(block.end) - top - 1))
    return PlacedVisit(block, whole, Box(left, first, wide, max(2, last - first - 1)))


def _lane(strip: Strip, lane: int, lanes: int) -> Strip:
    room = strip.width - DAY_LEFT - DAY_RIGHT - LANE_GAP * (lanes - 1)
    share, spare = divmod(room, lanes)
    x = strip.x + DAY_LEFT + lane * (share + LANE_GAP) + min(lane, spare)
    return Strip(x, share + (1 if lane < spare else 0))


def _share(lane: Strip, block: WeekBlock) -> tuple[int, int]:
    """Left and width of a block that shares its lane with others."""
    if block.parts == 1:
        return lane.x, lane.width
    width = max(2, (lane.width - (block.parts - 1)) // block.parts)
    return lane.x + block.part * (width + 1), width
