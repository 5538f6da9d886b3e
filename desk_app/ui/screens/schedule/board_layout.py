"""Where columns and blocks lie on the board, in whole pixels, and what lies under a point.

Content coordinates: x 0 is the left of the first column (right of the time gutter), y 0 the top of the axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from desk_app.domain.dataclass import dataclass
from desk_app.ui import fonts
from desk_app.ui.screens.schedule.scene import Block, Column, Group, Part, Scene

GUTTER = fonts.scaled(52)
"""Wide enough for "00:00" at the desktop's size of letters, which is read once, before this module is."""

PLAN_GUTTER = 8
LEAST_MAIN, C_ARM, STAFF, BAY = (fonts.scaled(width) for width in (160, 44, 30, 34))
GROUP_GAP = 10
LANE_GAP = 2
LEAST_BODY = 2

INSETS = {Group.MAIN: (1 + PLAN_GUTTER, 4), Group.C_ARMS: (4, 3), Group.STAFF: (3, 2), Group.BAYS: (3, 2)}
"""Ground left (the column's line included) and right of the blocks of a column."""


class Box(NamedTuple):
    """A rectangle of whole pixels: ``right`` and ``bottom`` are the first pixels beyond it."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    def contains(self, x: int, y: int) -> bool:
        return self.x <= x < self.right and self.y <= y < self.bottom

    def meets(self, top: int, bottom: int) -> bool:
        """Whether any of it lies between two heights."""
        return self.y < bottom and top < self.bottom


class Strip(NamedTuple):
    """A column's place: ``x`` of its line and its width."""

    x: int
    width: int

    @property
    def right(self) -> int:
        return self.x + self.width


LAYOUTS = 4
"""The day shown, its neighbours, and the one before it was changed."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with the box of the whole and of each of its parts; ``body`` carries the words."""

    block: Block
    box: Box
    parts: tuple[tuple[Part, Box], ...]
    body: Box


class Hit(NamedTuple):
    """What lies under a point: a column and a minute, and the block there if there is one."""

    column: int
    minute: int
    placed: Placed | None


@dataclass(frozen=True, slots=True)
class BoardLayout:
    """Every column's strip and every block's boxes for one width of the board."""

    scene: Scene
    strips: tuple[Strip, ...]
    placed: tuple[Placed, ...]
    width: int

    @property
    def height(self) -> int:
        return self.scene.axis.height

    def column_at(self, x: int) -> int | None:
        """The column under an x, or None in a gap between groups or beyond."""
        return next((place for place, strip in enumerate(self.strips) if strip.x <= x < strip.right), None)

    def hit(self, x: int, y: int) -> Hit | None:
        """What lies under a point; None between the groups."""
        column = self.column_at(x)
        if column is None:
            return None
        under = (placed for placed in self.placed if placed.block.column == column and placed.box.contains(x, y))
        return Hit(column, self.scene.axis.minute_at(y), next(under, None))

    def of_visit(self, appointment_id: int) -> tuple[Placed, ...]:
        """Every block of a visit."""
        return tuple(placed for placed in self.placed if placed.block.id == appointment_id)

    def lane_box(self, column: int, lane: int, lanes: int, start: int, end: int) -> Box:
        """The box of a stretch of minutes in one lane of a column; 1 px of ground below."""
        x, width = self.lane(column, lane, lanes)
        axis = self.scene.axis
        y = axis.y_of(start)
        return Box(x, y, width, max(LEAST_BODY, axis.y_of(end) - y - 1))

    def lane(self, column: int, lane: int, lanes: int) -> tuple[int, int]:
        """Left and width of one lane of a column."""
        strip = self.strips[column]
        left, right = INSETS[self.scene.columns[column].group]
        room = strip.width - left - right - LANE_GAP * (lanes - 1)
        x = strip.x + left + lane * (room // lanes + LANE_GAP)
        return x, room // lanes if lane < lanes - 1 else strip.right - right - x


@lru_cache(maxsize=LAYOUTS)
def lay_out_board(scene: Scene, width: int) -> BoardLayout:
    """Columns spread over at least ``width`` pixels (wider where they need it), blocks in their lanes.

    The last ones are kept: a day read ahead is laid out when it is read, and not when its key is pressed.
    """
    strips = _strips(scene.columns, width)
    total = strips[-1].right + 1 if strips else 0
    bare = BoardLayout(scene, strips, (), max(width, total))
    placed = tuple(placed_in(bare, block) for block in scene.blocks)
    return BoardLayout(scene, strips, placed, bare.width)


def _strips(columns: Sequence[Column], width: int) -> tuple[Strip, ...]:
    fixed = {Group.C_ARMS: C_ARM, Group.STAFF: STAFF, Group.BAYS: BAY}
    main = sum(column.group is Group.MAIN for column in columns)
    gaps = sum(GROUP_GAP for left, right in pairwise(columns) if left.group is not right.group)
    room = width - 1 - gaps - sum(fixed.get(column.group, 0) for column in columns)
    share, spare = divmod(max(room, main * LEAST_MAIN), main) if main else (0, 0)
    strips: list[Strip] = []
    x = 0
    for place, column in enumerate(columns):
        if place and columns[place - 1].group is not column.group:
            x += GROUP_GAP
        wide = fixed.get(column.group, share + (1 if place < spare else 0))
        strips.append(Strip(x, wide))
        x += wide
    return tuple(strips)


def placed_in(layout: BoardLayout, block: Block) -> Placed:
    """A block with its boxes."""
    x, width = layout.lane(block.column, block.lane, block.lanes)
    y_of = layout.scene.axis.y_of

    def box(start: int, end: int) -> Box:
        y = y_of(start)
        return Box(x, y, width, max(LEAST_BODY, y_of(end) - y - 1))

    body = block.body
    if len(block.parts) == 1:
        whole = box(body.start, body.end)
        return Placed(block, whole, ((body, whole),), whole)
    parts = tuple((part, box(part.start, part.end)) for part in block.parts)
    return Placed(block, box(block.start, block.end), parts, next(box for part, box in parts if part is body))
