"""How the rest of a day is likely to go: from the steps that were stamped, rooms, people and bays followed one by one.

What has happened is taken as it was; what is under way lasts as long as it was booked for, and at least until now;
everything after follows the plan, as soon as the patient and all that is needed are there. Who leaves the room takes
the booked bay, else any that is free; where none is, the patient waits and the room with them. A visit whose patient
has not come is only called late: it pushes nobody until somebody is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from desk_app.domain.dataclass import dataclass
from desk_app.domain.forecast_bays import Bays
from desk_app.domain.practice import PhaseKind, ResourceKind
from desk_app.domain.statuses import GONE_VISITS
from desk_app.domain.statuses import AppointmentStatus as Status
from desk_app.domain.visit_parts import BookedPhase

NONE = timedelta()
COME = frozenset({Status.ARRIVED, Status.READY})
AFTER_THE_ROOM = frozenset({Status.IN_RECOVERY, Status.AMBULATING, Status.OVERNIGHT, Status.DISCHARGED})
BEGUN = AFTER_THE_ROOM | {Status.IN_PROCEDURE}
THERE_IN_TIME = frozenset({PhaseKind.RECOVERY, PhaseKind.OVERNIGHT})
"""Phases for which a place is found once the patient comes."""

GOING_HOME = timedelta(minutes=20)
"""From the end of the recovery until the patient has left, where nothing else is known (*est.*)."""

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class VisitNow:
    """A visit of the day: its plan, and when it reached which status (at least the one it has)."""

    id: int
    status: Status
    phases: tuple[BookedPhase, ...]
    steps: Mapping[Status, datetime] = field(default_factory=dict)


class Push(NamedTuple):
    """Whose visit a visit waits for, and what both need; for a bay ``resource`` is the one that comes free."""

    by: int
    resource: str


@dataclass(frozen=True, slots=True)
class Expected:
    """A visit as it is expected: a span for each of its phases.

    ``late`` is how much later than planned the procedure begins, ``waits`` how long the patient stays in the room for
    want of a bay, ``overdue`` how long somebody who has not come should have been in the procedure already. ``home`` is
    None for who stays the night.
    """

    spans: tuple[Span, ...]
    late: timedelta = NONE
    waits: timedelta = NONE
    overdue: timedelta = NONE
    push: Push | None = None
    bay: str | None = None
    home: datetime | None = None


@dataclass(frozen=True, slots=True)
class DayForecast:
    """``load`` is how many bays are taken from each instant on, ``overruns`` how long something is used after hours."""

    visits: Mapping[int, Expected]
    load: tuple[tuple[datetime, int], ...] = ()
    last_home: datetime | None = None
    overruns: Mapping[str, timedelta] = field(default_factory=dict)

    @property
    def peak(self) -> tuple[datetime, int] | None:
        """The first instant of the greatest load."""
        return max(self.load, key=lambda each: each[1], default=None)


class _Free(NamedTuple):
    since: datetime
    visit: int


class _Booked(NamedTuple):
    """A visit's procedure as booked (a visit without one is a procedure all through), its recovery, and the bay."""

    start: datetime
    end: datetime
    rest: BookedPhase | None
    bay: str | None


