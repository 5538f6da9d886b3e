"""From a week's visits to its scene: a column a day, a lane in it for each room (or clinician), a block a visit. No Qt.

Minutes are those of the wall clock, so that one gutter serves all days. Where a clock goes back, what comes twice
lies side by side; where it goes forward, nothing lies in the hour that is missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from desk_app.application.read_models import WeekLine
from desk_app.application.schedule_view import SHUT, pack_lanes
from desk_app.application.span_view import WeekView
from desk_app.application.wording import count, weekday_date
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import PhaseKind, Resource, ResourceKind
from desk_app.domain.statuses import AppointmentStatus as Status
from desk_app.domain.zone import day_span, local_date, midnight, zone_of
from desk_app.ui.screens.schedule.column_facts import uncovered
from desk_app.ui.screens.schedule.day_scene import DEFAULT_HOURS, short_sign
from desk_app.ui.screens.schedule.held import sign_words
from desk_app.ui.screens.schedule.scene import STRIPS, ColumnChoice, Nearness, ShadeSpan
from desk_app.ui.screens.schedule.time_axis import DEFAULT_ZOOM, TimeAxis
from desk_app.ui.screens.schedule.visit_words import tr

WHOLE_DAY = 24 * 60
WORKDAYS = 5
"""Monday to Friday are always there; Saturday and Sunday where a room is open or somebody comes."""

KINDS = {"rooms": ResourceKind.PROCEDURE_ROOM, "clinicians": ResourceKind.CLINICIAN}


Leg = tuple[str, int, int, bool, Sequence[tuple[str, str]]]
"""One phase as it is stored: kind, start and end in epoch seconds, whether it is beside the visit, what serves it."""


class WeekLane(NamedTuple):
    """One resource within every day: its code, its sign under the day's head, its whole name."""

    code: str
    short: str
    name: str


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One column: what its head says, and the shading of each lane."""

    day: date
    note: str = ""
    holiday: str = ""
    is_today: bool = False
    shades: tuple[tuple[ShadeSpan, ...], ...] = ()


class WeekBlock(NamedTuple):
    """A visit in one lane of one day, wall-clock minutes; the body is what is neither setup nor turnover."""

    line: WeekLine
    column: int
    lane: int
    start: int
    end: int
    body: tuple[int, int]
    clock: str
    near: Nearness
    part: int = 0
    parts: int = 1

    @property
    def id(self) -> int:
        return self.line.appointment_id


@dataclass(frozen=True, slots=True)
class WeekScene:
    """Days from left to right, lanes within each, every block by day, lane and start. ``title`` says of what."""

    axis: TimeAxis
    days: tuple[WeekDay, ...]
    lanes: tuple[WeekLane, ...]
    blocks: tuple[WeekBlock, ...]
    title: str = ""
    signs: Mapping[str, str] = field(default_factory=dict)
    """The words for C-arms and bays, by their codes."""

    def column_of(self, day: date) -> int | None:
        return next((place for place, each in enumerate(self.days) if each.day == day), None)

    def of_day(self, column: int) -> tuple[WeekBlock, ...]:
        """The visits of a day by time, each once."""
        found = {block.id: block for block in self.blocks if block.column == column}
        return tuple(sorted(found.values(), key=lambda block: (block.start, block.lane, block.id)))


def build_week(
    view: WeekView, choice: ColumnChoice, subject: str, now: datetime, zoom: int = DEFAULT_ZOOM
) -> WeekScene:
    """The scene of a week as of now; ``subject`` is one resource's code, or empty for all that are chosen."""
    resources, title = _resources(view, choice, subject)
    zone = zone_of(view.catalogue.settings)
    shown = [line for line in view.lines if line.status != Status.CANCELLED or choice.with_cancelled]
    blocks = _Blocks(view.days, tuple(each.code for each in resources), zone).of(shown)
    days = tuple(_day(view, each, resources, blocks, place, now, zone) for place, each in enumerate(view.days))
    kept = [place for place, each in enumerate(days) if place < WORKDAYS or not _is_idle(each, blocks, place)]
    places = {place: number for number, place in enumerate(kept)}
    blocks = [block._replace(column=places[block.column]) for block in blocks if block.column in places]
    lanes = tuple(WeekLane(each.code, _sign(each), each.name) for each in resources)
    axis = _axis([days[place] for place in kept], blocks, zone, zoom)
    signs = {
        each.code: sign_words(kind, short_sign(each.name, each.code), each.name)
        for kind in (ResourceKind.C_ARM, ResourceKind.RECOVERY_BAY)
        for each in view.catalogue.of_kind(kind)
    }
    return WeekScene(axis, tuple(days[place] for place in kept), lanes, _side_by_side(blocks), title, signs)


