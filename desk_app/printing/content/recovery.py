"""The sheet for recovery and beds: each bay's patients by the minute, then the night's beds with its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from desk_app.application.beds_view import Bay, BedsView, Lying, NightColumn
from desk_app.application.desk import Desk
from desk_app.application.use_cases.look_at_beds import beds_view
from desk_app.application.wording import birth_date, clock, count, moment
from desk_app.domain.bay_course import Nearness
from desk_app.domain.dataclass import dataclass
from desk_app.domain.names import initials
from desk_app.domain.practice import Resource, ResourceKind
from desk_app.domain.zone import day_span
from desk_app.printing.content.facts import DayFacts
from desk_app.printing.content.head import changes_told, figures_of, printed_by, title_of
from desk_app.printing.content.limits import limited, span_of
from desk_app.printing.content.marks import mark_of
from desk_app.printing.content.notes import notes_of
from desk_app.printing.content.plain import plain
from desk_app.printing.content.profiles import Profile
from desk_app.printing.content.setup import BORN, ESCORT, NOTES, TICKS, USUAL, WHAT, SheetSetup, part_told
from desk_app.printing.content.sheet import Column, Line, Row, Section, SheetContent, Style
from desk_app.printing.content.visits import SheetVisit

KIND, NAME = "recovery", "Recovery and beds"
NOTHING = "–"


def recovery_sheet(desk: Desk, facts: DayFacts, profile: Profile, setup: SheetSetup = USUAL) -> SheetContent:
    """What the sheet says now; its last version is that of the same kind."""
    view = beds_view(desk, facts.day, 1)
    maker = _Maker(facts, profile, view, {visit.id: visit for visit in facts.visits}, setup)
    sections = (*maker.bays(), *maker.beds())
    part = part_told(setup, KIND, facts.catalogue)
    return SheetContent(
        title=title_of(facts.day),
        subtitle=" · ".join(text for text in (NAME, plain(facts.catalogue.settings.name), part) if text),
        facts=figures_of(facts, profile),
        columns=maker.columns(),
        sections=sections,
        version=facts.version,
        file_title=f"{NAME} {facts.day.isoformat()}",
        printed=plain(printed_by(facts)),
        profile=f"profile: {profile.told}",
        keeping=profile.keeping,
        changes_told=changes_told(facts),
        empty="" if sections else "No bay is open on this day, and no bed at night.",
        scale=setup.scale,
        landscape=setup.landscape,
        printed_lines=limited(facts, setup).lines,
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    """``known`` are the visits that begin on the day; somebody from the night before is told by name alone."""

    facts: DayFacts
    profile: Profile
    view: BedsView
    known: Mapping[int, SheetVisit]
    setup: SheetSetup

    def columns(self) -> tuple[Column, ...]:
        """Widths are those of Letter, whose content is 724 wide, the box to tick before them.

        On A4, which is narrower, a birth date and a chart number of six digits still stand side by side.
        """
        if not self.profile.names_patients:
            return (Column("From", 68), Column("Patient", 130), Column("To", 100), Column("", 0, 1))
        what = (Column("What", 140, 1),) if self.setup.shows(WHAT) else ()
        escort = (Column("Escort", 106),) if self.setup.shows(ESCORT) else ()
        fixed = (Column("Flat until", 64), Column("To", 84))
        return (Column("From", 54), Column("Patient", 160, 1), *what, *fixed, *escort, Column("Score, note", 110, 1))

    def bays(self) -> list[Section]:
        """Every bay that is open or used."""
        wanted = [bay for bay in self.view.recovery.bays if not self.setup.only or bay.resource.code in self.setup.only]
        return [self._bay(bay) for bay in wanted if bay.lyings or self._hours(bay) != "closed"]

    def beds(self) -> list[Section]:
        """Every bed of the night of a whole day, each under its name: who lies there, kept, shut or free."""
        if not self.view.beds or not self.view.nights or self.setup.is_part:
            return []
        column = self.view.nights[0]
        return [self._bed(bed, column) for bed in self.view.beds]

    def _bay(self, bay: Bay) -> Section:
        begin, end = span_of(self.facts.day, self.setup, self.facts.zone)
        rows = tuple(self._row(each) for each in bay.lyings if each.use.start < end and each.use.end > begin)
        told = f"{self._hours(bay)} · {count(len(rows), 'patient', 'patients') if rows else 'no patient'}"
        return Section(plain(bay.resource.name), "", told, rows)

    def _hours(self, bay: Bay) -> str:
        """``07:30 to 18:30; closed 10:00 to 12:00 (leak)``"""
        begin, end = day_span(self.facts.day, self.facts.zone)
        shut = sorted(bay.shut)
        if any(shade.start <= begin and shade.end >= end for shade in shut):
            return "closed"
        first = next((shade.end for shade in shut if shade.start <= begin), begin)
        last = next((shade.start for shade in reversed(shut) if shade.end >= end), end)
        within = [shade for shade in shut if shade.start > first and shade.end < last]
        told = [f"{self._clock(shade.start)} to {self._clock(shade.end)} ({shade.text})" for shade in within]
        return plain("; ".join([f"{self._clock(first)} to {self._clock(last)}", *told]))

    def _bed(self, bed: Resource, column: NightColumn) -> Section:
        lying = column.lyings.get(bed.code)
        if lying is not None:
            return Section(plain(bed.name), "", "overnight", (self._row(lying),))
        state = "kept for who may have to stay" if bed.code in column.kept else column.shut.get(bed.code, "free")
        return Section(plain(bed.name), "", plain(state), ())

    def _row(self, lying: Lying) -> Row:
        use, visit = lying.use, self.known.get(lying.use.appointment_id)
        mark = "" if visit is None or self.facts.last is None else self._mark(visit)
        to_tick = lying.course.nearness is not Nearness.OVER and self.setup.shows(TICKS)
        begin, end = self._moment(lying, start=True), self._moment(lying, start=False)
        if not self.profile.names_patients:
            who = (Line(initials(use.family, use.given) or NOTHING, Style.LARGE),)
            return Row(((Line(begin, Style.LARGE),), who, (Line(end, Style.LARGE),), ()), mark, to_tick)
        what = (Line(visit.procedure if visit is not None else plain(use.procedure_name)),)
        escort = (Line(plain(use.escort)),) if use.escort else (Line("", Style.TO_WRITE),)
        cells = (
            (Line(begin, Style.STRONG),),
            self._patient(lying, visit),
            *((what,) if self.setup.shows(WHAT) else ()),
            (Line(self._flat(lying)),),
            (Line(end, Style.STRONG), Line(self._then(lying), Style.SMALL)),
            *((escort,) if self.setup.shows(ESCORT) else ()),
            self._note(visit),
        )
        return Row(cells, mark, to_tick)

    def _mark(self, visit: SheetVisit) -> str:
        last = self.facts.last
        return "" if last is None else mark_of(last.lines.get(visit.id), self.facts.lines[visit.id], self.profile)

    def _patient(self, lying: Lying, visit: SheetVisit | None) -> tuple[Line, ...]:
        use = lying.use
        name = f"{plain(use.family).upper()}, {plain(use.given)}" if use.given else plain(use.family).upper()
        born = birth_date(visit.birth_date) if visit is not None else ""
        told = " · ".join(part for part in (born, f"MRN {visit.mrn}" if visit is not None else "") if part)
        return (
            (Line(name, Style.STRONG), Line(told, Style.SMALL))
            if told and self.setup.shows(BORN)
            else (Line(name, Style.STRONG),)
        )

    def _flat(self, lying: Lying) -> str:
        flat = lying.rest.flat_until
        return self._clock(flat) if flat is not None and lying.use.kind == ResourceKind.RECOVERY_BAY else ""

    def _then(self, lying: Lying) -> str:
        """Where the patient goes: to a bed, or home."""
        if lying.use.kind == ResourceKind.OVERNIGHT_BED:
            return "home"
        beds = [
            each for each in self.view.of_visit(lying.use.appointment_id) if each.use.kind == ResourceKind.OVERNIGHT_BED
        ]
        return f"then {plain(self.facts.catalogue.resource(beds[0].use.resource).name)}" if beds else "home"

    def _note(self, visit: SheetVisit | None) -> tuple[Line, ...]:
        """A line to write the score on, then what is noted of the visit."""
        is_noted = self.setup.shows(NOTES)
        told = "; ".join(notes_of(visit, self.profile, self.facts.zone)) if visit is not None and is_noted else ""
        return (Line("", Style.TO_WRITE), Line(told, Style.SMALL)) if told else (Line("", Style.TO_WRITE),)

    def _moment(self, lying: Lying, start: bool) -> str:
        """As booked; with its day where that is another one."""
        return moment(lying.use.start if start else lying.use.end, self.facts.zone, self.facts.day)

    def _clock(self, at: datetime) -> str:
        return clock(at, self.facts.zone)
