"""Recovery by the minute and beds by the night, as the Beds screen and the command line show them.

Frozen values made on the database worker. Instants are aware UTC datetimes, days local dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date, datetime
from typing import NamedTuple

from desk_app.application.read_models import BedUse
from desk_app.application.schedule_view import Shade
from desk_app.domain.bay_course import Course, Nearness, PlaceState, Step
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue, Resource
from desk_app.domain.recovery import Rest
from desk_app.domain.slots import Night


class Lying(NamedTuple):
    """Somebody's stretch in a bay or a bed, as booked and as expected. ``rest`` is how the recovery goes as a whole."""

    use: BedUse
    course: Course
    rest: Rest

    @property
    def cleaned_at(self) -> datetime:
        """When the place is clean again, as long after the patient has left as was booked."""
        return self.course.end + (self.use.blocked_until - self.use.end)


@dataclass(frozen=True, slots=True)
class Bay:
    """A recovery bay on a day: its present state, who lies in it when, and when it is shut."""

    resource: Resource
    state: PlaceState
    lyings: tuple[Lying, ...] = ()
    shut: tuple[Shade, ...] = ()


class LastStart(NamedTuple):
    """The last start at which a procedure still gets its patient home before recovery closes."""

    procedure: str
    name: str
    start: datetime


@dataclass(frozen=True, slots=True)
class Recovery:
    """A day's bays. ``opens`` and ``closes`` are the first and last minute any is open, None on a day with none.

    ``load`` counts patients, ``staffed`` open bays.
    """

    day: date
    bays: tuple[Bay, ...] = ()
    opens: datetime | None = None
    closes: datetime | None = None
    load: tuple[Step, ...] = ()
    staffed: tuple[Step, ...] = ()
    last_starts: tuple[LastStart, ...] = ()

    @property
    def peak(self) -> int:
        return max((step.number for step in self.load), default=0)

    @property
    def peaks(self) -> tuple[datetime, ...]:
        """When the peak begins, each time."""
        return tuple(step.start for step in self.load if step.number == self.peak and step.number)

    @property
    def most_staffed(self) -> int:
        return max((step.number for step in self.staffed), default=0)

    def lyings(self) -> Iterable[tuple[Bay, Lying]]:
        """Everybody's stretch with its bay."""
        return ((bay, lying) for bay in self.bays for lying in bay.lyings)

    def overfull(self) -> tuple[Step, ...]:
        """Stretches in which more patients are expected than there are bays open, with how many too many."""
        found = []
        for step in self.load:
            for limit in self.staffed:
                low, high = max(step.start, limit.start), min(step.end, limit.end)
                if low < high and step.number > limit.number:
                    found.append(Step(low, high, step.number - limit.number))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class NightColumn:
    """The night that begins on a day: its numbers, who lies where, which beds are kept, and which are shut and why.

    A bed that is in neither ``lyings``, ``kept`` nor ``shut`` is free.
    """

    night: Night
    lyings: Mapping[str, Lying] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    shut: Mapping[str, str] = field(default_factory=dict)
    holiday: str = ""

    @property
    def day(self) -> date:
        return self.night.day


@dataclass(frozen=True, slots=True)
class BedsView:
    """A day's recovery and the nights from it on. ``states`` are the present states of the overnight beds."""

    catalogue: Catalogue
    now: datetime
    today: date
    recovery: Recovery
    beds: tuple[Resource, ...] = ()
    nights: tuple[NightColumn, ...] = ()
    states: Mapping[str, PlaceState] = field(default_factory=dict)
    lyings: tuple[Lying, ...] = ()
    """Everybody's stretch that was read, those of the night before among them."""

    @property
    def is_today(self) -> bool:
        return self.recovery.day == self.today

    @property
    def occupied_bays(self) -> int:
        return sum(1 for bay in self.recovery.bays if bay.state is PlaceState.OCCUPIED)

    def next_reserved(self) -> tuple[Bay, Lying] | None:
        """Whose patient comes to a bay next."""
        ahead = [
            (bay, lying)
            for bay, lying in self.recovery.lyings()
            if lying.course.is_ahead and lying.course.end > self.now
        ]
        return min(ahead, key=lambda pair: (pair[1].course.start, pair[0].resource.code), default=None)

    def expected_home(self) -> tuple[tuple[Bay, Lying], ...]:
        """Who is in recovery and to come there today and does not stay the night, by when they leave it."""
        staying = {lying.use.appointment_id for column in self.nights for lying in column.lyings.values()}
        coming = [
            (bay, lying)
            for bay, lying in self.recovery.lyings()
            if lying.course.nearness in (Nearness.THERE, Nearness.COMING) and lying.use.appointment_id not in staying
        ]
        return tuple(sorted(coming, key=lambda pair: (pair[1].course.end, pair[0].resource.code)))

    def of_visit(self, appointment_id: int) -> tuple[Lying, ...]:
        """A visit's stretches: its bay, then its nights' bed."""
        found = [lying for _, lying in self.recovery.lyings() if lying.use.appointment_id == appointment_id]
        for column in self.nights:
            found += [each for each in column.lyings.values() if each.use.appointment_id == appointment_id]
        return tuple(found)
