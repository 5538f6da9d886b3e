"""The sheets there are, by kind: what each says of a day, and how it becomes a PDF."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from desk_app.application.desk import Desk
from desk_app.domain.faults import WrongInput
from desk_app.domain.practice import ResourceKind
from desk_app.printing.content.calls import NAMES as CALL_LISTS
from desk_app.printing.content.calls import call_sheet, read_calls
from desk_app.printing.content.facts import DayFacts, read_day
from desk_app.printing.content.grouping import Grouping
from desk_app.printing.content.head import changes_told, figures_of, notices_of, printed_by, title_of
from desk_app.printing.content.plain import plain
from desk_app.printing.content.profiles import Profile, profile_of
from desk_app.printing.content.recovery import KIND as RECOVERY
from desk_app.printing.content.recovery import recovery_sheet
from desk_app.printing.content.sheet import SheetContent
from desk_app.printing.files import replace_file
from desk_app.printing.pages.lay_out import Content
from desk_app.printing.papers import paper_of

GROUPED: Mapping[str, tuple[ResourceKind, str]] = {
    "rooms": (ResourceKind.PROCEDURE_ROOM, "Day sheet by room"),
    "clinicians": (ResourceKind.CLINICIAN, "Day sheet by clinician"),
}
"""Kinds of sheet that list the day under the resources of one kind, and what they are called."""


def day_sheet(desk: Desk, day: date, kind: str, profile: str) -> SheetContent:
    """What the sheet of that day says now. Raises WrongInput for a kind or profile that does not exist."""
    shown_to = profile_of(profile)
    if kind == RECOVERY:
        return recovery_sheet(desk, read_day(desk, day, kind), shown_to)
    if kind in CALL_LISTS:
        return call_sheet(read_calls(desk, day, kind), kind, shown_to)
    if kind not in GROUPED:
        raise WrongInput("sheet_kind", kind=kind)
    return content_of(read_day(desk, day, kind), kind, shown_to)


def content_of(facts: DayFacts, kind: str, profile: Profile) -> SheetContent:
    """The sheet of what was read of a day."""
    heading, name = GROUPED[kind]
    grouping = Grouping(facts, profile, heading)
    sections = grouping.sections()
    return SheetContent(
        title=title_of(facts.day),
        subtitle=f"{name} · {plain(facts.catalogue.settings.name)}",
        facts=figures_of(facts, profile),
        columns=grouping.maker.columns(),
        sections=sections,
        version=facts.version,
        file_title=f"{name} {facts.day.isoformat()}",
        printed=plain(printed_by(facts)),
        profile=f"profile: {profile.told}",
        keeping=profile.keeping,
        changes_told=changes_told(facts),
        notices=notices_of(facts, profile),
        empty="" if sections else _nothing(facts),
        printed_lines=facts.lines,
    )


def _nothing(facts: DayFacts) -> str:
    if facts.view.is_open():
        return "No visits on this day."
    return "The practice is closed on this day, and no visits are booked."


def save_pdf(content: Content, path: Path, paper: str) -> int:
    """Writes a sheet or letter as PDF, whole or not at all; answers its number of pages. Raises StorageUnavailable."""
    from desk_app.printing.painting.pdf import pdf_of

    document, pages = pdf_of(content, paper_of(paper))
    replace_file(path, document)
    return pages