def chain_on(scene: WeekScene, column: int, line: WeekLine, legs: Iterable[Leg]) -> tuple[WeekBlock, ...]:
    """A visit's blocks in the lanes of one day, with other legs than it has."""
    day = scene.days[column].day
    makes = _Blocks((day,), tuple(lane.code for lane in scene.lanes), scene.axis.zone)
    blocks = makes.of_one(line._replace(day=day.toordinal()), legs)
    return tuple(block._replace(column=column) for block in blocks)


def _resources(view: WeekView, choice: ColumnChoice, subject: str) -> tuple[tuple[Resource, ...], str]:
    one = next((each for each in view.catalogue.resources if each.code == subject), None)
    if one is not None:
        return (one,), one.name
    every = view.catalogue.of_kind(KINDS.get(choice.by, ResourceKind.PROCEDURE_ROOM))
    title = tr("All clinicians") if choice.by == "clinicians" else tr("All rooms")
    return tuple(each for each in every if each.code not in choice.hidden), title


def _sign(resource: Resource) -> str:
    """ "4" of "Room 4", else the code."""
    last = resource.name.split()[-1] if resource.name.split() else ""
    return last if 0 < len(last) <= 2 else resource.code


def _is_idle(day: WeekDay, blocks: Iterable[WeekBlock], place: int) -> bool:
    shut = all(any(s.code in SHUT and s.start <= 0 and s.end >= WHOLE_DAY for s in shades) for shades in day.shades)
    return shut and not any(block.column == place for block in blocks)


def _day(
    view: WeekView,
    day: date,
    resources: tuple[Resource, ...],
    blocks: Iterable[WeekBlock],
    place: int,
    now: datetime,
    zone: ZoneInfo,
) -> WeekDay:
    wall, shading = Wall(day, zone), view.shading.get(day, {})
    shades = tuple(
        uncovered(
            ShadeSpan(wall.minute(int(s.start.timestamp())), wall.end(int(s.end.timestamp())), s.code, s.text)
            for s in shading.get(each.code, ())
        )
        for each in resources
    )
    visits = {block.id for block in blocks if block.column == place and block.near is not Nearness.GONE}
    note = count(len(visits), tr("visit"), tr("visits")) if visits else tr("no visits")
    return WeekDay(day, note, view.holidays.get(day, ""), local_date(now, zone) == day, shades)


class Wall:
    """Epoch seconds as minutes of one day's wall clock, cut to that day."""

    def __init__(self, day: date, zone: ZoneInfo) -> None:
        self._day, self._zone = day, zone
        begin, end = day_span(day, zone)
        self.begin_s, self.end_s = int(begin.timestamp()), int(end.timestamp())
        self._is_plain = self.end_s - self.begin_s == WHOLE_DAY * 60

    def minute(self, second: int) -> int:
        if second <= self.begin_s:
            return 0
        if second >= self.end_s:
            return WHOLE_DAY
        if self._is_plain:
            return (second - self.begin_s) // 60
        local = datetime.fromtimestamp(second, UTC).astimezone(self._zone)
        return local.hour * 60 + local.minute

    def end(self, second: int) -> int:
        """Of what ends then: at the missing hour the wall clock has already jumped, and the end lies before it."""
        if self._is_plain or second <= self.begin_s or second >= self.end_s:
            return self.minute(second)
        return self.minute(second - 60) + 1


