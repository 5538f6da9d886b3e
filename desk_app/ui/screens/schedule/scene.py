"""What the board shows, in minutes: columns and blocks as plain values. Nothing here knows of pixels.

A visit stands in every column whose resource it uses: its room (or clinician) with setup and turnover as strips
around the body, its C-arm, its recovery bay. Overlaps within a column lie in lanes side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum, IntEnum
from typing import NamedTuple

from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import PhaseKind, ResourceKind
from desk_app.ui.screens.schedule.time_axis import TimeAxis
from desk_app.ui.screens.schedule.visit import Visit
from desk_app.ui.screens.schedule.visit_words import Words

STRIPS = frozenset({PhaseKind.SETUP, PhaseKind.TURNOVER})
"""Phases drawn as hatched strips around the body."""


class Group(IntEnum):
    """Columns side by side that are of a kind; a gap lies between groups."""

    MAIN = 0
    C_ARMS = 1
    STAFF = 2
    BAYS = 3


class Nearness(Enum):
    """How near it is, said by the fill."""

    COMING = "coming"
    NOW = "now"
    DONE = "done"
    HELD = "held"
    GONE = "gone"

    __hash__ = object.__hash__  # members are looked up thousands of times a painting; Enum's own hash is Python


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """Which columns are shown: by ``rooms`` or ``clinicians``, without the hidden codes; cancelled visits or not.

    ``with_staff``: clinicians who lead no visit (sedation, anaesthesia) stand beside, each in a narrow column.
    """

    by: str = "rooms"
    hidden: frozenset[str] = frozenset()
    with_cancelled: bool = False
    with_staff: bool = False


class ShadeSpan(NamedTuple):
    """A shaded stretch of a column, in minutes of the day."""

    start: int
    end: int
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """One resource. ``short`` is its sign under a group's head ("A", "4")."""

    code: str
    kind: ResourceKind
    group: Group
    title: str
    short: str
    people: str = ""
    summary: str = ""
    shades: tuple[ShadeSpan, ...] = ()
    free: tuple[tuple[int, int], ...] = ()
    is_taken: bool = False


class Part(NamedTuple):
    """One phase within a block, expected minutes."""

    kind: PhaseKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A visit in one column. ``planned`` is its stretch before any slip; ``label`` its words in a narrow column."""

    visit: Visit
    words: Words
    column: int
    group: Group
    near: Nearness
    parts: tuple[Part, ...]
    planned: tuple[int, int]
    label: str
    lane: int = 0
    lanes: int = 1
    runs_past: bool = False

    @property
    def id(self) -> int:
        return self.visit.id

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return self.parts[-1].end

    @property
    def body(self) -> Part:
        """The part that carries the words: the first that is neither setup nor turnover."""
        for part in self.parts:
            if part.kind not in STRIPS:
                return part
        return self.parts[0]

    @property
    def slipped(self) -> bool:
        return self.end > self.planned[1]


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Columns from left to right and every block in them, by column and start. One equals only itself."""

    axis: TimeAxis
    columns: tuple[Column, ...]
    blocks: tuple[Block, ...]
    by_visit: Mapping[int, tuple[Block, ...]] = field(default_factory=dict)

    def main_block(self, appointment_id: int) -> Block | None:
        """The block that carries a visit's words: in a room or clinician column before any other."""
        blocks = self.by_visit.get(appointment_id, ())
        return blocks[0] if blocks else None
