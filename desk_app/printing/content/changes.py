"""The change slip: what has changed on a day since its sheets were printed, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from desk_app.application.desk import Desk
from desk_app.application.read_models import PrintedSheet
from desk_app.application.wording import clock, count, full_date, weekday_date
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import ResourceKind
from desk_app.domain.zone import local_date
from desk_app.printing.content.facts import DayFacts, day_lines, read_day
from desk_app.printing.content.grouping import Grouping
from desk_app.printing.content.head import printed_by, title_of
from desk_app.printing.content.marks import mark_of
from desk_app.printing.content.plain import plain
from desk_app.printing.content.profiles import PROFILES, Profile
from desk_app.printing.content.setup import SheetSetup
from desk_app.printing.content.sheet import SheetContent

KIND, NAME = "changes", "Change slip"
PAPERS: Mapping[str, str] = {"rooms": "sheet by room", "clinicians": "sheet by clinician", "recovery": "recovery sheet"}
"""Kinds of sheet that a slip sets right: they keep the same of a visit. A list of calls changes with every call."""

LOOK_AHEAD = 14
"""Days ahead on which a sheet that lies about may be out of date: nobody prints further."""


class Paper(NamedTuple):
    """A sheet as it lies about: ``lines`` are what it says now, with the slip that went after it."""

    kind: str
    version: int
    printed_at: datetime
    lines: Mapping[int, str]


def papers_of(printed: Mapping[str, PrintedSheet]) -> tuple[Paper, ...]:
    """The sheets of a day by when they were printed, the oldest first."""
    slip = printed.get(KIND)
    found = []
    for kind, sheet in printed.items():
        if kind in PAPERS:
            is_corrected = slip is not None and slip.printed_at >= sheet.printed_at
            lines = slip.lines if slip is not None and is_corrected else sheet.lines
            found.append(Paper(kind, sheet.version, sheet.printed_at, lines))
    return tuple(sorted(found, key=lambda paper: paper.printed_at))


def outdated_lines(papers: Iterable[Paper], now: Mapping[int, str], profile: Profile) -> dict[int, str]:
    """For each visit that some sheet no longer tells rightly, what the oldest of these says; empty for a new one."""
    found: dict[int, str] = {}
    for paper in papers:
        for number, line in now.items():
            if mark_of(paper.lines.get(number), line, profile):
                found.setdefault(number, paper.lines.get(number, ""))
        for number, line in paper.lines.items():
            if number not in now:
                found.setdefault(number, line)
    return found


@dataclass(frozen=True, slots=True)
class OutdatedDay:
    """A day of which a printed sheet no longer holds in so many visits."""

    day: date
    changes: int

    @property
    def told(self) -> str:
        return f"{weekday_date(self.day)}, {count(self.changes, 'change', 'changes')}"


def outdated_days(desk: Desk) -> tuple[OutdatedDay, ...]:
    """Today and the days ahead whose sheets were printed and have changed since; one question where none was."""
    today = desk.today()
    printed = desk.queries.sheets_printed(today, today + timedelta(days=LOOK_AHEAD))
    found = []
    for day, sheets in sorted(printed.items()):
        papers = papers_of(sheets)
        if papers:
            changes = outdated_lines(papers, day_lines(desk, day), PROFILES["desk"])
            found.append(OutdatedDay(day, len(changes)))
    return tuple(each for each in found if each.changes)


def change_slip(desk: Desk, day: date, profile: Profile, setup: SheetSetup) -> SheetContent:
    """The slip as it would go out now; printing it makes the sheets of that day right again."""
    papers = papers_of(desk.queries.sheets_printed(day, day).get(day, {}))
    facts = read_day(desk, day, KIND, {number for paper in papers for number in paper.lines})
    return slip_of(facts, papers, profile, setup)


def slip_of(facts: DayFacts, papers: tuple[Paper, ...], profile: Profile, setup: SheetSetup) -> SheetContent:
    """The slip of what was read of a day."""
    changed = outdated_lines(papers, facts.lines, profile)
    before = PrintedSheet(0, facts.now, {number: line for number, line in changed.items() if line})
    part = replace(
        facts,
        visits=tuple(visit for visit in facts.visits if visit.id in changed),
        gone=tuple(visit for visit in facts.gone if visit.id in changed),
        last=before,
    )
    grouping = Grouping(part, profile, ResourceKind.PROCEDURE_ROOM, setup, of_changes=True)
    sections = tuple(section for section in grouping.sections() if section.rows)
    return SheetContent(
        title=title_of(facts.day),
        subtitle=f"{NAME} · {plain(facts.catalogue.settings.name)}",
        facts=(count(len(changed), "change", "changes"), *_since(papers, facts.zone)),
        columns=grouping.maker.columns(),
        sections=sections,
        version=facts.version,
        file_title=f"{NAME} {facts.day.isoformat()}",
        printed=plain(printed_by(facts)),
        profile=f"profile: {profile.told}",
        keeping=profile.keeping,
        empty="" if sections else _nothing(papers),
        scale=setup.scale,
        landscape=setup.landscape,
        printed_lines=facts.lines,
    )


def _since(papers: tuple[Paper, ...], zone: ZoneInfo) -> tuple[str, ...]:
    """``since the sheet by room, version 2, Tue 24 Nov 2026 16:02``"""
    return tuple(
        f"since the {PAPERS[paper.kind]}, version {paper.version}, "
        f"{full_date(local_date(paper.printed_at, zone))} {clock(paper.printed_at, zone)}"
        for paper in papers
    )


def _nothing(papers: tuple[Paper, ...]) -> str:
    if papers:
        return "Nothing has changed since the sheets of this day were printed."
    return "No sheet of this day was printed, so there is nothing to set right."
