"""What a simulated day brings: who comes when, how long everything takes, who returns and who stays. By a seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from desk_app.application.day_plan import DayPlanLine
from desk_app.domain.practice import PhaseKind
from desk_app.domain.statuses import AppointmentStatus as S

EXPECTED = frozenset({S.BOOKED, S.CONFIRMED})
OVER = frozenset({S.DISCHARGED, S.NO_SHOW, S.OVERNIGHT})
MOVED_ON = {S.ARRIVED: S.READY, S.READY: S.IN_PROCEDURE, S.IN_PROCEDURE: S.IN_RECOVERY, S.IN_RECOVERY: S.AMBULATING}
BEFORE = timedelta(minutes=12)
"""People come about so long before their time."""

EARLY = timedelta(minutes=10)
"""A procedure begins so long before its time at most."""

LATE, MISSING = timedelta(minutes=15), timedelta(minutes=45)
"""When the board asks whether to call somebody, and whether it is a no-show."""

AGAIN = timedelta(minutes=20)


@dataclass(frozen=True)
class Course:
    """Minutes are measured from the booked start; ``works`` and ``rests`` are shares of what was booked.

    ``comes`` None: the patient does not come at all.
    """

    comes: int | None
    prepares: int
    works: float
    rests: float
    dresses: int
    comes_back: bool = False


@dataclass
class Person:
    """A patient as the simulation knows them: their visit as it is planned by now, and since when in which status."""

    line: DayPlanLine
    course: Course
    status: S
    since: datetime
    has_returned: bool = False
    stays: bool = False

    @property
    def number(self) -> int:
        return self.line.appointment_id

    @property
    def comes_at(self) -> datetime | None:
        minutes = self.course.comes
        return None if minutes is None else self.line.start + timedelta(minutes=minutes)

    @property
    def planned(self) -> datetime:
        """When the procedure is to begin."""
        return next(phase.start for phase in self.line.phases() if phase.kind is PhaseKind.PROCEDURE)

    def length(self, kind: PhaseKind) -> timedelta:
        return sum((each.end - each.start for each in self.line.phases() if each.kind is kind), timedelta())

    def serving(self, instead: Mapping[str, str]) -> set[str]:
        """What the procedure is done with; what is broken is replaced by what is not."""
        phases = (phase for phase in self.line.phases() if phase.kind is PhaseKind.PROCEDURE)
        return {instead.get(code, code) for phase in phases for _, code in phase.resources}

    def is_told_later(self, gain: timedelta) -> None:
        """Somebody has called them: they come so much later."""
        if self.course.comes is not None:
            self.course = replace(self.course, comes=self.course.comes + int(gain.total_seconds() // 60))

    @property
    def has_night(self) -> bool:
        return any(phase.kind is PhaseKind.OVERNIGHT for phase in self.line.phases())


def courses(lines: Sequence[DayPlanLine], seed: int, lost: str) -> dict[int, Course]:
    """One does not come, one is so late that somebody calls, and one comes back to recovery.

    They are of those who need nothing of what will be ``lost``, and so stay on this day; nor does anybody come back who
    has a bed for the night.
    """
    chance, found = Random(seed), {}
    for line in lines:
        comes = round(chance.gauss(-BEFORE.total_seconds() / 60, 8))
        found[line.appointment_id] = Course(
            min(comes, 10),
            chance.randrange(4, 12),
            min(1.5, max(0.7, chance.gauss(1.08, 0.17))),
            chance.uniform(0.9, 1.25),
            chance.randrange(6, 17),
        )
    sure = sorted(line.appointment_id for line in lines if _is_sure(line, lost))
    absent, late, back = chance.sample(sure, 3)
    found[absent] = replace(found[absent], comes=None)
    found[late] = replace(found[late], comes=25)
    found[back] = replace(found[back], comes_back=True)
    return found


def _is_sure(line: DayPlanLine, lost: str) -> bool:
    phases = line.phases()
    kinds = {phase.kind for phase in phases}
    needs = {code for phase in phases for _, code in phase.resources}
    return PhaseKind.RECOVERY in kinds and PhaseKind.OVERNIGHT not in kinds and lost not in needs


@dataclass
class Day:
    """``instead`` are resources that are out, with what serves instead for those who are in the house already.

    A bay that is left is cleaned for ``cleaning``; ``cleaned`` is when each will be.
    """

    people: dict[int, Person]
    instead: dict[str, str] = field(default_factory=dict)
    bays: int = 0
    cleaning: timedelta = timedelta()
    cleaned: list[datetime] = field(default_factory=list)

    def due(self, now: datetime) -> list[tuple[int, S]]:
        """The steps that can be taken at this minute: who leaves goes first, then who began first, then by the plan."""
        order = sorted(self.people.values(), key=lambda each: (-list(S).index(each.status), each.planned, each.number))
        return [(each.number, step) for each in order if (step := self.next_step(each, now)) is not None]

    def next_step(self, each: Person, now: datetime) -> S | None:
        """The step of that person now, None where it is not time."""
        if each.status in EXPECTED:
            return self._arrival(each, now)
        if each.status is S.READY:
            return S.IN_PROCEDURE if self._can_begin(each, now) else None
        if each.status in (S.IN_RECOVERY, S.AMBULATING):
            return self._leaving(each, now)
        spent = {
            S.ARRIVED: timedelta(minutes=each.course.prepares),
            S.IN_PROCEDURE: each.length(PhaseKind.PROCEDURE) * each.course.works,
        }.get(each.status)
        if spent is None or now < each.since + spent:
            return None
        step = MOVED_ON[each.status]
        return None if step is S.IN_RECOVERY and not self._has_bay(now) else step

    def took(self, number: int, step: S, now: datetime) -> None:
        """It was taken."""
        each = self.people[number]
        each.has_returned |= each.status is S.AMBULATING and step is S.IN_RECOVERY
        if each.status is S.IN_RECOVERY:
            self.left_a_bay(now)
        each.status, each.since = step, now

    def left_a_bay(self, now: datetime) -> None:
        self.cleaned.append(now + self.cleaning)

    def in_use(self, needed: set[str]) -> set[str]:
        """What of that is with somebody else."""
        begun = (other for other in self.people.values() if other.status is S.IN_PROCEDURE)
        return {code for other in begun for code in other.serving(self.instead)} & needed

    def here(self) -> list[tuple[int, S]]:
        return [(each.number, each.status) for each in self.people.values() if each.status not in OVER]

    @property
    def is_over(self) -> bool:
        return not self.here()

    def _arrival(self, each: Person, now: datetime) -> S | None:
        at = each.comes_at
        if at is None:
            return S.NO_SHOW if now >= each.line.start + MISSING else None
        return S.ARRIVED if now >= at else None

    def _can_begin(self, each: Person, now: datetime) -> bool:
        """Everything is free, and nobody who is here is before them in the same room."""
        waiting = (other for other in self.people.values() if other.status in (S.ARRIVED, S.READY))
        first = min((other for other in waiting if self._same_room(other, each)), key=lambda other: other.planned)
        return not self.in_use(each.serving(self.instead)) and now >= each.planned - EARLY and first is each

    def _same_room(self, one: Person, other: Person) -> bool:
        return bool({code for code in one.serving({}) & other.serving({}) if code.startswith("R")})

    def _leaving(self, each: Person, now: datetime) -> S | None:
        if each.status is S.AMBULATING:
            if each.course.comes_back and not each.has_returned:
                feels_it = now >= each.since + timedelta(minutes=4)
                return S.IN_RECOVERY if feels_it and self._has_bay(now) else None
            return S.DISCHARGED if now >= each.since + timedelta(minutes=each.course.dresses) else None
        rest = AGAIN if each.has_returned else each.length(PhaseKind.RECOVERY) * each.course.rests
        if now < each.since + rest:
            return None
        return S.OVERNIGHT if each.stays or each.has_night else S.AMBULATING

    def _has_bay(self, now: datetime) -> bool:
        lying = sum(each.status is S.IN_RECOVERY for each in self.people.values())
        return lying + sum(now < ready for ready in self.cleaned) < self.bays
