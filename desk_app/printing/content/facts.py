"""What is read of a day for its sheets: one look at the plan, the openings, the night, and the last version printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from desk_app.application.day_plan import DayPlan
from desk_app.application.desk import Desk
from desk_app.application.read_models import PrintedSheet
from desk_app.application.schedule_view import DayView, open_stretches
from desk_app.application.use_cases.look_at_day import day_view
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue, PhaseKind, Resource, ResourceKind
from desk_app.domain.slots import Night
from desk_app.domain.zone import day_span, local_date
from desk_app.printing.content.marks import printed_line
from desk_app.printing.content.visits import SheetVisit, gone, standing


class Printing(Protocol):
    """What every sheet says of itself: when, by whom, which version."""

    @property
    def now(self) -> datetime: ...
    @property
    def zone(self) -> ZoneInfo: ...
    @property
    def user(self) -> str: ...
    @property
    def last(self) -> PrintedSheet | None: ...
    @property
    def version(self) -> int: ...


@dataclass(frozen=True, slots=True)
class DayFacts:
    """A day as of ``now``. ``last`` is None where this sheet was never printed."""

    day: date
    now: datetime
    zone: ZoneInfo
    user: str
    view: DayView
    visits: tuple[SheetVisit, ...]
    gone: tuple[SheetVisit, ...]
    night: Night
    last: PrintedSheet | None
    lines: Mapping[int, str]
    """What this version keeps of each visit."""

    @property
    def catalogue(self) -> Catalogue:
        return self.view.catalogue

    @property
    def today(self) -> date:
        return local_date(self.now, self.zone)

    @property
    def version(self) -> int:
        return self.last.version + 1 if self.last else 1

    def opening(self, resource: Resource) -> tuple[tuple[datetime, datetime], ...]:
        """When a resource is open on the day (for a block: to some procedures at least)."""
        return open_stretches(self.view.shading.get(resource.code, ()), *day_span(self.day, self.zone))


def read_day(desk: Desk, day: date, kind: str, printed: Iterable[int] = ()) -> DayFacts:
    """Everything a sheet of that day is made from; ``printed`` are further visits that some paper names."""
    view, zone, now = day_view(desk, day), desk.zone(), desk.now()
    visits = _visits(view.plan, view.catalogue, zone)
    last = desk.queries.last_printed(day, kind)
    here = {visit.id for visit in visits}
    named = dict.fromkeys((*(last.lines if last else ()), *sorted(printed)))
    left = [number for number in named if number not in here]
    return DayFacts(
        day,
        now,
        zone,
        desk.actor.user_name,
        view,
        visits,
        tuple(gone(desk.queries.visit_card(number), view.catalogue) for number in left),
        desk.slots.index(day, day).night(day),
        last,
        {visit.id: printed_line(visit, zone) for visit in visits},
    )


def day_lines(desk: Desk, day: date) -> dict[int, str]:
    """What a sheet of that day would keep of each visit now."""
    zone = desk.zone()
    visits = _visits(desk.queries.day_plan(day, desk.now()), desk.catalogue(), zone)
    return {visit.id: printed_line(visit, zone) for visit in visits}


def _visits(plan: DayPlan, catalogue: Catalogue, zone: ZoneInfo) -> tuple[SheetVisit, ...]:
    """Those that begin on the day: whoever stays a night belongs to the day before."""
    return tuple(standing(line, catalogue) for line in plan.lines if local_date(line.start, zone) == plan.day)


class Peak(NamedTuple):
    """The most bays in use at one time, and since when."""

    bays: int
    at: datetime


def recovery_peak(visits: tuple[SheetVisit, ...]) -> Peak | None:
    """None where nobody recovers."""
    steps: Counter[datetime] = Counter()
    for visit in visits:
        phase = visit.phase(PhaseKind.RECOVERY)
        if phase is not None and visit.of_kind(ResourceKind.RECOVERY_BAY):
            steps[phase.start] += 1
            steps[phase.end] -= 1
    best, bays = None, 0
    for at in sorted(steps):
        bays += steps[at]
        if best is None or bays > best.bays:
            best = Peak(bays, at)
    return best
