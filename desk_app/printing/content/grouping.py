"""The day under headings: by room, or by clinician."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from desk_app.application.schedule_view import BLOCKED, CLOSED, RESERVED, Shade
from desk_app.application.wording import clock, count
from desk_app.domain.practice import Resource, ResourceKind
from desk_app.domain.zone import day_span
from desk_app.printing.content.facts import DayFacts
from desk_app.printing.content.marks import mark_of, place_of
from desk_app.printing.content.plain import plain
from desk_app.printing.content.profiles import Profile
from desk_app.printing.content.rows import RowMaker
from desk_app.printing.content.setup import USUAL, SheetSetup
from desk_app.printing.content.sheet import Row, Section
from desk_app.printing.content.visits import SheetVisit


class Grouping:
    """Makes sections of one kind of resource; visits without one come last under a heading of their own."""

    def __init__(
        self, facts: DayFacts, profile: Profile, kind: ResourceKind, setup: SheetSetup = USUAL, of_changes: bool = False
    ) -> None:
        """``of_changes``: only what changed is there, so its headings count changes, not visits."""
        self._facts, self._profile, self._kind, self._setup = facts, profile, kind, setup
        self._of_changes = of_changes
        self.maker = RowMaker(profile, facts.zone, kind is ResourceKind.PROCEDURE_ROOM, setup)

    def sections(self) -> tuple[Section, ...]:
        """One a resource that is open or used on the day, in the practice's order."""
        every, only = self._facts.catalogue.of_kind(self._kind), self._setup.only
        heads = [head for head in every if not only or head.code in only]
        made = [self._section(head) for head in heads]
        lost = [visit for visit in self._facts.visits if not visit.of_kind(self._kind)]
        lost_gone = [visit for visit in self._facts.gone if not any(self._stood_under(visit, head) for head in heads)]
        made.append(self._named(self._without(), "", lost, lost_gone))
        return tuple(section for section in made if section is not None)

    def _section(self, head: Resource) -> Section | None:
        visits = [visit for visit in self._facts.visits if head in visit.resources]
        gone = [visit for visit in self._facts.gone if self._stood_under(visit, head)]
        if not visits and not gone:
            is_idle_room = self.maker.by_room and self._facts.opening(head) and self._facts.visits
            return Section(plain(head.name), "", f"{self._hours(head)} · no visits", ()) if is_idle_room else None
        aside = ", ".join(part for part in (self._hours(head), self._one_arm(visits)) if part)
        return self._named(plain(head.name), aside, visits, gone)

    def _named(self, name: str, aside: str, visits: list[SheetVisit], gone: list[SheetVisit]) -> Section | None:
        if not visits and not gone:
            return None
        physicians = _names(physician for visit in visits for physician in visit.physicians())
        of_changes = count(len(visits) + len(gone), "change", "changes")
        number = of_changes if self._of_changes else count(len(visits), "visit", "visits")
        told = " · ".join(part for part in (aside, number) if part)
        people = ", ".join(physicians) if self.maker.by_room else ""
        return Section(name, people, told, self._rows(visits, gone, self.maker.by_room and len(physicians) > 1))

    def _rows(self, visits: list[SheetVisit], gone: list[SheetVisit], with_physician: bool) -> tuple[Row, ...]:
        zone, last = self._facts.zone, self._facts.last
        rows: list[tuple[str, datetime, Row]] = []
        for visit in visits:
            mark = "" if last is None else mark_of(last.lines.get(visit.id), self._facts.lines[visit.id], self._profile)
            made = self.maker.row(visit, mark, with_physician)
            rows.append((clock(visit.procedure_start, zone), visit.start, made))
        for visit in gone:
            before = place_of(last.lines[visit.id] if last else "")
            rows.append((before.time, visit.start, self.maker.gone(visit, before, self._room_name(before.room))))
        return tuple(row for _, _, row in sorted(rows, key=lambda each: each[:2]))

    def _stood_under(self, visit: SheetVisit, head: Resource) -> bool:
        """A room as it was printed; a clinician as the visit still has them."""
        if not self.maker.by_room:
            return head in visit.resources
        return self._facts.last is not None and place_of(self._facts.last.lines[visit.id]).room == head.code

    def _room_name(self, code: str) -> str:
        rooms = self._facts.catalogue.of_kind(ResourceKind.PROCEDURE_ROOM)
        return next((plain(room.name) for room in rooms if room.code == code), code)

    def _without(self) -> str:
        return "Without a room" if self.maker.by_room else "Without a clinician"

    def _one_arm(self, visits: list[SheetVisit]) -> str:
        """The C-arm, where the room keeps one all day."""
        arms = {arm for visit in visits for arm in visit.of_kind(ResourceKind.C_ARM)}
        return plain(arms.pop().name) if len(arms) == 1 and self.maker.by_room else ""

    def _hours(self, head: Resource) -> str:
        """``09:00 to 16:00; closed 11:30 to 12:45 (ultrasound service)``"""
        opened = self._facts.opening(head)
        if not opened:
            return "closed"
        first, last = opened[0][0], opened[-1][1]
        span = "all day" if (first, last) == day_span(self._facts.day, self._facts.zone) else self._span(first, last)
        shades = [s for s in self._facts.view.shading.get(head.code, ()) if s.start < last and s.end > first]
        kept = list(dict.fromkeys(shade.text for shade in shades if shade.code == RESERVED))
        shut = [self._shut(shade) for shade in shades if shade.code in (BLOCKED, CLOSED)]
        return plain("; ".join([span, *kept, *shut]))

    def _shut(self, shade: Shade) -> str:
        reason = shade.text.removeprefix("blocked").removeprefix(": ") if shade.code == BLOCKED else ""
        return f"closed {self._span(shade.start, shade.end)}" + (f" ({reason})" if reason else "")

    def _span(self, start: datetime, end: datetime) -> str:
        return f"{clock(start, self._facts.zone)} to {clock(end, self._facts.zone)}"


def _names(resources: Iterable[Resource]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(resource.name) for resource in resources))
