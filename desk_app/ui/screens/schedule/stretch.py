"""A visit whose lower edge is drawn down or up: its procedure gets other minutes, and what follows it shifts. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Self

from desk_app.application.schedule_view import ColumnFit, Fit, FitMap, LengthMap, Unfit, Warned
from desk_app.domain.dataclass import dataclass
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
        """In whole cells of its own minutes: a visit that runs late is drawn to no minute of the grid."""
        return self._of(snapped(pointer_minute - self.grip - self.block.body.start, self.cell))

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

    def knowing(self, known: LengthMap) -> Self:
        """With the lengths that fit as stretches of its column: each is the cell above the edge it would have."""
        fits, warned, unfit = [], [], []
        for length in known.lengths:
            start, end = self._last_cell(length.minutes)
            if not length.fits:
                unfit.append(Unfit(start, end, length.reason))
            elif length.reason:
                warned.append(Warned(Fit(start, end, ()), length.reason))
            else:
                fits.append(Fit(start, end, ()))
        column = ColumnFit(tuple(fits), tuple(_joined(unfit)), tuple(warned))
        return replace(self, fit_map=FitMap(self.number, known.cell_minutes, {self.column_code: column}, of_ends=True))

    def column_fit(self) -> ColumnFit | None:
        return self.fit_map.columns.get(self.column_code) if self.fit_map is not None else None

    def label(self) -> Label:
        """Its new length, and whether that fits or why not."""
        end = self.scene.axis.clock(self.block.body.start + self.minutes)
        head = tr("Procedure {minutes} min, to {time}").format(minutes=self.minutes, time=end)
        was = tr("was {minutes} min").format(minutes=self._planned()) if self.has_moved else ""
        known, (edge, _) = self.column_fit(), self._last_cell(self.minutes)
        if known is None:
            return Label(head, was, None)
        tail = ", ".join(part for part in (was, self._longest(known)) if part)
        if not self.has_moved:
            return Label(head, tail, None)
        warned = known.warning(edge)
        if warned is not None:
            words = tr("{start} with a reason") if warned.needs_reason else tr("{start} fits, but")
            return Label(words.format(start=head), warned.reason, True, is_warning=True)
        if known.at(edge) is None:
            return Label(head, known.reason(edge) or tr("does not fit"), False)
        return Label(tr("{start} fits").format(start=head), tail, True)

    def _longest(self, known: ColumnFit) -> str:
        """How far it could be drawn."""
        if not known.fits:
            return ""
        end = self.scene.axis.minute_of(known.fits[-1].end)
        return tr("up to {minutes} min fit").format(minutes=end - self.block.body.start)

    def _last_cell(self, minutes: int) -> tuple[datetime, datetime]:
        """The cell of the column that a procedure of so many minutes would end with."""
        end = self.block.body.start + minutes
        return self.scene.axis.instant_of(end - self.cell), self.scene.axis.instant_of(end)

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


def _joined(pieces: Iterable[Unfit]) -> list[Unfit]:
    """Neighbours with the same reason as one."""
    joined: list[Unfit] = []
    for piece in pieces:
        if joined and joined[-1].end == piece.start and joined[-1].reason == piece.reason:
            joined[-1] = joined[-1]._replace(end=piece.end)
        else:
            joined.append(piece)
    return joined
