"""The columns and rows of a day sheet, as far as its profile may show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from desk_app.application.wording import SEDATION_WORDS, birth_date, clock, clock_range
from desk_app.domain.dataclass import dataclass
from desk_app.domain.names import initials
from desk_app.domain.practice import PhaseKind, Resource, ResourceKind, Sedation
from desk_app.domain.statuses import AppointmentStatus
from desk_app.printing.content.marks import CANCELLED, MOVED, Place
from desk_app.printing.content.notes import authorization_words, moment_words, notes_of
from desk_app.printing.content.plain import plain
from desk_app.printing.content.profiles import Profile
from desk_app.printing.content.setup import (
    BORN,
    ESCORT,
    NOTES,
    PAYER,
    PLACE,
    RECOVERY,
    SEDATION,
    TICKS,
    USUAL,
    WHAT,
    SheetSetup,
)
from desk_app.printing.content.sheet import Column, Line, Row, Style
from desk_app.printing.content.visits import SheetVisit

NOTHING = "–"
TIME, PATIENT = "time", "patient"
"""Columns that no sheet is without."""

Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class RowMaker:
    """``by_room``: the room is the heading and the C-arm has the column; else the room has it.

    ``with_physician``: more than one works under this heading, so each row says who.
    """

    profile: Profile
    zone: ZoneInfo
    by_room: bool
    setup: SheetSetup = USUAL

    def columns(self) -> tuple[Column, ...]:
        """Widths are those of Letter, whose content is 724 wide, the box to tick before them.

        On A4, which is narrower, a birth date and a chart number of six digits still stand side by side.
        """
        if not self.profile.names_patients:
            return (Column("Procedure", 68), Column("Patient", 130), Column("Room", 160), Column("", 0, 1))
        columns = {
            TIME: Column("Procedure", 68),
            PATIENT: Column("Patient", 147, 1),
            WHAT: Column("What", 136, 1),
            PLACE: Column("C-arm" if self.by_room else "Room", 50 if self.by_room else 56),
            RECOVERY: Column("Recovery", 76),
            ESCORT: Column("Escort" if self.setup.shows(ESCORT) else "Payer", 106),
            NOTES: Column("Note", 124, 1),
        }
        return tuple(columns[code] for code in self._shown())

    def row(self, visit: SheetVisit, mark: str, with_physician: bool) -> Row:
        """A visit that stands."""
        times = (
            Line(clock(visit.procedure_start, self.zone), self._strong),
            Line(clock_range(visit.start, visit.end, self.zone), Style.SMALL),
        )
        if not self.profile.names_patients:
            who = (Line(initials(visit.family, visit.given) or NOTHING, Style.LARGE),)
            room = (Line(_names(visit.of_kind(ResourceKind.PROCEDURE_ROOM)), Style.LARGE),)
            return Row((times, who, room, ()), mark, self.setup.shows(TICKS))
        cells = {
            TIME: times,
            PATIENT: self._patient(visit),
            WHAT: self._what(visit, with_physician),
            PLACE: self._place(visit),
            RECOVERY: self._recovery(visit),
            ESCORT: self._escort(visit),
            NOTES: self._notes(notes_of(visit, self.profile, self.zone)),
        }
        return Row(self._in_order(cells), mark, self.setup.shows(TICKS))

    def gone(self, visit: SheetVisit, before: Place, room: str) -> Row:
        """A visit that was on the last version: where it stood, and what has become of it."""
        cancelled = visit.status in (AppointmentStatus.CANCELLED, AppointmentStatus.NO_SHOW)
        lapsed = not cancelled and visit.status == AppointmentStatus.HELD
        mark = CANCELLED if cancelled or lapsed else MOVED
        times = (Line(before.time, self._strong),)
        if not self.profile.names_patients:
            wall = (Line(initials(visit.family, visit.given) or NOTHING, Style.LARGE),)
            return Row((times, wall, (Line(room, Style.LARGE),), ()), mark, to_tick=False, struck=frozenset({0, 1, 2}))
        why = self._notes((self._why(visit, lapsed),))
        who = self._patient(visit) if self.setup.shows(NOTES) else (*self._patient(visit), *why)
        cells: Mapping[str, Cell] = {TIME: times, PATIENT: who, WHAT: (Line(visit.procedure),), NOTES: why}
        struck = frozenset({0, 1, 2} if self.setup.shows(WHAT) else {0, 1})
        return Row(self._in_order(cells), mark, to_tick=False, struck=struck)

    def _shown(self) -> tuple[str, ...]:
        """The columns that this sheet has."""
        escort = self.setup.shows(ESCORT) or (self.setup.shows(PAYER) and self.profile.shows_payers)
        wanted = {code: self.setup.shows(code) for code in (WHAT, PLACE, RECOVERY, NOTES)}
        asked = {TIME: True, PATIENT: True, **wanted, ESCORT: escort}
        return tuple(code for code in (TIME, PATIENT, WHAT, PLACE, RECOVERY, ESCORT, NOTES) if asked[code])

    def _in_order(self, cells: Mapping[str, Cell]) -> tuple[Cell, ...]:
        return tuple(cells.get(code, ()) for code in self._shown())

    @property
    def _strong(self) -> Style:
        """What hangs on a wall is read from further away."""
        return Style.STRONG if self.profile.names_patients else Style.LARGE

    def _patient(self, visit: SheetVisit) -> Cell:
        told = " · ".join(part for part in (birth_date(visit.birth_date), f"MRN {visit.mrn}") if part)
        name = Line(visit.name, Style.STRONG)
        return (name, Line(told, Style.SMALL)) if self.setup.shows(BORN) else (name,)

    def _what(self, visit: SheetVisit, with_physician: bool) -> Cell:
        sedation = SEDATION_WORDS.get(visit.sedation, visit.sedation) if self.setup.shows(SEDATION) else ""
        who = _names(visit.physicians()) if with_physician else ""
        more = " · ".join(part for part in (sedation, who) if part)
        return (Line(visit.procedure), Line(more, Style.SMALL)) if more else (Line(visit.procedure),)

    def _place(self, visit: SheetVisit) -> Cell:
        arms = Line(_names(visit.of_kind(ResourceKind.C_ARM)))
        if self.by_room:
            return (arms,)
        return (Line(_names(visit.of_kind(ResourceKind.PROCEDURE_ROOM))), Line(arms.text, Style.SMALL))

    def _recovery(self, visit: SheetVisit) -> Cell:
        phase = visit.phase(PhaseKind.RECOVERY)
        if phase is None:
            return (Line(NOTHING),)
        bays = _names(visit.of_kind(ResourceKind.RECOVERY_BAY))
        return (Line(bays), Line(clock_range(phase.start, phase.end, self.zone), Style.SMALL))

    def _escort(self, visit: SheetVisit) -> Cell:
        missing = visit.sedation != Sedation.NONE and not visit.escort
        named = (Line("", Style.TO_WRITE),) if missing else (Line(visit.escort),) if visit.escort else ()
        payer = (Line(authorization_words(visit, self.zone), Style.SMALL),) if self.profile.shows_payers else ()
        return (*(named if self.setup.shows(ESCORT) else ()), *(payer if self.setup.shows(PAYER) else ()))

    def _notes(self, notes: Iterable[str]) -> Cell:
        told = "; ".join(note for note in notes if note)
        return (Line(told, Style.SMALL),) if told else ()

    def _why(self, visit: SheetVisit, lapsed: bool) -> str:
        if lapsed:
            return "the hold has lapsed"
        if visit.status == AppointmentStatus.CANCELLED:
            return "cancelled"
        if visit.status == AppointmentStatus.NO_SHOW:
            return "did not come"
        return f"now {moment_words(visit.procedure_start, self.zone)}"


def _names(resources: Iterable[Resource]) -> str:
    return ", ".join(plain(resource.name) for resource in resources) or NOTHING
