"""The week at one look: rooms down the page, days across it, a line for each visit."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from desk_app.application.day_plan import DayPlanLine
from desk_app.application.desk import Desk
from desk_app.application.read_models import PrintedSheet
from desk_app.application.schedule_view import DayView, open_stretches
from desk_app.application.use_cases.look_at_day import day_view
from desk_app.application.wording import clock, count, weekday_date
from desk_app.domain.dataclass import dataclass
from desk_app.domain.names import initials
from desk_app.domain.practice import Catalogue, ResourceKind
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.zone import day_span, local_date
from desk_app.printing.content.head import changes_told, printed_by, title_of
from desk_app.printing.content.limits import span_of
from desk_app.printing.content.marks import CANCELLED, CHANGED, MOVED, NEW
from desk_app.printing.content.plain import isolated, plain
from desk_app.printing.content.profiles import Profile
from desk_app.printing.content.setup import PROCEDURE, SheetSetup, part_told
from desk_app.printing.content.sheet import Column, Line, Row, Section, SheetContent, Style
from desk_app.printing.content.visits import standing

KIND, NAME = "week", "Week by room"
DAYS = 7
ROWS_TOGETHER = 12
"""Visits of a room and day that stay on one page; more go on in a further row, so that any week breaks well."""

NOTHING = "–"
OFF = frozenset({AppointmentStatus.CANCELLED, AppointmentStatus.NO_SHOW, AppointmentStatus.HELD})
"""What a visit is that went and was not moved; a hold that is there no more has lapsed."""


class WeekVisit(NamedTuple):
    """A visit of the week: ``at`` is when its procedure begins, ``room`` the code of where, empty without one."""

    id: int
    family: str
    given: str
    at: datetime
    start: datetime
    end: datetime
    room: str
    procedure: str
    levels: int
    is_held: bool


class GoneVisit(NamedTuple):
    """A visit that was on the last version and is in this week no more."""

    id: int
    family: str
    given: str
    status: str


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A day with the visits that begin on it, in their order: whoever stays a night belongs to the day before."""

    view: DayView
    visits: tuple[WeekVisit, ...]

    @property
    def day(self) -> date:
        return self.view.plan.day


@dataclass(frozen=True, slots=True)
class WeekFacts:
    """The week that begins on ``monday``, as of ``now``. ``last`` is None where its sheet was never printed."""

    monday: date
    now: datetime
    zone: ZoneInfo
    user: str
    catalogue: Catalogue
    days: tuple[WeekDay, ...]
    last: PrintedSheet | None
    gone: tuple[GoneVisit, ...] = ()

    @property
    def version(self) -> int:
        return self.last.version + 1 if self.last else 1


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def read_week(desk: Desk, day: date) -> WeekFacts:
    """The week that ``day`` lies in."""
    monday = monday_of(day)
    days = tuple(week_day(day_view(desk, monday + timedelta(days=ahead)), desk.zone()) for ahead in range(DAYS))
    last = desk.queries.last_printed(monday, KIND)
    here = {visit.id for each in days for visit in each.visits}
    cards = [desk.queries.visit_card(number) for number in (last.lines if last else {}) if number not in here]
    gone = tuple(
        GoneVisit(card.appointment.id, plain(card.patient.family), plain(card.patient.given), card.appointment.status)
        for card in cards
    )
    return WeekFacts(monday, desk.now(), desk.zone(), desk.actor.user_name, desk.catalogue(), days, last, gone)


def week_day(view: DayView, zone: ZoneInfo) -> WeekDay:
    """The visits of a day as the week tells them."""
    lines = [line for line in view.plan.lines if local_date(line.start, zone) == view.plan.day]
    return WeekDay(view, tuple(sorted((_visit(line, view.catalogue) for line in lines), key=lambda visit: visit.at)))


def _visit(line: DayPlanLine, catalogue: Catalogue) -> WeekVisit:
    visit = standing(line, catalogue)
    rooms = visit.of_kind(ResourceKind.PROCEDURE_ROOM)
    return WeekVisit(
        visit.id,
        visit.family,
        visit.given,
        visit.procedure_start,
        visit.start,
        visit.end,
        rooms[0].code if rooms else "",
        plain(line.procedure),
        line.levels,
        line.status == AppointmentStatus.HELD,
    )


def week_sheet(facts: WeekFacts, profile: Profile, setup: SheetSetup) -> SheetContent:
    """The sheet of that week."""
    maker = _Maker(facts, profile, setup)
    sections = maker.sections()
    part = part_told(setup, KIND, facts.catalogue)
    return SheetContent(
        title=f"Week of {title_of(facts.monday)}",
        subtitle=" · ".join(text for text in (NAME, plain(facts.catalogue.settings.name), part) if text),
        facts=(maker.total(),),
        columns=maker.columns(),
        sections=sections,
        version=facts.version,
        file_title=f"{NAME} {facts.monday.isoformat()}",
        printed=plain(printed_by(facts)),
        profile=f"profile: {profile.told}",
        keeping=profile.keeping,
        changes_told=changes_told(facts),
        empty="" if sections else "No room is open in this week, and no visits are booked.",
        scale=setup.scale,
        landscape=setup.landscape,
        printed_lines=maker.kept(),
    )


