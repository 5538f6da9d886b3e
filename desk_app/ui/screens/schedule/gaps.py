"""Free stretches that the keyboard can stand on: what a wide column has open between its visits. No Qt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from desk_app.application.schedule_view import RESERVED, SHUT
from desk_app.domain.dataclass import dataclass
from desk_app.ui.screens.schedule.scene import Column, Group, Nearness, Scene
from desk_app.ui.screens.schedule.visit_words import tr

LEAST_GAP = 15
"""Minutes: nothing that the desk books is shorter."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Minutes ``[start, end)`` of a wide column in which nobody is and nothing is closed."""

    column: int
    start: int
    end: int


def gaps_of(scene: Scene, now_minute: int, cell: int) -> tuple[Gap, ...]:
    """Every gap from now on, by column and start; each begins on the grid of starts."""
    earliest = -(-max(scene.axis.first, now_minute) // cell) * cell
    taken = _taken(scene)
    return tuple(
        Gap(place, start, end)
        for place, column in enumerate(scene.columns)
        if column.group is Group.MAIN
        for start, end in _free(earliest, scene.axis.last, [*_shut(column), *taken[place]])
        if end - start >= LEAST_GAP
    )


def same_gap(gaps: Iterable[Gap], gap: Gap | None) -> Gap | None:
    """What is left of a gap after something changed: the gap of that column that overlaps it first."""
    if gap is None:
        return None
    overlapping = (each for each in gaps if each.column == gap.column and each.start < gap.end and gap.start < each.end)
    return next(overlapping, None)


def spoken_gap(gap: Gap, scene: Scene) -> str:
    """``Free 10:50 to 12:15, Room 1``, and for whom it is kept."""
    column, clock = scene.columns[gap.column], scene.axis.clock
    free = tr("Free {start} to {end}").format(start=clock(gap.start), end=clock(gap.end))
    kept = [
        shade.text
        for shade in column.shades
        if shade.code == RESERVED and shade.start < gap.end and gap.start < shade.end
    ]
    return ", ".join([free, column.title, *kept])


def _shut(column: Column) -> list[tuple[int, int]]:
    return [(shade.start, shade.end) for shade in column.shades if shade.code in SHUT]


def _taken(scene: Scene) -> dict[int, list[tuple[int, int]]]:
    """By the place of the wide column."""
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for block in scene.blocks:
        if block.group is Group.MAIN and block.near is not Nearness.GONE:
            taken[block.column].append((min(block.start, block.planned[0]), block.end))
    return taken


def _free(first: int, last: int, busy: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    free: list[tuple[int, int]] = []
    at = first
    for start, end in (*sorted(busy), (last, last)):
        if start > at:
            free.append((at, min(start, last)))
        at = max(at, end)
    return free