class Forecaster:
    """``kinds`` and ``turnovers`` (minutes) by resource code, ``closes`` where a resource's day has an end."""

    def __init__(
        self,
        now: datetime,
        kinds: Mapping[str, ResourceKind],
        turnovers: Mapping[str, int] | None = None,
        closes: Mapping[str, datetime] | None = None,
    ) -> None:
        self._now, self._kinds = now, kinds
        self._bay_codes = tuple(code for code, kind in kinds.items() if kind is ResourceKind.RECOVERY_BAY)
        self._in_bays = frozenset(self._bay_codes)
        self._turnovers, self._closes = turnovers or {}, closes or {}
        self._booked: dict[int, _Booked] = {}
        self._free: dict[str, _Free] = {}
        self._bays = Bays((), {})

    def run(self, visits: Iterable[VisitNow]) -> DayForecast:
        """Visits in the order in which they began, then in that of the plan."""
        standing = [visit for visit in visits if visit.status not in GONE_VISITS and visit.phases]
        self._booked = {visit.id: self._as_booked(visit) for visit in standing}
        self._free.clear()
        self._bays = Bays(self._bay_codes, self._turnovers)
        for number, booked in self._booked.items():
            self._plan(number, booked)
        found = {visit.id: self._expected(visit) for visit in sorted(standing, key=self._turn)}
        homes = [each.home for each in found.values() if each.home is not None]
        return DayForecast(found, self._load(standing, found), max(homes, default=None), self._overruns())

    def _turn(self, visit: VisitNow) -> tuple[datetime, int]:
        return visit.steps.get(Status.IN_PROCEDURE, self._booked[visit.id].start), visit.id

    def _as_booked(self, visit: VisitNow) -> _Booked:
        start, end, rest, bay = visit.phases[0].start, visit.phases[-1].end, None, None
        for phase in reversed(visit.phases):
            if phase.kind is PhaseKind.PROCEDURE:
                start, end = phase.start, phase.end
            elif phase.kind is PhaseKind.RECOVERY:
                rest = phase
        if rest is not None:
            bay = next((code for _, code in rest.resources if code in self._in_bays), None)
        return _Booked(start, end, rest, bay)

    def _plan(self, number: int, booked: _Booked) -> None:
        if booked.rest is not None and booked.bay is not None:
            self._bays.plan(booked.bay, booked.rest.start, booked.rest.end, number)

    def _expected(self, visit: VisitNow) -> Expected:
        if visit.status in AFTER_THE_ROOM:
            return self._after_the_room(visit)
        if visit.status is Status.IN_PROCEDURE:
            booked = self._booked[visit.id]
            since = visit.steps.get(Status.IN_PROCEDURE, booked.start)
            over = max(NONE, self._now - (since + (booked.end - booked.start)))
            return self._through(visit, since - booked.start, over, None)
        return self._ahead(visit)

    def _ahead(self, visit: VisitNow) -> Expected:
        """A visit that has not begun."""
        behind = max(NONE, self._now - self._booked[visit.id].start)
        if visit.status is Status.HELD:
            behind = NONE
        shift, push = self._shift(visit, behind)
        if visit.status in COME or not behind:
            return self._through(visit, shift, NONE, push)
        return replace(self._through(visit, shift, NONE, push, takes=False), overdue=behind)

    def _shift(self, visit: VisitNow, shift: timedelta) -> tuple[timedelta, Push | None]:
        """How much later it begins, so that everything but the bay is there when it is needed."""
        push: Push | None = None
        for _ in visit.phases:
            waited = False
            for phase in visit.phases:
                if phase.kind in THERE_IN_TIME:
                    continue
                for _, code in phase.resources:
                    free = self._free.get(code)
                    if free is not None and free.visit != visit.id and free.since > phase.start + shift:
                        shift, push, waited = free.since - phase.start, Push(free.visit, code), True
            if not waited:
                break
        return shift, push

    def _through(
        self, visit: VisitNow, shift: timedelta, over: timedelta, push: Push | None, takes: bool = True
    ) -> Expected:
        """The procedure begins ``shift`` later than planned and lasts ``over`` longer; then bay and home."""
        booked = self._booked[visit.id]
        done = booked.end + shift + over
        rest, place = booked.rest, None
        if rest is not None and booked.bay is not None:
            place = self._bays.place(booked.bay, done, rest.end - rest.start, visit.id)
        waits = place.start - done if place is not None else NONE
        if place is not None and place.after is not None and push is None:
            push = Push(place.after, place.code)
        left = done + waits
        spans = tuple([self._span(phase, booked, shift, left) for phase in visit.phases])
        bay = place.code if place is not None else None
        if takes:
            self._take(visit, spans, done, bay)
        else:
            self._plan(visit.id, booked)
        return Expected(spans, shift, waits, NONE, push, bay, _home(visit, spans))

    def _span(self, phase: BookedPhase, booked: _Booked, shift: timedelta, left: datetime) -> Span:
        """A phase before the room is left goes with the start, any other with the leaving."""
        if phase.kind is PhaseKind.SETUP:
            return phase.start + shift, phase.end + shift
        if phase.kind is PhaseKind.PROCEDURE:
            return phase.start + shift, left
        later = left - booked.end
        begin = phase.start + later
        if phase.kind is PhaseKind.OVERNIGHT:
            return begin, max(begin, phase.end)
        return begin, phase.end + later

    def _after_the_room(self, visit: VisitNow) -> Expected:
        start, done, _, bay = self._booked[visit.id]
        since = visit.steps.get(Status.IN_RECOVERY, done)
        begun = visit.steps.get(Status.IN_PROCEDURE, start)
        spans = []
        for phase in visit.phases:
            later = since - done
            begin, end = phase.start + later, phase.end + later
            if phase.kind in (PhaseKind.SETUP, PhaseKind.PROCEDURE):
                begin, end = min(begun, since), since
            elif phase.kind is PhaseKind.RECOVERY:
                begin, end = since, self._recovered(visit, end)
            elif phase.kind is PhaseKind.OVERNIGHT:
                begin = visit.steps.get(Status.OVERNIGHT, begin)
                end = max(phase.end, begin)
            spans.append((begin, max(begin, end)))
        self._take(visit, tuple(spans), since, bay)
        late = max(NONE, begun - start)
        return Expected(tuple(spans), late, bay=bay, home=self._gone(visit, tuple(spans)))

    def _recovered(self, visit: VisitNow, planned: datetime) -> datetime:
        """When the bay is left: for who lies there still not before now."""
        for status in (Status.AMBULATING, Status.OVERNIGHT, Status.DISCHARGED):
            if status in visit.steps:
                return visit.steps[status]
        return max(planned, self._now) if visit.status is Status.IN_RECOVERY else planned

    def _gone(self, visit: VisitNow, spans: tuple[Span, ...]) -> datetime | None:
        if visit.status is Status.DISCHARGED:
            return visit.steps.get(Status.DISCHARGED)
        if visit.status is Status.OVERNIGHT:
            return None
        if visit.status is Status.AMBULATING:
            return max(self._now, visit.steps.get(Status.AMBULATING, self._now) + GOING_HOME)
        return _home(visit, spans)

    def _take(self, visit: VisitNow, spans: tuple[Span, ...], done: datetime, bay: str | None) -> None:
        """Everything it uses is free again once its own last use, with the turnover, is over.

        Only the room waits with a patient for whom no bay is free: people and C-arm go once the procedure is done. What
        overlaps by plan was meant so: a visit is in nobody's way before it has begun or is late.
        """
        has_begun = visit.status in BEGUN
        for phase, (begin, end) in zip(visit.phases, spans, strict=True):
            if bay is not None and phase.kind is PhaseKind.RECOVERY:
                self._bays.lie(bay, begin, end, visit.id)
            if not has_begun and end <= phase.end:
                continue
            for _, code in phase.resources:
                until = min(end, done) if phase.kind is PhaseKind.PROCEDURE and not self._is_room(code) else end
                if code in self._kinds and code not in self._in_bays and (has_begun or until > phase.end):
                    self._keep(code, until + timedelta(minutes=self._turnovers.get(code, 0)), visit.id)

    def _keep(self, code: str, until: datetime, visit: int) -> None:
        known = self._free.get(code)
        if known is None or until > known.since:
            self._free[code] = _Free(until, visit)

    def _is_room(self, code: str) -> bool:
        return self._kinds.get(code) is ResourceKind.PROCEDURE_ROOM

    def _load(self, visits: Iterable[VisitNow], found: Mapping[int, Expected]) -> tuple[tuple[datetime, int], ...]:
        steps: dict[datetime, int] = {}
        for visit in visits:
            for phase, (begin, end) in zip(visit.phases, found[visit.id].spans, strict=True):
                if phase.kind is PhaseKind.RECOVERY and end > begin:
                    steps[begin] = steps.get(begin, 0) + 1
                    steps[end] = steps.get(end, 0) - 1
        taken, curve = 0, []
        for instant in sorted(steps):
            taken += steps[instant]
            curve.append((instant, taken))
        return tuple(curve)

    def _overruns(self) -> Mapping[str, timedelta]:
        ends = {code: free.since for code, free in self._free.items()}
        bays = ((code, self._bays.until(code)) for code in self._bay_codes)
        ends |= {code: until for code, until in bays if until is not None}
        late = {code: end - self._closes[code] for code, end in ends.items() if code in self._closes}
        return {code: over for code, over in late.items() if over > NONE}


def _home(visit: VisitNow, spans: tuple[Span, ...]) -> datetime | None:
    """Once the last phase with the patient is over, and they have dressed; None for who stays the night."""
    if any(phase.kind is PhaseKind.OVERNIGHT for phase in visit.phases):
        return None
    return max([end for phase, (_, end) in zip(visit.phases, spans, strict=True) if not phase.beside]) + GOING_HOME
