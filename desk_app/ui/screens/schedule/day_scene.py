"""From a day's plan to the scene: which columns, which hours, and a block for every resource a visit uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

from desk_app.application.schedule_view import CLOSED, DayView, open_stretches, pack_lanes
from desk_app.application.wording import clock
from desk_app.domain.made_once import MadeOnce
from desk_app.domain.practice import Catalogue, PhaseKind, Resource, ResourceKind
from desk_app.domain.statuses import GONE_VISITS
from desk_app.domain.statuses import AppointmentStatus as Status
from desk_app.domain.visit_parts import BookedPhase
from desk_app.domain.zone import local_date, zone_of
from desk_app.ui.screens.schedule.column_facts import described, leaders, shaded, staff
from desk_app.ui.screens.schedule.expected import ON_TIME, Slip, expected_slips
from desk_app.ui.screens.schedule.scene import STRIPS, Block, Column, ColumnChoice, Group, Nearness, Part, Scene
from desk_app.ui.screens.schedule.time_axis import TimeAxis
from desk_app.ui.screens.schedule.visit import Visit, visit_of
from desk_app.ui.screens.schedule.visit_words import Words, near_day, words_of

DEFAULT_HOURS = (8 * 60, 17 * 60)
"""The hours of a day on which nothing is open and nobody comes."""


def _nearness(status: Status, group: Group) -> Nearness:
    if status in GONE_VISITS:
        return Nearness.GONE
    if status is Status.HELD:
        return Nearness.HELD
    if status is Status.IN_PROCEDURE:
        return Nearness.COMING if group is Group.BAYS else Nearness.NOW
    if status is Status.IN_RECOVERY:
        return Nearness.NOW if group is Group.BAYS else Nearness.DONE
    if status in (Status.AMBULATING, Status.OVERNIGHT, Status.DISCHARGED):
        return Nearness.DONE
    return Nearness.COMING


NEARNESS = {(status, group): _nearness(status, group) for status in Status for group in Group}


def build_scene(view: DayView, choice: ColumnChoice, now: datetime, zoom: int) -> Scene:
    """The scene of a day as of now."""
    kinds = {resource.code: resource.kind for resource in view.catalogue.resources}
    visits = [visit_of(line, kinds) for line in view.plan.lines]
    shown = [visit for visit in visits if visit.status is not Status.CANCELLED or choice.with_cancelled]
    columns = _columns(view.catalogue, choice)
    axis = _axis(view, columns, shown, zoom)
    columns = tuple(shaded(column, view, axis) for column in columns)
    is_today = axis.minute_of(now) in range(axis.day_minutes)
    slips = expected_slips(visits, now, view.catalogue.resources) if is_today else {}
    blocks = _Blocks(axis, columns, slips, now, near_day(local_date(now, axis.zone), view.calendar)).of(shown)
    by_visit: dict[int, tuple[Block, ...]] = {}
    by_column: dict[int, list[Block]] = {}
    for block in blocks:
        by_visit[block.id] = (*by_visit.get(block.id, ()), block)
        by_column.setdefault(block.column, []).append(block)
    lead = leaders(view.catalogue)
    facts = tuple(
        described(column, view.catalogue, lead, axis, by_column.get(place, [])) for place, column in enumerate(columns)
    )
    return Scene(axis, facts, blocks, by_visit)


def chain_in(scene: Scene, visit: Visit, now: datetime) -> tuple[Block, ...]:
    """The blocks of one more visit in the columns of a scene, as if it were alone in them."""
    return _Blocks(scene.axis, scene.columns, {}, now).of((visit,))


def main_kind(choice: ColumnChoice) -> ResourceKind:
    """The kind of resource the wide columns stand for."""
    return ResourceKind.CLINICIAN if choice.by == "clinicians" else ResourceKind.PROCEDURE_ROOM


def _columns(catalogue: Catalogue, choice: ColumnChoice) -> tuple[Column, ...]:
    def shown(kind: ResourceKind) -> list[Resource]:
        return [resource for resource in catalogue.of_kind(kind) if resource.code not in choice.hidden]

    main = shown(main_kind(choice))
    groups = (
        (Group.MAIN, main),
        (Group.C_ARMS, shown(ResourceKind.C_ARM)),
        (Group.STAFF, [each for each in staff(catalogue) if each not in main] if choice.with_staff else []),
        (Group.BAYS, shown(ResourceKind.RECOVERY_BAY)),
    )
    return tuple(
        Column(each.code, each.kind, group, each.name, _sign(group, each))
        for group, resources in groups
        for each in resources
    )


def _sign(group: Group, resource: Resource) -> str:
    """People by their code: the end of "M. Lindahl RN" tells nobody apart."""
    return resource.code if group is Group.STAFF else short_sign(resource.name, resource.code)


def short_sign(name: str, code: str) -> str:
    """What tells one of a kind from the next: the last word of "C-arm A" or "Bay 4", else the code."""
    last = name.split()[-1] if name.split() else code
    return last if len(last) <= 2 else code


def _axis(view: DayView, columns: Iterable[Column], visits: Iterable[Visit], zoom: int) -> TimeAxis:
    """Whole hours around what is open in the wide columns and every visit, wherever it lies."""
    zone = zone_of(view.catalogue.settings)
    whole = TimeAxis(view.plan.day, zone, 0, 0, zoom)
    limits = whole.instant_of(0), whole.instant_of(whole.day_minutes)
    spans = [
        (whole.minute_of(start), whole.minute_of(end))
        for column in columns
        if column.group is Group.MAIN and column.code in view.shading
        for start, end in open_stretches(view.shading[column.code], *limits)
    ]
    spans += [
        (whole.minute_of(phase.start), whole.minute_of(phase.end))
        for visit in visits
        for phase in visit.phases
        if phase.kind is not PhaseKind.OVERNIGHT and phase.end > limits[0] and phase.start < limits[1]
    ]
    first = min((start for start, _ in spans), default=DEFAULT_HOURS[0])
    last = max((end for _, end in spans), default=DEFAULT_HOURS[1])
    first, last = max(0, first) // 60 * 60, -(-min(last, whole.day_minutes) // 60) * 60
    return replace(whole, first=first, last=min(max(last, first + 60), whole.day_minutes))


class _Blocks:
    """Makes the blocks of all columns with their lanes."""

    def __init__(
        self,
        axis: TimeAxis,
        columns: tuple[Column, ...],
        slips: Mapping[int, Slip],
        now: datetime,
        near: date | None = None,
    ) -> None:
        self._axis = axis
        self._columns = columns
        self._slips = slips
        self._now = now
        self._near = near
        self._closings = [
            [(minute, axis.instant_of(minute)) for minute in sorted(_closings(column))] for column in columns
        ]
        self._ends = axis.instant_of(axis.day_minutes)
        self._minutes = MadeOnce[datetime, int](lambda instant: max(0, min(axis.minute_of(instant), axis.day_minutes)))
        """The minute of this day at an instant, or the day's nearest; phases that follow one another share theirs."""

    def of(self, visits: Iterable[Visit]) -> tuple[Block, ...]:
        """Every block, by column, then start."""
        by_column: list[list[Block]] = [[] for _ in self._columns]
        places = {column.code: place for place, column in enumerate(self._columns)}
        for visit in visits:
            slip = self._slips.get(visit.id, ON_TIME)
            words = words_of(visit, slip, self._now, self._axis.zone, self._near)
            for code in visit.uses:
                block = self._block(visit, slip, words, places[code]) if code in places else None
                if block is not None:
                    by_column[block.column].append(block)
        return tuple(block for blocks in by_column for block in _in_lanes(blocks))

    def _block(self, visit: Visit, slip: Slip, words: Words, place: int) -> Block | None:
        column = self._columns[place]
        group, phases = column.group, visit.uses[column.code]
        if visit.is_gone and group is not Group.MAIN:
            return None
        expected = [slip.expected(phase) for phase in phases]
        parts = self._parts(phases, expected)
        if not parts and slip is not ON_TIME:
            parts = self._parts(phases, [ON_TIME.expected(phase) for phase in phases])
        if not parts:
            return None
        leave = max([end for _, end in expected])
        return Block(
            visit,
            words,
            place,
            group,
            NEARNESS[visit.status, group],
            parts if group is Group.MAIN else _joined(parts),
            (self._minutes[phases[0].start], self._minutes[max([phase.end for phase in phases])]),
            self._label(visit, group, leave),
            runs_past=self._runs_past(place, parts[0].start, leave),
        )

    def _parts(self, phases: Sequence[BookedPhase], spans: Iterable[tuple[datetime, datetime]]) -> tuple[Part, ...]:
        """The phases within this day; none where all of them lie beyond midnight."""
        minutes = self._minutes
        parts = [
            Part(phase.kind, minutes[start], minutes[end]) for phase, (start, end) in zip(phases, spans, strict=True)
        ]
        return tuple([part for part in parts if part.end > part.start and part.kind is not PhaseKind.OVERNIGHT])

    def _runs_past(self, place: int, start: int, leave: datetime) -> bool:
        """Whether it stays after the column closes, or beyond midnight."""
        for minute, instant in self._closings[place]:
            if minute > start:
                return leave > instant
        return leave > self._ends

    def _label(self, visit: Visit, group: Group, leave: datetime) -> str:
        if group in (Group.C_ARMS, Group.STAFF):
            return ", ".join(visit.rooms)
        return clock(leave, self._axis.zone) if group is Group.BAYS else ""


