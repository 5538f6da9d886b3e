"""For one search on one run of days: at which cells each label could begin with each resource."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from desk_app.domain.practice import Resource
from desk_app.domain.slots.busy import Busy
from desk_app.domain.slots.calendar_of_cells import Run
from desk_app.domain.slots.cells import runs_of, span
from desk_app.domain.slots.chain import overnight_end
from desk_app.domain.slots.openings import Openings
from desk_app.domain.slots.plan import ChainPlan, LabelPlan
from desk_app.domain.slots.types import SlotQuery


class Grounds:
    """What is usable of each resource on one run for one search, as bitmaps made when first asked for."""

    def __init__(self, run: Run, openings: Openings, busy: Busy, query: SlotQuery, today: date) -> None:
        self.run = run
        self.full = (1 << run.size) - 1
        self._openings, self._busy, self._query, self.today = openings, busy, query, today
        self._usable: dict[str, int] = {}
        self._free: dict[str, int] = {}

    def open(self, resource: str) -> int:
        return self._openings.open_mask(self.run, resource)

    def reserved(self, resource: str) -> int:
        return self._openings.reserved_mask(self.run, resource, self._query.procedure.code, self.today)

    def blocked(self, resource: str) -> int:
        return self._openings.blocked_mask(self.run, resource)

    def taken(self, resource: str) -> int:
        return self._busy.mask(self.run, resource, self._query.ignore_visit)

    def free(self, resource: str) -> int:
        """Not kept by any other visit."""
        if resource not in self._free:
            self._free[resource] = self.full ^ self.taken(resource)
        return self._free[resource]

    def usable(self, resource: str) -> int:
        """Open to the procedure, not blocked and not taken, but for what is overridden."""
        mask = self._usable.get(resource)
        if mask is None:
            mask = self._usable[resource] = self._admitted(resource) & ~self.taken(resource)
        return mask

    def _admitted(self, resource: str) -> int:
        over = self._query.overriding
        if not over:
            return self._openings.usable_mask(self.run, resource, self._query.procedure.code, self.today)
        mask = self.full
        if "closed" not in over:
            mask &= self.open(resource)
        if "reserved" not in over:
            mask &= ~self.reserved(resource)
        if "blocked" not in over:
            mask &= ~self.blocked(resource)
        return mask


def relative_mask(grounds: Grounds, label: LabelPlan, place: int) -> int:
    """Cells at which the visit could begin, as far as this label's legs before the night and one candidate go."""
    code = label.candidates[place].code
    mask, usable = grounds.full, grounds.usable(code)
    for start, end, kept in label.spans[place]:
        mask &= runs_of(usable, end - start) >> start
        if kept > end:
            mask &= runs_of(grounds.free(code), kept - end) >> end
    return mask


class NightEnds:
    """When nights that begin on a day end: the first ``until`` after its closing midnight and the phase before."""

    def __init__(self, run: Run, plan: ChainPlan, zone: ZoneInfo) -> None:
        self._run, self._plan, self._zone = run, plan, zone

    def of(self, day: date) -> list[tuple[int, int, int]]:
        """(first start, end of starts, the night's end in epoch seconds), in cells, covering the day's starts."""
        assert self._plan.overnight is not None
        assert self._plan.overnight.until is not None
        first, last = self._run.cells_of(day)
        offset, groups, start = self._plan.overnight.start, [], first
        while start < last:
            after = self._run.instant(start + offset)
            end = int(overnight_end(day, after, self._plan.overnight.until, self._zone).timestamp())
            stop = min(last, self._run.cell_up(end) - offset)
            groups.append((start, stop, end))
            start = stop
        return groups


