"""Walking the visits and gaps of a board by arrow keys: by time within a column, by place between columns."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from desk_app.ui.screens.schedule.gaps import Gap
from desk_app.ui.screens.schedule.scene import Block, Scene

Stop = Block | Gap


class Step(Enum):
    """A direction, or a column's first or last stop."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    FIRST = "first"
    LAST = "last"


def next_stop(scene: Scene, gaps: Sequence[Gap], current: Stop | None, step: Step) -> Stop | None:
    """Where a step leads: the day's first visit (else gap) where nothing is current, the same stop at an end."""
    if current is None:
        first = min(scene.blocks, key=lambda block: (block.group, block.start, block.column), default=None)
        return first or min(gaps, key=lambda gap: (gap.start, gap.column), default=None)
    if step in (Step.LEFT, Step.RIGHT):
        return _beside(scene, gaps, current, -1 if step is Step.LEFT else 1) or current
    stops = _stops(scene, gaps, current.column)
    if step is Step.FIRST:
        return stops[0]
    if step is Step.LAST:
        return stops[-1]
    place = stops.index(current) + (-1 if step is Step.UP else 1)
    return stops[max(0, min(place, len(stops) - 1))]


def _stops(scene: Scene, gaps: Sequence[Gap], column: int) -> list[Stop]:
    """Everything in a column by time; overlapping visits in their order."""
    return sorted((stop for stop in _all(scene, gaps) if stop.column == column), key=lambda stop: stop.start)


def _all(scene: Scene, gaps: Sequence[Gap]) -> tuple[Stop, ...]:
    return (*scene.blocks, *gaps)


def _beside(scene: Scene, gaps: Sequence[Gap], current: Stop, direction: int) -> Stop | None:
    """The stop nearest in time in the next column that has any, on that side."""
    columns = sorted({stop.column for stop in _all(scene, gaps)}, reverse=direction < 0)
    beyond = [column for column in columns if (column - current.column) * direction > 0]
    return _nearest(_stops(scene, gaps, beyond[0]), _begin(current)) if beyond else None


def _nearest(stops: Sequence[Stop], at: int) -> Stop:
    def distance(stop: Stop) -> tuple[int, int]:
        return max(stop.start - at, at - stop.end + 1, 0), abs(_begin(stop) - at)

    return min(stops, key=distance)


def _begin(stop: Stop) -> int:
    """The minute at which a stop is said to be: a visit's procedure, a gap's start."""
    return stop.body.start if isinstance(stop, Block) else stop.start
