"""The slot index: availability of every resource as bitmaps, kept true a visit at a time, and asked in milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from desk_app.domain.practice import Catalogue, ProcedureType, Stay
from desk_app.domain.slots.busy import Busy
from desk_app.domain.slots.calendar_of_cells import Run, lay_out
from desk_app.domain.slots.chain import phase_times
from desk_app.domain.slots.closings import closings
from desk_app.domain.slots.explain import Explanation
from desk_app.domain.slots.loaded import Taken, UseRow
from desk_app.domain.slots.masks import Grounds, instant_of
from desk_app.domain.slots.nights import Nights
from desk_app.domain.slots.openings import Openings
from desk_app.domain.slots.plan import ChainPlan, plan_chain
from desk_app.domain.slots.search import NightCheck, Search, as_slot
from desk_app.domain.slots.surroundings import Around, Surroundings
from desk_app.domain.slots.types import Night, NightBeds, Obstacle, Slot, SlotQuery, VisitLoad
from desk_app.domain.zone import local_date, zone_of

VisitRow = tuple[int, date, float | None, int | None]
"""visit, local day, share of unplanned stays or None, end of its hold (epoch seconds) or None"""

MOST_PLANS = 200
NEVER_S = 1 << 62


class SlotIndex:
    """Answers for the local days ``[first_day, first_day + days)``; asked beyond them it raises ValueError."""

    def __init__(self, catalogue: Catalogue, first_day: date, days: int, loads: Iterable[VisitLoad] = ()) -> None:
        self._catalogue, self._first, self._days = catalogue, first_day, days
        self._zone = zone_of(catalogue.settings)
        self._runs = lay_out(first_day, days, catalogue.settings.cell_minutes, self._zone)
        self._openings = Openings(catalogue, first_day, days, self._zone)
        self._busy = Busy(self._runs, (resource.code for resource in catalogue.resources))
        self._nights = Nights(catalogue, self._openings, self._zone)
        self._day_of: dict[int, date] = {}
        self._holds: dict[int, int] = {}
        self._next_lapse = NEVER_S
        self._plans: dict[tuple[int, int, Stay], tuple[ProcedureType, ChainPlan]] = {}
        for load in loads:
            self.put(load)

    def covers(self, day: date) -> bool:
        return self._first <= day < self._first + timedelta(days=self._days)

    def load_rows(self, uses: Sequence[UseRow], visits: Iterable[VisitRow]) -> None:
        """Many visits at once, as the database stores them; visits of the index so far stay."""
        in_beds: dict[int, list[Taken]] = {}
        for row in uses:
            if row[1] in self._nights.beds:
                in_beds.setdefault(row[0], []).append(Taken(*row[:5]))
        for visit, day, possible, hold_s in visits:
            self._day_of[visit] = day
            if hold_s is not None:
                self._hold(visit, hold_s)
            if possible is not None or visit in in_beds:
                self._nights.add(visit, day, possible, in_beds.get(visit, ()))
        if self._busy.is_empty:
            self._busy.load(uses)
        else:
            self._busy.add(Taken(*row[:5]) for row in uses)

    def put(self, load: VisitLoad) -> None:
        """Adds or replaces one visit."""
        self.remove(load.visit)
        uses = [Taken(load.visit, use.resource, _s(use.start), _s(use.end), _s(use.blocked_until)) for use in load.uses]
        hold = _s(load.hold_until) if load.hold_until is not None else None
        self._note(load.visit, load.day, load.possible_stay, hold, uses)
        self._busy.add(uses)

    def remove(self, visit: int) -> None:
        """Forgets a visit; one that is not known changes nothing."""
        uses = self._busy.remove(visit)
        day = self._day_of.pop(visit, None)
        self._holds.pop(visit, None)
        if day is not None:
            self._nights.remove(visit, day, uses)

    def expire_holds(self, now: datetime) -> None:
        """Drops held visits whose time has passed: they are free to every reader."""
        if self._next_lapse > _s(now):
            return
        for visit in [visit for visit, until in self._holds.items() if until <= _s(now)]:
            self.remove(visit)
        self._next_lapse = min(self._holds.values(), default=NEVER_S)

    def find(self, query: SlotQuery, now: datetime) -> tuple[Slot, ...]:
        """The first starts at which the whole chain fits, earliest first, at most ``query.limit``."""
        self._check(query.first_day, query.days)
        plan = self._chain(query)
        found: list[Slot] = []
        for run in self._runs:
            for cell, chosen in self._search(run, plan, query, now).starts(_s(now)):
                found.append(self._slot(run, plan, query, cell, chosen))
                if len(found) >= query.limit:
                    return tuple(found)
        return tuple(found)

    def slot_at(self, query: SlotQuery, start: datetime, now: datetime) -> Slot | None:
        """The slot that begins exactly then, if the whole chain fits."""
        day, at = local_date(start, self._zone), _s(start)
        self._check(day, 1)
        run = self._run(day)
        if at < _s(now) or (at - run.start_s) % run.cell_s or start.microsecond:
            return None
        only = replace(query, first_day=day, days=1, weekdays=None, after=None, before=None)
        plan = self._chain(only)
        cell = run.cell(at)
        chosen = self._search(run, plan, only, now).at(cell)
        return self._slot(run, plan, only, cell, chosen) if chosen is not None else None

    def starts_on(self, query: SlotQuery, day: date, now: datetime) -> tuple[datetime, ...]:
        """Every fitting start of one day."""
        return tuple(slot.start for slot in self.slots_on(query, day, now))

    def slots_on(self, query: SlotQuery, day: date, now: datetime) -> tuple[Slot, ...]:
        """Every slot of one day."""
        return self.find(replace(query, first_day=day, days=1, limit=10_000), now)

    def explain(self, query: SlotQuery, start: datetime, now: datetime) -> tuple[Obstacle, ...]:
        """Everything that speaks against this start; empty exactly where :meth:`slot_at` answers a slot."""
        return self._explanation(query, start, now).of(start, now, self._times(query, start))

    def against(self, query: SlotQuery, resource: str, start: datetime, now: datetime) -> tuple[Obstacle, ...]:
        """What keeps that one resource from serving at this start, whoever else could; none where it can."""
        explanation = self._explanation(query, start, now)
        return explanation.against(self._catalogue.resource(resource), self._times(query, start))

    def around(self, query: SlotQuery, slots: Iterable[Slot], now: datetime) -> tuple[Around, ...]:
        """What lies around each of these starts, which this search has found."""
        known: dict[date, Surroundings] = {}
        answer = []
        for slot in slots:
            day = local_date(slot.start, self._zone)
            run = self._run(day)
            if run.first_day not in known:
                grounds = self._grounds(run, query, now)
                known[run.first_day] = Surroundings(self._catalogue, run, grounds, self._openings, query.procedure.code)
            answer.append(known[run.first_day].of(slot, run.cells_of(day)))
        return tuple(answer)

    def closings(self, resource: str, day: date, now: datetime) -> tuple[Obstacle, ...]:
        """Why a resource is not simply open on a day: stretches closed, kept for a block, or blocked out."""
        self._check(day, 1)
        return closings(self._openings, resource, day, local_date(now, self._zone), self._zone)

    def night(self, day: date) -> Night:
        return self._nights.night(day)

    def beds_of_night(self, day: date) -> NightBeds:
        """Which beds are staffed, blocked and taken at the midnight that ends a day."""
        return self._nights.beds_of(day)

    def chance_once_stays(self, day: date, visit: int) -> float:
        """The chance that the night's beds do not suffice for the others, once this visit's patient has one of them."""
        return self._nights.chance_with(day, None, True, visit)

    def _explanation(self, query: SlotQuery, start: datetime, now: datetime) -> Explanation:
        day = local_date(start, self._zone)
        self._check(day, 1)
        run, plan = self._run(day), self._chain(query)
        grounds = self._grounds(run, query, now)
        return Explanation(self._catalogue, grounds, self._openings, self._busy, self._nights, plan, query, self._zone)

    def _times(self, query: SlotQuery, start: datetime) -> list[tuple[int, int]]:
        times = phase_times(query.procedure, query.levels, query.effective_stay(), start, self._zone)
        return [(_s(begin), _s(end)) for _, begin, end in times]

    def _note(self, visit: int, day: date, possible: float | None, hold_s: int | None, uses: list[Taken]) -> None:
        self._day_of[visit] = day
        if hold_s is not None:
            self._hold(visit, hold_s)
        self._nights.add(visit, day, possible, uses)

    def _hold(self, visit: int, until: int) -> None:
        self._holds[visit] = until
        self._next_lapse = min(self._next_lapse, until)

    def _chain(self, query: SlotQuery) -> ChainPlan:
        """The plan, kept for as long as its procedure is the same object."""
        key = id(query.procedure), query.levels, query.effective_stay()
        known = self._plans.get(key)
        if known is None:
            if len(self._plans) >= MOST_PLANS:
                self._plans.clear()
            cell_minutes, resources = self._catalogue.settings.cell_minutes, self._catalogue.resources
            plan = plan_chain(query.procedure, query.levels, query.effective_stay(), cell_minutes, resources)
            known = self._plans[key] = (query.procedure, plan)
        return known[1]

    def _grounds(self, run: Run, query: SlotQuery, now: datetime) -> Grounds:
        return Grounds(run, self._openings, self._busy, query, local_date(now, self._zone))

    def _search(self, run: Run, plan: ChainPlan, query: SlotQuery, now: datetime) -> Search:
        return Search(run, self._grounds(run, query, now), plan, query, self._zone, self._night_check(query))

    def _night_check(self, query: SlotQuery) -> NightCheck | None:
        stay = query.effective_stay()
        if stay is Stay.NEVER or "night" in query.overriding:
            return None
        share = query.procedure.unplanned_stay if stay is Stay.POSSIBLE else None
        return lambda day, takes_bed: self._nights.allows(day, share, takes_bed, query.ignore_visit)

    def _slot(self, run: Run, plan: ChainPlan, query: SlotQuery, cell: int, chosen: tuple[str, ...]) -> Slot:
        if plan.offsets is not None:
            at = run.seconds(cell)
            return as_slot(
                plan, chosen, [(instant_of(at + begin), instant_of(at + end)) for begin, end in plan.offsets]
            )
        found = phase_times(query.procedure, query.levels, query.effective_stay(), run.instant(cell), self._zone)
        return as_slot(plan, chosen, [(begin, end) for _, begin, end in found])

    def _run(self, day: date) -> Run:
        return next(run for run in self._runs if run.has(day))

    def _check(self, first: date, days: int) -> None:
        if first < self._first or first + timedelta(days=days) > self._first + timedelta(days=self._days):
            raise ValueError(f"the index covers {self._days} days from {self._first}")


def _s(instant: datetime) -> int:
    return int(instant.timestamp())