def night_mask(grounds: Grounds, label: LabelPlan, resource: Resource, group: tuple[int, int, int]) -> int:
    """Cells of one group of starts at which this label's legs in and after the night could be served."""
    first, last, end_s = group
    run, usable, free = grounds.run, grounds.usable(resource.code), grounds.free(resource.code)
    turnover_s = resource.turnover_minutes * 60
    earliest = first
    kept_from: int | None = None
    for leg in label.legs:
        if leg.night == 1:
            earliest = max(earliest, back_from(usable, run.cell_up(end_s), leg.start + first) - leg.start)
            kept_from = end_s
        elif leg.night == 2 and leg.end > leg.start:
            begin, stop = end_s + leg.start * run.cell_s, end_s + leg.end * run.cell_s
            if not _whole(usable, run.cell(begin), run.cell_up(stop)):
                return 0
            kept_from = max(kept_from or stop, stop)
    if kept_from is not None and not _whole(free, run.cell(kept_from), run.cell_up(kept_from + turnover_s)):
        return 0
    return span(earliest, last)


def back_from(mask: int, end: int, lowest: int) -> int:
    """The lowest cell (not below ``lowest``) from which all cells up to ``end`` are set."""
    if end <= lowest:
        return lowest
    width = end - lowest
    window = (mask >> lowest) & ((1 << width) - 1)
    return lowest + (window ^ ((1 << width) - 1)).bit_length()


def _whole(mask: int, start: int, end: int) -> bool:
    if end <= start:
        return True
    wanted = (1 << (end - start)) - 1
    return (mask >> start) & wanted == wanted


def start_mask(run: Run, query: SlotQuery, now_s: int, zone: ZoneInfo) -> int:
    """Cells at which a visit may begin at all: the asked days, weekdays and times, not before now."""
    first = max(query.first_day, run.first_day)
    last = min(query.first_day + timedelta(days=query.days), run.first_day + timedelta(days=run.days))
    if last <= first:
        return 0
    begin, end = run.first_cells[run.number_of(first)], run.first_cells[run.number_of(last)]
    begin = max(begin, run.cell_up(now_s))
    mask = span(begin, end)
    if query.weekdays is None and query.after is None and query.before is None:
        return mask
    allowed = 0
    for number in range((last - first).days):
        day = first + timedelta(days=number)
        if query.weekdays is None or day.weekday() in query.weekdays:
            allowed |= _times_of_day(run, query, day, zone)
    return mask & allowed


def _times_of_day(run: Run, query: SlotQuery, day: date, zone: ZoneInfo) -> int:
    first, last = run.cells_of(day)
    if query.after is None and query.before is None:
        return span(first, last)
    fits = _fits_clock(query)
    if (last - first) * run.cell_s == 86_400 and _steady(run, first, last, zone):
        cells = [n for n in range(last - first) if fits(n * run.cell_s)]
        return span(first + cells[0], first + cells[-1] + 1) if cells else 0
    mask = 0
    for cell in range(first, last):
        wall = run.instant(cell).astimezone(zone)
        if fits(wall.hour * 3600 + wall.minute * 60 + wall.second):
            mask |= 1 << cell
    return mask


def _steady(run: Run, first: int, last: int, zone: ZoneInfo) -> bool:
    """No clock change within the day, and midnight is midnight on the wall."""
    begin, end = run.instant(first).astimezone(zone), run.instant(last).astimezone(zone)
    return begin.utcoffset() == end.utcoffset() and (begin.hour, begin.minute) == (0, 0)


def _fits_clock(query: SlotQuery) -> Callable[[int], bool]:
    low = _of_day(query.after.isoformat()) if query.after else 0
    high = _of_day(query.before.isoformat()) if query.before else 86_400
    return lambda seconds: low <= seconds < high


def _of_day(clock: str) -> int:
    hours, minutes, *rest = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + (int(float(rest[0])) if rest else 0)


def patient_mask(grounds: Grounds, plan: ChainPlan, query: SlotQuery) -> int:
    """Cells at which the patient is free for the whole of the visit's legs before the night."""
    length = max((leg.end for leg in plan.legs if leg.night == 0 and not leg.beside), default=0)
    if not query.patient_busy or length == 0:
        return grounds.full
    return runs_of(patient_free(grounds, query), length)


def patient_free(grounds: Grounds, query: SlotQuery) -> int:
    busy = 0
    for start, end in query.patient_busy:
        low = max(grounds.run.cell(int(start.timestamp())), 0)
        busy |= span(low, min(grounds.run.cell_up(int(end.timestamp())), grounds.run.size))
    return grounds.full & ~busy


def instant_of(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