class _Maker:
    def __init__(self, facts: WeekFacts, profile: Profile, setup: SheetSetup) -> None:
        self._facts, self._profile, self._setup = facts, profile, setup
        self._days = [each for each in facts.days if each.view.is_open() or self._shown(each)]
        every = facts.catalogue.of_kind(ResourceKind.PROCEDURE_ROOM)
        self._rooms = [room for room in every if not setup.only or room.code in setup.only]

    def columns(self) -> tuple[Column, ...]:
        """One a day on which anybody is there; widths are those of Letter turned, whose content is 964 wide."""
        days = len(self._days) or 1
        return tuple(Column(self._caption(each), 946 / days, 1) for each in self._days)

    def total(self) -> str:
        return count(sum(len(self._shown(each)) for each in self._days), "visit", "visits")

    def sections(self) -> tuple[Section, ...]:
        """One a room, with as many rows as its fullest day needs."""
        if not self._days:
            return ()
        made = [self._section(plain(room.name), room.code) for room in self._rooms]
        if any(not visit.room for each in self._days for visit in self._shown(each)):
            made.append(self._section("Without a room", ""))
        return tuple(made)

    def kept(self) -> dict[int, str]:
        """What this version keeps: all that it shows, and of the rest what was printed before."""
        before = dict(self._facts.last.lines) if self._facts.last and self._setup.is_part else {}
        shown = {visit.id for each in self._facts.days for visit in self._shown(each)}
        now = {visit.id: self._kept(each, visit) for each in self._facts.days for visit in each.visits}
        return {**before, **{key: text if key in shown else before.get(key, text) for key, text in now.items()}}

    def _section(self, name: str, room: str) -> Section:
        cells = [self._cell(each, room) for each in self._days]
        visits = sum(1 for each in self._days for visit in self._shown(each) if visit.room == room)
        rows = tuple(
            Row(tuple(tuple(cell[at : at + ROWS_TOGETHER]) for cell in cells), to_tick=False)
            for at in range(0, max(len(cell) for cell in cells), ROWS_TOGETHER)
        )
        return Section(name, "", count(visits, "visit", "visits"), rows)

    def _cell(self, day: WeekDay, room: str) -> list[Line]:
        told = [self._line(day, visit) for visit in self._shown(day) if visit.room == room]
        told += self._gone(day, room)
        return told or [Line("closed" if self._is_shut(day, room) else NOTHING, Style.SMALL)]

    def _line(self, day: WeekDay, visit: WeekVisit) -> Line:
        """``08:10 Ortiz, M. · KYPHO ×2``, in bold with the word where it changed since."""
        told = [f"{clock(visit.at, self._facts.zone)} {self._who(visit.family, visit.given)}"]
        if self._profile.names_patients and self._setup.shows(PROCEDURE):
            told.append(visit.procedure + (f" ×{visit.levels}" if visit.levels > 1 else ""))
        if visit.is_held:
            told.append("held")
        mark = self._mark(day, visit)
        return Line(" · ".join([*told, mark]), Style.STRONG) if mark else Line(" · ".join(told), Style.SMALL)

    def _gone(self, day: WeekDay, room: str) -> list[Line]:
        """Who stood there on the last version."""
        told, before = [], self._facts.last.lines if self._facts.last is not None else {}
        for gone in self._facts.gone:
            stood = _Stood.of(before[gone.id])
            if (stood.day, stood.room) == (day.day.isoformat(), room):
                word = CANCELLED if gone.status in OFF else "to another week"
                told.append(Line(f"{stood.at} {self._who(gone.family, gone.given)} · {word}", Style.STRONG))
        return told

    def _who(self, family: str, given: str) -> str:
        if not self._profile.names_patients:
            return initials(family, given) or NOTHING
        return f"{isolated(family)}, {isolated(given[0])}." if given else isolated(family)

    def _mark(self, day: WeekDay, visit: WeekVisit) -> str:
        if self._facts.last is None:
            return ""
        before, now = self._facts.last.lines.get(visit.id), self._kept(day, visit)
        if before is None:
            return NEW
        if _Stood.of(before) != _Stood.of(now):
            return MOVED
        return CHANGED if before != now and self._profile.names_patients else ""

    def _kept(self, day: WeekDay, visit: WeekVisit) -> str:
        place = (day.day.isoformat(), clock(visit.at, self._facts.zone), visit.room)
        return "\t".join((*place, visit.procedure, str(visit.levels), "held" if visit.is_held else ""))

    def _shown(self, day: WeekDay) -> list[WeekVisit]:
        begin, end = span_of(day.day, self._setup, self._facts.zone)
        there = [visit for visit in day.visits if visit.start < end and visit.end > begin]
        return [visit for visit in there if not self._setup.only or visit.room in self._setup.only]

    def _caption(self, day: WeekDay) -> str:
        return f"{weekday_date(day.day)} · {len(self._shown(day))}"

    def _is_shut(self, day: WeekDay, room: str) -> bool:
        return not open_stretches(day.view.shading.get(room, ()), *day_span(day.day, self._facts.zone))


class _Stood(NamedTuple):
    """Where a line stood on a version."""

    day: str
    at: str
    room: str

    @classmethod
    def of(cls, line: str) -> _Stood:
        day, at, room = (*line.split("\t"), "", "", "")[:3]
        return cls(day, at, room)