class _Blocks:
    """Makes the blocks of a week, day by day: a visit over midnight has one in each."""

    def __init__(self, days: tuple[date, ...], codes: tuple[str, ...], zone: ZoneInfo) -> None:
        self._walls = [Wall(day, zone) for day in days]
        self._first = days[0].toordinal()
        self._lanes = {code: place for place, code in enumerate(codes)}

    def of(self, lines: Iterable[WeekLine]) -> list[WeekBlock]:
        found: list[WeekBlock] = []
        for line in lines:
            found += self.of_one(line, json.loads(line.phases_text))
        found.sort(key=lambda block: (block.column, block.lane, block.start, block.end, block.id))
        return found

    def of_one(self, line: WeekLine, legs: Iterable[Leg]) -> Iterable[WeekBlock]:
        for code, (start, end, body) in self._spans(legs).items():
            yield from self._of_days(line, self._lanes[code], start, end, body)

    def _spans(self, legs: Iterable[Leg]) -> Mapping[str, tuple[int, int, tuple[int, int]]]:
        """For each lane's resource: seconds from its first to its last phase, and those of the body."""
        found: dict[str, tuple[int, int, tuple[int, int]]] = {}
        for kind, start, end, _, served in legs:
            if kind == PhaseKind.OVERNIGHT:
                continue
            for _, code in served:
                if code in self._lanes:
                    found[code] = _longer(found.get(code), start, end, kind in STRIPS)
        return found

    def _of_days(self, line: WeekLine, lane: int, start: int, end: int, body: tuple[int, int]) -> Iterable[WeekBlock]:
        near = _nearness(line.status)
        for place in (line.day - self._first, line.day - self._first + 1):
            if not 0 <= place < len(self._walls):
                continue
            wall = self._walls[place]
            if end > wall.begin_s and start < wall.end_s:
                top = wall.minute(start)
                bottom = wall.end(end)
                if bottom <= top:  # the clock went back meanwhile
                    bottom = min(top + max(1, (end - start) // 60), WHOLE_DAY)
                low = max(top, wall.minute(body[0]))
                high = min(bottom, max(low, wall.end(body[1])))
                clock = f"{low // 60:02}:{low % 60:02}"
                yield WeekBlock(line, place, lane, top, bottom, (low, high), clock, near)


def _longer(
    known: tuple[int, int, tuple[int, int]] | None, start: int, end: int, is_strip: bool
) -> tuple[int, int, tuple[int, int]]:
    own = (start, end)
    if known is None:
        return start, end, own
    body = known[2]
    if not is_strip:
        was_strip = body[0] == known[0] and body[1] == start
        body = own if was_strip else (min(body[0], start), max(body[1], end))
    return min(known[0], start), max(known[1], end), body


def _nearness(status: str) -> Nearness:
    if status in (Status.CANCELLED, Status.NO_SHOW):
        return Nearness.GONE
    if status == Status.HELD:
        return Nearness.HELD
    if status == Status.IN_PROCEDURE:
        return Nearness.NOW
    if status in (Status.IN_RECOVERY, Status.AMBULATING, Status.OVERNIGHT, Status.DISCHARGED):
        return Nearness.DONE
    return Nearness.COMING


def _side_by_side(blocks: list[WeekBlock]) -> tuple[WeekBlock, ...]:
    """Overlaps in one lane share it, never hidden."""
    done: list[WeekBlock] = []
    at = 0
    while at < len(blocks):
        column, lane = blocks[at].column, blocks[at].lane
        stop = at
        while stop < len(blocks) and (blocks[stop].column, blocks[stop].lane) == (column, lane):
            stop += 1
        own = blocks[at:stop]
        packed = pack_lanes([(block.start, block.end) for block in own])
        done += [
            block._replace(part=part, parts=parts) if parts > 1 else block
            for block, (part, parts) in zip(own, packed, strict=True)
        ]
        at = stop
    return tuple(done)


def _axis(days: list[WeekDay], blocks: Iterable[WeekBlock], zone: ZoneInfo, zoom: int) -> TimeAxis:
    """Whole hours around what is open and every visit, on a day without a clock change."""
    spans = [(block.start, block.end) for block in blocks]
    for day in days:
        for shades in day.shades:
            spans += _open(shades)
    first = min((start for start, _ in spans), default=DEFAULT_HOURS[0]) // 60 * 60
    last = -(-max((end for _, end in spans), default=DEFAULT_HOURS[1]) // 60) * 60
    plain = next((each.day for each in days if _is_plain(each.day, zone)), days[0].day)
    return replace(TimeAxis(plain, zone, 0, 0, zoom), first=first, last=min(max(last, first + 60), WHOLE_DAY))


def _is_plain(day: date, zone: ZoneInfo) -> bool:
    return midnight(day + timedelta(days=1), zone) - midnight(day, zone) == timedelta(days=1)


def _open(shades: tuple[ShadeSpan, ...]) -> list[tuple[int, int]]:
    found, at = [], 0
    for shade in sorted(shade for shade in shades if shade.code in SHUT):
        if shade.start > at:
            found.append((at, shade.start))
        at = max(at, shade.end)
    return [*found, (at, WHOLE_DAY)] if shades and at < WHOLE_DAY else found


def spoken_block(block: WeekBlock, scene: WeekScene) -> str:
    """What a screen reader hears of a visit: day, time, patient, procedure, status, and where."""
    from desk_app.application.wording import STATUS_WORDS

    line, day = block.line, scene.days[block.column].day
    what = line.what
    where = scene.lanes[block.lane].name
    return f"{weekday_date(day)} {block.clock}, {line.name}, {what}, {STATUS_WORDS.get(line.status, '')}, {where}"


def spoken_day(scene: WeekScene, column: int) -> str:
    """What a screen reader hears of a day."""
    day = scene.days[column]
    return ", ".join(part for part in (weekday_date(day.day), day.holiday, day.note, scene.title) if part)
