"""What a column's head and its empty ground say: who works there, how much, what is closed and what is free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from desk_app.application.schedule_view import BLOCKED, CLOSED, RELEASED, RESERVED, SHUT, DayView
from desk_app.domain.practice import Catalogue, Resource, ResourceKind
from desk_app.ui.screens.schedule.scene import Block, Column, Group, Nearness, Scene, ShadeSpan
from desk_app.ui.screens.schedule.time_axis import TimeAxis
from desk_app.ui.screens.schedule.visit_words import tr

FREE_FROM_MINUTES = 60
"""A free stretch at least this long is named in words."""

WEIGHT = (BLOCKED, CLOSED, RESERVED, RELEASED)
"""Which reason is shown where several hold: a blockout says more than closed hours, and both more than a block."""

LEADING = "physician"
"""The capability of a clinician who is named in the head of a room."""


def shaded(column: Column, view: DayView, axis: TimeAxis) -> Column:
    """The column with what is not simply open, in minutes of the day."""
    shades = tuple(
        ShadeSpan(max(0, axis.minute_of(shade.start)), axis.minute_of(shade.end), shade.code, shade.text)
        for shade in view.shading.get(column.code, ())
    )
    return replace(column, shades=uncovered(shades))


def staff(catalogue: Catalogue) -> tuple[Resource, ...]:
    """Clinicians who lead no visit, where others do."""
    clinicians = catalogue.of_kind(ResourceKind.CLINICIAN)
    others = tuple(each for each in clinicians if LEADING not in each.capabilities)
    return others if len(others) < len(clinicians) else ()


def first_opening(scene: Scene) -> int:
    """The first minute at which a wide column is open; the axis's first where none is."""
    opens = [_first_open(scene.axis, column.shades) for column in scene.columns if column.group is Group.MAIN]
    return min((minute for minute in opens if minute < scene.axis.last), default=scene.axis.first)


def _first_open(axis: TimeAxis, shades: Iterable[ShadeSpan]) -> int:
    at = axis.first
    for shade in sorted(shade for shade in shades if shade.code in SHUT):
        if shade.start > at:
            break
        at = max(at, shade.end)
    return at


def uncovered(shades: Iterable[ShadeSpan]) -> tuple[ShadeSpan, ...]:
    """Each minute has one reason only, the weightiest, so that no words stand on other words."""
    left: list[ShadeSpan] = []
    for shade in sorted(shades, key=lambda shade: (WEIGHT.index(shade.code), shade)):
        pieces = [(shade.start, shade.end)]
        for other in left:
            pieces = [piece for start, end in pieces for piece in _outside(start, end, other)]
        left += [shade._replace(start=start, end=end) for start, end in pieces]
    return tuple(sorted(left))


def _outside(start: int, end: int, other: ShadeSpan) -> list[tuple[int, int]]:
    """What remains of a stretch before and after another one."""
    pieces = ((start, min(end, other.start)), (max(start, other.end), end))
    return [(begin, stop) for begin, stop in pieces if begin < stop]


def leaders(catalogue: Catalogue) -> frozenset[str]:
    """The codes of those who lead visits."""
    return frozenset(each.code for each in catalogue.of_kind(ResourceKind.CLINICIAN) if LEADING in each.capabilities)


def described(
    column: Column, catalogue: Catalogue, lead: frozenset[str], axis: TimeAxis, own: Sequence[Block]
) -> Column:
    """The column with its free stretches and the facts of its head, from the blocks in it."""
    takes = [block for block in own if block.near is not Nearness.GONE]
    return replace(
        column,
        free=_free(axis, column.shades, takes) if column.group is Group.MAIN else (),
        people=_people(catalogue, lead, column, takes),
        is_taken=any(block.near is Nearness.NOW for block in own),
        summary=_summary(takes),
    )


def bays_at_once(scene: Scene) -> int:
    """How many recovery bays are needed in the day's fullest minute."""
    stays = [block for block in scene.blocks if block.group is Group.BAYS and block.near is not Nearness.GONE]
    steps = sorted([(block.end, -1) for block in stays] + [(block.start, 1) for block in stays])
    return max(accumulate(step for _, step in steps), default=0)


def _free(axis: TimeAxis, shades: Iterable[ShadeSpan], blocks: Iterable[Block]) -> tuple[tuple[int, int], ...]:
    busy = [(shade.start, shade.end) for shade in shades if shade.code in SHUT]
    busy += [(min(block.start, block.planned[0]), block.end) for block in blocks]
    free: list[tuple[int, int]] = []
    at = axis.first
    for start, end in (*sorted(busy), (axis.last, axis.last)):
        if start - at >= FREE_FROM_MINUTES:
            free.append((at, start))
        at = max(at, end)
    return tuple(free)


def _people(catalogue: Catalogue, lead: frozenset[str], column: Column, blocks: Iterable[Block]) -> str:
    """Who leads the visits of a room, most visits first; for a clinician, the rooms."""
    if column.group is not Group.MAIN:
        return ""
    in_rooms = column.kind is ResourceKind.PROCEDURE_ROOM
    counted: Counter[str] = Counter()
    for block in blocks:
        counted.update((code for code in block.visit.uses if code in lead) if in_rooms else block.visit.rooms)
    return ", ".join(catalogue.resource(code).name for code, _ in counted.most_common())


def _summary(blocks: list[Block]) -> str:
    held = sum(block.near is Nearness.HELD for block in blocks)
    if not blocks:
        return tr("no visits")
    visits = tr("1 visit") if len(blocks) == 1 else tr("{count} visits").format(count=len(blocks))
    return visits + (tr(", {count} held").format(count=held) if held else "")
