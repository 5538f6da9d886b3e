"""A visit of a day's board being moved: where it hangs, and its chain in the columns there. Pure; no painter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from desk_app.application.schedule_view import ColumnFit, FitMap, FitPhase, Unfit
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import PhaseKind, ResourceKind
from desk_app.domain.visit_parts import BookedPhase
from desk_app.ui.screens.schedule.held import Held, sign_words
from desk_app.ui.screens.schedule.scene import Block, Group, Part, Scene
from desk_app.ui.screens.schedule.time_axis import TimeAxis, snapped
from desk_app.ui.screens.schedule.visit import Visit


@dataclass(frozen=True, slots=True)
class GhostPart:
    """The moved chain in one column: its parts in minutes of the day, and its words in a narrow one."""

    column: int
    parts: tuple[Part, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Drag(Held):
    """A block of a day's board, now over ``column`` with its visit's start at ``minute``, on the grid of cells.

    ``scene`` is the board it hangs over; ``home`` is the one it was taken from, where that is another.
    """

    scene: Scene
    block: Block
    column: int
    minute: int
    fit_map: FitMap | None = None
    home: Scene | None = None

    @property
    def number(self) -> int:
        return self.block.id

    @property
    def phases(self) -> Sequence[BookedPhase]:
        return self.block.visit.phases

    @property
    def home_day(self) -> date:
        return (self.home or self.scene).axis.day

    @property
    def home_code(self) -> str:
        return (self.home or self.scene).columns[self.block.column].code

    @property
    def is_away(self) -> bool:
        return self.day != self.home_day

    @property
    def day(self) -> date:
        return self.scene.axis.day

    @property
    def column_code(self) -> str:
        return self.scene.columns[self.column].code

    @property
    def start(self) -> datetime:
        return self.scene.axis.instant_of(self.minute)

    @property
    def zone(self) -> ZoneInfo:
        return self.scene.axis.zone

    @property
    def signs(self) -> Mapping[str, str]:
        narrow = (column for column in self.scene.columns if column.group is not Group.MAIN)
        return {column.code: sign_words(column.kind, column.short, column.title) for column in narrow}

    def moved(self, column: int | None, pointer_minute: int) -> Self:
        """The drag with the pointer elsewhere: it snaps to cells and stays in columns of its own kind."""
        stays = column is None or self.scene.columns[column].group is not self.block.group
        minute = snapped(pointer_minute - self.grip, self.cell)
        return replace(self, column=self.column if stays or column is None else column, minute=self._bounded(minute))

    def stepped(self, columns: int, cells: int) -> Self:
        own = self._own_columns(self.scene)
        place = own.index(self.column) + columns
        minute = self.minute + cells * self.cell
        return replace(self, column=own[max(0, min(place, len(own) - 1))], minute=self._in_hours(minute, self.scene))

    def over(self, scene: Scene) -> Drag | None:
        """In hand over another board, its fits not known yet; None where no column there is of its kind."""
        own = self._own_columns(scene)
        if not own:
            return None
        column = next((place for place in own if scene.columns[place].code == self.column_code), own[0])
        same_day = scene.axis.day == self.scene.axis.day
        return replace(
            self,
            scene=scene,
            home=self.home or self.scene,
            column=column,
            minute=self._in_hours(self.minute, scene) if self.by_key else self.minute,
            fit_map=self.fit_map if same_day else None,
        )

    def from_tray(self, column: int | None, minute: int, by_key: bool) -> Drag:
        """Taken out of the tray, to stand at this minute of that column."""
        return replace(self, is_from_tray=True, by_key=by_key).moved(column, minute + self.grip)

    def back_home(self, scene: Scene) -> Drag | None:
        """Over the day it was taken from; None where its visit is no longer as it was taken."""
        blocks = scene.by_visit.get(self.block.id, ())
        same = next((each for each in blocks if scene.columns[each.column].code == self.home_code), None)
        drag = self.over(scene)
        if drag is None or same is None or same.visit.line != self.block.visit.line:
            return None
        return replace(drag, block=same, home=None)

    def _own_columns(self, scene: Scene) -> list[int]:
        return [place for place, column in enumerate(scene.columns) if column.group is self.block.group]

    def _in_hours(self, minute: int, scene: Scene) -> int:
        """By keys it never leaves the hours that are shown."""
        return max(scene.axis.first, min(minute, scene.axis.last - self.cell))

    def _bounded(self, minute: int) -> int:
        latest = (self.scene.axis.day_minutes - self.cell) // self.cell * self.cell
        return max(0, min(minute, latest))

    def column_fit(self) -> ColumnFit | None:
        return self.fit_map.columns.get(self.column_code) if self.fit_map else None

    def ghosts(self) -> tuple[GhostPart, ...]:
        """The chain in every column it would take; where it does not fit, with the resources it has now."""
        phases = self.phases_here()
        return tuple(
            GhostPart(place, parts, self._ghost_label(phases, column.group, parts[-1].end))
            for place, column in enumerate(self.scene.columns)
            if (parts := self._parts(phases, column.code, column.group))
        )

    def _ghost_label(self, phases: Sequence[FitPhase], group: Group, end: int) -> str:
        if group not in (Group.C_ARMS, Group.STAFF):
            return self.scene.axis.clock(end)
        shown = {column.code for column in self.scene.columns if column.kind is ResourceKind.PROCEDURE_ROOM}
        rooms = shown | set(self.block.visit.rooms)
        return ", ".join(dict.fromkeys(code for phase in phases for code in phase.resources if code in rooms))

    def _parts(self, phases: Sequence[FitPhase], code: str, group: Group) -> tuple[Part, ...]:
        axis, longest = self.scene.axis, self.scene.axis.day_minutes
        own = [phase for phase in phases if code in phase.resources and phase.kind != PhaseKind.OVERNIGHT]
        parts = tuple(
            Part(PhaseKind(phase.kind), axis.minute_of(phase.start), min(axis.minute_of(phase.end), longest))
            for phase in own
        )
        if group is Group.MAIN or len(parts) < 2:
            return parts
        return (Part(parts[0].kind, parts[0].start, parts[-1].end),)


def begin_drag(scene: Scene, block: Block, pointer_minute: int, cell: int) -> Drag:
    """A block taken at the minute under the pointer; it keeps hanging at that point."""
    start = _start_in_view(scene.axis, block.visit, block)
    planned = scene.axis.minute_of(block.visit.line.start)
    return Drag(scene, block, block.column, planned, grip=pointer_minute - start, cell=cell)


def _start_in_view(axis: TimeAxis, visit: Visit, block: Block) -> int:
    """The visit's start as drawn: planned, plus the slip of this block."""
    return axis.minute_of(visit.line.start) + block.start - block.planned[0]


def open_spans(column: ColumnFit, cell: int) -> tuple[tuple[datetime, datetime], ...]:
    """Consecutive starts of a column joined into stretches ``[first, last + one cell)``."""
    return tuple((span.start, span.end) for span in _joined(((fit.start, "") for fit in column.fits), cell))


def warned_spans(column: ColumnFit, cell: int) -> tuple[Unfit, ...]:
    """Consecutive starts that need a reason, joined where what speaks against them is the same."""
    return _joined(((warned.fit.start, warned.reason) for warned in column.warned), cell)


def _joined(starts: Iterable[tuple[datetime, str]], cell: int) -> tuple[Unfit, ...]:
    spans: list[Unfit] = []
    step = timedelta(minutes=cell)
    for start, words in starts:
        if spans and spans[-1].end == start and spans[-1].reason == words:
            spans[-1] = spans[-1]._replace(end=start + step)
        else:
            spans.append(Unfit(start, start + step, words))
    return tuple(spans)
