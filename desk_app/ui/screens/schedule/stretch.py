"""A visit whose lower edge is drawn down or up: its procedure gets other minutes, and what follows it shifts. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from desk_app.domain.practice import PhaseKind
from desk_app.ui.screens.schedule.drag import Drag, GhostPart
from desk_app.ui.screens.schedule.held import Label
from desk_app.ui.screens.schedule.scene import Block, Group, Part, Scene
from desk_app.ui.screens.schedule.time_axis import snapped
from desk_app.ui.screens.schedule.visit_words import tr

LONGEST = 12 * 60
NEAR = 3
"""Pixels above and below the edge that take hold of it."""

LEAST_HEIGHT = 16
"""A body lower than this is taken hold of as a whole."""


@dataclass(frozen=True, slots=True)
class Stretch(Drag):
    """``minutes`` is the procedure's new length."""

    minutes: int = 0

    @property
    def can_leave(self) -> bool:
        return False

    @property
    def has_moved(self) -> bool:
        return self.minutes != self._planned()

    def moved(self, column: int | None, pointer_minute: int) -> Self:
        end = snapped(pointer_minute - self.grip, self.cell)
        return self._of(end - self.block.body.start)

    def stepped(self, columns: int, cells: int) -> Self:
        return self._of(self.minutes + cells * self.cell)

    def over(self, scene: Scene) -> Drag | None:
        """Nothing is drawn longer on another day."""
        return None

    def back_home(self, scene: Scene) -> Drag | None:
        blocks = scene.by_visit.get(self.block.id, ())
        same = next((each for each in blocks if scene.columns[each.column].code == self.home_code), None)
        if same is None or same.visit.line != self.block.visit.line:
            return None
        return replace(self, scene=scene, block=same, column=same.column)

    def ghosts(self) -> tuple[GhostPart, ...]:
        longer, ended = self.minutes - self._planned(), self.block.body.end
        return tuple(
            GhostPart(
                block.column, tuple(_drawn(part, ended, longer) for part in block.parts), self._foot(block, longer)
            )
            for block in self.scene.by_visit.get(self.block.id, ())
        )

    def label(self) -> Label:
        end = self.scene.axis.clock(self.block.body.start + self.minutes)
        before = tr("was {minutes} min").format(minutes=self._planned())
        return Label(
            tr("Procedure {minutes} min, to {time}").format(minutes=self.minutes, time=end),
            before if self.has_moved else "",
            None,
        )

    def _planned(self) -> int:
        return self.block.body.end - self.block.body.start

    def _of(self, minutes: int) -> Self:
        most = min(LONGEST, self.scene.axis.day_minutes - self.block.body.start) // self.cell * self.cell
        return replace(self, minutes=max(self.cell, min(minutes, most)))

    def _foot(self, block: Block, longer: int) -> str:
        return self.scene.axis.clock(block.end + longer) if block.group is Group.BAYS else block.label


def begin_stretch(scene: Scene, block: Block, pointer_minute: int, cell: int) -> Stretch:
    """The lower edge of a visit's procedure, taken at the minute under the pointer."""
    body = block.body
    planned = scene.axis.minute_of(block.visit.line.start)
    grip = pointer_minute - body.end
    minutes = body.end - body.start
    return Stretch(scene, block, block.column, planned, minutes=minutes, grip=grip, cell=cell)


def can_stretch(block: Block) -> bool:
    """Only where the procedure itself is drawn, whole."""
    return block.group is Group.MAIN and block.body.kind is PhaseKind.PROCEDURE and not block.runs_past


def _drawn(part: Part, ended: int, longer: int) -> Part:
    """A part that spans the procedure grows, one after it shifts."""
    if part.start >= ended:
        return part._replace(start=part.start + longer, end=part.end + longer)
    return part._replace(end=part.end + longer) if part.end >= ended else part
