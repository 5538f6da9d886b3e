"""A visit being moved on the week: over a lane of a day, by the wall clock. Pure; no pointer, no painter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime, time
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from desk_app.application.day_plan import DayPlanLine, decode_phases
from desk_app.application.read_models import WeekLine
from desk_app.application.schedule_view import ColumnFit, FitMap
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue
from desk_app.domain.visit_parts import BookedPhase
from desk_app.domain.zone import wall_instant
from desk_app.ui.screens.schedule.held import CARRIED_GRIP, Held
from desk_app.ui.screens.schedule.time_axis import snapped
from desk_app.ui.screens.schedule.visit import codes_of
from desk_app.ui.screens.schedule.week_scene import WHOLE_DAY, Wall, WeekBlock, WeekScene, chain_on


class Origin(NamedTuple):
    """Where it was taken from: a day, and the resource whose lane it lay in."""

    day: date
    code: str


@dataclass(frozen=True, slots=True)
class WeekDrag(Held):
    """``minute`` is the wall-clock minute of the whole visit's start, on the grid of cells.

    ``origin`` is where it was taken from. Each day of the week has a map of where the chain fits, once it is read.
    """

    scene: WeekScene
    line: WeekLine
    chain: tuple[BookedPhase, ...]
    origin: Origin
    column: int
    lane: int
    minute: int
    fit_maps: Mapping[date, FitMap] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return self.line.appointment_id

    @property
    def phases(self) -> Sequence[BookedPhase]:
        return self.chain

    @property
    def home_day(self) -> date:
        return self.origin.day

    @property
    def home_code(self) -> str:
        return self.origin.code

    @property
    def is_away(self) -> bool:
        return self.is_from_tray or self.scene.column_of(self.origin.day) is None

    @property
    def day(self) -> date:
        return self.scene.days[self.column].day

    @property
    def column_code(self) -> str:
        return self.scene.lanes[self.lane].code

    @property
    def start(self) -> datetime:
        clock = time(self.minute // 60, self.minute % 60)
        return wall_instant(self.day, clock, self.scene.axis.zone)

    @property
    def zone(self) -> ZoneInfo:
        return self.scene.axis.zone

    @property
    def signs(self) -> Mapping[str, str]:
        return self.scene.signs

    def moved(self, place: tuple[int, int] | None, pointer_minute: int) -> Self:
        """The drag with the pointer over a lane of a day (None: over neither), in steps of a cell."""
        column, lane = place if place is not None else (self.column, self.lane)
        latest = (WHOLE_DAY - self.cell) // self.cell * self.cell
        minute = max(0, min(snapped(pointer_minute - self.grip, self.cell), latest))
        return replace(self, column=column, lane=lane, minute=minute)

    def stepped(self, columns: int, cells: int) -> Self:
        """By keys it stays in the week and in the hours that are shown. Lanes run on from one day to the next."""
        lanes = len(self.scene.lanes)
        place = self.column * lanes + self.lane + columns
        if not 0 <= place < lanes * len(self.scene.days):
            place -= columns
        minute = self._in_hours(self.minute + cells * self.cell, self.scene)
        return replace(self, column=place // lanes, lane=place % lanes, minute=minute)

    def over(self, scene: WeekScene) -> Self | None:
        """In hand over another week, or the same one anew; None where its visit is no longer as it was taken there."""
        if not scene.lanes or (self._is_at_home_on(scene) and self.line not in (b.line for b in scene.blocks)):
            return None
        codes = [lane.code for lane in scene.lanes]
        return replace(
            self,
            scene=scene,
            column=min(self.column, len(scene.days) - 1),
            lane=codes.index(self.column_code) if self.column_code in codes else 0,
            minute=self._in_hours(self.minute, scene) if self.by_key else self.minute,
            fit_maps={day: each for day, each in self.fit_maps.items() if scene.column_of(day) is not None},
        )

    def shading(self, day: date, fit_map: FitMap) -> Self:
        """With the answer for one day."""
        return replace(self, fit_maps={**self.fit_maps, day: fit_map})

    def _is_at_home_on(self, scene: WeekScene) -> bool:
        is_there = scene.column_of(self.origin.day) is not None
        return is_there and not self.is_request and not self.is_from_tray

    def _in_hours(self, minute: int, scene: WeekScene) -> int:
        return max(scene.axis.first, min(minute, scene.axis.last - self.cell))

    def column_fit(self) -> ColumnFit | None:
        known = self.fit_maps.get(self.day)
        return known.columns.get(self.column_code) if known is not None else None

    def ghosts(self) -> tuple[WeekBlock, ...]:
        """The chain in every lane of the day that it would take."""
        legs = [
            (str(p.kind), int(p.start.timestamp()), int(p.end.timestamp()), False, [("", code) for code in p.resources])
            for p in self.phases_here()
        ]
        return chain_on(self.scene, self.column, self.line, legs)


def begin_week_drag(scene: WeekScene, block: WeekBlock, pointer_minute: int, cell: int) -> WeekDrag:
    """A block taken at the minute under the pointer; it keeps hanging at that point."""
    line, chain = block.line, decode_phases(block.line.phases_text)
    day, code = date.fromordinal(line.day), scene.lanes[block.lane].code
    start = Wall(day, scene.axis.zone).minute(int(chain[0].start.timestamp()))
    column = scene.column_of(day)
    if column is None or column != block.column:  # what is left of it after midnight
        column, hangs_from = block.column, block.start
    else:
        hangs_from = start
    grip = pointer_minute - hangs_from
    return WeekDrag(scene, line, chain, Origin(day, code), column, block.lane, start, grip=grip, cell=cell)


def carried_drag(
    scene: WeekScene, plan_line: DayPlanLine, day: date, catalogue: Catalogue, cell: int
) -> WeekDrag | None:
    """What was taken out of the tray, where a lane is of a kind that it uses; it hangs over the first day."""
    lanes = {lane.code for lane in scene.lanes}
    kinds = {resource.kind for resource in catalogue.resources if resource.code in lanes}
    of_kind = {resource.code for resource in catalogue.resources if resource.kind in kinds}
    chain = plan_line.phases()
    own = next((code for phase in chain for code in codes_of(phase) if code in of_kind), None)
    if own is None:
        return None
    hold = plan_line.hold_until
    line = WeekLine(
        plan_line.appointment_id, day.toordinal(), plan_line.family, plan_line.given, plan_line.procedure_name,
        plan_line.level_names, plan_line.side, plan_line.status,
        int(hold.timestamp()) if hold is not None else None, plan_line.phases_text,
    )  # fmt: skip
    codes = [lane.code for lane in scene.lanes]
    lane = codes.index(own) if own in codes else 0
    start = Wall(day, scene.axis.zone).minute(int(chain[0].start.timestamp()))
    return WeekDrag(
        scene, line, chain, Origin(day, own), 0, lane, start, grip=CARRIED_GRIP, cell=cell, is_from_tray=True
    )
