"""Why a start does not fit: for every label that nobody can serve, one obstacle a candidate, the first that applies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from desk_app.domain.practice import Catalogue, Resource, Stay
from desk_app.domain.slots.assignment import assign
from desk_app.domain.slots.busy import Busy
from desk_app.domain.slots.cells import first_set, span
from desk_app.domain.slots.chain import blocked_until
from desk_app.domain.slots.masks import Grounds, instant_of
from desk_app.domain.slots.nights import Nights
from desk_app.domain.slots.openings import Openings
from desk_app.domain.slots.plan import ChainPlan, LabelPlan
from desk_app.domain.slots.types import Obstacle, SlotQuery
from desk_app.domain.zone import local_date, midnight

Times = list[tuple[int, int]]
"""Start and end of every phase, epoch seconds."""


class Explanation:
    """One start, looked at from every side."""

    def __init__(
        self,
        catalogue: Catalogue,
        grounds: Grounds,
        openings: Openings,
        busy: Busy,
        nights: Nights,
        plan: ChainPlan,
        query: SlotQuery,
        zone: ZoneInfo,
    ) -> None:
        self._catalogue, self._grounds, self._openings, self._busy = catalogue, grounds, openings, busy
        self._nights, self._plan, self._query, self._zone = nights, plan, query, zone

    def of(self, start: datetime, now: datetime, times: Times) -> tuple[Obstacle, ...]:
        """Every obstacle: the start itself, then labels in order, then what only shows when all are put together."""
        found = [*self._start(start, now), *self._labels(times)]
        if not any(obstacle.code not in ("past", "off_grid") for obstacle in found):
            found += self._together(times)
        found += self._patient(times)
        found += self._night(start, times)
        return tuple(found)

    def against(self, resource: Resource, times: Times) -> tuple[Obstacle, ...]:
        """What keeps this one resource from serving, for the labels it could serve; none where it can serve one."""
        able = [label for label in self._plan.labels if resource in label.candidates]
        found = [self._against(label, resource, times) for label in able]
        return tuple(obstacle for obstacle in found if obstacle is not None) if all(found) else ()

    def _start(self, start: datetime, now: datetime) -> Iterator[Obstacle]:
        run, at = self._grounds.run, int(start.timestamp())
        if start < now:
            yield Obstacle("past", start=start, end=now)
        if (at - run.start_s) % run.cell_s or start.microsecond:
            yield Obstacle("off_grid", params={"cell_minutes": run.cell_s // 60})

    def _labels(self, times: Times) -> Iterator[Obstacle]:
        for label in self._plan.labels:
            against = [self._against(label, able, times) for able in label.candidates]
            if not label.candidates:
                yield Obstacle("no_resource", params={"label": label.label})
            elif all(against):
                yield from (obstacle for obstacle in against if obstacle is not None)

    def _together(self, times: Times) -> Iterator[Obstacle]:
        served = self._served(times)
        if assign(self._plan, served, 0) is None:
            yield Obstacle("same_resource", params={"labels": tuple(label.label for label in self._plan.labels)})
        elif assign(self._plan, served, 0, self._query.wanted) is None:
            yield from self._wanted(times)

    def _served(self, times: Times) -> list[dict[str, int]]:
        return [
            {able.code: int(self._against(label, able, times) is None) for able in label.candidates}
            for label in self._plan.labels
        ]

    def _wanted(self, times: Times) -> Iterator[Obstacle]:
        """Who was asked for cannot serve: why, for each label it could have served."""
        told = False
        for code in self._query.wanted:
            resource = self._catalogue.resource(code)
            if not any(resource in label.candidates for label in self._plan.labels):
                told = True
                yield Obstacle("no_resource", code, params={"label": resource.name})
            for obstacle in self.against(resource, times):
                told = True
                yield obstacle
        if not told:
            yield Obstacle("same_resource", params={"labels": self._query.wanted})

    def _against(self, label: LabelPlan, able: Resource, times: Times) -> Obstacle | None:
        """The first of closed, reserved, blocked, taken that applies to one candidate in this label's phases."""
        needs = self._needs(label, able, times)
        over = self._query.overriding
        grounds = self._grounds
        if "closed" not in over and (cell := self._first(grounds.full ^ grounds.open(able.code), needs)) >= 0:
            return self._closed(able, cell)
        if "reserved" not in over and (cell := self._first(grounds.reserved(able.code), needs)) >= 0:
            return self._reserved(able, cell)
        if "blocked" not in over and (cell := self._first(grounds.blocked(able.code), needs)) >= 0:
            return self._blocked(able, cell)
        cell = self._first(grounds.taken(able.code), needs, kept=True)
        return self._taken(able, cell) if cell >= 0 else None

    def _needs(self, label: LabelPlan, able: Resource, times: Times) -> list[tuple[int, int, int]]:
        """(start, end, kept until) of each phase of the label, in cells."""
        run = self._grounds.run
        uses = [(able.code, instant_of(times[leg.number][0]), instant_of(times[leg.number][1])) for leg in label.legs]
        until = blocked_until(uses, {able.code: able.turnover_minutes})
        return [
            (
                run.cell(int(start.timestamp())),
                run.cell_up(int(end.timestamp())),
                run.cell_up(int(kept.timestamp())),
            )
            for (_, start, end), kept in zip(uses, until, strict=True)
        ]

    def _first(self, mask: int, needs: list[tuple[int, int, int]], kept: bool = False) -> int:
        """The first cell at fault, or -1."""
        faults = [
            first_set(mask & span(start, max(end, until) if kept else end), 0)
            for start, end, until in needs
            if end > start
        ]
        return min((cell for cell in faults if cell >= 0), default=-1)

    def _closed(self, able: Resource, cell: int) -> Obstacle:
        """The whole closed stretch, as far as the index and a day to either side reach."""
        run, opened = self._grounds.run, self._grounds.open(able.code)
        day = 86_400 // run.cell_s
        begin = max((opened & ((1 << cell) - 1)).bit_length(), cell - day, 0)
        end = first_set(opened, cell)
        end = min(end if end >= 0 else run.size, cell + day)
        return Obstacle("closed", able.code, run.instant(begin), run.instant(end))

    def _reserved(self, able: Resource, cell: int) -> Obstacle:
        at, today = self._grounds.run.seconds(cell), self._grounds.today
        for stretch in self._openings.of(able.code):
            inside = stretch.start < at + self._grounds.run.cell_s and at < stretch.end
            if inside and not stretch.admits(self._query.procedure.code, today):
                days = stretch.session.release_days
                params = {
                    "reserved_for": stretch.session.reserved_for,
                    "opens": stretch.day - timedelta(days=days) if days is not None else None,
                }
                return Obstacle("reserved", able.code, instant_of(stretch.start), instant_of(stretch.end), params)
        return Obstacle("reserved", able.code, instant_of(at), instant_of(at + self._grounds.run.cell_s))

    def _blocked(self, able: Resource, cell: int) -> Obstacle:
        at, cell_s = self._grounds.run.seconds(cell), self._grounds.run.cell_s
        start, end, reason = next(
            row for row in sorted(self._openings.blockouts(able.code)) if row[0] < at + cell_s and at < row[1]
        )
        return Obstacle("blocked", able.code, instant_of(start), instant_of(end), {"reason": reason})

    def _taken(self, able: Resource, cell: int) -> Obstacle:
        run = self._grounds.run
        at = run.seconds(cell)
        near = self._busy.near(able.code, at, at + run.cell_s)
        others = [use for use in near if use.visit != self._query.ignore_visit]
        use = others[0]
        return Obstacle("taken", able.code, instant_of(use.start), instant_of(use.until), {"visit": use.visit})

    def _patient(self, times: Times) -> Iterator[Obstacle]:
        begin = times[0][0]
        end = max((times[leg.number][1] for leg in self._plan.legs if not leg.beside), default=begin)
        for start, stop in self._query.patient_busy:
            if begin < end and int(start.timestamp()) < end and begin < int(stop.timestamp()):
                yield Obstacle("patient", None, start, stop)

    def _night(self, start: datetime, times: Times) -> Iterator[Obstacle]:
        stay = self._query.effective_stay()
        if stay is Stay.NEVER or "night" in self._query.overriding:
            return
        day = local_date(start, self._zone)
        closing = midnight(day + timedelta(days=1), self._zone)
        share = self._query.procedure.unplanned_stay if stay is Stay.POSSIBLE else None
        bed = self._takes_bed_at(int(closing.timestamp()), times)
        if not self._nights.allows(day, share, bed, self._query.ignore_visit):
            chance = self._nights.chance_with(day, share, bed, self._query.ignore_visit)
            limit = self._catalogue.settings.overflow_risk
            yield Obstacle("night", None, closing, closing, {"chance": chance, "limit": limit})

    def _takes_bed_at(self, closing: int, times: Times) -> bool:
        overnight = self._plan.overnight
        if overnight is None or not self._plan.takes_bed():
            return False
        begin, end = times[overnight.number]
        return begin <= closing < end
