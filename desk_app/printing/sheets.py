"""The sheets there are, by kind: what each says of a day, and how it becomes a PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.read_models import PrintedSheet
from desk_app.application.use_cases.sheets import record_printed
from desk_app.domain.call_records import Letter
from desk_app.domain.faults import WrongInput
from desk_app.domain.practice import ResourceKind
from desk_app.printing.content.calls import NAMES as CALL_LISTS
from desk_app.printing.content.calls import call_sheet, read_calls
from desk_app.printing.content.changes import KIND as CHANGES
from desk_app.printing.content.changes import change_slip
from desk_app.printing.content.facts import DayFacts, read_day
from desk_app.printing.content.grouping import Grouping
from desk_app.printing.content.head import changes_told, figures_of, notices_of, printed_by, title_of
from desk_app.printing.content.limits import limited
from desk_app.printing.content.plain import plain
from desk_app.printing.content.profiles import Profile, profile_of
from desk_app.printing.content.recovery import KIND as RECOVERY
from desk_app.printing.content.recovery import recovery_sheet
from desk_app.printing.content.setup import USUAL, WARNINGS, SheetSetup, checked, part_told, usual_setup
from desk_app.printing.content.sheet import SheetContent
from desk_app.printing.content.slip import KIND as SLIP
from desk_app.printing.content.slip import Slip, record_slip_sheets, slips_of_day
from desk_app.printing.content.week import KIND as WEEK
from desk_app.printing.content.week import monday_of, read_week, week_sheet
from desk_app.printing.files import replace_file
from desk_app.printing.pages.lay_out import Bundle, Content, paper_for
from desk_app.printing.progress import Progress

GROUPED: Mapping[str, tuple[ResourceKind, str]] = {
    "rooms": (ResourceKind.PROCEDURE_ROOM, "Day sheet by room"),
    "clinicians": (ResourceKind.CLINICIAN, "Day sheet by clinician"),
}
"""Kinds of sheet that list the day under the resources of one kind, and what they are called."""


def day_sheet(desk: Desk, day: date, kind: str, profile: str, setup: SheetSetup | None = None) -> SheetContent:
    """What the sheet of that day says now, set up as usual or as wished.

    Raises WrongInput for a kind, a profile or a word of the setup that does not exist.
    """
    shown_to = profile_of(profile)
    if kind not in MAKERS:
        raise WrongInput("sheet_kind", kind=kind)
    wanted = usual_setup(kind) if setup is None else checked(setup, kind, desk.catalogue())
    return MAKERS[kind](desk, day, kind, shown_to, wanted)


def _calls(desk: Desk, day: date, kind: str, profile: Profile, setup: SheetSetup) -> SheetContent:
    return call_sheet(read_calls(desk, day, kind), kind, profile, setup)


def _grouped(desk: Desk, day: date, kind: str, profile: Profile, setup: SheetSetup) -> SheetContent:
    return content_of(read_day(desk, day, kind), kind, profile, setup)


def _week(desk: Desk, day: date, kind: str, profile: Profile, setup: SheetSetup) -> SheetContent:
    return week_sheet(read_week(desk, day), profile, setup)


def _changes(desk: Desk, day: date, kind: str, profile: Profile, setup: SheetSetup) -> SheetContent:
    return change_slip(desk, day, profile, setup)


def _recovery(desk: Desk, day: date, kind: str, profile: Profile, setup: SheetSetup) -> SheetContent:
    return recovery_sheet(desk, read_day(desk, day, kind), profile, setup)


Maker = Callable[[Desk, date, str, Profile, SheetSetup], SheetContent]
MAKERS: Mapping[str, Maker] = {
    **dict.fromkeys(GROUPED, _grouped),
    RECOVERY: _recovery,
    WEEK: _week,
    CHANGES: _changes,
    **dict.fromkeys(CALL_LISTS, _calls),
}
"""Every kind of sheet about a day, and who makes it."""


def content_of(day: DayFacts, kind: str, profile: Profile, setup: SheetSetup = USUAL) -> SheetContent:
    """The sheet of what was read of a day."""
    heading, name = GROUPED[kind]
    facts = limited(day, setup)
    grouping = Grouping(facts, profile, heading, setup)
    sections = grouping.sections()
    part = part_told(setup, kind, facts.catalogue)
    return SheetContent(
        title=title_of(facts.day),
        subtitle=" · ".join(text for text in (name, plain(facts.catalogue.settings.name), part) if text),
        facts=figures_of(day, profile, len(facts.visits) if setup.is_part else None),
        columns=grouping.maker.columns(),
        sections=sections,
        version=facts.version,
        file_title=f"{name} {facts.day.isoformat()}",
        printed=plain(printed_by(facts)),
        profile=f"profile: {profile.told}",
        keeping=profile.keeping,
        changes_told=changes_told(facts),
        notices=notices_of(facts, profile) if setup.shows(WARNINGS) else (),
        empty="" if sections else _nothing(day, part),
        scale=setup.scale,
        page_each=setup.page_each,
        landscape=setup.landscape,
        printed_lines=facts.lines,
    )


def record_sheet(
    desk: Desk, day: date, kind: str, profile: str, content: SheetContent, way: str
) -> Outcome[PrintedSheet]:
    """Keeps what went out, with who printed it; a week is kept under its Monday. ``way``: printer or pdf."""
    about = monday_of(day) if kind == WEEK else day
    return record_printed(desk, about, kind, profile, content.printed_lines, way)


def _nothing(facts: DayFacts, part: str) -> str:
    if part and facts.visits:
        return "No visits in this part of the day."
    if facts.view.is_open():
        return "No visits on this day."
    return "The practice is closed on this day, and no visits are booked."


class Prepared(NamedTuple):
    """What would go out now, and how that is kept with who printed it; ``record`` is told printer or pdf."""

    content: Content
    record: Callable[[str], Outcome[PrintedSheet] | Outcome[Letter] | Outcome[int]]


def prepared(desk: Desk, day: date, kind: str, profile: str, setup: SheetSetup | None = None) -> Prepared:
    """Any kind of paper about a day, the patients' slips among them. Raises as :func:`day_sheet` does."""
    if kind == SLIP:
        return prepared_slips(desk, slips_of_day(desk, day, profile_of(profile)), profile)
    content = day_sheet(desk, day, kind, profile, setup)
    return Prepared(content, lambda way: record_sheet(desk, day, kind, profile, content, way))


def prepared_slips(desk: Desk, slips: tuple[Slip, ...], profile: str) -> Prepared:
    """Slips in one document."""
    return Prepared(bundled(slips), lambda way: record_slip_sheets(desk, slips, profile, way))


def bundled(slips: Sequence[Slip]) -> Content:
    """Slips in one document."""
    if len(slips) == 1:
        return slips[0].content
    return Bundle(f"Patient slips {slips[0].day.isoformat()}", tuple(slip.content for slip in slips))


def save_pdf(content: Content, path: Path, paper: str, progress: Progress | None = None) -> int:
    """Writes a sheet or letter as PDF, whole or not at all; answers its number of pages.

    Raises StorageUnavailable, and Stopped where somebody stops it: the old file is whole then.
    """
    from desk_app.printing.painting.pdf import pdf_of

    watched = progress or Progress()
    document, pages = pdf_of(content, paper_for(content, paper), watched)
    watched.settle()
    replace_file(path, document)
    return pages
