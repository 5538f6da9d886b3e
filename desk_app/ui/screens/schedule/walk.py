"""Walking the visits of a board by arrow keys: by time within a column, by place between columns."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from desk_app.ui.screens.schedule.scene import Block, Scene


class Step(Enum):
    """A direction, or a column's first or last visit."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    FIRST = "first"
    LAST = "last"


def next_block(scene: Scene, current: Block | None, step: Step) -> Block | None:
    """The block a step leads to: the first one of the day where none is current, the same one at an end."""
    if current is None:
        return min(scene.blocks, key=lambda block: (block.group, block.start, block.column), default=None)
    if step in (Step.LEFT, Step.RIGHT):
        return _beside(scene, current, -1 if step is Step.LEFT else 1) or current
    column = [block for block in scene.blocks if block.column == current.column]
    if step is Step.FIRST:
        return column[0]
    if step is Step.LAST:
        return column[-1]
    place = column.index(current) + (-1 if step is Step.UP else 1)
    return column[max(0, min(place, len(column) - 1))]


def _beside(scene: Scene, current: Block, direction: int) -> Block | None:
    """The block nearest in time in the next column that has any, on that side."""
    columns = sorted({block.column for block in scene.blocks}, reverse=direction < 0)
    beyond = [column for column in columns if (column - current.column) * direction > 0]
    if not beyond:
        return None
    return _nearest([block for block in scene.blocks if block.column == beyond[0]], current)


def _nearest(blocks: Sequence[Block], current: Block) -> Block:
    at = current.body.start

    def distance(block: Block) -> tuple[int, int]:
        outside = max(block.start - at, at - block.end + 1, 0)
        return outside, abs(block.body.start - at)

    return min(blocks, key=distance)
