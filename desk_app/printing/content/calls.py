"""The list of calls on paper: best first, or by payer with all that an insurer asks for on one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from desk_app.application.call_line_words import (
    about_words,
    codes_words,
    is_payers,
    kind_words,
    name_words,
    payer_words,
)
from desk_app.application.call_rows import CallLine
from desk_app.application.desk import Desk
from desk_app.application.phone_words import hours_words, payer_line, written_number
from desk_app.application.read_models import PrintedSheet
from desk_app.application.use_cases.calls import CallList, CallWish, PayerCalls, by_payer, look_at_calls
from desk_app.application.wording import birth_date, clock, count, weekday_date
from desk_app.domain.dataclass import dataclass
from desk_app.domain.names import initials
from desk_app.domain.practice import Catalogue
from desk_app.domain.zone import local_date
from desk_app.printing.content.head import changes_told, printed_by, title_of
from desk_app.printing.content.marks import CHANGED, NEW
from desk_app.printing.content.plain import plain
from desk_app.printing.content.profiles import Profile
from desk_app.printing.content.setup import BORN, RESULT, TICKS, TRIES, USUAL, SheetSetup
from desk_app.printing.content.sheet import Column, Line, Row, Section, SheetContent, Style

CALLS, CALLS_BY_PAYER = "calls", "calls_by_payer"
NAMES: Mapping[str, str] = {CALLS: "Call list", CALLS_BY_PAYER: "Call list by payer"}
"""Kinds of sheet, and what they are called."""

NOBODY = "No call is due by the end of this day."


@dataclass(frozen=True, slots=True)
class CallFacts:
    """The open calls that are due by the end of a day, best first, as of ``now``; ``last`` is the version before."""

    day: date
    now: datetime
    zone: ZoneInfo
    user: str
    catalogue: Catalogue
    found: CallList
    last: PrintedSheet | None

    @property
    def version(self) -> int:
        return self.last.version + 1 if self.last else 1


def read_calls(desk: Desk, day: date, kind: str) -> CallFacts:
    """Everything the sheet is made from."""
    found = look_at_calls(desk, CallWish(due_by=day))
    last = desk.queries.last_printed(day, kind)
    return CallFacts(day, desk.now(), desk.zone(), desk.actor.user_name, desk.catalogue(), found, last)


def call_sheet(facts: CallFacts, kind: str, profile: Profile, setup: SheetSetup = USUAL) -> SheetContent:
    """The sheet; without payers in its profile it lists the calls to patients alone."""
    lines = tuple(line for line in facts.found.lines if profile.shows_payers or not is_payers(line))
    maker = _Rows(facts, profile, setup)
    sections = maker.by_payer(lines) if kind == CALLS_BY_PAYER else maker.best_first(lines)
    return SheetContent(
        title=title_of(facts.day),
        subtitle=f"{NAMES[kind]} · {plain(facts.catalogue.settings.name)}",
        facts=_figures(lines),
        columns=maker.columns(),
        sections=sections,
        version=facts.version,
        file_title=f"{NAMES[kind]} {facts.day.isoformat()}",
        printed=plain(printed_by(facts)),
        profile=f"profile: {profile.told}",
        keeping=profile.keeping,
        changes_told=changes_told(facts),
        empty="" if sections else NOBODY,
        scale=setup.scale,
        page_each=setup.page_each,
        landscape=setup.landscape,
        printed_lines={line.id: _kept(line) for line in lines},
    )


def _figures(lines: tuple[CallLine, ...]) -> tuple[str, ...]:
    late, payers = sum(line.late for line in lines), sum(is_payers(line) for line in lines)
    told = count(len(lines), "call", "calls") + (f", {late} late" if late else "")
    return (told, f"{payers} to payers, {len(lines) - payers} to patients") if payers else (told,)


def _kept(line: CallLine) -> str:
    """What this version keeps of a call: values, so that other words for them are no change."""
    parts = (line.due.isoformat(), line.phone, line.payer or "", line.authorization, line.reference, str(line.attempts))
    return "\t".join(parts)


@dataclass(frozen=True, slots=True)
class _Rows:
    facts: CallFacts
    profile: Profile
    setup: SheetSetup

    def columns(self) -> tuple[Column, ...]:
        """Widths are those of Letter, whose content is 724 wide."""
        if not self.profile.names_patients:
            return (Column("Due", 90), Column("Patient", 110), Column("Call", 200), Column("", 0, 1))
        return (
            Column("Due", 71),
            Column("Patient", 146, 1),
            Column("Number", 130),
            Column("What", 180, 2),
            *((Column("Tries", 36),) if self.setup.shows(TRIES) else ()),
            *((Column("Result", 140, 1),) if self.setup.shows(RESULT) else ()),
        )

    def best_first(self, lines: Iterable[CallLine]) -> tuple[Section, ...]:
        parts: dict[str, list[CallLine]] = {"Late": [], "Due": []}
        for line in lines:
            parts["Late" if line.late else "Due"].append(line)
        return tuple(self._section(name, "", "", found) for name, found in parts.items() if found)

    def by_payer(self, lines: tuple[CallLine, ...]) -> tuple[Section, ...]:
        payers = [self._payer(each) for each in by_payer(lines, self.facts.catalogue.payers)]
        people = [line for line in lines if not is_payers(line)]
        return (*payers, *((self._section("Patients", "", "", people),) if people else ()))

    def _payer(self, calls: PayerCalls) -> Section:
        name = plain(calls.payer.name if calls.payer else calls.lines[0].payer_name) or "Payer not known"
        aside = [hours_words(calls.payer), f"NPI {plain(self.facts.catalogue.settings.npi)}"]
        if not self.facts.catalogue.settings.npi:
            aside.pop()
        return self._section(name, plain(payer_line(calls.payer)), " · ".join(filter(None, aside)), calls.lines, True)

    def _section(
        self, name: str, people: str, aside: str, lines: Iterable[CallLine], under_payer: bool = False
    ) -> Section:
        rows = tuple(self._row(line, under_payer) for line in lines)
        told = " · ".join(part for part in (aside, count(len(rows), "call", "calls")) if part)
        return Section(name, people, told, rows)

    def _row(self, line: CallLine, under_payer: bool) -> Row:
        mark = self._mark(line)
        due = (Line(self._due(line), Style.STRONG),)
        if not self.profile.names_patients:
            family, _, given = line.name.partition(", ")
            wall = (Line(initials(family, given) or "–", Style.LARGE),)
            return Row((due, wall, (Line(kind_words(line), Style.LARGE),), ()), mark, self.setup.shows(TICKS))
        told = " · ".join(part for part in (birth_date(line.birth_date), f"MRN {line.mrn}" if line.mrn else "") if part)
        who: tuple[Line, ...] = (Line(plain(name_words(line)), Style.STRONG),)
        if self.setup.shows(BORN):
            who = (*who, Line(told, Style.SMALL))
        number, what = self._payers(line, under_payer) if is_payers(line) else self._persons(line)
        tries = ((Line(str(line.attempts)),),) if self.setup.shows(TRIES) else ()
        result = ((Line("", Style.TO_WRITE),),) if self.setup.shows(RESULT) else ()
        return Row((due, who, number, what, *tries, *result), mark, self.setup.shows(TICKS))

    def _payers(self, line: CallLine, under_payer: bool) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        """Member and reference where the heading has the number; else the number, and all the rest beside it."""
        codes = codes_words(line, self.facts.catalogue)
        units = f"{count(line.units, 'unit', 'units')}" if line.units else ""
        what = ", ".join(part for part in (codes, units, plain(line.level_names)) if part)
        why = payer_words(line, self.facts.now)
        member, reference = plain(line.member_id) or "–", f"ref. {plain(line.reference) or 'none yet'}"
        if under_payer:
            return (Line(member), Line(reference, Style.SMALL)), (Line(what, Style.STRONG), Line(why, Style.SMALL))
        payer = next((each for each in self.facts.catalogue.payers if each.code == line.payer), None)
        number = (Line(plain(payer_line(payer)) or "–"), Line(plain(line.payer_name), Style.SMALL))
        return number, (Line(f"{what} · {why}"), Line(f"member {member} · {reference}", Style.SMALL))

    def _persons(self, line: CallLine) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        label = ", ".join(part for part in (line.phone_label, MESSAGES.get(line.messages, "")) if part)
        number = (Line(plain(written_number(line.phone)) or "no number"), Line(plain(label), Style.SMALL))
        note = " · ".join(part for part in (plain(line.call_window), plain(line.note)) if part)
        about = plain(about_words(line, self.facts.now, self.facts.zone))
        what = f"{kind_words(line)} · {about}" if about else kind_words(line)
        return tuple(part for part in number if part.text), (Line(what), *((Line(note, Style.SMALL),) if note else ()))

    def _due(self, line: CallLine) -> str:
        """The time today, the day where it is another."""
        day = local_date(line.due, self.facts.zone)
        return clock(line.due, self.facts.zone) if day == self.facts.day else weekday_date(day)

    def _mark(self, line: CallLine) -> str:
        if self.facts.last is None:
            return ""
        before = self.facts.last.lines.get(line.id)
        if before is None:
            return NEW
        return CHANGED if before != _kept(line) else ""


MESSAGES: Mapping[str, str] = {"no": "no messages", "yes": "messages allowed"}
