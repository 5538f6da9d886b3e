"""A visit being moved: where it hangs, where it would stand, and what that place says. Pure; no pointer, no painter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from desk_app.application.schedule_view import ColumnFit, Fit, FitMap, FitPhase, Unfit
from desk_app.application.wording import clock, weekday_date
from desk_app.domain.practice import PhaseKind, ResourceKind
from desk_app.domain.zone import local_date
from desk_app.ui.screens.schedule.scene import Block, Column, Group, Part, Scene
from desk_app.ui.screens.schedule.time_axis import TimeAxis, snapped
from desk_app.ui.screens.schedule.visit import Visit, codes_of
from desk_app.ui.screens.schedule.visit_words import tr


@dataclass(frozen=True, slots=True)
class GhostPart:
    """The moved chain in one column: its parts in minutes of the day, and its words in a narrow one."""

    column: int
    parts: tuple[Part, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Label:
    """What the place says: ``head`` in bold ("Setup 09:30 fits"), then the ``tail``. ``fits`` None: not known yet.

    A warning fits too, if somebody with the right says why.
    """

    head: str
    tail: str
    fits: bool | None
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Drag:
    """A block held at ``grip`` minutes below its visit's start, now over ``column`` with its start at ``minute``.

    ``minute`` is the start of the whole visit, on the grid of cells. ``scene`` is the board it hangs over; ``home`` is
    the one it was taken from, where that is another. ``by_key``: it follows the arrow keys, not the pointer.
    """

    scene: Scene
    block: Block
    grip: int
    column: int
    minute: int
    cell: int
    fit_map: FitMap | None = None
    home: Scene | None = None
    by_key: bool = False
    is_from_tray: bool = False
    is_over_tray: bool = False

    @property
    def home_day(self) -> date:
        """The day it was taken from."""
        return (self.home or self.scene).axis.day

    @property
    def is_away(self) -> bool:
        return self.scene.axis.day != self.home_day

    @property
    def home_code(self) -> str:
        """The column it was taken from."""
        return (self.home or self.scene).columns[self.block.column].code

    @property
    def has_moved(self) -> bool:
        """Whether a drop here would change anything."""
        return self.is_request or (self.start, self.column_code) != (self.block.visit.line.start, self.home_code)

    @property
    def is_request(self) -> bool:
        """Nothing is booked yet: a drop books it."""
        return self.block.id < 0

    @property
    def start(self) -> datetime:
        """The instant at which the visit would start."""
        return self.scene.axis.instant_of(self.minute)

    @property
    def column_code(self) -> str:
        return self.scene.columns[self.column].code

    def moved(self, column: int | None, pointer_minute: int) -> Drag:
        """The drag with the pointer elsewhere: it snaps to cells and stays in columns of its own kind."""
        stays = column is None or self.scene.columns[column].group is not self.block.group
        minute = snapped(pointer_minute - self.grip, self.cell)
        return replace(self, column=self.column if stays or column is None else column, minute=self._bounded(minute))

    def stepped(self, columns: int, cells: int) -> Drag:
        """So many columns of its own kind to the side, and so many cells later."""
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
        """What is known about the column under the pointer."""
        return self.fit_map.columns.get(self.column_code) if self.fit_map else None

    def fit(self) -> Fit | None:
        """The chain as it would fit at this start, be it only with a reason."""
        known = self.column_fit()
        if known is None:
            return None
        warned = known.warning(self.start)
        return warned.fit if warned else known.at(self.start)

    def ghosts(self) -> tuple[GhostPart, ...]:
        """The chain in every column it would take; where it does not fit, with the resources it has now."""
        fit = self.fit()
        phases = fit.phases if fit else self._as_it_is()
        return tuple(
            GhostPart(place, parts, self._ghost_label(phases, column.group, parts[-1].end))
            for place, column in enumerate(self.scene.columns)
            if (parts := self._parts(phases, column.code, column.group))
        )

    def label(self) -> Label:
        """The sentence that hangs on the pointer."""
        if self.is_over_tray:
            return Label(tr("Into the tray"), tr("it keeps its place until it is dropped elsewhere"), None)
        zone = self.scene.axis.zone
        first = self.block.visit.phases[0].kind
        what = tr("Setup {time}") if first is PhaseKind.SETUP else tr("Start {time}")
        day = f"{weekday_date(self.scene.axis.day)} " if self.is_away else ""
        at = what.format(time=day + clock(self.start, zone))
        known = self.column_fit()
        if known is None:
            return Label(at, "", None)
        warned, fit = known.warning(self.start), known.at(self.start)
        if warned is not None:
            words = tr("{start} with a reason") if warned.needs_reason else tr("{start} fits, but")
            return Label(words.format(start=at), warned.reason, True, is_warning=True)
        if fit is None:
            return Label(at, known.reason(self.start) or tr("does not fit"), False)
        return Label(tr("{start} fits").format(start=at), self._resources(fit), True)

    def _resources(self, fit: Fit) -> str:
        """The narrow columns' resources and when the patient goes home: ``C-arm A, bay 4, home 12:40``."""
        zone = self.scene.axis.zone
        signs = {column.code: column for column in self.scene.columns if column.group is not Group.MAIN}
        words = [_sign(signs[code]) for code in fit.codes() if code in signs]
        same_day = local_date(fit.end, zone) == self.scene.axis.day
        home = clock(fit.end, zone) if same_day else weekday_date(local_date(fit.end, zone))
        return ", ".join([*words, tr("home {time}").format(time=home)])

    def _as_it_is(self) -> tuple[FitPhase, ...]:
        visit = self.block.visit
        shift = self.start - visit.line.start
        old, new = self.home_code, self.column_code
        return tuple(
            FitPhase(
                phase.kind,
                phase.start + shift,
                phase.end + shift,
                tuple(new if code == old else code for code in codes_of(phase)),
            )
            for phase in visit.phases
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


def _sign(column: Column) -> str:
    """A narrow column's resource within a sentence."""
    if column.group is Group.STAFF:
        return column.title
    is_c_arm = column.kind is ResourceKind.C_ARM
    return (tr("C-arm {sign}") if is_c_arm else tr("bay {sign}")).format(sign=column.short)


def begin_drag(scene: Scene, block: Block, pointer_minute: int, cell: int) -> Drag:
    """A block taken at the minute under the pointer; it keeps hanging at that point."""
    start = _start_in_view(scene.axis, block.visit, block)
    planned = scene.axis.minute_of(block.visit.line.start)
    return Drag(scene, block, pointer_minute - start, block.column, planned, cell)


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
