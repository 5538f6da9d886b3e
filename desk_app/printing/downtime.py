"""The downtime copy: the next days' sheets as PDF in a folder, to work by when server or power is gone.

A sheet is written when what it says has changed, whole or not at all; one of a day that is over is removed. A folder
that is not there is not made: it may be a stick that was pulled out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from desk_app.application.desk import Desk
from desk_app.application.use_cases.look_at_day import next_open_day
from desk_app.application.wording import clock, full_date
from desk_app.domain.dataclass import dataclass
from desk_app.domain.zone import local_date
from desk_app.printing.content.sheet import SheetContent
from desk_app.printing.files import names_in, remove_file, replace_file
from desk_app.printing.pages.lay_out import paper_for
from desk_app.printing.sheets import MAKERS, day_sheet

DAYS_AHEAD = 2
"""Working days after today."""

KINDS = tuple(kind for kind in ("rooms", "recovery", "calls") if kind in MAKERS)
PROFILE = "desk"
NOTE = "front-desk-copy.txt"
_OURS = re.compile(r"front-desk-\d{4}-\d{2}-\d{2}-[a-z_]+\.pdf")


class Copied(NamedTuple):
    """One sheet of the copy."""

    day: date
    kind: str

    @property
    def name(self) -> str:
        """Names the day and the sheet, never a patient."""
        return f"front-desk-{self.day.isoformat()}-{self.kind}.pdf"


@dataclass
class DowntimeCopy:
    """One folder's copy. ``password`` locks every PDF; it is kept in memory alone."""

    folder: Path
    password: str = field(default="", repr=False)
    paper: str = "Letter"
    _written: dict[str, bytes] = field(default_factory=dict, repr=False)

    def wanted(self, desk: Desk) -> tuple[Copied, ...]:
        """The sheets of today and the working days that follow."""
        days = [desk.today()]
        for _ in range(DAYS_AHEAD):
            following = next_open_day(desk, days[-1])
            if following is not None:
                days.append(following)
        return tuple(Copied(day, kind) for day in days for kind in KINDS)

    def write(self, desk: Desk, sheet: Copied) -> bool:
        """Writes one sheet if it says anything new, and answers whether it did.

        Raises StorageUnavailable, and RuleViolation ``no_encryption``; the old file is whole then.
        """
        content = day_sheet(desk, sheet.day, sheet.kind, PROFILE)
        said, path = _said(content), self.folder / sheet.name
        if self._written.get(sheet.name) == said and path.is_file():
            return False
        replace_file(path, self._pdf(_as_copy(content, desk)))
        self._written[sheet.name] = said
        return True

    def finish(self, desk: Desk, sheets: tuple[Copied, ...]) -> None:
        """Removes what is no longer wanted, and notes when the copy was looked at. Raises StorageUnavailable."""
        kept = {sheet.name for sheet in sheets}
        for name in names_in(self.folder):
            if _OURS.fullmatch(name) and name not in kept:
                remove_file(self.folder / name)
        self._written = {name: said for name, said in self._written.items() if name in kept}
        replace_file(self.folder / NOTE, _note(desk, sheets).encode())

    def _pdf(self, content: SheetContent) -> bytes:
        from desk_app.printing.painting.pdf import pdf_of

        document, _ = pdf_of(content, paper_for(content, self.paper))
        if not self.password:
            return document
        from desk_app.printing.locked_pdf import locked

        return locked(document, self.password)


def moment_told(desk: Desk) -> str:
    """``Tue 24 Nov 2026 10:00``"""
    now: datetime = desk.now()
    return f"{full_date(local_date(now, desk.zone()))} {clock(now, desk.zone())}"


def _as_copy(content: SheetContent, desk: Desk) -> SheetContent:
    """The sheet as a copy: no version of its own, and what it marks is against the paper that lies about."""
    marks = f"marks what changed since version {content.version - 1}" if content.changes_told else ""
    printed = f"Downtime copy of {moment_told(desk)}"
    return replace(content, printed=printed, changes_told=marks, kept_as="downtime copy")


def _said(content: SheetContent) -> bytes:
    """Everything but when it was made and by whom."""
    lines: Mapping[int, str] = {}
    return sha256(repr(replace(content, printed="", printed_lines=lines)).encode()).digest()


def _note(desk: Desk, sheets: tuple[Copied, ...]) -> str:
    names = "\n".join(f"  {sheet.name}" for sheet in sheets)
    return (
        f"Front Desk, downtime copy\n\nLooked at {moment_told(desk)}: these sheets held then. "
        f"Each says at its foot when it was written.\n\n{names}\n"
    )