def _joined(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Neighbouring phases of a narrow column as one."""
    body = next((part for part in parts if part.kind not in STRIPS), parts[0])
    return (Part(body.kind, parts[0].start, max(part.end for part in parts)),)


def _closings(column: Column) -> Iterator[int]:
    return (shade.start for shade in column.shades if shade.code == CLOSED)


def _in_lanes(blocks: list[Block]) -> list[Block]:
    blocks.sort(key=lambda block: (block.start, block.end, block.id))
    if _follow_one_another(blocks):
        return blocks
    blocks = [_cleaned(before, after) for before, after in pairwise(blocks)] + blocks[-1:]
    if _follow_one_another(blocks):
        return blocks
    lanes = pack_lanes([(block.start, block.end) for block in blocks])
    return [
        replace(block, lane=lane, lanes=count) if count > 1 else block
        for block, (lane, count) in zip(blocks, lanes, strict=True)
    ]


def _follow_one_another(blocks: Sequence[Block]) -> bool:
    return all(after.start >= before.end for before, after in pairwise(blocks))


def _cleaned(before: Block, after: Block) -> Block:
    """The one before with its turnover ended where the next has really begun: cleaning was over by then."""
    last = before.parts[-1]
    has_begun = after.near in (Nearness.NOW, Nearness.DONE)
    if before.near is Nearness.DONE and has_begun and last.kind is PhaseKind.TURNOVER and last.start < after.start:
        return replace(before, parts=(*before.parts[:-1], last._replace(end=min(last.end, after.start))))
    return before
